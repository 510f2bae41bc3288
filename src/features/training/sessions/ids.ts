/** They stand in messages people keep: never rename one. What ends in ":" is followed by a word. */
export const ids = {
  /** Followed by which ones; the value is a page. */
  list: 'sessions.list:',
  /** The value is a series. */
  others: 'sessions.others',
  /** The value of these is a session's id. */
  open: 'sessions.open',
  book: 'sessions.book',
  accept: 'sessions.accept',
  giveUp: 'sessions.give-up',
  /** Two sessions' ids: the place they have, and the date they want. */
  move: 'sessions.move',
  lead: 'sessions.lead',
  names: 'sessions.names',
  changeWhen: 'sessions.change-when',
  changePlaces: 'sessions.change-places',
  cancel: 'sessions.cancel',
  remove: 'sessions.remove',
  keepAsItIs: 'sessions.keep-as-it-is',
  /** Plans a new one. */
  add: 'sessions.add',
  /** The value is a cohort's id. */
  archived: 'sessions.archived',
  /** Callback ids. */
  listView: 'sessions.list-view',
  cardView: 'sessions.card-view',
  namesView: 'sessions.names-view',
  bookForm: 'sessions.book-form',
  whatForm: 'sessions.what-form',
  whenForm: 'sessions.when-form',
  placesForm: 'sessions.places-form',
  keptForm: 'sessions.kept-form',
  fewerForm: 'sessions.fewer-form',
  cancelForm: 'sessions.cancel-form',
  archivedForm: 'sessions.archived-form',
} as const;
