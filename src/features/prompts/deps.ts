import type { Button, KnownBlock, View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Actor } from '../../community/permissions.ts';
import type { Reach } from '../../community/reach.ts';
import type { PracticePrompts } from '../../content/practice-prompts.ts';
import type { Vocabulary } from '../../content/vocabulary.ts';
import type { Signposts } from '../../safeguarding/signposts.ts';
import type { DaysOff } from '../../scheduler/days-off.ts';
import type { Mrkdwn } from '../../slack/text.ts';
import type { Core } from '../feature.ts';

export type Prompt = PracticePrompts['prompts'][number];

export type PromptDeps = Core & {
  prompts: PracticePrompts;
  vocabulary: Pick<Vocabulary, 'age_groups'>;
  daysOff: DaysOff;
  signposts: Signposts;
  /** Where the community meets; undefined where there is no such channel. */
  forumChannel: string | undefined;
  /** Asks about channels, once, while somebody waits. */
  client: WebClient;
  reach: Pick<Reach, 'nextAllowed' | 'mayBeAsked'>;
  /** The window in which somebody writes for themselves about it. */
  reflectOn(actor: Actor, about: { title: string; link?: string | undefined }): Promise<View>;
  /** The window in which somebody makes a practice example of what was useful. */
  exampleFrom(actor: Actor, from: { title: string }): View;
  /** That young people have reviewed it; undefined where they have not. @param item see OurWords. */
  reviewed(item: string): Promise<Mrkdwn | undefined>;
  /** To say that its words are not the right ones. @param item see OurWords. */
  flagButton(item: string, label: string): Button;
  /** Entries of the catalogue, as every list draws them. */
  resourceCards(entryIds: readonly string[]): Promise<KnownBlock[]>;
};

export const findPrompt = ({ prompts }: Pick<PromptDeps, 'prompts'>, id: string): Prompt | undefined =>
  prompts.prompts.find((prompt) => prompt.id === id);
