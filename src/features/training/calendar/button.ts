import type { Button } from '@slack/types';
import { fileButton } from '../../../slack/files.ts';
import type { Session } from '../sessions/session.ts';
import { ids } from './ids.ts';

/** Beside whatever says that somebody has a place, that it has changed, or that they have it no more. */
export const calendarButton = (
  { id, title }: Pick<Session, 'id' | 'title'>,
  text: 'Add to calendar' | 'Change my calendar' | 'Take it off my calendar' = 'Add to calendar',
): Button => fileButton(text, ids.file, id, `${text}: ${title}`);
