import type {
  App,
  BlockAction,
  ButtonAction,
  OverflowAction,
  RespondFn,
  StaticSelectAction,
} from '@slack/bolt';
import type { View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type Actor, may } from '../../community/permissions.ts';
import {
  checkBeforeSaving,
  describeFindings,
  maskIdentifiers,
  onlyPatterns,
} from '../../safeguarding/identifiers.ts';
import { type Answer, answerClick } from '../../slack/answer.ts';
import { actorIn } from '../../slack/guard.ts';
import { decodeEntities, tidyLine } from '../../slack/text.ts';
import { agree, decline, isAgreementDue } from './agreement.ts';
import type { OnboardingDeps } from './deps.ts';
import { type Draft, readDraft } from './draft.ts';
import { readForm } from './form.ts';
import { ids } from './ids.ts';
import { draftIntroduction, postIntroduction } from './introduce.ts';
import { type Pace, paces } from './journey.ts';
import {
  emptyProfile,
  findProfile,
  listExtras,
  listOrganisations,
  type ProfileField,
  profileFields,
  saveExtras,
  saveProfile,
  type Visibility,
} from './profile.ts';
import {
  carryOn,
  closeByHand,
  halt,
  noticed,
  pauseAll,
  reopen,
  type StepOutcome,
  setPace,
  snooze,
  viewJourney,
} from './steps.ts';
import { findJourney } from './store.ts';
import { draftModal, postedModal, postingModal, previewModal } from './views-introduce.ts';
import {
  extrasModal,
  extrasReceipt,
  profileModal,
  profileMoreModal,
  profileReceipt,
  typedOption,
} from './views-profile.ts';
import {
  allStepsModal,
  nextStepBlocks,
  paceAnswer,
  pausedAnswer,
  previewedAnswer,
  previewValue,
  stepReceipt,
  stoppedAnswer,
} from './views-steps.ts';
import {
  agreedMessage,
  agreementModal,
  alreadyAgreedModal,
  declinedAnswer,
  noticeModal,
  notYetAnswer,
} from './views-welcome.ts';

type Click = { body: BlockAction; client: WebClient; respond: RespondFn };

/** What members do: the agreement, their profile, their steps. What facilitators do is in lead/listeners.ts. */
export function listen(app: App, deps: OnboardingDeps): void {
  listenToAgreement(app, deps);
  listenToProfile(app, deps);
  listenToSteps(app, deps);
  listenToIntroduction(app, deps);
}

function listenToAgreement(app: App, deps: OnboardingDeps): void {
  const { db, journey: content } = deps;

  app.action<BlockAction<ButtonAction>>(ids.readNotice, async ({ ack, body, client }) => {
    await ack();
    await openOrPush(body, client, noticeModal(content));
  });

  app.action<BlockAction<ButtonAction>>(ids.readAgreement, async ({ ack, body, client, context }) => {
    await ack();
    const journey = await findJourney(db, actorIn(context).person.id);
    const isAgain = journey !== undefined && isAgreementDue(deps, journey);
    const isSettled = journey?.agreementVersion === content.agreement.version;
    await openOrPush(
      body,
      client,
      isSettled ? alreadyAgreedModal(content) : agreementModal(content, { isAgain }),
    );
  });

  app.view(ids.agree, async ({ ack, client, context }) => {
    const actor = actorIn(context);
    const outcome = await agree(deps, actor);
    if (outcome.kind !== 'began') {
      await ack({ response_action: 'update', view: alreadyAgreedModal(content) });
      return;
    }
    await deps.onAgreed?.(actor.person.id);
    const profile = (await findProfile(db, actor.person.id)) ?? emptyProfile;
    await ack({
      response_action: 'update',
      view: profileModal({ content, vocabulary: deps.vocabulary }, profile),
    });
    const view = await viewJourney(db, deps, actor.person);
    if (view)
      await client.chat.postMessage({ channel: actor.person.slackId, ...agreedMessage(content, view) });
  });

  app.action<BlockAction<ButtonAction>>(ids.decline, async ({ ack, body, client, respond, context }) => {
    await ack();
    await decline(deps, actorIn(context));
    await answerClick(body, client, respond)(declinedAnswer);
  });

  app.action<BlockAction<StaticSelectAction>>(
    ids.pace,
    async ({ ack, action, body, client, respond, context }) => {
      await ack();
      const pace = paces.find((one) => one === action.selected_option?.value);
      if (pace) await changePace(deps, actorIn(context), pace, { body, client, respond });
    },
  );
}

