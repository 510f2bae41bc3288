import { z } from 'zod';

const chosen = z.looseObject({ value: z.string() });
const schema = z.record(
  z.string(),
  z.record(
    z.string(),
    z.looseObject({
      value: z.string().nullish(),
      selected_option: chosen.nullish(),
      selected_options: z.array(chosen).nullish(),
      selected_date: z.string().nullish(),
      selected_time: z.string().nullish(),
    }),
  ),
);

/** What stands in a view's inputs, by block; each block here has one element. */
export type FormState = {
  text(block: string): string | undefined;
  choice(block: string): string | undefined;
  choices(block: string): string[];
  date(block: string): string | undefined;
  time(block: string): string | undefined;
};

/** Reads `view.state` of a submission or a click. What is missing or odd reads as empty, and never throws. */
export function stateOf(view: unknown): FormState {
  const parsed = z.looseObject({ state: z.looseObject({ values: schema }) }).safeParse(view);
  const values = parsed.success ? parsed.data.state.values : {};
  const element = (block: string) => Object.values(values[block] ?? {})[0];
  return {
    text: (block) => element(block)?.value ?? undefined,
    choice: (block) => element(block)?.selected_option?.value ?? undefined,
    choices: (block) => (element(block)?.selected_options ?? []).map(({ value }) => value),
    date: (block) => element(block)?.selected_date ?? undefined,
    time: (block) => element(block)?.selected_time ?? undefined,
  };
}
