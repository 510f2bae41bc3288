import type { Actor } from '../../community/permissions.ts';
import type { Learned } from '../feature.ts';
import { type CpdForm, type CpdRecord, formOf, formsToTick, recordOf } from './content.ts';
import { type CpdDeps, hereAndNow } from './deps.ts';
import { type Added, type Choice, findChoice, listAdded } from './store.ts';

/** Everything of somebody's own that can be put into a record, in the order of its dates. */
export async function listEntries(deps: CpdDeps, actor: Actor): Promise<Learned[]> {
  const { zone } = hereAndNow(deps, actor);
  const all = await Promise.all(deps.sources().map((source) => source.list(actor, zone)));
  return all.flat().toSorted((a, b) => a.on.localeCompare(b.on) || a.id.localeCompare(b.id));
}

export const isWithin = ({ from, until }: Pick<Choice, 'from' | 'until'>, { on }: Learned): boolean =>
  from <= on && on <= until;

/** What somebody has chosen, with what is there of it now. */
export type Chosen = {
  choice: Choice;
  record: CpdRecord;
  forms: CpdForm[];
  /** Those that entries are ticked for. */
  toTick: CpdForm[];
  /** Everything of those dates. */
  offered: Learned[];
  /** What is ticked and still there, form by form. */
  ticked: { form: CpdForm; entry: Learned }[];
  /** How many were ticked that are not there any more. */
  gone: number;
  added: Map<string, Added>;
};

/** @returns undefined where nothing is chosen yet, or the record is no longer in the file. */
export async function findChosen(deps: CpdDeps, actor: Actor): Promise<Chosen | undefined> {
  const { db, vault, forms: content } = deps;
  const personId = actor.person.id;
  const choice = await findChoice(db, vault, personId);
  const record = choice && recordOf(content, choice.record);
  if (!record) return undefined;
  const all = await listEntries(deps, actor);
  const byId = new Map(all.map((one) => [one.id, one]));
  const forms = record.forms.flatMap((id) => (choice.forms.includes(id) ? (formOf(content, id) ?? []) : []));
  const ids = (form: CpdForm) => choice.entries[form.id] ?? [];
  const withEntries = formsToTick(content, record, choice.forms);
  return {
    choice,
    record,
    forms,
    toTick: withEntries,
    offered: all.filter((one) => isWithin(choice, one)),
    ticked: withEntries.flatMap((form) => {
      const wanted = new Set(ids(form));
      return all
        .filter((one) => wanted.has(one.id) && isWithin(choice, one) && fits(form, one))
        .map((entry) => ({ form, entry }));
    }),
    gone: new Set(withEntries.flatMap(ids).filter((id) => !byId.has(id))).size,
    added: await listAdded(db, vault, personId),
  };
}

const fits = ({ own_words_only: isOwnOnly }: CpdForm, { isByOthers }: Learned): boolean =>
  !(isOwnOnly && isByOthers);

/** What can be ticked for a form. */
export const offeredFor = ({ offered }: Pick<Chosen, 'offered'>, form: CpdForm): Learned[] =>
  offered.filter((one) => fits(form, one));

/** The forms for which there is something to tick. */
export const tickable = (chosen: Chosen): CpdForm[] =>
  chosen.toTick.filter((form) => offeredFor(chosen, form).length > 0);

/** To know an entry by: "3 March 2026: My first visit". */
export const nameOf = ({ title, what }: Learned): string => title ?? what;
