/** Buttons and menus. The value is an id, or ids joined by ":", and is checked again when it comes back. */
export const actionIds = {
  list: 'cohorts.list',
  earlier: 'cohorts.earlier',
  later: 'cohorts.later',
  archived: 'cohorts.archived',
  make: 'cohorts.make',
  open: 'cohorts.open',
  edit: 'cohorts.edit',
  add: 'cohorts.add',
  addChannel: 'cohorts.addChannel',
  people: 'cohorts.people',
  earlierPeople: 'cohorts.earlierPeople',
  laterPeople: 'cohorts.laterPeople',
  remove: 'cohorts.remove',
  putBack: 'cohorts.putBack',
  facilitators: 'cohorts.facilitators',
  channel: 'cohorts.channel',
  archive: 'cohorts.archive',
  restore: 'cohorts.restore',
  leave: 'cohorts.leave',
  rejoin: 'cohorts.rejoin',
  import: 'cohorts.import',
  importState: 'cohorts.importState',
  expected: 'cohorts.expected',
  earlierExpected: 'cohorts.earlierExpected',
  laterExpected: 'cohorts.laterExpected',
  forget: 'cohorts.forget',
} as const;

export const callbackIds = {
  make: 'cohorts.makeForm',
  edit: 'cohorts.editForm',
  add: 'cohorts.addForm',
  addChannel: 'cohorts.addChannelForm',
  facilitators: 'cohorts.facilitatorsForm',
  channel: 'cohorts.channelForm',
  import: 'cohorts.importForm',
  confirmImport: 'cohorts.confirmImport',
} as const;

/** Each input block holds one element of this action id. */
export const valueId = 'value';

export const blockIds = {
  name: 'name',
  ageGroup: 'age_group',
  startsOn: 'starts_on',
  endsOn: 'ends_on',
  people: 'people',
  sameName: 'same_name',
  channel: 'channel',
  follow: 'follow',
  text: 'text',
  file: 'file',
  cohort: 'cohort',
  newGroups: 'new_groups',
} as const;
