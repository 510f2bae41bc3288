import type { Holding } from '../../community/holdings.ts';
import type { Core } from '../feature.ts';

/** As data/onboarding.yaml has it. */
export type NoticeText = {
  version: string;
  dated: string;
  sections: readonly { heading: string; text: readonly string[] }[];
};

export type PreferencesDeps = Core & {
  privacyNotice: NoticeText;
  /** What each feature keeps about a person, as counts. */
  holdings?: readonly ((personId: string) => Promise<Holding[]>)[];
  /** Told after somebody has left the programme, so that each feature stops what it was doing for them. */
  onLeft?(personId: string): Promise<void>;
};
