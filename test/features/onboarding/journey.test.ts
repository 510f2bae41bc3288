import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  type Decision,
  decide,
  dueDates,
  isOver,
  newDueDates,
  type StepState,
  type StepStatus,
} from '../../../src/features/onboarding/steps/journey.ts';
import { addWorkingDays, isWorkingDay } from '../../../src/scheduler/calendar.ts';

const step = (
  stepId: string,
  dueOn: string,
  status: StepStatus = 'waiting',
  more: Partial<StepState> = {},
): StepState => ({ stepId, position: Number(stepId.slice(1)), dueOn, status, ...more });
const sentOn = (on: string) => ({ offer: { isQueued: false, on } });
const queuedFor = (on: string) => ({ offer: { isQueued: true, on } });

// 2026-03-03 is a Tuesday.
const table: [string, StepState[], string, Decision][] = [
  [
    'the first due step is offered',
    [step('s1', '2026-03-03'), step('s2', '2026-03-03')],
    '2026-03-03',
    { kind: 'offer', stepId: 's1' },
  ],
  [
    'nothing comes before its day',
    [step('s1', '2026-03-05')],
    '2026-03-03',
    { kind: 'wait', until: '2026-03-05' },
  ],
  [
    'a message that waits holds the next one',
    [step('s1', '2026-03-03', 'offered', queuedFor('2026-03-03')), step('s2', '2026-03-03')],
    '2026-03-10',
    { kind: 'wait', until: undefined },
  ],
  [
    'three days lie between two steps, even when the first was answered at once',
    [step('s1', '2026-03-03', 'done', sentOn('2026-03-03')), step('s2', '2026-03-03')],
    '2026-03-03',
    { kind: 'wait', until: '2026-03-06' },
  ],
  [
    'after a Friday comes Monday',
    [step('s1', '2026-03-06', 'done', sentOn('2026-03-06')), step('s2', '2026-03-06')],
    '2026-03-07',
    { kind: 'wait', until: '2026-03-09' },
  ],
  [
    'one silent step is no reason to stop',
    [step('s1', '2026-03-03', 'offered', sentOn('2026-03-03')), step('s2', '2026-03-04')],
    '2026-03-06',
    { kind: 'offer', stepId: 's2' },
  ],
  [
    'two silent steps are no reason to rest: somebody may be off',
    [
      step('s1', '2026-03-03', 'offered', sentOn('2026-03-03')),
      step('s2', '2026-03-06', 'offered', sentOn('2026-03-06')),
      step('s3', '2026-03-09'),
    ],
    '2026-03-09',
    { kind: 'offer', stepId: 's3' },
  ],
  [
    'after two weeks of silence it rests when the next one would come',
    [
      step('s1', '2026-03-03', 'offered', sentOn('2026-03-03')),
      step('s2', '2026-03-06', 'offered', sentOn('2026-03-06')),
      step('s3', '2026-03-09', 'offered', sentOn('2026-03-09')),
      step('s4', '2026-03-12', 'offered', sentOn('2026-03-12')),
      step('s5', '2026-03-17'),
    ],
    '2026-03-17',
    { kind: 'rest' },
  ],
  [
    'a step that they did before it was offered is an echo too',
    [
      step('s1', '2026-03-03', 'offered', sentOn('2026-03-03')),
      step('s2', '2026-03-06', 'offered', sentOn('2026-03-06')),
      { ...step('s3', '2026-03-09', 'noticed'), echoOn: '2026-03-24' },
      step('s4', '2026-03-12'),
    ],
    '2026-03-24',
    { kind: 'offer', stepId: 's4' },
  ],
  [
    'a step left alone for long is not yet silence',
    [step('s1', '2026-03-03', 'offered', sentOn('2026-03-03')), step('s2', '2026-04-01')],
    '2026-04-01',
    { kind: 'offer', stepId: 's2' },
  ],
  [
    'an answer in between breaks the silence',
    [
      step('s1', '2026-03-03', 'offered', sentOn('2026-03-03')),
      step('s2', '2026-03-06', 'skipped', sentOn('2026-03-06')),
      step('s3', '2026-03-10', 'offered', sentOn('2026-03-10')),
      step('s4', '2026-03-17'),
    ],
    '2026-03-17',
    { kind: 'offer', stepId: 's4' },
  ],
  [
    'a reminder comes after five days, when nothing else is due',
    [step('s1', '2026-03-03', 'offered', sentOn('2026-03-03')), step('s2', '2026-03-20')],
    '2026-03-08',
    { kind: 'remind', stepId: 's1' },
  ],
  [
    'and only once',
    [
      step('s1', '2026-03-03', 'offered', {
        ...sentOn('2026-03-03'),
        reminder: { isQueued: false, on: '2026-03-09' },
      }),
      step('s2', '2026-03-20'),
    ],
    '2026-03-17',
    { kind: 'wait', until: '2026-03-20' },
  ],
  [
    'a step that waits for another one is passed over until that is over',
    [step('s1', '2026-03-03', 'waiting', { after: 's2' }), step('s2', '2026-03-04')],
    '2026-03-04',
    { kind: 'offer', stepId: 's2' },
  ],
  [
    'a snoozed step lets the next one pass',
    [step('s1', '2026-03-10'), step('s2', '2026-03-04')],
    '2026-03-04',
    { kind: 'offer', stepId: 's2' },
  ],
  [
    'with everything answered it is finished',
    [
      step('s1', '2026-03-03', 'done'),
      step('s2', '2026-03-03', 'noticed'),
      step('s3', '2026-03-03', 'skipped'),
    ],
    '2026-03-04',
    { kind: 'finish' },
  ],
  [
    'a last step nobody answers ends by itself after ten working days',
    [
      step('s1', '2026-03-03', 'offered', {
        ...sentOn('2026-03-03'),
        reminder: { isQueued: false, on: '2026-03-09' },
      }),
    ],
    '2026-03-23',
    { kind: 'finish' },
  ],
];

