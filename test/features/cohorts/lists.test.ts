import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTrainees, type TraineeList } from '../../../src/features/cohorts/importing/csv.ts';
import { columnOf } from '../../../src/features/cohorts/importing/headings.ts';
import { showName } from '../../../src/features/cohorts/importing/names.ts';

function read(text: string, groups: string[] = []): TraineeList {
  const answer = readTrainees(text, (name) => groups.includes(name));
  if (answer.kind !== 'rows') throw new Error(`Not rows but ${answer.kind}.`);
  return answer;
}

/** Line, address, name: enough to see who was read. */
const people = (text: string) => read(text).rows.map(({ line, email, name }) => [line, email, name]);

describe('recipients as mail programs copy them', () => {
  test.each([
    [
      'Outlook, one line',
      'SMITH, Jane (EAST LONDON NHS FOUNDATION TRUST) <a@x.org>; DOE, John <b@x.org>; Ali, Amina <c@x.org>',
    ],
    [
      'Outlook, typed after',
      'SMITH, Jane (A, B; C) <a@x.org>;DOE, John<b@x.org>;Ali, Amina <mailto:c@x.org>;',
    ],
    ['Gmail', '"Smith, Jane" <a@x.org>, John Doe <b@x.org>, Amina Ali <c@x.org>,'],
    ['commas without quotes', 'Smith, Jane <a@x.org>, Doe, John <b@x.org>, Ali, Amina <c@x.org>'],
    ['Apple Mail', 'Jane Smith <a@x.org>, John Doe <b@x.org>, Amina Ali <c@x.org>'],
    ['single quotes', "'Jane Smith' <a@x.org>; 'John Doe' <b@x.org>; 'Ali, Amina' <c@x.org>"],
    ['curly quotes', '“Smith, Jane” <a@x.org>; ‘John Doe’ <b@x.org>; “Amina Ali” <c@x.org>'],
    ['a header', 'To: Smith, Jane <a@x.org>; Doe, John <b@x.org>; Amina Ali <c@x.org>'],
    ['square brackets', 'Jane Smith [mailto:a@x.org]; John Doe [b@x.org]; Amina Ali (c@x.org)'],
    ['names behind', 'a@x.org (Jane Smith), b@x.org (John Doe), c@x.org (Amina Ali)'],
    ['nothing between', 'Jane Smith <a@x.org> John Doe <b@x.org> Amina Ali <c@x.org>'],
    ['Slack', 'Jane Smith <mailto:a@x.org|a@x.org>, John Doe <mailto:b@x.org|b@x.org>, Amina Ali <c@x.org>'],
    ['degrees', 'Jane Smith, RN <a@x.org>; John Doe, MSc <b@x.org>; Amina Ali, Health visitor <c@x.org>'],
  ])('%s', (_shape, text) =>
    expect(people(text)).toEqual([
      [1, 'a@x.org', 'Jane Smith'],
      [1, 'b@x.org', 'John Doe'],
      [1, 'c@x.org', 'Amina Ali'],
    ]),
  );

  test('one a line, with bullets, numbers and marks that cannot be seen', () =>
    expect(
      people(
        [
          '• SMITH, Jane (A TRUST) <a@x.org>;',
          '1. John Doe – b@x.org',
          '(2)\tAmina Ali\tc@x.org',
          '- “O’Brien, Pat” <o’brien@x.org>',
          '* \u202aso\u00adft.hyphen@x.org\u202c',
          'Mary\u00a0Ann\u00a0Lee:\u00a0mary\u2011ann@x.org',
          '**e@x.org**',
        ].join('\n'),
      ),
    ).toEqual([
      [1, 'a@x.org', 'Jane Smith'],
      [2, 'b@x.org', 'John Doe'],
      [3, 'c@x.org', 'Amina Ali'],
      [4, "o'brien@x.org", "Pat O'Brien"],
      [5, 'soft.hyphen@x.org', undefined],
      [6, 'mary-ann@x.org', 'Mary Ann Lee'],
      [7, 'e@x.org', undefined],
    ]));

  test('an address that is its own label counts once', () =>
    expect(people('\'a@x.org\' <a@x.org>; "b@x.org" <b@x.org>; c@x.org <c@x.org>')).toEqual([
      [1, 'a@x.org', undefined],
      [1, 'b@x.org', undefined],
      [1, 'c@x.org', undefined],
    ]));

  test('a name on one line, the address on the next', () =>
    expect(people('Jane Smith\njane@x.org\n\nDOE, John\njohn.doe@x.org')).toEqual([
      [2, 'jane@x.org', 'Jane Smith'],
      [5, 'john.doe@x.org', 'John Doe'],
    ]));

  test('whoever has no address is told, the others are read', () => {
    expect(people('SMITH, Jane (A TRUST); DOE, John <b@x.org>; Ali, Amina; Bob')).toEqual([
      [1, 'b@x.org', 'John Doe'],
      [1, '', 'SMITH, Jane (A TRUST)'],
      [1, '', 'Ali, Amina'],
      [1, '', 'Bob'],
    ]);
    expect(people('Jane Smith <a@x.org>, Bob Jones, John Doe <b@x.org>, broken@, Pat')).toEqual([
      [1, 'a@x.org', 'Jane Smith'],
      [1, 'b@x.org', 'John Doe'],
      [1, '', 'Bob Jones'],
      [1, 'broken@', undefined],
    ]);
  });

  test('whom to ask is nobody on the list, and is told', () => {
    const text =
      'From: Jo Lead <jo@x.org>\nPlease send changes to admin@x.org\nTo: Ana Bee <a@x.org>\nQuestions? b@x.org';
    expect(people(text)).toEqual([[3, 'a@x.org', 'Ana Bee']]);
    expect(read(text).outside).toEqual([
      { line: 1, address: 'jo@x.org' },
      { line: 2, address: 'admin@x.org' },
      { line: 4, address: 'b@x.org' },
    ]);
  });
});

