import { hasConsent } from '../../../community/consents.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import type { Finding } from '../../../safeguarding/finding.ts';
import { checkBeforeSaving } from '../../../safeguarding/identifiers.ts';
import { publicContacts } from '../../../safeguarding/signposts.ts';
import {
  type About,
  type Body,
  hasSameText,
  hasSameWords,
  isAboutKey,
  isUnwritten,
  masked,
  readyToSave,
  seenAlike,
  type Typed,
  titleOf,
  writtenIn,
} from '../body.ts';
import { frameworkOf } from '../content.ts';
import type { ReflectionDeps } from '../deps.ts';
import { listSharedAmong } from '../sharing/store.ts';
import {
  countReflections,
  findDraft,
  findReflection,
  insertReflection,
  keepVersion,
  listReflections,
  type Reflection,
  removeDraft,
  saveDraft,
  updateReflection,
} from '../store.ts';
import { carryOn, copyAbout, type ReopenOutcome, workingCopy } from './drafts.ts';
import { type Form, stepWith } from './form.ts';

/** What to do about identifying detail: ask when there is some, or what the person said when they were asked. */
export type Decision = 'ask' | 'mask' | 'keep';

export type Saved = {
  kind: 'saved';
  id: string;
  /** What its author calls it, or the way in which it was written. */
  title: string;
  writtenAt: Date;
  isChange: boolean;
  isFirst: boolean;
  /** The check failed; it was saved all the same. */
  unchecked: boolean;
  /** What was masked, by kind. */
  masked: readonly Finding[];
  /** Its words before are kept as the earlier version. */
  keptEarlier: boolean;
  /** Others still read it as it was shared. */
  isShared: boolean;
  /** It had been changed elsewhere since its form was opened. */
  meanwhile: boolean;
  /** As it was kept. */
  body: Body | undefined;
};

export type SaveOutcome =
  | Saved
  | { kind: 'unwritten' }
  /** Kept as a draft until the person decides. Only the kinds are to be told. */
  | { kind: 'found'; draftId: string; findings: Finding[] }
  | { kind: 'declined' }
  | { kind: 'not-yours' };

/**
 * Saves what stands in a form. The form's draft id becomes the reflection's id, so sending the same form twice saves
 * once. When identifying detail is seen, the words go into the draft first and the person decides.
 */
export async function saveReflection(
  deps: ReflectionDeps,
  actor: Actor,
  request: { form: Form; typed: Typed },
): Promise<SaveOutcome> {
  const { form, typed } = request;
  const copy = await workingCopy(deps, actor, form, typed);
  if (copy.kind === 'not-yours') return copy;
  return save(deps, actor, form, copy.body, 'ask');
}

/** Saves what is said of a reflection beside its words. */
export async function saveAbout(
  deps: ReflectionDeps,
  actor: Actor,
  form: Form,
  about: About,
): Promise<SaveOutcome> {
  const copy = await copyAbout(deps, actor, form, about);
  return copy.kind === 'not-yours' ? copy : save(deps, actor, form, copy.body, 'ask');
}

export type DecideOutcome = SaveOutcome | { kind: 'unreadable' };

/** After the check saw something: masks it, or keeps it as it is, and saves. */
export async function decideAndSave(
  deps: ReflectionDeps,
  actor: Actor,
  draftId: string,
  decision: 'mask' | 'keep',
): Promise<DecideOutcome> {
  const { db, vault } = deps;
  const draft = await findDraft(db, vault, draftId);
  if (draft && !may(actor, 'own.write', { ownerId: draft.personId })) return { kind: 'not-yours' };
  if (!draft || draft.deletedAt) {
    // A second click: it is saved already.
    const saved = await findReflection(db, vault, draftId);
    if (!saved || saved.deletedAt || !may(actor, 'own.read', { ownerId: saved.personId }))
      return { kind: 'not-yours' };
    return alreadySaved(saved);
  }
  if (!draft.body) return { kind: 'unreadable' };
  const { framework, changes, updatedAt } = draft;
  const form = { draftId, framework, step: 0, changes, seen: updatedAt.getTime() };
  return save(deps, actor, form, draft.body, decision);
}

async function save(
  deps: ReflectionDeps,
  actor: Actor,
  form: Form,
  written: Body,
  decision: Decision,
): Promise<SaveOutcome> {
  const { db, vault, clock } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-yours' };
  if (await hasConsent(db, personId, 'declined')) return { kind: 'declined' };
  const framework = frameworkOf(deps.frameworks, form.framework);
  let body = readyToSave(written, framework);
  if (isUnwritten(body)) return { kind: 'unwritten' };

  const { findings, unchecked } = check(deps, body);
  const all = [...findings.values()].flat();
  if (decision === 'ask' && all.length > 0) {
    await saveDraft(db, vault, {
      id: form.draftId,
      personId,
      framework: framework.id,
      changes: form.changes,
      body: written,
      at: clock.now(),
    });
    deps.homeChanged(personId);
    return { kind: 'found', draftId: form.draftId, findings: all };
  }
  if (decision === 'mask') body = masked(body, findings);

  const saved = await write(deps, actor, form, framework.id, body);
  if (saved.kind === 'saved') deps.homeChanged(personId);
  return saved.kind === 'saved' ? { ...saved, unchecked, masked: decision === 'mask' ? all : [] } : saved;
}

