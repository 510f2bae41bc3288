import { checkView } from 'practice-workspace/block-check';
import { expect, test } from 'vitest';
import { giveConsent, hasConsent } from '../../../src/community/consents.ts';
import { loadActor } from '../../../src/community/permissions.ts';
import { getPreferences } from '../../../src/community/preferences.ts';
import { away, standingOf, start } from '../../../src/features/preferences/answers.ts';
import { change, checkSettings } from '../../../src/features/preferences/change.ts';
import type { PreferencesDeps } from '../../../src/features/preferences/deps.ts';
import { savedModal, settingsModal } from '../../../src/features/preferences/views.ts';
import { aboutYou } from '../../../src/features/privacy/holdings.ts';
import { leave } from '../../../src/features/privacy/leaving/leave.ts';
import { ManualClock } from '../../../src/lib/clock.ts';
import { createLog } from '../../../src/lib/log.ts';
import { newId, systemRandom } from '../../../src/lib/random.ts';
import { changePreferences, enqueue } from '../../../src/outbox/outbox.ts';
import type { Answer } from '../../../src/slack/answer.ts';
import { givenCommunity } from '../../support/community.ts';
import { givenStore } from '../../support/store.ts';

const usual = {
  isPaused: false,
  wantsMessages: true,
  awayUntil: undefined,
  quietFrom: '18:00',
  quietUntil: '09:00',
  wantsReminders: true,
};

async function givenPerson() {
  const store = await givenStore();
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const told: string[] = [];
  const deps: PreferencesDeps = {
    db: store.db,
    clock,
    random: systemRandom,
    log: createLog({ level: 'silent' }),
    timeZone: 'Europe/London',
    homeChanged() {},
    async did(personId, deed) {
      if (deed.kind === 'left-programme') told.push(personId);
    },
  };
  const id = newId(clock);
  await store.db
    .insertInto('people')
    .values({
      id,
      slack_id: 'U1',
      display_name: 'One',
      time_zone: 'Europe/London',
      kind: 'member',
      deactivated_at: null,
      is_workspace_admin: 0,
      dm_channel: null,
      first_met_at: clock.now().toISOString(),
    })
    .execute();
  return { deps, id, told, db: store.db, clock, actor: await loadActor(store.db, id) };
}

test.each([
  ['the usual hours are fine', {}, []],
  ['nothing but quiet is what a pause is for', { quietFrom: '09:30', quietUntil: '09:00' }, ['quietUntil']],
  ['the same time twice says nothing', { quietFrom: '09:00', quietUntil: '09:00' }, ['quietUntil']],
  ['an hour is too little', { quietFrom: '08:00', quietUntil: '07:00' }, ['quietUntil']],
  ['two hours will do', { quietFrom: '09:00', quietUntil: '07:00' }, []],
  ['hours that do not exist', { quietFrom: '25:00' }, ['quietUntil']],
  ['an early riser', { quietFrom: '15:00', quietUntil: '06:00' }, []],
  ['somebody who works nights', { quietFrom: '08:00', quietUntil: '20:00' }, []],
  ['a day that is over', { awayUntil: '2026-03-02' }, ['awayUntil']],
  ['today is still away', { awayUntil: '2026-03-03' }, []],
])('%s', (_what, edit, fields) => {
  expect(checkSettings({ ...usual, ...edit }, '2026-03-03').map((one) => one.field)).toEqual(fields);
});

test('hours that were narrower once do not stand in the way of a pause', async () => {
  const { deps, actor, db, id } = await givenPerson();
  await changePreferences(db, id, { quietFrom: '08:00', quietUntil: '07:00' }, deps.clock.now());
  expect(await change(deps, actor, { isPaused: true })).toMatchObject({ kind: 'saved' });
  expect(await change(deps, actor, { quietFrom: '08:00' })).toMatchObject({ kind: 'problems' });
});

