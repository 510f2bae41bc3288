import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstNameOf } from '../../src/community/names.ts';

const nobody = undefined;

describe('how somebody is greeted, by what Slack shows', () => {
  test.each<[shown: string, first: string | undefined]>([
    ['Jane', 'Jane'],
    ['Jane Smith', 'Jane'],
    ['Mary Jane Smith', 'Mary'],
    ['Anne-Marie O’Hara', 'Anne-Marie'],
    ["D'Arcy Jones", "D'Arcy"],
    ['jane smith', 'Jane'],
    ['jane', 'Jane'],
    ['Jane Smith-Jones', 'Jane'],
    ['Jane A. Smith', 'Jane'],
    ['  Jane   Smith  ', 'Jane'],
    ['bell hooks', 'Bell'],
    ['DeShawn Carter', 'DeShawn'],
    // Surname first, as directories write it.
    ['SMITH, Jane (EAST LONDON NHS FOUNDATION TRUST)', 'Jane'],
    ['SMITH, Jane (EAST LONDON NHS FOUNDATION TRUST, MENTAL HEALTH)', 'Jane'],
    ['Smith, Jane', 'Jane'],
    ['SMITH, JANE', 'Jane'],
    ['SMITH, ANNE-MARIE (TRUST)', 'Anne-Marie'],
    ['SMITH, Jane Mary', 'Jane'],
    ['Smith, Dr Jane', 'Jane'],
    ['Smith, Jane (Dr)', 'Jane'],
    ["O'NEILL, Siobhán", 'Siobhán'],
    ['van der Berg, Anna', 'Anna'],
    ['VAN DER BERG, Anna (HOMERTON HEALTHCARE)', 'Anna'],
    ['Garcia Marquez, Ana', 'Ana'],
    ['SMITH-JONES, Anne-Marie', 'Anne-Marie'],
    ['SMITH Jane', 'Jane'],
    ['SMITH Jane Mary', 'Jane'],
    ['SMITH JONES Jane', 'Jane'],
    ['SMITH Jane (ELFT)', 'Jane'],
    ['Jane SMITH', 'Jane'],
    ['Smith,Jane', 'Jane'],
    ['Smith, J', nobody],
    ['Smith, J. A.', nobody],
    ['SMITH,', nobody],
    [', Jane', nobody],
    // Which comes first cannot be seen.
    ['Smith Jane (ELFT)', nobody],
    ['JANE SMITH', nobody],
    ['SMITH JANE', nobody],
    ['DR JANE SMITH', nobody],
    ['van der Berg Anna', nobody],
    // Titles, and what stands behind a name.
    ['Dr Jane Smith', 'Jane'],
    ['Dr. Jane Smith', 'Jane'],
    ['DR SMITH, Jane', 'Jane'],
    ['Prof. Dr. Jane Smith', 'Jane'],
    ['Mrs Jane Smith', 'Jane'],
    ['Cllr Jane Smith', 'Jane'],
    ['Rev Jane Smith', 'Jane'],
    ['Nurse Jane', nobody],
    ['Dr Smith', nobody],
    ['Dr', nobody],
    ['Mr. & Mrs. Smith', nobody],
    ['Jane Smith, RMN', 'Jane'],
    ['Jane Smith, Midwife', 'Jane'],
    ['Jane Smith, Health Visitor', 'Jane'],
    ['Jane Smith, RN, MSc', 'Jane'],
    // Tags.
    ['ELFT - Jane', 'Jane'],
    ['ELFT – Jane Smith', 'Jane'],
    ['Jane - ELFT', 'Jane'],
    ['Jane Smith - Perinatal Team', 'Jane'],
    ['Jane | Midwife', 'Jane'],
    ['Jane/Midwife', 'Jane'],
    ['Midwife: Jane', 'Jane'],
    ['Jane @ ELFT', 'Jane'],
    ['[ELFT] Jane', 'Jane'],
    ['(ELFT) Jane Smith', 'Jane'],
    ['Jane [ELFT]', 'Jane'],
    ['Jane (ELFT)', 'Jane'],
    ['Jane Smith (she/her)', 'Jane'],
    ['Jane (she/her)', 'Jane'],
    ['Jane she/her', 'Jane'],
    ['Jane Smith she/they', 'Jane'],
    ['Jane Smith [on leave]', 'Jane'],
    ['William "Bill" Smith', 'William'],
    ['William (Bill) Smith', 'William'],
    ['(Jane) Smith', nobody],
    ['Jane | Leeds', nobody],
    ['Leeds | Jane', nobody],
    ['ELFT - JANE', nobody],
    ['Jane (unclosed', 'Jane'],
    ['Jane) Smith', nobody],
    // Pictures.
    ['🌟 Jane', 'Jane'],
    ['🌟Jane🌟', 'Jane'],
    ['Jane 👩🏽‍⚕️', 'Jane'],
    [':star: Jane', 'Jane'],
    ['🏴󠁧󠁢󠁷󠁬󠁳󠁿 Jane', 'Jane'],
    ['★ Jane ★', 'Jane'],
    ['🌟', nobody],
    [':wave:', nobody],
    // No first name to be seen.
    ['', nobody],
    ['   ', nobody],
    ['J', nobody],
    ['J Smith', nobody],
    ['J. Smith', nobody],
    ['JS', nobody],
    ['J.S.', nobody],
    ['ELFT', nobody],
    ['JANE', nobody],
    ['NHS England', nobody],
    ['East London NHS Foundation Trust', nobody],
    ['Perinatal Team', nobody],
    ['Duty Worker', nobody],
    ['Health Visitor Jane', nobody],
    ['jane.smith', nobody],
    ['jane_smith', nobody],
    ['jane.smith@nhs.example', nobody],
    ['jsmith2', nobody],
    ['Jane 2', nobody],
    ['-', nobody],
    ['...', nobody],
    ['?', nobody],
    ['<!channel>', nobody],
    ['*Jane*', 'Jane'],
    ['x'.repeat(200), nobody],
    // As directories, rotas and shared mailboxes write it.
    ['SMITH, Jane (NHS NORTH EAST LONDON ICB - A3A8R)', 'Jane'],
    ['Jane Smith (jane.smith@nhs.example)', 'Jane'],
    ['McDONALD Ewan', 'Ewan'],
    ['Smith, Jane, RGN', 'Jane'],
    ['Smith, Jane MBE', 'Jane'],
    ['Jane Smith, Ph.D.', 'Jane'],
    ['Jane Smith, M.B.E.', 'Jane'],
    ['Jane Smith, Hackney', 'Jane'],
    ['Jane, Hackney', nobody],
    ['Hackney 👩‍🏫 Jane', nobody],
    ['Jane | Homerton', 'Jane'],
    ['City and Hackney', nobody],
    ['Agency Jane', nobody],
    ['Midwife Jane', nobody],
    ['Jane (Agency)', 'Jane'],
    ['Delivery Suite', nobody],
    ['Orchard Nursery', nobody],
    ['Front Door', nobody],
    ['Early Help', nobody],
    ['Info Desk', nobody],
    ['Labour Ward', nobody],
    ['Jane Ward', 'Jane'],
    ['Named Nurse', nobody],
    ['Junior Doctor', nobody],
    ['Advice Line', nobody],
    ['Domestic Abuse', nobody],
    ['Peer Supporter Jane', nobody],
    ['Google Drive', nobody],
    ['No Reply', nobody],
    ['Year Three', nobody],
    ['Jane’s iPhone', nobody],
    ['Jane and John', nobody],
    ['Hi I’m Jane', nobody],
    ['Call me Jane', nobody],
    ['ooo until Mon', nobody],
    ['Mum', nobody],
    // Ranks and titles, and what is short for one.
    ['Staff Nurse Jane Smith', 'Jane'],
    ['Sgt Jane Smith', 'Jane'],
    ['Det Con Jane Smith', 'Jane'],
    ['Rt Hon Jane Smith', 'Jane'],
    ["Rev'd Jane Smith", 'Jane'],
    ['Lt Col Jane Smith', 'Jane'],
    ['Baroness Jane Smith', 'Jane'],
    ['Dr.Jane Smith', 'Jane'],
    ['Md. Abdul Rahman', 'Abdul'],
    ['Begum, Mst Jahanara', 'Jahanara'],
    ['Md Rahman', nobody],
    ['Sheikh Ali', nobody],
    ['The Revd Jane Smith', nobody],
    ['DCI Smith', nobody],
    ['PCSO Smith', nobody],
    ['Supt Smith', nobody],
    ['Cpl Smith', nobody],
    ['Ptl Smith', nobody],
    ['PC 1234 Smith', nobody],
    ['JP Smith', nobody],
    ['J-P Smith', nobody],
    ['RGN Jane Smith', 'Jane'],
    ['Jane Smith RGN', 'Jane'],
    ['Jane S.', 'Jane'],
    ['John Smith Esq.', 'John'],
    // What somebody logs in with.
    ['JSmith', nobody],
    ['jsmith', nobody],
    ['JaneSmith', nobody],
    ['DrJane', nobody],
    ['jANE sMITH', nobody],
    // Half of a first name, or the family's in front.
    ['عبد الرحمن محمد', nobody],
    ['أم محمد', nobody],
    ['د. فاطمة علي', 'فاطمة'],
    ['Nguyen Thi Lan', nobody],
    ['Nic Dhonnchadha Áine', nobody],
    ['Иванова Анна', nobody],
    ['Иванова Анна Петровна', nobody],
    ['ИВАНОВА Анна', 'Анна'],
    ['Доктор Анна Иванова', 'Анна'],
    // Other scripts.
    ['Анна Иванова', 'Анна'],
    ['Ελένη Παπαδοπούλου', 'Ελένη'],
    ['محمد علي', 'محمد'],
    ['שרה לוי', 'שרה'],
    ['علی‌رضا احمدی', 'علی‌رضا'],
    ['\u202eJane\u202c Smith', 'Jane'],
    ['ज्योति शर्मा', 'ज्योति'],
    ['王小明', nobody],
    ['山田 太郎', nobody],
    ['김민준', nobody],
  ])('%j', (shown, first) => {
    expect(firstNameOf({ display: shown })).toBe(first);
  });
});

