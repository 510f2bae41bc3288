/** They stand in messages people keep: never rename one. */
export const ids = {
  /** Value: a page. */
  list: 'pilots.list',
  listMore: 'pilots.list.more',
  plan: 'pilots.plan',
  planAgain: 'pilots.plan-again',
  /** Value: a pilot's id, with a page. */
  open: 'pilots.open',
  earlier: 'pilots.open.earlier',
  later: 'pilots.open.later',
  /** Value: a pilot's id, with a part. */
  part: 'pilots.part',
  /** Value of these: a pilot's id. */
  undo: 'pilots.undo',
  remove: 'pilots.remove',
  /** Value: which checklist. */
  prepare: 'pilots.prepare',
  tick: 'pilots.tick',
  beginAgain: 'pilots.begin-again',
  /** Callback ids. */
  listView: 'pilots.list-view',
  pageView: 'pilots.page-view',
  partView: 'pilots.part-view',
  prepareView: 'pilots.prepare-view',
  planForm: 'pilots.plan-form',
  checkForm: 'pilots.check-form',
  moveForm: 'pilots.move-form',
  shiftForm: 'pilots.shift-form',
} as const;
