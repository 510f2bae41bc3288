import type { WebClient } from '@slack/web-api';
import { readOrganisations } from '../../../src/community/organisations/content.ts';
import { type Actor, loadActor } from '../../../src/community/permissions.ts';
import { createReach } from '../../../src/community/reach.ts';
import { ContentFolder } from '../../../src/content/read.ts';
import { readVocabulary } from '../../../src/content/vocabulary.ts';
import { readJourney } from '../../../src/features/onboarding/content.ts';
import type { OnboardingDeps } from '../../../src/features/onboarding/deps.ts';
import { ManualClock } from '../../../src/lib/clock.ts';
import { createVault } from '../../../src/lib/crypto.ts';
import { createLog } from '../../../src/lib/log.ts';
import { newId, systemRandom } from '../../../src/lib/random.ts';
import { createSender } from '../../../src/outbox/sender.ts';
import { agreement } from '../../support/agreed.ts';
import { givenStore } from '../../support/store.ts';

const folder = new ContentFolder('data');
const vocabulary = readVocabulary(folder);
const journey = readJourney(folder, vocabulary);
const organisations = readOrganisations(folder);

/** What is said to Slack directly. */
export type Said = { channel: string; text: string };

/** A store with the real content, a clock that stands still, and a Slack that only listens. */
export async function givenOnboarding(at = '2026-03-03T10:00:00Z', overrides: Partial<OnboardingDeps> = {}) {
  if (!vocabulary || !journey || !organisations) throw new Error(JSON.stringify(folder.problems));
  const store = await givenStore();
  const clock = new ManualClock(at);
  const said: Said[] = [];
  const slack = { refuses: undefined as Error | undefined };
  const client = {
    conversations: {
      open: async ({ users }: { users: string }) => ({ ok: true, channel: { id: `D${users}` } }),
      history: async () => ({ ok: true, messages: [] }),
    },
    chat: {
      async postMessage(message: Said) {
        if (slack.refuses) throw slack.refuses;
        said.push(message);
        return { ok: true, ts: String(said.length) };
      },
    },
  } as unknown as WebClient;
  const vault = createVault(Buffer.alloc(32, 4));
  const reach = createReach({ timeZone: 'Europe/London', agreement });
  const log = createLog({ level: 'silent' });
  const sender = createSender({ db: store.db, clock, log, client, reach, vault });
  const door = (actionId: string) => (ref: string | undefined) => ({
    text: 'Open it',
    actionId,
    ...(ref !== undefined && { value: ref }),
  });
  const deps: OnboardingDeps = {
    db: store.db,
    clock,
    random: systemRandom,
    log,
    timeZone: 'Europe/London',
    homeChanged() {},
    async did() {},
    journey,
    vault,
    vocabulary,
    organisations,
    reach,
    client,
    sendNow: sender.sendNow,
    forumChannel: undefined,
    doors: {
      messages: door('preferences.open'),
      find: door('help.run:find'),
      reflect: door('help.run:reflect'),
      core: door('training.open'),
      checkin: door('checkins.baseline'),
    },
    ...overrides,
  };
  const { db } = store;

  async function person(
    slackId: string,
    { kind = 'member', zone = 'Europe/London', admin = false, deactivated = false } = {},
  ): Promise<string> {
    const id = newId(clock);
    await db
      .insertInto('people')
      .values({
        id,
        slack_id: slackId,
        display_name: `Name ${slackId}`,
        time_zone: zone,
        kind,
        is_workspace_admin: admin ? 1 : 0,
        deactivated_at: deactivated ? clock.now().toISOString() : null,
        dm_channel: null,
        first_met_at: clock.now().toISOString(),
      })
      .execute();
    return id;
  }

  return {
    deps,
    db,
    clock,
    said,
    slack,
    person,
    actor: (personId: string): Promise<Actor> => loadActor(db, personId),
    async facilitator(slackId: string, cohortId: string | null = null): Promise<string> {
      const id = await person(slackId);
      await db
        .insertInto('roles')
        .values({
          id: newId(clock),
          person_id: id,
          role: 'facilitator',
          cohort_id: cohortId,
          granted_by: 'settings',
          granted_at: clock.now().toISOString(),
          revoked_at: null,
        })
        .execute();
      return id;
    },
    async cohort(name: string, members: readonly string[], ageGroup: string | null = null): Promise<string> {
      const id = newId(clock);
      await db
        .insertInto('cohorts')
        .values({
          id,
          name,
          age_group: ageGroup,
          starts_on: null,
          ends_on: null,
          channel_id: null,
          created_by: 'test',
          created_at: clock.now().toISOString(),
          archived_at: null,
        })
        .execute();
      for (const personId of members)
        await db
          .insertInto('cohort_members')
          .values({
            cohort_id: id,
            person_id: personId,
            joined_at: clock.now().toISOString(),
            left_at: null,
          })
          .execute();
      return id;
    },
    async outbox(personId: string) {
      return db
        .selectFrom('outbox')
        .selectAll()
        .where('person_id', '=', personId)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
    },
    /** Plays the sender: whatever is queued and due is sent now. */
    async send(): Promise<number> {
      const now = clock.now().toISOString();
      const result = await db
        .updateTable('outbox')
        .set({ status: 'sent', sent_at: now })
        .where('status', '=', 'queued')
        .where('send_after', '<=', now)
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    },
  };
}

export type World = Awaited<ReturnType<typeof givenOnboarding>>;
