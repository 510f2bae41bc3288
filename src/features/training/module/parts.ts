import { type Actor, may } from '../../../community/permissions.ts';
import { localDate, usableZone } from '../../../scheduler/calendar.ts';
import { coreModule, type Part } from '../content.ts';
import type { ModuleDeps } from './deps.ts';
import {
  listStandings,
  recordDone,
  recordOpened,
  recordSkipped,
  recordUndone,
  type Standing,
} from './store.ts';

/** The module as somebody stands in it: reading is open to everybody, and of whoever declined nothing is kept. */
export type Place = {
  parts: { part: Part; nth: number; standing: Standing | undefined }[];
  /** Where they go on: the part they opened last, unless it is done; then the first that is not over. */
  next: Part | undefined;
  keepsNothing: boolean;
};
type Deps = Pick<ModuleDeps, 'db' | 'training'>;

export async function findPlace(
  { db, training }: Deps,
  { person, hasDeclined = false }: Actor,
): Promise<Place> {
  const standings = await listStandings(db, person.id);
  const parts = coreModule(training).parts.map((part, index) => ({
    part,
    nth: index + 1,
    standing: standings.get(part.id),
  }));
  const open = parts.filter(({ standing }) => standing?.state !== 'done' && standing?.state !== 'skipped');
  const next = open.find(({ standing }) => standing?.isLatest) ?? open[0];
  return { parts, next: next?.part, keepsNothing: hasDeclined };
}

export const countDone = ({ parts }: Place): number =>
  parts.filter(({ standing }) => standing?.state === 'done').length;

export const isFinished = (place: Place): boolean => countDone(place) === place.parts.length;

export type OpenOutcome =
  | { kind: 'part'; part: Part; place: Place }
  /** What it may touch on is said before the material. */
  | { kind: 'note'; part: Part; place: Place }
  /** It is not in the module any more. */
  | { kind: 'gone'; place: Place };

/** @param hasSeenNote they have just read what it may touch on. */
export async function openPart(
  deps: ModuleDeps,
  actor: Actor,
  partId: string,
  { hasSeenNote = false } = {},
): Promise<OpenOutcome> {
  const before = await findPlace(deps, actor);
  const found = before.parts.find(({ part }) => part.id === partId);
  if (!found) return { kind: 'gone', place: before };
  const { part, standing } = found;
  const isNew = standing === undefined || standing.state === 'skipped';
  if (part.content_note !== undefined && isNew && !hasSeenNote) return { kind: 'note', part, place: before };
  if (mayKeep(actor)) {
    await deps.db.transaction().execute((trx) => recordOpened(trx, actor.person.id, part.id));
    deps.homeChanged(actor.person.id);
  }
  return { kind: 'part', part, place: await findPlace(deps, actor) };
}

/** As with what somebody saves of the catalogue. */
const mayKeep = (actor: Actor): boolean =>
  may(actor, 'own.write', { ownerId: actor.person.id }) && actor.hasDeclined !== true;

export type ChangeOutcome = { kind: 'changed' | 'keeps-nothing' | 'gone'; part: Part | undefined };
const change = (
  deps: ModuleDeps,
  actor: Actor,
  partId: string,
  work: (part: Part) => Promise<void>,
): Promise<ChangeOutcome> | ChangeOutcome => {
  const part = coreModule(deps.training).parts.find(({ id }) => id === partId);
  if (!part) return { kind: 'gone', part };
  if (!mayKeep(actor)) return { kind: 'keeps-nothing', part };
  return work(part).then(() => {
    deps.homeChanged(actor.person.id);
    return { kind: 'changed', part };
  });
};

/** Done twice is done once, on the first day. */
export const finishPart = async (deps: ModuleDeps, actor: Actor, partId: string): Promise<ChangeOutcome> =>
  change(deps, actor, partId, async (part) => {
    const { db, clock, timeZone } = deps;
    const { person } = actor;
    const today = localDate(clock.now(), usableZone(person.timeZone, timeZone));
    if (await recordDone(db, person.id, part, today)) await deps.did(person.id, { kind: 'did-part' });
  });

export const skipPart = async (deps: ModuleDeps, actor: Actor, partId: string): Promise<ChangeOutcome> =>
  change(deps, actor, partId, ({ id }) => recordSkipped(deps.db, actor.person.id, id));

export const undoPart = async (deps: ModuleDeps, actor: Actor, partId: string): Promise<ChangeOutcome> =>
  change(deps, actor, partId, ({ id }) => recordUndone(deps.db, actor.person.id, id));
