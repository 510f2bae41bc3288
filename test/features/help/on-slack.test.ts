import { expect, test } from 'vitest';
import { givenCommunity } from '../../support/community.ts';
import { databaseBytes, pressForged } from '../../support/stories.ts';

test('whoever writes “pause” to the bot is paused, as the welcome promises', async () => {
  const { as } = await givenCommunity();
  const robin = as('robin');
  const newest = () => {
    const message = robin.dmsWithBot().at(-1);
    return message ? robin.visibleText(message) : '';
  };
  await robin.post(' Pause ');
  expect(newest()).toContain('All messages are paused');
  await robin.post('start');
  expect(newest()).toContain('Start what?');
  await robin.click('Start messages again');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('Messages are on again');
  await robin.post('start');
  expect(newest()).toContain('picked by hand');
  await robin.post('pause the video');
  expect(newest()).toContain('I cannot chat');
});

test('nothing of what somebody wrote to the bot stands in its answer, which Slack keeps', async () => {
  const { as } = await givenCommunity();
  const robin = as('robin');
  await robin.post('my client Zebedee told me');
  const answer = robin.dmsWithBot().at(-1);
  expect(answer && robin.visibleText(answer)).toContain('I cannot chat');
  expect(JSON.stringify(answer)).not.toMatch(/zebedee/i);
  await robin.click('See what comes near');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toMatch(
    /Nothing in the catalogue for .my client Zebedee/,
  );
});

test.each([
  'laminating',
  'find laminating',
  'search laminating',
  'hello, laminating',
  'I feel low laminating',
])(
  'nothing of \u201c%s\u201d is kept when it is looked up, since the answer to the message says so',
  async (words) => {
    const community = await givenCommunity();
    const robin = community.as('robin');
    await robin.post(words);
    const said = robin.visibleText(robin.dmsWithBot().at(-1));
    expect(said).toMatch(/I do not keep/);
    await robin.click(/See what comes near|Show more|Search for this/.exec(said)?.[0] ?? '');
    const offer = /Show resources/.exec(robin.visibleText(robin.ephemerals().at(-1)))?.[0];
    if (offer) await robin.click(offer);
    expect(databaseBytes(community)).not.toContain('laminating');
  },
);

test('a command in quotes, in markup or said twice is the command, by command and by message', async () => {
  const { as } = await givenCommunity();
  const robin = as('robin');
  for (const line of ['“help”', '`help`', '*help*', '--help', '/chatr help', 'help!']) {
    await robin.command(`/chatr ${line}`);
    expect([line, robin.visibleText(robin.ephemerals().at(-1))]).toEqual([
      line,
      expect.stringContaining('Type `/chatr` and one of these words'),
    ]);
  }
  for (const line of ['*pause*', '`pause`', '“Pause”.', '<@U0BOT> pause!']) {
    await robin.post(line);
    expect(robin.visibleText(robin.dmsWithBot().at(-1))).toContain('All messages are paused');
    await robin.post('start');
  }
  await robin.command('/chatr “birth trauma” — dads');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('birth trauma');
});

test('what is asked of the bot is looked up, and stands in no message of the bot', async () => {
  const given = await givenCommunity();
  const robin = given.as('robin');
  for (const question of [
    'What helps Zebedee after a birth trauma?',
    'how do I explain birth trauma to dads',
    'birth trauma, anything for Zebedee？',
    'find birth trauma Zebedee',
    '“Is there something on birth trauma?”',
  ]) {
    await robin.post(question);
    const said = robin.dmsWithBot().at(-1);
    expect([question, said && robin.visibleText(said)]).toEqual([
      question,
      expect.stringMatching(
        /^\*I cannot chat, but I have looked this up:.*https:.*Show more.*nobody reads this/s,
      ),
    ]);
    expect(JSON.stringify(said)).not.toMatch(/zebedee/i);
    await robin.click('Show more');
    expect(robin.visibleText(robin.ephemerals().at(-1)), question).toMatch(/birth trauma/i);
  }
  const kept = robin.dmsWithBot().filter(({ ephemeral, user }) => !ephemeral && user !== robin.id);
  expect(JSON.stringify(kept)).not.toMatch(/zebedee/i);
  expect(given.log).toEqual([]);
});

