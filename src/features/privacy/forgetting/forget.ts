import { audit } from '../../../community/audit.ts';
import { forgottenMark } from '../../../community/forgotten.ts';
import type { Holding } from '../../../community/holdings.ts';
import { findPerson } from '../../../community/people.ts';
import { takeBackAbout } from '../../../outbox/unsay.ts';
import { count } from '../../../slack/text.ts';
import type { HeldDeps } from '../deps.ts';
import { listHeld } from '../overview/read.ts';
import { insertForgetting } from './store.ts';

/** Who asked for it: they themselves, by Slack or by letter, or the start after an old copy was brought back. */
export type AskedBy = 'themselves' | 'operator' | 'restore';

export type Forgotten =
  | {
      kind: 'forgotten';
      /** What was deleted, in counts. */
      deleted: { what: string; count: number }[];
      /** What is left, and why. */
      remains: string[];
    }
  | { kind: 'gone' };

/**
 * Deletes everything about somebody, in one transaction: their rows go, what they made for others stays without their name,
 * and what waits for them is taken back. Then their keys go, before anybody is told: what Slack delivers of them from here on
 * must find that they are forgotten, or it would bring them back. What is left to do in Slack is a row that a job ends; it
 * destroys the keys too where the program was stopped in between: see `finish`.
 */
export async function forgetPerson(
  { db, clock, vault, areas }: HeldDeps,
  personId: string,
  by: AskedBy,
): Promise<Forgotten> {
  const done = await db.transaction().execute(async (trx) => {
    const person = await findPerson(trx, personId);
    if (!person) return undefined;
    const now = clock.now();
    const held = await listHeld({ db: trx, areas }, personId);
    const holdings = areas.flatMap((area) => area.holdings);
    const keys: string[] = [];
    const files: string[] = [];
    for (const holding of holdings) {
      const elsewhere = await holding.elsewhere?.(trx, personId);
      keys.push(...(elsewhere?.keys ?? []));
      files.push(...(elsewhere?.files ?? []));
    }
    await takeBackAbout(trx, person);
    for (const holding of lastPerson(holdings)) await holding.forget(trx, personId, now);
    await insertForgetting(
      trx,
      { clock, vault },
      {
        personId,
        slackId: person.slackId,
        channel: person.dmChannel,
        files,
        keys,
        at: now,
      },
    );
    await audit(trx, clock, {
      actor: by === 'operator' ? 'operator' : 'system',
      action: 'privacy.forget',
      subject: forgottenMark(vault, person.slackId),
      detail: { by },
    });
    return { slackId: person.slackId, keys, counted: held.flatMap((area) => area.counted) };
  });
  if (!done) return { kind: 'gone' };
  const { slackId, keys, counted } = done;
  vault.forgetPerson({ personId, slackId }, keys);
  return {
    kind: 'forgotten',
    deleted: counted.map(({ holding, count }) => ({ what: holding.what, count })),
    remains: remainsOf(counted.map(({ holding }) => holding)),
  };
}

/** Their own row last: the others point to it. */
const lastPerson = (holdings: readonly Holding[]): Holding[] => {
  const isPerson = ({ id }: Holding) => id === 'person';
  return [...holdings.filter((one) => !isPerson(one)), ...holdings.filter(isPerson)];
};

/** What is left of these kinds of things, each said once. */
export const remainsOf = (holdings: readonly Holding[]): string[] => [
  ...new Set(holdings.flatMap(({ remains }) => remains ?? [])),
];

export type DeletedArea =
  | { kind: 'deleted'; deleted: { what: string; count: number }[]; remains: string[] }
  | { kind: 'unknown' };

/** Files that were sent before keep what was in them, whichever kind of thing is deleted now. */
export async function lyingFiles(
  { db, areas }: Pick<HeldDeps, 'db' | 'areas'>,
  personId: string,
): Promise<string[]> {
  const files = areas.flatMap(({ id, holdings }) => (id === filesAreaId ? holdings : []));
  let many = 0;
  for (const holding of files) many += await holding.count(db, personId);
  return many === 0
    ? []
    : [
        `${count(many, 'file', 'files')} that I sent you, with what was in ${many === 1 ? 'it' : 'them'}: in our conversation for a day, or until you remove ${many === 1 ? 'it' : 'them'} there.`,
      ];
}
const filesAreaId = 'files';

/** Deletes what somebody keeps in one area, in one transaction. */
export async function forgetArea(
  { db, clock, areas }: HeldDeps,
  personId: string,
  areaId: string,
): Promise<DeletedArea> {
  const area = areas.find(({ id, apart }) => id === areaId && apart !== undefined);
  if (!area) return { kind: 'unknown' };
  return db.transaction().execute(async (trx): Promise<DeletedArea> => {
    const held = await listHeld({ db: trx, areas: [area] }, personId);
    const counted = held.flatMap((one) => one.counted).filter(({ holding }) => holding.isApart);
    for (const holding of area.holdings)
      if (holding.isApart) await holding.forget(trx, personId, clock.now());
    await audit(trx, clock, {
      actor: personId,
      action: 'privacy.delete',
      subject: personId,
      detail: { what: areaId },
    });
    return {
      kind: 'deleted',
      deleted: counted.map(({ holding, count }) => ({ what: holding.what, count })),
      remains: [
        ...remainsOf(counted.map(({ holding }) => holding)),
        ...(await lyingFiles({ db: trx, areas }, personId)),
      ],
    };
  });
}
