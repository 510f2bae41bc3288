import { hasConsent } from '../../../community/consents.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { type CpdRecord, recordOf } from '../content.ts';
import { type CpdDeps, hereAndNow } from '../deps.ts';
import { type Choice, findChoice, saveChoice } from '../store.ts';
import { usualPeriod } from './period.ts';

/** What stands in the first window. */
export type Beginning = Pick<Choice, 'from' | 'until' | 'forms'> & {
  record: CpdRecord;
  /** Said beside it, so that nothing is guessed in silence. */
  because:
    | { kind: 'chosen-before'; endsBeforeToday: boolean }
    | { kind: 'role'; role: string }
    | { kind: 'asked' };
};
export type BeginOutcome = { kind: 'begin'; beginning: Beginning | undefined } | { kind: 'keeps-nothing' };

/** As it was chosen last; else by what their profile says they do; else nothing is chosen. */
export async function begin(deps: CpdDeps, actor: Actor): Promise<BeginOutcome> {
  const { db, vault, forms: content } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId }) || (await hasConsent(db, personId, 'declined')))
    return { kind: 'keeps-nothing' };
  const before = await findChoice(db, vault, personId);
  const known = before && recordOf(content, before.record);
  if (known)
    return {
      kind: 'begin',
      beginning: {
        ...before,
        record: known,
        because: {
          kind: 'chosen-before',
          endsBeforeToday: before.until < hereAndNow(deps, actor).today,
        },
      },
    };
  const role = await deps.roleOf(personId);
  const byRole = role === undefined ? undefined : recordFor(content.records, role);
  if (role === undefined || !byRole) return { kind: 'begin', beginning: undefined };
  return { kind: 'begin', beginning: { ...usual(deps, actor, byRole), because: { kind: 'role', role } } };
}

/** "Community midwife" is a midwife too. */
function recordFor(records: readonly CpdRecord[], role: string): CpdRecord | undefined {
  const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const own = new Set(wordsOf(role));
  return records.find(({ roles }) => roles.some((one) => wordsOf(one).every((word) => own.has(word))));
}

/** A record as it begins: its usual period and forms. */
export const usual = (deps: CpdDeps, actor: Actor, record: CpdRecord): Beginning => ({
  record,
  ...usualPeriod(record, hereAndNow(deps, actor).today),
  forms: [...record.begin_with],
  because: { kind: 'asked' },
});

/** Keeps record, dates and forms; what was ticked before for a form stays ticked. @returns false: nothing of theirs is kept. */
export async function choose(
  { db, vault }: Pick<CpdDeps, 'db' | 'vault'>,
  actor: Actor,
  chosen: Omit<Choice, 'entries'>,
): Promise<boolean> {
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId }) || (await hasConsent(db, personId, 'declined')))
    return false;
  await db.transaction().execute(async (trx) => {
    const before = await findChoice(trx, vault, personId);
    await saveChoice(trx, vault, personId, { ...chosen, entries: before?.entries ?? {} });
  });
  return true;
}

/** Takes over which of these are ticked for a form; what is on other pages stays as it is. */
export async function tick(
  { db, vault }: Pick<CpdDeps, 'db' | 'vault'>,
  actor: Actor,
  formId: string,
  { shown, ticked }: { shown: readonly string[]; ticked: readonly string[] },
): Promise<void> {
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return;
  await db.transaction().execute(async (trx) => {
    const choice = await findChoice(trx, vault, personId);
    if (!choice) return;
    const inSight = new Set(shown);
    const others = (choice.entries[formId] ?? []).filter((id) => !inSight.has(id));
    const entries = { ...choice.entries, [formId]: [...others, ...ticked.filter((id) => inSight.has(id))] };
    await saveChoice(trx, vault, personId, { ...choice, entries });
  });
}
