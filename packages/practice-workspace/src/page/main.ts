import { render } from 'preact';
import { App } from './app.ts';
import { make } from './html.ts';

const page = document.getElementById('page');
if (page) {
  page.replaceChildren();
  render(make(App, {}), page);
}
