import { z } from 'zod';
import type { Typed } from '../body.ts';

/** Which form this is. Travels through the person's client, so ids only, and all of it is checked again. */
export type Form = {
  /** Also the id the reflection gets. */
  draftId: string;
  framework: string;
  /** From 0. */
  step: number;
  /** The reflection this form changes. */
  changes: string | undefined;
};

const metadata = z.object({
  d: z.uuid(),
  f: z.string().max(100),
  s: z.number().int().min(0).max(50),
  c: z.uuid().optional(),
});

export const writeForm = ({ draftId, framework, step, changes }: Form): string =>
  JSON.stringify({ d: draftId, f: framework, s: step, ...(changes && { c: changes }) });

/** @returns undefined when it is not ours or was tampered with. */
export function readForm(privateMetadata: unknown): Form | undefined {
  try {
    const { data } = metadata.safeParse(JSON.parse(String(privateMetadata)));
    return data && { draftId: data.d, framework: data.f, step: data.s, changes: data.c };
  } catch {
    return undefined;
  }
}

/**
 * The draft's id stands in the block ids: Slack keeps what was typed where ids stay, and another draft shown in the same
 * window must not inherit it.
 */
export const textBlock = (draftId: string, key: string): string => `text:${draftId}:${key}`;
export const choiceBlock = (draftId: string, key: string): string => `choice:${draftId}:${key}`;
export const fieldAction = 'field';

const blockId = /^(text|choice):([0-9a-f-]{36}):([a-z][a-z0-9_]{0,49})$/;
const values = z.record(z.string(), z.record(z.string(), z.unknown()));
const textValue = z.object({ value: z.string().max(12_000).nullish() });
const choiceValue = z.object({ selected_options: z.array(z.object({ value: z.string() })).nullish() });

/** What stands in the form's fields now; fields of another form and anything unknown are left out. Text is kept as it is. */
export function readTyped(state: unknown, draftId: string): Typed {
  const typed: Typed = { texts: {}, choices: {} };
  for (const [id, actions] of Object.entries(values.safeParse(state).data ?? {})) {
    const [, kind, draft, key] = blockId.exec(id) ?? [];
    if (key === undefined || draft !== draftId) continue;
    if (kind === 'text') {
      const field = textValue.safeParse(actions[fieldAction]);
      if (field.success) typed.texts[key] = field.data.value ?? '';
    } else {
      const field = choiceValue.safeParse(actions[fieldAction]);
      if (field.success) typed.choices[key] = (field.data.selected_options ?? []).map(({ value }) => value);
    }
  }
  return typed;
}
