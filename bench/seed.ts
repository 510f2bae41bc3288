import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import type { Insertable } from 'kysely';
import type { Schema } from '../src/db/schema.ts';
import type { BoxedAnswer } from '../src/features/checkins/answering/store.ts';
import type { Content } from '../src/features/content.ts';
import { monthAfter, monthOf, weekOf } from '../src/features/evaluation/use/periods.ts';
import { mayKeepWord } from '../src/features/resources/finding/missed.ts';
import { coreModule } from '../src/features/training/content.ts';
import { listSeries } from '../src/features/training/sessions/outlines.ts';
import { days, hours, later } from '../src/lib/clock.ts';
import type { Vault } from '../src/lib/crypto.ts';
import { newId } from '../src/lib/random.ts';
import { type Chance, chance } from './chance.ts';
import { actors, encryptionKey, inhabitants, type Size, unit } from './community.ts';

/**
 * A community that has been at it for some weeks, written straight into a database. Nothing of it is due: what a beat
 * costs when there is nothing to do can be measured on it. The rows are typed as the schema is, so that `npm run check`
 * says what to change here when a migration changes a table.
 */
type Put = <Table extends keyof Schema>(table: Table, row: Insertable<Schema[Table]>) => void;

type Somebody = { id: string; slackId: string; name: string; hasBegun: boolean };
type Group = { id: string; members: Somebody[] };
type Template = Content['templates']['templates'][number];

type Seeding = {
  put: Put;
  content: Content;
  vault: Vault;
  /** False for a checkout from before answers under random keys were sealed each for itself. */
  sealsKeyed: boolean;
  size: Size;
  now: Date;
  chance: Chance;
  people: Somebody[];
  lead: Somebody;
  /** By person: what joins somebody's answers where they stand under a random key. */
  keys: ReadonlyMap<string, string>;
};

/**
 * Makes the file with the migrations of that checkout and fills it.
 * @param isOther its schema may be another one than ours: columns and tables it does not have are left out.
 */
export async function seed(
  file: string,
  { root, size, isOther, now = new Date() }: { root: string; size: Size; isOther: boolean; now?: Date },
): Promise<void> {
  const from = (path: string) => import(pathToFileURL(resolve(join(root, path))).href);
  const { openStore }: typeof import('../src/db/open.ts') = await from('src/db/open.ts');
  const { migrate }: typeof import('../src/db/migrate.ts') = await from('src/db/migrate.ts');
  const { createVault }: typeof import('../src/lib/crypto.ts') = await from('src/lib/crypto.ts');
  // A checkout from before there were key files has none.
  const keyFiles: typeof import('../src/db/key-file.ts') | undefined = await from('src/db/key-file.ts').catch(
    () => undefined,
  );
  const { loadContent }: typeof import('../src/features/content.ts') = await from('src/features/content.ts');
  const store = await openStore(`file:${file}`);
  await migrate(store);
  await store.close();

  const raw = new Database(file);
  // Nobody else reads it yet, and a run that is broken off throws it away.
  raw.pragma('journal_mode = OFF');
  raw.pragma('synchronous = OFF');
  raw.pragma('cache_size = -400000');
  raw.pragma('foreign_keys = ON');
  const people = inhabitants(size).map(({ slackId, name }) => ({
    id: newId({ now: () => later(now, -days(60)) }),
    slackId,
    name,
    // These two are still asked.
    hasBegun: slackId !== actors.newcomer && slackId !== actors.member,
  }));
  const lead = people.find(({ slackId }) => slackId === actors.lead);
  if (!lead) throw new Error('There is nobody to lead.');
  const keys = keyFiles?.openKeyFile(file.replace(/\.db$/, '.keys'), encryptionKey);
  // All at once: each alone would wait for the disk.
  const byChance = chance(size);
  const seeding: Seeding = {
    put: writer(raw, isOther),
    content: loadContent(join(root, 'data')),
    vault: createVault(encryptionKey, keys),
    sealsKeyed: keys !== undefined,
    size,
    now,
    chance: byChance,
    people,
    lead,
    keys: new Map(people.map(({ id }) => [id, hex(byChance)])),
  };
  keys?.make(people.map(({ id: person }) => JSON.stringify({ person })));
  keys?.make([...seeding.keys.values()].map((key) => JSON.stringify({ key })));
  raw.transaction(() => {
    fillPeople(seeding);
    const groups = fillGroups(seeding);
    fillReflections(seeding);
    fillIntentions(seeding);
    fillModule(seeding);
    fillIntroductions(seeding);
    fillKeys(seeding);
    for (const group of groups) {
      fillCheckIns(seeding, group);
      fillPilot(seeding, group, fillSessions(seeding, group));
    }
    fillSessions(seeding);
    fillUse(seeding, groups);
    fillJourneys(seeding);
    fillResources(seeding);
    fillTraces(seeding);
    fillTeamCards(seeding);
    // It is a database in use, not one that is being brought up to date.
    if (keys) seeding.put('settings', { key: 'sealed-for', value: 'owners' });
  })();
  keys?.close();
  raw.close();
}

