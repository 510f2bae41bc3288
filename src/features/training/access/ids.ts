/** They stand in messages people keep: never rename one. */
export const ids = {
  /** What those who come said, for a host. The value of these is a session's id and a page. */
  open: 'training.needs-open',
  page: 'training.needs-page.',
  /** What I said. Its value is a session's id. */
  mine: 'training.needs-mine',
  /** Callback ids. */
  view: 'training.needs-view',
  change: 'training.needs-change',
} as const;
