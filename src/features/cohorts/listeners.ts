import type { App, BlockButtonAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { findPerson } from '../../community/people.ts';
import type { Actor } from '../../community/permissions.ts';
import { newId } from '../../lib/random.ts';
import { usableZone } from '../../scheduler/calendar.ts';
import type { Answer, Answerer } from '../../slack/answer.ts';
import { actorIn, answerClick } from '../../slack/legacy.ts';
import { openInPlace } from '../../slack/modals.ts';
import { mention, mrkdwn } from '../../slack/text.ts';
import type { CohortsDeps } from './deps.ts';
import { partsOf } from './form-state.ts';
import { actionIds } from './ids.ts';
import { archiveCohort, restoreCohort } from './managing/archive.ts';
import {
  addChannelForm,
  addForm,
  channelForm,
  editForm,
  facilitatorsForm,
  makeForm,
} from './managing/views.ts';
import { addMembers, leaveCohort, rejoinCohort, removeMember } from './members/membership.ts';
import { enrolmentReceipt, peopleList } from './members/views.ts';
import { readArchived, readDetails, readGroups, readManaged, readPeople } from './read.ts';
import { archivedList, cohortCard, groupList, leftReceipt, notAllowed, said } from './views.ts';

export type Click = {
  actor: Actor;
  value: string;
  body: BlockButtonAction;
  client: WebClient;
  answer: Answerer;
};

/** Acknowledges a button, and hands over who pressed it and what it carries. */
export function onClick(
  app: App,
  actionIdsOfIt: string | readonly string[],
  run: (click: Click) => Promise<void>,
): void {
  for (const id of [actionIdsOfIt].flat())
    app.action<BlockButtonAction>(id, async ({ ack, action, body, context, client, respond }) => {
      await ack();
      const answer = answerClick(body, client, respond);
      await run({ actor: actorIn(context), value: action.value ?? '', body, client, answer });
    });
}

/** What `/chatr groups` answers, and every way back to it. */
export async function groupsAnswer(deps: CohortsDeps, actor: Actor, page: number): Promise<Answer> {
  return groupList(await readGroups(deps, actor, page), deps.vocabulary);
}

/** The card of a group, or that it is not theirs. */
export async function cardAnswer(
  deps: CohortsDeps,
  actor: Actor,
  cohortId: string,
  receipt?: Parameters<typeof cohortCard>[2],
): Promise<Answer> {
  const details = await readDetails(deps, actor, cohortId);
  return details ? cohortCard(details, deps.vocabulary, receipt, deps.cardButtons) : notAllowed();
}

export function listen(app: App, deps: CohortsDeps): void {
  listenToLists(app, deps);
  listenToForms(app, deps);
  listenToPeople(app, deps);
  listenToArchiving(app, deps);
}

function listenToLists(app: App, deps: CohortsDeps): void {
  onClick(app, [actionIds.list, actionIds.earlier, actionIds.later], async ({ actor, value, answer }) =>
    answer(await groupsAnswer(deps, actor, partsOf(value).page)),
  );
  onClick(app, actionIds.open, async ({ actor, value, answer }) =>
    answer(await cardAnswer(deps, actor, value)),
  );
  onClick(app, actionIds.archived, async ({ actor, value, answer }) =>
    answer(archivedList(await readArchived(deps, actor, partsOf(value).page), deps.vocabulary)),
  );
}

/** Buttons that open a form. Rights are asked for again when it is sent. */
function listenToForms(app: App, deps: CohortsDeps): void {
  onClick(app, actionIds.make, async ({ actor, body, client, answer }) => {
    const { mayCreate } = await readGroups(deps, actor, 0);
    if (!mayCreate) await answer(notAllowed());
    else await openInPlace(body, client, makeForm(newId(deps.clock), deps.vocabulary));
  });
  for (const [id, form] of [
    [actionIds.edit, (cohort) => editForm(cohort, deps.vocabulary)],
    [actionIds.add, addForm],
    [actionIds.addChannel, addChannelForm],
    [actionIds.channel, channelForm],
  ] as [string, typeof addForm][])
    onClick(app, id, async ({ actor, value, body, client, answer }) => {
      const cohort = await readManaged(deps, actor, value);
      if (!cohort) await answer(notAllowed());
      else await openInPlace(body, client, form(cohort));
    });
  onClick(app, actionIds.facilitators, async ({ actor, value, body, client, answer }) => {
    const details = await readDetails(deps, actor, value);
    if (!details) return answer(notAllowed());
    const slackIds = details.facilitators.map(({ slackId }) => slackId);
    await openInPlace(body, client, facilitatorsForm(details.cohort, slackIds));
  });
}

function listenToPeople(app: App, deps: CohortsDeps): void {
  const pageOf = async (
    actor: Actor,
    cohortId: string,
    page: number,
    receipt?: Parameters<typeof peopleList>[2],
  ): Promise<Answer> => {
    const cohort = await readManaged(deps, actor, cohortId);
    return cohort ? peopleList(cohort, await readPeople(deps, cohortId, page), receipt) : notAllowed();
  };

  onClick(
    app,
    [actionIds.people, actionIds.earlierPeople, actionIds.laterPeople],
    async ({ actor, value, answer }) => {
      const { id, page } = partsOf(value);
      await answer(await pageOf(actor, id, page));
    },
  );
  onClick(app, actionIds.remove, async ({ actor, value, answer }) => {
    const { id: cohortId, other: personId, page } = partsOf(value);
    const outcome = await removeMember(deps, { actor, cohortId, personId });
    if (outcome.kind === 'not-allowed') return answer(notAllowed());
    const person = await findPerson(deps.db, personId);
    const name = person ? mention(person.slackId) : mrkdwn`This person`;
    const receipt =
      outcome.kind === 'removed'
        ? {
            text: mrkdwn`*${name} is out of ${outcome.cohort.name}.* Nothing more is sent to them for it.`,
            putBack: personId,
          }
        : { text: mrkdwn`${name} was not in ${outcome.cohort.name} any more; nothing changed.` };
    await answer(await pageOf(actor, cohortId, page, receipt));
  });
  onClick(app, actionIds.putBack, async ({ actor, value, answer }) => {
    const { id: cohortId, other: personId } = partsOf(value);
    const person = await findPerson(deps.db, personId);
    const outcome = await addMembers(deps, { actor, cohortId, people: person ? [person] : [] });
    if (outcome.kind === 'not-allowed') return answer(notAllowed());
    if (outcome.kind === 'archived') return answer(await cardAnswer(deps, actor, cohortId));
    const text = enrolmentReceipt(outcome.cohort, outcome, { byName: true });
    await answer(await pageOf(actor, cohortId, 0, { text }));
  });

  onClick(app, actionIds.leave, async ({ actor, value, answer }) => {
    const outcome = await leaveCohort(deps, { actor, cohortId: value });
    if (outcome.kind === 'left')
      return answer(
        leftReceipt(outcome.cohort, outcome.undoUntil, usableZone(actor.person.timeZone, deps.timeZone)),
      );
    await answer(said(mrkdwn`You were not in this group any more; nothing changed.`));
  });
  onClick(app, actionIds.rejoin, async ({ actor, value, answer }) => {
    const outcome = await rejoinCohort(deps, { actor, cohortId: value });
    const words = {
      back: (name: string) => mrkdwn`*You are back in ${name}.* Its check-ins and steps reach you again.`,
      already: (name: string) => mrkdwn`You are in ${name}; nothing changed.`,
    };
    await answer(
      said(
        outcome.kind === 'ask-facilitator'
          ? mrkdwn`This can only be undone for a day, by yourself, while the group runs. A facilitator can add you again.`
          : words[outcome.kind](outcome.cohort.name),
      ),
    );
  });
}

function listenToArchiving(app: App, deps: CohortsDeps): void {
  onClick(app, actionIds.archive, async ({ actor, value, answer }) => {
    const outcome = await archiveCohort(deps, { actor, cohortId: value });
    if (outcome.kind === 'not-allowed') return answer(notAllowed());
    const receipt = mrkdwn`*${outcome.cohort.name} is archived.* Nothing was deleted. You find it under “Archived” in the list of groups.`;
    await answer(await cardAnswer(deps, actor, value, receipt));
  });
  onClick(app, actionIds.restore, async ({ actor, value, answer }) => {
    const outcome = await restoreCohort(deps, { actor, cohortId: value });
    if (outcome.kind === 'not-allowed') return answer(notAllowed());
    const receipt = mrkdwn`*${outcome.cohort.name} is running again*, with the people who were in it. What was on its way when it was archived is not sent.`;
    await answer(await cardAnswer(deps, actor, value, receipt));
  });
}
