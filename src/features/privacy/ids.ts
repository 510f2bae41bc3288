export const ids = {
  /** The name it had when message settings and privacy were one: buttons stay in messages for months. */
  privacy: 'preferences.privacy',
  notice: 'preferences.notice',
  leave: 'preferences.leave',
  leaveNow: 'preferences.leave.confirmed',
  choose: 'privacy.choose',
  deleteArea: 'privacy.delete.area',
  deleteAreaNow: 'privacy.delete.area.now',
  everything: 'privacy.delete.everything',
  everythingNow: 'privacy.delete.everything.now',
  detail: 'privacy.detail',
  seen: 'privacy.seen',
  deeds: 'privacy.deeds',
  deedsPage: 'privacy.deeds.page.',
} as const;

/** Go into the buttons that ask for a file. */
export const copyKinds = { document: 'privacy.document', json: 'privacy.json' } as const;
