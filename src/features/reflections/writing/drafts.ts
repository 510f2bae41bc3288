import { hasConsent } from '../../../community/consents.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { hours, later } from '../../../lib/clock.ts';
import { newId } from '../../../lib/random.ts';
import {
  type About,
  type Body,
  emptyBody,
  hasSameWords,
  isUnwritten,
  type Typed,
  takeOver,
} from '../body.ts';
import { defaultFramework, type Framework, findFramework, frameworkOf } from '../content.ts';
import { type ReflectionDeps, undoHours } from '../deps.ts';
import {
  type Draft,
  findDraft,
  findReflection,
  listDrafts,
  markDraftDiscarded,
  saveDraft,
} from '../store.ts';
import { type Form, formSteps, isFilled, stepWith } from './form.ts';

/** What a form shows. `unfinished` is another draft that could be carried on with. */
export type OpenForm = {
  form: Form;
  body: Body;
  unfinished?: Draft | undefined;
  /** What stood in the form before this one is a draft of its own now. */
  isOtherKept?: boolean;
};

export type StartOutcome =
  | ({ kind: 'open' } & OpenForm)
  /** They did not take up the community agreement, so nothing of theirs is stored. */
  | { kind: 'declined' }
  | { kind: 'not-allowed' };

/** A new, empty form. Writes nothing. @param from what it is about. */
export async function startReflection(
  deps: ReflectionDeps,
  actor: Actor,
  asked = '',
  from?: Form['from'],
): Promise<StartOutcome> {
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  if (await hasConsent(deps.db, personId, 'declined')) return { kind: 'declined' };
  const found = asked === '' ? undefined : findFramework(deps.frameworks, asked);
  const framework = found ?? defaultFramework(deps.frameworks);
  const [unfinished] = await listDrafts(deps.db, deps.vault, personId, { kind: 'open' }, 1);
  return {
    kind: 'open',
    form: {
      draftId: newId(deps.clock),
      framework: framework.id,
      step: 0,
      changes: undefined,
      ...(from && { from }),
    },
    // No way to reflect: what somebody began to write.
    body:
      found || asked === '' ? beginningFrom({ from }) : begunWith(beginningFrom({ from }), framework, asked),
    unfinished,
  };
}

/** With these words in its first box. They are kept once the form is. */
function begunWith(body: Body, framework: Framework, words: string): Body {
  const first = framework.steps.find(({ key }) => framework.choices?.[key] === undefined);
  return first ? takeOver(body, framework, { texts: { [first.key]: words }, choices: {} }) : body;
}

const beginningFrom = ({ from }: { from?: Form['from'] | undefined }): Body => ({
  ...emptyBody,
  ...(from && { about: from }),
});

export type ReopenOutcome = ({ kind: 'open' } & OpenForm) | { kind: 'unreadable' } | { kind: 'not-yours' };

/** The form of a draft, as it was left. */
export async function carryOn(deps: ReflectionDeps, actor: Actor, draftId: string): Promise<ReopenOutcome> {
  const draft = await findDraft(deps.db, deps.vault, draftId);
  if (!draft || draft.deletedAt || !may(actor, 'own.read', { ownerId: draft.personId }))
    return { kind: 'not-yours' };
  if (!draft.body) return { kind: 'unreadable' };
  const framework = frameworkOf(deps.frameworks, draft.framework);
  // Where the first words are, so that no empty page opens.
  const step = stepWith(framework, draft.body, isFilled);
  const seen = draft.updatedAt.getTime();
  const form = { draftId, framework: framework.id, step, changes: draft.changes, seen };
  return { kind: 'open', form, body: draft.body };
}

/** The form of a reflection that was saved. The reflection stays as it is until the form is saved. */
export async function startChange(deps: ReflectionDeps, actor: Actor, id: string): Promise<ReopenOutcome> {
  const reflection = await findReflection(deps.db, deps.vault, id);
  if (!reflection || reflection.deletedAt || !may(actor, 'own.write', { ownerId: reflection.personId }))
    return { kind: 'not-yours' };
  if (!reflection.body) return { kind: 'unreadable' };
  const framework = frameworkOf(deps.frameworks, reflection.framework);
  const seen = reflection.updatedAt.getTime();
  const form = { draftId: newId(deps.clock), framework: framework.id, step: 0, changes: id, seen };
  return { kind: 'open', form, body: reflection.body };
}

export type WorkingCopy = { kind: 'yours'; body: Body } | { kind: 'not-yours' };

/**
 * What a form holds by now: what the draft holds, else what it changes, with what stands in the fields on top.
 * A draft or a reflection of somebody else is as good as none, and is refused.
 */
