import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/db/open.ts';
import { listBoxed, listOwn } from '../../src/features/checkins/answering/store.ts';
import { type Community, givenCommunity } from '../support/community.ts';
import { copyFolder, statesOf } from '../support/copies.ts';
import { givenOlderStore, sealedBefore } from '../support/older-store.ts';
import { closeAll } from '../support/stories.ts';
import { vaultOf } from '../support/vault.ts';

const at = '2026-02-01T10:00:00.000Z';
const hour = 60;

const fileOf = ({ config }: Community): string => config.databaseUrl.slice('file:'.length);

/** The bytes of the database and its journals; not of the copy from before the update. */
const bytesOf = (community: Community): string =>
  readdirSync(dirname(fileOf(community)))
    .filter((file) => !file.endsWith('.before-update'))
    .map((file) => readFileSync(join(dirname(fileOf(community)), file)).toString('latin1'))
    .join('')
    .toLowerCase();

/** A bot that finds what version 0.1.0 left: each thing that stood in clear, and each that was sealed in another way. */
async function givenOlder(): Promise<Community> {
  const community = await givenCommunity();
  await community.stopBot();
  for (const more of ['', '-wal', '-shm']) rmSync(`${fileOf(community)}${more}`, { force: true });
  const seal = (value: unknown, place: string) =>
    sealedBefore(community.config.encryptionKey, JSON.stringify(value), place);
  const round = { definition: JSON.stringify(definition('group')), checkin_id: 'c1', due_at: at };

  await givenOlderStore(community.config.databaseUrl, '0007-indexes', async (put) => {
    for (const [id, name] of [
      ['p-robin', 'robin'],
      ['p-sam', 'sam'],
    ] as const)
      await put('people', {
        id,
        slack_id: community.as(name).id,
        display_name: name,
        time_zone: 'Europe/London',
        kind: 'member',
        is_workspace_admin: 0,
        first_met_at: at,
      });
    await put('journeys', {
      id: 'j1',
      person_id: 'p-robin',
      status: 'finished',
      met_how: 'used',
      met_at: at,
      pace: 'none',
      agreement_version: '1',
      updated_at: at,
    });
    await put('profiles', {
      person_id: 'p-robin',
      role: 'Quokka keeper',
      organisation: 'A made-up trust',
      introduction: 'Quokkas, mostly',
      access_needs: 'Quokka ramps',
      visibility: JSON.stringify({ role: 'nobody' }),
      updated_at: at,
    });
    await put('reflections', {
      id: 'r1',
      person_id: 'p-robin',
      framework: 'a-moment',
      sealed: seal(
        {
          version: 1,
          title: 'A moment',
          parts: [{ key: 'moment', label: 'A moment', text: 'Quokka curtains' }],
          choices: [],
        },
        'reflection:r1',
      ),
      written_at: at,
      updated_at: at,
    });
    await put('cohorts', { id: 'g1', name: 'Spring group', created_by: 'system', created_at: at });
    await put('trainee_imports', { id: 'i1', created_by: 'p-sam', created_at: at, state: 'done' });
    await put('expected_trainees', {
      id: 'e1',
      import_id: 'i1',
      line: 2,
      email: 'quokka@example.org',
      name: 'Quokka Madeup',
      cohort_id: 'g1',
      agency: 'Quokka Hub',
      role: 'Quokka nurse',
      state: 'waiting',
      created_at: at,
    });
    await put('profile_hints', {
      person_id: 'p-sam',
      role: 'Quokka doctor',
      organisation: 'Hub',
      created_at: at,
    });
    for (const mode of ['group', 'linked', 'named'] as const) {
      await put('checkins', {
        id: `c-${mode}`,
        cohort_id: 'g1',
        template_id: 'weekly-pulse',
        mode,
        definition: JSON.stringify(definition(mode)),
        open_days: 7,
        status: 'finished',
        created_by: 'system',
        created_at: at,
      });
      await put('checkin_rounds', {
        ...round,
        id: `o-${mode}`,
        checkin_id: `c-${mode}`,
        definition: JSON.stringify(definition(mode)),
        status: 'closed',
        closed_at: at,
      });
      for (const person of ['p-robin', 'p-sam']) {
        await put('participations', { round_id: `o-${mode}`, person_id: person, status: 'answered' });
        for (const [question, value] of [
          ['week', person === 'p-robin' ? 1 : 5],
          ['word', `quokka of ${person}`],
        ] as const)
          await put('answers', {
            id: `${mode}-${person}-${question}`,
            round_id: `o-${mode}`,
            question_id: question,
            person_id: mode === 'named' ? person : null,
            random_key: mode === 'linked' ? `key of ${person}` : null,
            sealed: seal(value, `answer:${mode}-${person}-${question}`),
          });
      }
    }
  });
  return community;
}