describe('the first name that Slack has', () => {
  test.each<[first: string, shown: string, greeted: string | undefined]>([
    ['Jane', 'J. Smith', 'Jane'],
    ['Jane', 'Smith Jane (ELFT)', 'Jane'],
    ['Jane', 'jane.smith', 'Jane'],
    ['Jane', 'ELFT duty', 'Jane'],
    ['Mary Jane', 'Mary Jane Smith', 'Mary Jane'],
    ['jane', 'jane smith', 'Jane'],
    ['美香', '山田美香', nobody],
    // What stands first in the real name is no first name.
    ['SMITH,', 'SMITH, Jane (EAST LONDON NHS FOUNDATION TRUST)', 'Jane'],
    ['SMITH', 'SMITH, Jane (EAST LONDON NHS FOUNDATION TRUST)', 'Jane'],
    ['Smith', 'Smith, Jane', 'Jane'],
    ['SMITH', 'SMITH Jane', 'Jane'],
    ['Dr', 'Dr Jane Smith', 'Jane'],
    ['Dr.', 'Dr. Smith', nobody],
    ['🌟', '🌟 Jane', 'Jane'],
    ['ELFT', 'ELFT - Jane', 'Jane'],
    ['(Jane)', '(Jane) Smith', nobody],
    ['J', 'J Smith', nobody],
    ['jane.smith', 'jane.smith', nobody],
    ['NHS', 'NHS England', nobody],
    ['', 'Jane Smith', 'Jane'],
    ['JANE', 'JANE SMITH', nobody],
    ['Jane', 'JANE SMITH', 'Jane'],
    ['Orchard', 'Orchard Nursery', nobody],
    ['Jane', 'Jane Ward', 'Jane'],
    ['Dr Jane', 'Dr Jane Smith', 'Jane'],
    ['Jane (she/her)', 'Jane (she/her) Smith', 'Jane'],
    ['Jane', 'Jane, Hackney', 'Jane'],
    ['Staff', 'Staff Nurse Jane Smith', 'Jane'],
    ['Md', 'Md Rahman', nobody],
    ['Sarah', 'LEE Sarah', 'Sarah'],
    ['Midwife', 'Midwife Jane', nobody],
  ])('%j beside %j', (first, shown, greeted) => {
    expect(firstNameOf({ first, display: shown })).toBe(greeted);
  });
});

