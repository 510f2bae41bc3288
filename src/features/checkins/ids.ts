/** Action, callback and block ids. Buttons live long: an id that has been sent is not given another meaning. */
export const ids = {
  // Answering
  answer: 'checkins.answer',
  /** Value: a template's id. Opens its form for whoever presses it, without having been asked. */
  own: 'checkins.own',
  later: 'checkins.later',
  skip: 'checkins.skip',
  more: 'checkins.more',
  back: 'checkins.back',
  mask: 'checkins.mask',
  edit: 'checkins.edit',
  withdraw: 'checkins.withdraw',
  mine: 'checkins.mine',
  mineList: 'checkins.mine-list',
  allowReminders: 'checkins.allow-reminders',
  resume: 'checkins.resume',
  // Leading
  create: 'checkins.new',
  list: 'checkins.list',
  manage: 'checkins.manage',
  cancel: 'checkins.cancel',
  backToPlan: 'checkins.back-to-plan',
  preview: 'checkins.preview',
  goOn: 'checkins.go-on',
  previewAnswer: 'checkins.preview-answer',
  results: 'checkins.results',
  closeNow: 'checkins.close-now',
  // Views
  whoView: 'checkins.who',
  planView: 'checkins.plan',
  confirmView: 'checkins.confirm',
  moveView: 'checkins.move',
  cancelView: 'checkins.cancel-view',
  formView: 'checkins.form',
  warnView: 'checkins.warn',
  previewView: 'checkins.preview-form',
} as const;

/** Block ids of inputs; `value` is the action id of each. */
export const blocks = {
  cohort: 'cohort',
  template: 'template',
  date: 'date',
  time: 'time',
  how: 'how',
  openDays: 'open-days',
  leaveOut: 'leave-out',
  share: 'share',
} as const;

/** A question's block, by its place in the round. */
export const questionBlock = (index: number): string => `question-${index}`;