describe('cells without headings', () => {
  test.each([
    ['surname first', 'Smith,Jane,jane@x.org\nDoe,John,john@x.org'],
    ['first name first', 'Jane,Smith,jane@x.org\nJohn,Doe,john@x.org'],
    ['initial and surname', 'Smith;Jane;jsmith@x.org\nDoe;John;jdoe@x.org'],
    ['capitals', 'SMITH\tJane\tp1@x.org\nDOE\tJohn\tp2@x.org'],
    ['numbers', '1,Jane Smith,jane@x.org\n2,John Doe,john@x.org'],
    ['address first', 'jane@x.org|Smith|Jane\njohn@x.org|Doe|John'],
    ['one cell', '"Smith, Jane",jane@x.org\n"Doe, John",john@x.org'],
    ['tabs and a line break', '1\t"Smith,\nJane"\tjane@x.org\n2\tDoe, John\tjohn@x.org'],
    ['a phone and a date', 'Jane Smith,07700 900123,01/02/2026,jane@x.org\nJohn Doe,,,john@x.org'],
  ])('%s: no name becomes a group', (_shape, text) => {
    expect(read(text).rows.map(({ name }) => name)).toEqual(['Jane Smith', 'John Doe']);
    expect(read(text).rows.map(({ cohort }) => cohort)).toEqual([undefined, undefined]);
  });

  test('a surname that is a season is no group', () =>
    expect(read('Jane,Winter,p1@x.org').rows).toMatchObject([{ name: 'Jane Winter', cohort: undefined }]));

  test('roles and agencies are known by their looks, wherever they stand', () => {
    const text =
      'Health visitor,Hackney Council,Jane Smith,jane@x.org\nMidwife,A Made-up Trust,John Doe,john@x.org';
    expect(read(text)).toMatchObject({
      guessed: ['name', 'agency', 'role'],
      rows: [
        { name: 'Jane Smith', agency: 'Hackney Council', role: 'Health visitor', cohort: undefined },
        { name: 'John Doe', agency: 'A Made-up Trust', role: 'Midwife', cohort: undefined },
      ],
    });
  });

  test('a group is one that there is, that says so, or that repeats', () => {
    expect(read('Jane Smith,jane@x.org,Early years', ['Early years']).rows[0]?.cohort).toBe('Early years');
    expect(read('Jane Smith,jane@x.org,Perinatal pilot').rows[0]?.cohort).toBe('Perinatal pilot');
    const four = ['Jane Smith', 'John Doe', 'Amina Ali', 'Pat Lee'].map(
      (name, index) => `${name},p${index}@x.org,${index < 2 ? 'East' : 'West'}`,
    );
    expect(read(four.join('\n')).rows.map(({ cohort }) => cohort)).toEqual(['East', 'East', 'West', 'West']);
    expect(read('Jane Smith,jane@x.org,East\nJohn Doe,john@x.org,West')).toMatchObject({
      rows: [{ cohort: undefined }, { cohort: undefined }],
      unusedHeadings: ['East'],
    });
  });
});