test('where the display name tells nothing, the real name does', () => {
  expect(firstNameOf({ display: '🌟', real: 'SMITH, Jane (ELFT)' })).toBe('Jane');
  expect(firstNameOf({ display: 'jsmith2', real: 'Jane Smith' })).toBe('Jane');
  expect(firstNameOf({ display: 'Jay', real: 'SMITH, Jane (ELFT)' })).toBe('Jay');
  expect(firstNameOf({ first: 'Smith', display: '🌟', real: 'SMITH, Jane (ELFT)' })).toBe('Jane');
  expect(firstNameOf({})).toBe(nobody);
});

test('of two names that each say another is the first, neither is believed', () => {
  for (const display of ['Smith', 'smith', 'Smith J'])
    expect(firstNameOf({ display, real: 'Jane Smith' })).toBe(nobody);
  expect(firstNameOf({ display: 'Jane', real: 'Smith Jane' })).toBe(nobody);
  expect(firstNameOf({ display: 'Jane', real: 'SMITH Jane' })).toBe('Jane');
  expect(firstNameOf({ display: 'Jane', real: 'Mary Jane Smith' })).toBe('Jane');
  expect(firstNameOf({ first: 'Jane', display: 'Jay', real: 'SMITH, Jane' })).toBe('Jane');
});

