import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { checkBeforeSaving, describeFindings, onlyPatterns } from '../../../safeguarding/identifiers.ts';
import { actorIn, answerClick } from '../../../slack/legacy.ts';
import { openOnTop } from '../../../slack/modals.ts';
import { decodeEntities, tidyLine } from '../../../slack/text.ts';
import type { OnboardingDeps } from '../deps.ts';
import { readForm } from '../form.ts';
import { ids } from '../ids.ts';
import { viewJourney } from '../steps/journey-view.ts';
import { noticed } from '../steps/notice.ts';
import { nextStepBlocks } from '../steps/views.ts';
import { hasAgreed } from '../welcome/agreement.ts';
import { agreementModal, notYetAnswer } from '../welcome/views.ts';
import { listExtras, saveExtras } from './extras.ts';
import { type ProfileField, profileFields, visibilityFrom } from './profile.ts';
import { saveProfile } from './save.ts';
import { listOrganisations, profileOf } from './store.ts';
import {
  extrasModal,
  extrasReceipt,
  profileModal,
  profileMoreModal,
  profileReceipt,
  typedOption,
} from './views.ts';

export function listenToProfile(app: App, deps: OnboardingDeps): void {
  const { db, journey: content, vocabulary } = deps;
  const supportBlocks = () => deps.supportBlocks?.() ?? [];

  app.action<BlockAction<ButtonAction>>(ids.editProfile, async ({ ack, body, client, respond, context }) => {
    await ack();
    const actor = actorIn(context);
    if (!(await hasAgreed(deps, actor))) return answerClick(body, client, respond)(notYetAnswer);
    await openOnTop(
      body,
      client,
      profileModal({ content, vocabulary }, await profileOf(db, actor.person.id)),
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
    const outcome = await saveProfile(deps, actor, {
      role: form.one('role'),
      organisation: form.one('organisation'),
      ageGroups: form.many('age_groups'),
      interests: form.many('interests'),
      boroughs: form.many('boroughs'),
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
      visibility: visibilityFrom(shown.filter(isField), hidden.filter(isField)),
    };
    const check = checkBeforeSaving(change.introduction ?? '', deps.allowed ? { allowed: deps.allowed } : {});
    if (check.kind === 'found' && view.private_metadata !== 'warned') {
      const warning = `Your line seems to hold ${describeFindings(check.findings)}. ${onlyPatterns}`;
      const current = await profileOf(db, actor.person.id);
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
    await openOnTop(body, client, extrasModal(content.extras, given));
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

/** Those that hold what was typed, and what was typed itself: anybody may write their own. */
function suggest(typed: string, known: readonly string[]) {
  const words = tidyLine(decodeEntities(typed));
  const folded = words.toLowerCase();
  const fitting = known.filter((one) => one.toLowerCase().includes(folded)).slice(0, 50);
  const isNew = words !== '' && !fitting.some((one) => one.toLowerCase() === folded);
  return [...fitting, ...(isNew ? [words] : [])].map(typedOption);
}

const isField = (field: string): field is ProfileField => profileFields.some((one) => one === field);