describe('headings', () => {
  test.each([
    ['E-mail 1 - Value', 'email'],
    ['Primary Email', 'email'],
    ['Email address (required)*', 'email'],
    ['What is your work e-mail address?', 'email'],
    ['Email (e.g. name@example.org)', 'email'],
    ['Attendee email', 'email'],
    ['Secondary Email', 'email'],
    ['User Name (Original Name)', 'name'],
    ['STUDENT’S FULL NAME', 'name'],
    ['Surname, First name', 'name'],
    ['Attendee first name', 'firstName'],
    ['Forename(s)', 'firstName'],
    ['Family name', 'lastName'],
    ['Which cohort are you joining?', 'cohort'],
    ['Group name', 'cohort'],
    ['Organization Name', 'agency'],
    ['Which organisation do you work for?', 'agency'],
    ['Employer / organisation', 'agency'],
    ['Organization 1 - Title', 'role'],
    ['Job title/role', 'role'],
    ['What is your current role?', 'role'],
  ])('%s: %s', (heading, column) => expect(columnOf(heading)).toBe(column));

  test.each([
    'Line manager email',
    'Host email',
    'Buyer name',
    'Emergency contact name',
    'E-mail 1 - Type',
    'E-mail Display Name',
    'Additional Name',
    'Event name',
    'Name prefix',
    'First Join',
    'Last contact',
    'Last modified time',
    'Age group you work with',
    'Group Membership',
    'Service user',
    'Organisation type',
    'Post code',
    'Title',
    'Participants',
  ])('%s is none of ours', (heading) => expect(columnOf(heading)).toBeUndefined());

  const jane = { email: 'jane@x.org', name: 'Jane Smith' };
  test.each([
    [
      'Google Contacts',
      'First Name,Middle Name,Last Name,Organization Name,Organization Title,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value\nJane,,Smith,Hub,Nurse,* myContacts,Work,jane@x.org,Home,other@x.org',
      { ...jane, agency: 'Hub', role: 'Nurse', cohort: undefined },
    ],
    [
      'Outlook',
      'Title,First Name,Last Name,Company,Job Title,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address\nDr,Jane,Smith,Hub,Nurse,jane@x.org,SMTP,Jane Smith (jane@x.org),',
      { ...jane, agency: 'Hub', role: 'Nurse' },
    ],
    [
      'Thunderbird',
      'First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Job Title,Organization\nJane,Smith,Jane Smith,JS,,jane@x.org,Nurse,Hub',
      { ...jane, agency: 'Hub', role: 'Nurse' },
    ],
    [
      'Microsoft Forms',
      'ID\tStart time\tCompletion time\tEmail\tName\tYour full name\tYour work email address\tWhat is your role?\n1\t1/1/26\t1/1/26\tanonymous\t\tJane Smith\tjane@x.org\tNurse',
      { ...jane, role: 'Nurse' },
    ],
    [
      'Google Forms, whole questions',
      'Timestamp,"Which e-mail address will you use for Slack, please?",What should we call you?,Line manager’s email\n2026,jane@x.org,Jane Smith,boss@x.org',
      jane,
    ],
    [
      'Eventbrite',
      'Order ID,Order date,Attendee status,Event name,Buyer name,Buyer email,Attendee first name,Attendee last name,Attendee email\n1,2026,Attending,Training,Bo Buyer,bo@x.org,Jane,Smith,jane@x.org',
      jane,
    ],
    ['no word for the address', 'Name,Contact,Role\nJane Smith,jane@x.org,Nurse', { ...jane, role: 'Nurse' }],
    ['no word for the name', 'Email,Who\njane@x.org,Jane Smith', jane],
    ['a comma without quotes', 'Name,Email,Role\nSmith, Jane,jane@x.org,Nurse', { ...jane, role: 'Nurse' }],
    ['surname first in a cell', 'Name;Email\n"SMITH, Jane (A TRUST)";jane@x.org', jane],
    ['a table in text', '| Name | Email |\n|---|---|\n| Jane Smith | jane@x.org |', jane],
    [
      'a line above with more commas',
      'Trainees, spring, 2026, draft\nName;Email\nJane Smith;jane@x.org',
      jane,
    ],
    ['a title that speaks of e-mail', 'E-mail addresses\nName,Email\nJane Smith,jane@x.org', jane],
  ])('%s', (_program, text, expected) => {
    expect(read(text).rows).toHaveLength(1);
    expect(read(text).rows[0]).toMatchObject(expected);
    expect(read(text).outside).toEqual([]);
  });

  test('several addresses in a cell are all read; in columns of their own, only the first, and that is told', () => {
    const text =
      'Email,E-mail 2,Name\n"a@x.org; b@x.org",c@x.org,Jane Smith\nd@x.org / e@x.org,,John Doe\n"f@x.org\ng@x.org",,Ana';
    expect(people(text)).toEqual([
      [2, 'a@x.org', 'Jane Smith'],
      [2, 'b@x.org', 'Jane Smith'],
      [3, 'd@x.org', 'John Doe'],
      [3, 'e@x.org', 'John Doe'],
      [4, 'f@x.org', 'Ana'],
      [4, 'g@x.org', 'Ana'],
    ]);
    expect(read(text).unusedHeadings).toEqual(['E-mail 2']);
  });

  test('somebody else’s address is never taken for the trainee’s', () =>
    expect(readTrainees('Name,Line manager email\nJane,boss@x.org')).toMatchObject({
      kind: 'no-email-column',
    }));

  test('an address in the cell for the name is read; a remark that holds one hides nobody', () => {
    expect(people('Name,Email,Notes\nJane Smith <jane@x.org>,,\nJohn Doe,,ask admin@x.org')).toEqual([
      [2, 'jane@x.org', 'Jane Smith'],
      [3, '', 'John Doe'],
    ]);
    expect(read('Name,Email,Notes\nJohn Doe,,ask admin@x.org').unusedHeadings).toEqual(['Notes']);
  });

  test('an answer that reads like a heading is none', () =>
    expect(
      people(
        'Name,Email,Role,Contact by\nJane Smith,,Nurse,Email\nBo Lee,,Teacher,e-mail manager\nJohn Doe,john@x.org,,Post',
      ),
    ).toEqual([
      [2, '', 'Jane Smith'],
      [3, '', 'Bo Lee'],
      [4, 'john@x.org', 'John Doe'],
    ]));

  test('what a stray quotation mark swallows is told', () =>
    expect(read('email,name\na@x.org,"Ana\nb@x.org,Ben\nc@x.org,"Cy"\nd@x.org,Di').outside).toEqual([
      { line: 3, address: 'b@x.org' },
      { line: 4, address: 'c@x.org' },
    ]));
});

