import type { Button } from '@slack/types';
import type { Actor } from '../../community/permissions.ts';
import { days, later } from '../../lib/clock.ts';
import { localDate } from '../../scheduler/calendar.ts';
import type { Command } from '../../slack/router.ts';
import type { Feature } from '../feature.ts';
import type { PilotDeps } from './deps.ts';
import { ledSection, prepareSection } from './home.ts';
import { ids } from './ids.ts';
import { beginPilot, listenToPilots, showList } from './listeners.ts';
import { listenToPreparing, runPrepare } from './preparing/listeners.ts';
import { listOwn } from './preparing/prepare.ts';
import { deleteTicks, deleteTicksBefore, sealedTicks } from './preparing/store.ts';
import { prepareButton } from './preparing/views.ts';
import { tellReportDay } from './report-day.ts';
import { tellUnbooked } from './unbooked.ts';
import { inWindow } from './views.ts';

export { pilotsHeld } from './holdings.ts';

/** Stands where groups are made. */
export const planPilotButton = {
  text: 'Plan a pilot',
  actionId: ids.plan,
  needs: 'checkins.schedule',
} as const;

export type PilotFeature = Feature & {
  /** To the checklists of the pilots somebody is in, for the pages of other features. */
  prepareButtons(actor: Actor): Promise<Button[]>;
};

/** A pilot in one act: a group with its sessions, its check-ins and the day of its report; and how its members prepare. */
export function pilots(deps: PilotDeps): PilotFeature {
  return {
    name: 'pilots',
    commands: [pilotCommand(deps), prepareCommand(deps)],
    listen(to) {
      listenToPilots(to, deps);
      listenToPreparing(to, deps);
    },
    jobs: [
      { name: 'pilots.unbooked', every: 'hour', run: (now) => tellUnbooked(deps, now) },
      { name: 'pilots.report', every: 'hour', run: (now) => tellReportDay(deps, now) },
      {
        name: 'pilots.forget-ticks',
        every: 'hour',
        run: (now) => {
          const kept = days(deps.retention['preparation-ticks'].days);
          return deleteTicksBefore(deps.db, localDate(later(now, -kept), deps.timeZone));
        },
      },
    ],
    home: [ledSection(deps), prepareSection(deps)],
    sealedColumns: [sealedTicks],
    async hears(personId, { kind }) {
      if (kind === 'declined' || kind === 'left-programme') await deleteTicks(deps.db, personId);
    },
    prepareButtons: async (actor) => (await listOwn(deps, actor)).map(prepareButton),
  };
}

const prepareCommand = (deps: PilotDeps): Command => ({
  word: 'prepare',
  takes: [],
  help: {
    does: 'A private checklist for before a child protection conference.',
    example: 'prepare',
    group: 'write',
  },
  run: (call) => runPrepare(deps, call),
});

const pilotCommand = (deps: PilotDeps): Command => ({
  word: 'pilot',
  aliases: ['pilots'],
  needs: 'checkins.schedule',
  takes: ['new', 'list'],
  help: {
    does: 'Plans a whole pilot from a first day; /chatr pilot lists those you run.',
    example: 'pilot new',
    group: 'lead',
  },
  async run({ actor, words, answer, open }) {
    if (!open) return answer(inWindow);
    await open(
      words.toLowerCase() === 'new' ? await beginPilot(deps, actor) : await showList(deps, actor, 0),
    );
  },
});
