import type { View } from '@slack/types';
import { may } from '../../../community/permissions.ts';
import { wordKinds } from '../../../content/our-words.ts';
import { lookThrough } from '../../../safeguarding/look-through.ts';
import { nobodyIsAlerted, urgentAfterWriting } from '../../../safeguarding/signposts.ts';
import { option, section } from '../../../slack/blocks.ts';
import type { Routes } from '../../../slack/routes.ts';
import { longestWords } from '../curating/notes.ts';
import { queueItem } from '../curating/queue/place.ts';
import { showQueue } from '../curating/queue/show.ts';
import { gone } from '../curating/queue/views.ts';
import type { Deps } from '../deps.ts';
import { ids } from '../ids.ts';
import { notAllowed } from '../views.ts';
import { answerFlag, flagWords, withdrawFlag } from './flag.ts';
import { listLike, meantToFlag } from './meant.ts';
import { findFlag } from './store.ts';
import {
  answered,
  answerFlagForm,
  answerFlagView,
  chooseForm,
  chooseFromList,
  chooseView,
  flagDialog,
  flagForm,
  flagged,
  longest,
  nothingCalled,
  pickForm,
  withdrawnFlag,
} from './views.ts';

/** `/chatr flag`, with the name of what is meant or without: the form for it, a choice of what comes near, or all there is. */
export function flagWindow(deps: Deps, typed: string): View {
  const [first, ...others] = typed === '' ? [] : meantToFlag(deps, typed);
  if (!first) return pickForm.view(typed === '' ? {} : { above: [section(nothingCalled(typed))] });
  return others.length === 0 ? flagDialog(first, { isTyped: true }) : chooseView([first, ...others]);
}

/** Saying that words are not the right ones, and answering that. */
export function listenToFlags(to: Routes, deps: Deps): void {
  const { db, vault, kept, ourWords } = deps;

  to.onClick(ids.flag, async ({ actor, value, open, beside }) => {
    if (!may(actor, 'own.write', { ownerId: actor.person.id })) return beside(notAllowed);
    const item = ourWords.find(value);
    await open(item ? flagDialog(item) : flagged({ kind: 'gone' }));
  });
  to.onClick(ids.openFlag, ({ open }) => open(pickForm.view()));
  to.onSuggest(ids.findFlagged, (typed) =>
    listLike(deps, typed)
      .slice(0, mostOffered)
      .map(({ id, label, kind }) => option(label, id, wordKinds[kind])),
  );
  to.onSend(pickForm, async ({ values, refuse, show }) => {
    const item = ourWords.find(values.item);
    if (!item) return refuse({ item: chooseFromList });
    await show(flagDialog(item));
  });
  to.onSend(chooseForm, async ({ values, show }) => {
    const item = ourWords.find(values.item);
    await show(item ? flagDialog(item) : pickForm.view());
  });
  // What was typed stays: the inputs keep their ids.
  to.onClick(ids.keepFlagged, async ({ window, replace }) => {
    const item = window && ourWords.find(flagForm.carries?.open(window.metadata)?.item ?? '');
    if (item) await replace(flagDialog(item, { isKept: true }));
  });
  to.onSend(flagForm, async ({ actor, carried: { item, doubt }, values, show }) => {
    const looked = lookThrough(kept, doubt, values, longest, { isForOthers: true });
    const of = ourWords.find(item);
    if (looked.kind === 'doubtful')
      return show(of ? flagDialog(of, { findings: looked.findings }) : flagged({ kind: 'gone' }));
    const urgent = urgentAfterWriting(kept.signposts, Object.values(looked.texts), nobodyIsAlerted);
    return show(flagged(await flagWords(deps, actor, { item, ...looked.texts }), urgent));
  });
  to.onClick(ids.withdrawFlag, async ({ actor, value, answer }) =>
    answer(withdrawnFlag(await withdrawFlag(deps, actor, value))),
  );

  to.onClick(ids.answerFlag, queueItem, async ({ actor, carried: { id, ...at }, replace, answer }) => {
    const flag = may(actor, 'resources.curate') ? await findFlag(db, vault, id) : undefined;
    if (!flag) return answer(await showQueue(deps, actor, at, gone));
    await replace(answerFlagView(flag, ourWords.find(flag.item), at));
  });
  to.onClick(ids.keepFlagAnswer, async ({ actor, window, replace }) => {
    const carried = window && answerFlagForm.carries?.open(window.metadata);
    const flag =
      carried && may(actor, 'resources.curate') ? await findFlag(db, vault, carried.id) : undefined;
    if (carried && flag)
      await replace(answerFlagView(flag, ourWords.find(flag.item), carried.at, { isKept: true }));
  });
  to.onSend(answerFlagForm, async ({ actor, carried: { id, at, doubt }, values, show, answer }) => {
    const looked = lookThrough(
      kept,
      doubt,
      { words: values.words },
      { words: longestWords },
      { isForOthers: true },
    );
    const flag = may(actor, 'resources.curate') ? await findFlag(db, vault, id) : undefined;
    if (looked.kind === 'doubtful' && flag)
      return void (await show(
        answerFlagView(flag, ourWords.find(flag.item), at, { findings: looked.findings }),
      ));
    const words = looked.kind === 'settled' ? looked.texts.words : '';
    const { kind } = await answerFlag(deps, actor, { id, answer: values.answer, words });
    const urgent = urgentAfterWriting(kept.signposts, [words], nobodyIsAlerted);
    const receipt = kind === 'answered' ? { text: answered, urgent } : gone;
    await answer(await showQueue(deps, actor, at, receipt));
  });
}

const mostOffered = 50;
