/** They stand in messages people keep: never rename one. What ends in ":" is followed by a word, since an id may come only once in a row. */
export const ids = {
  open: 'introductions.open',
  form: 'introductions.form',
  stop: 'introductions.stop',
  /** Value: a page. */
  mine: 'introductions.mine',
  minePage: 'introductions.mine.page:',
  mineView: 'introductions.mine-view',
  /** A link; followed by a number. */
  write: 'introductions.write:',
  /** Value: an introduction's id. */
  prompt: 'introductions.prompt',
  promptView: 'introductions.prompt-view',
  met: 'introductions.met',
  metForm: 'introductions.met-form',
  notMet: 'introductions.not-met',
  unsayMet: 'introductions.unsay-met',
  /** For those who run groups. Value: a page. */
  groups: 'introductions.groups',
  groupsPage: 'introductions.groups.page:',
  /** Value: a group's id. */
  group: 'introductions.group',
  groupView: 'introductions.group-view',
  switchOn: 'introductions.switch-on',
  switchOff: 'introductions.switch-off',
  /** For those who lead the whole programme. */
  everybody: 'introductions.everybody',
} as const;
