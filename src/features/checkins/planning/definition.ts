import type { Clock } from '../../../lib/clock.ts';
import { newId } from '../../../lib/random.ts';
import type { CheckinContent, Definition, Template } from '../content.ts';
import { definitionOf } from '../content.ts';
import { type Question, secondsFor } from '../question-kinds.ts';
import type { Plan } from './plan.ts';

/** What a plan starts from. */
export type Basis = Pick<Template, 'usually' | 'asksFirst' | 'keepsMode'> & { definition: Definition };

/** Questions somebody adds of their own. */
export const mostOwn = 5;
const ownPrefix = 'own-';
export const isOwn = ({ id }: Pick<Question, 'id'>): boolean => id.startsWith(ownPrefix);
export const newQuestionId = (clock: Clock): string => `${ownPrefix}${newId(clock)}`;

/** No template. Nothing is compared with what is asked from nothing but its own rounds and copies. */
export const fromNothing = (planId: string, smallest: number): Definition => ({
  templateId: 'from-nothing',
  label: '',
  minutes: 1,
  purpose: '',
  intro: '',
  mode: 'group',
  family: planId,
  showsSupport: false,
  smallest,
  questions: [],
});

/** @returns undefined where its template is not offered any more. */
export function basisOf(
  { templates }: CheckinContent,
  plan: Pick<Plan, 'template' | 'base'>,
): Basis | undefined {
  const template = templates.find(({ templateId }) => templateId === plan.template);
  if (!plan.base) return template && { ...template, definition: definitionOf(template) };
  return {
    usually: template?.usually ?? 'once',
    asksFirst: template?.asksFirst ?? false,
    keepsMode: template?.keepsMode ?? false,
    definition: plan.base,
  };
}

/** In their order, those that are left out among them. */
export const questionsOf = ({ definition }: Basis, { questions }: Pick<Plan, 'questions'>): Question[] =>
  questions ?? definition.questions;

/** What members get. Without a question while none is left in. */
export function definitionOfPlan(basis: Basis, plan: Plan): Definition {
  const { definition } = basis;
  const asked = questionsOf(basis, plan).filter(({ id }) => !plan.leftOut.includes(id));
  return {
    ...definition,
    label: plan.label ?? definition.label,
    purpose: plan.purpose ?? definition.purpose,
    intro: plan.intro ?? definition.intro,
    mode: basis.keepsMode ? definition.mode : (plan.mode ?? definition.mode),
    minutes: plan.questions ? minutesFor(asked, definition) : definition.minutes,
    questions: asked,
  };
}

/** Whether it is asked as it stands here, rather than as the template will say then. */
export const isWrittenHere = ({ base, questions, label, purpose, intro }: Plan): boolean =>
  [base, questions, label, purpose, intro].some((part) => part !== undefined);

const secondsOf = (questions: readonly Question[]): number =>
  questions.reduce((sum, question) => sum + secondsFor(question), 0);

/** As long as was said before, by how much more or less is asked. */
function minutesFor(asked: readonly Question[], before: Definition): number {
  const seconds = secondsOf(asked);
  const known = secondsOf(before.questions);
  return Math.max(1, Math.ceil(known === 0 ? seconds / 60 : (before.minutes * seconds) / known));
}

/** Whether its words are for people who have been at something: "After a session", "Thank you for coming". */
export const isForAfter = ({
  label,
  purpose,
  intro,
}: Pick<Definition, 'label' | 'purpose' | 'intro'>): boolean =>
  /\bafter\b|\blooking back\b|\bfollow-?up\b/iu.test(label) ||
  /\bthank you for coming\b|\bafter (?:the|this|your|each) session\b/iu.test(`${purpose} ${intro}`);
