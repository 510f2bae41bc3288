/** Those ending in a dot are followed by a page, since an id may come only once in a row. */
export const ids = {
  /** Opens the form: App Home, the journal, a receipt. */
  write: 'reflections.write',
  journal: 'reflections.journal',
  journalPage: 'reflections.journal.',
  framework: 'reflections.framework',
  back: 'reflections.back',
  later: 'reflections.later',
  carryOn: 'reflections.carry-on',
  discard: 'reflections.discard',
  keepAsItIs: 'reflections.keep-as-it-is',
  backToEdit: 'reflections.back-to-edit',
  open: 'reflections.open',
  openMore: 'reflections.open.more',
  edit: 'reflections.edit',
  remove: 'reflections.delete',
  restore: 'reflections.restore',
  restoreDraft: 'reflections.restore-draft',
  copy: 'reflections.copy',
  copyPage: 'reflections.copy.',
  /** Callback ids. */
  form: 'reflections.form',
  warning: 'reflections.warning',
  receipt: 'reflections.receipt',
  journalScreen: 'reflections.journal-screen',
} as const;
