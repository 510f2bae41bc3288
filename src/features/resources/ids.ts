/** Those ending in a dot are followed by a number or a word, since an id may come only once in a row. */
export const ids = {
  look: 'resources.look.',
  pick: 'resources.pick.',
  browse: 'resources.browse',
  about: 'resources.about',
  putBack: 'resources.put-back',
  openSearch: 'resources.open-search',
  search: 'resources.search',
  openSuggest: 'resources.open-suggest',
  suggest: 'resources.suggest',
  keepSuggested: 'resources.suggest.keep',
  withdraw: 'resources.withdraw-suggestion',
  curate: 'resources.curate.',
  accept: 'resources.accept',
  decline: 'resources.decline',
  reopen: 'resources.reopen',
  term: 'resources.term',
} as const;
