import { type Actor, may } from '../../../community/permissions.ts';
import { lookThrough } from '../../../safeguarding/look-through.ts';
import type { Answer } from '../../../slack/answer.ts';
import { pageOf } from '../../../slack/paging.ts';
import type { CommandCall } from '../../../slack/router.ts';
import type { Routes } from '../../../slack/routes.ts';
import { clip, type Mrkdwn, tidyLine } from '../../../slack/text.ts';
import { askOrWait, openQuestionBlocks } from '../asking/show.ts';
import { mayLook, type PeopleDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { asListed, listColleagues, type PeopleSearch, whatHelpIsFor, withoutAsking } from './directory.ts';
import { hideMe, isIntroduced, isListed, listMe } from './listing.ts';
import { emptyListing, findListing, longest } from './store.ts';
import {
  agreeFirst,
  agreeOrSearch,
  hidden,
  listingForm,
  listingView,
  ownListingAnswer,
  packedPage,
  peopleAnswer,
  saved,
  shownAnswer,
  whyNotName,
} from './views.ts';

const pageSize = 5;

/** Everybody who is listed, or those whom a question finds. */
export async function showPeople(
  deps: PeopleDeps,
  search: PeopleSearch,
  actor: Actor,
  { page, question }: { page: number; question: string },
): Promise<Answer> {
  if (!(await mayLook(deps, actor))) return agreeFirst;
  const all = await listColleagues(deps);
  const found = question === '' ? all : search.find(question, all);
  return peopleAnswer(
    { ...pageOf(found, page, pageSize), total: found.length, question },
    {
      isListed: await isListed(deps, actor.person.id),
      open: question === '' ? await openQuestionBlocks(deps, actor) : [],
    },
    deps,
  );
}

/** "People who self-harm" are nobody's colleagues here. */
const describesPeople = (words: string): boolean =>
  /^(?:who|whose|with|without|in|at|from|living|affected|experiencing|seeking)\b/i.test(words) &&
  withoutAsking(words) === words;

/** `/chatr people`, or with words: those who fit them. "Who can help with …" puts a question instead. */
export async function runPeople(deps: PeopleDeps, search: PeopleSearch, call: CommandCall): Promise<void> {
  const { actor, answer, open } = call;
  const asked = whatHelpIsFor(call.words);
  if (asked !== undefined) {
    if (!(await mayLook(deps, actor))) return answer(agreeFirst);
    const next = await askOrWait(deps, actor, asked);
    if (next.kind === 'wait') return answer(next.answer);
    return open ? open(next.view) : answer(next.card);
  }
  const question = clip(tidyLine(call.words), 200);
  const looks = await mayLook(deps, actor);
  const fits = async () => search.find(question, await listColleagues(deps)).length > 0;
  if (describesPeople(question) && !(looks && (await fits()))) return call.lookUp();
  if (question !== '' && !looks) return answer(agreeOrSearch(question));
  return answer(await showPeople(deps, search, actor, { page: 0, question }));
}

async function ownListing(deps: PeopleDeps, actor: Actor, receipt?: Mrkdwn): Promise<Answer> {
  const { db, vault } = deps;
  const { id } = actor.person;
  if (!may(actor, 'own.read', { ownerId: id }) || !(await mayLook(deps, actor))) return agreeFirst;
  const { takesQuestions } = (await findListing(db, vault, id)) ?? emptyListing;
  return ownListingAnswer(
    await asListed(deps, actor.person),
    {
      isListed: await isListed(deps, id),
      takesQuestions,
      isIntroduced: await isIntroduced(deps, id),
    },
    deps,
    deps.listing.profileButton,
    receipt,
  );
}

/** Finding colleagues, and how one is found. */
export function listenToListing(to: Routes, deps: PeopleDeps, search: PeopleSearch): void {
  const { db, vault, listing } = deps;
  const aroundOf = async (personId: string) => ({
    fields: listing.fields,
    isIntroduced: await isIntroduced(deps, personId),
  });
  to.onClick(ids.open, async ({ actor, answer }) =>
    answer(await showPeople(deps, search, actor, { page: 0, question: '' })),
  );
  to.onClick(ids.page, packedPage, async ({ actor, carried, answer }) =>
    answer(await showPeople(deps, search, actor, carried)),
  );
  // Slack follows the link by itself.
  to.onClick(ids.write, () => {});
  to.onClick(ids.shown, ({ beside }) => beside(shownAnswer));

  to.onClick(ids.listing, async ({ actor, answer }) => answer(await ownListing(deps, actor)));
  to.onClick(ids.change, async ({ actor, answer, open }) => {
    if (!(await mayLook(deps, actor))) return answer(agreeFirst);
    const { id } = actor.person;
    const said = (await findListing(db, vault, id)) ?? emptyListing;
    await open(listingView({ ...said, shown: await listing.fieldsSeen(id) }, await aroundOf(id)));
  });
  to.onClick(ids.keepListing, async ({ actor, window, replace }) => {
    if (!window) return;
    const { shown = [], ...typed } = window.read(listingForm).partly;
    await replace(listingView({ ...typed, shown }, await aroundOf(actor.person.id), { isKept: true }));
  });
  to.onSend(listingForm, async ({ actor, carried, values, refuse, show, answer }) => {
    const { shown, takesQuestions } = values;
    const typed = { askAbout: values.askAbout, name: tidyLine(values.name) };
    const looked = lookThrough(deps, carried.doubt, typed, longest);
    if (looked.kind === 'doubtful')
      return void (await show(
        listingView(values, await aroundOf(actor.person.id), { findings: looked.findings }),
      ));
    const { kind } = await listMe(deps, actor, { ...looked.texts, shown, takesQuestions });
    switch (kind) {
      case 'listed':
        return answer(await ownListing(deps, actor, saved));
      case 'not-agreed':
        return answer(agreeFirst);
      default:
        return refuse({ name: whyNotName[kind] });
    }
  });
  to.onClick(ids.hide, async ({ actor, answer }) => {
    await answer((await hideMe(deps, actor)) ? await ownListing(deps, actor, hidden) : agreeFirst);
  });
}
