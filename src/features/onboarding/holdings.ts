import {
  type Area,
  type Item,
  instant,
  madeBy,
  rowsOf,
  somebodyGone,
  storedList,
} from '../../community/holdings.ts';
import { whoSeesAccessNeeds, whoSeesProgress } from '../../community/promises.ts';
import type { Vocabulary } from '../../content/vocabulary.ts';
import type { Db } from '../../db/schema.ts';
import type { Vault } from '../../lib/crypto.ts';
import './tables.ts';
import { namesOf } from './access/store.ts';
import { toProfile } from './profile/store.ts';
import { readVersion } from './store.ts';

type Labels = Pick<Vocabulary, 'age_groups' | 'topics'>;

const labelsOf = (ids: readonly string[], all: readonly { id: string; label: string }[]): string[] =>
  ids.map((id) => all.find((one) => one.id === id)?.label ?? id);

const sees = { community: 'colleagues', facilitators: 'those who run my groups', nobody: 'only me' } as const;

/** What somebody said about themselves. */
export const profileHeld = (vault: Vault, vocabulary: Labels): Area => ({
  id: 'profile',
  title: 'Your profile',
  why: `So that what you get fits your work. Your own words in it are encrypted. ${whoSeesAccessNeeds}`,
  apart: 'Your profile, and what makes taking part easier for you',
  holdings: [
    rowsOf('profiles', {
      id: 'profile',
      what: 'Your profile, and who has opened what makes taking part easier for you',
      isApart: true,
      async read(row, db): Promise<Item> {
        const profile = toProfile(vault, row);
        const opened = await namesOf(db, profile.openedBy);
        return {
          Role: profile.role,
          Organisation: profile.organisation,
          'Organisation on the list': profile.organisationId,
          'Name of it you said you keep': profile.keepsName,
          'Age groups': labelsOf(profile.ageGroups, vocabulary.age_groups),
          Interests: labelsOf(profile.interests, vocabulary.topics),
          'Where you work': profile.boroughs,
          Introduction: profile.introduction,
          'What makes taking part easier': profile.accessNeeds,
          'Who has opened that': opened.map(({ name, on }) => `${name}, ${on}`),
          'Who sees what': Object.entries(profile.visibility).map(
            ([field, who]) => `${field.replace('_', ' ')}: ${sees[who]}`,
          ),
          'Last changed': new Date(row.updated_at),
        };
      },
    }),
  ],
});

/** What is kept of somebody's first weeks. */
export const firstStepsHeld = (): Area => ({
  id: 'first-steps',
  title: 'Your first steps',
  why: `So that the next one comes at your pace. ${whoSeesProgress}`,
  holdings: [
    rowsOf('journeys', {
      id: 'first-steps',
      what: 'When you were welcomed, your pace, and where your first steps stand',
      read: (row) => ({
        Welcomed: new Date(row.met_at),
        'How we met': row.met_how,
        Stands: row.status,
        Pace: row.pace,
        'Agreement you answered': row.agreement_version ?? undefined,
        Noticed: storedList(row.noticed),
        'Not here since': instant(row.away_at),
      }),
    }),
    {
      id: 'steps',
      what: 'First steps, and which you have done or skipped',
      where: ['journey_steps.journey_id'],
      async count(db, personId) {
        return (await stepsOf(db, personId)).length;
      },
      async read(db, personId) {
        const items: Item[] = [];
        for (const row of await stepsOf(db, personId)) {
          const steps = row.version_id === null ? [] : await readVersion(db, row.version_id);
          items.push({
            Step: steps.find(({ id }) => id === row.step_id)?.title ?? row.step_id,
            'Due on': row.due_on,
            Stands: row.status,
            'You answered': instant(row.reacted_at),
          });
        }
        return items;
      },
      // They go with the journey they belong to.
      async forget(db, personId) {
        await db
          .deleteFrom('journey_steps')
          .where('journey_id', 'in', db.selectFrom('journeys').select('id').where('person_id', '=', personId))
          .execute();
      },
    },
    rowsOf('greetings', {
      id: 'hello',
      what: 'Whether a facilitator has said hello',
      read: (row) => ({
        'Waiting since': new Date(row.arrived_at),
        'Hello said': instant(row.greeted_at),
      }),
    }),
    {
      ...madeBy('greetings', 'greeted_by', {
        id: 'hellos-said',
        what: 'Newcomers you said hello to, or took on',
        remains: 'That a newcomer was greeted, without your name.',
        read: (row) => ({ Came: new Date(row.arrived_at), 'Hello said': instant(row.greeted_at) }),
      }),
      // Whom they had taken on and not greeted waits for somebody again.
      async forget(db, personId) {
        await db
          .updateTable('greetings')
          .set({ greeted_by: null })
          .where('greeted_by', '=', personId)
          .where('greeted_at', 'is', null)
          .execute();
        await db
          .updateTable('greetings')
          .set({ greeted_by: somebodyGone })
          .where('greeted_by', '=', personId)
          .execute();
      },
    },
  ],
});

const stepsOf = (db: Db, personId: string) =>
  db
    .selectFrom('journey_steps')
    .innerJoin('journeys', 'journeys.id', 'journey_steps.journey_id')
    .selectAll('journey_steps')
    .select('journeys.version_id')
    .where('journeys.person_id', '=', personId)
    .orderBy('position')
    .execute();