/** Statements are made for the columns of the first row of each kind. */
function writer(raw: Database.Database, isOther: boolean): Put {
  const statements = new Map<string, { columns: string[]; run(values: unknown[]): void }>();
  return (table, row) => {
    const given = Object.keys(row);
    const kind = `${table} ${given.join()}`;
    let statement = statements.get(kind);
    if (!statement) {
      const known = raw.pragma(`table_info(${table})`) as { name: string }[];
      const columns = isOther ? given.filter((column) => known.some(({ name }) => name === column)) : given;
      const marks = columns.map(() => '?').join();
      const prepared =
        isOther && known.length === 0
          ? undefined
          : // Another version may want what this one has not.
            raw.prepare(
              `insert ${isOther ? 'or ignore ' : ''}into ${table} (${columns.join()}) values (${marks})`,
            );
      statement = { columns, run: (values) => void prepared?.run(values) };
      statements.set(kind, statement);
    }
    const values: Record<string, unknown> = row;
    statement.run(statement.columns.map((column) => values[column]));
  };
}

const iso = (at: Date): string => at.toISOString();
const dateOf = (at: Date): string => iso(at).slice(0, 10);
const idAt = (at: Date): string => newId({ now: () => at });

function fillPeople({ put, content, vault, now, people, chance }: Seeding): void {
  const metAt = later(now, -days(60));
  const agreedAt = later(now, -days(55));
  for (const [index, person] of people.entries()) {
    put('people', {
      id: person.id,
      slack_id: person.slackId,
      display_name: person.name,
      time_zone: 'Europe/London',
      kind: 'member',
      is_workspace_admin: 0,
      deactivated_at: null,
      dm_channel: null,
      first_met_at: iso(metAt),
    });
    if (!person.hasBegun) continue;
    for (const [kind, version] of [
      ['notice', content.journey.privacyNotice.version],
      ['agreement', content.journey.agreement.version],
      ...(index % 3 === 0 ? [['listed', '1']] : []),
    ] as [string, string][])
      put('consents', {
        id: idAt(agreedAt),
        person_id: person.id,
        kind,
        version,
        given_at: iso(agreedAt),
        withdrawn_at: null,
      });
    put('profiles', {
      person_id: person.id,
      role: chance.one(content.journey.roles),
      organisation: `Practice Trust ${index % 12}`,
      age_groups: JSON.stringify([chance.one(content.vocabulary.age_groups).id]),
      interests: JSON.stringify([chance.one(content.vocabulary.topics).id]),
      sealed: vault.sealFor(
        { person: person.id },
        JSON.stringify({
          introduction: 'I work with families and would like to hear how others go about it.',
        }),
        `profile:${person.id}`,
        8 * 1024,
      ),
      updated_at: iso(agreedAt),
    });
    if (index % 4 === 0)
      put('preferences', {
        person_id: person.id,
        paused_at: null,
        away_until: null,
        quiet_from: '17:00',
        quiet_until: '09:30',
        reminders: 1,
      });
  }
}

/** Two teams of one community have said what they offer, in words of the catalogue. */
function fillTeamCards({ put, content, vault, size, now, people, chance: { one, below } }: Seeding): void {
  for (let nth = 0; nth < size * 2; nth += 1) {
    const id = idAt(later(now, -days(40)));
    const said = {
      organisation: one(content.catalogue.shown).publisher,
      team: `${one(content.vocabulary.topics).label} team ${nth + 1}`,
      offers: one(content.catalogue.shown).summary,
      advice: 'Monday to Friday',
      reach: 'By telephone',
      languages: '',
      room: '',
    };
    put('team_cards', {
      id,
      owner_id: people[below(people.length)]?.id ?? null,
      sealed: vault.sealFor('programme', JSON.stringify(said), `team-card:${id}`),
      checked_on: dateOf(later(now, -days(40))),
      due_on: dateOf(later(now, days(142))),
      asked_on: null,
      made_at: iso(later(now, -days(40))),
    });
  }
}

