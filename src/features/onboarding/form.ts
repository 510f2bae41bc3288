import { z } from 'zod';
import { tidyLine } from '../../slack/text.ts';

const chosen = z.looseObject({ value: z.string().nullish() });
const state = z.record(
  z.string(),
  z.record(
    z.string(),
    z.looseObject({
      value: z.string().nullish(),
      selected_option: chosen.nullish(),
      selected_options: z.array(chosen).nullish(),
    }),
  ),
);

/** What a modal's fields hold. Fields that are missing or of another shape count as left empty. */
export type Form = {
  /** As typed, line breaks kept, trimmed; undefined when empty. */
  text(blockId: string): string | undefined;
  one(blockId: string): string | undefined;
  many(blockId: string): string[];
  /** The first block whose id begins so, for fields that are redrawn under new ids. */
  blockStarting(prefix: string): string | undefined;
};

export function readForm(values: unknown): Form {
  const parsed = state.safeParse(values);
  const blocks = parsed.success ? parsed.data : {};
  const field = (blockId: string) => Object.values(blocks[blockId] ?? {})[0];
  return {
    text(blockId) {
      const text = field(blockId)
        ?.value?.toWellFormed()
        .normalize('NFC')
        .replace(/(?!\n)\p{Cc}/gu, '')
        .trim();
      return text ? text : undefined;
    },
    one(blockId) {
      const value = tidyLine(field(blockId)?.selected_option?.value ?? '');
      return value === '' ? undefined : value;
    },
    many(blockId) {
      return (field(blockId)?.selected_options ?? []).flatMap(({ value }) => (value ? [value] : []));
    },
    blockStarting: (prefix) => Object.keys(blocks).find((blockId) => blockId.startsWith(prefix)),
  };
}
