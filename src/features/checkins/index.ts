import { isFacilitator } from '../../community/permissions.ts';
import type { Command } from '../../slack/router.ts';
import type { Feature } from '../feature.ts';
import { readMine } from './answering/mine.ts';
import { mineAnswer } from './answering/mine-views.ts';
import { listenForAnswers } from './answering-listeners.ts';
import type { CheckInDeps } from './deps.ts';
import { ledSection, openSection } from './home.ts';
import { ids } from './ids.ts';
import { jobs } from './jobs.ts';
import { ledAnswer } from './leading/list-views.ts';
import { listLed } from './leading/manage.ts';
import { beginPlan, listenForLeading } from './leading-listeners.ts';
import { startOwn } from './own.ts';

export type { CheckInDeps } from './deps.ts';

export type CheckInFeature = Feature & {
  /**
   * Lets somebody answer a template by themselves. Show a button with `actionId` and `value: roundId`; pressing it opens
   * the form. Undefined when there is no such template.
   */
  startOwn(
    personId: string,
    templateId: string,
  ): Promise<{ roundId: string; hasAnswered: boolean; actionId: string } | undefined>;
};

/** Questions to a group, at a time, once or again and again: asked by direct message, answered in a form. */
export function checkins(deps: CheckInDeps): CheckInFeature {
  return {
    name: 'checkins',
    commands: [mineCommand(deps), leadCommand(deps)],
    listen(app) {
      listenForAnswers(app, deps);
      listenForLeading(app, deps);
    },
    jobs: jobs(deps),
    home: [openSection(deps), ledSection(deps)],
    quickActions: [
      { text: 'My check-ins', actionId: ids.mineList, value: '0', order: 40 },
      { text: 'New check-in', actionId: ids.create, value: 'new', order: 80, needs: 'checkins.schedule' },
    ],
    async startOwn(personId, templateId) {
      const started = await startOwn(deps, personId, templateId);
      return started && { ...started, actionId: ids.answer };
    },
  };
}

const mineCommand = (deps: CheckInDeps): Command => ({
  word: 'checkins',
  aliases: ['check-ins'],
  help: { does: 'see what is open for you, and what you answered', example: 'checkins', group: 'write' },
  async run({ actor, answer }) {
    await answer(mineAnswer(await readMine(deps, actor), 0, deps.timeZone));
  },
});

const leadCommand = (deps: CheckInDeps): Command => ({
  word: 'checkin',
  aliases: ['check-in'],
  needs: 'checkins.schedule',
  help: {
    does: 'ask a group a few questions (`checkin new`), or see how those you run are going (`checkin list`)',
    example: 'checkin new',
    group: 'lead',
  },
  async run({ actor, words, answer, triggerId, client }) {
    if (words.toLowerCase() === 'new' && isFacilitator(actor)) {
      const first = await beginPlan(deps, actor);
      if (first.kind === 'no-groups') await answer(first.answer);
      else if (triggerId !== undefined) await client.views.open({ trigger_id: triggerId, view: first.view });
      return;
    }
    const { timeZone: zone, templates } = deps;
    await answer(ledAnswer(await listLed(deps, actor), 0, { zone, smallest: templates.smallestGroup }));
  },
});
