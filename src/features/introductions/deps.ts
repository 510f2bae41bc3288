import type { Profession } from '../../community/professions.ts';
import type { Reach } from '../../community/reach.ts';
import type { PracticePrompts } from '../../content/practice-prompts.ts';
import type { Retention } from '../../content/retention.ts';
import type { Vocabulary } from '../../content/vocabulary.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { DaysOff } from '../../scheduler/days-off.ts';
import type { Core } from '../feature.ts';

/** What somebody lets every colleague see of their profile. */
export type ShownToColleagues = {
  role: string | undefined;
  organisation: string | undefined;
  /** Ids of topics.yaml. */
  ageGroups: readonly string[];
  interests: readonly string[];
};

export type IntroductionDeps = Core & {
  vault: Vault;
  reach: Pick<Reach, 'mayReceive' | 'mayBeAsked' | 'nextAllowed'>;
  prompts: PracticePrompts;
  professions: readonly Profession[];
  vocabulary: Pick<Vocabulary, 'age_groups' | 'topics'>;
  daysOff: DaysOff;
  retention: Pick<Retention, 'introductions'>;
  /** The version of the words under which somebody agrees to be introduced. */
  consentVersion: string;
  /** The workspace, for links that open a conversation. */
  teamId: string;
  /** Where people work; without those who have not said it, or keep it to themselves. */
  agenciesOf(personIds: readonly string[]): Promise<ReadonlyMap<string, { id: string }>>;
  /** What people do, in their own words; the same are left out. */
  rolesOf(personIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Nobody is left out: of whoever shows nothing it is empty. */
  shownToColleagues(personId: string): Promise<ShownToColleagues>;
  /** In the list of colleagues: an introduction, which gives their name in Slack, must not say the same of them. */
  goesByAnotherName(personId: string): Promise<boolean>;
};
