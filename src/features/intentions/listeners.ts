import type { KnownBlock, View } from '@slack/types';
import { type Actor, may } from '../../community/permissions.ts';
import { lookThrough } from '../../safeguarding/look-through.ts';
import { urgentAfterWriting } from '../../safeguarding/signposts.ts';
import { asModal } from '../../slack/answer.ts';
import { wantedPage } from '../../slack/paging.ts';
import type { CommandCall } from '../../slack/router.ts';
import type { Click, Routes } from '../../slack/routes.ts';
import type { Mrkdwn } from '../../slack/text.ts';
import { type IntentionDeps, zoneOf } from './deps.ts';
import { ids } from './ids.ts';
import { askAgain, lookBack, removeIntention, stopAsking } from './look-back.ts';
import { beginChange, beginNote, findOwn, keepBegun, keepIntention, wantOffers } from './note.ts';
import { type Intention, listIntentions, longestIntention } from './store.ts';
import {
  askedAgain,
  begunView,
  declined,
  intentionView,
  inWindow,
  keptNow,
  lookedBack,
  lookedBackAnswer,
  mineView,
  noteForm,
  noteView,
  notKept,
  notThere,
  offersOn,
  offersStopped,
  packedMore,
  packedOutcome,
  removed,
  stopped,
  stoppedAnswer,
  toReflectOn,
} from './views.ts';

/** `/chatr try`: what they noted, or the form to note something. */
export async function noteOrLook(deps: IntentionDeps, { actor, answer, open }: CommandCall): Promise<void> {
  if (!open) return answer(inWindow);
  await open(await mineOrNew(deps, actor));
}

/** All of theirs or, where there is nothing yet, the form. */
async function mineOrNew(deps: IntentionDeps, actor: Actor): Promise<View> {
  const { db, vault, reach, signposts } = deps;
  const all = await listIntentions(db, vault, actor.person.id);
  const isAsked = await reach.mayBeAsked(db, actor.person.id);
  return all.length > 0 && may(actor, 'own.read', { ownerId: actor.person.id })
    ? mineView(all, 0, { isAsked, zone: zoneOf(deps, actor.person), hasDeclined: actor.hasDeclined ?? false })
    : begunView(await beginNote(deps, actor, ''), signposts, { isAsked });
}

/** Noting it, looking back, and everything that is one's own. Words are shown in windows only. */
export function listen(to: Routes, deps: IntentionDeps): void {
  const { db, vault, signposts } = deps;
  const around = async ({ person, hasDeclined = false }: Actor) => ({
    isAsked: await deps.reach.mayBeAsked(db, person.id),
    hasDeclined,
    zone: zoneOf(deps, person),
  });
  const listOwn = (actor: Actor) => listIntentions(db, vault, actor.person.id);
  async function showOne(
    actor: Actor,
    one: Intention | undefined,
    note?: Mrkdwn,
    { isFresh = false, above = [] }: { isFresh?: boolean; above?: KnownBlock[] } = {},
  ): Promise<View> {
    if (!one) return asModal(notThere);
    const hasOthers = (await listOwn(actor)).length > 1;
    return intentionView(one, { ...(await around(actor)), note, hasOthers, isFresh, above });
  }

  // In the place of the window it is opened from: of a form on top of another Slack does not tell what stood in it when
  // both are closed.

  to.onClick(ids.note, async ({ actor, value, replace }) =>
    replace(begunView(await beginNote(deps, actor, value), signposts, await around(actor))),
  );
  to.onClick(ids.change, async ({ actor, value, replace }) =>
    replace(begunView(await beginChange(deps, actor, value), signposts, await around(actor))),
  );
  to.onClick(ids.noOffers, async ({ actor, beside }) => {
    await wantOffers(deps, actor, false);
    await beside(offersStopped);
  });
  to.onClick(ids.offerAgain, async ({ actor, answer }) => {
    await wantOffers(deps, actor, true);
    await answer(offersOn);
  });

  to.onSend(noteForm, async ({ actor, carried, values, refuse, show }) => {
    const { doubt, ...which } = carried;
    const looked = lookThrough(deps, doubt, values, { words: longestIntention });
    if (looked.kind === 'doubtful') {
      await show(
        noteView(
          { ...which, ...values },
          {
            ...(await around(actor)),
            findings: looked.findings,
            signposts,
          },
        ),
      );
      return;
    }
    const outcome = await keepIntention(deps, actor, { ...which, ...looked.texts });
    if (outcome.kind === 'declined') return refuse(notKept);
    const kept = outcome.kind === 'kept' ? outcome : undefined;
    await show(
      await showOne(actor, kept?.intention, kept && keptNow(kept.isChange), {
        isFresh: kept?.isChange === false,
        above: urgentAfterWriting(signposts, [looked.texts.words]),
      }),
    );
  });
  to.onClick(ids.keepAsItIs, async ({ actor, window, replace }) => {
    const carried = window && noteForm.carries?.open(window.metadata);
    if (!carried) return;
    const { words = '' } = window.read(noteForm).partly;
    await replace(noteView({ ...carried, words }, { ...(await around(actor)), isKept: true, signposts }));
  });
  to.onClose(noteForm, async ({ actor, carried, window }) => {
    if (window.inputs().length === 0) return;
    const { words = '' } = window.read(noteForm).partly;
    const { doubt: _doubt, ...which } = carried;
    await keepBegun(deps, actor, { ...which, words });
  });

  const showMine = async ({ actor, value, replace }: Click) => {
    if (!may(actor, 'own.read', { ownerId: actor.person.id })) return replace(asModal(declined));
    const all = await listOwn(actor);
    const [only, ...more] = all;
    if (only && more.length === 0) return replace(await showOne(actor, only));
    await replace(mineView(all, wantedPage(value), await around(actor)));
  };
  to.onClick(ids.mine, showMine);
  to.onClick(ids.mineMore, showMine);
  to.onClick(ids.open, async ({ actor, value, replace }) =>
    replace(await showOne(actor, await findOwn(deps, actor, value))),
  );

  to.onClick(ids.outcome, packedOutcome, async (click) => {
    const { actor, carried } = click;
    const after = await lookBack(deps, actor, carried.id, carried.outcome);
    if (click.place === 'modal') return click.replace(await showOne(actor, after, lookedBack));
    await click.instead(after ? lookedBackAnswer(after, await around(actor)) : notThere);
  });
  to.onClick(ids.more, packedMore, async ({ actor, carried, instead }) => {
    const after = await stopAsking(deps, actor, carried.id);
    await instead(after ? stoppedAnswer(after) : notThere);
  });
  to.onClick(ids.stop, async ({ actor, value, replace }) =>
    replace(await showOne(actor, await stopAsking(deps, actor, value), stopped)),
  );
  to.onClick(ids.askAgain, async ({ actor, value, replace }) =>
    replace(await showOne(actor, await askAgain(deps, actor, value), askedAgain)),
  );
  to.onClick(ids.remove, async ({ actor, value, replace }) =>
    replace(asModal((await removeIntention(deps, actor, value)) ? removed : notThere)),
  );
  to.onClick(ids.reflect, async ({ actor, value, replace }) => {
    const found = await findOwn(deps, actor, value);
    await replace(
      found?.words === undefined ? asModal(notThere) : await deps.writeAbout(actor, toReflectOn(found.words)),
    );
  });
}
