/** They stand in messages people keep: never rename one. */
export const ids = {
  askView: 'files.send',
  /** Value: a file's id. */
  remove: 'files.remove',
} as const;
