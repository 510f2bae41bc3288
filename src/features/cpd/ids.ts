/** Those ending in a dot are followed by a way, since an id may come only once in a row. */
export const ids = {
  /** App Home, the journal, an answer to the command. */
  open: 'cpd.open',
  /** Another record or other dates, from a later window. */
  change: 'cpd.change',
  /** Heard as soon as it is chosen. */
  live: 'cpd.live',
  /** Turns the page of what can be ticked, or ticks it. */
  entries: 'cpd.entries.',
  /** What is ticked, with what is still empty. */
  overview: 'cpd.overview',
  overviewPage: 'cpd.overview.',
  fill: 'cpd.fill',
  fillBack: 'cpd.fill-back',
  fillOut: 'cpd.fill-out',
  /** Takes over the time that was noted with the entry. */
  fillHours: 'cpd.fill-hours',
  fillAsItIs: 'cpd.fill-as-it-is',
  look: 'cpd.look',
  copy: 'cpd.copy',
  copyPage: 'cpd.copy.',
  /** Callback ids. */
  chooseView: 'cpd.choose',
  entriesView: 'cpd.entries',
  fillView: 'cpd.fill',
  screen: 'cpd.screen',
} as const;

/** Kinds of file. */
export const wordKind = 'cpd.word';
export const jsonKind = 'cpd.json';
