import type { MessageSummary } from 'practice-workspace';
import { expect, test } from 'vitest';
import { givenCommunity } from '../../support/community.ts';

const role = { 'Your role': 'Health visitor', 'Your organisation or team': 'A made-up trust' };

test('a newcomer is welcomed, agrees, fills in a profile, and goes through the first steps', async () => {
  const here = await givenCommunity();
  const gale = here.as('gale');
  await gale.openHome();
  expect(gale.visibleText('home')).toContain('I am ChATR Companion');
  expect(
    gale.dmsWithBot().filter((message) => /I am ChATR Companion/.test(gale.visibleText(message))),
  ).toHaveLength(1);

  await gale.click('Read the full privacy notice', { in: 'home' });
  expect(gale.visibleText('modal')).toContain('Information Commissioner');
  await gale.closeModal();

  await gale.click('Read the community agreement', { in: 'home' });
  expect(gale.visibleText('modal')).toContain('never share anything that could identify');
  await gale.submit();
  // One receipt, in the conversation, and no form that nobody asked for.
  expect(gale.modal()).toBeNull();
  const receipts = gale.dmsWithBot().filter((message) => /Thank you/.test(gale.visibleText(message)));
  expect(receipts.map((message) => gale.visibleText(message))).toEqual([
    expect.stringContaining('Kept: that you agreed to version 1'),
  ]);
  await gale.click('Fill in my profile');
  expect(gale.modal()?.title).toBe('About you');
  await gale.submit({ ...role, 'Age groups you work with': ['Perinatal'], 'Where you work': ['Hackney'] });
  await gale.submit({
    'A line to introduce you': 'I like quiet mornings.',
    'Colleagues may see': ['My role'],
  });
  expect(gale.visibleText('modal')).toContain('Your profile is saved');
  expect(gale.visibleText('modal')).toContain('your role');
  // There is a list of colleagues: being in it is a choice of its own, and off.
  expect(gale.visibleText('modal')).toContain('Colleagues may see: your role, if you let yourself be listed');
  expect(gale.visibleText('modal')).toContain('off until you say yes');
  await gale.click('Choose extras');
  expect(gale.visibleText('modal')).toContain('Introduce me');
  await gale.closeModal({ all: true });

  // What is known is not asked twice.
  await gale.click('Edit my profile', { in: 'home' });
  expect(JSON.stringify(gale.modal())).toContain('A made-up trust');
  await gale.closeModal();

  // Three working days on the next step comes, and it is not the profile.
  await here.forward(60 * 24 * 3 + 60, 180);
  const offered = gale.dmsWithBot().filter((message) => /A first step/.test(message.text));
  expect(offered.map((message) => message.text)).toEqual(['A first step: Say hello']);

  const [hello] = offered;
  if (!hello) throw new Error('no step came');
  await gale.click('Draft my hello', { in: hello });
  await gale.submit({ 'Your hello': 'Hello, ring me on 07700 900123.' });
  expect(gale.visibleText('modal')).toContain('phone number');
  await gale.submit();
  expect(gale.visibleText('modal')).toContain('Hello, ring me on [phone number removed].');
  expect(gale.modal()?.title).toBe('Preview');
  await gale.submit();
  expect(gale.visibleText('modal')).toContain('Posted');
  const posted = here
    .as('jo')
    .messages('chatr-forum')
    .filter((message) => /says hello/.test(here.as('jo').visibleText(message)));
  expect(posted).toHaveLength(1);
  expect(here.log.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
});

test('skip, undo, not now and stop work from the message; everything is still in Home', async () => {
  const here = await givenCommunity();
  const gale = here.as('gale');
  await gale.openHome();
  await gale.click('Read the community agreement', { in: 'home' });
  await gale.submit();
  await here.forward(60 * 24 * 2, 180);
  const message = () => {
    const last = gale.dmsWithBot().findLast((one) => /first step: A little about you|Saved/.test(one.text));
    if (!last) throw new Error(gale.describe());
    return last;
  };
  await gale.click('Skip this step', { in: message() });
  expect(gale.visibleText(message())).toContain('skipped');
  await gale.click('Undo', { in: message() });
  expect(gale.visibleText(message())).toContain('open again');
  await gale.openHome();
  expect(gale.visibleText('home')).toContain('A little about you');
  await gale.click('Not now', { in: 'home' });
  await gale.click({ text: 'My first steps' }, { in: 'home' });
  expect(gale.visibleText('modal')).toContain('Your first reflection');
  await gale.click('Stop these first steps', { in: 'modal' });
  expect(gale.visibleText('modal')).toContain('Carry on');
  await gale.click('Carry on', { in: 'modal' });
  await gale.closeModal({ all: true });
  expect(here.log.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
});

test('whoever says no can still look things up, and is not asked again', async () => {
  const here = await givenCommunity();
  const gale = here.as('gale');
  await gale.openHome();
  await gale.click('Read the community agreement', { in: 'home' });
  await gale.click('No, thank you', { in: 'modal' });
  expect(gale.visibleText('modal')).toContain('you said no');
  await gale.closeModal({ all: true });
  await gale.command('/chatr find dads');
  const before = gale.dmsWithBot().length;
  await here.forward(60 * 24 * 14, 720);
  expect(gale.dmsWithBot().length).toBe(before);
  await gale.openHome();
  expect(gale.visibleText('home')).toContain('You said no to the community agreement');
});

test('whoever said no finds the way back where they said it: in the window, in the conversation and in Home', async () => {
  const here = await givenCommunity();
  await here.forward(30, 10);
  const gale = here.as('gale');
  await gale.openHome();
  await gale.click('Read the community agreement', { in: 'home' });
  await gale.click('No, thank you', { in: 'modal' });
  const back = async (where: 'modal' | 'home' | MessageSummary) => {
    await gale.click('Read the agreement', { in: where });
    expect(gale.modal()?.submit).toBe('I agree');
  };
  await back('modal');
  await gale.closeModal({ all: true });
  const [welcome] = gale.dmsWithBot();
  if (!welcome) throw new Error(gale.describe());
  const said = gale.visibleText(welcome);
  expect(said).toContain('Should you change your mind');
  expect(said, 'what was a greeting is none any more').not.toContain('Hello');
  expect(JSON.stringify(welcome.blocks), 'calm').not.toContain('primary');
  await back(welcome);
  await gale.closeModal({ all: true });
  await gale.openHome();
  await back('home');
  await gale.submit();
  await here.workspace.settled();
  expect(gale.visibleText(gale.dmsWithBot().at(-1))).toContain('first steps');
  expect(gale.visibleText(gale.dmsWithBot()[0])).toContain('You have agreed');
});

test('a facilitator hears of a newcomer, says hello once, previews, and sees how the group is doing', async () => {
  const here = await givenCommunity();
  const jo = here.as('jo');
  const gale = here.as('gale');
  await gale.openHome();
  await gale.click('Read the community agreement', { in: 'home' });
  await gale.submit();
  await here.forward(60, 15);
  const note = jo.dmsWithBot().findLast((one) => one.text === 'Somebody new has joined.');
  if (!note) throw new Error(jo.describe());
  for (const nth of [0, 1, 2, 3]) {
    await jo.click('Say hello', { in: note, nth });
    const taken = jo.ephemerals().at(-1);
    if (taken) await jo.click('I have said hello', { in: taken });
  }
  expect(jo.ephemerals().some((one) => /has had a hello from you/.test(jo.visibleText(one)))).toBe(true);
  await jo.openHome();
  expect(jo.visibleText('home')).toContain('Nobody waits for a hello from you');
  await jo.click('Preview first steps', { in: 'home' });
  await jo.click('Send me all of it', { in: 'modal' });
  await jo.closeModal({ all: true });
  await here.forward(15, 1);
  const previews = jo.dmsWithBot().filter((one) => /Preview for you/.test(jo.visibleText(one)));
  expect(previews.length).toBeGreaterThanOrEqual(6);
  const [preview] = previews;
  if (preview) await jo.click('Skip this step', { in: preview });
  expect(jo.ephemerals().some((one) => /This is a preview/.test(jo.visibleText(one)))).toBe(true);
  await jo.command('/chatr progress');
  expect(here.log.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
});

test('"no messages" in the first message is honoured at once', async () => {
  const here = await givenCommunity();
  const gale = here.as('gale');
  await gale.openHome();
  await gale.click('No messages, thank you');
  const before = gale.dmsWithBot().length;
  await here.forward(60 * 24 * 14, 720);
  expect(gale.dmsWithBot().length).toBe(before);
});

test('nothing is asked before agreeing, the pace included; then it is asked, and "no messages" is honoured', async () => {
  const here = await givenCommunity();
  const gale = here.as('gale');
  await gale.openHome();
  const welcome = gale.dmsWithBot().find((one) => /I am ChATR Companion/.test(gale.visibleText(one)));
  if (!welcome) throw new Error(gale.describe());
  expect(JSON.stringify(welcome.blocks)).not.toMatch(/static_select|"input"/);
  await gale.click('Read the community agreement', { in: welcome });
  await gale.submit();
  const receipt = gale.dmsWithBot().at(-1);
  await gale.choose({ actionId: 'onboarding.pace' }, 'No messages, I will look when I want to', {
    ...(receipt && { in: receipt }),
  });
  const before = gale.dmsWithBot().length;
  await here.forward(60 * 24 * 14, 720);
  expect(gale.dmsWithBot().length).toBe(before);
});
