import type { Chart, Report, Section, Table } from '../../../../src/features/findings.ts';

/** A fictional report of a fictional pilot, with each kind of part. */

const people = 'How many people. Numbers below five are not shown.';

const professions: Table = {
  kind: 'table',
  id: 'professions',
  caption: 'Who took part, by profession',
  columns: [
    {
      id: 'profession',
      label: 'Profession',
      about: 'The group of professions that somebody chose for themselves.',
    },
    { id: 'people', label: 'People', about: people },
  ],
  rows: [
    ['Health visiting', 9],
    ['Midwifery', 7],
    ['Early years and children’s centres', 6],
    ['Other professions, together', 6],
  ],
  note: 'Professions with fewer than five people are counted together, so that nobody can be recognised.',
};

const response: Table = {
  kind: 'table',
  id: 'response',
  caption: 'Who answered each check-in',
  columns: [
    { id: 'round', label: 'Check-in', about: 'Which check-in of the evaluation plan.' },
    { id: 'opened', label: 'Opened', about: 'Local date on which people were asked.' },
    { id: 'asked', label: 'Asked', about: people },
    { id: 'answered', label: 'Answered', about: people },
    { id: 'matched', label: 'Matched', about: 'How many answered before as well, matched by a random key.' },
  ],
  rows: [
    ['Before the first session', '7 September 2026', 28, 24, 'not applicable'],
    ['After the last session', '19 October 2026', 28, 21, 18],
    ['Two months later', '21 December 2026', 27, 15, 14],
  ],
};

const questions = [
  'How confident do you feel in noticing when a parent is finding it hard to bond with their baby?',
  'I know whom to ring in another service when I am worried about a family',
  'Talking with fathers and other partners about how they are',
  'Using what the family says about their own history when planning support',
];

const change: Table = {
  kind: 'table',
  id: 'change',
  caption: 'Averages of those who answered before and after, from 0 to 10',
  columns: [
    { id: 'question', label: 'Question', about: 'As it was asked in both rounds.' },
    {
      id: 'before',
      label: 'Before',
      about: 'Average, rounded to the nearest half, from 12 matched people on.',
    },
    {
      id: 'after',
      label: 'After',
      about: 'Average, rounded to the nearest half, from 12 matched people on.',
    },
    {
      id: 'change',
      label: 'Change',
      about: 'After less before, from unrounded averages, to the nearest half.',
    },
    {
      id: 'interval',
      label: 'Likely range of the change',
      about: '95% interval, rounded outward to halves.',
    },
    { id: 'people', label: 'People', about: people },
  ],
  rows: [
    [questions[0] ?? '', 4.5, 6.5, 2, '1 to 3', 18],
    [questions[1] ?? '', 3, 7, 4, '3 to 5', 18],
    [questions[2] ?? '', 4, 4, 0, '−1 to 0.5', 17],
    [questions[3] ?? '', 6, 5.5, -0.5, '−1.5 to 0.5', 18],
  ],
  note: 'The likely range is a 95% interval by Student’s t for paired answers, rounded outward to halves.',
};

const changeChart: Chart = {
  kind: 'chart',
  type: 'pairs',
  title: 'Confidence before and after',
  finding:
    'On average people knew better whom to ring: from 3 before to 7 after. What they said of talking with partners stayed the same.',
  unit: 'Average, from 0 to 10',
  from: 0,
  to: 10,
  points: [
    { label: questions[0] ?? '', before: 4.5, value: 6.5 },
    { label: questions[1] ?? '', before: 3, value: 7 },
    { label: questions[2] ?? '', before: 4, value: 4 },
    { label: questions[3] ?? '', before: 6, value: 5.5 },
  ],
};