async function changePace(deps: OnboardingDeps, actor: Actor, pace: Pace, click: Click): Promise<void> {
  const outcome = await setPace(deps, actor, pace);
  if (click.body.view?.type === 'modal') await showSteps(deps, actor, click);
  else await answerClick(click.body, click.client, click.respond)(paceAnswer(deps.journey, outcome));
}

function listenToProfile(app: App, deps: OnboardingDeps): void {
  const { db, journey: content, vocabulary } = deps;
  const supportBlocks = () => deps.supportBlocks?.() ?? [];

  app.action<BlockAction<ButtonAction>>(ids.editProfile, async ({ ack, body, client, respond, context }) => {
    await ack();
    const actor = actorIn(context);
    if (!(await hasAgreed(deps, actor))) return answerClick(body, client, respond)(notYetAnswer);
    await openOrPush(
      body,
      client,
      profileModal({ content, vocabulary }, (await findProfile(db, actor.person.id)) ?? emptyProfile),
    );
  });

  app.options(ids.role, async ({ ack, options }) => {
    await ack({ options: suggest(options.value, content.roles) });
  });
  app.options(ids.organisation, async ({ ack, options }) => {
    await ack({ options: suggest(options.value, await listOrganisations(db)) });
  });

  app.view(ids.saveProfile, async ({ ack, view, context }) => {
    const form = readForm(view.state.values);
    const actor = actorIn(context);
    const isKnown = (items: readonly { id: string }[]) => (id: string) => items.some((one) => one.id === id);
    const outcome = await saveProfile(deps, actor, {
      role: form.one('role'),
      organisation: form.one('organisation'),
      ageGroups: form.many('age_groups').filter(isKnown(vocabulary.age_groups)),
      interests: form.many('interests').filter(isKnown(vocabulary.topics)),
      boroughs: form.many('boroughs').filter((place) => content.boroughs.includes(place)),
    });
    if (outcome.kind !== 'saved') {
      await ack({ response_action: 'update', view: agreementModal(content, { isAgain: false }) });
      return;
    }
    await ack({
      response_action: 'update',
      view: profileMoreModal(outcome.profile, { supportBlocks: supportBlocks() }),
    });
    await noticed(deps, actor.person.id, 'profile');
  });

  app.view(ids.saveProfileMore, async ({ ack, view, context }) => {
    const actor = actorIn(context);
    const form = readForm(view.state.values);
    const shown = form.many('shown');
    const hidden = form.many('hidden');
    const both = shown.filter((field) => hidden.includes(field));
    if (both.length > 0) {
      await ack({
        response_action: 'errors',
        errors: {
          hidden: 'Something is in both lists. Please choose for each either colleagues or only you.',
        },
      });
      return;
    }
    const change = {
      introduction: form.text('introduction'),
      accessNeeds: form.text('access_needs'),
      visibility: visibilityFrom(shown, hidden),
    };
    const check = checkBeforeSaving(change.introduction ?? '', deps.allowed ? { allowed: deps.allowed } : {});
    if (check.kind === 'found' && view.private_metadata !== 'warned') {
      const warning = `Your line seems to hold ${describeFindings(check.findings)}. ${onlyPatterns}`;
      const current = (await findProfile(db, actor.person.id)) ?? emptyProfile;
      await ack({
        response_action: 'update',
        view: profileMoreModal({ ...current, ...change }, { warning, supportBlocks: supportBlocks() }),
      });
      return;
    }
    const outcome = await saveProfile(deps, actor, change);
    const journey = await viewJourney(db, deps, actor.person);
    await ack({
      response_action: 'update',
      view:
        outcome.kind === 'saved'
          ? profileReceipt(
              outcome.profile,
              journey ? nextStepBlocks(deps, journey) : [],
              content.extras.length > 0,
            )
          : agreementModal(content, { isAgain: false }),
    });
  });

  app.action<BlockAction<ButtonAction>>(ids.extras, async ({ ack, body, client, respond, context }) => {
    await ack();
    const actor = actorIn(context);
    if (!(await hasAgreed(deps, actor))) return answerClick(body, client, respond)(notYetAnswer);
    const given = await listExtras(db, actor.person.id, content.extras);
    await openOrPush(body, client, extrasModal(content.extras, given));
  });

  app.view(ids.saveExtras, async ({ ack, view, context }) => {
    const form = readForm(view.state.values);
    const chosen = content.extras.filter(({ id }) => form.many(`extra.${id}`).length > 0).map(({ id }) => id);
    const outcome = await saveExtras(deps, actorIn(context), new Set(chosen));
    await ack({
      response_action: 'update',
      view:
        outcome.kind === 'saved'
          ? extrasReceipt(content.extras, outcome.given)
          : agreementModal(content, { isAgain: false }),
    });
  });
}

