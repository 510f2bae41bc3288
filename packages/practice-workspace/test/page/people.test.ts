import { expect, test } from 'vitest';
import { groupPeople, messageLines, threadLines } from '../../src/page/people.ts';
import type { MessageSummary, PersonSummary } from '../../src/protocol.ts';

function person(id: string, title: string, more: Partial<PersonSummary> = {}): PersonSummary {
  const flags = { isBot: false, isAdmin: false, isGuest: false, deleted: false };
  return {
    id,
    name: id,
    realName: id,
    displayName: '',
    title,
    tz: '',
    initials: '',
    colour: '',
    ...flags,
    ...more,
  };
}

test('a visitor sees who plays which part', () => {
  const people = [
    person('U1', 'Facilitator'),
    person('U2', 'Trainee: midwife'),
    person('U3', 'Midwife'),
    person('U4', 'Facilitator', { isGuest: true }),
    person('U5', '', { deleted: true }),
    person('U6', '', { isBot: true }),
    person('U7', 'Midwife', { group: 'First group' }),
  ];
  expect(groupPeople(people).map((group) => [group.label, group.people.map(({ id }) => id)])).toEqual([
    ['Facilitators', ['U1']],
    ['Trainees', ['U2']],
    ['Members', ['U3']],
    ['Guests', ['U4']],
    ['Deactivated', ['U5']],
    ['First group', ['U7']],
  ]);
});

function message(ts: string, at: string, more: Partial<MessageSummary> = {}): MessageSummary {
  const flags = { ephemeral: false, edited: false, fromSlack: false, files: [], reactions: [] };
  return { ts, at, channel: 'C1', user: 'U1', text: '', ...flags, ...more };
}

const day = (at: Date) => at.toISOString().slice(0, 10);

test('a thread is its first message with its replies, and what is said in one go has one heading', () => {
  const all = [
    message('1', '2026-03-02T10:00:00Z'),
    message('2', '2026-03-02T10:01:00Z'),
    message('3', '2026-03-02T10:02:00Z', { threadTs: '1', user: 'U2' }),
    message('4', '2026-03-02T10:03:00Z'),
    message('5', '2026-03-03T10:00:00Z'),
    message('6', '2026-03-03T10:01:00Z', { ephemeral: true }),
    message('7', '2026-03-03T10:01:30Z', { threadTs: 'gone' }),
  ];
  expect(
    messageLines(all, day).map(({ message: { ts }, startsDay, continues, reply, replies }) => [
      ts,
      ...(startsDay ? ['starts the day'] : []),
      ...(continues ? ['continues'] : []),
      ...(reply ? ['a reply'] : []),
      ...replies.map((one) => one.ts),
    ]),
  ).toEqual([
    ['1', 'starts the day', '3'],
    ['2'],
    ['4', 'continues'],
    ['5', 'starts the day'],
    ['6'],
    ['7', 'a reply'],
  ]);
  expect(threadLines(all, '1', day).map(({ message: { ts } }) => ts)).toEqual(['1', '3']);
  expect(threadLines(all, 'gone', day).map(({ message: { ts } }) => ts)).toEqual(['7']);
});
