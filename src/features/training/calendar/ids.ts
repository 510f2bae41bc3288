/** They stand in messages people keep: never rename one. */
export const ids = {
  open: 'calendar.open',
  make: 'calendar.make',
  stop: 'calendar.stop',
  /** The kind of file: `fileButton` is made with it. */
  file: 'calendar.entry',
  /** Callback id. */
  view: 'calendar.view',
} as const;
