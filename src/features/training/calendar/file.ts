import { may } from '../../../community/permissions.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { Answer } from '../../../slack/answer.ts';
import { section } from '../../../slack/blocks.ts';
import { mrkdwn } from '../../../slack/text.ts';
import type { FileKind } from '../../feature.ts';
import type { TrainingDeps } from '../deps.ts';
import { findEntry } from './entries.ts';
import { writeEntry } from './entry.ts';
import { ids } from './ids.ts';

/** A session as a file that calendars take in: its button carries the session. */
export const calendarFile = ({ db, clock, timeZone }: TrainingDeps): FileKind => ({
  id: ids.file,
  says: 'The session for your own calendar, as a file (.ics): open it, and your calendar takes it in, changes what it has, or removes it.',
  async make(actor, sessionId) {
    if (!may(actor, 'community.use') || actor.hasDeclined) return { kind: 'refused', answer: noPlace };
    const found = await findEntry(db, actor.person.id, sessionId);
    if (found.kind !== 'entry') return { kind: 'refused', answer: found.kind === 'gone' ? gone : noPlace };
    const { title, startsAt } = found.entry.session;
    return {
      kind: 'file',
      name: `${title}, ${localDate(startsAt, timeZone)}.ics`,
      title,
      content: await writeEntry(found.entry, clock.now()),
    };
  },
});

const refused = (words: string): Answer => ({
  title: 'Your calendar',
  text: words,
  blocks: [section(mrkdwn`${words}`)],
});
const noPlace = refused(
  'You have no place at this session, so there is nothing for your calendar. Once you have one, the file comes with it.',
);
const gone = refused('This session is not kept any more. You can remove it from your calendar.');
