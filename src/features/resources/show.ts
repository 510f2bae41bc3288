import type { Actor } from '../../community/permissions.ts';
import type { Answer } from '../../slack/answer.ts';
import { type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import { curatorPage } from './curating/curate.ts';
import { curatorAnswer, plainAnswer } from './curating/views.ts';
import type { Deps } from './deps.ts';
import { browseCard, emptyQuestion } from './finding/cards.ts';
import { find } from './finding/find.ts';
import { listPage } from './finding/list.ts';
import type { Place } from './finding/place.ts';
import { askFor, type Receipt, resultList } from './finding/views.ts';
import { tidyQuestion } from './finding/words.ts';
import type { RateOutcome, Verdict } from './keeping/rate.ts';
import type { SaveOutcome } from './keeping/save.ts';

export const notAllowed = plainAnswer(
  'Not available',
  'This works for members of the workspace that ChATR Companion belongs to. Nothing was stored.',
);

const outOfDate = plainAnswer(
  'Out of date',
  'This list is out of date. Please look again with /chatr find or /chatr browse.',
);

/** A search, from a command, a button or the search modal. */
export async function showFound(deps: Deps, actor: Actor, text: string): Promise<Answer> {
  const outcome = await find(deps, actor, text);
  if (outcome.kind === 'not-allowed') return notAllowed;
  if (outcome.kind === 'no-question') return emptyQuestion(deps.vocabulary);
  return showPage(deps, actor, askFor(outcome.found.question));
}

/** A page of any list, without counting it as a look-up: after a menu, or further on. */
export async function showPage(deps: Deps, actor: Actor, place: Place, receipt?: Receipt): Promise<Answer> {
  const outcome = await listPage(deps, actor, place);
  if (outcome.kind === 'not-allowed') return notAllowed;
  if (outcome.kind === 'unknown-list') return outOfDate;
  return resultList(outcome.page, deps.vocabulary, receipt);
}

/** Where a button leads. The first page of a question is a look-up of its own. */
export async function showPlace(deps: Deps, actor: Actor, place: Place): Promise<Answer> {
  if (place.list === 'find' && place.from === 0) return showFound(deps, actor, place.of);
  return showPage(deps, actor, place);
}

/** "browse" alone shows what there is; with a topic's name, its list. */
export async function showBrowse(deps: Deps, actor: Actor, words: string): Promise<Answer> {
  const asked = tidyQuestion(words);
  if (asked === '') return browseCard(deps.vocabulary);
  const topic = deps.search.topicNamed(asked);
  return topic === undefined
    ? browseCard(deps.vocabulary, asked)
    : showPage(deps, actor, { list: 'topic', of: topic, from: 0 });
}

export async function showSuggestions(deps: Deps, actor: Actor, from: number): Promise<Answer> {
  const outcome = await curatorPage(deps, actor, from);
  if (outcome.kind === 'not-allowed')
    return plainAnswer(
      'For curators',
      'Suggestions are looked through by the curators. You can send one with /chatr suggest.',
    );
  return curatorAnswer(outcome.page);
}

const keepsNothing = mrkdwn`You did not agree to the community agreement, so nothing about you is kept and this could not be saved. You can look things up all the same, and agree at any time from App Home.`;

export function saveReceipt(outcome: SaveOutcome): Mrkdwn {
  switch (outcome.kind) {
    case 'saved':
      return mrkdwn`Saved. Only you can see your list: \`/chatr saved\`. The menu beside it removes it again.`;
    case 'keeps-nothing':
      return keepsNothing;
    case 'unknown':
      return mrkdwn`This entry is no longer in the catalogue, so it was not saved.`;
    case 'not-allowed':
      return mrkdwn`This works for members of the workspace. Nothing was saved.`;
  }
}

const verdictReceipts: Record<Verdict, Mrkdwn> = {
  helped: mrkdwn`Kept: this helped you. Others see a number only from five people on, never a name. You can change it in the menu.`,
  'did-not-help': mrkdwn`Kept: this was not helpful to you. Nobody is shown that it was you. You can change it in the menu.`,
  'take-back': mrkdwn`Taken back.`,
  'link-problem': mrkdwn`Thank you. The curators see that this link needs a look, not who said so. You can take it back in the menu.`,
  'link-fine': mrkdwn`Taken back: the link is no longer reported by you.`,
};

export function rateReceipt(outcome: RateOutcome, verdict: Verdict): Mrkdwn {
  switch (outcome.kind) {
    case 'rated':
      return verdictReceipts[verdict];
    case 'keeps-nothing':
      return keepsNothing;
    case 'unknown':
      return mrkdwn`This entry is no longer in the catalogue.`;
    case 'not-allowed':
      return mrkdwn`This works for members of the workspace. Nothing was kept.`;
  }
}
