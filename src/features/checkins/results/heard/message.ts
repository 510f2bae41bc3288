import { z } from 'zod';
import type { Message } from '../../../../outbox/outbox.ts';
import { context, section, written } from '../../../../slack/blocks.ts';
import { joinMrkdwn, mrkdwn, sayDay } from '../../../../slack/text.ts';
import type { Results } from '../results.ts';

export const places = ['people', 'channel'] as const;

const writing = z.object({
  heard: z.string(),
  willDo: z.string(),
  /** Questions of which a sentence goes along. */
  numbers: z.array(z.string()),
  to: z.enum(places),
});
export type Writing = z.output<typeof writing>;

/** As it is kept, and was looked at before it went out. */
export const heardSchema = writing.extend({
  /** What goes along: worked out once. */
  lines: z.array(z.object({ question: z.string(), said: z.string() })),
  channelId: z.string().optional(),
  /** Who wrote it, as it says. */
  by: z.string(),
});
export type Heard = z.output<typeof heardSchema>;

/** What goes out. The words of whoever wrote it are shown as data, like all that people write. */
export function heardMessage(
  { heard, willDo, lines, by, to }: Heard,
  { round, askedAt, occasion, cohortName }: Pick<Results, 'round' | 'askedAt' | 'occasion' | 'cohortName'>,
  zone: string,
): Message {
  const { label } = round.definition;
  return {
    text: `What we heard, and what we will do: ${cohortName}`,
    blocks: [
      section(
        mrkdwn`*What we heard, what we will do*\n“${label}”, ${occasion ?? sayDay(askedAt, zone)}, ${cohortName}`,
      ),
      section(mrkdwn`*What we heard*`),
      ...written(heard),
      ...(lines.length > 0
        ? [
            section(
              joinMrkdwn(
                lines.map(({ question, said }) => mrkdwn`• ${question} ${said}`),
                '\n',
              ),
            ),
          ]
        : []),
      ...(willDo === '' ? [] : [section(mrkdwn`*What we will do*`), ...written(willDo)]),
      context(
        mrkdwn`Written by ${by}, who runs the group.${lines.length > 0 ? ' The results in it are rough on purpose, so that nobody’s answer shows.' : ''} You need not do anything.${to === 'people' ? ' To have fewer messages: Home, Your settings.' : ''}`,
      ),
    ],
  };
}
