import type { Person } from '../../../community/people.ts';
import { Remembered } from '../../../lib/remembered.ts';
import type { PeopleDeps } from '../deps.ts';
import { emptyListing, type Listing, listListed, listListings } from './store.ts';

/** Somebody as colleagues find them: nothing stands here that they do not show. */
export type Colleague = {
  person: Pick<Person, 'id' | 'slackId'>;
  name: string;
  /** Their name in Slack is another: nothing here leads to it. */
  isUnderAnotherName: boolean;
  role: string | undefined;
  organisation: string | undefined;
  /** Ids of topics.yaml. */
  ageGroups: readonly string[];
  interests: readonly string[];
  boroughs: readonly string[];
  introduction: string | undefined;
  askAbout: string;
  takesQuestions: boolean;
  /** Local date. */
  askedOn: string | undefined;
};

type Parts = Pick<PeopleDeps, 'db' | 'vault' | 'listing'>;

/** Everybody who is listed now, by name. */
export async function listColleagues(deps: Parts): Promise<Colleague[]> {
  const people = await listListed(deps.db);
  return (await drawColleagues(deps, people)).toSorted(
    (a, b) => a.name.localeCompare(b.name, 'en-GB') || a.person.id.localeCompare(b.person.id),
  );
}

/** Somebody as they are listed, or as they would be. Undefined where they have left, or cannot be read. */
export const asListed = async (deps: Parts, person: Person): Promise<Colleague | undefined> =>
  (await drawColleagues(deps, [person]))[0];

async function drawColleagues(deps: Parts, people: readonly Person[]): Promise<Colleague[]> {
  const seen = await deps.listing.seen(people.map(({ id }) => id));
  const listings = await listListings(deps.db, deps.vault);
  return people.flatMap((person) => {
    const shown = seen.get(person.id);
    const own = listings.get(person.id) ?? emptyListing;
    return shown && own !== 'unreadable' ? [colleagueOf(person, shown, own)] : [];
  });
}

function colleagueOf(
  { id, slackId, displayName }: Person,
  seen: NonNullable<ReturnType<Awaited<ReturnType<PeopleDeps['listing']['seen']>>['get']>>,
  { name, askAbout, takesQuestions, askedOn }: Omit<Listing, 'personId'>,
): Colleague {
  return {
    person: { id, slackId },
    name: name || displayName || 'A colleague',
    isUnderAnotherName: name !== '',
    role: seen.role,
    organisation: seen.organisation,
    ageGroups: seen.ageGroups ?? [],
    interests: seen.interests ?? [],
    boroughs: seen.boroughs ?? [],
    introduction: seen.introduction,
    askAbout,
    takesQuestions,
    askedOn,
  };
}

export type PeopleSearch = {
  /** By everything they show. */
  find(question: string, among: readonly Colleague[]): Colleague[];
  /** Only by what they do, what they care about and what they are happy to be asked about. */
  fitting(question: string, among: readonly Colleague[]): Colleague[];
};

/** Finds colleagues as resources are found: synonyms, slips of the finger, beginnings of words. */
export function createPeopleSearch({
  searchIn,
  vocabulary,
}: Pick<PeopleDeps, 'searchIn' | 'vocabulary'>): PeopleSearch {
  const label = (ids: readonly string[], all: readonly { id: string; label: string }[]) =>
    all.filter(({ id }) => ids.includes(id)).map((one) => one.label);
  const looking = (says: (one: Colleague) => { title: string; by: string; more: readonly string[] }) => {
    // Making one takes longer than asking it, and listings change seldom.
    const made = new Remembered<ReturnType<typeof searchIn>>(1);
    return (question: string, among: readonly Colleague[]): Colleague[] => {
      if (among.length === 0) return [];
      const all = among.map((one) => {
        const { title, by, more } = says(one);
        const { role, ageGroups, interests: topics } = one;
        const labels = [...label(ageGroups, vocabulary.age_groups), ...label(topics, vocabulary.topics)];
        const summary = [role ?? '', one.askAbout, ...labels, ...more].filter(Boolean).join('. ');
        return { id: one.person.id, title, by, summary, topics, ageGroups, role };
      });
      const asked = withoutAsking(question);
      const found = made.get(JSON.stringify(all), () => searchIn(all))(asked);
      // What the programme knows as a place, or as nothing, may all the same stand in what somebody wrote.
      const ids = found.length > 0 ? found : all.filter((one) => holdsAll(one, asked)).map(({ id }) => id);
      return ids.flatMap((id) => among.find(({ person }) => person.id === id) ?? []);
    };
  };
  return {
    find: looking(({ name, organisation, boroughs, introduction }) => ({
      title: name,
      by: organisation ?? '',
      more: [...boroughs, introduction ?? ''],
    })),
    fitting: looking(({ role }) => ({ title: role ?? 'Colleague', by: '', more: [] })),
  };
}

const asking =
  /^(?:(?:i am |i'm )?looking for |is there |do you know )?(?:somebody|someone|anybody|anyone|a colleague|colleagues|people|who)?\s*(?:who |that )?(?:here )?(?:can help(?: me)? with|knows?(?: a lot| something)?(?: about)?|works? (?:with|in|on|at)|i can ask(?: about)?)\s+/i;

/** "Somebody who knows about sleep" looks for sleep. */
export function withoutAsking(question: string): string {
  const left = question.replace(asking, '').replace(/[?!.\s]+$/, '');
  return left === '' ? question : left;
}

/** "who can help with damp": somebody wants to ask, and about what; "who knows about damp" looks among the listed. */
export function whatHelpIsFor(words: string): string | undefined {
  const asked = words
    .trim()
    .match(
      /^(?:(?:some|any)(?:body|one)[ ]|people[ ]|colleagues[ ])?(?:who|that)?[ ]?(?:can|could|cna|might|would|will)[ ](?:help|hlep|hepl|helps|advise)(?:[ ](?:me|us))?(?:[ ](?:with|wiht|about|on|to|for))?(?=\W|$)(.*)$/is,
    );
  return asked?.[1]?.replace(/^[\s.:\u2026-]+|[\s?!.]+$/g, '');
}

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const wordsIn = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

function holdsAll(
  { title, by, summary }: { title: string; by: string; summary: string },
  asked: string,
): boolean {
  const words = wordsIn([title, by, summary].join(' '));
  const wanted = wordsIn(asked).filter((word) => word.length > 2);
  return wanted.length > 0 && wanted.every((word) => words.some((one) => one.startsWith(word)));
}
