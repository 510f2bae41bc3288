/** Why a suggestion was not added, in words for whoever suggested it. */
export const reasons = {
  known: 'It is in the catalogue already.',
  'other-subject': 'It is about something that this catalogue does not cover.',
  'not-open': 'The page does not open for everybody, or asks for a sign-in.',
  'out-of-date': 'It is out of date, or something newer is in the catalogue.',
  unsure: 'We could not find out who is behind it.',
} as const;

export type Reason = keyof typeof reasons;

/** What whoever suggested something hears of a decision; 'no-reason': only that it was not added after all. */
export type Told = 'accepted' | Reason | 'no-reason';
