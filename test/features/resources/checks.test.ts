import { expect, test } from 'vitest';
import { checksAWeek, checksOf } from '../../../src/features/resources/curating/checks.ts';
import { queuePage } from '../../../src/features/resources/curating/queue/queue.ts';
import { suggest } from '../../../src/features/resources/curating/suggest.ts';
import { withChecks } from '../../../src/safeguarding/signposts.ts';
import { content, givenPerson, givenResources } from './support.ts';

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const beganOn = '2026-03-03';
const unchecked = content.catalogue.shown.map(
  ({ checked_on: _checkedOn, added_on: _addedOn, ...entry }) => entry,
);

test('a year of weeks: nothing on the first day, a few a week, everything looked at in time, contacts first', () => {
  const contacts = new Map<string, { checkedOn: string; isWrong: boolean }>();
  const entries = new Map<string, string>();
  const seen: string[][] = [];
  for (let week = 0; week <= 60; week += 1) {
    const now = new Date(Date.parse(`${beganOn}T10:00:00Z`) + week * 7 * 86_400_000);
    const shown = unchecked.map((entry) => {
      const day = entries.get(entry.id);
      return day === undefined ? entry : { ...entry, checked_on: day };
    });
    const signposts = withChecks(content.signposts, contacts);
    const { thisWeek } = checksOf({ signposts, shown, beganOn, now });
    expect(thisWeek.length, `week ${week}`).toBeLessThanOrEqual(checksAWeek);
    const kinds = thisWeek.map(({ kind }) => kind);
    expect(kinds, 'contacts first').toEqual(kinds.toSorted());
    seen.push(thisWeek.map((one) => (one.kind === 'contact' ? one.contact.id : one.entry.id)));
    for (const one of thisWeek)
      if (one.kind === 'contact') contacts.set(one.contact.id, { checkedOn: dayOf(now), isWrong: false });
      else entries.set(one.entry.id, dayOf(now));
    // Done is done: not another few the same afternoon.
    const after = checksOf({
      signposts: withChecks(content.signposts, contacts),
      shown: unchecked.map((entry) => ({
        ...entry,
        ...(entries.has(entry.id) && { checked_on: entries.get(entry.id) }),
      })),
      beganOn,
      now,
    });
    expect(after.thisWeek.length).toBeLessThanOrEqual(checksAWeek - thisWeek.length);
  }
  expect(seen[0]).toEqual([]);
  // Numbers that the law keeps are nobody's to try.
  const byLaw = ['emergency-999', 'nhs-111-mental-health'];
  const all = [...content.signposts.lines, ...content.signposts.safeguarding_routes].map(({ id }) => id);
  expect(seen.slice(0, 15).flat()).toEqual(expect.arrayContaining(all.filter((id) => !byLaw.includes(id))));
  expect(seen.flat()).not.toEqual(expect.arrayContaining(['emergency-999']));
  expect(entries.size).toBe(unchecked.length);
});

test('of those whose number people do not see without a check, the contacts come first', () => {
  const { open } = checksOf({
    signposts: content.signposts,
    shown: [],
    beganOn,
    now: new Date(`${beganOn}T10:00:00Z`),
  });
  const known = open.flatMap((one) => (one.kind === 'contact' ? [one.contact.confidence] : []));
  expect(known.indexOf('high')).toBeGreaterThan(known.lastIndexOf('low'));
});

test('the queue begins with what people wait for, and on the first day has nothing else', async () => {
  const bench = await givenResources();
  await bench.kept.begin();
  const { actor } = await givenPerson(bench, { is_admin: true });
  const look = async () => {
    const outcome = await queuePage(bench, actor, { show: 'all', page: 0 });
    if (outcome.kind !== 'page') throw new Error(outcome.kind);
    return outcome.page;
  };
  expect(await look()).toMatchObject({ total: 0, counts: { checksThisWeek: 0 } });
  bench.clock.forward(40 * 7 * 24 * 60);
  await suggest(bench, actor, { title: 'Good', url: 'https://example.org/good', why: '' }, true);
  const { shown, total, counts } = await look();
  expect(shown[0]?.kind).toBe('suggestion');
  expect(counts.checksThisWeek).toBe(checksAWeek);
  expect(total).toBe(1 + checksAWeek);
  // Under its own name each can be looked at before it is asked for.
  expect(counts.due).toBeGreaterThan(200);
});
