import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { givenCommunity } from '../../support/community.ts';

const inWindowOrMessage = (person: PersonDriver): string =>
  person.modal() ? person.visibleText('modal') : latest(person);

const latest = (person: PersonDriver): string => person.visibleText(person.ephemerals().at(-1) ?? 'home');

/** What people look up, with a command's word or another name of it in front: everything of it is looked up. */
const everyday = [
  'agreement about contact with dad',
  'away from home a lot dad in prison',
  'away from school for weeks',
  'holiday hunger free school meals',
  'holiday club for a disabled child',
  'leave me alone says my teenager to his mum',
  'browse is not a word for babies', // A list of that name is offered for a search of the words.
  'catalogue of abuse',
  'queue for CAMHS',
  'suggestions for sleep routines',
  'checkin with parents after birth',
  'check-in ideas for school',
  'checkins with teenagers',
  'cohort study of ACEs',
  'colleagues who are burnt out',
  'connect with nature',
  'record keeping',
  'data sharing between agencies',
  'evaluation of parenting programmes',
  'flag risk of self harm',
  'group support for new mums',
  'groups for dads',
  'helplines for parents at night',
  'help with toilet training',
  'intentions of parents who home educate',
  'journal articles on attachment',
  'leave home at sixteen',
  'log of incidents at school',
  'mute child at nursery',
  'onboarding of foster carers',
  'organisations that help refugees',
  'pathway to adulthood for care leavers',
  'people trafficking',
  'people who self-harm',
  'pilot light exercises',
  'portfolio of services',
  'prepare a child for a new baby',
  'preferences of a child in court',
  'privacy for teenagers online',
  'progress at school',
  'prompt payment of benefits',
  'quiet baby does not cry',
  'quit smoking in pregnancy',
  'report abuse',
  'resume contact after prison',
  'review child protection conference',
  'reviews of care plans for looked after children',
  'saved by the bell',
  'session ideas on feelings',
  'settings for early years',
  'start solids with a baby',
  'stop smoking in pregnancy',
  'suggest something for sleep',
  'support for dads',
  'support group for new mums',
  'support line for kids',
  'teams working together',
  'training for new foster carers',
  'try potty training again after a break',
  'words to use with parents',
  'words for private parts',
  'look after myself',
  'nothing helps her sleep',
  'no support',
  'no training',
  'no recourse to public funds',
  'no one believes me about the bruises',
  'ok to smack a child',
  'test anxiety in teenagers',
  'time out for toddlers',
  'broken home',
  'link between abuse and alcohol',
  'report a neighbour for hitting a child',
  'out of date care plan',
  'history of abuse',
  'how are you meant to talk about death',
  'sure start',
  'weather storms as a family',
  'what time should a baby sleep',
  'young people',
  'who sees children at risk',
  'is this autism',
  'who can read to my child',
  'what do you do with a child who hits',
  'do you tell my child about death',
  'what happens to children in care',
  'private fostering',
];

test('a line that begins as a command does is looked up whole, for whoever may use it and whoever may not', async () => {
  const { as } = await givenCommunity();
  for (const person of [as('robin'), as('jo')])
    for (const words of everyday) {
      await person.command(`/chatr ${words}`);
      expect
        .soft([words, person.modal()?.title ?? latest(person)])
        .toEqual([
          words,
          expect.stringMatching(
            /You asked|Nothing in the catalogue for|Search for the words|Search for this instead/,
          ),
        ]);
      if (person.modal()) await person.closeModal({ all: true });
    }
});

test.each([
  ['robin', 'checkin new', 'for people who run a group'],
  ['robin', 'progress', 'for people who run a group'],
  ['robin', 'evaluation', 'for people who run a group'],
  ['robin', 'queue', 'for people who look after the catalogue'],
])('%s is told whose “%s” is, and can look the words up', async (name, line, says) => {
  const person = (await givenCommunity()).as(name);
  await person.command(`/chatr ${line}`);
  expect(latest(person)).toContain(says);
  await person.click('Search for this instead', { in: person.ephemerals().at(-1) ?? 'home' });
  expect(latest(person)).toMatch(/You asked|Nothing in the catalogue for/);
  expect(latest(person)).toContain(line);
});

test('the words of a command are its own', async () => {
  const { as } = await givenCommunity();
  const [robin, jo] = [as('robin'), as('jo')];
  for (const [person, line, says] of [
    [robin, 'away until Friday', 'Friday 6 March'],
    [robin, 'holiday next week', 'nothing was changed'],
    [robin, 'away off', 'you are not away'],
    [robin, 'support', 'Right now'],
    [robin, 'support me please', 'Right now'],
    [robin, 'support lines', 'Right now'],
    [robin, 'helpline', 'Right now'],
    [robin, 'pathway Hackney', 'Hackney Multi-Agency Safeguarding Hub'],
    [robin, 'teams housing', 'housing'],
    [robin, 'words she refused to engage', 'engage'],
    [jo, 'progress please', 'group'],
    [jo, 'checkin list', 'check-in'],
  ] as const) {
    await person.command(`/chatr ${line}`);
    expect.soft([line, latest(person)]).toEqual([line, expect.stringContaining(says)]);
    expect.soft([line, latest(person)]).not.toEqual([line, expect.stringContaining('You asked')]);
  }
});

test('whoever asks for support for themselves sees where it is, and can have the words looked up', async () => {
  const robin = (await givenCommunity()).as('robin');
  await robin.command('/chatr support I feel so low after that visit');
  expect(latest(robin)).toMatch(/Right now/);
  await robin.click('Search for this too', { in: robin.ephemerals().at(-1) ?? 'home' });
  // Who tells how they are meets no list unasked.
  expect(latest(robin)).toMatch(/^\W*If somebody needs help now/);
  await robin.click('Show resources', { in: robin.ephemerals().at(-1) ?? 'home' });
  expect(latest(robin)).toMatch(/You asked|Nothing in the catalogue for/);
  expect(latest(robin)).toContain('I feel so low after that visit');
});

