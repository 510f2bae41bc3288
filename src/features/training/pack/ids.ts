/** They stand in messages people keep: never rename one. */
export const ids = {
  /** The value of these is a session's id; of the pages, with the page. */
  open: 'training.pack',
  page: 'training.pack-page.',
  mix: 'training.pack-mix',
  size: 'training.pack-size',
  example: 'training.pack-case',
  minutes: 'training.pack-minutes',
  minutesForm: 'training.pack-minutes-form',
  showExample: 'training.pack-case-show',
  view: 'training.pack-view',
  /** Kinds of files. */
  file: 'training.pack-file',
  fileWithNames: 'training.pack-names',
} as const;