describe('what comes next', () => {
  test.each(table)('%s', (_what, steps, today, expected) => {
    expect(decide({ today, pace: 'days', wantsReminders: true, steps })).toEqual(expected);
  });

  test('without reminders nobody is reminded', () => {
    const steps = [step('s1', '2026-03-03', 'offered', sentOn('2026-03-03')), step('s2', '2026-03-20')];
    expect(decide({ today: '2026-03-12', pace: 'days', wantsReminders: false, steps }).kind).toBe('wait');
  });

  test('"no messages" means none, ever', () => {
    const steps = [step('s1', '2026-03-03')];
    expect(decide({ today: '2027-03-03', pace: 'none', wantsReminders: true, steps })).toEqual({
      kind: 'wait',
      until: undefined,
    });
  });
});

test('who asked for a step later gets it before the bot falls silent', () => {
  const steps = [
    step('s1', '2026-03-25', 'waiting', sentOn('2026-03-02')),
    step('s2', '2026-03-05', 'offered', sentOn('2026-03-05')),
    step('s3', '2026-03-09', 'offered', sentOn('2026-03-09')),
    step('s4', '2026-03-12'),
  ];
  const at = (today: string) => decide({ today, pace: 'days', wantsReminders: true, steps });
  expect(at('2026-03-20')).toEqual({ kind: 'wait', until: '2026-03-25' });
  expect(at('2026-03-25')).toEqual({ kind: 'offer', stepId: 's1' });
});

test('two weeks away are no silence: it counts from when they are back', () => {
  const steps = [
    step('s1', '2026-03-03', 'offered', sentOn('2026-03-03')),
    step('s2', '2026-03-06', 'offered', sentOn('2026-03-06')),
    step('s3', '2026-03-09'),
  ];
  const at = (today: string, backOn?: string) =>
    decide({ today, pace: 'days', wantsReminders: true, backOn, steps }).kind;
  expect(at('2026-03-23')).toBe('rest');
  expect(at('2026-03-23', '2026-03-21')).toBe('offer');
  expect(at('2026-04-07', '2026-03-21')).toBe('rest');
});

test('"everything today" has a working day between two messages', () => {
  const steps = [step('s1', '2026-03-03', 'done', sentOn('2026-03-03')), step('s2', '2026-03-03')];
  const at = (today: string) => decide({ today, pace: 'today', wantsReminders: true, steps });
  expect(at('2026-03-03')).toEqual({ kind: 'wait', until: '2026-03-04' });
  expect(at('2026-03-04')).toEqual({ kind: 'offer', stepId: 's2' });
});