/** The form of a draft of which the check saw something, where it did: the first step, or what it is about. */
export async function backToEdit(
  deps: ReflectionDeps,
  actor: Actor,
  draftId: string,
): Promise<ReopenOutcome & { isAbout?: boolean }> {
  const outcome = await carryOn(deps, actor, draftId);
  if (outcome.kind !== 'open') return outcome;
  const { form, body } = outcome;
  const { findings } = check(deps, body);
  const step = stepWith(frameworkOf(deps.frameworks, form.framework), body, ({ key }) => findings.has(key));
  return {
    ...outcome,
    form: { ...form, step },
    isAbout: [...findings.keys()].every(isAboutKey) && findings.size > 0,
  };
}

/** Fails open: where the check breaks, the part counts as clear and the receipt says that it was not checked. */
export function check(
  deps: Pick<ReflectionDeps, 'signposts'>,
  body: Body,
): { findings: Map<string, Finding[]>; unchecked: boolean } {
  const allowed = publicContacts(deps.signposts);
  const findings = new Map<string, Finding[]>();
  let unchecked = false;
  for (const { key, text } of writtenIn(body)) {
    const outcome = checkBeforeSaving(text, { allowed });
    if (outcome.kind === 'found') findings.set(key, outcome.findings);
    if (outcome.kind === 'unavailable') unchecked = true;
  }
  return { findings: seenAlike(body, findings), unchecked };
}

async function write(
  { db, vault, clock }: ReflectionDeps,
  actor: Actor,
  form: Form,
  framework: string,
  body: Body,
): Promise<Saved | { kind: 'not-yours' }> {
  const personId = actor.person.id;
  const at = clock.now();
  return db.transaction().execute(async (trx): Promise<Saved | { kind: 'not-yours' }> => {
    const receipt: Omit<Saved, 'id' | 'isFirst' | 'isChange'> = {
      kind: 'saved',
      title: titleOf(body),
      writtenAt: at,
      unchecked: false,
      masked: [],
      keptEarlier: false,
      isShared: false,
      meanwhile: false,
      body,
    };
    if (form.changes) {
      const changed = await findReflection(trx, vault, form.changes);
      if (changed && !may(actor, 'own.write', { ownerId: changed.personId })) return { kind: 'not-yours' };
      // One that was deleted meanwhile stays deleted, and one that cannot be opened stays as it is (another key may open
      // it again); the words are kept as a new one.
      if (changed?.body && !changed.deletedAt) {
        // Of a change to what it is about alone, the version before would push out words that may still be wanted.
        const keptEarlier = !hasSameText(changed.body, body);
        if (keptEarlier) await keepVersion(trx, vault, { ...changed, body: changed.body });
        const now = { id: changed.id, personId, framework, body, at };
        await updateReflection(trx, vault, now);
        await removeDraft(trx, form.draftId, personId);
        const { id, writtenAt, updatedAt } = changed;
        const isShared = (await listSharedAmong(trx, [id])).size > 0;
        const meanwhile = form.seen !== undefined && updatedAt.getTime() > form.seen;
        return {
          ...receipt,
          id,
          writtenAt,
          isChange: true,
          isFirst: false,
          keptEarlier,
          isShared,
          meanwhile,
        };
      }
    }
    const before = await countReflections(trx, personId, { everything: true });
    let id = form.draftId;
    const taken = await findReflection(trx, vault, id);
    if (taken) {
      if (!may(actor, 'own.read', { ownerId: taken.personId })) return { kind: 'not-yours' };
      // The form was sent twice; or the same draft was open in two windows, and then both texts are kept.
      const recent = [taken, ...(await listReflections(trx, vault, personId, { offset: 0, limit: 5 }))];
      const twin = recent.find((one) => one.body && hasSameWords(one.body, body));
      if (twin) {
        await removeDraft(trx, form.draftId, personId);
        return alreadySaved(twin);
      }
      id = newId({ now: () => at });
    }
    await insertReflection(trx, vault, { id, personId, framework, body, at });
    await removeDraft(trx, form.draftId, personId);
    return { ...receipt, id, isChange: false, isFirst: before === 0 };
  });
}

const alreadySaved = ({ id, body, writtenAt }: Reflection): Saved => ({
  kind: 'saved',
  id,
  title: body ? titleOf(body) : '',
  body,
  writtenAt,
  isChange: false,
  isFirst: false,
  unchecked: false,
  masked: [],
  keptEarlier: false,
  isShared: false,
  meanwhile: false,
});