const hasAgreed = async (deps: OnboardingDeps, actor: Actor): Promise<boolean> =>
  (await findJourney(deps.db, actor.person.id))?.agreementVersion !== undefined;

/** Those that hold what was typed, and what was typed itself: anybody may write their own. */
function suggest(typed: string, known: readonly string[]) {
  const words = tidyLine(decodeEntities(typed));
  const folded = words.toLowerCase();
  const fitting = known.filter((one) => one.toLowerCase().includes(folded)).slice(0, 50);
  const isNew = words !== '' && !fitting.some((one) => one.toLowerCase() === folded);
  return [...fitting, ...(isNew ? [words] : [])].map(typedOption);
}

function visibilityFrom(
  shown: readonly string[],
  hidden: readonly string[],
): Record<ProfileField, Visibility> {
  const of = (field: ProfileField): Visibility =>
    shown.includes(field) ? 'community' : hidden.includes(field) ? 'nobody' : 'facilitators';
  return Object.fromEntries(profileFields.map((field) => [field, of(field)])) as Record<
    ProfileField,
    Visibility
  >;
}

function listenToSteps(app: App, deps: OnboardingDeps): void {
  const onStep = (actionId: string, work: (actor: Actor, stepId: string) => Promise<StepOutcome>) =>
    app.action<BlockAction<ButtonAction>>(
      actionId,
      async ({ ack, action, body, client, respond, context }) => {
        await ack();
        const stepId = action.value ?? '';
        const click = { body, client, respond };
        if (stepId.startsWith(previewValue)) return answerClick(body, client, respond)(previewedAnswer);
        const actor = actorIn(context);
        await settle(deps, actor, click, stepReceipt(await work(actor, stepId)));
      },
    );
  onStep(ids.done, (actor, stepId) => closeByHand(deps, actor, { stepId, as: 'done' }));
  onStep(ids.skip, (actor, stepId) => closeByHand(deps, actor, { stepId, as: 'skipped' }));
  onStep(ids.snooze, (actor, stepId) => snooze(deps, actor, stepId));
  onStep(ids.reopen, (actor, stepId) => reopen(deps, actor, stepId));

  app.action<BlockAction<OverflowAction>>(
    ids.more,
    async ({ ack, action, body, client, respond, context }) => {
      await ack();
      const [what = '', ...rest] = (action.selected_option?.value ?? '').split(':');
      const stepId = rest.join(':');
      const actor = actorIn(context);
      const click = { body, client, respond };
      if (stepId.startsWith(previewValue)) return answerClick(body, client, respond)(previewedAnswer);
      if (what === 'done')
        await settle(deps, actor, click, stepReceipt(await closeByHand(deps, actor, { stepId, as: 'done' })));
      else if (what === 'steps') await showSteps(deps, actor, click);
      else if (what === 'pause') {
        await pauseAll(deps, actor);
        await answerClick(body, client, respond)(pausedAnswer);
      } else if (what === 'stop') {
        await halt(deps, actor, 'stopped');
        await settle(deps, actor, click, stoppedAnswer);
      }
    },
  );

  app.action<BlockAction<ButtonAction>>(ids.allSteps, async ({ ack, body, client, respond, context }) => {
    await ack();
    await showSteps(deps, actorIn(context), { body, client, respond });
  });

  app.action<BlockAction<ButtonAction>>(ids.carryOn, async ({ ack, body, client, respond, context }) => {
    await ack();
    const actor = actorIn(context);
    const outcome = await carryOn(deps, actor);
    await settle(deps, actor, { body, client, respond }, paceAnswer(deps.journey, outcome));
  });

  app.action<BlockAction<ButtonAction>>(ids.stop, async ({ ack, body, client, respond, context }) => {
    await ack();
    const actor = actorIn(context);
    await halt(deps, actor, 'stopped');
    await settle(deps, actor, { body, client, respond }, stoppedAnswer);
  });

  app.action<BlockAction<ButtonAction>>(ids.previewed, async ({ ack, body, client, respond }) => {
    await ack();
    await answerClick(body, client, respond)(previewedAnswer);
  });
}

