import type { KnownBlock } from '@slack/types';
import { type Actor, may } from '../../../community/permissions.ts';
import { isOfOneself, tellsHowTheyAre } from '../../../safeguarding/danger.ts';
import { leaveOutDetails, tellsOfSomebody } from '../../../safeguarding/question.ts';
import { urgentNumbers, urgentToWriter } from '../../../safeguarding/signposts.ts';

import { mayHarmChild, worryOf } from '../../../safeguarding/worry.ts';
import { type Answer, makeReady } from '../../../slack/answer.ts';
import { idNow, startingPoints } from '../content.ts';
import type { Deps } from '../deps.ts';
import { definitionAsked } from '../glossary/define.ts';
import { showDefinition } from '../glossary/show.ts';
import { notAllowed, plainAnswer } from '../views.ts';
import { browseCard, emptyQuestion, startCard } from './cards.ts';
import { find } from './find.ts';
import { isMarked, listPage } from './list.ts';
import { placeNamed } from './named.ts';
import { type Place, packedPlace } from './place.ts';
import type { Found } from './search.ts';
import { askFor, cardBlocks, type Receipt, resourcesOffer, resultList } from './views.ts';
import { tidyQuestion } from './words.ts';

const outOfDate = plainAnswer(
  'Out of date',
  'This list is out of date. Please look again with /chatr find or /chatr browse.',
);

/** A search, from a command, a button or the search modal. @param keeps of what was not found, for the curators. */
export async function showFound(
  deps: Deps,
  actor: Actor,
  text: string,
  keeps: 'words' | 'nothing' = 'words',
): Promise<Answer> {
  const outcome = await find(deps, actor, text, keeps);
  if (outcome.kind === 'not-allowed') return notAllowed;
  if (outcome.kind === 'no-question') return emptyQuestion(deps.vocabulary);
  const { found } = outcome;
  const { question } = found;
  // To somebody in distress a list of leaflets is no answer: help alone, and the list for whoever wants it.
  if ((isOfOneself(text) || tellsHowTheyAre(text)) && urgentToWriter(deps.kept.signposts, text).length > 0)
    return urgentFirst(deps, text, withAbove(resourcesOffer(question), aboveOffer(deps, found)));
  const beside = (await deps.besideFound?.(question)) ?? [];
  const definition = definitionAsked(deps, question);
  if (definition)
    return withBelow(urgentFirst(deps, question, await showDefinition(deps, definition)), beside);
  return showPage(deps, actor, askFor(question), undefined, { found, beside });
}

/** "I think mum might hurt the baby" is said of oneself and tells of somebody else: who to turn to stands above the offer. */
const aboveOffer = (deps: Deps, found: Found): readonly KnownBlock[] => [
  ...detailsNote(deps, found),
  ...(worryOf(found.question) || mayHarmChild(found.question) ? deps.ownBlocks(found.question) : []),
];

/** What was found is remembered for who asks the same; looking for details takes as long as half of an answer. */
const tellsOf = new WeakMap<Found, boolean>();

function detailsNote({ looksIdentifiable }: Deps, found: Found): readonly KnownBlock[] {
  const tells = tellsOf.get(found) ?? tellsOfSomebody(found.question, looksIdentifiable);
  tellsOf.set(found, tells);
  return tells ? [leaveOutDetails] : [];
}

const withAbove = (answer: Answer, above: readonly KnownBlock[]): Answer =>
  above.length === 0 ? answer : { ...answer, blocks: [...above, ...answer.blocks] };

/** What is drawn once for everybody stays as it is. */
const withBelow = (answer: Answer, below: readonly KnownBlock[]): Answer =>
  below.length === 0 ? answer : { ...answer, blocks: [...answer.blocks, ...below] };

/**
 * A page of any list, without counting it as a look-up: after a menu, or further on.
 * @param asked what its question has just found; `beside`: what others have on it, which stands below.
 */
export async function showPage(
  deps: Deps,
  actor: Actor,
  place: Place,
  receipt?: Receipt,
  { found, beside }: { found?: Found; beside: readonly KnownBlock[] } = { beside: [] },
): Promise<Answer> {
  const outcome = await listPage(deps, actor, place, found);
  if (outcome.kind === 'not-allowed') return notAllowed;
  if (outcome.kind === 'unknown-list') return outOfDate;
  const { page } = outcome;
  if (place.list === 'start' && place.of === '')
    return startCard(startingPoints(deps.startHere, deps.live.now));
  const note = page.found ? detailsNote(deps, page.found) : [];
  const draw = (): Answer => {
    const answer = resultList(page, deps.vocabulary, receipt);
    if (place.list !== 'find') return answer;
    const own = page.place.from === 0 ? [...note, ...deps.ownBlocks(place.of)] : [];
    return withBelow(urgentFirst(deps, place.of, withAbove(answer, own)), beside);
  };
  // The same for everybody and on every day, unless it says what is somebody's own.
  const isAnybodys =
    note.length === 0 &&
    receipt === undefined &&
    place.list !== 'saved' &&
    place.list !== 'new' &&
    !page.entries.some(isMarked);
  if (!isAnybodys) return draw();
  // What others have on it changes without this page.
  const key = packedPlace.pack(page.place) + (beside.length > 0 ? JSON.stringify(beside) : '');
  return deps.live.pages.getFromSecond(key, draw, makeReady);
}

/** Whatever was found: whom to ring stands before it, where what was asked may be about danger. */
function urgentFirst({ kept }: Deps, asked: string, answer: Answer): Answer {
  const urgent = urgentToWriter(kept.signposts, asked);
  if (urgent.length === 0) return answer;
  return { ...answer, blocks: [...urgent, ...answer.blocks, urgentNumbers(kept.signposts)] };
}

/** Entries that another page names, as they are in lists of titles. */
export async function showCards({ live, trust }: Deps, ids: readonly string[]): Promise<KnownBlock[]> {
  const says = await trust.says();
  const now = [...new Set(ids.map((id) => idNow(live.now, id)))];
  return cardBlocks(
    now.flatMap((id) => {
      const resource = live.now.byId.get(id);
      return resource ? [{ resource, trust: says.get(id) }] : [];
    }),
  );
}

/** Of what was found only what is everybody's, for where it is kept: it says nothing of what was asked, and counts nothing. */
export async function showBrief(deps: Deps, actor: Actor, text: string): Promise<KnownBlock[]> {
  if (!may(actor, 'community.use')) return [];
  const definition = definitionAsked(deps, tidyQuestion(text));
  if (definition) return (await showDefinition(deps, definition)).blocks;
  const { hits } = deps.live.search.find(text);
  return showCards(
    deps,
    hits.slice(0, mostInBrief).map(({ id }) => id),
  );
}
const mostInBrief = 3;

/** Where a button leads. The first page of a question is a look-up of its own. */
export async function showPlace(deps: Deps, actor: Actor, place: Place): Promise<Answer> {
  if (place.list === 'find' && place.from === 0) return showFound(deps, actor, place.of);
  return showPage(deps, actor, place);
}

/** "browse" alone shows what there is; with the name of a list, that list. */
export async function showBrowse(deps: Deps, actor: Actor, words: string): Promise<Answer> {
  const asked = tidyQuestion(words);
  if (asked === '') return browseCard(deps.vocabulary);
  const place = placeNamed(deps, asked);
  return place ? showPage(deps, actor, place) : browseCard(deps.vocabulary, asked);
}
