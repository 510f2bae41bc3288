import Database from 'better-sqlite3';
import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { promptsPerWeek } from '../../src/community/messages.ts';
import { days } from '../../src/lib/clock.ts';
import { type Community, givenCommunity } from '../support/community.ts';
import { closeAll, makeGroup, scheduleCheckIn } from '../support/stories.ts';

type Sent = { kind: string; weight: string; sent_at: string; sent_ts: string };

function sentTo({ config }: Community, person: PersonDriver): Sent[] {
  const db = new Database(config.databaseUrl.slice('file:'.length), { readonly: true });
  const rows = db
    .prepare(
      `select kind, weight, sent_at, sent_ts from outbox
       where status = 'sent' and person_id = (select id from people where slack_id = ?) order by sent_at`,
    )
    .all(person.id) as Sent[];
  db.close();
  return rows;
}

/** The most of these instants within any seven days. */
const mostInAWeek = (at: readonly number[]): number =>
  Math.max(...at.map((from) => at.filter((one) => one >= from && one < from + days(7)).length));

test('with everything switched on, over eight weeks, a member gets at most three prompts in any seven days', async () => {
  const community = await givenCommunity({ at: '2026-03-02T10:00:00Z' });
  await community.forward(5 * 60, 60);
  const [jo, robin, sam] = [community.as('jo'), community.as('robin'), community.as('sam')];
  for (const person of [robin, sam]) {
    await person.openHome();
    await person.click('Read the community agreement', { in: 'home' });
    await person.submit();
    await closeAll(person);
    await person.choose('Choose a pace', 'Everything today');
  }
  // Two groups, each with a check-in that comes every week and one that comes every two weeks.
  for (const [group, date] of [
    ['Perinatal pilot', '2026-03-04'],
    ['Early years', '2026-03-05'],
  ] as const) {
    await makeGroup(jo, group, ['robin', 'sam']);
    for (const [template, how, time] of [
      ['Weekly pulse', 'Every week', '10:00'],
      ['Confidence: before we start', 'Every two weeks', '11:00'],
    ] as const)
      await scheduleCheckIn(jo, { group, template, date, time, how, open: '7 days' });
  }
  let putOff = 0;
  for (let day = 0; day < 56; day += 1) {
    await community.forward(24 * 60, 120);
    // Robin lets everything come; Sam puts off whatever can be.
    for (const { text, ts } of sam.dmsWithBot().slice(-2)) {
      const message = sam.dmsWithBot().find((one) => one.ts === ts);
      if (
        text === 'Your check-in is ready' &&
        message &&
        JSON.stringify(message.blocks).includes('Later today')
      ) {
        await sam.click('Later today', { in: message });
        putOff += 1;
      }
    }
  }

  for (const person of [robin, sam]) {
    const sent = sentTo(community, person);
    const prompts = sent.filter(({ weight }) => weight === 'prompt');
    const at = prompts.map(({ sent_at }) => Date.parse(sent_at));
    expect(mostInAWeek(at), person.realName).toBe(promptsPerWeek);
    const kinds = (kind: string) => prompts.filter((one) => one.kind === kind).length;
    expect(kinds('onboarding.step'), 'steps come as well').toBeGreaterThan(1);
    expect(kinds('checkins.prompt'), 'and a check-in each week at least').toBeGreaterThanOrEqual(8);
    // What is reminded of had its prompt before; what was put off comes once for each time.
    const many = (weight: string) => sent.filter((one) => one.weight === weight).length;
    expect(many('reminder')).toBeLessThanOrEqual(prompts.length);
    expect(many('later')).toBeLessThanOrEqual(person === sam ? putOff : 0);
    // The table of kinds tells the truth of what they see: nothing in the conversation is in no row but answers to clicks.
    const inRows = new Set(sent.map(({ sent_ts }) => sent_ts));
    const besides = person
      .dmsWithBot()
      .filter(({ ephemeral, ts }) => !ephemeral && !inRows.has(ts))
      .map(({ text }) => text);
    for (const text of besides)
      expect(text).toMatch(/^Thank you|this is ChATR|answered the community agreement/);
  }
  expect(sentTo(community, sam).some(({ weight }) => weight === 'later')).toBe(true);
  expect(sentTo(community, robin).some(({ weight }) => weight === 'reminder')).toBe(true);
  expect(community.log).toEqual([]);
}, 120_000);
