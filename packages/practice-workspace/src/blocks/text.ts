import { z } from 'zod';
import { lengthOf } from '../json.ts';

/**
 * Slack's composition objects, strict: an unknown field is refused, lengths count code points.
 * /reference/block-kit/composition-objects
 */

export function chars(max: number, min = 1) {
  return z
    .string()
    .refine((text) => lengthOf(text) >= min, {
      error: `must be more than ${min - 1} characters`,
      abort: true,
    })
    .refine((text) => lengthOf(text) <= max, { error: `must be less than ${max + 1} characters` });
}

export function items<Item extends z.ZodType>(item: Item, min: number, max: number) {
  return z
    .array(item)
    .refine((list) => list.length >= min, { error: `must provide at least ${min} items`, abort: true })
    .refine((list) => list.length <= max, { error: `no more than ${max} items allowed` });
}

export const blockId = chars(255);
export const actionId = chars(255);
export const httpUrl = chars(3000).refine((text) => /^(https?|mailto|slack|tel):/i.test(text), {
  error: 'must be a valid URL',
});

/** Slack fetches images itself, so an address of this machine or a private network is none. */
const imageUrl = httpUrl.refine(
  (text) =>
    !/^https?:\/\/(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[|[^/.]+\.local\b)/i.test(text),
  { error: 'downloading image failed' },
);

export function plainText(max = 3000) {
  return z.strictObject({ type: z.literal('plain_text'), text: chars(max), emoji: z.boolean().optional() });
}

export function mrkdwn(max = 3000) {
  return z.strictObject({ type: z.literal('mrkdwn'), text: chars(max), verbatim: z.boolean().optional() });
}

export function anyText(max = 3000) {
  return z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);
}

export const confirm = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(['primary', 'danger']).optional(),
});

/** Value ≤ 150; older comments in Slack's own types still say 75. */
const optionFields = { value: chars(150, 0), description: plainText(75).optional() };
export const plainOption = z.strictObject({ text: plainText(75), ...optionFields });
export const richOption = z.strictObject({
  text: anyText(75),
  value: chars(150, 0),
  description: anyText(75).optional(),
});
export const overflowOption = z.strictObject({
  text: plainText(75),
  ...optionFields,
  url: httpUrl.optional(),
});
export const optionGroup = z.strictObject({ label: plainText(75), options: items(plainOption, 1, 100) });

export const dispatchConfig = z.strictObject({
  trigger_actions_on: items(z.enum(['on_enter_pressed', 'on_character_entered']), 1, 2),
});

export const slackFile = z
  .strictObject({ id: z.string().optional(), url: z.string().optional() })
  .refine((file) => (file.id === undefined) !== (file.url === undefined), {
    error: 'must provide exactly one of id and url',
  });

/** `image_url` or `slack_file`, not both. */
export function oneImageSource(image: { image_url?: unknown; slack_file?: unknown }): boolean {
  return (image.image_url === undefined) !== (image.slack_file === undefined);
}

export const imageFields = {
  type: z.literal('image'),
  alt_text: chars(2000),
  image_url: imageUrl.optional(),
  slack_file: slackFile.optional(),
};
export const imageElement = z
  .strictObject(imageFields)
  .refine(oneImageSource, { error: 'must provide exactly one of image_url and slack_file' });
