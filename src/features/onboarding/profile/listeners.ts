import { checkBeforeSaving, maskIdentifiers } from '../../../safeguarding/identifiers.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { OnboardingDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { viewJourney } from '../steps/journey-view.ts';
import { noticed } from '../steps/notice.ts';
import { nextStepBlocks } from '../steps/views.ts';
import { hasAgreed } from '../welcome/agreement.ts';
import { agreementModal, notYetAnswer } from '../welcome/views.ts';
import { extrasFor, listExtras, saveExtras } from './extras.ts';
import { type ProfileField, visibilityFrom } from './profile.ts';
import { saveProfile } from './save.ts';
import { listOrganisations, profileOf } from './store.ts';
import {
  eitherOr,
  extrasForm,
  extrasModal,
  extrasReceipt,
  lineLimit,
  profileForm,
  profileModal,
  profileMoreForm,
  profileMoreModal,
  profileReceipt,
  suggestions,
} from './views.ts';

type More = {
  introduction?: string | undefined;
  accessNeeds?: string | undefined;
  shown?: readonly ProfileField[] | undefined;
  hidden?: readonly ProfileField[] | undefined;
};
const moreOf = ({ introduction, accessNeeds, shown = [], hidden = [] }: More) => ({
  introduction: introduction || undefined,
  accessNeeds: accessNeeds || undefined,
  visibility: visibilityFrom(shown, hidden),
});

/** What somebody says about themselves, who sees it, and the extras. */
export function listenToProfile(to: Routes, deps: OnboardingDeps): void {
  const { db, vault, journey: content, vocabulary } = deps;
  const supportBlocks = () => deps.supportBlocks?.() ?? [];
  const agreeFirst = () => agreementModal(content, { isAgain: false });

  to.onClick(ids.editProfile, async ({ actor, answer, open }) => {
    if (!(await hasAgreed(deps, actor))) return answer(notYetAnswer);
    await open(profileModal({ content, vocabulary }, await profileOf(db, vault, actor.person.id)));
  });

  to.onSuggest(ids.role, (typed) => suggestions(typed, content.roles));
  to.onSuggest(ids.organisation, async (typed) => suggestions(typed, await listOrganisations(db, vault)));

  to.onSend(profileForm, async ({ actor, values, show }) => {
    const outcome = await saveProfile(deps, actor, values);
    if (outcome.kind !== 'saved') {
      await show(agreeFirst());
      return;
    }
    await show(profileMoreModal(outcome.profile, { supportBlocks: supportBlocks() }));
    await noticed(deps, actor.person.id, 'profile');
  });

  to.onClick(ids.keepLine, async ({ window, replace }) => {
    const typed = window?.read(profileMoreForm).partly ?? {};
    await replace(profileMoreModal(moreOf(typed), { isKept: true, supportBlocks: supportBlocks() }));
  });

  to.onSend(profileMoreForm, async ({ actor, values, carried, refuse, show }) => {
    const { introduction, shown, hidden } = values;
    if (shown.some((field) => hidden.includes(field))) return refuse({ hidden: eitherOr });
    const seen = checkBeforeSaving(introduction, deps);
    const findings = seen.kind === 'found' && carried.doubt !== 'kept' ? seen.findings : [];
    if (findings.length > 0 && carried.doubt === 'none')
      return show(profileMoreModal(moreOf(values), { findings, supportBlocks: supportBlocks() }));
    const change = moreOf({
      ...values,
      introduction: maskIdentifiers(introduction, findings, lineLimit),
    });
    const outcome = await saveProfile(deps, actor, change);
    if (outcome.kind !== 'saved') return show(agreeFirst());
    const journey = await viewJourney(db, deps, actor.person);
    const next = journey ? nextStepBlocks(deps, journey) : [];
    const extras = extrasFor(content.extras, await listExtras(db, actor.person.id, content.extras));
    await show(profileReceipt(outcome.profile, next, extras));
  });

  to.onClick(ids.extras, async ({ actor, answer, open }) => {
    if (!(await hasAgreed(deps, actor))) return answer(notYetAnswer);
    const given = await listExtras(db, actor.person.id, content.extras);
    await open(extrasModal(extrasFor(content.extras, given), given));
  });

  to.onSend(extrasForm(content.extras), async ({ actor, values, show }) => {
    const chosen = Object.keys(values).filter((id) => values[id]);
    const outcome = await saveExtras(deps, actor, new Set(chosen));
    await show(outcome.kind === 'saved' ? extrasReceipt(content.extras, outcome.given) : agreeFirst());
  });
}
