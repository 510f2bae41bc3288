/** They stand in messages people keep: never rename one. What ends in ":" or "." is followed by a word or a page. */
export const ids = {
  /** Value: what it comes after. */
  note: 'intentions.note',
  noOffers: 'intentions.no-offers',
  offerAgain: 'intentions.offer-again',
  mine: 'intentions.mine',
  mineMore: 'intentions.mine.more',
  /** The value of all that follow is an intention's id, alone or behind a word. */
  open: 'intentions.open',
  change: 'intentions.change',
  outcome: 'intentions.outcome:',
  more: 'intentions.more',
  reflect: 'intentions.reflect',
  stop: 'intentions.stop',
  askAgain: 'intentions.ask-again',
  remove: 'intentions.delete',
  keepAsItIs: 'intentions.keep-as-it-is',
  /** Callback ids. */
  form: 'intentions.form',
  mineView: 'intentions.mine-view',
} as const;
