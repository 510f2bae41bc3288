/** They stand in messages people keep: never rename one. */
export const ids = {
  list: 'reviews.list',
  make: 'reviews.make',
  makeForm: 'reviews.make-form',
  /** Value: a pack's id. */
  open: 'reviews.open',
  /** Value: a pack's id and an item's. */
  enter: 'reviews.enter',
  verdictForm: 'reviews.verdict-form',
  finish: 'reviews.finish',
  finishForm: 'reviews.finish-form',
  remove: 'reviews.remove',
  /** Kinds of files: they stand in buttons. */
  packFile: 'reviews.pack',
  backFile: 'reviews.back',
} as const;
