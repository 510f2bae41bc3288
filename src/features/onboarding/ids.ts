/**
 * Ids of buttons, fields and windows. They stand in messages people keep: never rename one. What ends in a colon is
 * followed by a word, since an id may come only once in a row.
 * A window whose fields get other names gets another id: one that was opened before an update then says so, and is not
 * read as left empty.
 */
export const ids = {
  pace: 'onboarding.pace',
  /** The ways out of the first message, before anything is asked. */
  paceButton: 'onboarding.pace:',
  readNotice: 'onboarding.notice',
  readAgreement: 'onboarding.agreement',
  agree: 'onboarding.agree',
  decline: 'onboarding.decline',
  editProfile: 'onboarding.profile',
  saveProfile: 'onboarding.save-profile',
  saveProfileMore: 'onboarding.save-profile-more',
  keepLine: 'onboarding.save-profile-more.keep',
  role: 'onboarding.role',
  organisation: 'onboarding.organisation',
  /** "Is it on the list?" */
  offeredOrganisation: 'onboarding.organisation-offered',
  chooseOrganisation: 'onboarding.organisation-choose',
  extras: 'onboarding.extras',
  saveExtras: 'onboarding.save-extras',
  introduce: 'onboarding.introduce',
  keepIntroduction: 'onboarding.introduce.keep',
  draftIntroduction: 'onboarding.draft-hello',
  postIntroduction: 'onboarding.introduce.post',
  done: 'onboarding.done',
  skip: 'onboarding.skip',
  snooze: 'onboarding.snooze',
  reopen: 'onboarding.reopen',
  more: 'onboarding.more',
  carryOn: 'onboarding.carry-on',
  allSteps: 'onboarding.steps',
  stepPick: 'onboarding.step',
  stop: 'onboarding.stop',
  preview: 'onboarding.preview',
  previewStep: 'onboarding.preview.step',
  previewAll: 'onboarding.preview.all',
  previewed: 'onboarding.previewed',
  /** Whatever stands in a preview. */
  previewedPart: 'onboarding.previewed:',
  progress: 'onboarding.progress',
  progressPage: 'onboarding.progress.page:',
  progressCohort: 'onboarding.progress.cohort',
  upgrade: 'onboarding.upgrade',
  arrivals: 'onboarding.arrivals',
  arrivalsPage: 'onboarding.arrivals.page:',
  greet: 'onboarding.greet',
  /** "I have said hello." */
  greeted: 'onboarding.greeted',
  ungreet: 'onboarding.ungreet',
  link: 'onboarding.link',
  access: 'onboarding.access',
  accessPage: 'onboarding.access.page:',
  accessView: 'onboarding.access-view',
} as const;