test.each(['jsmith', 'smithj', 'janesmith', 'jane-smith', 'asmith'])(
  '%s is what Jane Smith logs in with, and no name',
  (display) => {
    expect(firstNameOf({ display, real: 'Jane Smith' })).toBe('Jane');
  },
);

describe('whatever a name holds', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 8, unit: 'grapheme' }),
    fc.constantFrom(
      ...[
        'Jane',
        'SMITH',
        'smith',
        'Dr',
        'Dr.',
        'Prof',
        'NHS',
        'TRUST',
        'ELFT',
        'Team',
        'Midwife',
        'she/her',
        'J',
        'J.',
      ],
      ...[
        '(',
        ')',
        '[',
        ']',
        ',',
        ', ',
        ' - ',
        ' | ',
        '/',
        '@',
        '🌟',
        ':star:',
        '\u202e',
        '\u200d',
        'محمد',
        '王',
        'Анна',
        "O'",
        '-',
      ],
    ),
  );
  const name = fc.array(fc.tuple(piece, fc.constantFrom('', ' '))).map((pieces) => pieces.flat().join(''));

  test('nobody is greeted by punctuation, a picture, an initial, a title or an organisation', () => {
    fc.assert(
      fc.property(name, fc.option(name, { nil: undefined }), (shown, first) => {
        const greeted = firstNameOf({ first, display: shown });
        if (greeted === undefined) return;
        expect(greeted).toMatch(/^\p{L}[\p{L}\p{M}\u200c'’ʼ‑ -]*$/u);
        expect(greeted.match(/\p{L}/gu)?.length).toBeGreaterThan(1);
        for (const word of greeted.split(' '))
          expect(word).not.toMatch(/^(dr|prof|nhs|trust|team|midwife|she|her)$/i);
        // Behind "SMITH," a word in capitals is taken for the first name.
        if (!shown.includes(',')) expect(greeted).not.toMatch(/^elft$/i);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a plain name is known behind any title, ornament and tag', () => {
    const given = fc.constantFrom('Jane', 'Siobhán', 'Anne-Marie', 'Zoë', 'Анна', 'محمد');
    const surname = fc.constantFrom('Smith', 'O’Neill', 'Smith-Jones', 'Иванова');
    const before = fc.constantFrom('', '🌟 ', 'Dr ', 'Prof. ', 'ELFT - ', '[ELFT] ', '✨Dr. ');
    const after = fc.constantFrom(
      '',
      ' 🌟',
      ' (she/her)',
      ' | Midwife',
      ' - Perinatal Team',
      ', RMN',
      ' / GP',
    );
    fc.assert(
      fc.property(given, surname, before, after, (first, last, front, back) => {
        expect(firstNameOf({ display: `${front}${first} ${last}${back}` })).toBe(first);
        const tag = back.startsWith(',') ? '' : back;
        expect(firstNameOf({ display: `${last.toUpperCase()}, ${first}${tag}` })).toBe(first);
      }),
    );
  });
});
