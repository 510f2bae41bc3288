import { render } from 'preact';
import { App } from './app.ts';
import { loadEmoji } from './emoji.ts';
import { make } from './html.ts';

const page = document.getElementById('page');
if (page) {
  const draw = () => render(make(App, {}), page);
  page.replaceChildren();
  draw();
  // A workspace that has stopped meanwhile has no names to give; the page says so itself.
  loadEmoji().then(draw, () => undefined);
}