const sections: Section[] = [
  {
    id: 'who-took-part',
    title: 'Who took part',
    parts: [
      { kind: 'text', text: '28 people took part, from 7 organisations in City and Hackney.' },
      professions,
      {
        kind: 'chart',
        type: 'bars',
        title: 'People by profession',
        finding: 'Health visiting was the largest group, with 9 of 28 people.',
        unit: 'People',
        points: [
          { label: 'Health visiting', value: 9 },
          { label: 'Midwifery', value: 7 },
          { label: 'Early years and children’s centres', value: 6 },
          { label: 'Other professions, together', value: 6 },
        ],
      },
    ],
  },
  {
    id: 'response',
    title: 'How many answered',
    parts: [
      response,
      {
        kind: 'text',
        text: '6 of the 24 answers before the first session were given on paper, in the room, and typed in by a facilitator. Paper answers are summed up by themselves and are not matched.',
      },
    ],
  },
  {
    id: 'change',
    title: 'What changed',
    parts: [
      { kind: 'text', text: '18 people answered both before the first session and after the last one.' },
      changeChart,
      change,
    ],
  },
  {
    id: 'effect',
    title: 'What affected practice',
    parts: [
      { kind: 'heading', text: 'Sessions, resources and the forum' },
      {
        kind: 'chart',
        type: 'bars',
        title: 'What people say affected their practice',
        finding:
          'Most people said that the sessions affected their practice; fewer than five said that nothing did.',
        unit: 'People',
        points: [
          { label: 'The sessions', value: 14 },
          { label: 'Resources that were found through the programme', value: 9 },
          { label: 'The forum', value: 6 },
        ],
      },
      {
        kind: 'list',
        items: ['Nothing did: fewer than five people.', 'I cannot say yet: fewer than five people.'],
      },
    ],
  },
  {
    id: 'intentions',
    title: 'What people meant to do',
    parts: [
      {
        kind: 'table',
        id: 'intentions',
        caption: 'Intentions after a session, and what became of them',
        columns: [
          { id: 'state', label: 'What became of it', about: 'What the person said of their own intention.' },
          { id: 'intentions', label: 'Intentions', about: 'How many. Numbers below five are not shown.' },
        ],
        rows: [
          ['Done', 11],
          ['Done in part', 6],
          ['Not done', 'fewer than five'],
          ['Not said', 'fewer than ten'],
        ],
      },
    ],
  },
  {
    id: 'themes',
    title: 'Themes',
    parts: [
      { kind: 'text', text: 'Facilitators read what was written and named what came up again and again.' },
      {
        kind: 'list',
        items: [
          'Knowing a face in the other service makes it easier to ring.',
          'Time to talk with partners is short at the first visit.',
          'Interpreters are booked late.',
        ],
      },
    ],
  },
  {
    id: 'quotes',
    title: 'In their words',
    parts: [
      {
        kind: 'quotes',
        about: 'What do you do differently now?',
        quotes: [
          'I ask how they are doing as a pair, and not only how the baby sleeps.',
          'I rang the perinatal team myself, since I had met two of them. Before, I would have written a letter.',
          'I wait.\nIt is harder than it sounds.',
        ],
      },
      {
        kind: 'quotes',
        about: 'What would have helped?',
        quotes: ['A list of who is who, with a photo.'],
      },
    ],
  },
  {
    id: 'resources',
    title: 'Use of the resources',
    parts: [
      {
        kind: 'table',
        id: 'resources',
        caption: 'Resources opened, by month',
        columns: [
          { id: 'month', label: 'Month', about: 'Month of the programme’s calendar.' },
          {
            id: 'opened',
            label: 'Opened',
            about: 'How often, in steps of five, where five people or more did.',
          },
        ],
        rows: [
          ['September 2026', 35],
          ['October 2026', 60],
          ['November 2026', 'not shown: fewer than five people'],
        ],
      },
    ],
  },
  {
    id: 'introductions',
    title: 'Introductions across agencies',
    parts: [
      {
        kind: 'text',
        text: '15 pairs were introduced to each other; 10 of them came from different organisations.',
      },
    ],
  },
  {
    id: 'training',
    title: 'Training',
    parts: [
      {
        kind: 'table',
        id: 'training',
        caption: 'Sessions and hours of training',
        columns: [
          { id: 'session', label: 'Session', about: 'Title of the session.' },
          { id: 'held', label: 'Held on', about: 'Local date.' },
          { id: 'length', label: 'Length in minutes', about: 'Minutes.' },
          { id: 'attended', label: 'Attended', about: people },
          { id: 'hours', label: 'Hours of training', about: 'People times length, in hours.' },
        ],
        rows: [
          ['Beginning together', '14 September 2026', 90, 24, 36],
          ['Reading a baby’s cues', '21 September 2026', 90, 22, 33],
          ['When birth was frightening', '28 September 2026', 120, 19, 38],
          ['Fathers and partners', '5 October 2026', 90, 20, 30],
        ],
      },
    ],
  },
  {
    id: 'heard',
    title: 'What was heard and what was done',
    parts: [
      {
        kind: 'list',
        items: [
          'You said that sessions at 9 clash with the school run. They begin at 10 now.',
          'You asked for a list of who is who. It stands in the forum, and people add themselves.',
        ],
      },
    ],
  },
];

