import { organisationList } from '../../../community/organisations/list.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { dayAfter } from '../../../lib/clock.ts';
import { newId } from '../../../lib/random.ts';
import type { Finding } from '../../../safeguarding/finding.ts';
import { lookThrough } from '../../../safeguarding/look-through.ts';
import { digitsOf, nationalNumber } from '../../../safeguarding/phone.ts';
import type { Answer } from '../../../slack/answer.ts';
import { typedOption } from '../../../slack/form.ts';
import { pageOf, wantedPage } from '../../../slack/paging.ts';
import type { CommandCall } from '../../../slack/router.ts';
import type { Routes } from '../../../slack/routes.ts';
import { decodeEntities, type Mrkdwn, tidyLine } from '../../../slack/text.ts';
import type { CardDeps, OrganisationsDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import type { CardSearch } from './find.ts';
import {
  confirmCard,
  handOver,
  keepCard,
  keepMore,
  longestDays,
  mayChange,
  mayMake,
  removeCard,
  todayOf,
} from './keep.ts';
import { type Card, findCard, listCards } from './store.ts';
import {
  agreeFirst,
  cardAnswer,
  cardForm,
  cardView,
  confirmed,
  forMembers,
  gone,
  handedOver,
  handOverForm,
  handOverView,
  longest,
  moreForm,
  moreView,
  plainAnswer,
  plainView,
  removed,
  saved,
  takenOn,
  teamsAnswer,
  whyNotHandedOver,
  whyNotKept,
} from './views.ts';

const pageSize = 5;

const lookOf =
  (deps: OrganisationsDeps, actor: Actor) =>
  ({ ownerId }: Card) => ({
    today: todayOf(deps),
    isOwn: ownerId === actor.person.id,
    isCurator: may(actor, 'resources.curate'),
    isOrphan: ownerId === undefined && may(actor, 'resources.curate'),
  });

export async function showTeams(
  deps: OrganisationsDeps,
  actor: Actor,
  page: number,
  receipt?: Mrkdwn,
): Promise<Answer> {
  if (!may(actor, 'community.use')) return forMembers;
  const cards = await listCards(deps.db, deps.vault);
  const look = lookOf(deps, actor);
  // One's own first: whoever opens the list to change theirs finds it.
  const sorted = [...cards.filter((card) => look(card).isOwn), ...cards.filter((card) => !look(card).isOwn)];
  return teamsAnswer({ ...pageOf(sorted, page, pageSize), total: cards.length }, look, { receipt });
}

/** `/chatr teams`, or with words: those that are about them. */
export async function runTeams(
  deps: OrganisationsDeps,
  search: CardSearch,
  { actor, words, answer }: CommandCall,
): Promise<void> {
  const question = tidyLine(words);
  if (question === '' || !may(actor, 'community.use')) return answer(await showTeams(deps, actor, 0));
  const found = await search.find(question);
  const page = { ...pageOf(found, 0, pageSize), total: found.length };
  await answer(teamsAnswer(page, lookOf(deps, actor), { question }));
}

const show = (deps: OrganisationsDeps, actor: Actor, card: Card, receipt?: Mrkdwn): Answer =>
  cardAnswer(card, lookOf(deps, actor)(card), receipt);

/** A team\u2019s own address or landline is what a card is for; a mobile may be somebody\u2019s. */
const isTeams = ({ kind, start, end }: Finding, text: string): boolean =>
  kind === 'email' || (kind === 'phone' && !/^07/.test(nationalNumber(digitsOf(text.slice(start, end)))));

/** Seeing, making, changing and handing over what a team says of itself. */
export function listenToCards(to: Routes, deps: CardDeps): void {
  const { db, vault, clock } = deps;
  const own = async (actor: Actor, id: string): Promise<Card | undefined> => {
    const card = await findCard(db, vault, id);
    return card && mayChange(actor, card) ? card : undefined;
  };

  for (const id of [ids.teams, ids.teamsPage])
    to.onClick(id, async ({ actor, value, answer }) =>
      answer(await showTeams(deps, actor, wantedPage(value))),
    );
  to.onClick(ids.open, async ({ actor, value, answer }) => {
    const card = may(actor, 'community.use') ? await findCard(db, vault, value) : undefined;
    await answer(card ? show(deps, actor, card) : plainAnswer(gone));
  });

  to.onClick(ids.make, async ({ actor, answer, open }) => {
    if (!(await mayMake(deps, actor))) return answer(plainAnswer(agreeFirst));
    await open(cardView({ id: newId(clock), isNew: true, said: {} }));
  });
  to.onClick(ids.change, async ({ actor, value, answer, open }) => {
    const card = await own(actor, value);
    if (!card) return answer(plainAnswer(gone));
    await open(cardView({ id: card.id, isNew: false, said: card.said }));
  });
  to.onSuggest(ids.organisation, async (typed) => {
    const words = tidyLine(decodeEntities(typed));
    if (words === '') return [];
    const names = (await organisationList(deps)).offer(words).map(({ name }) => name);
    const isNew = !names.some((name) => name.toLowerCase() === words.toLowerCase());
    return [...names.slice(0, 50), ...(isNew ? [words] : [])].map(typedOption);
  });
  to.onClick(ids.keepWords, async ({ window, replace }) => {
    const carried = window && cardForm.carries?.open(window.metadata);
    if (!carried) return;
    const { organisation, ...typed } = window.read(cardForm).partly;
    await replace(
      cardView({ ...carried, said: { ...typed, ...(organisation && { organisation }) } }, { isKept: true }),
    );
  });
  to.onSend(cardForm, async ({ actor, carried, values, refuse, show: showView }) => {
    const { organisation = '', ...typed } = values;
    const isListed = (await organisationList(deps)).idOf(organisation) !== undefined;
    const { room: _room, languages: _languages, ...most } = longest;
    const own = { ...typed, organisation: isListed ? '' : organisation };
    const looked = lookThrough(deps, carried.doubt, own, most, { isFine: isTeams });
    if (looked.kind === 'doubtful')
      return void (await showView(
        cardView({ ...carried, said: { ...typed, organisation } }, { findings: looked.findings }),
      ));
    const outcome = await keepCard(deps, actor, {
      ...carried,
      said: { ...looked.texts, ...(isListed && { organisation }) },
    });
    switch (outcome.kind) {
      case 'saved':
        return void (await showView(moreView(outcome.card)));
      case 'too-many':
        return refuse(whyNotKept.tooMany);
      case 'not-allowed':
      case 'gone':
        return void (await showView(plainView(outcome.kind === 'gone' ? gone : agreeFirst)));
    }
  });
  to.onClick(ids.keepMoreWords, async ({ window, replace }) => {
    const carried = window && moreForm.carries?.open(window.metadata);
    if (!carried) return;
    const { checkBy, ...said } = window.read(moreForm).partly;
    await replace(moreView({ id: carried.id, said, checkBy }, { isKept: true }));
  });
  to.onSend(moreForm, async ({ actor, carried: { id, doubt }, values, refuse, show: showView, answer }) => {
    const { checkBy, ...said } = values;
    const today = todayOf(deps);
    if (checkBy <= today || checkBy > dayAfter(today, longestDays))
      return refuse({ checkBy: whyNotKept.checkBy });
    const looked = lookThrough(
      deps,
      doubt,
      said,
      { languages: longest.languages, room: longest.room },
      { isFine: isTeams },
    );
    if (looked.kind === 'doubtful')
      return void (await showView(moreView({ id, said, checkBy }, { findings: looked.findings })));
    const outcome = await keepMore(deps, actor, { id, checkBy, ...looked.texts });
    await answer(outcome.kind === 'saved' ? show(deps, actor, outcome.card, saved) : plainAnswer(gone));
  });

  to.onClick(ids.confirm, async ({ actor, value, answer }) => {
    const outcome = await confirmCard(deps, actor, value);
    await answer(outcome.kind === 'saved' ? show(deps, actor, outcome.card, confirmed) : plainAnswer(gone));
  });
  to.onClick(ids.remove, async ({ actor, value, answer }) => {
    const outcome = await removeCard(deps, actor, value);
    await answer(await showTeams(deps, actor, 0, outcome.kind === 'removed' ? removed(outcome.team) : gone));
  });

  to.onClick(ids.handOver, async ({ actor, value, answer, open }) => {
    const card = await own(actor, value);
    if (!card) return answer(plainAnswer(gone));
    await open(handOverView(card));
  });
  to.onSend(handOverForm, async ({ actor, carried: id, values: { to: slackId }, refuse, answer }) => {
    const outcome = await handOver(deps, actor, { id, slackId });
    switch (outcome.kind) {
      case 'handed-over':
        return answer(await showTeams(deps, actor, 0, handedOver(outcome.card, slackId)));
      case 'theirs-already':
      case 'not-reached':
        return refuse({ to: whyNotHandedOver[outcome.kind] });
      default:
        return answer(plainAnswer(gone));
    }
  });
  to.onClick(ids.takeOn, async ({ actor, value, answer }) => {
    const outcome = await handOver(deps, actor, { id: value, slackId: actor.person.slackId });
    await answer(
      outcome.kind === 'handed-over' ? show(deps, actor, outcome.card, takenOn) : plainAnswer(gone),
    );
  });
}