test.each([
  ['/chatr', (person: PersonDriver, words: string) => person.command(`/chatr ${words}`)],
  ['a message', (person: PersonDriver, words: string) => person.post(words)],
])(
  'what people ask a bot for, by %s, is done or said how it is done, and never looked up',
  async (how, say) => {
    const robin = (await givenCommunity()).as('robin');
    for (const [words, says] of [
      ['delete', 'What do you want to delete?'],
      ['Delete a reflection', 'My journal'],
      ['delete everything', 'What I keep about you'],
      ['undo', 'brought back from your journal'],
      ['remind me', 'is in your settings'],
      ['reminders', 'My settings'],
      ['notifications', 'My settings'],
      ['certificate', 'once a host has confirmed'],
      ['cpd', how === '/chatr' ? 'CPD record' : 'CPD'],
      ['translate', 'I speak English only'],
      ['events', 'ession'],
      ['calendar', 'ession'],
      ['settings', 'Messages'],
      ['my name', 'your name in Slack'],
      ['password', 'There is no password here'],
      ['profile', 'Edit my profile'],
      ['home', 'first tab'],
      ['share', 'menu beside it'],
      ['bookmarks', 'What I saved'],
      ['download', 'CPD record'],
      ['sign up', 'a facilitator adds you'],
      ['feedback', 'Nobody reads what is written to me'],
      ['who is my facilitator?', 'Your facilitator is'],
      ['how do I contact my facilitator', 'Your facilitator is'],
      ['what can you do?', 'one of these words'],
      ['help', 'one of these words'],
      ['thanks, that helped a lot', 'You are welcome'],
      ['great', 'Nothing more is needed'],
      ['thanks', 'You are welcome'],
      ['ok', 'Nothing more is needed'],
      ['no', 'Nothing is needed'],
      ['Nothing.', 'Nothing is needed'],
      ['no thank you', 'Nothing is needed'],
      ['are you there?', 'I am a program'],
      ['what time is it', 'That I do not know'],
      ["what's the weather like tomorrow?", 'That I do not know'],
      ['train times to Brighton', 'That I do not know'],
      ['report a broken link', 'About, helped, out of date'],
      ['the link is broken', 'About, helped, out of date'],
      ['how do I report a wrong phone number?', 'About, helped, out of date'],
      ['delete my searches', 'There is nothing to delete'],
      ['clear my search history', 'There is nothing to delete'],
      ['do you keep my searches?', 'There is nothing to delete'],
      ...[
        'what do you do with what i write',
        'who can read my reflections',
        'Is this private?',
        'who sees this',
        'do you tell my manager',
        'will you tell my boss what I say',
        'can my line manager see my journal?',
        'is what I write here confidential',
        'what happens to my data',
        'does anyone read this',
        'are my messages monitored',
        'what do you know about me',
      ].map((words) => [words, 'Your reflections and drafts are yours alone'] as const),
      ['start here', 'picked by hand'],
      ['where do I start?', 'picked by hand'],
      ['new', 'this month'],
      ["what's new?", 'this month'],
      ['most helpful', 'helpful by five people'],
      ['mute', 'All messages are paused'],
      ['unmute', 'Messages are on again'],
      ['stop', 'All messages are paused'],
      ['start', 'Start what?'],
      ['resume', 'Messages are on again'],
      ['start', 'picked by hand'],
      ['leave', 'eav'],
    ] as const) {
      await say(robin, words);
      const said = how === '/chatr' ? inWindowOrMessage(robin) : robin.visibleText(robin.dmsWithBot().at(-1));
      expect.soft([words, said]).toEqual([words, expect.stringContaining(says)]);
      expect
        .soft([words, said])
        .not.toEqual([words, expect.stringMatching(/You asked|Nothing in the catalogue|looked this up/)]);
      if (robin.modal()) await robin.closeModal({ all: true });
    }
  },
);

test.each([
  'delete photos a teenager shared',
  'name calling at school',
  'book for siblings of a disabled child',
  'events that traumatise',
  'contact after adoption',
  'great Ormond Street',
  'lovely but overwhelmed',
  'new baby and a jealous toddler',
  'start here and now exercises',
  'share a bed with a baby',
  'about ACEs',
  'home visit safety',
  'facilitator skills for parent groups',
])('\u201c%s\u201d is a search', async (words) => {
  const robin = (await givenCommunity()).as('robin');
  await robin.command(`/chatr ${words}`);
  expect(latest(robin)).toMatch(/^\W*(?:You asked|Nothing in the catalogue for)/);
  expect(latest(robin)).toContain(words.replaceAll("'", '\u2019').slice(0, 20));
});

test('of no command that help names are everyday words lost: they are looked up, or stand in what opens', async () => {
  const { as } = await givenCommunity();
  const jo = as('jo');
  await jo.command('/chatr help');
  const words = [...latest(jo).matchAll(/^\*\/chatr (\S+?)[ *]/gm)].map(([, word = '']) => word);
  expect(words.length).toBeGreaterThan(30);
  for (const person of [as('robin'), jo])
    for (const word of words)
      for (const more of [
        'for a toddler who bites',
        'group that toddlers enjoy',
        'when toddlers shout in shops',
      ]) {
        await person.command(`/chatr ${word} ${more}`);
        const shown = person.modal() ?? person.ephemerals().at(-1);
        expect.soft([word, JSON.stringify(shown)]).toEqual([word, expect.stringContaining(more)]);
        if (person.modal()) await person.closeModal({ all: true });
      }
});
