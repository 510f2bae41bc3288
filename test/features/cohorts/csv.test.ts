import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../../src/content/csv.ts';
import { tidyEmail } from '../../../src/features/cohorts/importing/addresses.ts';
import { maxRows, readTrainees } from '../../../src/features/cohorts/importing/csv.ts';
import { anyCharacter } from '../../support/any-text.ts';

const utf16 = (text: string, endian: 'le' | 'be', mark: boolean): Uint8Array => {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return endian === 'le' ? bytes : bytes.swap16();
};

function rowsOf(text: string) {
  const answer = readTrainees(text);
  if (answer.kind !== 'rows') throw new Error(`Not rows but ${answer.kind}.`);
  return answer.rows;
}

describe('the text of a file, whatever Excel made of it', () => {
  const text = 'email;name\nzoe@example.org;Zoë Müller – “ok”\n';
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, little end first, with a mark', utf16(text, 'le', true)],
    ['UTF-16, big end first, with a mark', utf16(text, 'be', true)],
    ['UTF-16, little end first, without a mark', utf16(text, 'le', false)],
    ['UTF-16, big end first, without a mark', utf16(text, 'be', false)],
  ])('%s', (_name, bytes) => expect(decodeText(bytes)?.replace(/^\ufeff/, '')).toBe(text));

  test('the old Windows encoding', () => {
    const bytes = Buffer.concat([
      Buffer.from('name\nZo'),
      Buffer.from([0xeb, 0x20, 0x96, 0x20, 0x93]),
      Buffer.from('ok'),
    ]);
    expect(decodeText(bytes)).toBe('name\nZoë – “ok');
  });

  test.each([
    ['a spreadsheet itself', Buffer.from([0x50, 0x4b, 3, 4, 0, 0])],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 0, 0, 1, 9, 9])],
    ['a text with a zero in it', Buffer.from('name,email\nAna,a\0@x.org and some more')],
  ])('%s is no list', (_name, bytes) => expect(decodeText(bytes)).toBeUndefined());

  test('no bytes are no text, and do no harm', () => expect(decodeText(Buffer.alloc(0))).toBe(''));
});

describe('a list of trainees', () => {
  test.each([
    ['commas', 'Email,Name,Cohort,Agency,Role\na@x.org,Ana,Spring,Hub,Nurse'],
    ['semicolons', 'E-mail;Full name;Group;Organisation;Job title\na@x.org;Ana;Spring;Hub;Nurse'],
    [
      'tabs, another order',
      'ROLE\tE-Mail Address\tAGENCY\tpilot group\tName \nNurse\ta@x.org\tHub\tSpring\tAna',
    ],
    ['Excel’s own first line', 'sep=;\nemail;name;cohort;agency;role\na@x.org;Ana;Spring;Hub;Nurse'],
    ['quotes', '"email","name","cohort","agency","role"\n"a@x.org","Ana","Spring","Hub","Nurse"'],
    [
      'a mark and Windows line ends',
      '\ufeffemail,name,cohort,agency,role\r\na@x.org,Ana,Spring,Hub,Nurse\r\n',
    ],
    ['no headings', 'Ana,a@x.org,Spring,Hub,Nurse'],
  ])('with %s', (_name, text) => {
    const [{ line: _line, ...row } = { line: 0 }] = rowsOf(text);
    expect(row).toEqual({ email: 'a@x.org', name: 'Ana', cohort: 'Spring', agency: 'Hub', role: 'Nurse' });
  });

  test('lines keep the numbers that a spreadsheet shows', () => {
    const text =
      'sep=;\r\nEmail;Name\r\n\r\na@x.org;"Ana\nof two lines"\r\n;;\r\nb@x.org;"B; with a mark"\r\n';
    expect(rowsOf(text).map(({ line, email, name }) => [line, email, name])).toEqual([
      [4, 'a@x.org', 'Ana of two lines'],
      [7, 'b@x.org', 'B; with a mark'],
    ]);
  });

  test('one address a line, or several from the “To” of a message', () => {
    expect(rowsOf('a@x.org\n\nb@x.org').map(({ line, email }) => [line, email])).toEqual([
      [1, 'a@x.org'],
      [3, 'b@x.org'],
    ]);
    expect(rowsOf('Ana B <a@x.org>, "C, D" <c@x.org>, mailto:e@x.org').map(({ email }) => email)).toContain(
      'e@x.org',
    );
    expect(rowsOf('Ana B <a@x.org>; Cy <c@x.org>').map(({ email, name }) => [email, name])).toEqual([
      ['a@x.org', 'Ana B'],
      ['c@x.org', 'Cy'],
    ]);
  });

  test('first and last name make a name, and unknown columns are named', () => {
    const answer = readTrainees('First name,Surname,Shoe size,Email\nAna,Bee,5,a@x.org');
    expect(answer).toMatchObject({ unusedHeadings: ['Shoe size'], rows: [{ name: 'Ana Bee' }] });
  });

  test.each([
    ['nothing', '', { kind: 'empty' }],
    ['blank lines', '\n\n ; ;\n', { kind: 'empty' }],
    ['headings alone', 'email,name\n', { kind: 'empty' }],
    ['no addresses', 'name,team\nAna,Hub', { kind: 'no-email-column', headings: ['name', 'team'] }],
    ['a quotation mark without its partner', 'email,name\na@x.org,"Ana\n', { kind: 'unreadable' }],
    ['something that is no text', 'a\u0000b@', { kind: 'not-text' }],
  ])('%s is said', (_name, text, expected) => expect(readTrainees(text)).toMatchObject(expected));

  test('5,000 lines are read, one more is refused', () => {
    const lines = (count: number) =>
      `email\n${Array.from({ length: count }, (_, index) => `p${index}@x.org`).join('\n')}`;
    expect(rowsOf(lines(maxRows))).toHaveLength(5000);
    expect(readTrainees(lines(maxRows + 1))).toEqual({ kind: 'too-many', rows: 5001 });
  });

  test('whatever is given, it answers, and never makes up an address', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 300 }), (text) => {
        const answer = readTrainees(`email;name\n${text}`);
        if (answer.kind === 'rows')
          for (const { email } of answer.rows) {
            const tidy = tidyEmail(email);
            if (tidy) expect(text.normalize('NFC').toLowerCase()).toContain(tidy.split('@')[1]);
          }
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = decodeText(bytes);
        expect(['string', 'undefined']).toContain(typeof text);
      }),
    );
  });
});

describe('an address', () => {
  test.each([
    ['Ana.Bee@Example.ORG', 'ana.bee@example.org'],
    [' a+b@x.nhs.uk. ', 'a+b@x.nhs.uk'],
    ["o'brien@x.org", "o'brien@x.org"],
    ['zoë@müller.org', 'zoë@müller.org'],
  ])('%s', (typed, kept) => expect(tidyEmail(typed)).toBe(kept));

  test.each([
    '',
    'ana',
    'ana@',
    '@x.org',
    'a@b',
    'a b@x.org',
    'a@x..org',
    'a@@x.org',
    'a@-x.org',
    `${'a'.repeat(250)}@x.org`,
  ])('“%s” is none', (typed) => expect(tidyEmail(typed)).toBeUndefined());
});