test('whatever is no command is looked up, with one button that asks for more, and the words are never lost', async () => {
  const robin = (await givenCommunity()).as('robin');
  for (const words of [
    "baby won't settle, mum anxious",
    'can you find something about sleep?',
    'hi, anything on sleep?',
    'thanks, can you find something about sleep?',
    'suggest something for sleep',
    'my client told me something',
    'I feel that we need something on sleep',
    'anxious mum, low mood',
    'pause the video',
    'saved by the bell',
    'support for dads',
    'holiday hunger',
    'people who look after a child of a relative',
    'define attachment',
    'pathway school refusal 9 Hackney',
    'zzzxqv',
  ]) {
    await robin.post(words);
    const said = robin.dmsWithBot().at(-1);
    const text = said ? robin.visibleText(said) : '';
    expect.soft([words, text]).toEqual([words, expect.stringMatching(/^\W*I cannot chat/)]);
    // Whom to ring is one quiet line, at the end.
    expect.soft([words, text]).toEqual([words, expect.stringMatching(/Whom to ring: `\/chatr support`$/)]);
    expect.soft(text).not.toContain('999');
    await robin.click(/Show more/.test(text) ? 'Show more' : 'See what comes near');
    const shown = robin.visibleText(robin.ephemerals().at(-1));
    const [telling = ''] = words.split(/[ ,?]/).toSorted((a, b) => b.length - a.length);
    expect
      .soft([words, shown.toLowerCase()])
      .toEqual([words, expect.stringContaining(telling.toLowerCase())]);
  }
});

test('what a word means is said in the message, and a command with words behind it is one press away', async () => {
  const robin = (await givenCommunity()).as('robin');
  const answered = async (words: string) => {
    await robin.post(words);
    const said = robin.dmsWithBot().at(-1);
    return said ? robin.visibleText(said) : '';
  };
  expect(await answered('what is an ACE')).toMatch(/Adverse childhood experience.*Read further/s);
  expect(await answered('define attachment')).toMatch(/Attachment.*Read further/s);
  expect(await answered('support I feel so low')).toContain('Right now');
  expect(await answered('pathway school refusal 9 Hackney')).toContain(
    'Or did you mean the command *pathway*',
  );
  await robin.click('Yes, pathway');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('In danger now');
  // Who had a hard day is met kindly, and can do what they meant.
  expect(await answered('reflect A hard visit today')).toMatch(/^\W*Thank you for writing.*116 123/s);
  await robin.click('Yes, reflect');
  expect(robin.modal()).toBeDefined();
});

test.each([
  'I want to kill myself',
  'A child told me her uncle hurts her',
  'I had a horrible shift and feel like giving up, a baby died',
])('“%s” is answered kindly, then with whom to ring now, by no guess about who wrote it', async (words) => {
  const robin = (await givenCommunity()).as('robin');
  await robin.post(words);
  const said = robin.dmsWithBot().at(-1);
  const text = said ? robin.visibleText(said) : '';
  for (const number of ['999', '111', 'Samaritans *116 123*']) expect(text).toContain(number);
  expect(text).toMatch(/^\W*Thank you for writing.*nobody reads this.*116 123.*I cannot chat/s);
  // One button for what they wrote, which is not looked up before they ask.
  expect(JSON.stringify(said)).toMatch(/Support contacts.*Search for this/);
  expect(text).not.toContain('https:');
  await robin.click('Search for this');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toMatch(/^\W*If somebody needs help now/);
});

test('who writes that a child may be harmed has the numbers of children’s services in the same answer', async () => {
  const robin = (await givenCommunity()).as('robin');
  const answered = async (words: string) => {
    await robin.post(words);
    const said = robin.dmsWithBot().at(-1);
    return said ? robin.visibleText(said) : '';
  };
  const doors = /020 8356 5500.*020 7332 3621.*020 8356 2710.*Who to turn to/s;
  for (const words of [
    'a child told me today her dad hits her what do i do',
    'child has bruise on face what do i do',
  ]) {
    expect.soft(await answered(words), words).toMatch(doors);
    await robin.click('Who to turn to');
    expect
      .soft(robin.visibleText(robin.ephemerals().at(-1)), words)
      .toMatch(/Worried about a child: who answers now.*020 8356 5500/s);
  }
  expect(await answered('I want to kill myself')).not.toContain('Who to turn to');
  expect(await answered('Emma 12/03/2019 sleep')).toMatch(
    /Please leave out names and dates of birth.*delete your message/,
  );
  expect(JSON.stringify(robin.dmsWithBot().at(-1))).not.toMatch(/emma|2019/i);
});

