import { z } from 'zod';
import { items, optionGroup, plainOption } from './text.ts';

const answer = z.union([
  z.strictObject({ options: items(plainOption, 0, 100) }),
  z.strictObject({ option_groups: items(optionGroup, 0, 100) }),
]);

/** What an app may answer to block_suggestion. /reference/interaction-payloads/block_suggestion-payload */
export function readOptionAnswer(
  payload: unknown,
): { options?: unknown[]; optionGroups?: unknown[] } | undefined {
  const read = answer.safeParse(payload);
  if (!read.success) return undefined;
  return 'options' in read.data ? { options: read.data.options } : { optionGroups: read.data.option_groups };
}
