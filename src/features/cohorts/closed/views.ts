import type { View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Closed } from '../../../scheduler/days-off.ts';
import { button, context, section } from '../../../slack/blocks.ts';
import { date, form, line } from '../../../slack/form.ts';
import { packed, packedId } from '../../../slack/packed.ts';
import { type Mrkdwn, mrkdwn, sayDate } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { comingClosed } from './close.ts';

/** Days of a group that are opened again. */
export const closedDays = packed(':', { cohortId: z.string(), from: z.string(), until: z.string() });

export const closedForm = form(
  { id: ids.closedForm, carries: packedId },
  {
    title: 'Closed days',
    submit: 'Close these days',
    fields: {
      from: date('First day', { missing: 'Please choose a day.' }),
      until: date('Last day', { hint: 'Leave it empty for that day alone.' }),
      // Not `name`: this takes the place of the window that has one, and Slack would keep what stands in it.
      why: line('Why', {
        max: 60,
        hint: 'For example “half-term” or “strike day”.',
        missing: 'Please say in a word why, for example “half-term”.',
      }),
    },
  },
);

/** @param today a local date. */
export const closedDialog = (cohort: Cohort, today: string): View =>
  closedForm.view({
    carry: cohort.id,
    above: [
      context(
        mrkdwn`On these days *${cohort.name}* is asked nothing: a check-in that comes again and again leaves them out, and one that is open sends no reminder.`,
      ),
      ...comingClosed(cohort, today).map((one) =>
        section(
          mrkdwn`*${one.name}:* ${sayDays(one)}`,
          button('Open again', ids.reopenDays, {
            value: closedDays.pack({ cohortId: cohort.id, ...one }),
            label: `Open again: ${one.name}, ${sayDays(one)}`,
          }),
        ),
      ),
    ],
  });

const sayDays = ({ from, until }: Pick<Closed, 'from' | 'until'>): string =>
  from === until ? sayDate(from) : `${sayDate(from)} to ${sayDate(until)}`;

export const closedReceipt = (closed: Closed): Mrkdwn =>
  mrkdwn`*Closed: ${sayDays(closed)} (${closed.name}).* Check-ins leave these days out. You can open them again under ⋯, “Name and dates”.`;
