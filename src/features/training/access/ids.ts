/** They stand in messages people keep: never rename one. */
export const ids = {
  /** What those who come said, for a host. The value of these is a session's id and a page. */
  open: 'training.needs-open',
  page: 'training.needs-page.',
  /** What I said. Its value is a session's id. */
  mine: 'training.needs-mine',
  /** They keep what they wrote, of which it was said that it may identify a person. */
  asItIs: 'training.needs-as-it-is',
  bookAsItIs: 'training.needs-book-as-it-is',
  /** Callback ids. */
  view: 'training.needs-view',
  change: 'training.needs-change',
} as const;
