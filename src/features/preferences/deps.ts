import type { Core } from '../feature.ts';

/** One line of what is kept about somebody: how much of it, never what it says. */
export type Holding = { what: string; count: number };

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
