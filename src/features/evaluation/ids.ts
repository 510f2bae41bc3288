/** They stand in messages people keep: never rename one. */
export const ids = {
  /** Value: a page of the groups. */
  list: 'evaluation.list',
  /** Ends in what turns: pages of the list, in Home. */
  listPage: 'evaluation.list-page.',
  /** Value: which report, with a screen. */
  open: 'evaluation.open',
  /** The same in Home; ends in what turns. */
  screen: 'evaluation.screen.',
  /** Value: which report, with a screen and a place on it. */
  quotes: 'evaluation.quotes',
  /** Value: which report. */
  beginClosing: 'evaluation.begin-closing',
  /** Value: which report, with a mark of what was shown. */
  close: 'evaluation.close',
  /** Value: a group. */
  plan: 'evaluation.plan',
  /** The programme over time. */
  programme: 'evaluation.programme',
  /** Callback ids. */
  planForm: 'evaluation.plan-form',
  quotesView: 'evaluation.quotes-view',
  closingView: 'evaluation.closing-view',
} as const;

/** Kinds of files. */
export const wordKind = 'report-word';
export const htmlKind = 'report-html';
export const csvKind = 'report-csv';
export const programmeKind = 'programme-csv';
