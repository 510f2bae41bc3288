import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { View } from '@slack/types';
import { z } from 'zod';
import type { Actor } from '../../../community/permissions.ts';
import { publicContacts } from '../../../safeguarding/signposts.ts';
import { usableZone } from '../../../scheduler/calendar.ts';
import type { Answer } from '../../../slack/answer.ts';
import { modal, section, written } from '../../../slack/blocks.ts';
import { actorIn, answerClick, pressedValue } from '../../../slack/legacy.ts';
import { openOnTop } from '../../../slack/modals.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { updateSent } from '../asking/messages.ts';
import { settledBlocks } from '../asking/views.ts';
import type { CheckInDeps } from '../deps.ts';
import { stateOf } from '../form-state.ts';
import { blocks, ids, questionBlock } from '../ids.ts';
import { readMine, readMyAnswers } from '../mine/read.ts';
import { mineAnswer, myAnswersAnswer } from '../mine/views.ts';
import type { Round } from '../store.ts';
import { beginAnswer, keepDraft, readDraftWords, sendAnswers, withdrawAnswers } from './answer.ts';
import { type Draft, emptyDraft, maskDraft, screensOf, takeScreen, wordsOf } from './draft.ts';
import { isOpen, type Refusal } from './may-answer.ts';
import { startOwn } from './own.ts';
import {
  type FormParts,
  formView,
  receiptView,
  refusalAnswer,
  saying,
  sayRefusal,
  warnView,
} from './views.ts';

/** What a form carries through the person's client: which round, which screen. Rights are checked again. */
const formMetadata = z.object({ round: z.string(), screen: z.number().int().min(0).max(20) });

const readMetadata = (view: { private_metadata?: string } | undefined) => {
  try {
    return formMetadata.safeParse(JSON.parse(view?.private_metadata ?? '')).data;
  } catch {
    return undefined;
  }
};

