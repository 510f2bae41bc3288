import type { Actor } from '../../../../community/permissions.ts';
import { may } from '../../../../community/permissions.ts';
import { lookThrough } from '../../../../safeguarding/look-through.ts';
import { nobodyIsAlerted, urgentAfterWriting } from '../../../../safeguarding/signposts.ts';
import { usableZone } from '../../../../scheduler/calendar.ts';
import type { Answer } from '../../../../slack/answer.ts';
import { divider, option, section, written } from '../../../../slack/blocks.ts';
import { wantedPage } from '../../../../slack/paging.ts';
import type { Routes } from '../../../../slack/routes.ts';
import { count, mrkdwn } from '../../../../slack/text.ts';
import type { AskedAgain, Heard } from '../../catalogue/came-of.ts';
import {
  findEntry,
  type PhraseHome,
  saveEntry,
  setRetired,
  settleClash,
  type TakeBackOutcome,
  takeBack,
} from '../../catalogue/change.ts';
import { takeBackPhrase } from '../../catalogue/phrase.ts';
import { longestPhrase, pageDialog, phraseForm } from '../../changing/forms.ts';
import { entriesLike, showEntry } from '../../changing/listeners.ts';
import { type Receipt, receiptOf } from '../../changing/views.ts';
import type { Deps } from '../../deps.ts';
import { ids } from '../../ids.ts';
import { undoImport } from '../../importing/import.ts';
import { undoneImport } from '../../importing/views.ts';
import { findLinkCheck, visitSoon } from '../../links/store.ts';
import { channelToldSince } from '../../news/store.ts';
import { forumNews } from '../../news/views.ts';
import { firstNewsOn } from '../../news/weekly.ts';
import * as store from '../../store.ts';
import { answerNotOurs, answerWithPhrase, type Missed, reopenMissed } from '../answer.ts';
import { declineAllOf, declineSuggestion, reopenSuggestion } from '../decide.ts';
import { markContact, markFine, unmarkContact } from '../look.ts';
import { type Decline, longestWords } from '../notes.ts';
import { listWaitingOf } from '../suggest.ts';
import { forCurators } from '../views.ts';
import { openVersion, type QueuePlace, queueItem } from './place.ts';
import { queuePage } from './queue.ts';
import { declineForm, declineView, queueAnswer } from './views.ts';

export async function showQueue(
  deps: Deps,
  actor: Actor,
  at: QueuePlace,
  receipt?: Receipt,
): Promise<Answer> {
  const outcome = await queuePage(deps, actor, at);
  if (outcome.kind === 'not-allowed') return forCurators;
  const queue = queueAnswer(outcome.page, usableZone(actor.person.timeZone, deps.timeZone), receipt);
  if (at.show !== 'all' || at.page > 0) return queue;
  const answer = { ...queue, blocks: [...queue.blocks, divider(), ...deps.besideQueue(actor)] };
  if (deps.forumChannel === undefined) return answer;
  const isOn = (await channelToldSince(deps.db, deps.forumChannel)) !== undefined;
  return {
    ...answer,
    blocks: [...answer.blocks, divider(), ...forumNews(isOn, firstNewsOn(deps.clock.now(), deps.timeZone))],
  };
}

