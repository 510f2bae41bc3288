/** They stand in messages people keep: never rename one. What ends in ":" is followed by a word, since an id may come only once in a row. */
export const ids = {
  /** The list from its beginning. */
  open: 'people.open',
  /** Value: a page, and what is looked for. */
  page: 'people.page:',
  /** A link that opens a conversation; Slack tells us, and that is all. */
  write: 'people.write',
  /** What stands in somebody's view of how others see them. */
  shown: 'people.shown:',
  listing: 'people.listing',
  change: 'people.listing.change',
  listingForm: 'people.listing-form',
  keepListing: 'people.listing-form.keep',
  hide: 'people.listing.hide',
  /** Value: what the form begins with. */
  ask: 'people.ask',
  askForm: 'people.ask-form',
  keepQuestion: 'people.ask-form.keep',
  preview: 'people.ask-preview',
  changeQuestion: 'people.ask-change',
  /** From here on the value is a question's id. */
  takeBack: 'people.take-back',
  yes: 'people.yes',
  no: 'people.no',
  stop: 'people.stop',
  seeQuestion: 'people.see-question',
  forumPreview: 'people.forum-preview',
  forumPost: 'people.forum-post',
} as const;