/** Everybody but who leads is in one group, every fifth in a second one too. The first of each facilitates it. */
function fillGroups({ put, content, vault, size, now, people, lead }: Seeding): Group[] {
  const madeAt = later(now, -days(50));
  const members = people.filter((person) => person !== lead && person.slackId !== actors.newcomer);
  const count = size * unit.groups;
  return Array.from({ length: count }, (_, index) => {
    const id = idAt(madeAt);
    put('cohorts', {
      id,
      name: `Pilot group ${index + 1}`,
      age_group: content.vocabulary.age_groups[index % content.vocabulary.age_groups.length]?.id ?? null,
      starts_on: dateOf(madeAt),
      ends_on: null,
      channel_id: null,
      created_by: lead.id,
      created_at: iso(madeAt),
      archived_at: null,
    });
    const ours = members.filter(
      (_, place) => place % count === index || (place % 5 === 0 && (place + 1) % count === index),
    );
    for (const { id: person } of ours)
      put('cohort_members', { cohort_id: id, person_id: person, joined_at: iso(madeAt), left_at: null });
    const facilitator = ours.find(({ hasBegun }) => hasBegun);
    if (facilitator)
      put('roles', {
        id: idAt(madeAt),
        person_id: facilitator.id,
        role: 'facilitator',
        cohort_id: id,
        granted_by: lead.id,
        granted_at: iso(madeAt),
        revoked_at: null,
      });
    const list = idAt(madeAt);
    put('trainee_imports', {
      id: list,
      created_by: lead.id,
      created_at: iso(madeAt),
      state: 'done',
      cursor: null,
      finished_at: iso(madeAt),
    });
    for (const line of [2, 3]) {
      const [row, email] = [idAt(madeAt), `trainee-${index}-${line}@example.org`];
      put('expected_trainees', {
        id: row,
        import_id: list,
        line,
        mark: vault.markOf(email),
        sealed: vault.sealFor('programme', JSON.stringify({ email }), `expected-trainee:${row}`),
        cohort_id: id,
        cohort_name: null,
        state: 'waiting',
        person_id: null,
        looked_up_at: iso(madeAt),
        created_at: iso(madeAt),
      });
    }
    return { id, members: ours };
  });
}

const paragraph =
  'We talked about what had gone well and what had not. I noticed that I was quick to answer and slow to ask, and that ' +
  'the silence was harder for me than for anybody else in the room. Next time I would like to wait a little longer. ';

/**
 * Ten each; who writes a lot has as many times more as the community has. A third have an earlier version, a fifth were
 * shared, and two each have something added to them for a record of learning.
 */
function fillReflections(seeding: Seeding): void {
  const { put, content, vault, size, now, people, chance } = seeding;
  for (const { id: personId, slackId } of people) {
    if (slackId === actors.newcomer) continue;
    const count = unit.reflectionsEach * (slackId === actors.writer ? size : 1);
    for (let nth = count; nth > 0; nth -= 1) {
      const at = iso(later(now, -hours(nth * 24 + chance.below(12))));
      const id = idAt(new Date(at));
      const framework = chance.one(content.frameworks.frameworks);
      const parts = framework.steps
        .filter(({ key }) => framework.choices?.[key] === undefined)
        .map(({ key, label }) => ({ key, label, text: paragraph }));
      const body = { version: 1, title: framework.label, parts, choices: [] };
      put('reflections', {
        id,
        person_id: personId,
        framework: framework.id,
        sealed: vault.sealFor({ person: personId }, JSON.stringify(body), `reflection:${id}`),
        written_at: at,
        updated_at: at,
        deleted_at: null,
      });
      if (nth % 3 === 0)
        put('reflection_versions', {
          reflection_id: id,
          person_id: personId,
          framework: framework.id,
          sealed: vault.sealFor({ person: personId }, JSON.stringify(body), `reflection-version:${id}`),
          written_at: at,
        });
      if (nth % 5 === 0)
        fillShare(seeding, { id, personId, body, at, isOver: nth % 10 === 0, reader: chance.one(people) });
      if (nth <= 2)
        put('cpd_answers', {
          person_id: personId,
          entry_id: `reflection:${id}`,
          sealed: vault.sealFor(
            { person: personId },
            JSON.stringify({ 'plain-record': { learned: paragraph } }),
            `cpd-answers:reflection:${id}`,
          ),
        });
    }
    put('cpd_choices', {
      person_id: personId,
      sealed: vault.sealFor(
        { person: personId },
        JSON.stringify({
          record: 'plain',
          from: dateOf(later(now, -days(365))),
          until: dateOf(now),
          forms: ['plain-record'],
          entries: {},
        }),
        `cpd-choice:${personId}`,
      ),
    });
  }
}

