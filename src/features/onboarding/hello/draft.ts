import { z } from 'zod';
import { readForm } from '../form.ts';

/** A hello on its way through the modals. */
export type Draft = { text: string; turn: number; isWarned: boolean };

/** Code points. It travels in a modal's metadata, which holds 3,000. */
export const introductionLimit = 600;

const metadata = z.object({
  text: z
    .string()
    .max(2 * introductionLimit)
    .optional(),
  turn: z.number().int().min(0).max(1000).default(0),
  warned: z.boolean().default(false),
});

/** @param values the modal's fields; the text of a preview travels in its metadata instead. */
export function readDraft(privateMetadata: string, values: unknown): Draft {
  const parsed = metadata.safeParse(readJson(privateMetadata));
  const carried = parsed.success ? parsed.data : { text: undefined, turn: 0, warned: false };
  const form = readForm(values);
  const block = form.blockStarting('hello.');
  const typed = block === undefined ? undefined : form.text(block);
  return {
    text: Array.from(typed ?? carried.text ?? '')
      .slice(0, introductionLimit)
      .join(''),
    turn: carried.turn,
    isWarned: carried.warned,
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
