import type { KnownBlock } from '@slack/types';
import type { Vocabulary } from '../../content/vocabulary.ts';
import type { Signposts } from '../../safeguarding/signposts.ts';
import type { DaysOff } from '../../scheduler/days-off.ts';
import type { Core } from '../feature.ts';
import type { Pathways } from './content.ts';
import type { Needs } from './needs.ts';
import type { KeptPathways } from './reading/readings.ts';

export type PathwaysDeps = Core & {
  /** As the content files have them. */
  pathways: Pathways;
  vocabulary: Vocabulary;
  daysOff: DaysOff;
  /** Support lines and safeguarding contacts, as they are after the curators' checks. */
  signposts(): Signposts;
  looksIdentifiable(text: string): boolean;
  /** These entries of the catalogue, as every list draws them. */
  resourceCards(entryIds: readonly string[]): Promise<KnownBlock[]>;
};

/** What the use cases are handed. */
export type Deps = PathwaysDeps & { kept: KeptPathways; needs(): Needs };