export const example: Report = {
  version: 1,
  group: 'Perinatal pilot',
  from: '2026-09-07',
  until: '2026-12-21',
  madeOn: '2026-12-23',
  isClosed: true,
  purpose:
    'To find out whether practitioners who support families from pregnancy to a child’s second birthday feel more confident in trauma-informed practice after the pilot, and whether they work together more across agencies.',
  method: [
    'Everybody in the group was asked the same questions before the first session, after the last one and two months later. Answering was a choice each time.',
    'Answers before and after were matched by a random key, which says nothing of who somebody is. What people wrote in their own words was read by the facilitators.',
  ],
  sections,
  limits: [
    'They show what people said of themselves, not what families noticed.',
    'There was no group to compare with: something else may have brought about what changed.',
    'Those who answered may differ from those who did not.',
    'Numbers below five are left out or put together, so some figures do not add up.',
  ],
};

/** Before anybody has answered. */
export const empty: Report = { ...example, isClosed: false, method: [], sections: [] };

export const quotesOnly: Report = {
  ...example,
  sections: sections.filter(({ id }) => id === 'quotes'),
};

/** 25 questions of 40 people. */
export const large: Report = {
  ...example,
  group: 'All of the perinatal and early years groups of the second year, together',
  sections: [
    {
      id: 'change',
      title: 'What changed',
      parts: [
        {
          ...changeChart,
          points: Array.from({ length: 25 }, (_, nth) => ({
            label: `${nth + 1}. ${questions[nth % questions.length]}`,
            before: (nth % 9) / 2 + 2,
            value: (nth % 7) / 2 + 4,
          })),
        },
        {
          ...change,
          rows: Array.from({ length: 25 }, (_, nth) => [
            `${nth + 1}. ${questions[nth % questions.length]}`,
            (nth % 9) / 2 + 2,
            (nth % 7) / 2 + 4,
            1.5,
            '1 to 2.5',
            40 - (nth % 6),
          ]),
        },
      ],
    },
    {
      id: 'answers',
      title: 'All answers',
      parts: Array.from({ length: 25 }, (_, nth): Section['parts'] => [
        { kind: 'heading', text: `${nth + 1}. ${questions[nth % questions.length]}` },
        {
          kind: 'chart',
          type: 'bars',
          title: `Question ${nth + 1}`,
          finding: `Most of the 40 people chose “often” for question ${nth + 1}.`,
          unit: 'People',
          points: ['Never', 'Seldom', 'Sometimes', 'Often', 'Always'].map((label, at) => ({
            label,
            value: 5 + ((at + nth) % 4),
          })),
        },
      ]).flat(),
    },
    {
      id: 'quotes',
      title: 'In their words',
      parts: [
        {
          kind: 'quotes',
          about: 'What do you do differently now?',
          quotes: Array.from(
            { length: 40 },
            (_, nth) => `Nth ${nth + 1}: I ask more, and I wait longer for the answer.`,
          ),
        },
      ],
    },
  ],
};

const nastyWords = [
  '<script>window.ran = 1</script>',
  '"><img src=x onerror="window.ran = 1">',
  '</desc></svg></style></title>]]>',
  '&lt;b&gt; &amp; &#60; {{7*7}}',
  '=HYPERLINK("http://example.org","x")',
  '@SUM(1+1)*cmd|x',
  'bell \u0007 null \u0000 half \ud83d end',
  '\u202eright to left\u202c \u2066isolated\u2069',
  'שלום עולם, مرحبا',
  '👩🏽‍⚕️ 👨‍👩‍👧 🙂',
  'A'.repeat(300),
  'first line\r\nsecond line\u2028third line',
  ' class="zr0-cls-0" dominant-baseline="central"',
];

/** Each text that there is, in each place where there can be one. */
export const nasty: Report = {
  ...example,
  group: nastyWords.join(' ').slice(0, 400),
  purpose: nastyWords.join('\n'),
  method: nastyWords,
  limits: nastyWords,
  sections: [
    {
      id: 'change',
      title: nastyWords.slice(0, 4).join(' '),
      parts: [
        { kind: 'text', text: nastyWords.join(' ') },
        ...nastyWords.map((text) => ({ kind: 'heading' as const, text })),
        { kind: 'list', items: nastyWords },
        {
          ...changeChart,
          title: nastyWords.join(' '),
          finding: nastyWords.join(' '),
          unit: nastyWords[1] ?? '',
          points: nastyWords.map((label) => ({ label, before: 2.5, value: 6 })),
        },
        {
          kind: 'table',
          id: '../../nasty <table>',
          caption: nastyWords.join(' '),
          columns: nastyWords.map((label, nth) => ({ id: `column-${nth}`, label, about: label })),
          rows: nastyWords.map((word, nth) => nastyWords.map((_, at) => (at === nth ? -1.25 : word))),
          note: nastyWords.join('\n'),
        },
      ],
    },
    {
      id: 'quotes',
      title: 'In their words',
      parts: [{ kind: 'quotes', about: nastyWords[0] ?? '', quotes: nastyWords }],
    },
  ],
};
