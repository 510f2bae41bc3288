import { type Area, type Holding, labelled, rowsOf } from '../../community/holdings.ts';
import type { Db } from '../../db/schema.ts';
import type { Vault } from '../../lib/crypto.ts';
import './tables.ts';
import { type CpdForms, fieldsFor, formOf, recordOf } from './content.ts';
import { inputsOf } from './fields.ts';
import { deleteAdded, openAdded, openChoice } from './store.ts';

const unreadable = { Words: 'These words cannot be opened with the present key.' };

/** What somebody chose and added for their record. The record itself is made when they ask for it, and never kept. */
export const cpdHeld = (vault: Vault, content: CpdForms): Area => ({
  id: 'cpd',
  title: 'Your CPD record',
  why: 'So that you need not choose and type it again. It is encrypted, and nobody but you is shown it.',
  apart: 'What you chose for your record, and what you added to entries for it; the entries stay',
  holdings: [
    rowsOf('cpd_choices', {
      id: 'cpd-choice',
      what: 'What you last chose for a CPD record',
      isApart: true,
      read(row) {
        const choice = openChoice(vault, row.person_id, row.sealed);
        if (!choice) return unreadable;
        return {
          Record: recordOf(content, choice.record)?.label ?? choice.record,
          From: choice.from,
          Until: choice.until,
          Parts: choice.forms.map((id) => formOf(content, id)?.label ?? id),
          'Entries ticked': new Set(Object.values(choice.entries).flat()).size,
        };
      },
    }),
    rowsOf('cpd_answers', {
      id: 'cpd-answers',
      what: 'Entries to which you added something for a CPD record',
      isApart: true,
      read(row) {
        const added = openAdded(vault, row.person_id, row.entry_id, row.sealed);
        if (!added) return unreadable;
        return labelled(
          Object.entries(added).flatMap(([formId, answers]) =>
            Object.entries(answers).map(([key, answer]) => [sayField(content, formId, key), answer] as const),
          ),
        );
      },
    }),
  ],
});

/** As it stands on the form. One that the file has no more keeps its id. */
function sayField(content: CpdForms, formId: string, key: string): string {
  const form = formOf(content, formId);
  if (!form) return `${formId}: ${key}`;
  const inputs = fieldsFor(form).flatMap((field) => inputsOf(content, field));
  return `${form.label}: ${inputs.find((one) => one.key === key)?.label ?? key}`;
}

/**
 * What somebody added to entries of one source, to stand where these are kept: it is about them, and goes with them.
 * @param kind the source's.
 */
export const addedToHeld = (kind: string, about: Pick<Holding, 'id' | 'what'>): Holding => {
  const ofKind = (db: Db, personId: string) =>
    db.selectFrom('cpd_answers').where('person_id', '=', personId).where('entry_id', 'like', `${kind}:%`);
  return {
    ...about,
    where: ['cpd_answers.person_id'],
    isApart: true,
    async count(db, personId) {
      const row = await ofKind(db, personId)
        .select((eb) => eb.fn.countAll<number>().as('many'))
        .executeTakeFirstOrThrow();
      return Number(row.many);
    },
    // Its words stand in a copy once, with the rest of the record.
    read: async (db, personId) =>
      (await ofKind(db, personId).select('entry_id').execute()).map(() => ({
        Words: 'See your CPD record.',
      })),
    async forget(db, personId) {
      const rows = await ofKind(db, personId).select('entry_id').execute();
      await deleteAdded(
        db,
        personId,
        rows.map((row) => row.entry_id),
      );
    },
  };
};
