import type { Button, KnownBlock, View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Person } from '../../community/people.ts';
import type { Actor } from '../../community/permissions.ts';
import type { Reach } from '../../community/reach.ts';
import type { Glossary } from '../../content/glossary.ts';
import type { AllOurWords } from '../../content/our-words.ts';
import type { Retention } from '../../content/retention.ts';
import type { Vocabulary } from '../../content/vocabulary.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { Outside } from '../../lib/outside.ts';
import type { Sender } from '../../outbox/sender.ts';
import type { Allowed } from '../../safeguarding/finding.ts';
import type { Signposts } from '../../safeguarding/signposts.ts';
import type { FileAnswer } from '../../slack/files.ts';
import type { SentFile } from '../../slack/form.ts';
import type { Mrkdwn } from '../../slack/text.ts';
import type { Core } from '../feature.ts';
import type { KeptCatalogue } from './catalogue/kept.ts';
import type { Catalogue, StartHere } from './content.ts';
import type { HelpedCounts } from './finding/helped.ts';
import type { LiveCatalogue } from './finding/live.ts';
import type { OnceADay } from './finding/once-a-day.ts';
import type { Trust } from './finding/trust.ts';
import type { Wording } from './glossary/wording/wording.ts';

export type ResourcesDeps = Core & {
  vocabulary: Vocabulary;
  /** What people can find at the start. */
  catalogue: Catalogue;
  glossary: Glossary;
  startHere: StartHere;
  retention: Pick<Retention, 'shares' | 'entry-lists' | 'curators-words' | 'answered-questions'>;
  /** Seals people's own notes. */
  vault: Vault;
  /** As the content files have them. */
  signposts: Signposts;
  /** Whether a text holds something like a phone number, a postcode, an NHS number. */
  looksIdentifiable(text: string): boolean;
  reach: Pick<Reach, 'nextAllowed' | 'mayReceive' | 'mayBeAsked'>;
  /** Asks about channels, once, while somebody waits. */
  client: WebClient;
  /** For what somebody posts themselves. */
  sendNow: Sender['sendNow'];
  /** Where the community meets; undefined where there is no such channel. */
  forumChannel: string | undefined;
  /** Who somebody is that was chosen in a form. @returns undefined when they are not one of ours. */
  whoIs(slackId: string): Promise<Person | undefined>;
  /** The window in which somebody writes for themselves about an entry. */
  reflectOn(actor: Actor, about: { title: string; link?: string | undefined }): Promise<View>;
  /** What this program has of its own for a question, above what is found; empty for most. The same for everybody. */
  ownBlocks(question: string): KnownBlock[];
  /** What waits for curators elsewhere, below the first page of what waits here. */
  besideQueue(actor: Actor): KnownBlock[];
  /** Puts a practice example back where only its author sees it: a draft in their journal, under the same id. */
  giveBack(
    personId: string,
    example: { id: string; title: string; text: string; reflectionId?: string | undefined },
  ): Promise<void>;
  /** Opens such a draft. */
  draftButton(id: string): Button;
  /** Fetches a file that somebody chose in a form. */
  readFile(file: SentFile): Promise<FileAnswer>;
  /** The way to the pages of the catalogue. Undefined: links are not visited. */
  outside?: Outside | undefined;
  /** What others have on a question, for below what the catalogue found. */
  besideFound?(question: string): Promise<KnownBlock[]>;
  /** What the programme says, of which people may say that the words are not the right ones. */
  ourWords: AllOurWords;
  /** That young people have reviewed something; undefined where they have not. @param item see OurWords. */
  reviewed(item: string): Promise<Mrkdwn | undefined>;
  /** Where else to ask when nothing was found, for above the question to the curators. */
  whenNothing?(actor: Actor, question: string): KnownBlock[];
  /** What is nobody's own, such as a helpline's number. */
  allowed?: Allowed;
};

/** What the use cases are handed. */
export type Deps = Omit<ResourcesDeps, 'catalogue' | 'signposts'> & {
  live: LiveCatalogue;
  kept: KeptCatalogue;
  helped: HelpedCounts;
  trust: Trust;
  wording: Wording;
  misses: OnceADay;
};
