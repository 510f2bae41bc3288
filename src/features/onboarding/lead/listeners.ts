import { findPerson } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Answer } from '../../../slack/answer.ts';
import { wantedPage } from '../../../slack/paging.ts';
import type { Click, Routes } from '../../../slack/routes.ts';
import { type OnboardingDeps, openableSteps } from '../deps.ts';
import { ids } from '../ids.ts';
import { asOthersSee } from '../profile/organisation.ts';
import { findProfile } from '../profile/store.ts';
import { profileLines } from '../profile/views.ts';
import { greet, greeted, listArrivals, ungreet } from './greetings.ts';
import { previewWanted } from './preview.ts';
import { listProgressCohorts, moveToToday, viewProgress } from './progress.ts';
import {
  allGroups,
  arrivalsAnswer,
  cohortChoice,
  greetAnswer,
  movedAnswer,
  notForYou,
  previewModal,
  previewSentAnswer,
  progressAnswer,
  progressTurn,
  ungreetAnswer,
} from './views.ts';

/** What facilitators do: say hello, see how a group is going, preview. */
export function listenToLead(to: Routes, deps: OnboardingDeps): void {
  const { db } = deps;

  to.onClick(ids.greet, async ({ actor, value: newcomerId, answer }) => {
    const outcome = await greet(deps, actor, newcomerId);
    // What facilitators may see is shown to whoever says hello, not to everybody who could.
    const about =
      outcome.kind === 'yours'
        ? profileLines(
            await asOthersSee(deps, await findProfile(db, deps.vault, newcomerId)),
            deps.vocabulary,
          )
        : undefined;
    await answer(greetAnswer(outcome, about, deps.teamId));
  });

  to.onClick(ids.greeted, async ({ actor, value: newcomerId, answer }) =>
    answer(greetAnswer(await greeted(deps, actor, newcomerId), undefined, deps.teamId)),
  );

  to.onClick(ids.ungreet, async ({ actor, value: newcomerId, answer }) => {
    const isFree = await ungreet(deps, actor, newcomerId);
    await answer(ungreetAnswer(isFree ? await findPerson(db, newcomerId) : undefined));
  });

  const showArrivals = async ({ actor, value, answer }: Click) =>
    answer(arrivalsAnswer(await listArrivals(db, actor), wantedPage(value)));
  to.onClick(ids.arrivals, showArrivals);
  to.onClick(ids.arrivalsPage, showArrivals);

  to.onClick(ids.progress, async ({ actor, value, answer }) =>
    answer(await showProgress(deps, actor, value)),
  );
  to.onClick(ids.progressCohort, async ({ actor, value, answer }) =>
    answer(await showCohort(deps, actor, value, 0)),
  );
  to.onClick(ids.progressPage, progressTurn, async ({ actor, carried: { of, page }, answer }) =>
    answer(of === allGroups ? await showChoice(deps, actor, page) : await showCohort(deps, actor, of, page)),
  );

  to.onClick(ids.upgrade, async ({ actor, value: cohortId, answer }) => {
    const outcome = await moveToToday(deps, actor, cohortId);
    await answer(outcome.kind === 'moved' ? movedAnswer : notForYou);
  });

  to.onClick(ids.preview, ({ actor, answer, open }) =>
    may(actor, 'onboarding.preview') ? open(previewModal(openableSteps(deps))) : answer(notForYou),
  );
  const preview = async ({ actor, answer }: Click, wanted: string) => {
    const sent = await previewWanted(deps, actor, wanted);
    await answer(sent === undefined ? notForYou : previewSentAnswer(sent));
  };
  to.onClick(ids.previewStep, (click) => preview(click, click.value));
  to.onClick(ids.previewAll, (click) => preview(click, 'all'));
}

/** @param cohortId empty: the only group they run, or a choice of them. */
export async function showProgress(deps: OnboardingDeps, actor: Actor, cohortId: string): Promise<Answer> {
  if (!may(actor, 'cohorts.progress')) return notForYou;
  if (cohortId !== '') return showCohort(deps, actor, cohortId, 0);
  const [only, ...more] = await listProgressCohorts(deps.db, actor);
  return only && more.length === 0 ? showCohort(deps, actor, only.id, 0) : showChoice(deps, actor, 0);
}

const showChoice = async (deps: OnboardingDeps, actor: Actor, page: number): Promise<Answer> =>
  cohortChoice(await listProgressCohorts(deps.db, actor), page);

async function showCohort(
  deps: OnboardingDeps,
  actor: Actor,
  cohortId: string,
  page: number,
): Promise<Answer> {
  const outcome = await viewProgress(deps, actor, cohortId);
  if (outcome.kind !== 'progress') return notForYou;
  return progressAnswer(outcome.progress, { page, groupButton: deps.groupButton });
}
