import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Actor } from '../../community/permissions.ts';
import type { Reach } from '../../community/reach.ts';
import type { Retention } from '../../content/retention.ts';
import type { Db } from '../../db/schema.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { Sender } from '../../outbox/sender.ts';
import type { Signposts } from '../../safeguarding/signposts.ts';
import { usableZone } from '../../scheduler/calendar.ts';
import type { DaysOff } from '../../scheduler/days-off.ts';
import type { FileAnswer } from '../../slack/files.ts';
import type { SentFile } from '../../slack/form.ts';
import type { Mrkdwn } from '../../slack/text.ts';
import type { Core, Turned } from '../feature.ts';
import type { CheckinContent } from './content.ts';
import type { Sessions } from './sessions.ts';

export type CheckInDeps = Core &
  Sessions & {
    templates: CheckinContent;
    /** When nobody is asked. */
    daysOff: DaysOff;
    /** How long what somebody began and did not go on with is kept. */
    retention: Pick<Retention, 'checkin-plans' | 'unfinished-answers' | 'unfinished-paper'>;
    vault: Vault;
    /** When somebody may be written to unasked, and whether they may be asked anything. */
    reach: Pick<Reach, 'nextAllowed' | 'mayBeAsked'>;
    /** Leaves no trace of what was there before beside the database. Not inside a transaction. */
    settle(): Promise<void>;
    signposts?: Signposts;
    /** Changes messages that were sent, such as a prompt whose round is over. It makes each call once. */
    client: WebClient;
    /** Fetches a file that somebody chose in a form. */
    readFile(file: SentFile): Promise<FileAnswer>;
    /** For what answers somebody who is there. */
    sendNow: Sender['sendNow'];
    /** What else is offered beside the receipt, after they have answered a round; empty: nothing. */
    offerAfter?(personId: string, roundId: string): Promise<KnownBlock[]>;
    /** Opens an empty reflection, for after they have answered; nothing of their answers goes along. */
    reflectButton?: { text: string; actionId: string };
    /** What may be told of what people noted for themselves after a round that is over. @param people without its readers. */
    sayNoted?(round: { id: string; endedAt: Date; people: readonly string[] }): Promise<Mrkdwn | undefined>;
    /** Puts words of somebody's where only they see them. @returns the button that leads there; undefined where nothing is kept. */
    keepAside?(
      actor: Actor,
      words: { heading: string; text: string },
    ): Promise<{ text: string; actionId: string; value: string } | undefined>;
    /** Until which local date the reports of a group are closed; undefined: none is. */
    reportedUntil?(db: Db, cohortId: string): Promise<string | undefined>;
    /** Shows somebody another page of their App Home. */
    turnHome(personId: string, to: Turned): Promise<void>;
  };

/** The zone in which somebody is told a time. */
export const zoneOf = ({ timeZone }: Pick<CheckInDeps, 'timeZone'>, { person }: Actor): string =>
  usableZone(person.timeZone, timeZone);
