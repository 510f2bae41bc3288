export const actionIds = {
  list: 'roles.list',
  earlier: 'roles.earlier',
  later: 'roles.later',
  give: 'roles.give',
  revoke: 'roles.revoke',
  giveBack: 'roles.giveBack',
} as const;

export const callbackIds = { give: 'roles.giveForm' } as const;

export const blockIds = { person: 'person', role: 'role', cohort: 'cohort' } as const;

export const valueId = 'value';
