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
  /** What the features keep about a person, as counts. */
  holdings(personId: string): Promise<Holding[]>;
};
