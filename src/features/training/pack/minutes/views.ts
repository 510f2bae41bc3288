import type { View } from '@slack/types';
import { z } from 'zod';
import { actions, button, section } from '../../../../slack/blocks.ts';
import { type Field, form, line, type WindowKind } from '../../../../slack/form.ts';
import { packedJson } from '../../../../slack/packed.ts';
import { list, mrkdwn } from '../../../../slack/text.ts';
import type { Session } from '../../sessions/session.ts';
import { minutesOf } from '../../sessions/shape.ts';
import { ids } from '../ids.ts';
import { packPage } from '../views.ts';

/** What stood in the window when it was drawn, so that a colleague's minutes are not undone. */
const minutesCarried = packedJson(z.object({ sessionId: z.string(), seen: z.array(z.number()) }));
export const minutesWindow: WindowKind<{ sessionId: string; seen: number[] }> = {
  id: ids.minutesForm,
  carries: minutesCarried,
};

/** One field for each part of the series, in their order. */
export function minutesForm(session: Pick<Session, 'outline' | 'minutes'>) {
  const stands = minutesOf(session);
  return form(minutesWindow, {
    title: 'Minutes for each part',
    submit: 'Save',
    close: 'Close',
    fields: Object.fromEntries(
      session.outline.shape.map(({ part, minutes }, at): [string, Field<string>] => [
        fieldOf(at),
        line(part, {
          missing: 'Please give whole minutes; 0 leaves this part out.',
          ...(stands[at] !== minutes && { hint: `Suggested: ${minutes}.` }),
          check: (typed) =>
            /^\d+$/.test(typed)
              ? undefined
              : 'Please give whole minutes, for example 15; 0 leaves this part out.',
        }),
      ]),
    ),
  });
}

export const fieldOf = (at: number): string => `part-${at}`;

/** @param typed by somebody who has not seen what a colleague saved meanwhile; left out: it is opened as it stands. */
export function minutesView(session: Session, typed?: readonly number[]): View {
  const seen = minutesOf(session);
  return minutesForm(session).view({
    carry: { sessionId: session.id, seen },
    initial: Object.fromEntries((typed ?? seen).map((minutes, at) => [fieldOf(at), String(minutes)])),
    above: [
      section(
        mrkdwn`*${session.title}* lasts ${session.minutes} minutes. 0 leaves a part out. Everybody whom it is for sees these minutes.`,
      ),
      ...(typed
        ? [
            section(
              mrkdwn`*It is not saved yet.* A colleague has changed the minutes meanwhile, to ${list(seen.map(String))}. What you typed stands below; save it to have yours.`,
            ),
          ]
        : []),
      actions(
        [
          button('Back, change nothing', `${ids.page}shape`, {
            value: packPage.pack({ sessionId: session.id, page: 'shape' }),
          }),
        ],
        'minutes',
      ),
    ],
  });
}
