import { z } from 'zod';
import { type blockIds, valueId } from './ids.ts';

/** What a form's elements can hold; anything else is as if it were left empty. */
const element = z
  .object({
    value: z.string().nullish().catch(undefined),
    selected_option: z.object({ value: z.string() }).nullish().catch(undefined),
    selected_options: z
      .array(z.object({ value: z.string() }))
      .nullish()
      .catch(undefined),
    selected_users: z.array(slackId()).nullish().catch(undefined),
    selected_conversation: z
      .string()
      .regex(/^[CG][A-Z0-9]+$/)
      .nullish()
      .catch(undefined),
    selected_date: z.string().nullish().catch(undefined),
    files: z
      .array(
        z.object({
          id: z.string(),
          size: z.number().optional().catch(undefined),
          url_private_download: z.string().optional().catch(undefined),
          url_private: z.string().optional().catch(undefined),
        }),
      )
      .nullish()
      .catch(undefined),
  })
  .catch({});

function slackId() {
  return z.string().regex(/^[UW][A-Z0-9]+$/);
}

const state = z.object({ values: z.record(z.string(), z.record(z.string(), element)) }).catch({ values: {} });

type BlockId = (typeof blockIds)[keyof typeof blockIds];

export type FormFile = { id: string; size: number | undefined; address: string | undefined };

/** A form's values by block, read with care: fields may be missing, and clients may send anything. */
export function readForm(view: { state?: unknown }) {
  const { values } = state.parse(view.state ?? {});
  const at = (block: BlockId) => values[block]?.[valueId];
  return {
    text: (block: BlockId): string => at(block)?.value ?? '',
    choice: (block: BlockId): string | undefined => at(block)?.selected_option?.value,
    isTicked: (block: BlockId): boolean => (at(block)?.selected_options?.length ?? 0) > 0,
    users: (block: BlockId): string[] => at(block)?.selected_users ?? [],
    channel: (block: BlockId): string | undefined => at(block)?.selected_conversation ?? undefined,
    date: (block: BlockId): string | undefined => at(block)?.selected_date ?? undefined,
    file(block: BlockId): FormFile | undefined {
      const [file] = at(block)?.files ?? [];
      return file && { id: file.id, size: file.size, address: file.url_private_download ?? file.url_private };
    },
  };
}

export type FormValues = ReturnType<typeof readForm>;

/** The parts of a button's value, which are ids and page numbers joined by ":". */
export function partsOf(value: string): { id: string; other: string; page: number } {
  const [id = '', other = '', last = ''] = value.split(':');
  const number = Number.parseInt(last === '' ? other || id : last, 10);
  return { id, other, page: Number.isInteger(number) && number >= 0 ? number : 0 };
}
