import type { WebClient } from '@slack/web-api';
import { defaultSeeds, type PersonDriver } from 'practice-workspace';
import { describe, expect, test } from 'vitest';
import { giveConsent } from '../../../src/community/consents.ts';
import { loadActor } from '../../../src/community/permissions.ts';
import { forgetExpected, readExpected } from '../../../src/features/cohorts/importing/expected.ts';
import { fillProfiles } from '../../../src/features/cohorts/importing/hints.ts';
import {
  confirmImport,
  draftImport,
  dropDraft,
  importProgress,
} from '../../../src/features/cohorts/importing/import.ts';
import {
  lookUpDraft,
  lookUpTrainees,
  matchExpected,
} from '../../../src/features/cohorts/importing/lookups.ts';
import { listExpected } from '../../../src/features/cohorts/importing/store.ts';
import { jobs } from '../../../src/features/cohorts/jobs.ts';
import { archiveCohort } from '../../../src/features/cohorts/managing/archive.ts';
import { emptyProfile } from '../../../src/features/onboarding/profile/profile.ts';
import { profileOf, writeProfile } from '../../../src/features/onboarding/profile/store.ts';
import { days } from '../../../src/lib/clock.ts';
import { actorNamed, closeOnceAnswered, givenWorkspace, manyPeople, type OnSlack } from './slack-support.ts';
import {
  type Bench,
  givenBench,
  givenCohort,
  givenFacilitator,
  givenPerson,
  membersOf,
  queued,
} from './support.ts';

async function givenLead() {
  const bench = await givenBench();
  const lead = await givenFacilitator(bench);
  return { bench, lead, cohortId: await givenCohort(bench, lead) };
}

async function draft(
  bench: Bench,
  lead: Awaited<ReturnType<typeof givenFacilitator>>,
  text: string,
  cohortId?: string,
) {
  const outcome = await draftImport(bench, { actor: lead, text, cohortId });
  if (outcome.kind !== 'draft') throw new Error(`No draft but ${outcome.kind}.`);
  return outcome;
}

/** What is kept of lists, opened. */
async function rowsLeft({ db, vault }: Bench) {
  const rows = await db.selectFrom('expected_trainees').select(['id', 'state', 'sealed']).execute();
  const opened = rows.map(({ id, state, sealed }) => {
    const told = JSON.parse(vault.openFor('programme', sealed, `expected-trainee:${id}`)) as {
      email: string;
    };
    return { email: told.email, state };
  });
  return opened.toSorted((one, other) => one.email.localeCompare(other.email));
}

