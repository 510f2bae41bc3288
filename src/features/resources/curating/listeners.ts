import { type Actor, may } from '../../../community/permissions.ts';
import type { Finding } from '../../../safeguarding/finding.ts';
import { checkBeforeSaving, merge } from '../../../safeguarding/identifiers.ts';
import { nobodyIsAlerted, urgentAfterWriting } from '../../../safeguarding/signposts.ts';
import { usableZone } from '../../../scheduler/calendar.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { Deps } from '../deps.ts';
import { searchDialog } from '../finding/cards.ts';
import { strangeIn } from '../finding/missed.ts';
import { packedWay } from '../finding/views.ts';
import { ids } from '../ids.ts';
import * as store from '../store.ts';
import { notAllowed } from '../views.ts';
import { askCurators } from './asking/ask.ts';
import { askDialog, askedAnswer, askForm, maskAsked } from './asking/views.ts';
import { linksIn } from './links-in.ts';
import { isNamedInAddress, namedIn } from './named-in.ts';
import { wordsView } from './notes.ts';
import { findWords } from './store.ts';
import { listWaitingOf, suggest, withdrawSuggestion } from './suggest.ts';
import {
  chooseLink,
  linkDialog,
  linkForm,
  maskSuggested,
  namedInAddress,
  noLink,
  refusal,
  suggestDialog,
  suggestForm,
  suggestionThanks,
  waitingBlocks,
  withdrawn,
} from './views.ts';

/** Suggesting something, and asking for what was not found. */
export function listenToSuggestions(to: Routes, deps: Deps): void {
  to.onClick(ids.otherWay, packedWay, ({ carried: { way, question }, replace }) =>
    replace(way === 'search' ? searchDialog(question) : suggestDialog({})),
  );
  to.onClick(ids.openSuggest, ({ value, replace }) => replace(suggestDialog({ title: value })));

  to.onShortcut('chatr.suggest', async ({ actor, message, open, answer }) => {
    if (!may(actor, 'own.write', { ownerId: actor.person.id })) return answer(notAllowed);
    const [link, ...others] = linksIn(message);
    if (!link) return answer(noLink);
    await open(others.length === 0 ? suggestDialog(link) : linkDialog([link, ...others]));
  });
  to.onSend(linkForm, async ({ carried, values, refuse, show }) => {
    const link = carried[Number(values.link)];
    if (!link) return refuse({ link: chooseLink });
    await show(suggestDialog(link));
  });

  // What was typed stays in both: the inputs keep their ids.
  to.onClick(ids.keepSuggested, ({ replace }) => replace(suggestDialog({ isKept: true })));

  const zoneOf = ({ person }: Actor): string => usableZone(person.timeZone, deps.timeZone);
  const look = (text: string): Finding[] => {
    const seen = checkBeforeSaving(text, deps);
    return seen.kind === 'found' ? seen.findings : [];
  };

  const lookForNames = (text: string): Finding[] => merge([...look(text), ...namedIn(text)]);

  to.onSend(suggestForm, async ({ actor, values, carried, refuse, show }) => {
    // An address that is masked leads nowhere: they change it, or say that it may stay.
    if (carried.doubt === 'warned' && isNamedInAddress(values.url)) return refuse({ url: namedInAddress });
    const given = carried.doubt === 'warned' ? maskSuggested(values, lookForNames) : values;
    const outcome = await suggest(deps, actor, given, carried.doubt !== 'none');
    switch (outcome.kind) {
      case 'suggested':
        return show(
          suggestionThanks(
            outcome.id,
            urgentAfterWriting(deps.kept.signposts, [given.title, given.why], nobodyIsAlerted),
          ),
        );
      case 'may-identify':
        return show(
          suggestDialog({
            findings: lookForNames(`${values.title}\n${values.why}`),
            isInAddress: isNamedInAddress(values.url),
          }),
        );
      case 'many-wait':
        return show(
          suggestDialog({
            isKept: carried.doubt === 'kept',
            above: waitingBlocks(outcome.waiting, zoneOf(actor)),
          }),
        );
      default:
        return refuse({ url: refusal(outcome) });
    }
  });

  to.onClick(ids.withdraw, async ({ actor, value, answer }) =>
    answer(withdrawn(await withdrawSuggestion(deps, actor, value))),
  );

  // What was typed stays in the form below.
  to.onClick(ids.withdrawWaiting, async ({ actor, value, window, replace }) => {
    await withdrawSuggestion(deps, actor, value);
    const waiting = await listWaitingOf(deps, actor.person.id);
    const isKept = (window && suggestForm.carries?.open(window.metadata)?.doubt) === 'kept';
    await replace(suggestDialog({ isKept, above: waitingBlocks(waiting, zoneOf(actor)) }));
  });

  to.onClick(ids.curatorsWords, async ({ actor, value, replace }) => {
    const to = actor.person.id;
    const words = await findWords(deps.db, deps.vault, { about: value, to });
    const suggestion = words === undefined ? await store.findSuggestion(deps.db, value) : undefined;
    // One of these is known once a decision was taken back after it was told.
    return replace(wordsView(words, suggestion?.personId === to && suggestion.heard !== undefined));
  });

  to.onClick(ids.openAsk, ({ actor, value, replace }) =>
    replace(askDialog({ words: value, elsewhere: deps.whenNothing?.(actor, value) })),
  );
  to.onClick(ids.keepAsked, ({ replace }) => replace(askDialog({ isKept: true })));
  to.onSend(askForm, async ({ actor, values, carried, show, answer }) => {
    // A surname alone has no sentence around it that tells what it is.
    const lookAtAsked = (text: string) =>
      merge([...look(text), ...strangeIn(text, deps.live.search.find(text))]);
    const findings = carried.doubt === 'none' ? lookAtAsked(values.words) : [];
    if (findings.length > 0) return show(askDialog({ findings }));
    const given = carried.doubt === 'warned' ? maskAsked(values, lookAtAsked) : values;
    const urgent = urgentAfterWriting(deps.kept.signposts, [given.words], nobodyIsAlerted);
    return answer(askedAnswer(await askCurators(deps, actor, given), urgent));
  });
}
