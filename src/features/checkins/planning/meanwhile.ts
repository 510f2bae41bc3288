import { isDeepStrictEqual } from 'node:util';
import { clip, sayDate } from '../../../slack/text.ts';
import type { CheckinContent, Definition } from '../content.ts';
import { basisOf, definitionOfPlan, questionsOf } from './definition.ts';
import { modeNames } from './how/views.ts';
import { howNames, type Plan } from './plan.ts';

/** What two people can change of one check-in without one of them touching what the other did. */
export const aspects = [
  'label',
  'purpose',
  'intro',
  'questions',
  'when',
  'openDays',
  'reminds',
  'asksFirst',
  'mode',
] as const;
export type Aspect = (typeof aspects)[number];

const aspectNames: Record<Aspect, string> = {
  label: 'the name',
  purpose: 'what it is for',
  intro: 'the words above the questions',
  questions: 'the questions',
  when: 'when it comes',
  openDays: 'for how long it is open',
  reminds: 'the reminder',
  asksFirst: 'who is asked',
  mode: 'who sees what',
};

const whenFields = [
  'how',
  'date',
  'time',
  'days',
  'on',
  'times',
  'until',
  'from',
  'offset',
  'session',
  'beside',
] as const;
const whenOf = (plan: Plan) =>
  Object.fromEntries(
    whenFields.map((field) => [
      field,
      // What is counted from another date follows it.
      field === 'date' && plan.how === 'relative' ? undefined : plan[field],
    ]),
  );

type Read = { plan: Plan; definition: Definition };

const read = (content: CheckinContent, plan: Plan): Read | undefined => {
  const basis = basisOf(content, plan);
  return basis && { plan, definition: definitionOfPlan(basis, plan) };
};

function partOf(aspect: Aspect, { plan, definition }: Read): unknown {
  if (aspect === 'when') return whenOf(plan);
  return aspect === 'openDays' || aspect === 'reminds' || aspect === 'asksFirst'
    ? plan[aspect]
    : definition[aspect];
}

/** What is kept and read back has no fields that are undefined. */
const isSame = (one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify([one])), JSON.parse(JSON.stringify([other])));

function sayValue(aspect: Aspect, { plan, definition }: Read): string {
  switch (aspect) {
    case 'label':
    case 'purpose':
    case 'intro':
      return `“${clip(definition[aspect], 200)}”`;
    case 'questions':
      return clip(definition.questions.map(({ text }) => `“${text}”`).join(', '), 600);
    case 'when':
      return [plan.how && howNames[plan.how], plan.date && sayDate(plan.date), plan.time]
        .filter(Boolean)
        .join(', ');
    case 'openDays':
      return plan.openDays === undefined ? 'as long as is usual' : `${plan.openDays} days`;
    case 'reminds':
      return (plan.reminds ?? true) ? 'one reminder' : 'no reminder';
    case 'asksFirst':
      return plan.asksFirst ? 'those who want it' : 'everybody in the group';
    case 'mode':
      return modeNames[definition.mode];
  }
}

/** A plan with one thing as it is in another. */
function withAspect(content: CheckinContent, plan: Plan, aspect: Aspect, from: Plan): Plan {
  const source = read(content, from);
  if (!source) return plan;
  if (aspect === 'when') return { ...plan, ...whenOf(from) };
  if (aspect !== 'questions') return { ...plan, [aspect]: partOf(aspect, source) };
  const basis = basisOf(content, from);
  // Both follow their template: so does what comes of them.
  const follows = !plan.base && !plan.questions && !from.base && !from.questions;
  const questions = follows || !basis ? undefined : [...questionsOf(basis, from)];
  return { ...plan, questions, leftOut: from.leftOut };
}

/** What both of them changed, and differently. */
export type Clash = { aspect: Aspect; what: string; theirs: string; mine: string };

export type BroughtTogether = {
  /** As it is by now, with what was changed here on top. */
  plan: Plan;
  /** What is different by now, in words. */
  theirs: string[];
  clashes: Clash[];
};

/**
 * Two people changed one check-in at once: what each of them changed, together.
 * @param now its plan as it stands. @returns undefined where nobody else has changed anything.
 */
export function bringTogether(content: CheckinContent, mine: Plan, now: Plan): BroughtTogether | undefined {
  const before = mine.seen && read(content, { ...mine.seen, id: mine.id });
  const [here, there] = [read(content, mine), read(content, now)];
  if (!before || !here || !there) return undefined;
  const isChanged = (aspect: Aspect, by: Read) => !isSame(partOf(aspect, before), partOf(aspect, by));
  const theirs = aspects.filter((aspect) => isChanged(aspect, there));
  if (theirs.length === 0) return undefined;
  const own = aspects.filter((aspect) => isChanged(aspect, here));
  const { id, edits, begun } = mine;
  let plan: Plan = { ...now, id, edits, seen: seenOf(now), stands: 'touched', ...(begun && { begun }) };
  for (const aspect of own) plan = withAspect(content, plan, aspect, mine);
  const clashes = theirs
    .filter((aspect) => own.includes(aspect) && !isSame(partOf(aspect, here), partOf(aspect, there)))
    .map((aspect) => ({
      aspect,
      what: aspectNames[aspect],
      theirs: sayValue(aspect, there),
      mine: sayValue(aspect, here),
    }));
  return { plan, theirs: theirs.map((aspect) => aspectNames[aspect]), clashes };
}

/** What somebody had before them when they began to change it. */
export function seenOf({
  seen: _seen,
  begun: _begun,
  stands: _stands,
  ...plan
}: Plan): NonNullable<Plan['seen']> {
  return plan;
}

/** A plan with what a colleague made of these, in the place of one's own. */
export const takeTheirs = (content: CheckinContent, plan: Plan, these: readonly Aspect[]): Plan =>
  these.reduce(
    (taken, aspect) => (plan.seen ? withAspect(content, taken, aspect, { ...plan.seen }) : taken),
    plan,
  );