describe('reports of meetings', () => {
  const teams = [
    '1. Summary',
    'Meeting title\tSpring training',
    'Attended participants\t3',
    'Organised by\tjo@x.org',
    '',
    '2. Participants',
    'Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole',
    'Smith, Jane\t1/24/26, 9:59:00 AM\t1/24/26, 10:59:00 AM\t1h\tjane@x.org\tn1@x.org\tOrganizer',
    'Doe, John (External)\t1/24/26, 9:59:00 AM\t\t1h\tjohn@x.org\tjohn@x.org\tPresenter',
    'Pat Phone\t1/24/26, 9:59:00 AM\t\t1h\t\t\tAttendee',
    '',
    '3. In-Meeting Activities',
    'Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole',
    'Smith, Jane\t1/24/26, 9:59:00 AM\t\t1h\tjane@x.org\tOrganizer',
  ].join('\r\n');

  test('Teams: who took part, whoever has no address, no role in the meeting', () => {
    const { rows, outside } = read(teams);
    expect(rows.map(({ line, email, name, role }) => [line, email, name, role])).toEqual([
      [8, 'jane@x.org', 'Jane Smith', undefined],
      [9, 'john@x.org', 'John Doe', undefined],
      [10, '', 'Pat Phone', undefined],
      [14, 'jane@x.org', 'Jane Smith', undefined],
    ]);
    expect(outside).toEqual([{ line: 4, address: 'jo@x.org' }]);
  });

  test('Zoom: the host’s address above the list is told and not taken', () => {
    const text =
      'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n"812 3456",Training,1,2,host@x.org,60,2\n\nName (Original Name),User Email,Join Time,Leave Time,Guest\nJane Smith (she/her),jane@x.org,1,2,No\n447700900123,,1,2,Yes';
    expect(people(text)).toEqual([
      [5, 'jane@x.org', 'Jane Smith'],
      [6, '', '447700900123'],
    ]);
    expect(read(text).outside).toEqual([{ line: 2, address: 'host@x.org' }]);
  });

  test('Zoom: who registered', () =>
    expect(
      people(
        'Registration Report\nReport Generated:,"01/01/2026 10:00"\nTopic,Webinar ID,Scheduled Time\nTraining,1,2\n\nAttendee Details\nFirst Name,Last Name,Email,Registration Time,Approval Status\nJane,Smith,jane@x.org,1,approved',
      ),
    ).toEqual([[8, 'jane@x.org', 'Jane Smith']]));
});

