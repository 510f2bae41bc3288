import { may } from '../../community/permissions.ts';
import { localDate } from '../../scheduler/calendar.ts';
import { actions, button, section } from '../../slack/blocks.ts';
import { mrkdwn } from '../../slack/text.ts';
import type { HomeSection } from '../feature.ts';
import type { PilotDeps } from './deps.ts';
import { ids } from './ids.ts';
import { listSeen } from './listeners.ts';
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
    const own = (await listSeen(deps, actor)).filter(({ cohort }) => !cohort.isArchived);
    if (own.length === 0) return [];
    const today = localDate(deps.clock.now(), deps.timeZone);
    return [
      section(mrkdwn`*Pilots I run* (${own.length})`),
      ...own.slice(0, shownAtHome).map((seen) =>
        section(
          lineOf(seen, today),
          button('Open', ids.open, {
            value: packedPage.pack({ id: seen.pilot.id, page: 0 }),
            label: `Open: ${seen.cohort.name}`,
          }),
        ),
      ),
      ...(own.length > shownAtHome
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
