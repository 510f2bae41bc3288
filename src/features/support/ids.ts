import { supportActionId } from '../../safeguarding/signposts.ts';

export const ids = {
  open: supportActionId,
  /** Callback of the screen itself. */
  screen: 'support.screen',
} as const;
