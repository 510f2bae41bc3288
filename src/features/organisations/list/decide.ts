import { audit } from '../../../community/audit.ts';
import { curatorsSeeChange } from '../../../community/curators.ts';
import type { Organisation } from '../../../community/organisations/content.ts';
import { organisationList } from '../../../community/organisations/list.ts';
import { calledSo } from '../../../community/organisations/match.ts';
import {
  declineName,
  deleteAdded,
  findWaitingName,
  insertAdded,
  joinName,
  unjoinNames,
} from '../../../community/organisations/store.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { wordsOf } from '../../../content/words.ts';
import type { Db } from '../../../db/schema.ts';
import type { OrganisationsDeps } from '../deps.ts';

type Refused = { kind: 'not-allowed' | 'gone' };

async function decide<Outcome>(
  deps: OrganisationsDeps,
  actor: Actor,
  work: (trx: Db) => Promise<Outcome>,
): Promise<Outcome | { kind: 'not-allowed' }> {
  if (!may(actor, 'resources.curate')) return { kind: 'not-allowed' };
  const outcome = await deps.db.transaction().execute(work);
  await curatorsSeeChange(deps);
  return outcome;
}

export type AddOutcome =
  | Refused
  | { kind: 'added'; organisation: Organisation }
  /** This is what it is called already. */
  | { kind: 'listed'; name: string };

/** @param mark of the suggested name that it answers; undefined where nobody suggested it. */
export const addOrganisation = (
  deps: OrganisationsDeps,
  actor: Actor,
  { mark, ...said }: Pick<Organisation, 'name' | 'sector' | 'boroughs'> & { mark: string | undefined },
): Promise<AddOutcome> =>
  decide(deps, actor, async (trx): Promise<AddOutcome> => {
    const { clock, vault } = deps;
    const by = actor.person.id;
    const list = await organisationList(deps, trx);
    const [same] = calledSo(said.name, [...list.organisations, ...list.general]);
    if (same) return { kind: 'listed', name: same.name };
    if (mark !== undefined && !(await findWaitingName(trx, vault, mark))) return { kind: 'gone' };
    const organisation: Organisation = { ...said, id: newIdOf(said.name, list), also: [] };
    await insertAdded(trx, organisation, { by, at: clock.now() });
    if (mark !== undefined) await joinName(trx, { mark, to: organisation.id, by });
    await audit(trx, clock, { actor: by, action: 'organisations.add', detail: { id: organisation.id } });
    return { kind: 'added', organisation };
  });

/** As the file's: "Kettle and Chair" → "kettle-and-chair". Where that is taken, with a number. */
function newIdOf(name: string, { find }: { find(id: string): unknown }): string {
  const letters = wordsOf(name)
    .join('-')
    .replace(/[^a-z0-9-]/g, '')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  const id = letters === '' ? 'organisation' : letters;
  for (let nth = 1; ; nth += 1) {
    const one = nth === 1 ? id : `${id}-${nth}`;
    if (find(one) === undefined) return one;
  }
}

export type JoinOutcome = Refused | { kind: 'joined'; name: string; to: string };

/** The name stands for one of the list from now on, for everybody who typed it. */
export const joinOrganisation = (
  deps: OrganisationsDeps,
  actor: Actor,
  { mark, to }: { mark: string; to: string },
): Promise<JoinOutcome> =>
  decide(deps, actor, async (trx): Promise<JoinOutcome> => {
    const by = actor.person.id;
    const known = (await organisationList(deps, trx)).find(to);
    const name = await findWaitingName(trx, deps.vault, mark);
    if (!known || !name || !(await joinName(trx, { mark, to, by }))) return { kind: 'gone' };
    await audit(trx, deps.clock, { actor: by, action: 'organisations.join', detail: { id: to } });
    return { kind: 'joined', name: name.name, to: known.name };
  });

export type DoneOutcome = Refused | { kind: 'done' };

export const declineOrganisation = (
  deps: OrganisationsDeps,
  actor: Actor,
  mark: string,
): Promise<DoneOutcome> =>
  decide(deps, actor, async (trx): Promise<DoneOutcome> => {
    if (!(await declineName(trx, { mark, by: actor.person.id }))) return { kind: 'gone' };
    await audit(trx, deps.clock, { actor: actor.person.id, action: 'organisations.decline' });
    return { kind: 'done' };
  });

/** The name waits again. */
export const undoJoin = (deps: OrganisationsDeps, actor: Actor, mark: string): Promise<DoneOutcome> =>
  decide(deps, actor, async (trx): Promise<DoneOutcome> => {
    await unjoinNames(trx, { mark });
    return { kind: 'done' };
  });

/** What a curator added leaves the list. Names that stood for it wait again; whoever chose it keeps its name. */
export const takeOff = (deps: OrganisationsDeps, actor: Actor, id: string): Promise<DoneOutcome> =>
  decide(deps, actor, async (trx): Promise<DoneOutcome> => {
    if (!(await deleteAdded(trx, id))) return { kind: 'gone' };
    await unjoinNames(trx, { of: id });
    await audit(trx, deps.clock, {
      actor: actor.person.id,
      action: 'organisations.take-off',
      detail: { id },
    });
    return { kind: 'done' };
  });
