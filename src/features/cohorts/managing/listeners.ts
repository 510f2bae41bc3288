import type { App } from '@slack/bolt';
import type { View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Actor } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actorIn } from '../../../slack/legacy.ts';
import { updateModal } from '../../../slack/modals.ts';
import { channelMention, count, joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../../../slack/text.ts';
import { addChannel } from '../channels/add-channel.ts';
import { followChannel, linkChannel } from '../channels/channel.ts';
import type { CohortsDeps } from '../deps.ts';
import { resolvePeople } from '../directory.ts';
import { type FormValues, readForm } from '../form-state.ts';
import { blockIds, callbackIds } from '../ids.ts';
import { cardAnswer } from '../listeners.ts';
import { addMembers } from '../members/membership.ts';
import { enrolmentReceipt } from '../members/views.ts';
import { readManaged } from '../read.ts';
import { asModal, showResult } from '../show.ts';
import { notAllowed } from '../views.ts';
import { setFacilitators } from './facilitators.ts';
import { checkFields, type FormProblem } from './fields.ts';
import { editCohort, makeCohort } from './make.ts';
import { busyView, editForm, makeForm } from './views.ts';

type Sent = {
  actor: Actor;
  /** What the form is about: the id of a cohort, existing or to be. */
  id: string;
  form: FormValues;
  client: WebClient;
  viewId: string;
  ack: (answer?: Reply) => Promise<void>;
  /** Shows in the form's place what came of it. */
  show(answer: Answer): Promise<void>;
};

type Reply =
  | { response_action: 'update'; view: View }
  | { response_action: 'errors'; errors: Record<string, string> };

/** Takes a sent form apart. The form acknowledges: with errors, or with what is shown next. */
export function onSend(app: App, callbackId: string, run: (sent: Sent) => Promise<void>): void {
  app.view(callbackId, async ({ ack, view, context, client }) => {
    const actor = actorIn(context);
    const where = { viewId: view.id, slackId: actor.person.slackId };
    await run({
      actor,
      id: view.private_metadata,
      form: readForm(view),
      client,
      viewId: view.id,
      ack: (answer) => (answer ? ack(answer) : ack()),
      show: (answer) => showResult(client, where, answer),
    });
  });
}

const update = (view: View): Reply => ({ response_action: 'update', view });
const replace = (answer: Answer): Reply => update(asModal(answer));

export function listenToSentForms(app: App, deps: CohortsDeps): void {
  onSend(app, callbackIds.make, (sent) => make(deps, sent));
  onSend(app, callbackIds.edit, (sent) => edit(deps, sent));
  onSend(app, callbackIds.add, (sent) => add(deps, sent));
  onSend(app, callbackIds.addChannel, (sent) => addWholeChannel(deps, sent));
  onSend(app, callbackIds.channel, (sent) => link(deps, sent));
  onSend(app, callbackIds.facilitators, (sent) => chooseFacilitators(deps, sent));
}

const blockOf: Record<FormProblem['field'], string> = {
  name: blockIds.name,
  ageGroup: blockIds.ageGroup,
  startsOn: blockIds.startsOn,
  endsOn: blockIds.endsOn,
};

function readFields({ vocabulary }: CohortsDeps, form: FormValues) {
  const ageGroup = form.choice(blockIds.ageGroup);
  const startsOn = form.date(blockIds.startsOn);
  const endsOn = form.date(blockIds.endsOn);
  const { fields, problems } = checkFields(
    {
      name: form.text(blockIds.name),
      ...(ageGroup !== undefined && { ageGroup }),
      ...(startsOn !== undefined && { startsOn }),
      ...(endsOn !== undefined && { endsOn }),
    },
    vocabulary,
  );
  const errors = Object.fromEntries(problems.map(({ field, message }) => [blockOf[field], message]));
  const evenSo = form.isTicked(blockIds.sameName);
  return { fields, evenSo, errors: problems.length > 0 ? errors : undefined };
}

async function make(deps: CohortsDeps, { actor, id: given, form, ack, client, show }: Sent): Promise<void> {
  const { fields, evenSo, errors } = readFields(deps, form);
  if (errors) return ack({ response_action: 'errors', errors });
  const people = form.users(blockIds.people);
  const id = z.uuid().safeParse(given).success ? given : newId(deps.clock);
  const outcome = await makeCohort(deps, { actor, id, fields, evenSo });
  if (outcome.kind === 'not-allowed') return ack(replace(notAllowed()));
  if (outcome.kind === 'same-name')
    return ack(update(makeForm(id, deps.vocabulary, { ...fields, people }, outcome.existing)));
  const made = mrkdwn`*${outcome.cohort.name} is made.* You can change its name and dates, or archive it, at any time.`;
  if (people.length === 0) return ack(replace(await cardAnswer(deps, actor, id, made)));
  await ack(update(busyView(mrkdwn`${made}\nAdding ${count(people.length, 'person', 'people')} …`)));
  await addByName(deps, { actor, cohort: outcome.cohort, slackIds: people, client, show }, made);
}

async function edit(deps: CohortsDeps, { actor, id, form, ack }: Sent): Promise<void> {
  const { fields, evenSo, errors } = readFields(deps, form);
  if (errors) return ack({ response_action: 'errors', errors });
  const outcome = await editCohort(deps, { actor, cohortId: id, fields, evenSo });
  if (outcome.kind === 'not-allowed') return ack(replace(notAllowed()));
  if (outcome.kind === 'same-name') {
    const cohort = await readManaged(deps, actor, id);
    if (!cohort) return ack(replace(notAllowed()));
    return ack(update(editForm(cohort, deps.vocabulary, fields, outcome.existing)));
  }
  const { name } = outcome.before;
  const receipt =
    name === fields.name ? mrkdwn`*Saved.*` : mrkdwn`*Saved.* The group was called ${name} before.`;
  await ack(replace(await cardAnswer(deps, actor, id, receipt)));
}

async function add(deps: CohortsDeps, { actor, id, form, ack, client, show }: Sent): Promise<void> {
  const slackIds = form.users(blockIds.people);
  if (slackIds.length === 0)
    return ack({
      response_action: 'errors',
      errors: { [blockIds.people]: 'Please choose at least one person.' },
    });
  const cohort = await readManaged(deps, actor, id);
  if (!cohort) return ack(replace(notAllowed()));
  await ack(update(busyView(mrkdwn`Adding ${count(slackIds.length, 'person', 'people')} …`)));
  await addByName(deps, { actor, cohort, slackIds, client, show });
}

type ByName = Pick<Sent, 'actor' | 'client' | 'show'> & { cohort: Cohort; slackIds: readonly string[] };

async function addByName(
  deps: CohortsDeps,
  { actor, cohort, slackIds, client, show }: ByName,
  before?: Mrkdwn,
): Promise<void> {
  const { people, unknown } = await resolvePeople(deps, slackIds);
  const outcome = await addMembers(deps, { actor, cohortId: cohort.id, people });
  if (outcome.kind === 'not-allowed') return show(notAllowed());
  const receipt =
    outcome.kind === 'added'
      ? enrolmentReceipt(outcome.cohort, { ...outcome, unknown: unknown.length }, { byName: true })
      : archivedMeanwhile;
  await show(await cardAnswer(deps, actor, cohort.id, joinMrkdwn([before, receipt], '\n')));
}

const archivedMeanwhile = mrkdwn`*Nobody was added:* this group is archived. Bring it back first.`;

/** What to do when a channel cannot be read. */
const channelTrouble = {
  'not-visible': mrkdwn`*Nothing was changed:* that channel cannot be seen. ChATR Companion must be in a private channel, and so must you: type \`/invite\` there, choose ChATR Companion, and try again.`,
  failed: mrkdwn`*Nothing was changed:* Slack did not say who is in that channel. Please try again in a few minutes.`,
};

async function addWholeChannel(
  deps: CohortsDeps,
  { actor, id, form, ack, client, viewId, show }: Sent,
): Promise<void> {
  const channelId = form.channel(blockIds.channel);
  if (channelId === undefined)
    return ack({
      response_action: 'errors',
      errors: { [blockIds.channel]: 'Please choose a channel, not a conversation.' },
    });
  await ack(update(busyView(mrkdwn`Reading who is in ${channelMention(channelId)} …`)));
  const outcome = await addChannel(deps, { actor, cohortId: id, channelId }, async (done, of) => {
    await updateModal(client, viewId, busyView(mrkdwn`Adding people: ${done} of ${of} …`));
  });
  if (outcome.kind === 'not-allowed') return show(notAllowed());
  const receipt =
    outcome.kind === 'added'
      ? enrolmentReceipt(outcome.cohort, outcome.enrolment)
      : outcome.kind === 'archived'
        ? archivedMeanwhile
        : channelTrouble[outcome.kind];
  await show(await cardAnswer(deps, actor, id, receipt));
}

async function link(deps: CohortsDeps, { actor, id, form, ack, client, show }: Sent): Promise<void> {
  const channelId = form.channel(blockIds.channel);
  const follows = form.isTicked(blockIds.follow);
  if (follows && channelId === undefined)
    return ack({
      response_action: 'errors',
      errors: { [blockIds.channel]: 'Please choose the channel to keep in step with, or untick the box.' },
    });
  if (!(await readManaged(deps, actor, id))) return ack(replace(notAllowed()));
  if (channelId === undefined || !follows) {
    const outcome = await linkChannel(deps, { actor, cohortId: id, channelId, follows: false });
    const words =
      outcome.kind === 'linked'
        ? mrkdwn`*Saved.* The channel is linked; nobody was added or taken out.`
        : mrkdwn`*Saved.* No channel is linked now; nobody was taken out.`;
    return ack(replace(await cardAnswer(deps, actor, id, words)));
  }
  await ack(update(busyView(mrkdwn`Bringing the group in step with ${channelMention(channelId)} …`)));
  const outcome = await followChannel(deps, { actor, cohortId: id, channelId });
  if (outcome.kind === 'not-allowed') return show(notAllowed());
  if (outcome.kind !== 'following')
    return show(await cardAnswer(deps, actor, id, channelTrouble[outcome.kind]));
  const receipt = joinMrkdwn(
    [
      mrkdwn`*Saved.* From now on the group is kept in step with ${channelMention(channelId)}.`,
      enrolmentReceipt(outcome.cohort, { ...outcome.enrolment, unknown: outcome.unknown }),
      !outcome.botIsIn &&
        mrkdwn`ChATR Companion is not in that channel yet, so it does not hear who comes and goes. Type \`/invite\` there and choose it.`,
    ],
    '\n',
  );
  await show(await cardAnswer(deps, actor, id, receipt));
}

async function chooseFacilitators(
  deps: CohortsDeps,
  { actor, id, form, ack, client, show }: Sent,
): Promise<void> {
  const slackIds = form.users(blockIds.people);
  if (!(await readManaged(deps, actor, id))) return ack(replace(notAllowed()));
  await ack(update(busyView(mrkdwn`Saving the facilitators …`)));
  const { people, unknown } = await resolvePeople(deps, slackIds);
  // Whoever Slack would not explain must not lose the role by that.
  if (unknown.length > 0)
    return show(
      await cardAnswer(
        deps,
        actor,
        id,
        mrkdwn`*Nothing was changed:* Slack did not say who ${count(unknown.length, 'person is', 'people are')}. Please try again in a few minutes.`,
      ),
    );
  const outcome = await setFacilitators(deps, { actor, cohortId: id, people });
  if (outcome.kind === 'not-allowed') return show(notAllowed());
  const receipt = joinMrkdwn(
    [
      mrkdwn`*Saved.*`,
      outcome.added.length > 0 && named('Now facilitating:', outcome.added),
      outcome.removed.length > 0 && named('No longer facilitating:', outcome.removed),
      outcome.refused.length > 0 &&
        joinMrkdwn(
          [
            named('Not added:', outcome.refused),
            mrkdwn`Guests, apps, people of other workspaces and people who have left cannot facilitate.`,
          ],
          ' ',
        ),
      outcome.isUnled &&
        mrkdwn`Nobody facilitates this group by a role of its own now. The facilitators of all groups look after it.`,
    ],
    '\n',
  );
  await show(await cardAnswer(deps, actor, id, receipt));
}

const named = (words: string, people: readonly { slackId: string }[]): Mrkdwn =>
  joinMrkdwn(
    [
      mrkdwn`${words}`,
      mrkdwn`${joinMrkdwn(
        people.map(({ slackId }) => mention(slackId)),
        ', ',
      )}.`,
    ],
    ' ',
  );