/** What waits for curators, and everything that can be done about it. */
export function listenToQueue(to: Routes, deps: Deps): void {
  to.onClick(ids.queue, queueItem, async ({ actor, carried: { show, page }, answer }) =>
    answer(await showQueue(deps, actor, { show, page })),
  );
  // What stood in App Home before there was a queue.
  to.onClick(ids.curate, async ({ actor, value, answer }) =>
    answer(await showQueue(deps, actor, { show: 'suggestions', page: wantedPage(value) })),
  );

  /** One press about one thing of the queue; afterwards the queue is there again. */
  const press = (id: string, act: (actor: Actor, id: string) => Promise<Receipt>): void =>
    to.onClick(id, queueItem, async ({ actor, carried: { id: of, ...at }, answer }) =>
      answer(await showQueue(deps, actor, at, await act(actor, of))),
    );

  press(ids.checkedInQueue, async (actor, id) =>
    receiptOf(await markFine(deps, actor, id), mrkdwn`*Noted:* looked at today, and fine.`),
  );
  press(ids.retireInQueue, async (actor, entryId) =>
    receiptOf(
      await setRetired(deps, actor, { entryId, isRetired: true }),
      mrkdwn`*Retired.* Nobody finds it any more; whoever saved it still sees it.`,
    ),
  );
  press(ids.takeNewAddress, async (actor, entryId) => {
    const found = await findEntry(deps, entryId);
    const check = found?.entry.url === undefined ? undefined : await findLinkCheck(deps.db, found.entry.url);
    const movedTo = check?.movedTo;
    if (!found || movedTo === undefined) return gone;
    const { version } = found;
    const outcome = await saveEntry(deps, actor, { entryId, version, change: { url: movedTo } });
    return receiptOf(outcome, mrkdwn`*Saved:* the entry has its new address.`);
  });
  press(ids.lookAgain, async (actor, entryId) => {
    const found = await findEntry(deps, entryId);
    if (found?.entry.url === undefined || !may(actor, 'resources.curate')) return gone;
    if (!deps.outside)
      return { text: mrkdwn`*Not visited:* links are not visited here, by the setting CHATR_LINK_CHECK.` };
    await visitSoon(deps.db, found.entry.url, deps.clock.now());
    return { text: mrkdwn`*Soon:* the link is visited again within some minutes.` };
  });
  for (const [id, keep, done] of [
    [ids.keepOurs, 'ours', mrkdwn`*Kept:* the curators\u2019 own stays.`],
    [ids.takeFiles, 'files', mrkdwn`*Done:* it is as the content files have it.`],
  ] as const)
    press(id, async (actor, of) => {
      const named = openVersion(of);
      return named ? receiptOf(await settleClash(deps, actor, { ...named, keep }), done) : gone;
    });
  for (const [id, isWrong] of [
    [ids.contactChecked, false],
    [ids.contactWrong, true],
  ] as const)
    press(id, async (actor, contactId) => {
      const { kind } = await markContact(deps, actor, { contactId, isWrong });
      const file = deps.kept.signposts.others?.some((one) => one.id === contactId)
        ? 'pathways'
        : 'signposting';
      const text = isWrong
        ? mrkdwn`*Noted.* Its number is not given any more, unless it is one that is always shown. Please put the right one into \`data/${file}.yaml\`.`
        : mrkdwn`*Noted:* checked today.`;
      return kind === 'marked' ? { text, undo: { what: 'contact', id: contactId } } : gone;
    });
  press(ids.notOurs, async (actor, of) => {
    const missed = openMissed(of);
    const { kind } = missed ? await answerNotOurs(deps, actor, missed) : { kind: 'gone' };
    if (kind !== 'answered' || !missed) return gone;
    return 'word' in missed
      ? {
          text: mrkdwn`*Not ours:* \u2018${missed.word}\u2019 does not come up again.`,
          undo: { what: 'miss', word: missed.word },
        }
      : {
          text: mrkdwn`*Answered:* it left the queue, and whoever asked to be told is told.`,
          undo: { what: 'question', id: missed.questionId },
        };
  });

  listenToSuggestionsIn(to, deps);
  listenToPhrases(to, deps);
  listenToUndo(to, deps);
}

