import type { Actor } from '../../../community/permissions.ts';
import { packedId } from '../../../slack/packed.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { CheckInDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import type { InRound } from '../results/hide-words.ts';
import { findQuotable, leaveOut, prepareQuote, requestQuote } from './ask.ts';
import { type Decision, decideQuote, listOwnQuotes } from './mine.ts';
import {
  chooseForm,
  chooseView,
  cutForm,
  cutView,
  decidedNote,
  doneNote,
  notTheirs,
  notThere,
  ownQuotesView,
  packedQuotes,
  packedWords,
  sendView,
  sendWindow,
} from './views.ts';

const first = { page: 0, from: 0 };

/** Words for the report: chosen and cut by those who run the group, allowed by whoever wrote them. */
export function listenToQuoting(to: Routes, deps: CheckInDeps): void {
  async function choosing(actor: Actor, at: InRound & { page: number; from: number }, note?: string) {
    const found = await findQuotable(deps, actor, at);
    return found.kind === 'found' ? chooseView(found, at, note) : notTheirs;
  }

  to.onClick(ids.quote, packedQuotes, async ({ actor, carried, open }) =>
    open(await choosing(actor, carried)),
  );
  to.onClick(`${ids.quote}.`, packedQuotes, async ({ actor, carried, replace }) =>
    replace(await choosing(actor, carried)),
  );

  to.onSend(chooseForm, async ({ actor, carried, values, show }) => {
    const found = await findQuotable(deps, actor, carried);
    if (found.kind !== 'found') return void (await show(notTheirs));
    const one = found.all.find(({ mark, stands }) => mark === values.mark && stands === 'free');
    await show(one && !found.isReported ? cutView(found, one) : chooseView(found, carried, notThere));
  });

  to.onSend(cutForm, async ({ actor, carried, values, show, refuse }) => {
    const prepared = await prepareQuote(deps, actor, carried, values.quote);
    switch (prepared.kind) {
      case 'wrong':
        return refuse({ quote: prepared.words });
      case 'ready':
        return void (await show(sendView(prepared.found, prepared.one, prepared.says)));
      case 'gone':
        return void (await show(await choosing(actor, { ...carried, ...first }, notThere)));
      case 'not-allowed':
        return void (await show(notTheirs));
    }
  });

  to.onSend(sendWindow, async ({ actor, carried, show }) => {
    const requested = await requestQuote(deps, actor, carried, carried.says);
    const note =
      requested.kind === 'asked' || requested.kind === 'chosen' ? doneNote(requested.kind) : notThere;
    await show(await choosing(actor, { ...carried, ...first }, note));
  });

  for (const [id, isOut] of [
    [ids.quoteOut, true],
    [ids.quoteIn, false],
  ] as const)
    to.onClick(id, packedWords, async ({ actor, carried, replace }) => {
      const found = await leaveOut(deps, actor, carried, isOut);
      await replace(found.kind === 'found' ? chooseView(found, first) : notTheirs);
    });

  to.onClick(ids.quotesOfMine, async ({ actor, open }) =>
    open(ownQuotesView(await listOwnQuotes(deps, actor))),
  );
  for (const [id, decision] of [
    [ids.quoteYes, 'yes'],
    [ids.quoteNo, 'no'],
    [ids.quoteBack, 'take-back'],
  ] as const satisfies readonly (readonly [string, Decision])[])
    to.onClick(id, packedId, async ({ actor, carried, replace }) => {
      const decided = await decideQuote(deps, actor, carried, decision);
      await replace(ownQuotesView(await listOwnQuotes(deps, actor), decidedNote[decided]));
    });
}
