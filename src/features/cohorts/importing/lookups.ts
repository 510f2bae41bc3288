import { isForgotten } from '../../../community/forgotten.ts';
import { findPerson, type Person, recordSlackUser, type SlackUser } from '../../../community/people.ts';
import { nextAllowedFor } from '../../../community/reach.ts';
import { describeError, slackCode } from '../../../lib/log.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import type { CohortsDeps } from '../deps.ts';
import { listPage } from '../directory.ts';
import { tellJoined } from '../members/membership.ts';
import { tidyEmail } from './addresses.ts';
import { land } from './import.ts';
import { importDoneNote } from './notes.ts';
import {
  countLookedUp,
  countRows,
  type ExpectedTrainee,
  findImport,
  findRunningImport,
  listByEmail,
  listRows,
  recordLookUp,
  setState,
  type TraineeImport,
  updateImport,
} from './store.ts';

/**
 * Up to so many addresses are asked for one by one (users.lookupByEmail, at least 50 a minute are allowed); for more it
 * takes fewer calls to read Slack's list of people in pages (users.list, at least 20 a minute), however long the list.
 * @see https://docs.slack.dev/apis/web-api/rate-limits
 */
const oneByOne = 40;
/** Pages read in one go, so that one beat of the clock is not held up. */
const pagesAtOnce = 10;

export type LookUp = {
  found: Map<string, SlackUser & { id: string }>;
  asked: Set<string>;
  next: string | undefined;
};

/** Asks Slack about each address until it says "not so fast" or cannot be reached; the rest is left for later. */
async function askOneByOne({ client, log }: CohortsDeps, emails: readonly string[]): Promise<LookUp> {
  const result: LookUp = { found: new Map(), asked: new Set(), next: undefined };
  for (const email of emails) {
    try {
      const { user } = await client.users.lookupByEmail({ email });
      if (user?.id) result.found.set(email, { ...user, id: user.id });
    } catch (error) {
      if (slackCode(error) !== 'users_not_found') {
        log.warn({ feature: 'cohorts', ...describeError(error) }, 'An address was not looked up');
        return result;
      }
    }
    result.asked.add(email);
  }
  return result;
}

/** Reads Slack's list of people from a cursor on. At its end, everybody has been asked for. */
async function readPages(
  deps: CohortsDeps,
  emails: ReadonlySet<string>,
  cursor: string | undefined,
): Promise<LookUp> {
  const result: LookUp = { found: new Map(), asked: new Set(), next: cursor };
  try {
    for (let page = 0; page < pagesAtOnce; page += 1) {
      const { users, next } = await listPage(deps, result.next);
      for (const user of users) {
        const email = tidyEmail(user.profile?.email ?? '');
        // Deactivated people are not found by address either; they are expected until they return.
        if (email === undefined || user.deleted || !emails.has(email)) continue;
        result.found.set(email, user);
        result.asked.add(email);
      }
      result.next = next;
      if (next === undefined) return { ...result, asked: new Set(emails) };
    }
  } catch (error) {
    deps.log.warn({ feature: 'cohorts', ...describeError(error) }, "Slack's list of people was not read");
    // A cursor does not live for ever: begin again next time.
    if (slackCode(error) === 'invalid_cursor') result.next = undefined;
  }
  return result;
}

const lookUp = (deps: CohortsDeps, emails: readonly string[], cursor: string | undefined): Promise<LookUp> =>
  emails.length <= oneByOne && cursor === undefined
    ? askOneByOne(deps, emails)
    : readPages(deps, new Set(emails), cursor);

/**
 * For the dry run: who of a draft is here already, as far as that can be told in a moment.
 * @returns how many are here, and for how many Slack has been asked.
 */
export async function lookUpDraft(
  deps: CohortsDeps,
  importId: string,
): Promise<{ here: number; lookedUp: number }> {
  const rows = await listRows(deps.db, deps.vault, importId, 'draft');
  const emails = [...new Set(rows.map(({ email }) => email))];
  const { found, asked } = await lookUp(deps, emails, undefined);
  const people = await remember(deps, found);
  await deps.db.transaction().execute(async (trx) => {
    for (const email of asked) {
      const personId = people.get(email)?.id;
      await recordLookUp(trx, deps, { importId, email, personId });
    }
  });
  return countLookedUp(deps.db, importId);
}