type Shared = { id: string; personId: string; body: object; at: string; isOver: boolean; reader: Somebody };

/** With one colleague, who has opened it; half of them are shared no longer, and their notices say so. */
function fillShare({ put, vault }: Seeding, { id, personId, body, at, isOver, reader }: Shared): void {
  const share = idAt(new Date(at));
  put('reflection_shares', {
    id: share,
    reflection_id: id,
    person_id: personId,
    scope: 'person',
    cohort_id: null,
    sealed: isOver
      ? null
      : vault.sealFor({ person: personId }, JSON.stringify(body), `reflection-share:${share}`),
    shared_at: at,
    copied_at: at,
    ended_at: isOver ? at : null,
  });
  put('reflection_share_readers', {
    share_id: share,
    person_id: reader.id,
    left_at: isOver ? at : null,
    notice_closed_at: isOver ? at : null,
  });
  put('reflection_share_reads', {
    id: idAt(new Date(at)),
    share_id: share,
    person_id: reader.id,
    opened_at: at,
  });
}

/** One each, all of them to come back. */
function fillIntentions({ put, vault, now, people }: Seeding): void {
  for (const [index, { id: personId }] of people.entries()) {
    const id = `intention-${index}`;
    put('intentions', {
      id,
      person_id: personId,
      occasion: '',
      sealed: vault.sealFor(
        { person: personId },
        JSON.stringify({ words: 'Wait a little longer before I answer.' }),
        `intention:${id}`,
        4096,
      ),
      noted_on: dateOf(later(now, -days(13 - (index % 10)))),
      next_at: iso(later(now, days(1 + (index % 10)))),
      outcome: null,
    });
  }
}

/** Everybody is somewhere in the core module: half way through, on average. */
function fillModule({ put, content, now, people }: Seeding): void {
  const parts = coreModule(content.training).parts;
  for (const [index, { id: personId }] of people.entries()) {
    const done = index % (parts.length + 1);
    for (const [nth, { id, label, suggested_minutes: minutes }] of parts.slice(0, done + 1).entries())
      put('module_parts', {
        person_id: personId,
        part_id: id,
        state: nth < done ? 'done' : 'begun',
        is_latest: nth === Math.min(done, parts.length - 1) ? 1 : 0,
        done_on: nth < done ? dateOf(later(now, -days(13 - nth))) : null,
        label: nth < done ? label : null,
        minutes: nth < done ? minutes : null,
      });
  }
}

/** Everybody has looked something up this week, and each group did for half a year. */
function fillUse({ put, now }: Seeding, groups: readonly Group[]): void {
  const [week, month] = [weekOf(dateOf(now)), monthOf(dateOf(now))];
  put('settings', { key: 'use.since', value: dateOf(later(now, -days(180))) });
  const counted = new Set<string>();
  for (const { id: cohortId, members } of groups) {
    for (const { id: personId } of members) {
      if (counted.has(personId)) continue;
      counted.add(personId);
      put('use_marks', { person_id: personId, kind: 'looked-up', period: week, cohort_id: cohortId });
      put('use_marks', { person_id: personId, kind: 'active', period: month, cohort_id: '' });
    }
    for (let ago = 0; ago <= 26; ago += 1)
      put('use_counts', {
        kind: 'looked-up',
        period: weekOf(dateOf(later(now, -days(7 * ago)))),
        cohort_id: cohortId,
        uses: 30,
        missed: 5,
        is_counted: ago === 0 ? 0 : 1,
      });
  }
  const shown = { members: 200, active: 120, lookUps: 300, foundNothing: 40, reflections: 60 };
  const others = { sessions: 4, places: 48, answered: 90, asked: 140 };
  for (let ago = 6; ago > 0; ago -= 1) {
    const of = monthAfter(month, -ago);
    const on = `${monthAfter(of, 1)}-01`;
    put('programme_months', { month: of, counted: JSON.stringify({ on, ...shown, ...others }) });
  }
}

