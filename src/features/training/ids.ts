/** They stand in messages people keep: never rename one. */
export const ids = {
  /** The hub: the core module's parts, and what else there is. */
  open: 'training.open',
  /** The value of these is a part's id. */
  part: 'training.part',
  pick: 'training.pick',
  /** Past the content note. */
  goOn: 'training.go-on',
  done: 'training.done',
  skip: 'training.skip',
  undo: 'training.undo',
  reflect: 'training.reflect',
  /** Followed by a module's id. */
  further: 'training.further:',
  /** For those who run groups; value: the page. */
  groups: 'training.groups',
  groupsMore: 'training.groups.more',
  /** Callback ids. */
  hubView: 'training.hub-view',
  partView: 'training.part-view',
} as const;
