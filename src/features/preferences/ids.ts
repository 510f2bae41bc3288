export const ids = {
  open: 'preferences.open',
  save: 'preferences.save',
  pause: 'preferences.pause',
  start: 'preferences.start',
  back: 'preferences.back',
  /** Answered by the feature that says what is kept. */
  leave: 'preferences.leave',
  privacy: 'preferences.privacy',
} as const;
