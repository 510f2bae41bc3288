import { hasConsent } from '../../../community/consents.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Finding } from '../../../safeguarding/finding.ts';
import { lookThrough } from '../../../safeguarding/look-through.ts';
import type { Learned } from '../../feature.ts';
import { type CpdForm, fieldsFor, formOf } from '../content.ts';
import type { CpdDeps } from '../deps.ts';
import { listEntries } from '../entries.ts';
import {
  answersFor,
  differing,
  type Input,
  inputsOf,
  longestField,
  longestLine,
  offered,
  problemsIn,
} from '../fields.ts';
import { type Answers, findAdded, saveAdded } from '../store.ts';

/** Which step of a form about which entry. Travels through the person's client. */
export type Filling = {
  form: string;
  entry: string;
  step: number;
  /** A field by its id: the step that has it is meant. */
  field?: string | undefined;
};

export type Opened = Filling & {
  about: CpdForm;
  learned: Learned;
  answers: Answers;
  /** Fields with words that were kept when the window was closed, and not asked about yet. */
  unasked: string[];
  /** Of this step. */
  inputs: Input[];
  steps: number;
  /** Labels of what is longer than a field takes: it is changed in the journal, and goes out whole. */
  tooLong: string[];
};

/** More inputs than these are two steps. */
const mostInputs = 5;

/** @returns undefined where the entry, or the form, is not there any more. */
export async function openFilling(
  deps: CpdDeps,
  actor: Actor,
  { form: formId, entry: entryId, step: wanted, field }: Filling,
): Promise<Opened | undefined> {
  const { db, vault, forms: content } = deps;
  const about = formOf(content, formId);
  const learned = (await listEntries(deps, actor)).find(({ id }) => id === entryId);
  if (!about || !learned) return undefined;
  const held = await findAdded(db, vault, actor.person.id, entryId);
  const answers = answersFor(content, about, learned, held?.added[formId]);
  const groups = fieldsFor(about).map((field) => {
    const chosen = answers[field.id];
    return inputsOf(content, field, Array.isArray(chosen) ? chosen : []);
  });
  const isLong = ({ key }: Input) => lengthOf(answers[key]) > longestField;
  const steps = inSteps(groups.map((group) => group.filter((one) => !isLong(one))));
  const withField = steps.findIndex((inputs) => inputs.some(({ key }) => key.split('.')[0] === field));
  const step = withField >= 0 ? withField : Math.min(wanted, steps.length - 1);
  return {
    form: formId,
    entry: entryId,
    step,
    about,
    learned,
    answers,
    unasked: held?.unasked[formId] ?? [],
    inputs: steps[step] ?? [],
    steps: steps.length,
    tooLong: groups
      .flat()
      .filter(isLong)
      .map(({ label }) => label),
  };
}

const lengthOf = (value: Answers[string] | undefined): number =>
  typeof value === 'string' ? Array.from(value).length : 0;

/** What belongs together stays together. Never empty. */
function inSteps(groups: readonly Input[][]): Input[][] {
  const steps: Input[][] = [];
  for (const group of groups) {
    if (group.length === 0) continue;
    const last = steps.at(-1);
    if (last && last.length + group.length <= mostInputs) last.push(...group);
    else steps.push([...group]);
  }
  return steps.length > 0 ? steps : [[]];
}

/**
 * Looks through what was typed on one step. What stood in a field before was looked through where it was written, and is
 * not asked about again, unless its author left it before they were asked.
 */
export function lookAt(
  deps: Pick<CpdDeps, 'signposts'>,
  { inputs, answers, unasked }: Pick<Opened, 'inputs' | 'answers' | 'unasked'>,
  stands: Parameters<typeof lookThrough>[1],
  typed: Answers,
): { kind: 'doubtful'; findings: Finding[] } | { kind: 'settled'; typed: Answers } {
  const fresh = inputs.flatMap(({ key, kind }) => {
    const text = typed[key];
    const isFresh = text !== answers[key] || unasked.includes(key);
    return isWords(kind) && typeof text === 'string' && isFresh
      ? [{ key, text, most: kind === 'line' ? longestLine : longestField }]
      : [];
  });
  const looked = lookThrough(
    deps,
    stands,
    Object.fromEntries(fresh.map(({ key, text }) => [key, text])),
    Object.fromEntries(fresh.map(({ key, most }) => [key, most])),
  );
  return looked.kind === 'doubtful' ? looked : { kind: 'settled', typed: { ...typed, ...looked.texts } };
}

const isWords = (kind: Input['kind']): boolean => kind === 'text' || kind === 'line';

export type FillOutcome =
  | { kind: 'kept'; isLast: boolean }
  /** By key. */
  | { kind: 'wrong'; problems: Record<string, string> }
  | { kind: 'gone' };

/**
 * Keeps what was typed on one step, as far as it differs from what is offered anyway.
 * @param wasAsked false where its author left before they were asked about identifying detail: it is kept whole, and they
 *   are asked when they open it again.
 */
export async function fill(
  deps: CpdDeps,
  actor: Actor,
  filling: Filling,
  typed: Answers,
  { wasAsked = true } = {},
): Promise<FillOutcome> {
  const { db, vault, forms: content } = deps;
  const personId = actor.person.id;
  const opened = await openFilling(deps, actor, filling);
  if (
    !opened ||
    !may(actor, 'own.write', { ownerId: personId }) ||
    (await hasConsent(db, personId, 'declined'))
  )
    return { kind: 'gone' };
  const here = new Set(opened.inputs.map(({ key }) => key));
  const given = Object.fromEntries(Object.entries(typed).filter(([key]) => here.has(key)));
  const all = problemsIn(opened.about, { ...opened.answers, ...given });
  const problems = Object.fromEntries(Object.entries(all).filter(([key]) => here.has(key)));
  if (Object.keys(problems).length > 0) return { kind: 'wrong', problems };
  const offer = offered(content, opened.about, opened.learned);
  await db.transaction().execute(async (trx) => {
    const { added, unasked } = (await findAdded(trx, vault, personId, filling.entry)) ?? {
      added: {},
      unasked: {},
    };
    const kept = differing(offer, { ...added[filling.form], ...given });
    const { [filling.form]: before = [], ...others } = unasked;
    const elsewhere = before.filter((key) => !here.has(key));
    const left = [...elsewhere, ...(wasAsked ? [] : leftUnasked(opened, given))];
    await saveAdded(trx, vault, personId, filling.entry, {
      added: { ...added, [filling.form]: kept },
      unasked: left.length > 0 ? { ...others, [filling.form]: left } : others,
    });
  });
  return { kind: 'kept', isLast: opened.step === opened.steps - 1 };
}

const leftUnasked = ({ inputs, answers, unasked }: Opened, given: Answers): string[] =>
  inputs.flatMap(({ key, kind }) => {
    const isFresh = given[key] !== answers[key] || unasked.includes(key);
    return isWords(kind) && given[key] !== undefined && isFresh ? [key] : [];
  });

/**
 * Keeps a step whose window was closed, or left unsaved: whole as it was typed. What cannot be kept (hours that are none)
 * does not take the rest with it.
 */
export async function fillAsLeft(
  deps: CpdDeps,
  actor: Actor,
  filling: Filling,
  typed: Answers,
  how: { wasAsked: boolean },
): Promise<FillOutcome> {
  const outcome = await fill(deps, actor, filling, typed, how);
  if (outcome.kind !== 'wrong') return outcome;
  const good = Object.entries(typed).filter(([key]) => outcome.problems[key] === undefined);
  return fill(deps, actor, filling, Object.fromEntries(good), how);
}