test('a day away that is over does not stand in the way of another change', async () => {
  const { deps, actor, clock, db, id } = await givenPerson();
  await change(deps, actor, { awayUntil: '2026-03-05' });
  clock.forward(60 * 24 * 10);
  expect((await change(deps, actor, { wantsReminders: false })).kind).toBe('saved');
  expect(await getPreferences(db, id)).toMatchObject({ wantsReminders: false, awayUntil: undefined });
});

test('leaving takes everything queued back, leaves the groups, withdraws the extras, and says so to the features', async () => {
  const { deps, actor, clock, db, id, told } = await givenPerson();
  const now = clock.now().toISOString();
  await db
    .insertInto('cohorts')
    .values({
      id: 'g1',
      name: 'Group',
      age_group: null,
      starts_on: null,
      ends_on: null,
      channel_id: null,
      created_by: id,
      created_at: now,
      archived_at: null,
    })
    .execute();
  await db
    .insertInto('cohort_members')
    .values({ cohort_id: 'g1', person_id: id, joined_at: now, left_at: null })
    .execute();
  await giveConsent(db, clock, { personId: id, kind: 'introduced', version: '1' });
  await enqueue(db, clock, {
    idempotencyKey: 'k',
    kind: 'onboarding.step',
    to: { personId: id },
    message: { text: 'x', blocks: [] },
    sendAfter: clock.now(),
  });
  expect(await leave(deps, actor)).toEqual({ kind: 'left', groups: 1 });
  expect(await leave(deps, actor)).toEqual({ kind: 'left', groups: 0 });
  const member = await db.selectFrom('cohort_members').selectAll().executeTakeFirstOrThrow();
  expect(member).toMatchObject({ left_by: id });
  expect(member.left_at).not.toBeNull();
  expect((await db.selectFrom('outbox').select('status').executeTakeFirstOrThrow()).status).toBe('cancelled');
  expect(await hasConsent(db, id, 'introduced')).toBe(false);
  expect((await getPreferences(db, id)).isPaused).toBe(true);
  expect(told).toEqual([id, id]);
  const held = aboutYou().holdings.find(({ what }) => what.startsWith('Agreements'));
  expect(await held?.count(db, id)).toBe(1);
});

test('whoever said no to the agreement is not told that messages are on', async () => {
  const { deps, actor, clock, db, id } = await givenPerson();
  const said: string[] = [];
  const answer = async ({ text }: { text: string }) => void said.push(text);
  await start(deps, actor, answer);
  await giveConsent(db, clock, { personId: id, kind: 'declined', version: '1' });
  await start(deps, await loadActor(db, id), answer);
  expect(said).toEqual(['Messages are on already.', 'You did not agree to the community agreement.']);
});

test('nor by any other answer about their messages', async () => {
  const { deps, clock, db, id } = await givenPerson();
  await giveConsent(db, clock, { personId: id, kind: 'declined', version: '1' });
  const actor = await loadActor(db, id);
  const said: string[] = [];
  const answer = async (one: Answer) => void said.push(JSON.stringify(one.blocks));
  for (const words of ['', 'off', 'gibberish']) await away(deps, actor, words, answer);
  said.push(JSON.stringify(savedModal(standingOf(await getPreferences(db, id), actor), '2026-03-03')));
  for (const one of said) {
    expect(one).toContain('I ask you nothing, and remind you of nothing');
    expect(one).not.toMatch(/Messages (can )?come|Reminders are/);
  }
});

test('the settings fit what Slack takes', () => {
  for (const preferences of [
    usual,
    { ...usual, isPaused: true, awayUntil: '2026-04-01', wantsReminders: false },
    { ...usual, wantsMessages: false },
  ])
    expect(checkView(settingsModal(preferences, '2026-03-03'))).toMatchObject({ ok: true });
});