export async function workingCopy(
  deps: ReflectionDeps,
  actor: Actor,
  form: Form,
  typed: Typed,
): Promise<WorkingCopy> {
  const draft = await findDraft(deps.db, deps.vault, form.draftId);
  if (draft && !may(actor, 'own.write', { ownerId: draft.personId })) return { kind: 'not-yours' };
  const changed = form.changes ? await findReflection(deps.db, deps.vault, form.changes) : undefined;
  if (changed && !may(actor, 'own.write', { ownerId: changed.personId })) return { kind: 'not-yours' };
  const before = draft?.body ?? changed?.body ?? beginningFrom(form);
  return { kind: 'yours', body: takeOver(before, frameworkOf(deps.frameworks, form.framework), typed) };
}

export type KeepOutcome =
  | ({ kind: 'kept' | 'nothing-to-keep' } & OpenForm)
  | { kind: 'not-yours' }
  | { kind: 'declined' };

/**
 * Keeps what stands in a form, so that another step, another way to reflect or a closed window loses nothing.
 * Keeps nothing where nothing was written, or nothing was changed.
 */
export async function keepDraft(
  deps: ReflectionDeps,
  actor: Actor,
  form: Form,
  typed: Typed,
): Promise<KeepOutcome> {
  const copy = await workingCopy(deps, actor, form, typed);
  return copy.kind === 'not-yours' ? copy : keepBody(deps, actor, form, copy.body);
}

const nothingTyped: Typed = { texts: {}, choices: {} };

/** The same for what it is about, with the words as they were kept. A title is worth keeping before any word. */
export async function keepAbout(
  deps: ReflectionDeps,
  actor: Actor,
  form: Form,
  about: About,
): Promise<KeepOutcome> {
  const copy = await copyAbout(deps, actor, form, about);
  if (copy.kind === 'not-yours') return copy;
  const isSaid = !hasSameWords({ ...emptyBody, about }, beginningFrom(form));
  return keepBody(deps, actor, form, copy.body, isSaid || !isUnwritten(copy.body));
}

/** What a form holds by now, with another word on what it is about. */
export async function copyAbout(
  deps: ReflectionDeps,
  actor: Actor,
  form: Form,
  about: About,
): Promise<WorkingCopy> {
  const copy = await workingCopy(deps, actor, form, nothingTyped);
  return copy.kind === 'yours' ? { ...copy, body: { ...copy.body, about } } : copy;
}

async function keepBody(
  deps: ReflectionDeps,
  actor: Actor,
  form: Form,
  body: Body,
  isWorthIt = !isUnwritten(body),
): Promise<KeepOutcome> {
  const personId = actor.person.id;
  if (await hasConsent(deps.db, personId, 'declined')) return { kind: 'declined' };
  const { db, vault, clock } = deps;
  const existing = await findDraft(db, vault, form.draftId);
  const saved = await findReflection(db, vault, form.changes ?? form.draftId);
  const isOld = !existing && saved?.body !== undefined && hasSameWords(saved.body, body);
  if (isOld || (!isWorthIt && !existing)) return { kind: 'nothing-to-keep', form, body };
  await saveDraft(db, vault, {
    id: form.draftId,
    personId,
    framework: form.framework,
    changes: form.changes,
    body,
    at: clock.now(),
  });
  deps.homeChanged(personId);
  return { kind: 'kept', form, body };
}

/** The next step of a form that has one, once what stands in this one is kept. */
export async function nextStep(
  deps: ReflectionDeps,
  actor: Actor,
  form: Form,
  typed: Typed,
): Promise<OpenForm | undefined> {
  const kept = await keepDraft(deps, actor, form, typed);
  // Not theirs, or nothing may be stored: saving says so.
  if (!('form' in kept)) return undefined;
  const { index, count } = formSteps(deps.frameworks, kept);
  return index < count - 1 ? { form: { ...form, step: index + 1 }, body: kept.body } : undefined;
}

export type DiscardOutcome = { kind: 'discarded'; until: Date } | { kind: 'not-yours' };

export async function discardDraft(deps: ReflectionDeps, actor: Actor, id: string): Promise<DiscardOutcome> {
  const { db, vault, clock } = deps;
  const draft = await findDraft(db, vault, id);
  if (!draft || !may(actor, 'own.write', { ownerId: draft.personId })) return { kind: 'not-yours' };
  const at = draft.deletedAt ?? clock.now();
  await markDraftDiscarded(db, id, at);
  deps.homeChanged(actor.person.id);
  return { kind: 'discarded', until: later(at, hours(undoHours)) };
}

export type RestoreOutcome = { kind: 'restored' } | { kind: 'not-yours' };

export async function restoreDraft(deps: ReflectionDeps, actor: Actor, id: string): Promise<RestoreOutcome> {
  const { db, vault, clock } = deps;
  const draft = await findDraft(db, vault, id);
  if (!draft || !may(actor, 'own.write', { ownerId: draft.personId })) return { kind: 'not-yours' };
  if (draft.deletedAt && later(draft.deletedAt, hours(undoHours)) <= clock.now())
    return { kind: 'not-yours' };
  await markDraftDiscarded(db, id, undefined);
  deps.homeChanged(actor.person.id);
  return { kind: 'restored' };
}
