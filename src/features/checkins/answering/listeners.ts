import { isDeepStrictEqual } from 'node:util';
import type { View } from '@slack/types';
import type { Actor } from '../../../community/permissions.ts';
import { publicContacts } from '../../../safeguarding/signposts.ts';
import type { Answer } from '../../../slack/answer.ts';
import type { Click, Routes, Sent, Window } from '../../../slack/routes.ts';
import type { Mrkdwn } from '../../../slack/text.ts';
import type { Prompts } from '../asking/prompts.ts';
import { type CheckInDeps, zoneOf } from '../deps.ts';
import { ids } from '../ids.ts';
import { namesKeptOut } from '../members-named.ts';
import { startCheckIn } from '../starting/start.ts';
import { countsLater, notStarted } from '../starting/views.ts';
import type { Round } from '../store.ts';
import { said } from '../views.ts';
import { type Begun, beginAnswer, keepDraft, sendAnswers } from './answer.ts';
import { type Draft, maskDraft, seenIn, wordsOf } from './draft.ts';
import { asTyped, isLastScreen, takeScreen } from './form.ts';
import { everythingTyped, keepLate, type Typed } from './late.ts';
import { isOpen, type Refusal } from './may-answer.ts';
import { startOwn } from './own.ts';
import { wasTold } from './unfinished.ts';
import {
  answerView,
  answerWindow,
  begunNote,
  keptAside,
  maskedNote,
  nothingFilledIn,
  notThereAnyMore,
  type Place,
  packedPlace,
  packedPromise,
  receiptView,
  refusalAnswer,
  stillThere,
  tooLate,
  warnView,
  warnWindow,
  whatHappensView,
} from './views.ts';

/** The form, screen after screen, and sending it. */
export function listenToAnswering(to: Routes, deps: CheckInDeps, prompts: Prompts): void {
  const { signposts } = deps;
  const screenOf = (
    { round, isKnown }: Pick<Begun, 'round' | 'isKnown'>,
    screen: number,
    draft: Draft,
    note?: Mrkdwn,
  ): View => answerView(round, { screen, draft, signposts, note, isKnown });

  // In the place of the window it is opened from: of a form on top of another Slack does not tell what stood in it when
  // both are closed.
  async function begin(roundId: string, { actor, replace, answer }: Click, note?: Mrkdwn): Promise<void> {
    const begun = await beginAnswer(deps, actor, roundId);
    if (begun.kind === 'form')
      await replace(screenOf(begun, begun.screen, begun.draft, begun.isBegun ? begunNote : note));
    else await answer(await unsent(begun, actor));
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

  /** Of a form that cannot be sent, nothing is lost: it is kept for them alone, or its words are shown, to copy. */
  async function unsent(refusal: Refusal, actor: Actor, typed?: Typed): Promise<Answer> {
    const zone = zoneOf(deps, actor);
    if (refusal.kind === 'not-yours') return refusalAnswer(refusal, zone);
    const { round } = refusal;
    const draft = await everythingTyped(deps, actor, round, typed);
    const kept = await keepLate(deps, actor, refusal, draft);
    if (kept) return keptAside(refusal, kept, zone);
    if (typed) return tooLate(refusal, wordsOf(round.definition, draft), zone);
    const isGone = refusal.kind === 'closed' && (await wasTold(deps.db, round.id, actor.person.id));
    return isGone ? notThereAnyMore(refusal, zone) : refusalAnswer(refusal, zone);
  }
  const over = (refusal: Refusal, { actor, window, at }: InForm) =>
    unsent(refusal, actor, { window, screen: at.screen });

  /** A button of the form, which carries itself what it is about. */
  const inForm = (id: string, run: (begun: Begun, form: InForm) => Promise<View> | View) =>
    to.onClick(id, async ({ actor, window, replace, answer }) => {
      const at = window && packedPlace.open(window.metadata);
      if (!at) return;
      const begun = await beginAnswer(deps, actor, at.round);
      if (begun.kind === 'form') await replace(await run(begun, { actor, window, at }));
      else await answer(await over(begun, { actor, window, at }));
    });

  to.onClick(ids.whatHappens, packedPromise, ({ carried, open }) => open(whatHappensView(carried)));

  inForm(ids.back, async (begun, { actor, window, at }) => {
    const { round, draft: before } = begun;
    // What cannot be sent yet (too many ticked, too much written) is kept as it stands.
    const { draft } = takeScreen(asTyped(round.definition), at.screen, window, before);
    await keepDraft(deps, actor, round.id, draft);
    return screenOf(begun, Math.max(0, at.screen - 1), draft);
  });

  const allowed = signposts && publicContacts(signposts);
  const masked = async (round: Round, draft: Draft) =>
    maskDraft(round.definition, draft, { allowed, names: await namesKeptOut(deps.db, round) });
  inForm(ids.edit, async (begun) => {
    const { round, draft } = begun;
    return screenOf(begun, (await masked(round, draft)).screen, draft);
  });
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
    return kept.kind === 'kept' ? show(screenOf(begun, at.screen + 1, draft)) : stay(sent, kept);
  });

  // Slack tells that the form was closed; where it also tells what stood in it, that is kept.
  to.onClose(answerWindow, async ({ actor, carried: at, window }) => {
    if (window.inputs().length === 0) return;
    const begun = await beginAnswer(deps, actor, at.round);
    if (begun.kind !== 'form') return void (await over(begun, { actor, window, at }));
    const { draft } = takeScreen(asTyped(begun.round.definition), at.screen, window, begun.draft);
    if (!isDeepStrictEqual(draft, begun.draft)) await keepDraft(deps, actor, at.round, draft);
  });

  to.onSend(warnWindow, async ({ actor, carried: at, window, show, answer }) => {
    const begun = await beginAnswer(deps, actor, at.round);
    if (begun.kind !== 'form') return answer(await over(begun, { actor, window, at }));
    const { round, draft } = begun;
    const seen = await masked(round, draft);
    await keepDraft(deps, actor, round.id, seen.draft);
    await show(screenOf(begun, seen.screen, seen.draft, maskedNote(seen.kinds)));
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
        const offer = isChange ? [] : await deps.offerAfter?.(actor.person.id, round.id);
        const texts = wordsOf(round.definition, draft);
        const how = {
          isChange,
          isOpen: isOpen(round, deps.clock.now()),
          offer,
          reflect: deps.reflectButton,
          texts,
        };
        await show(receiptView(round, how, signposts));
        return;
      }
      case 'found': {
        const { definition } = outcome.round;
        const by = { allowed, names: await namesKeptOut(deps.db, outcome.round) };
        const seen = seenIn(definition, draft, by);
        await show(warnView(outcome.findings, { at, definition, signposts, seen }));
        return;
      }
      case 'empty':
        return refuse(nothingFilledIn);
      default:
        return how.asItIs ? answer(await over(outcome, { actor, window, at })) : stay(sent, outcome);
    }
  }

  /** Where what was typed could not be kept aside, the form stays with it, to copy. */
  async function stay(
    { actor, carried: at, window, refuse, answer }: Omit<Sending, 'show'>,
    refusal: Refusal,
  ): Promise<void> {
    const zone = zoneOf(deps, actor);
    if (refusal.kind === 'already-answered' || refusal.kind === 'not-yours')
      return answer(await over(refusal, { actor, window, at }));
    const draft = await everythingTyped(deps, actor, refusal.round, { window, screen: at.screen });
    const kept = await keepLate(deps, actor, refusal, draft);
    await (kept ? answer(keptAside(refusal, kept, zone)) : refuse(stillThere(refusal, zone)));
  }
}
