import type { View } from '@slack/types';
import { findPersonBySlackId } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import type { Routes, Window } from '../../../slack/routes.ts';
import { asTyped, withRoomFor } from '../answering/form.ts';
import type { Prompts } from '../asking/prompts.ts';
import { countPapers } from '../asking/store.ts';
import { type CheckInDeps, zoneOf } from '../deps.ts';
import { ids } from '../ids.ts';
import type { Round } from '../store.ts';
import {
  bringList,
  dropList,
  enterPaper,
  findBegunPaper,
  keepBegunPaper,
  noteOnPaper,
  readOnPaper,
  removeEntered,
  takeBroughtList,
} from './enter.ts';
import { findForPaper, type PaperRefusal } from './may-enter.ts';
import {
  begunPaper,
  dryRunView,
  listForm,
  listGone,
  listView,
  maskedOnPaper,
  noList,
  nothingFilledIn,
  notMeant,
  oneForm,
  oneView,
  oneWindow,
  type PaperPlace,
  paperSaid,
  paperView,
  readAnswers,
  readingList,
  removed,
  savedNote,
  sayListProblem,
  sayNoted,
  sayPaperRefusal,
  sayTaken,
  takePlaceOf,
  takeWindow,
  tooMany,
  unreadFile,
  whoForm,
  whoView,
} from './views.ts';