test('away, pause, start, settings, privacy and leave, by command and by button', async () => {
  const here = await givenCommunity();
  const sam = here.as('sam');
  const said = () => sam.visibleText(sam.ephemerals().at(-1) ?? 'home');
  const press = (words: string) => sam.click(words, { in: sam.ephemerals().at(-1) ?? 'home' });
  await sam.command('/chatr resume');
  expect(said()).toMatch(/Messages are on already,\W* and nothing was changed. .*between 09:00 and 18:00/);
  await press('Pause all messages');
  await press('Start messages again');
  expect(said()).toContain('Messages are on again.');
  await sam.command('/chatr away until 20 March');
  expect(said()).toContain('Friday 20 March');
  await sam.post('resume');
  expect(sam.visibleText(sam.dmsWithBot().at(-1))).toMatch(
    /You are away\W* up to and including Friday 20 March, and nothing was changed.* \/chatr away off/,
  );
  await sam.command('/chatr pause');
  await press('Start messages again');
  expect(said()).toMatch(
    /Messages are on again, but you are away\W* up to and including Friday 20 March.*I send nothing/,
  );
  await sam.command('/chatr pause');
  await sam.command('/chatr away off');
  expect(said()).toMatch(/you are not away. Paused: .*until you start again/);
  await press('Start messages again');
  expect(said()).toMatch(/Messages are on again\.\W* Messages can come on working days/);
  await sam.command('/chatr away until 20 March');
  await press('I am back');
  expect(said()).toContain('you are not away. Messages come at your usual hours.');
  await sam.command('/chatr away whenever I like');
  expect(said()).toContain('nothing was changed');
  await sam.command('/chatr away next Fridya');
  expect(said()).toContain('nothing was changed');
  await sam.openHome();
  expect(sam.visibleText('home')).not.toContain('You are away');
  await sam.click('Friday 6 March', { in: sam.ephemerals().at(-1) ?? 'home' });
  expect(said()).toContain('up to and including Friday 6 March.');
  await sam.command('/chatr away until 2 January');
  expect(said()).toContain('Saturday 2 January 2027');
  await sam.command('/chatr away back on 3 April');
  expect(said()).toContain('up to and including Thursday 2 April.');
  await sam.command('/chatr away off');
  await sam.command('/chatr pause');
  expect(said()).toContain('paused');
  await sam.openHome();
  expect(sam.visibleText('home')).toContain('Messages are paused');
  await sam.click('Start messages again', { in: 'home', nth: 0 });
  await sam.closeModal({ all: true });
  expect(sam.visibleText('home')).not.toContain('Messages are paused');
  await sam.click('Change my messages', { in: 'home' });
  await sam.submit({ 'Quiet until': '17:30' });
  expect(JSON.stringify(sam.modal())).toContain(
    'Messages could come only between 17:30 and 18:00. Please leave at least two hours',
  );
  await sam.submit({ 'Quiet from': '17:30' });
  expect(JSON.stringify(sam.modal())).toContain('Both are 17:30, so no time would be left.');
  await sam.submit({ 'Quiet from': '16:00', 'Quiet until': '10:00' });
  expect(sam.visibleText('modal')).toContain('between 10:00 and 16:00, and at no other time');
  await sam.closeModal({ all: true });
  await sam.command('/chatr privacy');
  expect(said()).toContain('What I keep about you');
  await sam.command('/chatr leave');
  expect(said()).toContain('stops all messages at once');
  await sam.click('Leave the programme', { in: sam.ephemerals().at(-1) ?? 'home' });
  expect(said()).toContain('You have left');
  await sam.openHome();
  expect(sam.visibleText('home')).toContain('You have left the programme');
  expect(sam.visibleText('home')).toContain('To come back');
  expect(sam.visibleText('home')).not.toContain('Leave the programme');
  expect(sam.visibleText('home').match(/Start messages again/g)).toHaveLength(1);
  await sam.command('/chatr settings');
  expect(sam.modal()?.title).toBe('My messages');
  await sam.closeModal();
  await sam.click('Start messages again', { in: 'home', nth: 0 });
  await sam.openHome();
  expect(sam.visibleText('home')).not.toContain('You have left');
  await sam.command('/chatr pause');
  await sam.openHome();
  expect(sam.visibleText('home')).toContain('Messages are paused');
  expect(here.log.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
});
