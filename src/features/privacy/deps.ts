import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Area } from '../../community/holdings.ts';
import type { Person } from '../../community/people.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { Core, Onlooker } from '../feature.ts';

/** As data/onboarding.yaml has it. */
export type NoticeText = {
  version: string;
  dated: string;
  sections: readonly { heading: string; text: readonly string[] }[];
};

/** What counting, copying and deleting need: no Slack, so that it works while no bot runs. */
export type HeldDeps = Pick<Core, 'db' | 'clock'> & {
  vault: Vault;
  /** Everything that is kept about people. */
  areas: readonly Area[];
};

export type PrivacyDeps = Core &
  HeldDeps & {
    privacyNotice: NoticeText;
    /** Leaves no trace beside the database of what was there before. */
    settle(): Promise<void>;
    /** For what may be done twice. */
    client: WebClient;
    /** Makes each call once, and lets its caller wait when Slack asks for that. */
    once: WebClient;
    botUserId: string;
    /** What somebody with these rights sees of a person, by the features' own screens. */
    seen(person: Person, by: Onlooker): Promise<KnownBlock[]>;
  };
