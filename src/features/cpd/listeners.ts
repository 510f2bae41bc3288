import type { View } from '@slack/types';
import type { Actor } from '../../community/permissions.ts';
import { asModal } from '../../slack/answer.ts';
import { wantedPage } from '../../slack/paging.ts';
import type { Command } from '../../slack/router.ts';
import type { Click, Routes } from '../../slack/routes.ts';
import { begin, choose, tick, usual } from './choosing/choose.ts';
import {
  chooseForm,
  chooseView,
  chooseWindow,
  endsBefore,
  entriesForm,
  entriesView,
  entriesWindow,
  missing,
  noEntriesView,
  nothingTicked,
  packedWay,
  pageOfEntries,
  type Ticking,
} from './choosing/views.ts';
import { recordOf, takesEntries } from './content.ts';
import type { CpdDeps } from './deps.ts';
import { type Chosen, findChosen, offeredFor, tickable } from './entries.ts';
import { sayHours } from './fields.ts';
import { type Filling, fill, fillAsLeft, lookAt, openFilling } from './filling/fill.ts';
import {
  blockOf,
  fillView,
  fillWindow,
  hoursOffered,
  overviewView,
  packedFilling,
  typedIn,
} from './filling/views.ts';
import { ids } from './ids.ts';
import { makeRecord } from './taking/document.ts';
import { lookOver } from './taking/look.ts';
import { copyView, lookView } from './taking/views.ts';
import { commandHelp, goneView, keepsNothing, nothingChosen, windowOffer } from './views.ts';

export const cpdCommand = (deps: CpdDeps): Command => ({
  word: 'cpd',
  isTakingPart: true,
  aliases: ['record', 'portfolio', 'revalidation', 'cpd record', 'my record', 'my portfolio', 'my cpd'],
  takes: [],
  help: commandHelp,
  async run({ actor, open, answer }) {
    if (!open) return answer(windowOffer);
    await open(await beginView(deps, actor));
  },
});

async function beginView(deps: CpdDeps, actor: Actor): Promise<View> {
  const outcome = await begin(deps, actor);
  return outcome.kind === 'begin' ? chooseView(deps.forms, outcome.beginning) : asModal(keepsNothing);
}