const definition = (mode: string) => ({
  templateId: 'weekly-pulse',
  label: 'Weekly pulse',
  minutes: 1,
  purpose: 'To see.',
  intro: 'Three taps.',
  mode,
  family: 'weekly-pulse',
  showsSupport: false,
  questions: [
    { type: 'scale', id: 'week', text: 'How?', min: 1, max: 5, low: 'Heavy', high: 'Light' },
    { type: 'text', id: 'word', text: 'A word?', maxChars: 200 },
  ],
});

test('what an older version kept in clear is sealed at the first start, and everything is there as it was', async () => {
  const community = await givenOlder();
  await community.startBot();
  const robin = community.as('robin');
  expect(bytesOf(community), 'nothing in clear').not.toContain('quokka');

  await robin.openHome();
  await robin.click('Edit my profile', { in: 'home' });
  expect(JSON.stringify(robin.modal())).toContain('Quokka keeper');
  await robin.submit({});
  const second = JSON.stringify(robin.modal());
  for (const words of ['Quokkas, mostly', 'Quokka ramps']) expect(second).toContain(words);
  await closeAll(robin);
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).toContain('Quokka curtains');
  await closeAll(robin);

  // A look into the file, as the program that runs now reads it.
  const store = await openStore(`file:${copyFolder(fileOf(community))}`);
  const vault = vaultOf(community.config);
  const words = ['quokka of p-robin', 'quokka of p-sam'];
  for (const mode of ['group', 'linked']) {
    const { answers, isWhole } = await listBoxed(store.db, vault, `o-${mode}`);
    expect(isWhole).toBe(true);
    expect(answers.map(({ value }) => String(value)).toSorted()).toEqual(['1', '5', ...words]);
    const keys = answers.map(({ value, key }) => `${String(value)} ${key}`).toSorted();
    if (mode === 'linked')
      expect(keys).toEqual([
        '1 key of p-robin',
        '5 key of p-sam',
        ...words.map((word) => `${word} ${word.replace('quokka', 'key')}`),
      ]);
  }
  expect(await listOwn(store.db, vault, 'o-named')).toMatchObject({
    isWhole: true,
    answers: [
      { personId: 'p-robin', answers: { week: 1, word: words[0] } },
      { personId: 'p-sam', answers: { week: 5, word: words[1] } },
    ],
  });
  await store.close();

  const state = statesOf(copyFolder(fileOf(community))).at(-1) ?? {};
  expect(Object.keys(state).filter((table) => table.endsWith('_before_0008'))).toEqual([]);
  expect(state.settings).not.toContainEqual({ key: 'unsealed', value: '0008' });
  expect(state.expected_trainees).toMatchObject([{ id: 'e1', cohort_id: 'g1', state: 'waiting' }]);
  expect(state.profile_hints).toMatchObject([{ person_id: 'p-sam', role: null, organisation: null }]);

  // The copy from before the update is the one place where it still stands, for a day.
  const copy = `${basename(fileOf(community))}.before-update`;
  const files = () => readdirSync(dirname(fileOf(community)));
  expect(files()).toContain(copy);
  await community.forward(25 * hour, hour);
  expect(files()).not.toContain(copy);
  expect(community.log).toEqual([]);
});

test('a list that was imported before the update still finds who is on it', async () => {
  const community = await givenOlder();
  await community.startBot();
  const one = await community.workspace.joinPerson({
    name: 'quokka',
    realName: 'Quokka Madeup',
    email: 'Quokka@Example.org',
  });
  await community.forward(hour, hour);
  await one.command('/chatr groups');
  expect(one.visibleText(one.ephemerals().at(-1))).toContain('Spring group');
});

test('with another key nothing is sealed, nothing is lost, and the operator is told; the right key does it later', async () => {
  const community = await givenOlder();
  const { encryptionKey } = community.config;
  community.config.encryptionKey = Buffer.alloc(32, 1);
  await expect(community.startBot()).rejects.toThrow('CHATR_ENCRYPTION_KEY is not the key of this database');
  community.config.encryptionKey = encryptionKey;
  await community.startBot();
  const robin = community.as('robin');
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).toContain('Quokka curtains');
  expect(bytesOf(community)).not.toContain('quokka');
});