/** Everybody wants to be introduced, and was four times; all as they were told weeks ago. */
function fillIntroductions({ put, vault, now, people: all }: Seeding): void {
  const since = later(now, -days(60));
  const people = all.filter(({ hasBegun }) => hasBegun);
  for (const { id: personId } of people) {
    put('consents', {
      id: idAt(since),
      person_id: personId,
      kind: 'introduced',
      version: '1',
      given_at: iso(since),
      withdrawn_at: null,
    });
    put('introduction_wishes', {
      person_id: personId,
      pool: 'everybody',
      every_weeks: 4,
      is_paused: 0,
      standing: 'regular',
      sealed: vault.sealFor(
        { person: personId },
        JSON.stringify({ avoids: [] }),
        `introduction-wish:${personId}`,
        1024,
      ),
    });
  }
  for (let nth = 0; nth < 4; nth += 1)
    for (let index = 0; index + 1 < people.length; index += 2) {
      const pair = [people[index], people[(index + 1 + 2 * nth) % people.length]];
      const id = `introduction-${nth}-${index}`;
      const at = later(now, -days(14 * (nth + 1)));
      put('introductions', {
        id,
        pool: 'everybody',
        made_on: dateOf(at),
        made_at: iso(at),
        state: 'told',
        go_at: iso(at),
        ask_at: null,
        prompt_id: null,
      });
      for (const personId of new Set(pair.flatMap((one) => one?.id ?? [])))
        put('introduction_members', {
          introduction_id: id,
          person_id: personId,
          other_agency: 1,
          other_profession: 1,
          sealed: vault.sealFor({ person: personId }, '{}', `introduction:${id}`, 256),
        });
    }
}

/** Days before and after now, Tuesdays or not: three are over and attendance is taken, of two to come one is full. */
const sessionDays = [-38, -24, -10, 12, 26] as const;

/**
 * Five sessions of a group; without one, as many that everybody can book. Half of those who are asked come. Whoever has a
 * place was told so, reminded and thanked; where one is full, two wait for a place. @returns their ids, in their order.
 */
function fillSessions(seeding: Seeding, group?: Group): string[] {
  const { put, content, vault, now, people, lead } = seeding;
  const all = listSeries(content.training).filter(({ ageGroup }) => ageGroup !== undefined);
  const asked = (group?.members ?? people.slice(0, 40)).filter(({ hasBegun }) => hasBegun);
  const coming = asked.filter((_, index) => index % 2 === 0);
  const waiting = asked.filter((_, index) => index % 2 === 1).slice(0, 2);
  return sessionDays.map((ahead, nth) => {
    const madeAt = later(now, -days(48));
    const startsAt = later(now, days(ahead));
    const isOver = ahead < 0;
    const isFull = nth === 3;
    const id = idAt(madeAt);
    const series = all[nth % all.length];
    put('training_sessions', {
      id,
      series_id: series?.id ?? 'own',
      definition: JSON.stringify({
        label: series?.label ?? '',
        shape: series?.shape ?? [],
        notes: series?.notes ?? [],
      }),
      cohort_id: group?.id ?? null,
      title: series?.label ?? 'Session',
      starts_at: iso(startsAt),
      minutes: 90,
      place: 'Room 2',
      link: null,
      places: isFull ? coming.length : coming.length + 8,
      mix: null,
      mix_until: null,
      asks_access: 1,
      sequence: 0,
      status: 'planned',
      cancelled_at: null,
      told: null,
      tell_at: null,
      reminded: isOver ? 2 : 0,
      created_by: lead.id,
      created_at: iso(madeAt),
      changed_at: iso(madeAt),
    });
    const host = group?.members.find(({ hasBegun }) => hasBegun) ?? lead;
    put('training_hosts', { session_id: id, person_id: host.id });
    if (isOver)
      put('training_registers', {
        session_id: id,
        version: 1,
        taken_at: iso(later(startsAt, hours(2))),
        taken_by: host.id,
        others: 0,
      });
    const bookedAt = (place: number) => later(madeAt, hours(24 + place));
    for (const [place, person] of [...coming, ...(isFull ? waiting : [])].entries()) {
      const isWaiting = place >= coming.length;
      const at = bookedAt(place);
      put('training_bookings', {
        session_id: id,
        person_id: person.id,
        status: isWaiting ? 'waiting' : 'booked',
        profession: content.professions[place % content.professions.length]?.id ?? null,
        since: iso(at),
        offered_until: null,
      });
      if (isWaiting) continue;
      const tell = (kind: string, key: string, at: Date, weight = 'note') =>
        putSent(seeding, { key, kind, personId: person.id, topic: `session:${id}`, weight, at });
      tell('sessions.booked', `session:${id}:booked:${person.id}:${iso(at)}`, at);
      if (!isOver) {
        put('training_needs', {
          session_id: id,
          person_id: person.id,
          sealed: vault.sealFor(
            { person: person.id },
            JSON.stringify({ words: '', openedBy: [] }),
            `session-needs:${id}:${person.id}`,
            8 * 1024,
          ),
        });
        continue;
      }
      for (const before of [2, 0])
        tell(
          'sessions.reminder',
          `session:${id}:reminder:${before}:${person.id}`,
          later(startsAt, -days(before) - hours(2)),
          'reminder',
        );
      const there = iso(later(startsAt, hours(2)));
      put('training_attendance', {
        session_id: id,
        person_id: person.id,
        said_at: null,
        confirmed_at: there,
      });
      tell(
        'training.afterwards',
        `training.afterwards:${id}:${person.id}`,
        later(startsAt, hours(5)),
        'prompt',
      );
    }
    return id;
  });
}

