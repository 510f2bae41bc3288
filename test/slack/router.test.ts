import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../src/community/permissions.ts';
import { type Command, route } from '../../src/slack/router.ts';
import { decodeEntities } from '../../src/slack/text.ts';

const person = {
  id: 'p1',
  slackId: 'U1',
  displayName: 'Robin Practice',
  firstName: 'Robin',
  timeZone: undefined,
  kind: 'member' as const,
  isWorkspaceAdmin: false,
  isDeactivated: false,
  dmChannel: undefined,
};
const member: Actor = { person, roles: [] };
const facilitator: Actor = { person, roles: [{ role: 'facilitator', cohortId: undefined }] };

const command = (word: string, more: Partial<Command> = {}): Command => ({
  word,
  run: async () => {},
  ...more,
});
const commands = [
  command('find', { aliases: ['search'] }),
  command('reflect'),
  command('journal', { aliases: ['my notes'] }),
  command('checkin', { needs: 'checkins.schedule' }),
  command('checkins'),
  command('help'),
];

const outcome = (line: string, actor = member) => {
  const routed = route(commands, line, actor);
  if (routed.kind === 'run') return `run ${routed.command.word} [${routed.words}]`;
  if (routed.kind === 'near-miss') return `near ${routed.meant.word} [${routed.words}]`;
  if (routed.kind === 'search') return `search [${routed.words}]`;
  return routed.kind;
};

describe('what a line means', () => {
  test.each([
    ['', 'card'],
    ['   ', 'card'],
    ['find dads', 'run find [dads]'],
    ['FIND Dads', 'run find [Dads]'],
    ['search birth  trauma', 'run find [birth trauma]'],
    ['find\u00a0dads', 'run find [dads]'],
    ['refelct', 'near reflect []'],
    ['reflekt gibbs', 'near reflect [gibbs]'],
    ['jurnal', 'near journal []'],
    ['perinatal anxiety', 'search [perinatal anxiety]'],
    ['dads', 'search [dads]'],
    ['“birth trauma”', 'search ["birth trauma"]'],
    ['checkin new', 'not-allowed'],
    ['checkins', 'run checkins []'],
    ['My  notes', 'run journal []'],
    ['my notes of birth', 'search [my notes of birth]'],
  ])('%j', (line, expected) => {
    expect(outcome(line)).toBe(expected);
  });

  test('facilitators get their own commands', () => {
    expect(outcome('checkin new', facilitator)).toBe('run checkin [new]');
  });

  test('a near miss never offers what is not allowed', () => {
    expect(outcome('chekin new')).not.toContain('near checkin [');
  });

  test('any line means something, and never loses a word of a search', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (line) => {
        const routed = route(commands, line, member);
        if (routed.kind === 'search') expect(routed.words.length).toBeGreaterThan(0);
      }),
    );
  });

  test('Slack’s escaping is undone once', () => {
    expect(decodeEntities('find R&amp;D &amp;lt;')).toBe('find R&D &lt;');
  });
});
