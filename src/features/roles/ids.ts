export const ids = {
  list: 'roles.list',
  earlier: 'roles.earlier',
  later: 'roles.later',
  openGive: 'roles.give',
  busy: 'roles.busy',
  give: 'roles.give-form',
  revoke: 'roles.revoke',
  giveBack: 'roles.give-back',
  /** As it is called in answers that were sent before. */
  giveBackBefore: 'roles.giveBack',
} as const;