test('who tells how they are is not met with a list, though it is no danger', async () => {
  const robin = (await givenCommunity()).as('robin');
  for (const words of [
    'I feel awful today',
    "I'm so tired",
    'hi, i am not coping very well',
    'Hard shift. A baby died',
    'been a really rough week',
    'feeling really low',
    'struggling today',
    'everything is too much',
    'crying in my car',
    'nobody listens to me at work',
    'my manager is bullying me',
    'that family broke my heart',
  ]) {
    await robin.post(words);
    const said = robin.dmsWithBot().at(-1);
    const text = said ? robin.visibleText(said) : '';
    expect.soft([words, text]).toEqual([words, expect.stringMatching(/^\W*Thank you for writing.*116 123/s)]);
    expect.soft(text).not.toContain('looked this up');
    await robin.click('Search for this');
    expect
      .soft(robin.visibleText(robin.ephemerals().at(-1)))
      .toMatch(/You asked|Nothing in the catalogue for|Show resources/);
  }
});

test('“away until Friday” and “leave me alone” are heard in a message as well', async () => {
  const robin = (await givenCommunity()).as('robin');
  const answered = async (words: string) => {
    await robin.post(words);
    const said = robin.dmsWithBot().at(-1);
    return said ? robin.visibleText(said) : '';
  };
  expect(await answered('away until Friday')).toContain('Friday');
  expect(await answered('leave me alone')).toContain('All messages are paused');
});

test.each([
  ['fewer messages', 'My messages'],
  ['too many messages', 'My messages'],
  ['delete everything', 'What I keep about you'],
  ['forget me', 'What I keep about you'],
])('“%s” after /chatr is no search', async (words, title) => {
  const robin = (await givenCommunity()).as('robin');
  await robin.command(`/chatr ${words}`);
  expect(robin.modal()?.title ?? robin.visibleText(robin.ephemerals().at(-1))).toContain(title);
});

test('nobody has somebody else’s message looked up, and a message that is gone is asked for again', async () => {
  const given = await givenCommunity();
  const robin = given.as('robin');
  await robin.post('What helps Zebedee?');
  const value = /"value":"(D[^"]+)"/.exec(JSON.stringify(robin.dmsWithBot().at(-1)))?.[1] ?? '';
  expect(value).not.toBe('');
  for (const [name, forged] of [
    ['sam', value],
    ['robin', value.replace(/\d$/, '')],
    ['robin', 'D0:1'],
    ['robin', ''],
  ] as const) {
    await pressForged(given, name, { actionId: 'help.look-up', value: forged });
    const person = given.as(name);
    const answer = person.visibleText(person.ephemerals().at(-1));
    expect([name, forged, answer]).toEqual([
      name,
      forged,
      expect.stringContaining('What are you looking for?'),
    ]);
    expect(answer).not.toMatch(/zebedee/i);
  }
  expect(given.log).toEqual([]);
});

test.each(['help.lookUp', 'help.runWritten'])(
  'a button of a message that was sent while its id was %s works as before',
  async (actionId) => {
    const given = await givenCommunity();
    const robin = given.as('robin');
    await robin.post('define dissociation');
    const value = /"value":"(D[^"]+)"/.exec(JSON.stringify(robin.dmsWithBot().at(-1)))?.[1] ?? '';
    await pressForged(given, 'robin', { actionId, value });
    expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('Dissociation');
  },
);

test('a slip of the finger in a message is met with the command it looks like, not with the slip', async () => {
  const robin = (await givenCommunity()).as('robin');
  await robin.post('pauze');
  const said = robin.dmsWithBot().at(-1);
  expect(said && robin.visibleText(said)).toContain('Did you mean the command pause?* Stops all messages');
  expect(JSON.stringify(said)).not.toContain('pauze');
  // What changes something is never the first that is offered.
  expect(JSON.stringify(said)).toMatch(/Search for this.*Yes, pause/);
  await robin.click('Yes, pause');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('All messages are paused');
});

