import { hasConsent } from '../../../community/consents.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { type Body, emptyBody, fromElsewhere, isUnwritten } from '../body.ts';
import type { ExampleWords, ReflectionDeps } from '../deps.ts';
import { type Draft, findDraft, listDrafts, removeDraft, saveDraft } from '../store.ts';

/** In the place of a way to reflect: such a draft is a practice example, and `changes` says of which reflection. */
const exampleKind = 'practice-example';

export const isExample = ({ framework }: Pick<Draft, 'framework'>): boolean => framework === exampleKind;

const keptKey = 'identifying';
const bodyOf = ({ title, text, isKept }: Pick<ExampleWords, 'title' | 'text' | 'isKept'>): Body => ({
  ...emptyBody,
  title: 'Practice example',
  parts: text === '' ? [] : [{ key: fromElsewhere, label: 'As fiction', text }],
  choices: isKept ? [{ key: keptKey, label: 'Identifying detail', selected: ['Kept as it is'] }] : [],
  ...(title !== '' && { about: { title } }),
});

/** What stands in the draft of an example; undefined where it cannot be opened. */
export const wordsIn = ({ id, body, changes }: Draft): ExampleWords | undefined =>
  body && {
    id,
    title: body.about?.title ?? '',
    text: body.parts.map(({ text }) => text).join('\n\n'),
    reflectionId: changes,
    isKept: body.choices.some(({ key }) => key === keptKey),
  };

/** Keeps an example that is not with the curators as a draft, under the id it is sent by. */
export async function keepExample(
  { db, vault, clock, homeChanged }: ReflectionDeps,
  actor: Actor,
  { id, reflectionId, ...words }: ExampleWords,
): Promise<boolean> {
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return false;
  if (await hasConsent(db, personId, 'declined')) return false;
  const body = bodyOf(words);
  if (isUnwritten(body) && words.title === '') return false;
  const known = await findDraft(db, vault, id);
  if (known && !may(actor, 'own.write', { ownerId: known.personId })) return false;
  const changes = reflectionId || undefined;
  await saveDraft(db, vault, { id, personId, framework: exampleKind, changes, body, at: clock.now() });
  homeChanged(personId);
  return true;
}

/** It is with the curators now. */
export async function dropExampleDraft(deps: ReflectionDeps, { person }: Actor, id: string): Promise<void> {
  await removeDraft(deps.db, id, person.id);
  deps.homeChanged(person.id);
}

/** The draft of an example by its id; undefined where it is none, or not theirs. */
export async function findExampleDraft(
  { db, vault }: ReflectionDeps,
  actor: Actor,
  id: string,
): Promise<Draft | undefined> {
  const draft = await findDraft(db, vault, id);
  if (!draft || draft.deletedAt || !may(actor, 'own.read', { ownerId: draft.personId })) return undefined;
  return isExample(draft) ? draft : undefined;
}

/** More than anybody leaves lying about. */
const mostLookedAt = 50;

/** What was begun of a reflection, so that it is gone on with and not begun anew. */
export async function findBegunOf(
  { db, vault }: ReflectionDeps,
  actor: Actor,
  reflectionId: string,
): Promise<Draft | undefined> {
  const drafts = await listDrafts(db, vault, actor.person.id, { kind: 'open' }, mostLookedAt);
  return drafts.find((draft) => isExample(draft) && draft.changes === reflectionId && draft.body);
}