/** What its sessions are planned with. @param sessions their ids. */
function fillPilot({ put, content, now, lead }: Seeding, group: Group, sessions: readonly string[]): void {
  const [template] = content.pilots;
  if (!template) return;
  const madeAt = later(now, -days(48));
  const id = idAt(madeAt);
  put('pilots', {
    id,
    template_id: template.id,
    label: template.label,
    cohort_id: group.id,
    has_made_group: 0,
    prepares: null,
    undo: null,
    created_by: lead.id,
    created_at: iso(madeAt),
  });
  const parts = [
    { part: 'start', kind: 'day', ref: null, is_on: dateOf(madeAt) },
    ...sessions.map((ref, nth) => ({ part: `session-${nth + 1}`, kind: 'session', ref, is_on: null })),
    { part: 'report', kind: 'day', ref: null, is_on: dateOf(later(now, days(80))) },
  ];
  for (const [place, part] of parts.entries())
    put('pilot_parts', {
      pilot_id: id,
      ...part,
      place,
      title: part.part,
      hangs_on: place === 0 ? null : 'start',
      wanted_on: null,
    });
}

const templateIn = ({ content }: Seeding, mode: Template['mode']): Template => {
  const { templates } = content.templates;
  const found = templates.find((one) => one.mode === mode) ?? templates[0];
  if (!found) throw new Error('There are no questions to ask.');
  return found;
};

function fillKeys(seeding: Seeding): void {
  const { family } = templateIn(seeding, 'linked');
  for (const [person, key] of seeding.keys)
    seeding.put('answer_keys', {
      person_id: person,
      family,
      sealed: seeding.vault.sealFor({ person }, key, `answer-key:${person}:${family}`),
    });
}

/**
 * Two for each group: a weekly one without names, of which four rounds are over and the next is tomorrow; and one under a
 * random key, of which one round is over and one is open.
 */
function fillCheckIns(seeding: Seeding, group: Group): void {
  const { now } = seeding;
  fillCheckIn(seeding, group, templateIn(seeding, 'group'), {
    rule: 'FREQ=WEEKLY',
    nextAt: later(now, days(1)),
    dueDaysAgo: [27, 20, 13, 6],
    openDays: 5,
  });
  fillCheckIn(seeding, group, templateIn(seeding, 'linked'), {
    rule: 'FREQ=WEEKLY;INTERVAL=2',
    nextAt: later(now, days(11)),
    dueDaysAgo: [17, 3],
    openDays: 7,
  });
}

type Rhythm = { rule: string; nextAt: Date; dueDaysAgo: number[]; openDays: number };

function fillCheckIn(
  seeding: Seeding,
  group: Group,
  template: Template,
  { rule, nextAt, dueDaysAgo, openDays }: Rhythm,
): void {
  const { put, now, lead, chance } = seeding;
  const { id: _id, when: _when, ...definition } = template;
  const madeAt = later(now, -days(40));
  const checkin = idAt(madeAt);
  put('checkins', {
    id: checkin,
    cohort_id: group.id,
    template_id: template.templateId,
    mode: template.mode,
    definition: JSON.stringify(definition),
    recurrence: JSON.stringify({ rule, startsAt: iso(madeAt).slice(0, 16), zone: 'Europe/London' }),
    open_days: openDays,
    next_at: iso(nextAt),
    status: 'running',
    created_by: lead.id,
    created_at: iso(madeAt),
  });
  for (const ago of dueDaysAgo) {
    const dueAt = later(now, -days(ago));
    const closesAt = later(dueAt, days(openDays));
    const isOpen = closesAt > now;
    const round = idAt(dueAt);
    put('checkin_rounds', {
      id: round,
      checkin_id: checkin,
      due_at: iso(dueAt),
      opened_at: iso(dueAt),
      closes_at: iso(closesAt),
      remind_at: null,
      closed_at: isOpen ? null : iso(closesAt),
      status: isOpen ? 'open' : 'closed',
      reason: null,
      definition: JSON.stringify(definition),
    });
    const answers: BoxedAnswer[] = [];
    for (const person of group.members) {
      const status = chance.below(10) < (isOpen ? 4 : 7) && person.hasBegun ? 'answered' : 'asked';
      put('participations', { round_id: round, person_id: person.id, status });
      putSent(seeding, {
        key: `checkin-prompt:${round}:${person.id}`,
        kind: 'checkins.prompt',
        personId: person.id,
        topic: `cohort:${group.id}`,
        weight: 'prompt',
        at: dueAt,
      });
      if (status === 'answered') answers.push(...answersOf(seeding, template, person.id));
    }
    put('answer_boxes', {
      round_id: round,
      sealed: seeding.vault.sealFor(
        { round },
        JSON.stringify(seeding.sealsKeyed ? sealedByKey(seeding, round, answers) : answers),
        `answers:${round}`,
        isOpen ? 2 ** 17 : 2 ** 13,
      ),
    });
  }
}

