import { isFacilitator } from '../../community/permissions.ts';
import type { Command } from '../../slack/router.ts';
import type { Feature } from '../feature.ts';
import { listenForAnswers } from './answering/listeners.ts';
import { jobs } from './asking/jobs.ts';
import { listenForPrompts } from './asking/listeners.ts';
import type { CheckInDeps } from './deps.ts';
import { listHoldings } from './holdings.ts';
import { ledSection, openSection } from './home.ts';
import { ids } from './ids.ts';
import { beginPlan, listenForLeading } from './leading/listeners.ts';
import { listLed } from './leading/manage.ts';
import { ledAnswer } from './leading/views.ts';
import { readMine } from './mine/read.ts';
import { mineAnswer } from './mine/views.ts';
import { listenForResults } from './results/listeners.ts';

export type { CheckInDeps } from './deps.ts';

export type CheckInFeature = Feature & {
  /** A button that lets whoever presses it answer a template by themselves, for the pages of other features. */
  ownButton(templateId: string): { text: string; actionId: string; value: string };
};

/** Questions to a group, at a time, once or again and again: asked by direct message, answered in a form. */
export function checkins(deps: CheckInDeps): CheckInFeature {
  return {
    name: 'checkins',
    commands: [mineCommand(deps), leadCommand(deps)],
    listen(to) {
      const app = to.legacy;
      listenForAnswers(app, deps);
      listenForPrompts(app, deps);
      listenForLeading(app, deps);
      listenForResults(app, deps);
    },
    jobs: jobs(deps),
    home: [openSection(deps), ledSection(deps)],
    quickActions: [
      { text: 'My check-ins', actionId: ids.mineList, value: '0', order: 40 },
      { text: 'New check-in', actionId: ids.create, value: 'new', order: 80, needs: 'checkins.schedule' },
    ],
    holdings: (personId) => listHoldings(deps.db, personId),
    ownButton: (templateId) => ({ text: 'Answer now', actionId: ids.own, value: templateId }),
  };
}

const mineCommand = (deps: CheckInDeps): Command => ({
  word: 'checkins',
  aliases: ['check-ins'],
  help: {
    does: 'Shows what is open for you, and what you answered.',
    example: 'checkins',
    group: 'together',
  },
  async run({ actor, answer }) {
    await answer(mineAnswer(await readMine(deps, actor), 0, deps.timeZone));
  },
});

const leadCommand = (deps: CheckInDeps): Command => ({
  word: 'checkin',
  aliases: ['check-in'],
  needs: 'checkins.schedule',
  help: {
    does: 'Asks a group a few questions; /chatr checkin list shows how those you run are going.',
    example: 'checkin new',
    group: 'lead',
  },
  async run({ actor, words, answer, open }) {
    if (words.toLowerCase() === 'new' && isFacilitator(actor)) {
      const first = await beginPlan(deps, actor);
      if (first.kind === 'no-groups') await answer(first.answer);
      else await open?.(first.view);
      return;
    }
    const { timeZone: zone, templates } = deps;
    await answer(ledAnswer(await listLed(deps, actor), 0, { zone, smallest: templates.smallestGroup }));
  },
});
