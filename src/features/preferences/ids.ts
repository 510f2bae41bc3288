export const ids = {
  open: 'preferences.open',
  save: 'preferences.save',
  pause: 'preferences.pause',
  start: 'preferences.start',
  back: 'preferences.back',
  leave: 'preferences.leave',
  leaveNow: 'preferences.leave.confirmed',
  privacy: 'preferences.privacy',
  notice: 'preferences.notice',
} as const;
