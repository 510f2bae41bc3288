import { isDeepStrictEqual } from 'node:util';
import type { View } from '@slack/types';
import { publicContacts } from '../../../safeguarding/signposts.ts';
import type { Answer } from '../../../slack/answer.ts';
import type { Click, Routes, Sent, Window } from '../../../slack/routes.ts';
import type { Mrkdwn } from '../../../slack/text.ts';
import type { Prompts } from '../asking/prompts.ts';
import { type CheckInDeps, zoneOf } from '../deps.ts';
import { ids } from '../ids.ts';
import { startCheckIn } from '../starting/start.ts';
import { countsLater, notStarted } from '../starting/views.ts';
import type { Round } from '../store.ts';
import { said } from '../views.ts';
import { type Begun, beginAnswer, keepDraft, readDraftWords, sendAnswers } from './answer.ts';
import { type Draft, emptyDraft, maskDraft, wordsOf } from './draft.ts';
import { asTyped, isLastScreen, takeScreen } from './form.ts';
import { isOpen, type Refusal } from './may-answer.ts';
import { startOwn } from './own.ts';
import {
  answerView,
  answerWindow,
  begunNote,
  maskedNote,
  nothingFilledIn,
  type Place,
  packedPlace,
  receiptView,
  refusalAnswer,
  sayRefusal,
  stillThere,
  tooLate,
  warnView,
  warnWindow,
} from './views.ts';

