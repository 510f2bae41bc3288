import { may } from '../../community/permissions.ts';
import { localDate } from '../../scheduler/calendar.ts';
import { actions, button, section } from '../../slack/blocks.ts';
import { mrkdwn } from '../../slack/text.ts';
import type { HomeSection } from '../feature.ts';
import type { PilotDeps } from './deps.ts';
import { ids } from './ids.ts';
import { readPilots } from './listeners.ts';
import { listOwn } from './preparing/prepare.ts';
import { prepareButton } from './preparing/views.ts';
import { lineOf, packedPage } from './views.ts';

const shownAtHome = 2;

/** What comes next in the pilots they run; planning one stands with making a group. */
export const ledSection = (deps: PilotDeps): HomeSection => ({
  slot: 'lead',
  order: 12,
  async blocks({ actor }) {
    if (!may(actor, 'checkins.schedule')) return [];
    const { shown, total } = await readPilots(deps, actor, {
      page: 0,
      size: shownAtHome,
      withArchived: false,
    });
    if (total === 0) return [];
    const today = localDate(deps.clock.now(), deps.timeZone);
    return [
      section(mrkdwn`*Pilots I run* (${total})`),
      ...shown.map((seen) =>
        section(
          lineOf(seen, today),
          button('Open', ids.open, {
            value: packedPage.pack({ id: seen.pilot.id, page: 0 }),
            label: `Open: ${seen.cohort.name}`,
          }),
        ),
      ),
      ...(total > shownAtHome
        ? [actions([button('All pilots', ids.list, { value: '0' })], 'pilots.home')]
        : []),
    ];
  },
});

/** For members of a pilot that has a checklist. */
export const prepareSection = (deps: PilotDeps): HomeSection => ({
  slot: 'keep',
  order: 7,
  async blocks({ actor, person }) {
    if (!may(actor, 'own.read', { ownerId: person.id })) return [];
    const [list] = await listOwn(deps, actor);
    if (!list) return [];
    return [
      section(
        mrkdwn`*Before a conference*\nA checklist for you alone. It keeps ticks and nothing else.`,
        prepareButton(list),
      ),
    ];
  },
});
