import type { KnownBlock } from '@slack/types';
import { may } from '../../community/permissions.ts';
import { days, later } from '../../lib/clock.ts';
import { actions, button, section } from '../../slack/blocks.ts';
import { endTime, joinMrkdwn, mrkdwn } from '../../slack/text.ts';
import { groupsOf, type HomeSection } from '../feature.ts';
import type { CheckInDeps } from './deps.ts';
import { ids } from './ids.ts';
import { readLed } from './leading/manage.ts';
import { describeLed } from './leading/views.ts';
import { openOf } from './mine/read.ts';
import { skipButton } from './mine/views.ts';
import { placesOf } from './readers.ts';
import { startableOf } from './starting/start.ts';
import { startableLines } from './starting/views.ts';
import { countLed, listRunning } from './store.ts';
import { sayMinutes } from './words.ts';

const mostShown = 4;
/** So long one that is over stays in Home, with its results. */
const resultsShownDays = 14;

/** What is open for this person. Nothing open: nothing is shown. */
export const openSection = (deps: CheckInDeps): HomeSection => ({
  slot: 'now',
  order: 20,
  async blocks(viewer) {
    const { actor, zone } = viewer;
    const groups = await groupsOf(deps.db, viewer);
    const open = (await openOf(deps, actor, groups)).filter(
      ({ isSkipped, isStopped }) => !isSkipped && !isStopped,
    );
    if (open.length === 0) return [];
    const shown = open.slice(0, mostShown).flatMap(({ round, cohortName, isBegun }): KnownBlock[] => {
      const { label, minutes } = round.definition;
      const until = round.closesAt && mrkdwn`open until ${endTime(round.closesAt, zone)}`;
      const begun = isBegun && mrkdwn`begun, not sent`;
      const words = isBegun ? 'Go on' : 'Answer now';
      return [
        section(
          mrkdwn`*${label}*\n${joinMrkdwn([mrkdwn`${cohortName}`, mrkdwn`takes ${sayMinutes(minutes)}`, until, begun], ' · ')}`,
        ),
        actions(
          [
            button(words, ids.answer, {
              value: round.id,
              style: 'primary',
              label: `${words}: ${label}, ${cohortName}`,
            }),
            skipButton(ids.skip, round, cohortName),
          ],
          `checkin-${round.id}`,
        ),
      ];
    });
    const rest =
      open.length > mostShown
        ? [actions([button(`All ${open.length} open check-ins`, ids.mineList, { value: '0' })])]
        : [];
    return [...shown, ...rest];
  },
});

/** What this person can start whenever there is something to say. */
export const startSection = (deps: CheckInDeps): HomeSection => ({
  slot: 'now',
  order: 30,
  async blocks(viewer) {
    if (viewer.actor.hasDeclined) return [];
    const groups = await groupsOf(deps.db, viewer);
    const running = await listRunning(
      deps.db,
      groups.map(({ id }) => id),
    );
    const startable = await startableOf(deps, viewer.actor, running, groups);
    return startableLines(startable.slice(0, mostShown));
  },
});

/** What somebody runs, with how it goes. */
export const ledSection = (deps: CheckInDeps): HomeSection => ({
  slot: 'lead',
  order: 20,
  async blocks({ actor, zone, now }) {
    if (!may(actor, 'checkins.schedule')) return [];
    const places = placesOf(actor);
    const going = await readLed(deps, places, {
      // Results that have just been made are what somebody comes for.
      goingOn: true,
      closedSince: later(now, -days(resultsShownDays)),
      offset: 0,
      limit: mostShown,
    });
    const total = await countLed(deps.db, places);
    const buttons = [
      button('New check-in', ids.create, { value: 'new' }),
      ...(total > 0
        ? [
            button(total > mostShown ? `All ${total} check-ins` : 'All check-ins', ids.list, {
              value: '0',
            }),
          ]
        : []),
    ];
    return [
      going.length === 0
        ? section(
            mrkdwn`*Check-ins*\nNone is running. A check-in asks everyone in a group a few questions at a time you choose.`,
          )
        : section(mrkdwn`*Check-ins*`),
      ...going.map((one) =>
        section(
          describeLed(one, zone),
          one.hasResults
            ? button('Results', ids.results, {
                value: one.checkin.id,
                label: `Results: ${one.checkin.definition.label}, ${one.cohortName}`,
              })
            : undefined,
        ),
      ),
      actions(buttons, 'checkins-lead'),
    ];
  },
});
