import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readEnvFile } from '../../src/lib/env-file.ts';

const dir = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'chatr-env-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

function reading(content: string | Buffer) {
  const file = join(dir(), '.env');
  writeFileSync(file, content);
  const { values, problems } = readEnvFile(file);
  return { values, problems: problems.map((problem) => problem.replaceAll(file, '.env')) };
}

const text = '# the first line\nSLACK_BOT_TOKEN=xoxb-1\r\nCHATR_CONTENT_DIR=Übungen\n';
const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');

describe('whatever an editor saved', () => {
  test.each<[string, string | Buffer]>([
    ['UTF-8', text],
    ['UTF-8 with a byte-order mark', `\uFEFF${text}`],
    ['UTF-16', utf16],
    ['UTF-16 without a byte-order mark', utf16.subarray(2)],
    ['UTF-16, the other way round', Buffer.from(utf16).swap16()],
    ['UTF-16, the other way round, without a byte-order mark', Buffer.from(utf16.subarray(2)).swap16()],
    ['line ends of an old Mac', text.replace(/\r?\n/g, '\r')],
  ])('%s is read', (_how, content) => {
    expect(reading(content)).toEqual({
      values: { SLACK_BOT_TOKEN: 'xoxb-1', CHATR_CONTENT_DIR: 'Übungen' },
      problems: [],
    });
  });

  test('a byte-order mark does not cost the first setting', () => {
    expect(reading('\uFEFFSLACK_BOT_TOKEN=xoxb-1').values).toEqual({ SLACK_BOT_TOKEN: 'xoxb-1' });
  });

  test.each<[string, Buffer]>([
    ['an older encoding of Windows', Buffer.from(text, 'latin1')],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0])],
    ['half a UTF-16 file', utf16.subarray(0, -1)],
  ])('%s is told', (_how, content) => {
    expect(reading(content)).toEqual({
      values: {},
      problems: ['The file .env is not saved as UTF-8: save it again with that encoding.'],
    });
  });

  test('a name that an editor has made longer is told', () => {
    const file = join(dir(), '.env');
    writeFileSync(`${file}.txt`, text);
    expect(readEnvFile(file).problems).toEqual([`The settings are in ${file}.txt: name that file ${file}.`]);
  });

  test('a folder of that name is told, no file at all is nothing to tell', () => {
    const folder = join(dir(), '.env');
    expect(readEnvFile(folder)).toEqual({ values: {}, problems: [] });
    mkdirSync(folder);
    expect(readEnvFile(folder).problems).toEqual([
      `The file ${folder} cannot be read: it must be a file, and this account must be allowed to read it.`,
    ]);
  });
});

describe('what a line means', () => {
  test.each([
    ['A=#chatr-forum', '#chatr-forum'],
    ['A= #chatr-forum', '#chatr-forum'],
    ['A=#chatr-forum # the forum', '#chatr-forum'],
    ['A="#chatr-forum"', '#chatr-forum'],
    ["A='#chatr-forum' # the forum", '#chatr-forum'],
    ['A=postgres://chatr:pa#ss@db/chatr', 'postgres://chatr:pa#ss@db/chatr'],
    ['A=/srv/c#/data', '/srv/c#/data'],
    ['A=b #c', 'b'],
    ['A=b # c', 'b'],
    ['A= # not used', ''],
    ['A=# not used', ''],
    ['A=#', ''],
    ['A=', ''],
    ['A=""', ''],
    ['  A = b  ', 'b'],
    ['export A=b', 'b'],
    ['A=b=c==', 'b=c=='],
    ['A="two words"', 'two words'],
    ['A="postgres://db/chatr?sslmode=require"', 'postgres://db/chatr?sslmode=require'],
    ["A='b=c' # d=e", 'b=c'],
    ['A="a # b"', 'a # b'],
    ['\u00a0A\u00a0=\u00a0b\u00a0', 'b'],
    ['\u200bA=b', 'b'],
    ['export\tA=b', 'b'],
  ])('%s', (line, value) => {
    expect(reading(line)).toEqual({ values: { A: value }, problems: [] });
  });

  test.each(['A: b', 'A', 'set A=b', '$env:A="b"', '- A=b', '2A=b', '=b'])('%s is no setting', (line) => {
    expect(reading(`B=1\n\n${line}\n`)).toEqual({
      values: { B: '1' },
      problems: ['.env:3 is no setting: write it as NAME=value.'],
    });
  });

  test.each(['A="b", "c"', "A='it''s'", 'A="b" c', 'A="b"c"'])(
    '%s would lose what stands behind the quotation mark, and is told',
    (line) => {
      expect(reading(line).problems).toEqual([
        'A in .env goes on behind its closing quotation mark: write it in one pair of them.',
      ]);
    },
  );

  test('a name that every object has is a name like others', () => {
    expect(reading('constructor=1\n__proto__=2').problems).toEqual([]);
  });

  test('a setting that stands twice with two values is told, without them; filled in further down is fine', () => {
    expect(reading('A=secret\nA=\n').problems).toEqual([
      'A stands in .env twice, with two values: take one of them out.',
    ]);
    expect(reading('A=one\nA=two\n').problems).toHaveLength(1);
    expect(reading('A=\nA=one\nA=one\n')).toEqual({ values: { A: 'one' }, problems: [] });
  });

  test('nothing that can stand in a file makes it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(reading(Buffer.from(bytes)).problems).toBeInstanceOf(Array);
      }),
      { numRuns: 200 },
    );
  });
});
