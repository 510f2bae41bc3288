import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { loadActor } from '../../../src/community/permissions.ts';
import { sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import type { Answers } from '../../../src/features/checkins/answering/draft.ts';
import { closeNow } from '../../../src/features/checkins/results/close-now.ts';
import { readResults } from '../../../src/features/checkins/results/results.ts';
import { summaryFile } from '../../../src/features/checkins/results/summary.ts';
import { resultsView } from '../../../src/features/checkins/results/views.ts';
import { type Group, givenCohort, givenFacilitator, givenGroup, givenPerson, openRound } from './support.ts';

/** A closed round, in which the first so many answered like this. */
async function closed(group: Group, template: string, answers: readonly Answers[]): Promise<string> {
  const roundId = await openRound(group, { template });
  for (const [index, one] of answers.entries()) {
    const actor = group.actors[index];
    if (actor)
      await sendAnswers(group.bench, actor, roundId, { answers: one, share: false }, { asItIs: true });
  }
  await closeNow(group.bench, group.jo, roundId);
  return roundId;
}

const makeFor = (group: Group, roundId: string, actor = group.jo) =>
  summaryFile(group.bench).make(actor, roundId);

/** The document as its parts, and what a reader sees of it, a paragraph a line. */
async function pageOf(group: Group, roundId: string) {
  const made = await makeFor(group, roundId);
  if (made.kind !== 'file' || typeof made.content === 'string') throw new Error(JSON.stringify(made));
  const parts = unzipSync(new Uint8Array(made.content));
  const xml = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
  const lines = [...xml.matchAll(/<w:p>.*?<\/w:p>|<w:p .*?<\/w:p>/gs)].map(([paragraph]) =>
    [...paragraph.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join(''),
  );
  return { name: made.name, xml, lines: lines.filter((line) => line !== '').map(unescaped) };
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

test('what the screen says in numbers stands on one A4 page, and no words of anybody', async () => {
  const group = await givenGroup(12);
  const { bench } = group;
  await bench.db.updateTable('cohorts').set({ name: 'Hackney & Homerton _0–5_' }).execute();
  const roundId = await closed(
    group,
    'weekly-pulse',
    Array.from({ length: 12 }, (_, index) => ({
      week: 3,
      used_learning: index < 7 ? 1 : 0,
      word: `secret ${index}`,
    })),
  );
  const { name, lines, xml } = await pageOf(group, roundId);
  expect(name).toBe('Weekly pulse, Hackney & Homerton _0–5_, 2026-03-04.docx');
  expect(lines.slice(0, 3)).toEqual([
    'Weekly pulse',
    'Hackney & Homerton _0–5_',
    'Asked on 4 March 2026, closed on 4 March 2026. More than half have answered.',
  ]);
  expect(lines).toContain('A little: 7 people');
  expect(lines).toContain('In people’s own words: read them together in the results, in Slack.');
  expect(lines.join()).not.toContain('secret');
  expect(lines.some((line) => line.startsWith('What these figures cannot say'))).toBe(true);
  expect(xml).toMatch(/<w:pgSz w:w="11906" w:h="16838"/);
  expect(xml.match(/w:pStyle w:val="Heading1"/g)).toHaveLength(1);

  const results = await readResults(bench, group.jo, roundId, '');
  if (results.kind !== 'shown') throw new Error(results.kind);
  const around = { page: 0, order: '', zone: 'Europe/London', smallGroupWarning: '' };
  const screen = JSON.stringify(resultsView(results, around).blocks);
  expect(screen).toContain('A page for the table (Word)');
  for (const figure of lines.filter((line) => /\d+ people|average|third/.test(line)))
    expect(screen.replaceAll('\\"', '"')).toContain(figure);
});

test('there is no page where the screen shows nothing, names people, or is not for whoever asks', async () => {
  const few = await givenGroup(6);
  const tooFew = await closed(few, 'weekly-pulse', [{ week: 1 }, { week: 2 }, { week: 3 }, { week: 4 }]);
  expect(await makeFor(few, tooFew)).toMatchObject({ kind: 'refused' });

  const named = await givenGroup(6);
  const withNames = await closed(named, 'named-pulse', Array(6).fill({ week: 2 }));
  expect(await makeFor(named, withNames)).toMatchObject({ kind: 'refused' });

  const waiting = await givenGroup(6);
  expect(await makeFor(waiting, await openRound(waiting))).toMatchObject({ kind: 'refused' });

  const group = await givenGroup(6);
  const enough = await closed(group, 'post-session', Array(6).fill({ useful: 3 }));
  expect(await makeFor(group, enough)).toMatchObject({ kind: 'file' });
  const other = await givenPerson(group.bench, 'UOTHER');
  await givenFacilitator(group.bench, other, await givenCohort(group.bench, [], 'Another'));
  for (const actor of [await loadActor(group.bench.db, other.id), ...group.actors.slice(0, 1)])
    expect(await makeFor(group, enough, actor)).toMatchObject({ kind: 'refused' });
});
