import type { Feature } from '../feature.ts';
import type { HomePublisher } from './publish.ts';

export { createHomePublisher, type HomePublisher } from './publish.ts';

/** App Home: one page per person, put together from the sections that the features bring. */
export function home(publisher: HomePublisher): Feature {
  return {
    name: 'home',
    jobs: [{ name: 'home.again', run: async () => publisher.again() }],
    listen(to) {
      to.onEvent('app_home_opened', ({ event, actor }) => {
        if (event.tab === 'home' && actor) publisher.opened(actor.person.id);
      });
    },
  };
}
