/** They stand in messages people keep: never rename one. */
export const ids = {
  /** The hub: the core module's parts, and what else there is. */
  open: 'training.open',
  /** The value of these is a part's id. */
  part: 'training.part',
  /** Callback ids. */
  hubView: 'training.hub-view',
} as const;
