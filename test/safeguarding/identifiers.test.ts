import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IdentifierKind } from '../../src/safeguarding/finding.ts';
import {
  checkBeforeSaving,
  describeFindings,
  findIdentifiers,
  maskIdentifiers,
} from '../../src/safeguarding/identifiers.ts';
import { lookThrough } from '../../src/safeguarding/look-through.ts';
import { isNhsNumber } from '../../src/safeguarding/patterns.ts';
import { anyCharacter } from '../support/any-text.ts';

const seen = (text: string) =>
  findIdentifiers(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

describe('what may identify somebody is seen', () => {
  test.each<[IdentifierKind, string, string]>([
    ['nhs-number', '943 476 5919', 'seen today, 943 476 5919, with mum'],
    ['nhs-number', '943-476-5919', '943-476-5919'],
    ['nhs-number', '9434765919', 'NHS number: 9434765919'],
    ['nhs-number', '9434765919', 'her no. 9434765919 was on the form'],
    ['nhs-number', '9434765919', '9434765919 (NHS)'],
    ['nhs-number', '９４３ 476 5919', 'wide digits ９４３ 476 5919'],
    ['ni-number', 'AB123456C', 'AB123456C'],
    ['ni-number', 'AB 12 34 56 C', 'NI is AB 12 34 56 C.'],
    ['ni-number', 'ab123456c', 'ab123456c'],
    ['ni-number', 'CE-12-34-56-A', 'CE-12-34-56-A'],
    ['postcode', 'E8 1EA', 'lives at E8 1EA now'],
    ['postcode', 'E81EA', 'E81EA'],
    ['postcode', 'n16 5ab', 'in n16 5ab'],
    ['postcode', 'EC1A 1BB', 'EC1A 1BB'],
    ['postcode', 'W1A 0AX', 'W1A 0AX'],
    ['postcode', 'SW1A 2AA', '(SW1A 2AA)'],
    ['postcode', 'E8 2ND', 'E8 2ND'],
    ['phone', '07700 900123', 'ring her on 07700 900123.'],
    ['phone', '07700900123', '07700900123'],
    ['phone', '07700 900 123', 'on 07700 900 123 2 times'],
    ['phone', '(020) 7946 0123', '(020) 7946 0123'],
    ['phone', '+44 7700 900123', '+44 7700 900123'],
    ['phone', '+44 (0)20 7946 0123', 'tel: +44 (0)20 7946 0123'],
    ['phone', '0044 7700 900123', '0044 7700 900123'],
    ['phone', '07700-900-123', '07700-900-123'],
    ['phone', '01204 12345', '01204 12345'],
    ['phone', '+33 6 12 34 56 78', 'gran in Lyon +33 6 12 34 56 78'],
    ['phone', '07700\u200b900\u200b123', 'hidden 07700\u200b900\u200b123'],
    ['phone', '7700 900123', 'mobile 7700 900123'],
    ['phone', '447700900123', 'on 447700900123 now'],
    ['phone', '07700900123', 'Tel.07700900123'],
    ['phone', '07700900123', 'Jane,07700900123'],
    ['phone', '07700/900123', 'ring 07700/900123'],
    ['phone', '020 7946 0123 ext. 45', 'work 020 7946 0123 ext. 45, mornings'],
    ['phone', '07700 900123', 'mum (07700 900123) rang'],
    ['nhs-number', '9434765919', 'NHS no.9434765919'],
    ['nhs-number', '943\t476\u00a05919', 'with\t943\t476\u00a05919'],
    ['ni-number', 'AB 12 34 56', 'NI number AB 12 34 56'],
    ['birth-date', '2015/03/12', 'DOB 2015/03/12'],
    ['birth-date', '12/03/2015', 'D/O/B 12/03/2015'],
    ['birth-date', '12/Mar/2015', 'born 12/Mar/2015'],
    ['birth-date', '12/03/2015', 'DOB12/03/2015'],
    ['email', 'a.b+c@example.org', 'write to a.b+c@example.org, please'],
    ['email', 'jane_99@mail.example.co.uk', '(jane_99@mail.example.co.uk)'],
    ['birth-date', '3/4/2014', 'DOB 3/4/2014'],
    ['birth-date', '03.04.14', 'D.O.B.: 03.04.14'],
    ['birth-date', '3rd of April 2014', 'was born on the 3rd of April 2014 at home'],
    ['birth-date', '2014-04-03', 'date of birth = 2014-04-03'],
    ['birth-date', '3 April', 'her birthday is 3 April'],
    ['birth-date', 'April 3, 2014', 'born April 3, 2014'],
    ['birth-date', '03/04/2014', '03/04/2014 (DOB)'],
    ['case-number', '1234567', 'see Mosaic 1234567'],
    ['case-number', '1234567', 'Mosaic ID: 1234567'],
    ['case-number', 'H1234567', 'hospital no. H1234567'],
    ['case-number', 'AB-12345', 'case ref AB-12345'],
    ['case-number', '00123456', 'RiO number 00123456'],
    ['name', 'Amira', 'a little girl called Amira'],
    ['name', 'Nadia', 'mum is Nadia, she said'],
    ['name', 'leyla', 'a baby called leyla'],
    ['name', 'Maya Okafor', 'Little Maya Okafor, 5, drew a house'],
    ['name', 'Zayn', '7-year-old Zayn asked why'],
    ['name', 'Joy', 'mum, Joy, was tired'],
    ['name', 'Malachi', "he's called Malachi"],
    ['name', 'Shanice', 'A girl of 14, Shanice from Year 9, says this word is rubbish'],
    ['name', 'Shanice', 'Shanice from Year 9 says so'],
    ['name', 'Kwame', 'and Kwame in Yr 8 said'],
    ['name', 'Leyla', 'Leyla (Year 10) likes it'],
    ['name', 'Zofia', 'a girl in Year 9, Zofia, said'],
    ['name', 'Tyrone', 'the boy of 6 called Tyrone'],
    ['name', 'Amira', 'the child, 4, called Amira, cries'],
    ['name', 'Nadeem', 'Year 9\u2019s Nadeem'],
    ['name', 'Tyrone Biggs', 'How do I word a referral for Tyrone Biggs to school nursing?'],
    ['name', 'Kofi', 'we referred Kofi to speech therapy'],
    ['address', 'Flat 9, 14 Sample Street', 'lives at Flat 9, 14 Sample Street now'],
    ['address', '5 saga street', 'walked from 5 saga street'],
    // They begin like months.
    ['address', '12 Marigold Street', 'he lives at 12 Marigold Street'],
    ['address', '9 Mayfly Road', 'She is at 9 Mayfly Road'],
    ['address', '3 Juniper Lane', '3 Juniper Lane, top bell'],
    ['case-number', '7730121', 'hosp no 7730121'],
    // Its number behind it, as in most of Europe.
    ['address', 'Mare Street 12', 'a boy in Mare Street 12 who hardly speaks'],
    ['address', 'Kingsland Road no. 4a', 'the family is at Kingsland Road no. 4a.'],
    ['address', 'mare street 12', 'she lives at mare street 12'],
    ['address', 'flat 4, Mare Street 12', 'flat 4, Mare Street 12'],
    ['address', 'flat 4, pembury house', 'flat 4, pembury house, no heating'],
    ['postcode', 'e8 9zz', 'pc e8 9zz'],
    ['name', 'Hope', 'a child named Hope'],
    ['name', 'Zoë-Łucja', "The boy's name is Zoë-Łucja."],
  ])('%s: %s', (kind, what, text) => {
    expect(seen(text)).toEqual([[kind, what]]);
  });

  /** A name in a line of its own has no sentence around it: what else stands there is the cue. */
  test.each<[string, [IdentifierKind, string][]]>([
    [
      'For Emma Johnson 12/03/2019',
      [
        ['name', 'Emma Johnson'],
        ['birth-date', '12/03/2019'],
      ],
    ],
    [
      'emma johnson 12.03.19',
      [
        ['name', 'emma johnson'],
        ['birth-date', '12.03.19'],
      ],
    ],
    [
      'Saw Ayo Okafor (12 March 2019) at home',
      [
        ['name', 'Ayo Okafor'],
        ['birth-date', '12 March 2019'],
      ],
    ],
    ['For Emma Johnson', [['name', 'Emma Johnson']]],
    ['for emma johnson, she will like it', [['name', 'emma johnson']]],
    ['Might be good for Zainab Yusuf', [['name', 'Zainab Yusuf']]],
    ['For Zainab and her mum', [['name', 'Zainab']]],
    ['Mrs Begum has asked twice', [['name', 'Begum']]],
    ['for mrs begum', [['name', 'begum']]],
    ['Ask Mr Hope about it', [['name', 'Hope']]],
    ['emma johnson was hit by her dad last night', [['name', 'emma johnson']]],
    [
      'EMMA JOHNSON 2019-03-12',
      [
        ['name', 'EMMA JOHNSON'],
        ['birth-date', '2019-03-12'],
      ],
    ],
    ['MRS BEGUM', [['name', 'BEGUM']]],
    ['Re: Emma Johnson', [['name', 'Emma Johnson']]],
    ['The Okafor family liked it', [['name', 'Okafor']]],
    ['Emma was hurt by dad', [['name', 'Emma']]],
    ['Amina was left alone with her little brother', [['name', 'Amina']]],
  ])('somebody is named in: %s', (text, expected) => {
    expect(seen(text)).toEqual(expected);
  });

  test('whose mother somebody is tells who they are, where it goes to others', () => {
    const text = "Emma's mum asked for it";
    expect(findIdentifiers(text)).toEqual([]);
    expect(findIdentifiers(text, { isCloser: true })).toEqual([
      { kind: 'name', start: 0, end: 4, isOfFamily: true },
    ]);
  });

  test('beside a name the number of a flat is an address', () => {
    const text = 'Mrs Begum at flat 4';
    const outcome = checkBeforeSaving(text);
    expect(
      outcome.kind === 'found' &&
        outcome.findings.map(({ kind, start, end }) => [kind, text.slice(start, end)]),
    ).toEqual([
      ['name', 'Begum'],
      ['address', 'flat 4'],
    ]);
    expect(checkBeforeSaving('Flat 4 on a scale of ten')).toEqual({ kind: 'clear' });
  });

  test('several kinds in one text, each in its place', () => {
    expect(seen('DOB 3/4/2014, E8 1EA, ring 07700 900123 or a@b.org').map(([kind]) => kind)).toEqual([
      'birth-date',
      'postcode',
      'phone',
      'email',
    ]);
  });
});

describe('what is no identifier is left alone', () => {
  test.each([
    '0000000000',
    '999 999 9999 and NHS 1111111111',
    '9434765919',
    'ticket number 9434765919',
    'NHS number 943 476 5918',
    'https://example.org/p/943/476/5919?nhs=943 and NHS link https://example.org/9434765919',
    'www.example.org/07700900123',
    '<@U0123456789> wrote in <#C0123456789|perinatal>',
    'U07700900123',
    'C024BE91L and T9434765919',
    '1712345678.123456',
    'a thread at 9434765919.123456 about the NHS',
    's47 2nd',
    's17 1st meeting',
    's20 3rd review',
    'S47 2ND REVIEW',
    'KS2 1st',
    'KS2 1AB',
    'E8',
    'N16 and E5 families',
    'QA1 1AA',
    'in s1 4hr',
    'b12 3ic',
    '999, 111, 116 123 or text SHOUT to 85258',
    '101',
    '0-5 years, 6-12 years',
    '01.02.2024 10:30',
    '2024-01-02',
    'we met on 3/4/2014 and 3 April',
    'born in 2014, three weeks early',
    'born 3 weeks early, seen on 12 May',
    'version 0.1.2, 10 000 families, £12,500.00',
    'we 10 20 30 a day',
    'a week 01 02 03 04 05',
    'birthday party on 3 May',
    'Refuge on 0808 2000 247, and 03069 990123',
    'BG123456C, DA123456C, AO123456C',
    'AB123456E',
    'Mosaic 2024 was rolled out to 12 teams',
    'We ran Solihull (10 weeks) and Hanen, 8 weeks, with Bookstart (2 years)',
    'in case 3 of 12',
    'case study number one',
    'mum called Childline',
    'Teachers in Year 9 and Year 6 pupils; Maths in Year 7, Reception',
    'In Year 6 we talk. Hackney, Year 5',
    'a referral for Talking Therapies, a referral for Speech and Language',
    'we refer Hackney families to First Steps, and Referral for SALT',
    'the child in Year 4, Monday and Tuesday',
    'Year 9 Geography, Year 10 Black History',
    'a mother called Social Services',
    'I called the GP',
    'the child was called in',
    'mum is Nigerian, dad is Polish, and mum is Deaf',
    'a boy called names, a girl called back',
    'Bruce Perry, 68, says that it begins with the body',
    'In Hackney, 9 of us; Monday, 10; Baby Café',
    'My supervisor, Ana, was kind',
    'The nursery, 4 Sample Road, is full, and the library is at 1 Reading Lane',
    '24 Hour Drive, 12 Road to recovery, the 4 lane road',
    'in NI we 10 20 30 a month',
    'The 4th, 5th and 6th sessions of 2026',
    'ACE score 4, SDQ 17, GAD-7 12',
    'room B12, bus 38, flat 3',
    '@here and @channel',
    'me @ work',
    '50/50, 24/7, 9-5',
    '📞📞📞 ٣',
    '',
  ])('%s', (text) => {
    expect(seen(text)).toEqual([]);
  });

  test.each([
    'For Early Help',
    'For Hackney Family Hubs',
    'For Social Workers and Health Visitors',
    'Useful for Perinatal Mental Health Week',
    'for new parents, and for you',
    'A talk by Anna Freud, 12/03/2024',
    'Victoria Park 12/03/2024',
    'Booked for Tuesday 12/03/2026',
    'open until friday 12/03/2026',
    'She asked whether I was a Miss or a Mrs. She laughed.',
    'She was met by her mum at the gate',
    'The girl was picked up by her dad',
    'A flat 4 on the scale',
    'About Perinatal Mental Health',
    'The Hackney family hubs, and the whole family',
    "The child's mum, a colleague's sister and Monday's dad group",
    'NHS FORM 12/03/2026',
  ])('and nobody in: %s', (text) => {
    expect(seen(text)).toEqual([]);
  });

  test('the numbers and addresses of the directory are meant to be shared', () => {
    const allowed = {
      phones: new Set(['02083565500', '08001111', '07700900123']),
      emails: new Set(['mash@hackney.gov.uk']),
    };
    const text = 'MASH is 020 8356 5500, +44 20 8356 5500, MASH@hackney.gov.uk; Childline 0800 1111';
    expect(findIdentifiers(text, { allowed })).toEqual([]);
    expect(findIdentifiers('020 8356 5501', { allowed })).toHaveLength(1);
  });

  test("a programme's own record system is a cue once it is named", () => {
    expect(seen('on Caredesk 778899')).toEqual([]);
    const allowed = { phones: new Set<string>(), emails: new Set<string>(), caseNumberCues: ['Caredesk'] };
    expect(findIdentifiers('on Caredesk 778899', { allowed })).toMatchObject([{ kind: 'case-number' }]);
  });
});

describe('words for it', () => {
  test('the kinds are named, never the thing', () => {
    const text = 'ring 07700 900123 about E8 1EA';
    expect(describeFindings(findIdentifiers(text))).toBe('a phone number and what looks like a postcode');
    expect(maskIdentifiers(text, findIdentifiers(text))).toBe(
      'ring [phone number removed] about [postcode removed]',
    );
    expect(describeFindings(findIdentifiers('a@b.org c@d.org'))).toBe('e-mail addresses');
    expect(describeFindings([])).toBe('');
  });

  test('a mask never makes a text longer than a field holds', () => {
    const text = 'a@b.org '.repeat(375).trim();
    const masked = maskIdentifiers(text, findIdentifiers(text));
    expect(Array.from(masked).length).toBeLessThanOrEqual(3000);
    expect(findIdentifiers(masked)).toEqual([]);
  });

  test('a broken check lets the saving go on', () => {
    const find = () => {
      throw new Error('broken');
    };
    expect(checkBeforeSaving('07700 900123', { find })).toEqual({ kind: 'unavailable' });
    expect(checkBeforeSaving('a quiet day')).toEqual({ kind: 'clear' });
    // Who is named beside what is masked tells who that was; without it, it may be an author or a trainer.
    expect(checkBeforeSaving('Tom Brown wrote about it')).toEqual({ kind: 'clear' });
    const beside = 'Mrs Kowalska and Tom Brown came to Shepherd Street';
    const seenBeside = checkBeforeSaving(beside);
    expect(seenBeside.kind === 'found' && maskIdentifiers(beside, seenBeside.findings)).toBe(
      'Mrs [name removed] and [name removed] came to Shepherd Street',
    );
    const told = { title: 'With Tom Brown', text: 'Ring 07700 900123' };
    const looked = lookThrough({}, 'warned', told, { title: 150, text: 3000 });
    expect(looked).toMatchObject({ texts: { title: 'With [name removed]' } });
    expect(checkBeforeSaving('07700 900123')).toMatchObject({ kind: 'found', findings: [{ kind: 'phone' }] });
  });
});

const fragments = fc.constantFrom(
  '0',
  '7',
  '9',
  '44',
  '+',
  ' ',
  '-',
  '.',
  '/',
  '(',
  ')',
  '@',
  'a',
  'E',
  'B',
  'DOB',
  'born ',
  'NHS ',
  'Mosaic ',
  'no. ',
  'tel ',
  'mobile',
  ' ext 12',
  'NI number ',
  'NI',
  'AB 12 34 56',
  'is her birthday',
  '(at)',
  'postcode ',
  'the hospital, ',
  'lives ',
  '. ',
  'order no. ',
  'ref ',
  ', ',
  '\t',
  '7700 900123',
  '12 March',
  '447700900123',
  'e81ea',
  'DOBs ',
  ' and ',
  '07700 900123',
  'E8 1EA',
  '943 476 5919',
  'AB123456C',
  'a@b.org',
  '3/4/2014',
  'a girl called ',
  'Amira',
  '\n',
  '\u200b',
  '🙂',
  'ש',
  '<@U1>',
  'https://x.org/1 ',
  '[',
  ']',
);
const messy = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 300 }),
  fc.array(fragments, { maxLength: 30 }).map((parts) => parts.join('')),
);

