import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../src/community/permissions.ts';
import { type Command, route } from '../../src/slack/router.ts';
import { decodeEntities } from '../../src/slack/text.ts';
import { anyCharacter } from '../support/any-text.ts';

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
  command('checkin', { needs: 'checkins.schedule', takes: ['new', 'list'] }),
  command('checkins'),
  command('report', { needs: 'checkins.results' }),
  command('pause', { aliases: ['stop'], takes: [] }),
  command('hello', { aliases: ['hi', 'good morning'], takes: [], isExact: true, isLeadIn: true }),
  command('help', { aliases: ['?', 'h'], takes: [] }),
];

const isWord = (word: string) => ['refuge', 'leaver', 'journey', 'journals'].includes(word);

const outcome = (line: string, actor = member) => {
  const routed = route(commands, line, actor, isWord);
  if (routed.kind === 'run') return `run ${routed.command.word} [${routed.words}]`;
  if (routed.kind === 'near-miss') return `near ${routed.meant.word} [${routed.words}]`;
  if (routed.kind === 'search') return `search [${routed.words}]`;
  if (routed.kind === 'either') return `either ${routed.command.word} [${routed.line}]`;
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
    // A word as it stands is no slip, alone or with others behind it.
    ['refuge for mum hit by husband', 'search [refuge for mum hit by husband]'],
    ['Journey', 'search [Journey]'],
    ['perinatal anxiety', 'search [perinatal anxiety]'],
    ['dads', 'search [dads]'],
    ['“birth trauma”', 'search ["birth trauma"]'],
    ['checkin new', 'not-allowed'],
    // One and many of a command's word, though they are words; of three letters one may be missing.
    ['journals of birth', 'near journal [of birth]'],
    ['reflects', 'near reflect []'],
    ['finds dads', 'near find [dads]'],
    ['fnd dads', 'near find [dads]'],
    ['fun dads', 'search [fun dads]'],
    ['checkins', 'run checkins []'],
    ['My  notes', 'run journal []'],
    ['my notes of birth', 'search [my notes of birth]'],
  ])('%j', (line, expected) => {
    expect(outcome(line)).toBe(expected);
  });

  // What phones, habits and copies from a page put around a command, or a part of it.
  const around: ((text: string) => string)[] = [
    ...['“”', '‘’', '„“', '«»', '""', "''", '``', '**', '__', '~~', '()', '[]', '<>'].map(
      ([open = '', close = '']) =>
        (text: string) =>
          open + text + close,
    ),
    ...[
      '--',
      '—',
      '–',
      '-',
      '/',
      '- ',
      '— ',
      '> ',
      '• ',
      '“',
      '/chatr ',
      '/chatr /chatr ',
      '/CHATR: ',
      '<@U123> ',
      '@chatr ',
    ].map((start) => (text: string) => start + text),
    ...['!', '.', '?', ',', ':', '…', ' !', ' .', '”', '`', ' —', '!!'].map(
      (end) => (text: string) => text + end,
    ),
    (text) => `\`\`\`${text}\`\`\``,
    (text) => `*_${text}_*`,
    (text) => `“/chatr ${text}”.`,
    (text) => `\u200b\u00a0${text}\u00a0`,
  ];
  test.each([
    ['help', 'run help []'],
    ['Journal', 'run journal []'],
    ['my notes', 'run journal []'],
    ['?', 'run help []'],
    ['refelct', 'near reflect []'],
    ['', 'card'],
  ])('%j, whatever stands around it', (line, expected) => {
    for (const wrap of around) {
      // "/chatr ?" and "-- ?" are asking; a question mark after nothing is, too.
      const wrapped = wrap(line);
      const asks = line === '' && wrapped.includes('?');
      expect([wrapped, outcome(wrapped)]).toEqual([wrapped, asks ? 'run help []' : expected]);
    }
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...around), { maxLength: 3 }), (wraps) => {
        if (line === '' || line === '?') return;
        const wrapped = wraps.reduce((text, wrap) => wrap(text), line);
        expect([wrapped, outcome(wrapped)]).toEqual([wrapped, expected]);
      }),
    );
  });

  test.each([
    ['report', 'run report []'],
    ['report please', 'run report []'],
    ['report Spring group', 'run report [Spring group]'],
  ])('%j from a facilitator', (line, expected) => {
    expect(outcome(line, facilitator)).toBe(expected);
  });

  test.each([
    ['“find birth trauma”', 'run find [birth trauma]'],
    ['*find* birth trauma', 'run find [birth trauma]'],
    ['find: birth trauma', 'run find [birth trauma]'],
    ['find — birth trauma', 'run find [birth trauma]'],
    ['--find “birth trauma”', 'run find ["birth trauma"]'],
    ['find “birth trauma”', 'run find ["birth trauma"]'],
    ['/chatr find dads', 'run find [dads]'],
    ['/chatr', 'card'],
    ['`/chatr birth trauma`', 'search [birth trauma]'],
    ['/chatr birth trauma', 'search [birth trauma]'],
    ['chatr help', 'run help []'],
    ['chatr report', 'not-allowed'],
    ['my report', 'not-allowed'],
    ['show me report please', 'not-allowed'],
    ['Report', 'not-allowed'],
    ['report', 'not-allowed'],
    ['training for midwives', 'search [training for midwives]'],
    ['people who self-harm', 'search [people who self-harm]'],
    ['report abuse', 'search [report abuse]'],
    ['/chatrooms', 'search [/chatrooms]'],
    // Dashes and quotes inside a search stay with it.
    ['birth trauma — dads', 'search [birth trauma -- dads]'],
    ['0–5 “attachment”', 'search [0–5 "attachment"]'],
    ['“birth trauma” and “attachment”', 'search ["birth trauma" and "attachment"]'],
    ['help-seeking', 'search [help-seeking]'],
    ['-h', 'run help []'],
    ['/h', 'run help []'],
    ['hepl', 'near help []'],
    ['hlep!', 'near help []'],
    ['findd', 'near find []'],
    ['C++', 'search [C++]'],
  ])('%j', (line, expected) => {
    expect(outcome(line)).toBe(expected);
  });

  test.each([
    // Asked for politely, or of everything.
    ['help me', 'run help []'],
    ['Help me, please!', 'run help []'],
    ['please help', 'run help []'],
    ['Can you help me?', 'run help []'],
    ['I need help', 'run help []'],
    ['help help', 'run help []'],
    ['help find', 'run help []'],
    // What stands behind a greeting is a line by itself.
    ['hi', 'run hello []'],
    ['Hi there!', 'run hello []'],
    ['hi, can you find something about sleep?', 'search [can you find something about sleep?]'],
    ['hello, pause please', 'run pause []'],
    ['hi hello find dads', 'run find [dads]'],
    ['pause please', 'run pause []'],
    ['please pause', 'run pause []'],
    ['stop sending me messages', 'run pause []'],
    ['show me my journal', 'run journal []'],
    // What may be a search is asked, and nothing is done meanwhile.
    ['stop smoking', 'either pause [stop smoking]'],
    ['pause for thought', 'either pause [pause for thought]'],
    ['stop self-harm', 'either pause [stop self-harm]'],
    ['help with FGM', 'either help [help with FGM]'],
    ['/chatr help for dads', 'either help [help for dads]'],
    // No command, however politely.
    ['my birth story', 'search [my birth story]'],
    ['see the child', 'search [see the child]'],
    ['please find dads', 'search [please find dads]'],
    ['I need housing', 'search [I need housing]'],
  ])('%j', (line, expected) => {
    expect(outcome(line)).toBe(expected);
  });

  test('facilitators get their own commands', () => {
    expect(outcome('checkin new', facilitator)).toBe('run checkin [new]');
  });

  test('a slip is looked up as it was typed, beside the command it looks like', () => {
    expect(route(commands, 'reflekt gibbs', member)).toMatchObject({
      kind: 'near-miss',
      line: 'reflekt gibbs',
      words: 'gibbs',
    });
  });

  test('a near miss never offers what is not allowed', () => {
    expect(outcome('chekin new')).not.toContain('near checkin [');
  });

  test('any line means something, and never loses a word of a search', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 300 }), (line) => {
        const routed = route(commands, line, member);
        if (routed.kind === 'search') expect(routed.words.length).toBeGreaterThan(0);
        if (routed.kind === 'near-miss') expect(routed.line.length).toBeGreaterThan(0);
      }),
    );
  });

  test('Slack’s escaping is undone once', () => {
    expect(decodeEntities('find R&amp;D &amp;lt;')).toBe('find R&D &lt;');
  });
});
