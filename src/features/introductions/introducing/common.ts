import type { Vocabulary } from '../../../content/vocabulary.ts';
import type { ShownToColleagues } from '../deps.ts';

/** Somebody in an introduction: what they let colleagues see, and what they are counted as. */
export type Shown = {
  profile: ShownToColleagues;
  agency: string | undefined;
  profession: string | undefined;
};

/** What all of them let colleagues see, and what follows from that alone. */
export type InCommon = {
  /** How many they are. */
  people: number;
  /** Labels; "all ages" is nothing that two have in common. */
  ageGroups: string[];
  interests: string[];
  areOfOtherAgencies: boolean;
  areOfOtherProfessions: boolean;
};

export function inCommon(
  people: readonly Shown[],
  { age_groups: ages, topics }: Pick<Vocabulary, 'age_groups' | 'topics'>,
): InCommon {
  const shared = (known: readonly { id: string; label: string }[], of: (one: Shown) => readonly string[]) =>
    known.filter(({ id }) => people.every((one) => of(one).includes(id))).map(({ label }) => label);
  return {
    people: people.length,
    ageGroups: shared(
      ages.filter(({ id }) => id !== 'all'),
      ({ profile }) => profile.ageGroups,
    ),
    interests: shared(topics, ({ profile }) => profile.interests),
    areOfOtherAgencies: areApart(people, ({ profile, agency }) =>
      profile.organisation ? agency : undefined,
    ),
    areOfOtherProfessions: areApart(people, ({ profile, profession }) =>
      profile.role ? profession : undefined,
    ),
  };
}

/** Each is known, and no two are the same. */
function areApart(people: readonly Shown[], of: (one: Shown) => string | undefined): boolean {
  const all = people.map(of);
  return all.every((one) => one !== undefined) && new Set(all).size === all.length;
}

/** "You work with the same age group (perinatal), in different agencies." */
export function sayWhy({
  people,
  ageGroups,
  interests,
  areOfOtherAgencies,
  areOfOtherProfessions,
}: InCommon): string {
  const apart =
    areOfOtherAgencies && areOfOtherProfessions
      ? 'in different agencies and professions'
      : areOfOtherAgencies
        ? 'in different agencies'
        : areOfOtherProfessions
          ? 'in different professions'
          : undefined;
  const all = people > 2 ? 'all' : 'both';
  const [age] = ageGroups;
  const [interest] = interests;
  const same =
    age !== undefined
      ? `You work with the same age group (${age.toLowerCase()})`
      : interest !== undefined
        ? `You ${all} care about the same topic (${interest.toLowerCase()})`
        : undefined;
  if (same) return apart ? `${same}, ${apart}.` : `${same}.`;
  return apart ? `You work ${apart}.` : `You ${all} asked to meet a colleague.`;
}