describe('whatever is written', () => {
  test('positions are inside the text, in order, and do not overlap', () => {
    fc.assert(
      fc.property(messy, (text) => {
        let from = 0;
        for (const { start, end } of findIdentifiers(text)) {
          expect(start).toBeGreaterThanOrEqual(from);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          from = end;
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('after masking nothing is seen any more, and the rest stands as it was', () => {
    fc.assert(
      fc.property(messy, (text) => {
        const findings = findIdentifiers(text);
        const masked = maskIdentifiers(text, findings);
        expect(findIdentifiers(masked)).toEqual([]);
        if (findings.length === 0) expect(masked).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });

  const nhsNumber = fc
    .stringMatching(/^\d{9}$/)
    .map((nine) => Array.from('0123456789', (digit) => nine + digit).find(isNhsNumber))
    .filter((number) => number !== undefined);

  test('every valid NHS number is found when it is grouped', () => {
    fc.assert(
      fc.property(nhsNumber, fc.constantFrom(' ', '-'), (number, gap) => {
        const grouped = [number.slice(0, 3), number.slice(3, 6), number.slice(6)].join(gap);
        expect(findIdentifiers(`She is ${grouped}, I think`)).toHaveLength(1);
      }),
    );
  });

  const gap = fc.constantFrom(' ', '  ', '\n', '.', '_', '-', '/', '\t', '\u00a0', ' - ', '\u2013');
  /** Cut anywhere, with the same sign in between. */
  const cut = (digits: string, cuts: readonly number[], sign: string): string => {
    const at = [...new Set(cuts)].toSorted((a, b) => a - b);
    return [0, ...at].map((from, index) => digits.slice(from, at[index])).join(sign);
  };
  const isSeenAs = (kind: IdentifierKind, what: string, text: string): boolean => {
    const start = text.indexOf(what);
    return findIdentifiers(text).some(
      (one) => one.kind === kind && one.start <= start && one.end >= start + what.length,
    );
  };

  test('an NHS number that is called one is found however its digits are grouped', () => {
    const cue = fc.constantFrom('NHS number ', 'NHS no. ', 'nhs no:\n', 'NHS Number: ', 'her NHS number is ');
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 });
    fc.assert(
      fc.property(nhsNumber, cue, cuts, gap, (number, called, where, sign) => {
        const what = cut(number, where, sign);
        expect(isSeenAs('nhs-number', what, `Seen today. ${called}${what}, and then home.`)).toBe(true);
      }),
    );
  });

  test('a mobile number is found in any spacing, over two lines too', () => {
    const number = fc.integer({ min: 0, max: 999 }).map((last) => `07700900${String(last).padStart(3, '0')}`);
    const cuts = fc.constantFrom([5], [5, 8], [3, 7], [4, 8], [4, 7]);
    fc.assert(
      fc.property(number, cuts, gap, (digits, where, sign) => {
        const what = cut(digits, where, sign);
        expect(isSeenAs('phone', what, `ring her on ${what} before ten`)).toBe(true);
      }),
    );
  });

  test('a National Insurance number is found in any case and spacing behind its cue', () => {
    const digits = fc.stringMatching(/^\d{6}$/);
    const cue = fc.constantFrom('NI number ', 'ni no. ', 'National Insurance number:\n', 'NINO: ');
    fc.assert(
      fc.property(cue, digits, gap, fc.boolean(), (called, six, sign, isSmall) => {
        const spread = ['QQ', six.slice(0, 2), six.slice(2, 4), six.slice(4), 'C'].join(sign);
        const what = isSmall ? spread.toLowerCase() : spread;
        expect(isSeenAs('ni-number', what, `${called}${what} was on the form`)).toBe(true);
      }),
    );
  });

  test('a date behind "DOB" is found with any sign or none, on the next line too', () => {
    const day = fc.date({ min: new Date('2005-01-01'), max: new Date('2025-12-31'), noInvalidDate: true });
    const cue = fc.constantFrom('DOB ', 'dob: ', 'D.O.B.\n', 'Date of birth:\n', 'date of birth is ');
    const sign = fc.constantFrom('/', '.', '-', '_', ' / ');
    fc.assert(
      fc.property(cue, day, sign, (called, date, by) => {
        const [year = '', month = '', dayOf = ''] = date.toISOString().slice(0, 10).split('-');
        const written = [dayOf, month, year].join(by);
        expect(isSeenAs('birth-date', written, `${called}${written}, second child`)).toBe(true);
        const bare = dayOf + month + year;
        const short = called.replace(' is ', ': ');
        expect(isSeenAs('birth-date', bare, `${short}${bare}, second child`)).toBe(true);
      }),
    );
  });

  test('a wrong last digit is no NHS number', () => {
    fc.assert(
      fc.property(nhsNumber, fc.integer({ min: 1, max: 9 }), (number, more) => {
        const wrong = number.slice(0, 9) + ((Number(number[9]) + more) % 10);
        expect(isNhsNumber(wrong)).toBe(false);
      }),
    );
  });

  test('plain words are hardly ever taken for an identifier', () => {
    const word = fc.stringMatching(/^[a-z]{1,9}$/);
    const small = fc.integer({ min: 0, max: 200 }).map(String);
    const prose = fc.array(fc.oneof({ weight: 6, arbitrary: word }, { weight: 1, arbitrary: small }), {
      minLength: 5,
      maxLength: 60,
    });
    const flagged = fc
      .sample(prose, { numRuns: 1500, seed: 7 })
      .filter((words) => findIdentifiers(words.join(' ')).length > 0);
    expect(flagged.length).toBeLessThan(8);
  });

  test('3,000 characters of the worst kind are looked at in a moment', () => {
    for (const piece of [
      'Maya and ',
      'baby ',
      'mum is Maya, ',
      'Flat 1 ',
      '1 A ',
      '1\n',
      'DOB\n',
      'NHS no ',
      "'s name ",
      '0',
      '07',
      '07 ',
      'a',
      'a.',
      'born ',
      '1-',
      'a@',
      'AB1 ',
      'E8 1AA ',
      'Ab-',
      '1 ',
      'A',
      '((',
      '+ ',
      'Mosaic no ',
      '٣',
    ])
      expect(() => findIdentifiers(piece.repeat(3000 / piece.length))).not.toThrow();
  }, 2000);

  test('and so is whatever is repeated over 3,000 characters', () => {
    fc.assert(
      fc.property(fc.array(fragments, { minLength: 1, maxLength: 4 }), (parts) => {
        const piece = parts.join('');
        findIdentifiers(piece.repeat(Math.ceil(3000 / piece.length)));
      }),
    );
  }, 10_000);
});
