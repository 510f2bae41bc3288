/** They stand in messages people keep: never rename one. What ends in ":" is followed by a word, since an id may come only once in a row. */
export const ids = {
  /** Curators: names that were suggested, what was added, cards that nobody keeps. Its value is a page. */
  list: 'organisations.list',
  listPage: 'organisations.list.page:',
  /** Value: a name's mark. */
  add: 'organisations.add',
  addForm: 'organisations.add-form',
  join: 'organisations.join',
  joinForm: 'organisations.join-form',
  joinTo: 'organisations.join-to',
  decline: 'organisations.decline',
  /** Value: an organisation's id. */
  takeOff: 'organisations.take-off',
  undoJoin: 'organisations.undo-join',
  undoAdd: 'organisations.undo-add',
  /** Team cards. Value: a page, or a card's id. */
  teams: 'teams.list',
  teamsPage: 'teams.list.page:',
  open: 'teams.open',
  make: 'teams.make',
  change: 'teams.change',
  cardForm: 'teams.form',
  moreForm: 'teams.form-more',
  organisation: 'teams.organisation',
  keepWords: 'teams.keep-words',
  keepMoreWords: 'teams.keep-more-words',
  confirm: 'teams.confirm',
  handOver: 'teams.hand-over',
  handOverForm: 'teams.hand-over-form',
  takeOn: 'teams.take-on',
  remove: 'teams.remove',
} as const;