function listenToSuggestionsIn(to: Routes, deps: Deps): void {
  to.onClick(ids.accept, queueItem, async ({ actor, carried: { id, ...at }, replace, answer }) => {
    const suggestion = may(actor, 'resources.curate') ? await store.findSuggestion(deps.db, id) : undefined;
    if (suggestion?.status !== 'waiting') return answer(await showQueue(deps, actor, at, gone));
    const { title, url } = suggestion;
    const whys = (await store.listTogether(deps.db, suggestion)).flatMap(({ why }) => why ?? []);
    const above =
      whys.length === 0
        ? []
        : [section(mrkdwn`*Why it is good*, as it was suggested:`), ...whys.flatMap((why) => written(why))];
    return replace(pageDialog({ carry: { at, cause: { suggestion: id } }, entry: { title, url }, above }));
  });
  /** What waits, with all that is answered with it; undefined for whoever may not see it. */
  const findWaiting = async (actor: Actor, id: string, isAll: boolean) => {
    const suggestion = may(actor, 'resources.curate') ? await store.findSuggestion(deps.db, id) : undefined;
    if (suggestion?.status !== 'waiting') return undefined;
    const together = isAll
      ? await listWaitingOf(deps, suggestion.personId)
      : await store.listTogether(deps.db, suggestion);
    return { suggestion, together };
  };
  for (const [button, isAll] of [
    [ids.decline, false],
    [ids.declineAll, true],
  ] as const)
    to.onClick(button, queueItem, async ({ actor, carried: { id, ...at }, replace, answer }) => {
      const waiting = await findWaiting(actor, id, isAll);
      if (!waiting) return answer(await showQueue(deps, actor, at, gone));
      return replace(declineView(waiting.suggestion, { at, isAll }, waiting));
    });
  // What was chosen and typed stays: the inputs keep their ids.
  to.onClick(ids.keepDeclineWords, async ({ actor, window, replace, answer }) => {
    const carried = window && declineForm.carries?.open(window.metadata);
    if (!carried) return;
    const { id, at, isAll } = carried;
    const waiting = await findWaiting(actor, id, isAll);
    if (!waiting) return answer(await showQueue(deps, actor, at, gone));
    return replace(declineView(waiting.suggestion, { at, isAll }, { ...waiting, isKept: true }));
  });
  to.onSend(declineForm, async ({ actor, carried, values, refuse, show, answer }) => {
    const { id, at, isAll, doubt } = carried;
    const { reason } = values;
    if (reason === 'silent' && values.words !== '') return refuse({ words: wordsForNobody });
    const looked = lookThrough(deps.kept, doubt, { words: values.words }, { words: longestWords });
    if (looked.kind === 'doubtful') {
      const waiting = await findWaiting(actor, id, isAll);
      if (!waiting) return answer(await showQueue(deps, actor, at, gone));
      const { findings } = looked;
      return show(declineView(waiting.suggestion, { at, isAll }, { ...waiting, findings }));
    }
    const { words } = looked.texts;
    const urgent = urgentAfterWriting(deps.kept.signposts, [words], nobodyIsAlerted);
    const undo = { what: 'suggestion', id } as const;
    if (isAll) {
      const all = await declineAllOf(deps, actor, { id, reason, words });
      if (all.kind !== 'declined') return answer(await showQueue(deps, actor, at, gone));
      const told =
        reason === 'silent'
          ? 'They are told of what an earlier message said was added, without a reason, and of nothing else.'
          : 'Whoever suggested them is told, in one message.';
      const text = mrkdwn`*Declined:* ${count(all.many, 'suggestion', 'suggestions')}. ${all.isTold ? told : 'Nobody is told.'}`;
      return answer(await showQueue(deps, actor, at, { text, undo, urgent }));
    }
    const outcome = await declineSuggestion(deps, actor, { id, reason, words });
    const receipt: Receipt =
      outcome.kind === 'decided'
        ? {
            text: mrkdwn`*Declined:* ${outcome.title}. ${sayTold(reason, outcome)}`,
            undo,
            urgent,
          }
        : gone;
    await answer(await showQueue(deps, actor, at, receipt));
  });
}

const wordsForNobody =
  'With the last reason nobody gets these words. Please choose another reason, or clear the words.';

function sayTold(reason: Decline['reason'], { told, known }: { told: number; known: number }): string {
  if (told > 0)
    return reason === 'silent'
      ? 'Whoever heard that it was added is told that it was not, without a reason.'
      : 'Whoever suggested it is told.';
  return known > 0 ? 'Nobody is told: they have heard it.' : 'Nobody is told.';
}

