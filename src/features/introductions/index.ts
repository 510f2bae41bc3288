import { dayAfter } from '../../lib/clock.ts';
import { localDate } from '../../scheduler/calendar.ts';
import type { Answer } from '../../slack/answer.ts';
import type { Feature, Job } from '../feature.ts';
import type { IntroductionDeps } from './deps.ts';
import { introductionFindings } from './findings.ts';
import { homeSection } from './home.ts';
import { drawJob } from './introducing/draw-rounds.ts';
import { askJob, sendJob } from './introducing/send.ts';
import { listenToJoining, showWish } from './joining/listeners.ts';
import { inWindow } from './joining/views.ts';
import { hearOfEnd } from './joining/wish.ts';
import { countJob } from './leading/counts.ts';
import { listenToLeading } from './leading/listeners.ts';
import { learningFrom } from './learning.ts';
import { deleteOld, sealedIntroductions } from './store.ts';

export { introductionsHeld } from './holdings.ts';
export { listIntroduced } from './leading/counts.ts';

/** Introduces colleagues of different agencies and professions to each other, who wish it. */
export function introductions(deps: IntroductionDeps): Feature {
  return {
    name: 'introductions',
    commands: [
      {
        word: 'connect',
        aliases: ['introductions', 'introduce me'],
        takes: [],
        isTakingPart: true,
        help: {
          does: 'Introduces you to a colleague of another team, at your own pace.',
          example: 'connect',
          group: 'together',
        },
        async run({ actor, open, answer }) {
          if (open) await open(await showWish(deps, actor));
          else await answer(inWindow satisfies Answer);
        },
      },
    ],
    listen(to) {
      listenToJoining(to, deps);
      listenToLeading(to, deps);
    },
    jobs: [drawJob(deps), sendJob(deps), askJob(deps), countJob(deps), forgetJob(deps)],
    home: [homeSection(deps)],
    learning: learningFrom(deps),
    findings: introductionFindings,
    sealedColumns: sealedIntroductions,
    async hears(personId, { kind }) {
      if (kind === 'chose-extras') await hearOfEnd(deps, personId, { forGood: false });
      if (kind === 'left-programme' || kind === 'declined')
        await hearOfEnd(deps, personId, { forGood: true });
    },
  };
}

const forgetJob = ({ db, retention, timeZone }: IntroductionDeps): Job => ({
  name: 'introductions.forget',
  every: 'hour',
  run: (now) => deleteOld(db, dayAfter(localDate(now, timeZone), -retention.introductions.days)),
});