/** Answers on paper: one after another, as a list, who gave them, and beginning again. */
export function listenToPaper(to: Routes, deps: CheckInDeps, prompts: Prompts): void {
  const refused = (refusal: PaperRefusal, actor: Actor): View =>
    paperSaid(sayPaperRefusal(refusal, zoneOf(deps, actor)));

  async function whenOpen(actor: Actor, id: string, view: (round: Round) => View | Promise<View>) {
    const found = await findForPaper(deps.db, deps.clock.now(), actor, id);
    return found.kind === 'open' ? view(found.round) : refused(found, actor);
  }

  /** What stands in the form of one, that it is there when somebody comes back to it. */
  async function keepTyped(actor: Actor, place: PaperPlace, window: Window): Promise<void> {
    const found = await findForPaper(deps.db, deps.clock.now(), actor, place.round);
    if (found.kind !== 'open' || window.inputs().length === 0) return;
    const definition = asTyped(found.round.definition);
    const { partly } = window.read(oneForm(definition, place));
    await keepBegunPaper(deps, actor, place.round, readAnswers(definition, partly));
  }

  // These two in place of the window they are opened from: of one on top of another Slack does not tell what stood in it
  // when both are closed.
  to.onClick(ids.paper, async ({ actor, value, window, replace }) => {
    const place = window && oneWindow.carries?.open(window.metadata);
    if (place) await keepTyped(actor, place, window);
    await replace(
      await whenOpen(actor, value, async (round) => paperView(round, await countPapers(deps.db, round.id))),
    );
  });

  to.onClick(ids.paperOne, async ({ actor, value, replace }) =>
    replace(
      await whenOpen(actor, value, async (round) => {
        const answers = await findBegunPaper(deps, actor, round.id);
        const place = { round: round.id, paper: await countPapers(deps.db, round.id), seen: false };
        if (!answers) return oneView(round, place);
        const definition = withRoomFor(round.definition, { answers, share: false });
        return oneView({ ...round, definition }, place, { answers, note: begunPaper });
      }),
    ),
  );

  to.onClose(oneWindow, ({ actor, carried, window }) => keepTyped(actor, carried, window));

  to.onSend(oneWindow, async ({ actor, carried: place, window, refuse, show }) => {
    const found = await findForPaper(deps.db, deps.clock.now(), actor, place.round);
    // What was typed stays in front of them.
    if (found.kind !== 'open') return refuse(sayPaperRefusal(found, zoneOf(deps, actor)));
    const { definition } = found.round;
    const form = oneForm(definition, place);
    const read = window.read(form);
    if (read.kind === 'problems')
      return refuse(
        Object.fromEntries(
          Object.entries(read.problems).map(([name, words]) => [
            form.blockOf(name as `question-${number}`),
            words ?? '',
          ]),
        ),
      );
    const answers = readAnswers(definition, read.values);
    const entered = await enterPaper(deps, actor, place.round, answers, { asItIs: place.seen });
    switch (entered.kind) {
      case 'entered': {
        const next = { round: place.round, paper: place.paper + 1, seen: false };
        await show(oneView(entered.round, next, { note: savedNote(next.paper) }));
        return;
      }
      case 'masked':
        await show(
          oneView(entered.round, { ...place, seen: true }, { answers: entered.answers, note: maskedOnPaper }),
        );
        return;
      case 'empty':
        return refuse(nothingFilledIn);
      case 'too-many':
        return refuse(tooMany);
      default:
        return refuse(sayPaperRefusal(entered, zoneOf(deps, actor)));
    }
  });

  to.onClick(ids.paperList, async ({ actor, value, replace }) =>
    replace(await whenOpen(actor, value, (round) => listView(round))),
  );

  to.onSend(listForm, async ({ actor, carried, values: { text, file }, refuse, show }) => {
    const again = (problem: string) => whenOpen(actor, carried.round, (round) => listView(round, problem));
    if (!file) {
      if (text === '') return refuse({ text: noList });
      const brought = await bringList(deps, actor, carried.round, text);
      if (brought.kind === 'unreadable') return refuse({ text: sayListProblem(brought.problem) });
      if (brought.kind !== 'read') return refuse({ text: sayPaperRefusal(brought, zoneOf(deps, actor)) });
      await show(dryRunView(brought));
      return;
    }
    await show(readingList());
    const fetched = await deps.readFile(file);
    if (fetched.kind !== 'bytes') {
      await show(await again(unreadFile[fetched.kind]));
      return;
    }
    const brought = await bringList(deps, actor, carried.round, fetched.bytes);
    if (brought.kind === 'unreadable') await show(await again(sayListProblem(brought.problem)));
    else await show(brought.kind === 'read' ? dryRunView(brought) : refused(brought, actor));
  });

  async function taken(actor: Actor, { round, list }: { round: string; list: string }, onlyNew: boolean) {
    const entered = await takeBroughtList(deps, actor, round, list, { onlyNew });
    switch (entered.kind) {
      // What is in by now stands with it: of a window beneath, the number would be the old one.
      case 'entered':
        return paperView(entered.round, await countPapers(deps.db, round), sayTaken(entered.papers));
      case 'empty':
      case 'masked':
        return paperSaid(listGone);
      case 'too-many':
        return paperSaid(tooMany);
      default:
        return refused(entered, actor);
    }
  }

  to.onSend(
    takeWindow,
    async ({ actor, carried, show }) => void (await show(await taken(actor, carried, false))),
  );
  to.onClick(ids.paperTakeNew, takePlaceOf, async ({ actor, carried, replace }) =>
    replace(await taken(actor, carried, true)),
  );

  to.onClose(takeWindow, ({ actor, carried: { round, list } }) => dropList(deps, actor, round, list));

  to.onClick(ids.paperWho, async ({ actor, value, replace }) => {
    const found = await readOnPaper(deps, actor, value);
    await replace(found.kind === 'people' ? whoView(found) : refused(found, actor));
  });

  to.onSend(whoForm, async ({ actor, carried: { round }, values: { people }, refuse, show }) => {
    const found = await readOnPaper(deps, actor, round);
    if (found.kind !== 'people') return void (await show(refused(found, actor)));
    const chosen = found.members.filter(({ slackId }) => people.includes(slackId));
    const others = people.filter((slackId) => !chosen.some((one) => one.slackId === slackId));
    if (others.length > 0) {
      const known = await Promise.all(others.map((slackId) => findPersonBySlackId(deps.db, slackId)));
      const names = known.flatMap((person) => person?.displayName || []);
      return refuse({ people: notMeant(names, others.length) });
    }
    const personIds = chosen.map(({ id }) => id);
    const noted = await noteOnPaper(deps, prompts, actor, round, personIds);
    await show(
      noted.kind === 'noted'
        ? paperView(noted.round, await countPapers(deps.db, round), sayNoted(noted.people))
        : refused(noted, actor),
    );
  });

  to.onClick(ids.paperRemove, async ({ actor, value, replace }) => {
    const outcome = await removeEntered(deps, actor, value);
    await replace(
      outcome.kind === 'removed' ? paperView(outcome.round, 0, removed) : refused(outcome, actor),
    );
  });
}