describe('a name for showing', () => {
  test.each([
    ['SMITH, Jane (EAST LONDON NHS FOUNDATION TRUST)', 'Jane Smith'],
    ['O’BRIEN-SMITH, Pat', "Pat O'Brien-Smith"],
    ['MCDONALD, Ewan', 'Ewan McDonald'],
    ['VAN DER BERG, Anna Maria', 'Anna Maria Van Der Berg'],
    ['de Souza, Maria', 'Maria de Souza'],
    ['Smith, Jane, Dr', 'Jane Smith'],
    ['Jane Smith, RN, MSc', 'Jane Smith'],
    ['JANE SMITH', 'Jane Smith'],
    ['AJ Smith', 'AJ Smith'],
    ['Jane “Janey” Smith', 'Jane "Janey" Smith'],
    ['zoë müller', 'zoë müller'],
    ['jane@x.org', undefined],
    [' – ', undefined],
  ])('%s', (written, shown) => expect(showName(written)).toBe(shown));
});

type Person = { first: string; last: string; email: string; role: string; agency: string };

const person = fc.record({
  first: fc.constantFrom('Jane', 'Zoë', 'Mary-Ann', 'Amina', 'John', 'Siân', 'Li'),
  last: fc.constantFrom('Smith', 'O’Brien', 'Müller', 'Smith-Jones', 'Ali', 'Doe', 'Winter'),
  role: fc.constantFrom('Health visitor', 'Nurse', 'Social worker', 'Teacher, primary'),
  agency: fc.constantFrom('Hackney Council', 'A Made-up NHS Trust', 'The Hub; East'),
});

/** The same name twice is told apart by the address. */
const someone = fc.array(person, { minLength: 1, maxLength: 8 }).map((some) =>
  some.map(
    (one, index): Person => ({
      ...one,
      email: `${one.first}.${one.last}${index}@example.org`
        .normalize('NFKD')
        .replace(/[\p{M}’]/gu, '')
        .toLowerCase(),
    }),
  ),
);

