import { findPerson, type Person, rememberDmChannel } from '../../community/people.ts';
import { type Actor, isAdministrator, listWithRoles } from '../../community/permissions.ts';
import { days, later, minutes } from '../../lib/clock.ts';
import { describeError } from '../../lib/log.ts';
import { enqueue } from '../../outbox/outbox.ts';
import { type CallFailure, failureOf } from '../../outbox/outcome.ts';
import { type FileToSend, uploadFile } from '../../outbox/upload.ts';
import { usableZone } from '../../scheduler/calendar.ts';
import { tidyLine } from '../../slack/text.ts';
import type { FilesDeps } from './deps.ts';
import { type Given, noteKey } from './outcomes.ts';
import { deleteRow, findFile, insertFile, type LyingFile, listBegun, recordSlackFile } from './store.ts';
import { givenNote } from './views.ts';

/** How long a file lies in Slack at most. */
const lies = days(1);

/** Whether files can be sent at all; where not, who can mend it. Slack is asked again, since it may have been mended. */
export async function findHindrance(
  deps: FilesDeps,
): Promise<{ kind: 'not-allowed'; administrators: string[] } | undefined> {
  const { db, grants } = deps;
  if (!grants.missing().includes('files:write')) return undefined;
  await lookAgain(deps);
  if (!grants.missing().includes('files:write')) return undefined;
  const actors = (await listWithRoles(db)).filter(isAdministrator);
  return { kind: 'not-allowed', administrators: actors.map(({ person }) => person.displayName) };
}

/** What was missing may have been given since. */
export const lookAgain = ({ grants, log }: Pick<FilesDeps, 'grants' | 'log'>): Promise<void> =>
  grants.look().catch((error: unknown) => log.warn(describeError(error), 'Scopes were not looked at'));

/**
 * Puts a file into somebody's own conversation with the bot, with a note that lets them remove it. Only what they have just
 * asked for, having been told where it will lie. What Slack leaves unclear is not done again: it is said.
 * @param occasion what they asked by: of two with the same, one is sent.
 */
export async function giveFile(
  deps: FilesDeps,
  { person }: Actor,
  occasion: string,
  { content, title, ...file }: FileToSend,
): Promise<Given> {
  const { db, clock } = deps;
  const name = fileName(file.name);
  const hindrance = await findHindrance(deps);
  if (hindrance) return hindrance;
  const goesAt = later(clock.now(), lies);
  const about = { id: occasion, personId: person.id, name, slackFileId: undefined, goesAt };
  // Before anything is in Slack: whatever happens then, it goes in time.
  const begun = await db.transaction().execute(async (trx) => {
    // They had everything deleted while it was made.
    if (!(await findPerson(trx, person.id))) return 'not-sent';
    return (await insertFile(trx, about)) ? 'begun' : 'asked-before';
  });
  if (begun !== 'begun') return { kind: begun };
  const channel = person.dmChannel ?? (await openConversation(deps, person));
  const uploaded =
    typeof channel === 'string'
      ? await uploadFile(deps, channel, { name, title: tidyLine(title), content }, (fileId) =>
          recordSlackFile(db, occasion, fileId),
        )
      : ({ kind: 'not-sent', failure: channel } as const);
  // They had everything deleted meanwhile: whatever has come is taken away with the rest.
  if (!(await findFile(db, occasion))) return { kind: 'not-sent' };
  if (uploaded.kind === 'not-sent') {
    await deleteRow(db, occasion);
    return whyNotSent(deps, uploaded.failure);
  }
  await enqueueNote(deps, about, person, { isThere: uploaded.kind === 'sent' });
  await deps.sendNow(noteKey(occasion));
  return { kind: uploaded.kind, name, goesAt };
}

/** A note beside a file. Of two with the same key one comes. */
const enqueueNote = (
  { db, clock, timeZone }: FilesDeps,
  file: LyingFile,
  person: Pick<Person, 'id' | 'timeZone'>,
  how: { isThere: boolean },
) =>
  enqueue(db, clock, {
    idempotencyKey: noteKey(file.id),
    kind: 'files.given',
    to: { personId: person.id },
    message: givenNote(file, { ...how, timeZone: usableZone(person.timeZone, timeZone) }),
    sendAfter: clock.now(),
  });

/** Longer than sending a file takes. */
const sendingTakes = minutes(5);

/** Where the program was stopped between a file and its note: a file that may be there can be removed. */
export async function noteForgotten(deps: FilesDeps, now: Date): Promise<void> {
  for (const file of await listBegun(deps.db)) {
    if (file.goesAt > later(now, lies - sendingTakes)) continue;
    const person = await findPerson(deps.db, file.personId);
    if (person) await enqueueNote(deps, file, person, { isThere: false });
  }
}

async function openConversation(
  { client, db }: FilesDeps,
  { id, slackId }: Actor['person'],
): Promise<string | CallFailure> {
  try {
    const { channel } = await client.conversations.open({ users: slackId });
    if (channel?.id === undefined) return { kind: 'refused', reason: 'no_channel' };
    await rememberDmChannel(db, id, channel.id);
    return channel.id;
  } catch (error) {
    return failureOf(error);
  }
}

async function whyNotSent(deps: FilesDeps, failure: CallFailure): Promise<Given> {
  if (failure.kind === 'later' || failure.kind === 'unreached') return { kind: 'not-now' };
  deps.log.warn({ reason: failure.reason }, 'Slack took no file');
  // Taken away since the start.
  if (failure.kind === 'not-allowed') return (await findHindrance(deps)) ?? { kind: 'not-sent' };
  return { kind: 'not-sent' };
}

/** A name that any computer takes. */
const fileName = (name: string): string => {
  const at = name.lastIndexOf('.');
  const [stem, ending] = at > 0 ? [name.slice(0, at), name.slice(at)] : [name, ''];
  const tidy = tidyLine(stem.replace(/[\p{Cc}\\/:*?"<>|]+/gu, ' '));
  return `${Array.from(tidy).slice(0, 80).join('').trim() || 'File'}${ending}`;
};
