import Database from 'better-sqlite3';
import type { Running } from './apps.ts';
import { actors, forum } from './community.ts';

/** What people do, as fast as it goes: by the workspace's own way in, without looking at the screen in between. */

/** A question and its answer. */
export async function find(app: Running, person: string, question: string): Promise<void> {
  await command(app, person, `/chatr find ${question}`, forum);
}

async function command({ workspace }: Running, person: string, text: string, channel: string): Promise<void> {
  const result = await workspace.act(person, { do: 'command', text, channel });
  if (!result.ok) throw new Error(`${text}: ${result.error}`);
}

/** The newest answer that somebody sees in the conversation with the app. */
export async function answerTo(app: Running, person: string, question: string) {
  const direct = app.workspace.appDirectId(person);
  await command(app, person, `/chatr find ${question}`, direct);
  const answer = app.workspace.snapshot(person).messages[direct]?.at(-1);
  if (!answer?.blocks) throw new Error(`No answer to "${question}" was seen.`);
  return { message: answer, blocks: answer.blocks };
}

export type Page = { channel: string; ts: string; blockId: string; actionId: string };

/** So many answers, each with a button that shows more of them. */
export async function askForPages(app: Running, question: string, count: number): Promise<Page[]> {
  const direct = app.workspace.appDirectId(actors.newcomer);
  for (let nth = 0; nth < count; nth += 1)
    await command(app, actors.newcomer, `/chatr find ${question}`, direct);
  const answers = (app.workspace.snapshot(actors.newcomer).messages[direct] ?? []).slice(-count);
  return answers.map(({ ts, blocks = [] }) => {
    for (const block of blocks)
      for (const element of listOf(block.elements))
        if (/^Show \d+ more/.test(textOf(element.text)))
          return {
            channel: direct,
            ts,
            blockId: String(block.block_id),
            actionId: String(element.action_id),
          };
    throw new Error(`The answer to "${question}" has no further page.`);
  });
}

const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'text' in value ? String(value.text) : '';

/** Presses each of these buttons; resolves when each of the answers has changed. */
export async function turnPages({ workspace }: Running, pages: readonly Page[]): Promise<void> {
  const person = workspace.as(actors.newcomer);
  person.skipSeen();
  for (const { channel, ts, blockId, actionId } of pages) {
    const surface = { kind: 'message', channel, ts } as const;
    const result = await workspace.act(person.id, { do: 'act', surface, blockId, actionId, value: {} });
    if (!result.ok) throw new Error(result.error);
    await person.next('edited');
  }
}

let renamed = 0;

/**
 * Opens App Home and waits until it is drawn. Somebody's name on it is another one each time, written past the bot: a
 * page that looks as before is not sent again, and the bare app sends one each time.
 */
export async function openHome({ workspace, subject, database }: Running, person: string): Promise<void> {
  if (subject.kind === 'bot') {
    renamed += 1;
    const raw = new Database(database, { timeout: 5_000 });
    const columns = raw.pragma('table_info(people)') as { name: string }[];
    // The greeting has a column of its own since 0010; another checkout may be older.
    const greeted = columns.some(({ name }) => name === 'first_name') ? 'first_name' : 'display_name';
    raw.prepare(`update people set ${greeted} = ? where slack_id = ?`).run(`Robin${renamed}`, person);
    // Nor is the bot to empty a log that is none of its own.
    raw.pragma('wal_checkpoint(TRUNCATE)');
    raw.close();
  }
  await workspace.as(person).openHome();
}
