export const ids = {
  list: 'roles.list',
  earlier: 'roles.earlier',
  later: 'roles.later',
  openGive: 'roles.give',
  give: 'roles.giveForm',
  revoke: 'roles.revoke',
  giveBack: 'roles.giveBack',
} as const;