describe('trainees ahead of Slack', () => {
  test('a dry run does nothing; a confirmed one expects people, who land in their groups when they join', async () => {
    const { bench, lead, cohortId } = await givenLead();
    const text =
      'Email;Cohort;Agency;Role\nAna@x.org;perinatal pilot;Hub;Nurse\nana@x.org;Brand new;;\nb@x.org;;;';
    const { importId, plan } = await draft(bench, lead, text);
    expect(plan.newGroups.map(({ name }) => name)).toEqual(['Brand new']);
    const person = await givenPerson(bench);
    expect(await matchExpected(bench, person.id, 'nobody@x.org')).toEqual([]);
    expect(await membersOf(bench, cohortId)).toEqual([]);

    expect(await confirmImport(bench, { actor: lead, importId, makeGroups: true })).toMatchObject({
      kind: 'confirmed',
    });
    expect(await importProgress(bench, { actor: lead, importId })).toMatchObject({
      state: 'running',
      // Addresses, one of them for two groups.
      looking: 2,
    });
    const joined = await matchExpected(bench, person.id, ' ANA@X.ORG ');
    expect(joined).toHaveLength(2);
    expect(joined).toContain(cohortId);
    expect(await membersOf(bench, cohortId)).toEqual([person.id]);
    expect(await rowsLeft(bench)).toEqual([{ email: 'b@x.org', state: 'looking' }]);
    expect(await matchExpected(bench, person.id, 'ana@x.org')).toEqual([]);
    expect(bench.heard).toHaveLength(2);
  });

  test('role and agency reach the profile only with the agreement, and never over what the person wrote', async () => {
    const { bench, lead } = await givenLead();
    const list = 'email,agency,role\na@x.org,Sea Hub,Nurse\nb@x.org,Sea Hub,Nurse';
    const { importId } = await draft(bench, lead, list);
    await confirmImport(bench, { actor: lead, importId, makeGroups: false });
    const [ana, ben] = [await givenPerson(bench), await givenPerson(bench)];
    await matchExpected(bench, ana.id, 'a@x.org');
    await matchExpected(bench, ben.id, 'b@x.org');
    expect(await fillProfiles(bench)).toBe(0);
    expect(await bench.db.selectFrom('profiles').selectAll().execute()).toEqual([]);

    await writeProfile(
      bench.db,
      bench.vault,
      ana.id,
      { ...emptyProfile, role: 'Midwife' },
      bench.clock.now(),
    );
    for (const { id } of [ana, ben])
      await giveConsent(bench.db, bench.clock, { personId: id, kind: 'agreement', version: '1' });
    expect(await fillProfiles(bench)).toBe(2);
    expect(await fillProfiles(bench)).toBe(0);
    expect(await profileOf(bench.db, bench.vault, ana.id)).toMatchObject({
      role: 'Midwife',
      organisation: 'Sea Hub',
    });
    expect(await profileOf(bench.db, bench.vault, ben.id)).toMatchObject({
      role: 'Nurse',
      organisation: 'Sea Hub',
    });
    // Sealed, like what they type themselves. Three letters alone come by chance in what is sealed; a space never does.
    const kept = JSON.stringify(await bench.db.selectFrom('profiles').selectAll().execute());
    expect(kept).not.toMatch(/Nurse|Midwife|Sea Hub/);
    expect(await bench.db.selectFrom('profile_hints').selectAll().execute()).toEqual([]);
  });

  test('nor into what the person keeps to themselves', async () => {
    const { bench, lead } = await givenLead();
    const { importId } = await draft(bench, lead, 'email,agency,role\na@x.org,Hub,Nurse');
    await confirmImport(bench, { actor: lead, importId, makeGroups: false });
    const ana = await givenPerson(bench);
    await matchExpected(bench, ana.id, 'a@x.org');
    const visibility = { ...emptyProfile.visibility, role: 'nobody' } as const;
    await writeProfile(bench.db, bench.vault, ana.id, { ...emptyProfile, visibility }, bench.clock.now());
    await giveConsent(bench.db, bench.clock, { personId: ana.id, kind: 'agreement', version: '1' });
    await fillProfiles(bench);
    const { role, organisation } = await profileOf(bench.db, bench.vault, ana.id);
    expect({ role, organisation }).toEqual({ role: undefined, organisation: 'Hub' });
  });

  test('until somebody is matched and agrees, nothing a list says of them can be read in the database', async () => {
    const { bench, lead } = await givenLead();
    const list =
      'email,name,agency,role\nquokka@x.org,Quokka Madeup,Quokka Hub,Quokka Nurse\nquokka2@x.org,Quokka,,';
    const { importId } = await draft(bench, lead, list);
    const everything = async () => {
      const tables = (await bench.db.introspection.getTables()).map(({ name }) => name as 'people');
      return JSON.stringify(
        await Promise.all(tables.map((table) => bench.db.selectFrom(table).selectAll().execute())),
      );
    };
    expect((await everything()).toLowerCase()).not.toContain('quokka');
    await confirmImport(bench, { actor: lead, importId, makeGroups: false });
    const person = await givenPerson(bench);
    await matchExpected(bench, person.id, 'quokka@x.org');
    expect(await rowsLeft(bench)).toMatchObject([{ email: 'quokka2@x.org' }]);
    expect((await everything()).toLowerCase()).not.toContain('quokka');
  });

  test('a list that is imported again takes the place of the first; sending it twice does nothing more', async () => {
    const { bench, lead, cohortId } = await givenLead();
    for (const name of ['An', 'Ana']) {
      const { importId } = await draft(bench, lead, `email,name\na@x.org,${name}`, cohortId);
      await confirmImport(bench, { actor: lead, importId, makeGroups: false });
      await confirmImport(bench, { actor: lead, importId, makeGroups: false });
    }
    const page = await readExpected(bench, { actor: lead, cohortId, wanted: 0 });
    expect([page?.total, page?.rows[0]?.name]).toEqual([1, 'Ana']);
  });

  test('only the one who brought a list confirms it or sees how far it is', async () => {
    const { bench, lead } = await givenLead();
    const other = await givenFacilitator(bench);
    const { importId } = await draft(bench, lead, 'a@x.org');
    expect(await confirmImport(bench, { actor: other, importId, makeGroups: true })).toEqual({
      kind: 'not-yours',
    });
    expect(await importProgress(bench, { actor: other, importId })).toBeUndefined();
    await dropDraft(bench, { actor: other, importId });
    expect(await rowsLeft(bench)).toHaveLength(1);
    await dropDraft(bench, { actor: lead, importId });
    expect(await rowsLeft(bench)).toEqual([]);
    expect(await confirmImport(bench, { actor: lead, importId, makeGroups: true })).toEqual({ kind: 'gone' });
  });

  test('whoever is on a list with a group and on another without is expected once, in the group', async () => {
    const { bench, lead, cohortId } = await givenLead();
    const bring = async (text: string) => {
      const { importId } = await draft(bench, lead, text);
      await confirmImport(bench, { actor: lead, importId, makeGroups: false });
    };
    const page = { offset: 0, limit: 9 };
    const expectedIn = async (id?: string) =>
      (await listExpected(bench.db, bench.vault, id, page)).map(({ email }) => email);
    await bring('email,group\na@x.org,Perinatal pilot\nb@x.org,\nc@x.org,');
    expect(await expectedIn()).toEqual(['b@x.org', 'c@x.org']);
    await bring('email,group\nA@x.org,\nb@x.org,Perinatal pilot\nc@x.org,');
    expect(await expectedIn(cohortId)).toEqual(['a@x.org', 'b@x.org']);
    expect(await expectedIn()).toEqual(['c@x.org']);
  });

  test('rights count when it is confirmed, not when it was read', async () => {
    const { bench, lead, cohortId } = await givenLead();
    const own = await givenFacilitator(bench, cohortId);
    const { importId } = await draft(bench, own, 'a@x.org', cohortId);
    await archiveCohort(bench, { actor: lead, cohortId });
    await confirmImport(bench, { actor: own, importId, makeGroups: true });
    expect(await importProgress(bench, { actor: own, importId })).toMatchObject({
      leftOut: 1,
      state: 'done',
    });

    const { importId: second } = await draft(bench, own, 'a@x.org', cohortId);
    await bench.db
      .updateTable('roles')
      .set({ revoked_at: 'x' })
      .where('person_id', '=', own.person.id)
      .execute();
    const demoted = await loadActor(bench.db, own.person.id);
    expect(await confirmImport(bench, { actor: demoted, importId: second, makeGroups: true })).toEqual({
      kind: 'not-yours',
    });
    expect(await draftImport(bench, { actor: demoted, text: 'a@x.org', cohortId })).toEqual({
      kind: 'not-allowed',
    });
  });

  test('a facilitator takes somebody off the list; of another group they cannot', async () => {
    const { bench, lead, cohortId } = await givenLead();
    const other = await givenFacilitator(bench, await givenCohort(bench, lead, 'Another'));
    const { importId } = await draft(bench, lead, 'a@x.org', cohortId);
    await confirmImport(bench, { actor: lead, importId, makeGroups: true });
    const page = await readExpected(bench, { actor: lead, cohortId, wanted: 0 });
    const id = page?.rows[0]?.id ?? '';
    expect(await forgetExpected(bench, { actor: other, id })).toEqual({ kind: 'not-allowed' });
    expect(await forgetExpected(bench, { actor: lead, id })).toEqual({ kind: 'forgotten', cohortId });
    expect(await forgetExpected(bench, { actor: lead, id })).toEqual({ kind: 'gone' });
  });

  test('addresses go after 180 days, dry runs that nobody confirmed after a day', async () => {
    const { bench, lead, cohortId } = await givenLead();
    const { importId } = await draft(bench, lead, 'a@x.org', cohortId);
    await confirmImport(bench, { actor: lead, importId, makeGroups: true });
    await draft(bench, lead, 'b@x.org', cohortId);
    const run = async () => {
      for (const job of jobs(bench))
        if (job.name === 'cohorts.forgetExpected') await job.run(bench.clock.now());
    };
    bench.clock.forward(days(2) / 60_000);
    await run();
    expect(await rowsLeft(bench)).toMatchObject([{ email: 'a@x.org' }]);
    bench.clock.forward(days(180) / 60_000);
    await run();
    expect(await rowsLeft(bench)).toEqual([]);
  });

  test('5,000 lines are drafted and confirmed within the time of a click', async () => {
    const { bench, lead, cohortId } = await givenLead();
    const text = `email\n${Array.from({ length: 5000 }, (_, index) => `p${index}@x.org`).join('\n')}`;
    const started = performance.now();
    const { importId } = await draft(bench, lead, text, cohortId);
    await confirmImport(bench, { actor: lead, importId, makeGroups: true });
    expect(performance.now() - started).toBeLessThan(8_000);
    expect(await importProgress(bench, { actor: lead, importId })).toMatchObject({ looking: 5000 });
  });

  test('an address is in no log line and in no audit record', async () => {
    const { bench, lead, cohortId } = await givenLead();
    const { importId } = await draft(bench, lead, 'secret.person@x.org', cohortId);
    await confirmImport(bench, { actor: lead, importId, makeGroups: true });
    await matchExpected(bench, (await givenPerson(bench)).id, 'secret.person@x.org');
    const audit = await bench.db.selectFrom('audit_log').selectAll().execute();
    expect(JSON.stringify(audit)).not.toContain('secret');
  });
});

