import type { Cohort } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { whatReadersSee } from '../../../community/promises.ts';
import type { Message } from '../../../outbox/outbox.ts';
import { actions, button, context, section } from '../../../slack/blocks.ts';
import { escapeEntities, mention, mrkdwn } from '../../../slack/text.ts';
import { ids } from '../ids.ts';

/** Messages that somebody gets without having asked, so each ends with how to have fewer. */

const onlyRoles = context(mrkdwn`You get a note like this only when your roles change.`);

export const newFacilitatorNote = (cohort: Cohort, by: Person): Message => ({
  text: 'You now facilitate a group',
  blocks: [
    section(
      mrkdwn`*You now facilitate ${cohort.name}.* ${mention(by.slackId)} asked for this. You can add people, schedule check-ins and see how many have answered.`,
    ),
    section(mrkdwn`${whatReadersSee}`),
    actions([button('Open the group', ids.open, { value: cohort.id })]),
    context(
      mrkdwn`You get a note like this only when your roles change. If this was not agreed with you, ask ${mention(by.slackId)} to take it back.`,
    ),
  ],
});

export const noLongerFacilitatorNote = (cohort: Cohort, by: Person): Message => ({
  text: 'Your roles have changed',
  blocks: [
    section(
      mrkdwn`*You no longer facilitate ${cohort.name}.* ${mention(by.slackId)} changed this. Thank you for looking after it. Whatever you keep for yourself stays as it is.`,
    ),
    onlyRoles,
  ],
});

export const unledNote = (cohort: Cohort): Message => ({
  text: escapeEntities(`${cohort.name} has no facilitator any more`),
  blocks: [
    section(
      mrkdwn`*${cohort.name} has no facilitator of its own any more.* Its people and its plans are as they were. Would you choose somebody to look after it?`,
    ),
    actions([button('Choose facilitators', ids.facilitators, { value: cohort.id })]),
    context(mrkdwn`You get this once, because you are an administrator and the last facilitator has gone.`),
  ],
});