test('what was left unanswered before they carried on is no silence', () => {
  const steps = [
    step('s1', '2026-03-03', 'offered', { ...sentOn('2026-03-03'), hasEcho: true }),
    step('s2', '2026-03-04', 'offered', { ...sentOn('2026-03-04'), hasEcho: true }),
    step('s3', '2026-03-05'),
  ];
  expect(decide({ today: '2026-03-09', pace: 'days', wantsReminders: true, steps })).toEqual({
    kind: 'offer',
    stepId: 's3',
  });
});

const dateFrom = (offset: number) => addDays('2026-01-01', offset);

describe('whatever somebody does, and however long the bot is down', () => {
  // Each entry: days until the next look, and what the person does with an open step then.
  const life = fc.array(
    fc.record({
      gap: fc.integer({ min: 1, max: 9 }),
      does: fc.constantFrom('done', 'skipped', 'noticed', 'nothing'),
    }),
    { minLength: 1, maxLength: 60 },
  );

  test('each step comes at most once, in order, days apart, and two weeks of silence are followed by rest', () => {
    fc.assert(
      fc.property(
        life,
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom('days' as const, 'today' as const, 'next-week' as const),
        fc.boolean(),
        (days, gaps, pace, wantsReminders) => {
          let day = 0;
          const plan = gaps.map((gap, index) => {
            day += gap;
            return { id: `s${index}`, day };
          });
          const due = dueDates(plan, { anchorOn: '2026-01-02', pace });
          let steps: StepState[] = plan.map(({ id }) => step(id, due.get(id) ?? ''));
          const messages: { stepId: string; on: string; isReminder: boolean }[] = [];
          let at = 1;
          for (const { gap, does } of days) {
            const today = dateFrom(at);
            const decision = decide({ today, pace, wantsReminders, steps });
            if (decision.kind === 'wait' && decision.until !== undefined)
              expect(decision.until > today).toBe(true);
            if (decision.kind === 'rest' || decision.kind === 'finish') break;
            if (decision.kind === 'offer' || decision.kind === 'remind') {
              // As the calendar has it: sent on the first working day from today on.
              const on = addWorkingDays(today, 0);
              const isReminder = decision.kind === 'remind';
              messages.push({ stepId: decision.stepId, on, isReminder });
              steps = steps.map((one) =>
                one.stepId !== decision.stepId
                  ? one
                  : isReminder
                    ? { ...one, reminder: { isQueued: false, on } }
                    : { ...one, status: 'offered', offer: { isQueued: false, on } },
              );
            }
            if (does !== 'nothing')
              steps = steps.map((one) => (one.status === 'offered' ? { ...one, status: does } : one));
            at += gap;
          }
          const offers = messages.filter((one) => !one.isReminder).map((one) => one.stepId);
          expect(new Set(offers).size).toBe(offers.length);
          expect(offers).toEqual(offers.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
          for (const [index, message] of messages.entries()) {
            expect(isWorkingDay(message.on)).toBe(true);
            const before = messages[index - 1];
            const least =
              pace === 'today'
                ? addWorkingDays(before?.on ?? '2026-01-01', 1)
                : addDays(before?.on ?? '2026-01-01', 3);
            if (before) expect(message.on >= least).toBe(true);
          }
          const silent = steps.filter((one) => one.status === 'offered' && !isOver(one.status));
          const reminders = messages.filter((one) => one.isReminder).map((one) => one.stepId);
          expect(new Set(reminders).size).toBe(reminders.length);
          const silence = messages.filter((one) => !one.isReminder).map((one) => one.on);
          if (days.every((one) => one.does === 'nothing') && silent.length > 2)
            expect(addDays(silence[0] ?? '', 14) >= (silence.at(-1) ?? ''), silence.join()).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('new dates after a pause keep the distances and never lie in the past', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 8 }),
        fc.nat(300),
        (days, offset) => {
          const from = dateFrom(offset);
          const plan = days.toSorted((a, b) => a - b).map((day, index) => ({ id: `s${index}`, day }));
          const dates = [...newDueDates(plan, { from, pace: 'days' }).values()];
          expect(dates[0]).toBe(addWorkingDays(from, 0));
          expect(dates.every((date) => date >= from && isWorkingDay(date))).toBe(true);
          expect(dates).toEqual(dates.toSorted());
        },
      ),
    );
  });
});
