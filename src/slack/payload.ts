import { z } from 'zod';

const pressed = z.looseObject({
  value: z.string().optional(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
});

/** The value of the button or option that was pressed; empty when the payload has none. */
export function pressedValue(action: unknown): string {
  const parsed = pressed.safeParse(action);
  return parsed.data?.selected_option?.value ?? parsed.data?.value ?? '';
}
