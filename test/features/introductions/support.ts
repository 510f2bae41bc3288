import type { Person } from '../../../src/community/people.ts';
import { loadActor } from '../../../src/community/permissions.ts';
import { createReach } from '../../../src/community/reach.ts';
import type { IntroductionDeps, ShownToColleagues } from '../../../src/features/introductions/deps.ts';
import { drawJob } from '../../../src/features/introductions/introducing/draw-rounds.ts';
import { askJob, sendJob } from '../../../src/features/introductions/introducing/send.ts';
import { want } from '../../../src/features/introductions/joining/wish.ts';
import { everybody, type Wish } from '../../../src/features/introductions/store.ts';
import { agreement } from '../../support/agreed.ts';
import { retention } from '../../support/retention.ts';
import { shippedContent } from '../../support/shipped.ts';
import { type Bench, givenBench, givenPerson, markSent } from '../checkins/support.ts';

const content = shippedContent();

/** Where somebody works, as what, and what of it colleagues see: all of it, unless it is said. */
export type Work = Partial<ShownToColleagues> & {
  agency?: string;
  isShown?: boolean;
  isUnderAnotherName?: boolean;
};

export type Given = IntroductionDeps &
  Pick<Bench, 'clock'> & { works: Map<string, Work>; homes: string[]; logged: string[] };

/** Tuesday 3 March 2026, 10:00 in London: a round is drawn then, and it is one of those who want fewer. */
export async function given(): Promise<Given> {
  const bench = await givenBench();
  const works = new Map<string, Work>();
  const of = (personIds: readonly string[], what: (work: Work) => string | undefined) =>
    new Map(
      personIds.flatMap((id): [string, string][] => {
        const found = what(works.get(id) ?? {});
        return found === undefined ? [] : [[id, found]];
      }),
    );
  return {
    ...bench,
    retention,
    reach: createReach({ timeZone: 'Europe/London', agreement }),
    prompts: content.prompts,
    professions: content.professions,
    vocabulary: content.vocabulary,
    consentVersion: '1',
    teamId: 'T1',
    agenciesOf: async (ids) =>
      new Map([...of(ids, ({ agency }) => agency)].map(([id, agency]) => [id, { id: agency }])),
    rolesOf: async (ids) => of(ids, ({ role }) => role),
    async shownToColleagues(id) {
      const { isShown = true, role, organisation, ageGroups = [], interests = [] } = works.get(id) ?? {};
      return isShown
        ? { role, organisation, ageGroups, interests }
        : { role: undefined, organisation: undefined, ageGroups: [], interests: [] };
    },
    goesByAnotherName: async (id) => works.get(id)?.isUnderAnotherName ?? false,
    works,
  };
}

/** Somebody who has said yes. */
export async function givenWilling(
  deps: Given,
  slackId: string,
  { work, wish, ...person }: { work?: Work; wish?: Partial<Wish>; name?: string; tz?: string } = {},
): Promise<Person> {
  const made = await givenPerson(deps, slackId, person);
  if (work) deps.works.set(made.id, work);
  await wants(deps, made, wish);
  return made;
}

export async function wants(deps: Given, person: Person, wish: Partial<Wish> = {}): Promise<void> {
  const outcome = await want(deps, await loadActor(deps.db, person.id), {
    pool: everybody,
    everyWeeks: 2,
    isPaused: false,
    ...wish,
    avoids: wish.avoids ?? [],
  });
  if (outcome.kind !== 'saved') throw new Error(outcome.kind);
}

/** A beat at this instant; what is due is sent unless it is said. */
export async function beat(deps: Given, at?: string, { sends = true } = {}): Promise<void> {
  if (at !== undefined) deps.clock.moveTo(at);
  const run = async () => {
    for (const job of [drawJob(deps), sendJob(deps), askJob(deps)]) await job.run(deps.clock.now());
  };
  await run();
  if (!sends) return;
  await markSent(deps);
  // What has arrived is known with the next beat.
  await run();
}

/** Who was introduced to whom, by Slack ids, as far as it has been told or is on the way. */
export async function introduced(deps: Given): Promise<string[]> {
  const rows = await deps.db
    .selectFrom('introduction_members')
    .innerJoin('introductions', 'introductions.id', 'introduction_id')
    .innerJoin('people', 'people.id', 'person_id')
    .select(['introduction_id', 'slack_id', 'state'])
    .where('state', '!=', 'off')
    .orderBy('made_at')
    .orderBy('introduction_id')
    .orderBy('slack_id')
    .execute();
  return [...Map.groupBy(rows, (row) => row.introduction_id).values()].map(
    (group) => `${group.map((row) => row.slack_id).join('+')} ${group[0]?.state}`,
  );
}
