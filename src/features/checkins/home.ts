import type { KnownBlock } from '@slack/types';
import { may } from '../../community/permissions.ts';
import { actions, button, section } from '../../slack/blocks.ts';
import { joinMrkdwn, localTime, mrkdwn } from '../../slack/text.ts';
import type { HomeSection } from '../feature.ts';
import type { CheckInDeps } from './deps.ts';
import { ids } from './ids.ts';
import { listLed } from './leading/manage.ts';
import { describeLed } from './leading/views.ts';
import { readMine } from './mine/read.ts';
import { sayMinutes } from './words.ts';

const mostShown = 4;

/** What is open for this person. Nothing open: nothing is shown. */
export const openSection = (deps: CheckInDeps): HomeSection => ({
  slot: 'now',
  order: 20,
  async blocks({ actor, zone }) {
    const open = (await readMine(deps, actor)).open.filter(({ isSkipped }) => !isSkipped);
    if (open.length === 0) return [];
    const shown = open.slice(0, mostShown).map(({ round }): KnownBlock => {
      const { label, minutes } = round.definition;
      const until = round.closesAt && mrkdwn`open until ${localTime(round.closesAt, zone)}`;
      return section(
        mrkdwn`*${label}*\n${joinMrkdwn([mrkdwn`Takes ${sayMinutes(minutes)}`, until], ' · ')}`,
        button('Answer now', ids.answer, {
          value: round.id,
          style: 'primary',
          label: `Answer now: ${label}`,
        }),
        `checkin-${round.id}`,
      );
    });
    const rest =
      open.length > mostShown
        ? [actions([button(`All ${open.length} open check-ins`, ids.mineList, { value: '0' })])]
        : [];
    return [...shown, ...rest];
  },
});

/** What somebody runs, with how it goes. */
export const ledSection = (deps: CheckInDeps): HomeSection => ({
  slot: 'lead',
  order: 20,
  async blocks({ actor, zone }) {
    if (!may(actor, 'checkins.schedule')) return [];
    const led = await listLed(deps, actor);
    const going = led.filter(({ checkin, open }) => open || checkin.status === 'running');
    const { smallestGroup } = deps.templates;
    const buttons = [
      button('New check-in', ids.create, { value: 'new' }),
      ...(led.length > 0 ? [button('All check-ins', ids.list, { value: '0' })] : []),
    ];
    return [
      going.length === 0
        ? section(
            mrkdwn`*Check-ins*\nNone is running. A check-in asks everyone in a group a few questions at a time you choose.`,
          )
        : section(mrkdwn`*Check-ins*`),
      ...going
        .slice(0, mostShown)
        .map((one) =>
          section(
            describeLed(one, zone, smallestGroup),
            one.hasResults ? button('Results', ids.results, { value: one.checkin.id }) : undefined,
          ),
        ),
      actions(buttons, 'checkins-lead'),
    ];
  },
});