/** The form, screen after screen, and sending it. */
export function listenToAnswering(to: Routes, deps: CheckInDeps, prompts: Prompts): void {
  const { signposts } = deps;
  const screenOf = (round: Round, screen: number, draft: Draft, note?: Mrkdwn): View =>
    answerView(round, { screen, draft, signposts, note });

  async function begin(roundId: string, { actor, open, answer }: Click, note?: Mrkdwn): Promise<void> {
    const begun = await beginAnswer(deps, actor, roundId);
    if (begun.kind === 'form')
      await open(screenOf(begun.round, begun.screen, begun.draft, begun.isBegun ? begunNote : note));
    else await answer(refusalAnswer(begun, zoneOf(deps, actor)));
  }
  to.onClick(ids.answer, (click) => begin(click.value, click));
  to.onClick(ids.own, async (click) => {
    const own = await startOwn(deps, click.actor.person.id, click.value);
    await begin(own?.roundId ?? '', click);
  });

  to.onClick(ids.start, async (click) => {
    const started = await startCheckIn(deps, click.actor, click.value);
    if (started.kind === 'started')
      await begin(started.roundId, click, started.countsFrom ? countsLater(started.countsFrom) : undefined);
    else await click.answer(said(notStarted[started.kind]));
  });

  type InForm = Pick<Click, 'actor'> & { window: Window; at: Place };

  /** What was written on any screen is shown, to copy, since the form does not stay. */
  async function over(refusal: Refusal, { actor, window, at }: InForm): Promise<Answer> {
    const kept = await readDraftWords(deps, actor, at.round);
    if (refusal.kind === 'not-yours') return tooLate(refusal, kept, zoneOf(deps, actor));
    const { definition } = refusal.round;
    const typed = wordsOf(definition, takeScreen(asTyped(definition), at.screen, window, emptyDraft).draft);
    return tooLate(refusal, [...new Set([...kept, ...typed])], zoneOf(deps, actor));
  }

  /** A button of the form, which carries itself what it is about. */
  const inForm = (id: string, run: (begun: Begun, form: InForm) => Promise<View> | View) =>
    to.onClick(id, async ({ actor, window, replace, answer }) => {
      const at = window && packedPlace.open(window.metadata);
      if (!at) return;
      const begun = await beginAnswer(deps, actor, at.round);
      if (begun.kind === 'form') await replace(await run(begun, { actor, window, at }));
      else await answer(await over(begun, { actor, window, at }));
    });

  inForm(ids.back, async ({ round, draft: before }, { actor, window, at }) => {
    // What cannot be sent yet (too many ticked, too much written) is kept as it stands.
    const { draft } = takeScreen(asTyped(round.definition), at.screen, window, before);
    await keepDraft(deps, actor, round.id, draft);
    return screenOf(round, Math.max(0, at.screen - 1), draft);
  });

  const allowed = signposts && publicContacts(signposts);
  inForm(ids.edit, ({ round, draft }) =>
    screenOf(round, maskDraft(round.definition, draft, allowed).screen, draft),
  );
  to.onSend(answerWindow, async (sent) => {
    const { actor, carried: at, window, refuse, show, answer } = sent;
    const begun = await beginAnswer(deps, actor, at.round);
    if (begun.kind !== 'form')
      return at.screen === 0 ? stay(sent, begun) : answer(await over(begun, { actor, window, at }));
    const { round } = begun;
    const { draft, errors } = takeScreen(round.definition, at.screen, window, begun.draft);
    if (Object.keys(errors).length > 0) return refuse(errors);
    if (isLastScreen(round.definition, at.screen)) return send(sent, draft, { asItIs: false });
    const kept = await keepDraft(deps, actor, round.id, draft);
    return kept.kind === 'kept' ? show(screenOf(round, at.screen + 1, draft)) : stay(sent, kept);
  });

  // Slack tells that the form was closed; where it also tells what stood in it, that is kept.
  to.onClose(answerWindow, async ({ actor, carried: at, window }) => {
    if (window.inputs().length === 0) return;
    const begun = await beginAnswer(deps, actor, at.round);
    if (begun.kind !== 'form') return;
    const { draft } = takeScreen(asTyped(begun.round.definition), at.screen, window, begun.draft);
    if (!isDeepStrictEqual(draft, begun.draft)) await keepDraft(deps, actor, at.round, draft);
  });

  to.onSend(warnWindow, async ({ actor, carried: at, window, show, answer }) => {
    const begun = await beginAnswer(deps, actor, at.round);
    if (begun.kind !== 'form') return answer(await over(begun, { actor, window, at }));
    const { round, draft } = begun;
    const masked = maskDraft(round.definition, draft, allowed);
    await keepDraft(deps, actor, round.id, masked.draft);
    await show(screenOf(round, masked.screen, masked.draft, maskedNote));
  });

  to.onClick(ids.asItIs, async ({ actor, window, replace, answer }) => {
    const at = window && packedPlace.open(window.metadata);
    if (!at) return;
    const begun = await beginAnswer(deps, actor, at.round);
    if (begun.kind !== 'form') return answer(await over(begun, { actor, window, at }));
    // The warning has no field to say anything beside.
    const refuse = (why: unknown) => answer(said(String(why)));
    await send({ actor, carried: at, window, show: replace, refuse, answer }, begun.draft, { asItIs: true });
  });

  type Sending = Pick<Sent<Place>, 'actor' | 'carried' | 'window' | 'refuse' | 'answer'> & {
    show(view: View): Promise<unknown>;
  };

  async function send(sent: Sending, draft: Draft, how: { asItIs: boolean }): Promise<void> {
    const { actor, carried: at, window, refuse, show, answer } = sent;
    const outcome = await sendAnswers(deps, actor, at.round, draft, how);
    switch (outcome.kind) {
      case 'sent': {
        const { round, isChange } = outcome;
        prompts.changed({ roundId: round.id, personId: actor.person.id });
        await show(receiptView(round, { isChange, isOpen: isOpen(round, deps.clock.now()) }, signposts));
        return;
      }
      case 'found':
        await show(warnView(outcome.round.definition, outcome.findings, at, signposts));
        return;
      case 'empty':
        return refuse(nothingFilledIn);
      default:
        return how.asItIs ? answer(await over(outcome, { actor, window, at })) : stay(sent, outcome);
    }
  }

  /** The form stays with what was typed, to copy; only who has answered already is told so instead. */
  async function stay(
    { actor, refuse, answer }: Pick<Sending, 'actor' | 'refuse' | 'answer'>,
    refusal: Refusal,
  ): Promise<void> {
    const zone = zoneOf(deps, actor);
    if (refusal.kind === 'already-answered' || refusal.kind === 'not-yours')
      await answer(said(sayRefusal(refusal, zone)));
    else await refuse(stillThere(refusal, zone));
  }
}