function listenToPhrases(to: Routes, deps: Deps): void {
  to.onClick(ids.openPhrase, queueItem, async ({ actor, carried: { id, ...at }, replace, answer }) => {
    const missed = openMissed(id);
    if (!missed || !may(actor, 'resources.curate')) return answer(await showQueue(deps, actor, at, gone));
    const asked =
      'word' in missed ? missed.word : (await store.findQuestion(deps.db, missed.questionId))?.words;
    if (asked === undefined) return answer(await showQueue(deps, actor, at, gone));
    const carry = 'word' in missed ? { at, word: missed.word } : { at, question: missed.questionId };
    const say = asked.replace(/\s+/g, ' ');
    return replace(
      phraseForm.view({
        carry,
        // What is longer than a phrase is to be read, and put in fewer words.
        initial: { say: Array.from(say).length <= longestPhrase ? say : '' },
        above: [section(mrkdwn`*Looked for and not found:*`), ...written(asked)],
      }),
    );
  });

  to.onSuggest(ids.findHome, (typed, actor) => {
    if (!may(actor, 'resources.curate')) return [];
    const words = typed.toLowerCase();
    const topics = deps.vocabulary.topics.filter(({ id, label, synonyms }) =>
      [id, label, ...synonyms].some((one) => one.toLowerCase().includes(words)),
    );
    return [
      ...topics.slice(0, 20).map(({ id, label }) => option(label, `topic/${id}`, 'Topic')),
      ...entriesLike(deps, typed)
        .filter(({ retired }) => !retired)
        .map(({ id, title, publisher }) => option(title, `entry/${id}`, `Entry \u00b7 ${publisher}`)),
    ];
  });

  to.onSend(phraseForm, async ({ actor, carried, values, refuse, answer }) => {
    const home = openHome(values.home);
    if (!home) return refuse({ home: 'Please choose a topic or an entry from the list.' });
    const missed: Missed | undefined = carried.question
      ? { questionId: carried.question }
      : carried.word
        ? { word: carried.word }
        : undefined;
    if (!missed) return refuse('This form is out of date. Please open it again.');
    const outcome = await answerWithPhrase(deps, actor, {
      missed,
      home,
      phrase: { say: values.say.replace(/\s+/g, ' ') },
    });
    switch (outcome.kind) {
      case 'added': {
        const { undo, to: where } = outcome;
        const text = mrkdwn`*Added:* \u2018${values.say}\u2019 finds \u2018${where}\u2019 from now on. Whoever asked to be told is told.`;
        const what: Receipt['undo'] =
          'topicKey' in undo ? { what: 'phrase', key: undo.topicKey } : { what: 'version', ...undo };
        return answer(await showQueue(deps, actor, carried.at, { text, undo: what }));
      }
      case 'refused':
        return refuse({ say: outcome.why });
      case 'problems':
        return refuse({ say: Object.values(outcome.problems)[0] ?? 'These words cannot be added.' });
      case 'gone':
        return refuse({ home: 'This is not there any more. Please choose another.' });
      default:
        return refuse('Nothing was saved. Please open the queue again.');
    }
  });
}

/** Takes the last thing back, and shows what it was done to. */
function listenToUndo(to: Routes, deps: Deps): void {
  to.onClick(`${ids.undo}version`, queueItem, async ({ actor, carried: { id, ...at }, answer }) => {
    const named = openVersion(id);
    if (!named) return;
    const outcome = await takeBack(deps, actor, named);
    const receipt = takenBack(outcome, named.entryId);
    const isThere = outcome.kind === 'taken-back' && outcome.entry !== undefined;
    await answer(
      isThere
        ? await showEntry(deps, actor, named.entryId, at, receipt)
        : await showQueue(deps, actor, at, receipt),
    );
  });
  const undo = <Done extends { kind: string }>(
    what: Exclude<NonNullable<Receipt['undo']>['what'], 'version'>,
    act: (actor: Actor, id: string) => Promise<Done | { kind: 'gone' | 'not-allowed' }>,
    undone: (done: Done) => Receipt,
  ) =>
    to.onClick(`${ids.undo}${what}`, queueItem, async ({ actor, carried: { id, ...at }, answer }) => {
      const outcome = await act(actor, id);
      const isDone = (one: typeof outcome): one is Done => one.kind !== 'gone' && one.kind !== 'not-allowed';
      await answer(await showQueue(deps, actor, at, isDone(outcome) ? undone(outcome) : gone));
    });
  undo(
    'phrase',
    (actor, key) => takeBackPhrase(deps, actor, key),
    ({ asked }: { kind: 'taken-back'; asked: AskedAgain | undefined }) => ({
      text: mrkdwn`*Undone:* these words do not lead there any more. ${asked ? `They wait in the queue again.${sayAsked(asked)}` : 'They do not wait in the queue again: that somebody looked for them is not kept any more.'}`,
    }),
  );
  undo(
    'suggestion',
    (actor, id) => reopenSuggestion(deps, actor, id),
    ({ heard, many }: { kind: 'reopened'; heard: Heard; many: number }) => ({
      text: mrkdwn`*Undone:* ${many === 1 ? 'it waits' : `${many} suggestions wait`} again. ${sayHeard(heard)}`,
    }),
  );
  const asksAgain = (asked: AskedAgain & { kind: 'reopened' }): Receipt => ({
    text: mrkdwn`*Undone:* it waits again.${sayAsked(asked)}`,
  });
  undo('miss', (actor, word) => reopenMissed(deps, actor, { word }), asksAgain);
  undo('question', (actor, questionId) => reopenMissed(deps, actor, { questionId }), asksAgain);
  undo(
    'contact',
    (actor, id) => unmarkContact(deps, actor, id),
    () => ({ text: mrkdwn`*Undone.*` }),
  );
  undo('import', (actor, id) => undoImport(deps, actor, id), undoneImport);
}