/** Everything is answered with a window: private words are shown nowhere else. */
export function listen(to: Routes, deps: CpdDeps): void {
  const { forms: content, signposts } = deps;

  for (const id of [ids.open, ids.change])
    to.onClick(id, async ({ actor, replace }) => replace(await beginView(deps, actor)));

  // Another record has dates and forms of its own; anything else stands in the window as it was chosen.
  to.onClick(ids.live, async ({ actor, window, replace }) => {
    const carried = window && chooseWindow.carries.open(window.metadata);
    if (!carried) return;
    const { record: wanted } = window.read(chooseForm(content, carried.record)).partly;
    const record = wanted === undefined || wanted === carried.record ? undefined : recordOf(content, wanted);
    if (record) await replace(chooseView(content, usual(deps, actor, record)));
  });

  to.onSend(chooseWindow, async ({ actor, carried, window, refuse, show }) => {
    const form = chooseForm(content, carried.record);
    // What is left out of the window, since this record has no use for it, cannot be filled in.
    const { record: recordId, from, until, forms = [] } = window.read(form).partly;
    const beside = (name: keyof typeof missing, words = missing[name]) =>
      refuse({ [form.blockOf(name)]: words });
    if (recordId === undefined) return beside('record');
    const record = recordOf(content, recordId);
    // Sent sooner than the window could follow the choice.
    if (!record || recordId !== carried.record)
      return void (await show(chooseView(content, record && usual(deps, actor, record))));
    if (from === undefined) return beside('from');
    if (until === undefined) return beside('until');
    if (until < from) return beside('until', endsBefore);
    const chosen = record.forms.length > 1 ? record.forms.filter((id) => forms.includes(id)) : record.forms;
    if (chosen.length === 0) return beside('forms');
    if (!(await choose(deps, actor, { record: recordId, from, until, forms: chosen })))
      return void (await show(asModal(keepsNothing)));
    await show(await tickingView(actor, { form: 0, page: 0, turn: 0 }));
  });

  const hasOtherPages = ({ forms }: Chosen) => forms.some((one) => !takesEntries(one));

  async function tickingView(actor: Actor, wanted: Ticking): Promise<View> {
    const chosen = await findChosen(deps, actor);
    if (!chosen) return asModal(nothingChosen);
    if (chosen.toTick.length === 0) return overviewView(content, chosen);
    if (tickable(chosen).length === 0) return noEntriesView(chosen, deps.writeButton, hasOtherPages(chosen));
    return entriesView(chosen, wanted);
  }

  /** Keeps what is ticked in the window, so that turning its page loses nothing. */
  async function keepTicks({ actor, window }: Pick<Click, 'actor' | 'window'>) {
    const carried = window && entriesWindow.carries.open(window.metadata);
    const chosen = carried && (await findChosen(deps, actor));
    const form = carried && chosen && tickable(chosen)[carried.form];
    if (!chosen || !form) return undefined;
    const shown = pageOfEntries(chosen, form, carried.page).shown.map(({ id }) => id);
    const { entries = [] } = window.read(entriesForm(form.id, carried)).partly;
    await tick(deps, actor, form.id, { shown, ticked: entries });
    return { carried, form, offered: offeredFor(chosen, form).map(({ id }) => id) };
  }

  to.onClick(ids.entries, packedWay, async (click) => {
    const { actor, carried, replace } = click;
    const kept = await keepTicks(click);
    if (kept && carried.way !== 'page')
      await tick(deps, actor, kept.form.id, {
        shown: kept.offered,
        ticked: carried.way === 'all' ? kept.offered : [],
      });
    const before = kept?.carried ?? { form: 0, turn: 0 };
    const turn = before.turn + (carried.way === 'page' ? 0 : 1);
    await replace(await tickingView(actor, { form: before.form, page: carried.page, turn }));
  });

  to.onSend(entriesWindow, async ({ actor, carried, window, refuse, show }) => {
    const kept = await keepTicks({ actor, window });
    const chosen = await findChosen(deps, actor);
    if (!kept || !chosen) return void (await show(asModal(nothingChosen)));
    if (carried.form + 1 < tickable(chosen).length)
      return void (await show(await tickingView(actor, { form: carried.form + 1, page: 0, turn: 0 })));
    if (chosen.ticked.length === 0 && !hasOtherPages(chosen)) return refuse(nothingTicked);
    await show(overviewView(content, chosen));
  });

  const overview = async (actor: Actor, page = 0): Promise<View> => {
    const chosen = await findChosen(deps, actor);
    return chosen ? overviewView(content, chosen, page) : asModal(nothingChosen);
  };
  for (const id of [ids.overview, ids.overviewPage])
    to.onClick(id, async ({ actor, value, replace }) => replace(await overview(actor, wantedPage(value))));

  async function filling(actor: Actor, wanted: Filling): Promise<View> {
    const opened = await openFilling(deps, actor, wanted);
    if (!opened) return goneView();
    const looked = lookAt(deps, opened, 'none', opened.answers);
    return fillView(content, opened, {
      signposts,
      findings: looked.kind === 'doubtful' ? looked.findings : [],
    });
  }
  to.onClick(ids.fill, packedFilling, async ({ actor, carried, replace }) =>
    replace(await filling(actor, carried)),
  );

  type Typing = Pick<Click, 'actor' | 'window'>;
  /** What was typed on the step that is in sight. */
  async function readTyped({ actor, window }: Typing) {
    const carried = window && fillWindow.carries.open(window.metadata);
    const opened = carried && (await openFilling(deps, actor, carried));
    return opened && { carried, opened, typed: typedIn(window, opened, carried) };
  }

  /** @returns `doubtful` where it seems to hold something that was not asked about yet: then nothing is kept. */
  async function keepTyped(typing: Typing) {
    const read = await readTyped(typing);
    if (!read) return { kind: 'gone' } as const;
    const { carried, opened, typed } = read;
    const looked = lookAt(deps, opened, carried.doubt, typed);
    if (looked.kind === 'settled') return fill(deps, typing.actor, carried, looked.typed);
    const { findings } = looked;
    const { hasHours } = carried;
    return {
      kind: 'doubtful',
      view: fillView(content, opened, { signposts, typed, findings, hasHours }),
    } as const;
  }

  const doubtIn = ({ window }: Typing) => window && fillWindow.carries.open(window.metadata)?.doubt;

  /** Whole as it was typed: nobody's words are changed unasked. */
  async function keepAsLeft(typing: Typing): Promise<void> {
    const read = await readTyped(typing);
    if (!read) return;
    const { carried, typed } = read;
    await fillAsLeft(deps, typing.actor, carried, typed, { wasAsked: carried.doubt === 'kept' });
  }

  for (const id of [ids.fillBack, ids.fillOut])
    to.onClick(id, async (click) => {
      const { actor, value, replace } = click;
      // Only the green button masks: whoever goes away from the question is asked again.
      if (doubtIn(click) === 'warned') await keepAsLeft(click);
      else {
        const outcome = await keepTyped(click);
        if (outcome.kind === 'doubtful') return replace(outcome.view);
      }
      const back = packedFilling.open(value ?? '');
      await replace(back ? await filling(actor, back) : await overview(actor));
    });

  to.onClick(ids.fillAsItIs, async (click) => {
    const read = await readTyped(click);
    await click.replace(
      read
        ? fillView(content, read.opened, {
            signposts,
            typed: read.typed,
            hasHours: read.carried.hasHours,
            isKept: true,
          })
        : goneView(),
    );
  });

  // It stands in the field, and is kept with the rest once its writer saves it.
  to.onClick(ids.fillHours, async (click) => {
    const read = await readTyped(click);
    const offer = read && hoursOffered(read.opened);
    if (!offer) return;
    const { carried, opened, typed } = read;
    await click.replace(
      fillView(content, opened, {
        signposts,
        typed: { ...typed, [offer.key]: sayHours(offer.hours) },
        hasHours: true,
        isKept: carried.doubt === 'kept',
      }),
    );
  });

  to.onSend(fillWindow, async ({ actor, carried, window, refuse, show }) => {
    const outcome = await keepTyped({ actor, window });
    if (outcome.kind === 'doubtful') return void (await show(outcome.view));
    if (outcome.kind === 'wrong')
      return refuse(
        Object.fromEntries(
          Object.entries(outcome.problems).map(([key, words]) => [blockOf(carried, key), words]),
        ),
      );
    if (outcome.kind !== 'kept') return void (await show(goneView()));
    await show(
      outcome.isLast ? await overview(actor) : await filling(actor, { ...carried, step: carried.step + 1 }),
    );
  });

  // Slack tells that a window was closed; where it also tells what stood in it, that is kept. Nobody is there to be asked
  // any more: they are when they open it again, and at the last look before anything leaves.
  to.onClose(fillWindow, async ({ actor, window }) => {
    if (window.inputs().length > 0) await keepAsLeft({ actor, window });
  });

  to.onClick(ids.look, async ({ actor, replace }) => {
    const made = await makeRecord(deps, actor);
    await replace(
      made ? lookView(content, made.document, await lookOver(deps, made.document)) : asModal(nothingChosen),
    );
  });

  for (const id of [ids.copy, ids.copyPage])
    to.onClick(id, async ({ actor, value, replace }) => {
      const made = await makeRecord(deps, actor);
      await replace(made ? copyView(made.document, wantedPage(value)) : asModal(nothingChosen));
    });
}
