import type { Feature } from '../feature.ts';
import type { HomePublisher } from './publish.ts';
import { frontId } from './view.ts';

export { homeHeld } from './holdings.ts';
export { createHomePublisher, type HomePublisher } from './publish.ts';

/** App Home: one page per person, put together from the sections that the features bring, and pages they turn to. */
export function home(publisher: HomePublisher): Feature {
  return {
    name: 'home',
    jobs: [{ name: 'home.again', run: () => publisher.again() }],
    listen(to) {
      to.onEvent('app_home_opened', async ({ event, actor }) => {
        if (event.tab === 'home' && actor) await publisher.opened(actor.person.id);
      });
      to.onClick(frontId, ({ actor }) => publisher.turn(actor.person.id, undefined));
    },
  };
}