/** Of words that wait again: who was told of their answer cannot be told otherwise. */
const sayAsked = ({ isTold }: AskedAgain): string =>
  isTold ? ' Whoever asked and was told of the answer is not told otherwise: who that was is not kept.' : '';

/** What whoever undoes a decision has to know of who has heard it, before they decide anew. */
function sayHeard(heard: Heard): string {
  if (heard.length === 0) return 'Nobody has heard of it.';
  const added = heard.filter((one) => one === 'accepted').length;
  const people = (many: number): string => count(many, 'person has', 'people have');
  const known = [
    added > 0 && `${people(added)} heard already that it is in the catalogue.`,
    heard.length > added && `${people(heard.length - added)} heard already that it was not added.`,
  ].filter((one) => one !== false);
  return `${known.join(' ')} If you decide otherwise now, they get a second message; if you decide the same, nobody hears it twice.`;
}

function takenBack(outcome: TakeBackOutcome, entryId: string): Receipt {
  switch (outcome.kind) {
    case 'taken-back':
      // To bring it back beside what it was made of would publish it twice.
      if (outcome.heard)
        return {
          text: mrkdwn`*Undone:* \u2018${outcome.title}\u2019 is out of the catalogue, and waits in the queue again. ${sayHeard(outcome.heard)}`,
        };
      if (outcome.asked)
        return {
          text: mrkdwn`*Undone:* \u2018${outcome.title}\u2019 is ${outcome.entry === undefined ? 'out of the catalogue' : 'as it was before'}, and what was looked for waits in the queue again.${sayAsked(outcome.asked)}`,
        };
      return {
        text:
          outcome.entry === undefined
            ? mrkdwn`*Undone:* \u2018${outcome.title}\u2019 is out of the catalogue. It does not wait in the queue.`
            : mrkdwn`*Undone:* \u2018${outcome.title}\u2019 is as it was before.`,
        undo: { what: 'version', entryId, version: outcome.version },
      };
    case 'changed-since':
      return { text: mrkdwn`*Not undone:* somebody has changed it since. Please look at it first.` };
    default:
      return gone;
  }
}

export const gone: Receipt = {
  text: mrkdwn`*Nothing was changed:* somebody else has dealt with this already, or it is not there any more.`,
};

function openMissed(id: string): Missed | undefined {
  const [kind, ...rest] = id.split('/');
  const of = rest.join('/');
  if (of === '') return undefined;
  return kind === 'question' ? { questionId: of } : kind === 'word' ? { word: of } : undefined;
}

function openHome(value: string): PhraseHome | undefined {
  const [, kind, id] = /^(topic|entry)\/([a-z0-9-]+)$/.exec(value) ?? [];
  if (id === undefined) return undefined;
  return kind === 'topic' ? { topicId: id } : { entryId: id };
}