const quoted = (cell: string): string => (/[,;"\t\n]/.test(cell) ? `"${cell}"` : cell);
const table =
  (separator: string, headings: string[] | undefined, cells: (one: Person, index: number) => string[]) =>
  (all: Person[]): string =>
    [...(headings ? [headings] : []), ...all.map(cells)]
      .map((row) => row.map(quoted).join(separator))
      .join('\n');
const recipients = (between: string, of: (one: Person) => string) => (all: Person[]) =>
  all.map(of).join(between);
const outlook = ({ first, last, email }: Person): string =>
  `${last.toUpperCase()}, ${first} (A TRUST) <${email}>`;

/** How lists are written, and whether a role and an agency can be read from it. */
const shapes: [string, boolean, (all: Person[]) => string][] = [
  ['Outlook, one line', false, recipients('; ', outlook)],
  ['Outlook, lines', false, recipients(';\n', outlook)],
  ['Gmail', false, recipients(', ', ({ first, last, email }) => `"${last}, ${first}" <${email}>`)],
  ['Apple Mail', false, recipients(', ', ({ first, last, email }) => `${first} ${last} <${email}>`)],
  ['bullets', false, recipients('\n', ({ first, last, email }) => `• ${first} ${last} – ${email}`)],
  ['surname, first name', false, table(',', undefined, (one) => [one.last, one.first, one.email])],
  [
    'numbers',
    false,
    table(',', undefined, (one, index) => [`${index + 1}`, `${one.first} ${one.last}`, one.email]),
  ],
  [
    'no headings',
    true,
    table(',', undefined, (one) => [`${one.first} ${one.last}`, one.email, one.agency, one.role]),
  ],
  [
    'a spreadsheet',
    true,
    table('\t', ['Role', 'Name', 'Organisation', 'E-mail'], (one) => [
      one.role,
      `${one.last}, ${one.first}`,
      one.agency,
      one.email,
    ]),
  ],
  [
    'semicolons below a title',
    true,
    (all) =>
      `Trainees, spring\n\n${table(';', ['Surname', 'First name', 'Email address (required)*', 'Job title', 'Employer'], (one) => [one.last, one.first, one.email, one.role, one.agency])(all)}`,
  ],
  [
    'Forms',
    true,
    table(
      ',',
      ['ID', 'Email', 'Name', 'Your name', 'Your work email', 'What is your role?', 'Where do you work?'],
      (one, index) => [
        `${index}`,
        'anonymous',
        '',
        `${one.first} ${one.last}`,
        one.email,
        one.role,
        one.agency,
      ],
    ),
  ],
  [
    'Teams',
    false,
    (all) =>
      `1. Summary\nMeeting title\tTraining\n\n2. Participants\n${table('\t', ['Name', 'First Join', 'Email', 'Participant ID (UPN)', 'Role'], (one, index) => [`${one.last}, ${one.first}`, '1/24/26', one.email, `n${index}@x.org`, 'Attendee'])(all)}`,
  ],
];

const plain = (text: string): string => text.replaceAll('’', "'");

describe.each(shapes)('any list of people, as %s', (shape, hasWork, write) => {
  const expected = (all: Person[]) =>
    all.map(({ first, last, email, role, agency }) => ({
      email,
      name: plain(`${first} ${last}`),
      role: hasWork ? role : undefined,
      agency: hasWork ? plain(agency) : undefined,
      cohort: undefined,
    }));

  test('is read as the same people', () => {
    fc.assert(
      fc.property(someone, fc.constantFrom('\n', '\r\n', '\r'), (all, lineEnd) => {
        const { rows, outside } = read(write(all).replaceAll('\n', lineEnd));
        expect(rows.map(({ line: _line, ...row }) => row)).toEqual(expected(all));
        expect(outside).toEqual([]);
      }),
    );
  });

  const nothing = fc.constantFrom(
    '',
    '   ',
    '---',
    'Total: 12',
    'Page 1 of 2',
    '.',
    'Questions? admin@x.org',
  );
  const lost = fc.constantFrom('Bob Lost', 'Lost, Bob', 'LOST, Bob (A TRUST)');
  test('shuffled, with noise between the lines; whoever has no address is told with the line', () => {
    const shuffled = someone.chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
    fc.assert(
      fc.property(shuffled, fc.array(fc.tuple(nothing, fc.nat())), lost, fc.nat(), (all, noise, bob, at) => {
        const lines = write(all).split('\n');
        const top = Math.max(0, lines.length - all.length);
        const insert = (line: string, where: number) =>
          lines.splice(top + (where % (lines.length - top + 1)), 0, line);
        for (const [line, where] of noise) insert(line, where);
        insert(quoted(bob), at);
        const { rows, outside } = read(lines.join('\n'));
        const here = rows.filter(({ email }) => email !== '');
        expect(
          here.map(({ email, name, role }) => [email, name, role]),
          shape,
        ).toEqual(expected(all).map(({ email, name, role }) => [email, name, role]));
        const away = rows.filter(({ email }) => email === '');
        expect(away.map(({ line }) => lines[line - 1])).toEqual([quoted(bob)]);
        expect(outside.map(({ line }) => line)).toEqual(
          lines.flatMap((line, index) => (line.startsWith('Questions') ? index + 1 : [])),
        );
      }),
    );
  });
});

test('whatever stands in a list, every address in it is read or told', () => {
  const pieces = fc.constantFrom(
    ...[
      'Jane',
      'SMITH',
      'O’Brien',
      '(A Trust)',
      '•',
      '1.',
      '1',
      'Name',
      'Email',
      'Role',
      'Group',
      'To:',
      'and',
    ],
    ...[
      '"',
      '“',
      "'",
      '<',
      '>',
      '(',
      ')',
      '[',
      ']',
      ',',
      ',',
      ';',
      ';',
      '\t',
      '|',
      '\n',
      '\n',
      ' ',
      '/',
      '?',
    ],
    ...['a@x.org', 'b@x.org', 'c@x.org', '<d@x.org>', 'mailto:e@x.org', 'broken@', 'no email'],
  );
  // An address ends where something stands that none can hold.
  const whole = /(?<![^\s<>()[\]{}",;:\\|/])[a-e]@x\.org(?![^\s<>()[\]{}",;:\\|/])/g;
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), fc.constantFrom('', ' '), (some, between) => {
      const text = some.join(between);
      const answer = readTrainees(text);
      const written = new Set(text.replaceAll(/[“”]/g, '"').match(whole));
      if (answer.kind === 'unreadable') return;
      const told =
        answer.kind === 'rows'
          ? [...answer.rows.map(({ email }) => email), ...answer.outside.map(({ address }) => address)]
          : [];
      // Left in a second column of addresses, which is told by its heading.
      if (answer.kind === 'rows' && answer.unusedHeadings.some((heading) => heading.includes('Email')))
        return;
      expect(told).toEqual(expect.arrayContaining([...written]));
    }),
    { numRuns: 2000, examples: [[['Jane', ',', 'Email', '\n', 'c@x.org', '<d@x.org>'], '']] },
  );
});