test.each([
  ['/chatr I want to die', 'There are resources too'],
  ['/chatr i cant cope anymore', 'There are resources too'],
  ['/chatr define suicide', ''],
  ['/chatr refuge for mum hit by husband', 'You asked'],
  ['/chatr stop hitting me', 'Or did you mean the command *pause*? Stops all messages'],
])(
  '\u201c%s\u201d is answered with whom to ring first, once, then with what was looked for',
  async (line, found) => {
    const robin = (await givenCommunity()).as('robin');
    await robin.command(line);
    const message = robin.ephemerals().at(-1);
    const text = robin.visibleText(message);
    expect(text).toMatch(/^\W*If somebody needs help now: .*999.*111.*Samaritans.*safeguarding lead/);
    expect(text.match(/If somebody needs help now/g)).toHaveLength(1);
    if (found === 'There are resources too') {
      // No list of leaflets, unless it is asked for.
      expect(text).not.toMatch(/You asked|Understood/);
      await robin.click('Show resources');
      const shown = robin.visibleText(robin.ephemerals().at(-1));
      expect(shown).toMatch(/^\W*If somebody needs help now/);
      expect(shown).toMatch(/You asked|Nothing in the catalogue for/);
    }
    if (found === 'You asked') expect(text).toMatch(/Help now: \*999\*[^\n]*support`$/);
    expect(text).toContain(found);
    expect(text).not.toContain('no command');
    await robin.click('Support contacts');
    expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('Right now');
  },
);

test.each(['leaver', 'journey', 'smart', 'stars'])('\u201c%s\u201d is a word, and no slip', async (word) => {
  const robin = (await givenCommunity()).as('robin');
  await robin.command(`/chatr ${word}`);
  const text = robin.visibleText(robin.ephemerals().at(-1));
  expect(text).toContain(word);
  expect(text).not.toContain('Did you mean');
});

test('a slip that is a question offers both, five buttons in a row at most, one of them green and first', async () => {
  const { as } = await givenCommunity();
  const robin = as('robin');
  await robin.post('hlep?');
  const rows = (robin.dmsWithBot().at(-1)?.blocks ?? []).flatMap((block) => {
    const { type, elements } = block as { type?: string; elements?: { style?: string }[] };
    return type === 'actions' && elements ? [elements] : [];
  });
  expect(rows.map((row) => row.length)).toEqual([4]);
  expect(rows.flat().map(({ style }) => style === 'primary')).toEqual([true, false, false, false]);
});

test.each(['checkin', 'checkin new', 'checkin list'])(
  '“%s” from somebody who runs no group leads to their own check-ins',
  async (line) => {
    const robin = (await givenCommunity()).as('robin');
    await robin.command(`/chatr ${line}`);
    const said = robin.ephemerals().at(-1);
    expect(robin.visibleText(said ?? 'home')).toContain('for people who run a group');
    await robin.click('My check-ins', { in: said ?? 'home' });
    expect(robin.visibleText(robin.ephemerals().at(-1) ?? 'home')).toContain('Nothing is open for you');
  },
);

test.each(['hello', 'Hi!', 'hi there', 'good morning', 'thanks', 'Thank you.', 'ok'])(
  '“%s” to the bot brings two or three things to do, and the way to all others',
  async (words) => {
    const given = await givenCommunity();
    const [robin, jo] = [given.as('robin'), given.as('jo')];
    const buttons = async (person: typeof robin) => {
      await person.post(words);
      const said = person.dmsWithBot().at(-1);
      return [...JSON.stringify(said?.blocks).matchAll(/"type":"button".*?"text":"([^"]+)"/g)].map(
        ([, text]) => text,
      );
    };
    expect(await buttons(robin)).toEqual([
      'Find a resource',
      'Write a reflection',
      'My check-ins',
      'See everything',
    ]);
    expect(await buttons(jo)).toEqual([
      'My groups',
      'Schedule a check-in',
      'Find a resource',
      'See everything',
    ]);
    await robin.click('See everything');
    expect(robin.visibleText(robin.ephemerals().at(-1) ?? 'home')).toContain('one of these words');
  },
);
