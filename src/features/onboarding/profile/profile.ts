import type { Opened } from '../../../community/opened.ts';

/** What a profile can show; access needs are always for those who run one's groups. */
export const profileFields = [
  'role',
  'organisation',
  'age_groups',
  'interests',
  'boroughs',
  'introduction',
] as const;
export type ProfileField = (typeof profileFields)[number];

/** Who sees a field. Facilitators do unless the person keeps it to themselves; colleagues only where they were let. */
export type Visibility = 'community' | 'facilitators' | 'nobody';

export type Profile = {
  role: string | undefined;
  /** As they chose or typed it. */
  organisation: string | undefined;
  /** Which of the list that was; undefined where they typed another. */
  organisationId: string | undefined;
  /** The name for which they said that they keep it, when they were offered one of the list. */
  keepsName: string | undefined;
  /** Ids of topics.yaml. */
  ageGroups: string[];
  interests: string[];
  boroughs: string[];
  introduction: string | undefined;
  accessNeeds: string | undefined;
  /** Which of those who run their groups have opened these, the latest first. `on`: a local date. */
  openedBy: Opened[];
  visibility: Record<ProfileField, Visibility>;
};

const unseen = Object.fromEntries(profileFields.map((field) => [field, 'facilitators'])) as Record<
  ProfileField,
  Visibility
>;

export const emptyProfile: Profile = {
  role: undefined,
  organisation: undefined,
  organisationId: undefined,
  keepsName: undefined,
  ageGroups: [],
  interests: [],
  boroughs: [],
  introduction: undefined,
  accessNeeds: undefined,
  openedBy: [],
  visibility: unseen,
};

/** What somebody let colleagues see, and what they keep to themselves; facilitators see the rest. */
export function visibilityFrom(
  shown: readonly ProfileField[],
  hidden: readonly ProfileField[],
): Profile['visibility'] {
  const of = (field: ProfileField): Visibility =>
    shown.includes(field) ? 'community' : hidden.includes(field) ? 'nobody' : 'facilitators';
  return Object.fromEntries(profileFields.map((field) => [field, of(field)])) as Profile['visibility'];
}

/** What somebody answers who keeps the name they typed: no id of the list looks like it. */
export const keepName = ':keep';

/** What somebody answers whose name is not that of a single school or practice. */
export const noSingle = ':no';