async function remember(deps: CohortsDeps, found: LookUp['found']): Promise<Map<string, Person>> {
  const people = new Map<string, Person>();
  for (const [email, user] of found) {
    // Only they themselves come back.
    if (await isForgotten(deps.db, deps.vault, user.id)) continue;
    const { person } = await recordSlackUser(deps.db, deps.clock, user, deps.teamId);
    people.set(email, person);
  }
  return people;
}

/** One go at a confirmed import's open addresses. Call it again until it says 'done'; it goes on where it stopped. */
export async function lookUpTrainees(deps: CohortsDeps, importId: string): Promise<'done' | 'more'> {
  const running = await findImport(deps.db, importId);
  if (running?.state !== 'running') return 'done';
  const rows = await listRows(deps.db, deps.vault, importId, 'looking');
  const emails = [...new Set(rows.map(({ email }) => email))];
  const { found, asked, next } = await lookUp(deps, emails, running.cursor);
  const people = await remember(deps, found);
  const here: ExpectedTrainee[] = [];
  const away: string[] = [];
  for (const row of rows) {
    const person = people.get(row.email);
    if (person) here.push({ ...row, personId: person.id });
    else if (asked.has(row.email)) away.push(row.id);
  }
  const joined = await deps.db.transaction().execute(async (trx) => {
    const stillThere = new Set((await listRows(trx, deps.vault, importId, 'looking')).map(({ id }) => id));
    const landed = await land(
      deps,
      trx,
      importId,
      here.filter(({ id }) => stillThere.has(id)),
    );
    await setState(trx, away, 'waiting');
    const isDone = (await countRows(trx, importId)).looking === 0;
    await updateImport(trx, importId, { cursor: isDone ? null : (next ?? null) });
    if (isDone) await finish(deps, trx, importId);
    return landed;
  });
  for (const { cohortId, people: who } of joined) await tellJoined(deps, cohortId, who);
  deps.homeChanged(running.createdBy);
  return (await findImport(deps.db, importId))?.state === 'running' ? 'more' : 'done';
}

async function finish(deps: CohortsDeps, trx: CohortsDeps['db'], importId: string): Promise<void> {
  const { clock, timeZone } = deps;
  await updateImport(trx, importId, { state: 'done', finishedAt: clock.now() });
  const done: TraineeImport | undefined = await findImport(trx, importId);
  const person = done && (await findPerson(trx, done.createdBy));
  if (!done?.tellWhenDone || !person) return;
  const { waiting, waitingInNone } = await countRows(trx, importId);
  await enqueue(trx, clock, {
    idempotencyKey: `trainees.imported:${importId}`,
    kind: 'trainees.imported',
    to: { personId: person.id },
    message: importDoneNote({ added: done.added, already: done.already, waiting, waitingInNone }),
    sendAfter: await nextAllowedFor(trx, timeZone, person.id, clock.now()),
  });
}

/** The first go at an import somebody has just confirmed. What takes longer ends with a note to them. */
export async function startLookUps(deps: CohortsDeps, importId: string): Promise<void> {
  if ((await lookUpTrainees(deps, importId)) === 'more')
    await updateImport(deps.db, importId, { tellWhenDone: true });
}

/** Goes on with the oldest import that is not finished. */
export async function lookUpNext(deps: CohortsDeps): Promise<void> {
  const running = await findRunningImport(deps.db);
  if (running) await lookUpTrainees(deps, running.id);
}

/**
 * Somebody is in the workspace whose address Slack has just told: if they were expected, they land in their groups and
 * the rows with their address are deleted. Upper and lower case make no difference. Doing it twice changes nothing more.
 * @returns the cohorts they came into.
 */
export async function matchExpected(deps: CohortsDeps, personId: string, email: string): Promise<string[]> {
  const address = tidyEmail(email);
  if (address === undefined) return [];
  const joined = await deps.db.transaction().execute(async (trx) => {
    const rows = await listByEmail(trx, deps.vault, address);
    const landed = [];
    for (const [importId, group] of Map.groupBy(rows, (row) => row.importId)) {
      // A dry run on somebody's screen: confirming it will find them.
      if (group.some(({ isDraft }) => isDraft))
        await recordLookUp(trx, deps, { importId, email: address, personId });
      const waiting = group.filter(({ isDraft }) => !isDraft);
      landed.push(
        ...(await land(
          deps,
          trx,
          importId,
          waiting.map((row) => ({ ...row, personId })),
        )),
      );
    }
    return landed;
  });
  for (const { cohortId, people } of joined) await tellJoined(deps, cohortId, people);
  return joined.flatMap(({ cohortId, people }) => (people.length > 0 ? cohortId : []));
}