describe('the import in Slack', () => {
  const emailOf = async (on: OnSlack, name: string): Promise<string> => {
    const { user } = await on.client.users.info({ user: on.as(name).id });
    return user?.profile?.email ?? '';
  };

  async function openForm(jo: PersonDriver): Promise<void> {
    await jo.command('/try');
    await jo.click('Import trainees');
  }

  test('paste, look at what would happen, import: who is here joins at once, the rest when they come', async () => {
    const on = await givenWorkspace();
    const cohortId = await givenCohort(on.bench, await actorNamed(on, 'jo'));
    const jo = on.as('jo');
    await openForm(jo);
    const list = [
      'E-mail address;Name;Cohort',
      `${(await emailOf(on, 'robin')).toUpperCase()};Robin;Perinatal pilot`,
      'new.one@example.org;New One;Perinatal pilot',
      'new.one@example.org;New One;Perinatal pilot',
      'broken@;B;Perinatal pilot',
      'd@example.org;D;Perinatal pilots',
    ].join('\n');
    await jo.submit({ 'Paste the list': list });
    const text = jo.visibleText('modal');
    expect(text).toContain('3 people can be imported');
    expect(text).toContain('1 already in Slack');
    expect(text).toContain('2 not in Slack yet');
    expect(text).toContain('line 4');
    expect(text).toContain('Line 5: “broken@” is not a whole e-mail address');
    expect(text).toContain('did you mean Perinatal pilot?');
    expect(text).toContain('180 days');
    expect(await membersOf(on.bench, cohortId)).toEqual([]);
    await jo.submit({ 'What shall happen with them?': 'Leave those lines out' });
    expect(jo.visibleText('modal')).toContain('The import is finished');
    expect(await membersOf(on.bench, cohortId)).toHaveLength(1);

    await jo.click('See the groups');
    await jo.click('Open');
    await jo.click('See who is expected');
    expect(jo.visibleText('modal')).toContain('new.one@example.org');

    const came = await on.workspace.joinPerson({ name: 'newone', email: 'New.One@example.org' });
    await on.feature.matchExpected((await on.person('newone')).id, 'New.One@example.org');
    expect(await membersOf(on.bench, cohortId)).toHaveLength(2);
    expect(came.id).toBeTruthy();
    expect(await rowsLeft(on.bench)).toEqual([]);
  });

  test('closing the dry run forgets the list', async () => {
    const on = await givenWorkspace();
    const jo = on.as('jo');
    await openForm(jo);
    await jo.submit({ 'Paste the list': 'a@example.org' });
    expect(await rowsLeft(on.bench)).toHaveLength(1);
    await jo.closeModal();
    expect(await rowsLeft(on.bench)).toEqual([]);
  });

  test('closing the window while people are looked up forgets the list too', async () => {
    const on = await givenWorkspace();
    const jo = on.as('jo');
    await openForm(jo);
    closeOnceAnswered(on, 'jo');
    await jo.submit({ 'Paste the list': 'a@example.org' });
    expect(jo.modals()).toEqual([]);
    expect(await rowsLeft(on.bench)).toEqual([]);
  });

  test('what cannot be read is said beside the field, and what was typed stays', async () => {
    const on = await givenWorkspace();
    const jo = on.as('jo');
    await openForm(jo);
    for (const [typed, words] of [
      ['  ', 'Please paste a list here'],
      ['Name,Team\nAna,Hub', 'name one of the columns “email”'],
      ['Email\nana', 'Line 2'],
      ['email,name\na@x.org,"Ana', 'quotation mark'],
      ['SMITH, Jane; DOE, John <broken@>', '“SMITH, Jane” has no e-mail address'],
    ] as const) {
      await jo.submit({ 'Paste the list': typed }, { mayFail: true });
      expect(jo.modal()?.title).toBe('Import trainees');
      expect(JSON.stringify(jo.modal())).toContain(words);
    }
  });

  test('a file as Excel saves it', async () => {
    const on = await givenWorkspace();
    const cohortId = await givenCohort(on.bench, await actorNamed(on, 'jo'));
    const jo = on.as('jo');
    await openForm(jo);
    const bytes = Buffer.from('\ufeffEmail\tName\r\nzoe@example.org\tZoë\r\n', 'utf16le');
    await sendFile(jo, bytes);
    expect(jo.visibleText('modal')).toContain('1 person can be imported');
    await jo.submit();
    const actor = await actorNamed(on, 'jo');
    const page = await readExpected(on.bench, { actor, cohortId: undefined, wanted: 0 });
    expect(page?.rows).toMatchObject([{ email: 'zoe@example.org', name: 'Zoë' }]);
    expect(await membersOf(on.bench, cohortId)).toEqual([]);
  });

  test('recipients copied from a message: who is read is said, who has no address too', async () => {
    const on = await givenWorkspace();
    const jo = on.as('jo');
    await openForm(jo);
    const list =
      'SMITH, Jane (A MADE-UP NHS TRUST) <jane@example.org>; Lost, Bob; DOE, John <john@example.org>';
    await jo.submit({ 'Paste the list': `Please send changes to admin@example.org\n${list}` });
    const text = jo.visibleText('modal');
    expect(text).toContain('2 people can be imported');
    expect(text).toContain('Line 1: “admin@example.org” was not read as anybody’s address');
    expect(text).toContain('Line 2: “Lost, Bob” has no e-mail address');
    await jo.submit();
    const rows = await listExpected(on.bench.db, on.bench.vault, undefined, { offset: 0, limit: 5 });
    expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(['Jane Smith', 'John Doe']));
  });

  test('names in two columns offer no group; what may be one is not made unless somebody says so', async () => {
    const on = await givenWorkspace();
    const jo = on.as('jo');
    await openForm(jo);
    await jo.submit({ 'Paste the list': 'Smith,Jane,jane@example.org' });
    expect(jo.visibleText('modal')).toContain('taken for first name and surname');
    expect(jo.visibleText('modal')).not.toContain('do not exist yet');
    await jo.closeModal();

    await openForm(jo);
    await jo.submit({ 'Paste the list': 'Jane Smith,jane@example.org,Pilot east' });
    expect(jo.visibleText('modal')).toContain('taken for name and group');
    await jo.submit({}, { mayFail: true });
    expect(jo.modal()?.title).toBe('Check the list');
    await jo.submit({ 'What shall happen with them?': 'Make these groups' });
    expect(jo.visibleText('modal')).toContain('Not in Slack yet: 1');
  });

  test('an address on two lines is one person, told with what was taken; in no group, nobody lands in one', async () => {
    const on = await givenWorkspace();
    const { db, vault } = on.bench;
    const cohortId = await givenCohort(on.bench, await actorNamed(on, 'jo'));
    const jo = on.as('jo');
    await openForm(jo);
    const list = [
      'email,name,group',
      'ella@nhs.example,Ella,Perinatal pilot',
      'bo@nhs.example,Bo,Perinatal pilot',
      ' ELLA@nhs.example ,Ella Again,',
      'cy@nhs.example,Cy,',
      `${await emailOf(on, 'robin')},Robin,`,
    ];
    await jo.submit({ 'Paste the list': list.join('\n') });
    const text = jo.visibleText('modal');
    expect(text).toContain('4 people can be imported');
    expect(text).toContain('Lines 2 and 4 are one person. They do not say the same name; taken: “Ella”.');
    expect(text).toContain('1 already in Slack: whoever has a group joins it at once.');
    expect(text).toContain('3 not in Slack yet: whoever has a group lands in it when they join');
    expect(text).toContain('2 of them in no group');
    await jo.submit();
    const done = jo.visibleText('modal');
    expect(done).toContain('Not in Slack yet: 2. They land in their group');
    expect(done).toContain('Not in Slack yet, and in no group: 1.');
    expect(done).toContain('Left out: 1 (no group');
    expect(done).not.toContain('In their group already');
    const page = { offset: 0, limit: 9 };
    const namesIn = async (id?: string) => (await listExpected(db, vault, id, page)).map(({ name }) => name);
    expect(await namesIn(cohortId)).toEqual(['Bo', 'Ella']);
    expect(await namesIn()).toEqual(['Cy']);
  });

  test('an attendance report of Teams, as it is downloaded', async () => {
    const on = await givenWorkspace();
    const jo = on.as('jo');
    await openForm(jo);
    const report = [
      '1. Summary',
      'Meeting title\tSpring training',
      '2. Participants',
      'Name\tFirst Join\tEmail\tParticipant ID (UPN)\tRole',
      'Smith, Jane\t1/24/26, 9:59:00 AM\tjane@example.org\tn1@example.org\tPresenter',
      '3. In-Meeting Activities',
      'Name\tJoin Time\tEmail\tRole',
      'Smith, Jane\t1/24/26, 9:59:00 AM\tjane@example.org\tPresenter',
    ].join('\r\n');
    await sendFile(jo, Buffer.from(`\ufeff${report}`, 'utf16le'));
    expect(jo.visibleText('modal')).toContain('1 person can be imported');
    expect(jo.visibleText('modal')).toContain('1 entry says the same as an earlier one');
    await jo.submit();
    const rows = await listExpected(on.bench.db, on.bench.vault, undefined, { offset: 0, limit: 5 });
    expect(rows).toMatchObject([{ email: 'jane@example.org', name: 'Jane Smith', role: undefined }]);
  });

  test('a spreadsheet instead of a CSV is said, and the form comes back', async () => {
    const on = await givenWorkspace();
    const jo = on.as('jo');
    await openForm(jo);
    await sendFile(jo, Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]));
    expect(jo.visibleText('modal')).toContain('This is not a CSV file');
    expect(jo.modal()?.title).toBe('Import trainees');
  });

  async function sendFile(jo: PersonDriver, bytes: Buffer): Promise<void> {
    await jo.submit({ 'Or a CSV file': jo.upload('list.csv', bytes) });
  }

  test('a long list is looked up in pages, goes on after a failure, and ends with a note', async () => {
    const extra = manyPeople(60).map((seed) => ({ ...seed, email: `${seed.name}@example.org` }));
    const on = await givenWorkspace({
      seeds: { ...defaultSeeds, people: [...defaultSeeds.people, ...extra] },
    });
    const { bench } = on;
    const actor = await actorNamed(on, 'jo');
    const cohortId = await givenCohort(bench, actor);
    const emails = [
      ...extra.map(({ email }) => email),
      ...Array.from({ length: 20 }, (_, index) => `away${index}@x.org`),
    ];
    const { importId } = await draft(bench, actor, emails.join('\n'), cohortId);
    await confirmImport(bench, { actor, importId, makeGroups: true });
    await bench.db.updateTable('trainee_imports').set({ tell_when_done: 1 }).execute();

    const down = { users: { list: () => Promise.reject(new Error('ECONNRESET')) } } as unknown as WebClient;
    expect(await lookUpTrainees({ ...bench, client: down }, importId)).toBe('more');
    expect(await membersOf(bench, cohortId)).toEqual([]);
    for (const job of jobs(bench)) await job.run(bench.clock.now());
    expect(await importProgress(bench, { actor, importId })).toMatchObject({
      state: 'done',
      added: 60,
      waiting: 20,
      looking: 0,
    });
    expect(await membersOf(bench, cohortId)).toHaveLength(60);
    expect(await queued(bench, 'trainees.imported')).toHaveLength(1);
    expect(await lookUpTrainees(bench, importId)).toBe('done');
  });

  test('while Slack says “not so fast”, nobody is taken for absent', async () => {
    const { bench, lead, cohortId } = await givenLead();
    const { importId } = await draft(bench, lead, 'a@x.org\nb@x.org', cohortId);
    const busy = {
      users: { lookupByEmail: () => Promise.reject(new Error('ratelimited')) },
    } as unknown as WebClient;
    await lookUpDraft({ ...bench, client: busy }, importId);
    await confirmImport(bench, { actor: lead, importId, makeGroups: true });
    expect(await lookUpTrainees({ ...bench, client: busy }, importId)).toBe('more');
    expect(await importProgress(bench, { actor: lead, importId })).toMatchObject({ looking: 2, waiting: 0 });
  });
});