/** The form itself, and one's own answers. */
export function listenForAnswers(app: App, deps: CheckInDeps): void {
  const zoneOf = (context: Parameters<typeof actorIn>[0]): string =>
    usableZone(actorIn(context).person.timeZone, deps.timeZone);
  const form = (round: Round, screen: number, draft: Draft, note?: FormParts['note']): View =>
    formView({
      definition: round.definition,
      screen,
      draft,
      metadata: JSON.stringify({ round: round.id, screen }),
      signposts: deps.signposts,
      ...(note && { note }),
    });
  const screen = (answer: Answer): View =>
    modal({ callbackId: 'checkins.said', title: answer.title ?? 'Check-in', blocks: answer.blocks });

  /** Too late. The form is not on the screen any more, so whatever was written in it, on any screen, is put here to copy. */
  const tooLate = async (
    refusal: Refusal,
    at: z.output<typeof formMetadata>,
    context: Parameters<typeof actorIn>[0],
    view: unknown,
  ): Promise<View> => {
    const { blocks: why } = refusalAnswer(refusal, zoneOf(context));
    const kept = await readDraftWords(deps, actorIn(context), at.round);
    const typed =
      refusal.kind === 'not-yours'
        ? []
        : wordsOf(takeScreen(refusal.round.definition, at.screen, stateOf(view), emptyDraft).draft);
    const words = [...new Set([...kept, ...typed])];
    return saying('Check-in', [...why, ...words.flatMap((text) => written(text))]);
  };

  app.action<BlockAction>(ids.answer, async ({ ack, body, action, client, context, respond }) => {
    await ack();
    const begun = await beginAnswer(deps, actorIn(context), pressedValue(action));
    if (begun.kind !== 'form') {
      await answerClick(body, client, respond)(refusalAnswer(begun, zoneOf(context)));
      return;
    }
    await openOnTop(body, client, form(begun.round, 0, begun.draft));
  });

  app.action<BlockAction>(ids.own, async ({ ack, body, action, client, context, respond }) => {
    await ack();
    const actor = actorIn(context);
    const own = await startOwn(deps, actor.person.id, pressedValue(action));
    const begun = await beginAnswer(deps, actor, own?.roundId ?? '');
    if (begun.kind !== 'form') {
      await answerClick(body, client, respond)(refusalAnswer(begun, zoneOf(context)));
      return;
    }
    await openOnTop(body, client, form(begun.round, 0, begun.draft));
  });

  app.action<BlockAction>(ids.back, async ({ ack, body, client, context }) => {
    await ack();
    const at = readMetadata(body.view);
    if (!at || !body.view) return;
    const actor = actorIn(context);
    const begun = await beginAnswer(deps, actor, at.round);
    if (begun.kind !== 'form') {
      await client.views.update({
        view_id: body.view.id,
        view: await tooLate(begun, at, context, body.view),
      });
      return;
    }
    // What cannot be taken yet (too many ticked) is not kept, but nothing that can be is lost.
    const { draft } = takeScreen(begun.round.definition, at.screen, stateOf(body.view), begun.draft);
    await keepDraft(deps, actor, at.round, draft);
    await client.views.update({
      view_id: body.view.id,
      view: form(begun.round, Math.max(0, at.screen - 1), draft),
    });
  });

  app.view<ViewSubmitAction>(ids.formView, async ({ ack, view, context }) => {
    const at = readMetadata(view);
    // Not acknowledged here, an unknown form stays open with its words.
    if (!at) return;
    const actor = actorIn(context);
    const begun = await beginAnswer(deps, actor, at.round);
    if (begun.kind !== 'form') {
      if (at.screen === 0) await refuse(ack, begun, at.screen, zoneOf(context));
      else await ack({ response_action: 'update', view: await tooLate(begun, at, context, view) });
      return;
    }
    const { round } = begun;
    const { draft, errors } = takeScreen(round.definition, at.screen, stateOf(view), begun.draft);
    if (Object.keys(errors).length > 0) {
      await ack({ response_action: 'errors', errors });
      return;
    }
    if (at.screen < screensOf(round.definition).length - 1) {
      const kept = await keepDraft(deps, actor, round.id, draft);
      if (kept.kind !== 'kept') await refuse(ack, kept, at.screen, zoneOf(context));
      else await ack({ response_action: 'update', view: form(round, at.screen + 1, draft) });
      return;
    }
    await send({ ack, context }, at, draft, false);
  });

  app.view<ViewSubmitAction>(ids.warnView, async ({ ack, view, context }) => {
    const at = readMetadata(view);
    const begun = at && (await beginAnswer(deps, actorIn(context), at.round));
    if (!at || !begun) {
      await ack();
      return;
    }
    if (begun.kind !== 'form') {
      await ack({ response_action: 'update', view: await tooLate(begun, at, context, view) });
      return;
    }
    await send({ ack, context }, at, begun.draft, true);
  });

  type Submission = Pick<SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs, 'ack' | 'context'>;

  async function send(
    { ack, context }: Submission,
    at: z.output<typeof formMetadata>,
    draft: Draft,
    asItIs: boolean,
  ): Promise<void> {
    const outcome = await sendAnswers(deps, actorIn(context), at.round, draft, { asItIs });
    switch (outcome.kind) {
      case 'sent': {
        const open = isOpen(outcome.round, deps.clock.now());
        const view = receiptView(
          outcome.round.definition,
          outcome.round.id,
          { isChange: outcome.isChange, isOpen: open },
          deps.signposts,
        );
        await ack({ response_action: 'update', view });
        await thank(actorIn(context), outcome.round, outcome.laterCount);
        return;
      }
      case 'found': {
        const view = warnView(outcome.round.definition, outcome.findings, JSON.stringify(at), deps.signposts);
        await ack({ response_action: 'update', view });
        return;
      }
      case 'empty':
        await ack({
          response_action: 'errors',
          errors: {
            [fieldOf(outcome.round, at.screen)]:
              'Nothing is filled in yet. Answer any one question to send it, or close this and press “Skip this one”.',
          },
        });
        return;
      default:
        await refuse(ack, outcome, at.screen, zoneOf(context));
    }
  }

  async function thank(actor: Actor, round: Round, laterCount: number): Promise<void> {
    const button =
      round.definition.mode === 'group'
        ? undefined
        : { text: 'See my answers', actionId: ids.mine, value: round.id };
    const { label } = round.definition;
    await updateSent(
      deps,
      { roundId: round.id, personId: actor.person.id, laterCount },
      {
        text: 'Thank you, answered',
        blocks: settledBlocks(`Thank you, answered: ${label}${/[.?!]$/.test(label) ? '' : '.'}`, button),
      },
    );
  }

  for (const what of [ids.mask, ids.edit])
    app.action<BlockAction>(what, async ({ ack, body, client, context }) => {
      await ack();
      const at = readMetadata(body.view);
      if (!at || !body.view) return;
      const actor = actorIn(context);
      const begun = await beginAnswer(deps, actor, at.round);
      const view_id = body.view.id;
      if (begun.kind !== 'form') {
        await client.views.update({ view_id, view: await tooLate(begun, at, context, body.view) });
        return;
      }
      const masked = maskDraft(
        begun.round.definition,
        begun.draft,
        deps.signposts && publicContacts(deps.signposts),
      );
      if (what === ids.edit) {
        await client.views.update({ view_id, view: form(begun.round, masked.screen, begun.draft) });
        return;
      }
      await keepDraft(deps, actor, at.round, masked.draft);
      const note = mrkdwn`What we saw is masked. Please read it once more, then send it.`;
      await client.views.update({ view_id, view: form(begun.round, masked.screen, masked.draft, note) });
    });

  app.action<BlockAction>(ids.mine, async ({ ack, body, action, client, context }) => {
    await ack();
    const found = await readMyAnswers(deps, actorIn(context), pressedValue(action));
    await openOnTop(body, client, screen(myAnswersAnswer(found)));
  });

  app.action<BlockAction>(ids.withdraw, async ({ ack, body, action, client, context, respond }) => {
    await ack();
    const outcome = await withdrawAnswers(deps, actorIn(context), pressedValue(action));
    const words = {
      withdrawn: 'Your answers are deleted, and that you had answered as well.',
      'too-late': 'The summary has been made, so your answers cannot be taken out of it any more.',
      'nothing-there': 'There are no answers of yours here any more.',
    }[outcome.kind];
    const again = outcome.kind === 'withdrawn' && outcome.canAnswerAgain;
    await answerClick(
      body,
      client,
      respond,
    )({
      text: words,
      title: 'My answers',
      blocks: settledBlocks(
        words,
        again ? { text: 'Answer again', actionId: ids.answer, value: outcome.round.id } : undefined,
      ),
    });
  });

  for (const actionId of [ids.mineList, `${ids.mineList}.older`])
    app.action<BlockAction>(actionId, async ({ ack, body, action, client, context, respond }) => {
      await ack();
      const page = Number.parseInt(pressedValue(action), 10) || 0;
      const mine = await readMine(deps, actorIn(context));
      await answerClick(body, client, respond)(mineAnswer(mine, Math.max(0, page), zoneOf(context)));
    });
}

/** The first input on a screen: where an error can stand that is about the whole. */
function fieldOf(round: Round, screen: number): string {
  const index = screensOf(round.definition)[screen]?.[0];
  return index === undefined ? blocks.share : questionBlock(index);
}

type Ack = SlackViewMiddlewareArgs<ViewSubmitAction>['ack'];

/**
 * A submission that comes too late. What was typed stays in front of the person, with the reason, so that they can copy
 * it; only who has answered already is told so instead.
 */
async function refuse(ack: Ack, refusal: Refusal, screen: number, zone: string): Promise<void> {
  const words = sayRefusal(refusal, zone);
  if (refusal.kind === 'already-answered' || refusal.kind === 'not-yours') {
    await ack({ response_action: 'update', view: saying('Check-in', [section(mrkdwn`${words}`)]) });
    return;
  }
  await ack({
    response_action: 'errors',
    errors: {
      [fieldOf(refusal.round, screen)]: `${words} Nothing was sent; you can still copy what you wrote.`,
    },
  });
}
