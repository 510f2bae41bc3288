/** They stand in messages people keep: never rename one. */
export const ids = {
  /** Value: a place, see place.ts. Followed by which of the menus or buttons it is. */
  look: 'pathways.look:',
  /** For curators; value: the page. */
  toRead: 'pathways.to-read',
  toReadMore: 'pathways.to-read.more',
  toReadBack: 'pathways.to-read.back',
  facts: 'pathways.facts',
  /** Value: a pathway, as it was seen. */
  read: 'pathways.read',
  unread: 'pathways.unread',
  /** Block ids. */
  first: 'pathways.first',
  menus: 'pathways.menus',
} as const;