function listenToIntroduction(app: App, deps: OnboardingDeps): void {
  const { db, forumChannel } = deps;
  const options = (draft: Omit<Draft, 'text'>) => ({
    forumChannel,
    turn: draft.turn,
    supportBlocks: deps.supportBlocks?.() ?? [],
  });
  const check = (text: string) => checkBeforeSaving(text, deps.allowed ? { allowed: deps.allowed } : {});

  app.action<BlockAction<ButtonAction>>(ids.introduce, async ({ ack, body, client, respond, context }) => {
    await ack();
    const actor = actorIn(context);
    if (!(await hasAgreed(deps, actor))) return answerClick(body, client, respond)(notYetAnswer);
    const text = draftIntroduction(await findProfile(db, actor.person.id), deps.vocabulary);
    await openOrPush(body, client, draftModal(text, options({ turn: 0, isWarned: false })));
  });

  app.action<BlockAction<ButtonAction>>(ids.maskIntroduction, async ({ ack, body, client }) => {
    await ack();
    if (!body.view) return;
    const draft = readDraft(body.view.private_metadata, body.view.state.values);
    const seen = check(draft.text);
    const masked = seen.kind === 'found' ? maskIdentifiers(draft.text, seen.findings, 600) : draft.text;
    await client.views.update({
      view_id: body.view.id,
      view: draftModal(masked, options({ turn: draft.turn + 1, isWarned: false })),
    });
  });

  app.view(ids.draftIntroduction, async ({ ack, view }) => {
    const draft = readDraft(view.private_metadata, view.state.values);
    if (draft.text === '') {
      await ack({
        response_action: 'errors',
        errors: { [`hello.${draft.turn}`]: 'Please write a line, or leave it with the button below.' },
      });
      return;
    }
    const seen = check(draft.text);
    if (seen.kind === 'found' && !draft.isWarned)
      await ack({
        response_action: 'update',
        view: draftModal(draft.text, {
          ...options({ turn: draft.turn + 1, isWarned: true }),
          findings: seen.findings,
        }),
      });
    // Pushed, so that "Go back" returns to the words as they stand.
    else await ack({ response_action: 'push', view: previewModal(draft.text, forumChannel) });
  });

  app.view(ids.postIntroduction, async ({ ack, view, client, context }) => {
    const { text } = readDraft(view.private_metadata, undefined);
    await ack({ response_action: 'update', view: postingModal() });
    const outcome = await postIntroduction(deps, actorIn(context), text);
    await client.views.update({ view_id: view.id, view: postedModal(outcome, text) });
  });
}

/** Shows what a click did where it was made: in the message's or the modal's place; App Home shows it by itself. */
async function settle(deps: OnboardingDeps, actor: Actor, click: Click, answer: Answer): Promise<void> {
  const { body, respond } = click;
  if (body.view?.type === 'home') return;
  if (body.view?.type === 'modal') return showSteps(deps, actor, click);
  await respond({ text: answer.text, blocks: answer.blocks, replace_original: true });
}

async function showSteps(deps: OnboardingDeps, actor: Actor, click: Click): Promise<void> {
  const { body, client, respond } = click;
  const view = await viewJourney(deps.db, deps, actor.person);
  if (!view || view.journey.versionId === undefined || !may(actor, 'own.read', { ownerId: actor.person.id }))
    return answerClick(body, client, respond)(notYetAnswer);
  const page = allStepsModal(deps, view);
  if (body.view?.type === 'modal') await client.views.update({ view_id: body.view.id, view: page });
  else await client.views.open({ trigger_id: body.trigger_id, view: page });
}

/** @see https://docs.slack.dev/surfaces/modals: a modal opened from a modal lies on top of it. */
export async function openOrPush(body: BlockAction, client: WebClient, view: View): Promise<void> {
  if (body.view?.type === 'modal') await client.views.push({ trigger_id: body.trigger_id, view });
  else await client.views.open({ trigger_id: body.trigger_id, view });
}
