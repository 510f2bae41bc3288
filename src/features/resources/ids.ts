/** Action, callback and block ids. Those ending in a dot are followed by a number, since an id may come once in a row. */
export const ids = {
  look: 'resources.look.',
  pick: 'resources.pick.',
  browse: 'resources.browse',
  about: 'resources.about',
  putBack: 'resources.put-back',
  openSearch: 'resources.open-search',
  search: 'resources.search',
  question: 'resources.question',
  openSuggest: 'resources.open-suggest',
  suggest: 'resources.suggest',
  suggestTitle: 'resources.suggest-title',
  suggestUrl: 'resources.suggest-url',
  suggestWhy: 'resources.suggest-why',
  withdraw: 'resources.withdraw-suggestion',
  curate: 'resources.curate.',
  accept: 'resources.accept',
  decline: 'resources.decline',
  reopen: 'resources.reopen',
  term: 'resources.term',
} as const;

/** Matches an id that is followed by a number. */
export const startingWith = (id: string): RegExp => new RegExp(`^${id.replaceAll('.', '\\.')}`);
