/** Action and callback ids. Buttons live long: an id that has been sent is not given another meaning. */
export const ids = {
  // A prompt
  answer: 'checkins.answer',
  /** Value: a template's id. Opens its form for whoever presses it, without having been asked. */
  own: 'checkins.own',
  later: 'checkins.later',
  skip: 'checkins.skip',
  more: 'checkins.more',
  allowReminders: 'checkins.allow-reminders',
  resume: 'checkins.resume',
  // The form
  formView: 'checkins.form',
  back: 'checkins.back',
  /** Value: what of a check-in decides who sees what. */
  whatHappens: 'checkins.what-happens',
  warnView: 'checkins.warn',
  receiptView: 'checkins.receipt',
  edit: 'checkins.edit',
  asItIs: 'checkins.as-it-is',
  // One's own
  mine: 'checkins.mine',
  mineList: 'checkins.mine-list',
  /** Two buttons of one block need two ids. */
  mineOlder: 'checkins.mine-list.older',
  /** In the list, which then shows how it stands. */
  skipInList: 'checkins.skip-in-list',
  withdraw: 'checkins.withdraw',
  // Planning
  /** Value: the group it is for, where the button stands with one. */
  create: 'checkins.new',
  whoView: 'checkins.who',
  planView: 'checkins.plan',
  /** Each choice of the screen, as it is made. */
  planChosen: 'checkins.plan-chosen',
  wordsView: 'checkins.words',
  wordsAsItIs: 'checkins.words-as-it-is',
  howView: 'checkins.how',
  howChosen: 'checkins.how-chosen',
  questionsView: 'checkins.questions',
  /** Value: what is done to which question. */
  question: 'checkins.question',
  questionAgain: 'checkins.question-again',
  addQuestion: 'checkins.add-question',
  kindView: 'checkins.kind',
  anotherKind: 'checkins.another-kind',
  questionView: 'checkins.question-form',
  questionAsItIs: 'checkins.question-as-it-is',
  backToQuestions: 'checkins.back-to-questions',
  changeWhen: 'checkins.change-when',
  changeQuestions: 'checkins.change-questions',
  changeWords: 'checkins.change-words',
  changeHow: 'checkins.change-how',
  /** Value: what was scheduled, and the plan it came of. */
  undo: 'checkins.undo',
  /** Value: what of a plan is to be as a colleague made it meanwhile. */
  takeTheirs: 'checkins.take-theirs',
  backToPlan: 'checkins.back-to-plan',
  confirmView: 'checkins.confirm',
  preview: 'checkins.preview',
  /** The buttons of the message itself, as it is previewed; a number follows each. */
  previewedPart: 'checkins.previewed:',
  previewAnswer: 'checkins.preview-answer',
  previewView: 'checkins.preview-form',
  previewBack: 'checkins.preview-back',
  goOn: 'checkins.go-on',
  scheduledView: 'checkins.scheduled',
  changedView: 'checkins.changed',
  // Asking first
  want: 'checkins.want',
  doNotWant: 'checkins.do-not-want',
  // Starting one as a member
  /** Value: the check-in. */
  start: 'checkins.start',
  // Leading
  deleteView: 'checkins.delete',
  /** Value: the check-in. */
  remove: 'checkins.remove',
  list: 'checkins.list',
  listMore: 'checkins.list.more',
  manage: 'checkins.manage',
  moveView: 'checkins.move',
  skipView: 'checkins.skipping',
  cancelView: 'checkins.ending',
  cancel: 'checkins.cancel',
  /** Value: which, and the time that is left out. */
  skipNext: 'checkins.skip-next',
  bringBack: 'checkins.bring-back',
  // Results
  results: 'checkins.results',
  resultsView: 'checkins.results-view',
  /** Other pages and other rounds; one more word follows each. */
  resultsPage: 'checkins.results.',
  closeNow: 'checkins.close-now',
  // On paper
  paper: 'checkins.paper',
  paperView: 'checkins.paper-view',
  paperOne: 'checkins.paper-one',
  paperOneView: 'checkins.paper-one-form',
  paperList: 'checkins.paper-list',
  paperListView: 'checkins.paper-list-form',
  paperTakeView: 'checkins.paper-take',
  paperTakeNew: 'checkins.paper-take-new',
  paperWho: 'checkins.paper-who',
  paperWhoView: 'checkins.paper-who-form',
  paperRemove: 'checkins.paper-remove',
  /** From a window to the page of App Home. */
  resultsHome: 'checkins.results-home',
  /** Other pages and rounds in App Home; one more word follows each. */
  page: 'checkins.page.',
  words: 'checkins.words',
  /** Value: a round and a question. */
  quote: 'checkins.quote',
  quotesView: 'checkins.quotes-view',
  quoteView: 'checkins.quote-choose',
  quoteCutView: 'checkins.quote-cut',
  quoteSendView: 'checkins.quote-send',
  /** Value: which words; one more word follows each, since there are several. */
  quoteOut: 'checkins.quote-out:',
  quoteIn: 'checkins.quote-in:',
  /** Whoever wrote the words, of all they were asked. */
  quotesOfMine: 'checkins.quotes-mine',
  ownQuotesView: 'checkins.own-quotes',
  /** Value: which of them; a number follows each. */
  quoteYes: 'checkins.quote-yes:',
  quoteNo: 'checkins.quote-no:',
  quoteBack: 'checkins.quote-back:',
  // Themes
  /** Value: a round. */
  themes: 'checkins.themes',
  themesView: 'checkins.themes-view',
  themesAll: 'checkins.themes-all',
  themeAdd: 'checkins.theme-add',
  themeAddView: 'checkins.theme-adding',
  themeRenameView: 'checkins.theme-renaming',
  themeMergeView: 'checkins.theme-merging',
  /** A theme's id follows each. Value: what is done to it. */
  themeDo: 'checkins.theme-do:',
  themeUndo: 'checkins.theme-undo',
  /** One more word follows each. Value: a round and a screen of its words. */
  themeTag: 'checkins.theme-tag:',
  themeTagView: 'checkins.theme-tagging',
  hide: 'checkins.hide',
  hideView: 'checkins.hiding',
  notes: 'checkins.notes',
  notesView: 'checkins.noting',
  notesAsItIs: 'checkins.note-as-it-is',
  heard: 'checkins.heard',
  heardView: 'checkins.heard-form',
  heardAsItIs: 'checkins.heard-as-it-is',
  heardPost: 'checkins.heard-post',
  heardAgain: 'checkins.heard-again',
} as const;

/** The page for the table that a button on the results asks for. */
export const summaryKind = 'checkins.summary';
/** The same figures for a spreadsheet and for a program. */
export const csvKind = 'checkins.results-csv';
export const jsonKind = 'checkins.results-json';