/** As the program lays what is joined by a random key into a box: sealed for that key. */
const sealedByKey = ({ vault }: Seeding, round: string, answers: readonly BoxedAnswer[]) =>
  [...Map.groupBy(answers, ({ key }) => key)].flatMap(([key, theirs]): object[] => {
    if (key === undefined) return theirs;
    const bare = theirs.map(({ key: _key, ...answer }) => answer);
    return [{ key, sealed: vault.sealFor({ key }, JSON.stringify(bare), `answers:${round}`, 'inside') }];
  });

const answersOf = (
  { chance, keys }: Seeding,
  { mode, questions }: Template,
  personId: string,
): BoxedAnswer[] => {
  const key = mode === 'linked' ? keys.get(personId) : undefined;
  return questions.map((question) => ({
    question: question.id,
    value: answerTo(question, chance),
    ...(key && { key }),
  }));
};

function answerTo(question: Template['questions'][number], { below }: Chance): number | number[] | string {
  switch (question.type) {
    case 'scale':
      return question.min + below(question.max - question.min + 1);
    case 'single_choice':
      return below(question.options.length);
    case 'multi_choice':
      return [below(question.options.length)];
    case 'yes_no':
      return below(2);
    case 'date':
      return '2026-03-03';
    case 'text':
      return paragraph.slice(0, question.maxChars);
  }
}

