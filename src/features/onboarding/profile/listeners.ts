import { organisationList } from '../../../community/organisations/list.ts';
import { isNameKnown } from '../../../community/organisations/store.ts';
import type { Actor } from '../../../community/permissions.ts';
import { checkBeforeSaving, maskIdentifiers } from '../../../safeguarding/identifiers.ts';
import type { Doubtful } from '../../../safeguarding/warning.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { OnboardingDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { viewJourney } from '../steps/journey-view.ts';
import { noticed } from '../steps/notice.ts';
import { nextStepBlocks } from '../steps/views.ts';
import { hasAgreed } from '../welcome/agreement.ts';
import { agreementModal, notYetAnswer } from '../welcome/views.ts';
import { extrasFor, listExtras, saveExtras } from './extras.ts';
import { offeredFor, singleOf } from './organisation.ts';
import { type Profile, type ProfileField, visibilityFrom } from './profile.ts';
import { chooseOffered, saveProfile } from './save.ts';
import { listOrganisations, profileOf } from './store.ts';
import { suggestOrganisation } from './suggest.ts';
import {
  chooseForm,
  chooseView,
  chosenView,
  eitherOr,
  extrasForm,
  extrasModal,
  extrasReceipt,
  lineLimit,
  organisationSuggestions,
  profileForm,
  profileModal,
  profileMoreForm,
  profileMoreModal,
  profileReceipt,
  suggestions,
  type Works,
} from './views.ts';

type More = {
  introduction?: string | undefined;
  accessNeeds?: string | undefined;
  shown?: readonly ProfileField[] | undefined;
  hidden?: readonly ProfileField[] | undefined;
  single?: string | undefined;
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
  to.onSuggest(ids.organisation, async (typed) =>
    organisationSuggestions(typed, await organisationList(deps), await listOrganisations(db, vault)),
  );

  /** What the second page says of where they work: whose name stays theirs, and what is not on the list. */
  const worksAs = async (profile: Profile): Promise<Works> => {
    const meant = (await organisationList(deps)).meant(profile);
    if (meant?.kind === 'general' && meant.general.name !== profile.organisation)
      return { kind: 'named-privately', name: profile.organisation ?? '', shown: meant.general.name };
    return meant?.kind === 'own-words' && !(await isNameKnown(db, vault, meant.name))
      ? { kind: 'not-listed' }
      : undefined;
  };
  const about = async (profile: Profile) => ({
    supportBlocks: supportBlocks(),
    works: await worksAs(profile),
    single: singleOf(await organisationList(deps), profile),
  });
  const more = async (actor: Actor, typed: More, seen: Doubtful = {}) => {
    const { single, ...rest } = await about(await profileOf(db, vault, actor.person.id));
    return profileMoreModal(moreOf(typed), {
      ...seen,
      ...rest,
      single: single && { ...single, chosen: typed.single ?? single.chosen },
    });
  };

  to.onSend(profileForm, async ({ actor, values, show }) => {
    const outcome = await saveProfile(deps, actor, values);
    if (outcome.kind !== 'saved') {
      await show(agreeFirst());
      return;
    }
    const { profile } = outcome;
    await show(profileMoreModal(profile, await about(profile)));
    await noticed(deps, actor.person.id, 'profile');
  });

  to.onClick(ids.keepLine, async ({ actor, window, replace }) => {
    const typed = window?.read(profileMoreForm).partly ?? {};
    await replace(await more(actor, typed, { isKept: true }));
  });

  to.onSend(profileMoreForm, async ({ actor, values, carried, refuse, show }) => {
    const { introduction, shown, hidden } = values;
    if (shown.some((field) => hidden.includes(field))) return refuse({ hidden: eitherOr });
    const seen = checkBeforeSaving(introduction, deps);
    const findings = seen.kind === 'found' && carried.doubt !== 'kept' ? seen.findings : [];
    if (findings.length > 0 && carried.doubt === 'none') return show(await more(actor, values, { findings }));
    const change = moreOf({
      ...values,
      introduction: maskIdentifiers(introduction, findings, lineLimit),
    });
    const outcome = await saveProfile(deps, actor, change, values.single);
    if (outcome.kind !== 'saved') return show(agreeFirst());
    const suggested = values.suggest ? await suggestOrganisation(deps, actor, outcome.profile) : 'not-needed';
    const journey = await viewJourney(db, deps, actor.person);
    const next = journey ? nextStepBlocks(deps, journey) : [];
    const extras = extrasFor(content.extras, await listExtras(db, actor.person.id, content.extras));
    await show(profileReceipt(outcome.profile, next, extras, suggested));
  });

  to.onClick(ids.offeredOrganisation, async ({ actor, open }) => {
    const offered = offeredFor(await organisationList(deps), await profileOf(db, vault, actor.person.id));
    await open(offered ? chooseView(offered) : chosenView(undefined));
  });

  to.onSend(chooseForm, async ({ actor, values: { choice }, show }) => {
    const outcome = await chooseOffered(deps, actor, choice);
    await show(outcome.kind === 'not-agreed' ? agreeFirst() : chosenView(outcome.name));
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
