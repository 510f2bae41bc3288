import fc from 'fast-check';
import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { givenCommunity } from '../../support/community.ts';
import { shippedContent } from '../../support/shipped.ts';
import { closeAll, databaseBytes, pressForged } from '../../support/stories.ts';

/** As it is read: without what makes links and bold letters. */
const plain = (text: string) => text.replace(/<[^|>]+\|([^>]+)>/g, '$1').replace(/[*_]/g, '');
const shown = (person: PersonDriver) => plain(person.visibleText(person.ephemerals().at(-1)));
const first = /^(?:Who to turn to\n)?In danger now: 999\..*your own safeguarding lead first, unless waiting/;

test('who to turn to: by need, age and borough, the line that answers at this hour first; what nobody has read stays away', async () => {
  // A Thursday.
  const community = await givenCommunity({ at: '2026-03-05T10:00:00Z' });
  const robin = community.as('robin');
  const jo = community.as('jo');

  await robin.command('/chatr pathway neglet 9 Hackney');
  const morning = shown(robin);
  expect(morning).toMatch(first);
  expect(morning).toMatch(
    /who answers now.*Hackney Multi-Agency Safeguarding Hub.*020 8356 5500.*until 17:00 today.*1\. Universal.*4\. Specialist/s,
  );
  expect(morning).not.toContain('020 7332 3621');
  const remember = 'Poverty and neglect are different';
  expect(morning).toContain('once a safeguarding lead has read it');

  // Everything of each step, and back again; another borough by the menu.
  await robin.click('More');
  expect(shown(robin)).toMatch(
    /Consult first: Hackney MASH consultation for professionals.*Run by: Hackney Children and Families Service.*Nobody has noted a check yet/s,
  );
  expect(shown(robin)).toContain('Early Help in Hackney');
  expect(shown(robin)).not.toContain(remember);
  await robin.click('Less');
  await robin.choose({ actionId: 'pathways.look:borough' }, 'Lives in the City of London');
  expect(shown(robin)).toMatch(
    /City of London Children and Families Team.*020 7332 3621.*until 17:00 today/s,
  );
  expect(shown(robin)).not.toContain('020 8356 5500');

  // No number is no dead end, and no note of an editor's stands in its place.
  await robin.command('/chatr pathway adult at risk Hackney');
  expect(shown(robin)).toMatch(
    /I have no number that answers now\. Please check the council\u2019s page \(Hackney adult safeguarding\)\. In danger ring 999; otherwise turn to your own safeguarding lead/,
  );
  expect(shown(robin)).not.toMatch(/not found/);

  // The evening of the same day.
  await community.forward(9 * 60 + 40, 60);
  await robin.command('/chatr pathways neglect hackney');
  expect(shown(robin)).toMatch(first);
  expect(shown(robin)).toMatch(
    /\(19:40\)\W+Emergency Duty Team.*020 8356 2710.*until Friday 6 March, 09:00.*Hub \(MASH\) is closed now and opens Friday 6 March, 09:00\. Emergency Duty Team \(out of hours\) answers until then\./s,
  );

  // Words that fit two, none, or say who somebody is. Nothing of what was typed comes back.
  await robin.command('/chatr pathway low mood');
  expect(shown(robin)).toMatch(first);
  await robin.click('A child’s or young person’s mental health'.replaceAll('’', "'"));
  expect(shown(robin)).toContain('NHS 111, mental health option');
  await robin.command('/chatr pathway flumph');
  expect(shown(robin)).toMatch(/I know no pathway by these words/);
  expect(shown(robin)).not.toContain('flumph');
  await robin.command('/chatr pathway neglect of Zebediah, NHS 943 476 5919, in Hackney');
  expect(shown(robin)).toMatch(
    /may say who somebody is, so it is not repeated here and not kept.*A child's needs may not be met/s,
  );
  expect(shown(robin)).not.toMatch(/Zebediah|943|5919/);
  await robin.command('/chatr pathway');
  expect(shown(robin)).toMatch(/Worried about a child: who answers now.*For what need\?/s);

  // From a search that asks who to turn to, above what it finds; and not from any other.
  await robin.command('/chatr find who do I call about domestic abuse in Hackney');
  expect(shown(robin)).toMatch(/Who to turn to: Domestic abuse.*You asked/s);
  await robin.click('Who to turn to');
  expect(shown(robin)).toMatch(/National Domestic Abuse Helpline.*0808 2000 247.*day and night/s);
  await robin.command('/chatr find films about sleep for dads');
  expect(shown(robin)).not.toContain('Who to turn to');
  // A need by itself: one quiet line. Whoever tells of harm is asking, however it is put.
  for (const need of ['school refusal', 'domestic abuse']) {
    await robin.command(`/chatr ${need}`);
    expect(shown(robin), need).toMatch(/There is a pathway for this: .*Who to turn to.*You asked/s);
  }
  await robin.click('Who to turn to');
  expect(shown(robin)).toContain('National Domestic Abuse Helpline');
  // Two needs in one question: a line for each, and each leads to its own.
  await robin.command("/chatr baby won't settle, mum anxious");
  expect(shown(robin)).toMatch(
    /Babies' mental health.*Low mood, anxiety or distress around birth.*You asked/s,
  );
  await robin.click('Who to turn to', { nth: 1 });
  expect(shown(robin)).toMatch(
    /Low mood, anxiety or distress around birth.*ELFT City and Hackney perinatal/s,
  );
  for (const told of ['a child is being hurt right now by his stepfather', 'child disclosed abuse today']) {
    await robin.command(`/chatr ${told}`);
    expect(shown(robin), told).toMatch(/If somebody needs help now: .*999.*your own safeguarding lead/s);
    expect(shown(robin), told).toContain('Who to turn to');
  }
  for (const asked of [
    'report a concern',
    'report a safeguarding concern about a child',
    'report abuse',
    'who do I ring about a 3 year old with a burn',
  ]) {
    await robin.command(`/chatr ${asked}`);
    expect.soft(shown(robin), asked).toContain('Who to turn to');
  }
  // A child may be harmed, in everyday words: whom to ring is there, of both boroughs or of the one that is named.
  const doors = /Hackney Multi-Agency.*020 8356 5500.*City of London Children.*020 7332 3621.*020 8356 2710/s;
  for (const told of [
    'bruise on a 3 month old',
    'child touched by uncle',
    'kid touching other kids',
    '14 yr old sleeping with 20 yr old',
    'i think mum might hurt the baby',
    'who to call out of hours social services',
  ]) {
    await robin.command(`/chatr find ${told}`);
    expect.soft(shown(robin), told).toMatch(doors);
  }
  await robin.command('/chatr non mobile baby bruise hackney');
  expect(shown(robin)).toContain('020 8356 5500');
  expect(shown(robin)).not.toContain('020 7332 3621');
  await robin.command('/chatr bruise on a baby in Newham');
  expect(shown(robin)).not.toContain('020 8356 5500');
  for (const [told, need] of [
    ['bf is controlling but she wont leave', 'Domestic abuse'],
    ['stalking ex', 'Domestic abuse'],
    ['kid says voices tell him things', "A child's or young person's mental health"],
    ['intrusive thoughts about hurting baby', 'Low mood, anxiety or distress around birth'],
  ] as const) {
    await robin.command(`/chatr ${told}`);
    expect.soft(shown(robin), told).toContain(`There is a pathway for this: ${need}.`);
  }
  for (const other of ['trauma', 'attack on titan', 'toddler with bruised knees', 'panic attacks in class']) {
    await robin.command(`/chatr ${other}`);
    expect.soft(shown(robin), other).not.toMatch(/Who to turn to|If somebody needs help now/);
  }
  // A day of birth in a search: one line, and nothing of it stays.
  await robin.command('/chatr emma johnson 12/03/2019 bruises');
  expect(shown(robin)).toMatch(
    /Please leave out names and dates of birth: .*Nothing of what you typed is stored/,
  );
  await robin.command('/chatr laminating 12/03/2019');
  expect(databaseBytes(community)).not.toContain('laminating');
  await robin.command('/chatr sleep');
  expect(shown(robin)).not.toContain('Please leave out names');
  await robin.openHome();
  await robin.click('Who to turn to', { in: 'home' });
  expect(plain(robin.visibleText('modal'))).toMatch(first);
  await closeAll(robin);

  // A curator notes that a safeguarding lead has read it; nobody else can.
  const { pathways } = shippedContent();
  await pressForged(community, 'robin', { actionId: 'pathways.read', value: 'child-neglect:x' });
  await jo.openHome();
  expect(plain(jo.visibleText('home'))).toContain(
    `${pathways.pathways.length} pathways wait for a safeguarding lead`,
  );
  await jo.click('See what is to be read', { in: 'home' });
  expect(plain(jo.visibleText('modal'))).toMatch(/around birth\W+To be read first/);
  await jo.click('A safeguarding lead has read it', { nth: 0 });
  expect(plain(jo.visibleText('modal'))).toContain('Noted: a safeguarding lead has read');
  await closeAll(jo);
  await robin.command('/chatr pathway postnatal depression');
  await robin.click('More');
  expect(shown(robin)).toContain('Ask about partners and about the birth.');
  expect(shown(robin)).not.toContain('once a safeguarding lead has read it');

  // One sentence changes: it alone asks again.
  const changed = structuredClone(pathways);
  const [birth] = changed.pathways;
  if (birth) birth.remember = 'Ask about the birth, and about what came after.';
  await community.stopBot();
  await community.startBot({ pathways: changed });
  await robin.command('/chatr pathway postnatal depression');
  await robin.click('More');
  expect(shown(robin)).toContain('Talk about it, and agree who the parent will tell.');
  expect(shown(robin)).not.toMatch(/about what came after|Ask about partners/);
  await jo.command('/chatr catalogue');
  expect(shown(jo)).toMatch(/Pathways\W+16 pathways wait/);
  await jo.click('See what is to be read');
  expect(shown(jo)).toMatch(
    /around birth\W+Changed since it was read.*New: Ask about the birth, and about what came after/s,
  );
  await jo.click('Take it back');
  await robin.command('/chatr pathway postnatal depression');
  expect(shown(robin)).not.toContain('Talk about it, and agree');
  await jo.command('/chatr catalogue');
  await jo.click('See what is not confirmed');
  expect(shown(jo)).toContain('Sunrise Hub number and e-mail');

  // Whatever is typed, 999 and one’s own lead stand first.
  const typed = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom(
      'a baby is being hurt',
      'neglect <!channel> *now*',
      'CSA & rape',
      'hackney',
      '17',
      'city',
    ),
  );
  await fc.assert(
    fc.asyncProperty(typed, async (words) => {
      await robin.command(`/chatr pathway ${words}`);
      const text = shown(robin);
      expect(text).toContain('In danger now: 999.');
      expect(text.indexOf('999')).toBeLessThan(text.indexOf('who answers now'));
      expect(text.indexOf('own safeguarding lead')).toBeLessThan(text.indexOf('who answers now'));
    }),
    { numRuns: 12, examples: [['? \u2c00'], ['< \u1848'], ['zz qx'], ['\u{1f44d} \u{1f44d}']] },
  );
  expect(community.log).toEqual([]);
});
