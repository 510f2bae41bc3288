import { z } from 'zod';
import { dataTable, dataVisualization, table } from './data-blocks.ts';
import {
  accessoryElement,
  actionsElement,
  button,
  feedbackButtons,
  iconButton,
  inputElement,
} from './elements.ts';
import { richTextBlock } from './rich-text.ts';
import {
  anyText,
  blockId,
  chars,
  httpUrl,
  imageElement,
  imageFields,
  items,
  mrkdwn,
  oneImageSource,
  plainText,
} from './text.ts';

/** /reference/block-kit/blocks: what each block may hold. Where it may stand is in `check.ts`. */

const base = { block_id: blockId.optional() };
const imageSource = { error: 'must provide exactly one of image_url and slack_file' };

/** One primary button in a set. */
function onePrimary(elements: { type: string; style?: unknown }[]): boolean {
  return elements.filter((element) => element.type === 'button' && element.style === 'primary').length <= 1;
}

const section = z
  .strictObject({
    type: z.literal('section'),
    ...base,
    text: anyText(3000).optional(),
    fields: items(anyText(2000), 1, 10).optional(),
    accessory: z.discriminatedUnion('type', [...accessoryElement, imageElement]).optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, {
    error: 'must provide text or fields',
  });

const actions = z.strictObject({
  type: z.literal('actions'),
  ...base,
  elements: items(actionsElement, 1, 25).refine(onePrimary, {
    error: 'only one primary button is allowed in a set',
  }),
});

const header = z.strictObject({ type: z.literal('header'), ...base, text: plainText(150) });
const divider = z.strictObject({ type: z.literal('divider'), ...base });
const context = z.strictObject({
  type: z.literal('context'),
  ...base,
  elements: items(z.discriminatedUnion('type', [plainText(3000), mrkdwn(3000), imageElement]), 1, 10),
});
const input = z.strictObject({
  type: z.literal('input'),
  ...base,
  label: plainText(2000),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: inputElement,
});
const image = z
  .strictObject({ ...base, ...imageFields, title: plainText(2000).optional() })
  .refine(oneImageSource, imageSource);
const video = z.strictObject({
  type: z.literal('video'),
  ...base,
  video_url: httpUrl,
  thumbnail_url: httpUrl,
  alt_text: chars(2000),
  title: plainText(200),
  title_url: httpUrl.optional(),
  author_name: chars(50).optional(),
  provider_name: z.string().optional(),
  provider_icon_url: httpUrl.optional(),
  description: plainText(200).optional(),
});
const file = z.strictObject({
  type: z.literal('file'),
  ...base,
  source: z.literal('remote'),
  external_id: z.string().min(1),
});
/** 12,000 characters over all markdown blocks of a message; the sum is taken in `check.ts`. */
const markdown = z.strictObject({ type: z.literal('markdown'), ...base, text: chars(12_000) });

const alert = z.strictObject({
  type: z.literal('alert'),
  ...base,
  text: anyText(200),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});

const cardFields = {
  type: z.literal('card'),
  ...base,
  hero_image: imageElement.optional(),
  icon: imageElement.optional(),
  title: mrkdwn(150).optional(),
  subtitle: mrkdwn(150).optional(),
  body: mrkdwn(200).optional(),
  actions: items(button, 1, 3)
    .refine(onePrimary, { error: 'only one primary button is allowed in a set' })
    .optional(),
};
const card = z
  .strictObject(cardFields)
  .refine((block) => Boolean(block.hero_image ?? block.title ?? block.actions ?? block.body), {
    error: 'must provide hero_image, title, actions or body',
  });
const carousel = z.strictObject({ type: z.literal('carousel'), ...base, elements: items(card, 1, 10) });

const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  ...base,
  elements: items(z.discriminatedUnion('type', [feedbackButtons, iconButton]), 1, 5),
});

const taskCard = z.strictObject({
  type: z.literal('task_card'),
  ...base,
  task_id: z.string().min(1),
  title: z.string().min(1),
  details: richTextBlock.optional(),
  output: richTextBlock.optional(),
  sources: z.array(z.strictObject({ type: z.literal('url'), url: httpUrl, text: z.string() })).optional(),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
});
const plan = z.strictObject({
  type: z.literal('plan'),
  ...base,
  title: z.string().min(1),
  tasks: items(taskCard, 0, 50).optional(),
});

const container = z
  .strictObject({
    type: z.literal('container'),
    ...base,
    title: plainText(150).optional(),
    rich_text_title: richTextBlock.optional(),
    subtitle: anyText(150).optional(),
    child_blocks: items(
      z.discriminatedUnion('type', [
        actions,
        context,
        divider,
        file,
        header,
        image,
        input,
        richTextBlock,
        section,
        table,
        video,
      ]),
      1,
      10,
    ),
    width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
    icon: imageElement.optional(),
    is_collapsible: z.boolean().optional(),
    default_collapsed: z.boolean().optional(),
    has_header_divider: z.boolean().optional(),
  })
  .refine((block) => block.title !== undefined || block.rich_text_title !== undefined, {
    error: 'must provide title or rich_text_title',
  })
  .refine((block) => block.default_collapsed !== true || block.is_collapsible === true, {
    error: 'default_collapsed requires is_collapsible',
  });

export const anyBlock = z.discriminatedUnion('type', [
  section,
  actions,
  header,
  divider,
  context,
  input,
  image,
  richTextBlock,
  video,
  file,
  markdown,
  table,
  dataTable,
  dataVisualization,
  alert,
  card,
  carousel,
  contextActions,
  taskCard,
  plan,
  container,
]);
