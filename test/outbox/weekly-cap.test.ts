import { expect, test } from 'vitest';
import { days, later } from '../../src/lib/clock.ts';
import { nextOccurrence, recurrenceOf } from '../../src/scheduler/recurrence.ts';
import { openDesk } from './support.ts';

test('over six weeks nobody gets more than three prompts in seven days, and no check-in is crowded out by the onboarding', async () => {
  const desk = await openDesk({ at: '2026-03-02T09:00:00Z', people: [{}, { tz: 'Pacific/Auckland' }] });
  try {
    const everyTuesday = recurrenceOf({
      how: 'weekly',
      date: '2026-03-03',
      time: '10:00',
      zone: 'Europe/London',
    });
    let checkins = 0;
    for (const { id } of desk.people) {
      // A journey that would be done in a fortnight if it could.
      for (let step = 0; step < 12; step += 1)
        await desk.enqueue(
          {
            to: { personId: id },
            kind: 'onboarding.step',
            topic: 'onboarding',
            sendAfter: later(desk.clock.now(), days(step)),
          },
          `step ${String(step).padStart(2, '0')}`,
        );
      let opensAt = nextOccurrence(everyTuesday, desk.clock.now());
      for (checkins = 0; checkins < 5 && opensAt; checkins += 1) {
        await desk.enqueue(
          {
            to: { personId: id },
            kind: 'checkins.prompt',
            topic: 'checkin',
            sendAfter: opensAt,
            expiresAt: later(opensAt, days(3)),
          },
          `check-in ${checkins}`,
        );
        opensAt = nextOccurrence(everyTuesday, opensAt);
      }
    }
    const sender = desk.newSender();
    const until = later(desk.clock.now(), days(50));
    for (let due = await sender.nextDueAt(); due && due < until; due = await sender.nextDueAt()) {
      desk.clock.forward(1);
      if (due > desk.clock.now()) desk.clock.moveTo(due);
      await sender.sendDue(desk.clock.now());
    }
    for (const person of desk.people) {
      const received = desk.received(person);
      expect(received.filter((words) => words.startsWith('step'))).toEqual(
        Array.from({ length: 12 }, (_, step) => `step ${String(step).padStart(2, '0')}`),
      );
      expect(received.filter((words) => words.startsWith('check-in'))).toHaveLength(5);
      const rows = await desk.db
        .selectFrom('outbox')
        .select('sent_at')
        .where('person_id', '=', person.id)
        .where('status', '=', 'sent')
        .orderBy('sent_at')
        .execute();
      const times = rows.map((row) => Date.parse(row.sent_at ?? ''));
      times.slice(3).forEach((at, index) => {
        expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(days(7));
      });
    }
  } finally {
    await desk.close();
  }
});

test('whoever got steps in the week is asked of both check-ins of one minute: what closes takes the next place, the sooner first', async () => {
  const desk = await openDesk({ at: '2026-03-05T09:00:00Z', people: [{}] });
  try {
    const [person] = desk.people;
    if (!person) throw new Error('Nobody is there.');
    const give = (words: string, day: number, closesAfter?: number) => {
      const sendAfter = later(desk.clock.now(), days(day));
      const to = { personId: person.id };
      return desk.enqueue(
        closesAfter === undefined
          ? { to, kind: 'onboarding.step', topic: 'onboarding', sendAfter }
          : {
              to,
              kind: 'checkins.prompt',
              topic: 'checkin',
              sendAfter,
              expiresAt: later(sendAfter, days(closesAfter)),
            },
        words,
      );
    };
    // Thursday and Friday; the third waits since then.
    for (const [step, day] of [0, 1, 1.1].entries()) await give(`step ${step}`, day);
    await give('closes later', 5, 4);
    await give('closes sooner', 5, 3);
    await give('closes first', 5, 1);
    const sender = desk.newSender();
    const until = later(desk.clock.now(), days(14));
    for (let due = await sender.nextDueAt(); due && due < until; due = await sender.nextDueAt()) {
      desk.clock.forward(1);
      if (due > desk.clock.now()) desk.clock.moveTo(due);
      await sender.sendDue(desk.clock.now());
    }
    expect(desk.received(person)).toEqual([
      'step 0',
      'step 1',
      'closes first',
      'closes sooner',
      'closes later',
      'step 2',
    ]);
  } finally {
    await desk.close();
  }
});
