import type { View } from '@slack/types';
import type { Actor } from '../../../community/permissions.ts';
import { asModal } from '../../../slack/answer.ts';
import type { Window } from '../../../slack/routes.ts';
import { hasAnswers } from '../asking/store.ts';
import type { CheckInDeps } from '../deps.ts';
import { placesOf } from '../readers.ts';
import { listLed } from '../store.ts';
import { begunIn } from './begun.ts';
import { packedCopy, packedPlan, type Screen } from './carried.ts';
import { basisOf, fromNothing } from './definition.ts';
import { type HowAsked, howView } from './how/views.ts';
import { beginWith, type Plan, usualLength } from './plan.ts';
import { questionsView } from './questions/views.ts';
import { aroundOf, checkPlan, checkWho, listSchedulable } from './schedule.ts';
import { findPlan, findUnfinished, savePlan } from './store.ts';
import { confirmView, gone, nothing, notScheduled, whoView, wordsView } from './views.ts';
import { whenView } from './when/views.ts';

/** What a plan has to say besides questions and time. */
export async function howAsked({ db, templates }: CheckInDeps, plan: Plan): Promise<HowAsked> {
  const isAnswered = plan.edits !== undefined && (await hasAnswers(db, plan.edits));
  const keepsMode = basisOf(templates, plan)?.keepsMode ? 'template' : isAnswered ? 'answered' : undefined;
  const isUntilSession =
    plan.how === 'relative' && plan.from === 'session' && plan.beside?.from === 'session-begins';
  return { prompts: plan.how !== 'members', isUntilSession, keepsMode };
}

export type Screens = {
  /** @param at which; left out: the first that has something to fill in, or the last look. */
  screenOf(actor: Actor, plan: Plan, at?: Screen, why?: string): Promise<View>;
  /** Where what is wrong can be put right, with the words for it. */
  screenWith(actor: Actor, plan: Plan, problems: Record<string, string>): Promise<View>;
  /** @returns false when it is somebody else's. */
  keep(actor: Actor, plan: Plan): Promise<boolean>;
  /** The plan that a window carries. */
  planIn(actor: Actor, window: Window | undefined): Promise<Plan | undefined>;
};

export function createScreens(deps: CheckInDeps): Screens {
  const { db, clock } = deps;

  async function screenOf(actor: Actor, plan: Plan, at?: Screen, why?: string): Promise<View> {
    const who = await checkWho(deps, actor, plan);
    if (at === 'who' || who.kind === 'problems') {
      if (plan.edits && who.kind === 'problems')
        return asModal(notScheduled(Object.values(who.problems)[0] ?? gone));
      return whoView(await choicesFor(deps, actor), {
        id: plan.id,
        cohort: plan.cohort,
        template: plan.copyOf
          ? packedCopy.pack({ what: 'copy', id: plan.copyOf })
          : plan.template === nothingsTemplate
            ? nothing
            : plan.template,
      });
    }
    const { cohort, basis, definition } = who;
    const now = await aroundOf(deps, cohort, plan);
    const begun = begunIn({ vault: deps.vault, personId: actor.person.id }, plan);
    const isTimed = plan.how === 'members' || plan.how === 'relative' || plan.date !== undefined;
    const first =
      definition.label === '' || begun.words
        ? 'words'
        : definition.questions.length === 0
          ? 'questions'
          : plan.how === undefined || !isTimed
            ? 'when'
            : 'check';
    switch (at === undefined || at === 'check' ? first : at) {
      case 'words':
        return wordsView(plan, definition, begun.words);
      case 'questions':
        return questionsView(basis, plan, begun, why);
      case 'when':
        return whenView(
          beginWith(plan, basis.usually, cohort, now),
          { cohort, label: definition.label },
          now,
          why,
        );
      case 'how':
        return howView(
          plan,
          {
            basis,
            definition,
            openDays: plan.openDays ?? usualLength(plan, cohort, now),
            asked: await howAsked(deps, plan),
          },
          why,
        );
      default: {
        const checked = await checkPlan(deps, actor, plan);
        return checked.kind === 'ok'
          ? confirmView(checked, now, { why, unsaved: await findUnsaved(actor, plan) })
          : screenWith(actor, plan, checked.problems);
      }
    }
  }

  function screenWith(actor: Actor, plan: Plan, problems: Record<string, string>): Promise<View> {
    const [[field, why] = ['', 'Something has changed meanwhile.']] = Object.entries(problems);
    const said = `It is not ${plan.edits ? 'changed' : 'scheduled'} yet. ${why}`;
    const at = { questions: 'questions', label: 'words', mode: 'how', 'open-days': 'how' } as const;
    return screenOf(actor, plan, at[field as keyof typeof at] ?? 'when', said);
  }

  /** What somebody began to change before and did not save, while nothing of this change is touched. */
  async function findUnsaved({ person }: Actor, { id, edits, stands }: Plan): Promise<Plan | undefined> {
    if (edits === undefined || stands !== undefined) return undefined;
    const found = await findUnfinished(db, person.id, edits);
    // This very change, as it has just been kept.
    return found?.id === id ? undefined : found;
  }

  return {
    screenOf,
    screenWith,
    keep: (actor, plan) => savePlan(db, { ...plan, stands: 'touched' }, actor.person.id, clock.now()),
    async planIn(actor, window) {
      const carried = window && packedPlan.open(window.metadata);
      return carried && findPlan(db, carried.id, actor.person.id);
    },
  };
}

export const nothingsTemplate = fromNothing('', 0).templateId;

/** So many earlier ones are offered to be copied. */
const mostEarlier = 20;

export async function choicesFor(deps: CheckInDeps, actor: Actor) {
  const cohorts = await listSchedulable(deps, actor);
  const names = new Map(cohorts.map(({ id, name }) => [id, name]));
  const earlier = await listLed(
    deps.db,
    { ...placesOf(actor), programme: false },
    { goingOn: false, offset: 0, limit: mostEarlier },
  );
  return {
    cohorts,
    templates: deps.templates.templates,
    earlier: earlier.map(({ checkin }) => ({ checkin, cohortName: names.get(checkin.cohortId ?? '') ?? '' })),
  };
}