describe('whatever else lists come in', () => {
  /** "Jane Smith <a@x.org>"; whoever has no address has none here; what stands outside the list begins with "~". */
  const who = (text: string): string[] => {
    const { rows, outside } = read(text);
    return [
      ...rows.map(({ email, name }) => [name, email && `<${email}>`].filter(Boolean).join(' ')),
      ...outside.map(({ address }) => `~${address}`),
    ];
  };
  const both = ['Jane Smith <jane@x.org>', 'John Doe <john@x.org>'];

  test.each([
    ['links of Markdown', '[Jane Smith](mailto:jane@x.org)\n[John Doe](john@x.org)'],
    ['addresses that are spelled out', 'Jane Smith jane[at]x.org\nJohn Doe <john (at) x.org>'],
    ['entities of a web page', 'Jane Smith &lt;jane@x.org&gt;; John&nbsp;Doe &lt;john@x.org&gt;'],
    ['wide letters', 'Ｊａｎｅ　Ｓｍｉｔｈ，ｊａｎｅ＠ｘ．ｏｒｇ\nJohn Doe,john@x.org'],
    ['emoji', '🌟 Jane Smith <jane@x.org>; John 🙂 Doe <john@x.org>'],
    ['mentions', '@Jane Smith jane@x.org\n@John Doe john@x.org'],
    ['a tab behind “To:”', 'To:\tJane Smith <jane@x.org>;\n\tDoe, John <john@x.org>'],
    ['notes behind', 'Jane Smith <jane@x.org> (starts in May)\nJohn Doe <john@x.org> - maternity leave'],
    ['marks behind', 'Jane Smith <jane@x.org> *new*\nJohn Doe <john@x.org> — not sure yet'],
    [
      'degrees and work behind surnames',
      'Smith, Jane, RN, MSc <jane@x.org>; Doe, John, Midwife <john@x.org>',
    ],
    ['work in quotes', '"Smith, Jane (Dr)" <jane@x.org>; "Doe, John - Midwife" <john@x.org>'],
    [
      'employers behind dashes',
      'Jane Smith - Hackney Council - jane@x.org\nJohn Doe - A Made-up Trust - john@x.org',
    ],
    ['slashes', 'Jane Smith / jane@x.org\nJohn Doe / john@x.org'],
    ['marks of senders from outside', '[EXTERNAL] Jane Smith <jane@x.org>; EXT: John Doe <john@x.org>'],
    ['letters before', 'a) Jane Smith jane@x.org\n(ii) John Doe john@x.org'],
    ['labels on one line', 'Name: Jane Smith, Email: jane@x.org\nName: John Doe, Email: john@x.org'],
    ['labels, a person a block', 'Name: Jane Smith\nEmail: jane@x.org\n\nName: John Doe\nEmail: john@x.org'],
    [
      'labels with empty lines between',
      'Full name: Jane Smith\n\nEmail address: jane@x.org\n\nFull name: John Doe\n\nEmail address: john@x.org',
    ],
    [
      'labels, more of them',
      'First name: Jane\nSurname: Smith\nRole: Midwife\nEmail: jane@x.org\n\nFirst name: John\nSurname: Doe\nEmail: john@x.org',
    ],
    ['labels and tabs', 'Name\tJane Smith\nEmail\tjane@x.org\nName\tJohn Doe\nEmail\tjohn@x.org'],
    ['cards', 'Jane Smith\nMidwife\nA Made-up Trust\njane@x.org\n\nDoe, John\nSocial worker\njohn@x.org'],
    [
      'members of a Slack workspace',
      'username,email,status,userid,fullname,displayname\njs,jane@x.org,Member,U1,Jane Smith,Jane\njd,john@x.org,Member,U2,John Doe,John',
    ],
    [
      'Microsoft Entra',
      'userPrincipalName,displayName,givenName,surname,mail\njane@x.org,Jane Smith,Jane,Smith,jane@x.org\njohn@x.org,John Doe,John,Doe,john@x.org',
    ],
    ['titles in a column', 'Ms,Jane,Smith,jane@x.org\nMr,John,Doe,john@x.org'],
    ['guests of a calendar', 'Jane Smith <jane@x.org>\nOrganizer\nJohn Doe <john@x.org>\nOptional'],
    ['a second line of headings', 'Name,Email\n,(required)\nJane Smith,jane@x.org\nJohn Doe,john@x.org'],
  ])('%s', (_shape, text) => expect(who(text)).toEqual(both));

  test('whoever has no address in a list with labels is told', () =>
    expect(
      who('Name: Jane Smith\nEmail: jane@x.org\nName: Amina Ali\nName: John Doe\nEmail: john@x.org'),
    ).toEqual(['Jane Smith <jane@x.org>', 'Amina Ali', 'John Doe <john@x.org>']));

  test('who sent the list is not on it, and is told', () =>
    expect(
      who(
        'Hi Ana,\n\nJane Smith, jane@x.org\nJohn Doe, john@x.org\n\nMany thanks,\nPat\n--\nPat Example | Manager\npat@x.org',
      ),
    ).toEqual([...both, '~pat@x.org']));

  test('a remark that may be a person is told', () =>
    expect(who('Jane Smith <jane@x.org> - Amina Ali')).toEqual(['Amina Ali', 'Jane Smith <jane@x.org>']));

  test.each([
    ['Prof. Amina Ali OBE', 'Prof. Amina Ali OBE'],
    ['J.R.R. DOE', 'J.R.R. Doe'],
    ['Smith, Summer', 'Summer Smith'],
    ['Smith, Jane, A Made-up Trust', 'Jane Smith'],
    ['Jane "JJ" Smith', 'Jane "JJ" Smith'],
  ])('the name %s is shown as %s', (written, shown) => expect(showName(written)).toBe(shown));

  const thousand = Array.from({ length: 1000 }, (_, index) => ({
    first: `F${'abcdefghij'.charAt(index % 10)}n`,
    last: `L${'klmnopqrst'.charAt(Math.floor(index / 10) % 10)}x`,
    email: `p${index}@x.org`,
  }));
  test.each<[string, (one: (typeof thousand)[number]) => string, string]>([
    ['recipients', ({ first, last, email }) => `${last.toUpperCase()}, ${first} (A TRUST) <${email}>`, '; '],
    ['lines', ({ first, last, email }) => `• ${first} ${last} - ${email}`, '\n'],
    ['labels', ({ first, last, email }) => `Name: ${first} ${last}\nEmail: ${email}\n`, '\n'],
    ['cards', ({ first, last, email }) => `${first} ${last} <${email}>\nMidwife`, '\n'],
  ])('a thousand as %s: each with their name', (_shape, write, between) => {
    const text = thousand.map((one) => write(one)).join(between);
    const { rows, outside } = read(text);
    expect(outside).toEqual([]);
    expect(rows.map(({ email, name }) => `${name} ${email}`)).toEqual(
      thousand.map(({ first, last, email }) => `${first} ${last} ${email}`),
    );
  });
});
