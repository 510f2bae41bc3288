/** They stand in messages people keep: never rename one. What ends in ":" is followed by a word, since an id may come only once in a row. */
export const ids = {
  home: 'prompts.home',
  /** Value: a prompt's id. */
  show: 'prompts.show',
  window: 'prompts.window',
  reflect: 'prompts.reflect',
  /** Value: a prompt's id. */
  example: 'prompts.example',
  /** Value: an age group. */
  another: 'prompts.another',
  openWeekly: 'prompts.open-weekly',
  weeklyForm: 'prompts.weekly-form',
  stopWeekly: 'prompts.stop-weekly',
  openPlan: 'prompts.open-plan',
  planForm: 'prompts.plan-form',
  /** Value: a plan's id, and in the menu what to do with it. */
  preview: 'prompts.preview',
  previewed: 'prompts.previewed:',
  menu: 'prompts.menu',
  goOn: 'prompts.go-on',
  /** Value: a plan's id. */
  unskip: 'prompts.unskip',
  edit: 'prompts.edit',
  bringBack: 'prompts.bring-back',
  choose: 'prompts.choose',
  stop: 'prompts.stop',
} as const;