const hex = ({ below }: Chance): string =>
  Array.from({ length: 4 }, () =>
    below(2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');

/**
 * Of twenty people twelve have finished their first steps, five are under way, two fell silent, one stopped. Every tenth
 * was not greeted, and nobody is reminded of it any more.
 */
function fillJourneys(seeding: Seeding): void {
  const { put, content, now, people, lead } = seeding;
  const { steps, agreement } = content.journey;
  const json = JSON.stringify(steps);
  const version = createHash('sha256').update(json).digest('hex').slice(0, 24);
  const agreedAt = later(now, -days(55));
  put('journey_versions', { id: version, steps: json, created_at: iso(agreedAt) });
  for (const [index, person] of people.entries()) {
    const journey = idAt(agreedAt);
    const status = !person.hasBegun ? 'met' : statusOf(index % 20);
    put('journeys', {
      id: journey,
      person_id: person.id,
      status,
      met_how: 'in-forum',
      met_at: iso(later(now, -days(60))),
      pace: 'days',
      version_id: person.hasBegun ? version : null,
      anchor_on: person.hasBegun ? dateOf(agreedAt) : null,
      agreement_version: person.hasBegun ? agreement.version : null,
      agreement_asked: person.hasBegun ? agreement.version : null,
      rest_reason: status === 'paused' ? 'silence' : null,
      away_at: null,
      next_at: status === 'active' ? iso(later(now, days(1 + (index % 3)))) : null,
      updated_at: iso(agreedAt),
    });
    if (!person.hasBegun) continue;
    const done = status === 'finished' ? steps.length : Math.floor(steps.length / 2);
    for (const [position, step] of steps.entries()) {
      const dueAt = later(agreedAt, days(position * 4));
      const isOffered = position <= done;
      const key = `onboarding:${journey}:${step.id}`;
      put('journey_steps', {
        journey_id: journey,
        step_id: step.id,
        position,
        due_on: dateOf(dueAt),
        status: position < done ? 'done' : position === done && status === 'active' ? 'offered' : 'waiting',
        offers: isOffered ? 1 : 0,
        offer_key: isOffered ? key : null,
        reminder_key: null,
        reacted_at: position < done ? iso(dueAt) : null,
      });
      if (isOffered)
        putSent(seeding, {
          key,
          kind: 'onboarding.step',
          personId: person.id,
          topic: 'onboarding',
          weight: 'prompt',
          at: dueAt,
        });
    }
    const isGreeted = index % 10 !== 9;
    put('greetings', {
      person_id: person.id,
      arrived_at: iso(agreedAt),
      noted_at: iso(agreedAt),
      remind_after: iso(later(agreedAt, days(2))),
      reminded_at: isGreeted ? null : iso(later(agreedAt, days(2))),
      greeted_by: isGreeted ? lead.id : null,
      greeted_at: isGreeted ? iso(later(agreedAt, hours(5))) : null,
    });
  }
}

const statusOf = (place: number): string =>
  place < 12 ? 'finished' : place < 17 ? 'active' : place < 19 ? 'paused' : 'stopped';

type Sent = { key: string; kind: string; personId: string; topic: string; weight: string; at: Date };

function putSent({ put }: Seeding, { key, kind, personId, topic, weight, at }: Sent): void {
  put('outbox', {
    id: idAt(at),
    idempotency_key: key,
    kind,
    person_id: personId,
    channel_id: null,
    topic,
    weight,
    message: '{}',
    send_after: iso(at),
    expires_at: null,
    status: 'sent',
    attempts: 1,
    attempt_at: iso(at),
    sent_at: iso(at),
    sent_channel: 'D0BENCH',
    sent_ts: `${Math.floor(at.getTime() / 1000)}.000100`,
    reason: null,
    created_at: iso(at),
  });
}

/** What people saved and said of resources, popular ones most often; what they suggest and make, and look for in vain. */
function fillResources({ put, content, vault, size, now, people, chance }: Seeding): void {
  const shown = content.catalogue.shown;
  const popular = () => shown[Math.min(chance.below(shown.length), chance.below(shown.length))]?.id ?? '';
  const some = (count: number) => new Set(Array.from({ length: count }, popular));
  const at = iso(later(now, -days(20)));
  for (const [index, { id, slackId }] of people.entries()) {
    if (slackId === actors.newcomer) continue;
    for (const resource of some(5))
      put('saved_resources', { person_id: id, resource_id: resource, saved_at: at });
    for (const resource of some(10))
      put('resource_feedback', {
        person_id: id,
        resource_id: resource,
        helped: chance.below(5) === 0 ? 0 : 1,
        link_problem_at: null,
        out_of_date_at: null,
        changed_at: at,
      });
    if (index % 10 !== 0) continue;
    put('followed_topics', { person_id: id, topic_id: 'attachment-relationships', since: at });
    const url = `https://example.org/${index}`;
    const isWaiting = index % 40 === 0;
    put('resource_suggestions', {
      id: idAt(new Date(at)),
      person_id: id,
      address: url,
      title: `Something good ${index}`,
      url,
      why: null,
      status: isWaiting ? 'waiting' : 'accepted',
      suggested_at: at,
      decided_by: isWaiting ? null : id,
      decided_at: isWaiting ? null : at,
    });
    if (!isWaiting) continue;
    const example = idAt(new Date(at));
    put('practice_examples', {
      id: example,
      person_id: id,
      sealed: vault.sealFor(
        'programme',
        JSON.stringify({ title: `A visit ${index}`, text: paragraph }),
        `practice-example:${example}`,
      ),
      sent_at: at,
    });
    put('curators_words', {
      id: example,
      person_id: id,
      sealed: vault.sealFor({ person: id }, 'Thank you for thinking of it.', `curators-words:${example}`),
      said_at: at,
    });
  }
  for (const word of plainWords(size * 30))
    put('search_misses', { word, misses: 1 + chance.below(9), last_on: at.slice(0, 10) });
}

/** What may be kept of a look-up: anything else is deleted as the bot starts. */
function plainWords(most: number): string[] {
  const folder = dirname(createRequire(import.meta.url).resolve('dictionary-en-gb'));
  const words: string[] = [];
  for (const line of readFileSync(join(folder, 'index.dic'), 'utf8').split('\n')) {
    const [word = ''] = line.split('/');
    if (mayKeepWord(word)) words.push(word);
    if (words.length === most) break;
  }
  return words;
}

/** Events of the last days, which Slack might repeat, and who did what. */
function fillTraces({ put, now, people, chance }: Seeding): void {
  for (const [index, { id }] of people.entries()) {
    for (let nth = 0; nth < 8; nth += 1)
      put('seen_events', {
        event_id: `Ev${index}X${nth}`,
        seen_at: iso(later(now, -hours(chance.below(60)))),
      });
    for (let nth = 0; nth < 5; nth += 1) {
      const at = later(now, -days(1 + chance.below(50)));
      put('audit_log', {
        id: idAt(at),
        at: iso(at),
        actor: id,
        action: 'cohorts.change',
        subject: null,
        detail: '{}',
      });
    }
  }
}
