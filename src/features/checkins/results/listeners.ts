import type { Button, View } from '@slack/types';
import { type Actor, may } from '../../../community/permissions.ts';
import { lookThrough } from '../../../safeguarding/look-through.ts';
import { asModal } from '../../../slack/answer.ts';
import { packedId } from '../../../slack/packed.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { HomePage } from '../../feature.ts';
import { type CheckInDeps, zoneOf } from '../deps.ts';
import { ids } from '../ids.ts';
import { closeNow } from './close-now.ts';
import {
  canGiveBack,
  findArrival,
  findGivable,
  keepBegunHeard,
  keptMeanwhile,
  longestPart,
  type Prepared,
  postAgain,
  postHeard,
  prepareHeard,
} from './heard/heard.ts';
import { findHeard } from './heard/store.ts';
import {
  heardButton,
  heardDialog,
  heardForm,
  heardNotKept,
  heardNotTheirs,
  packedMark,
  postedAgain,
  postedAnswer,
  previewAnswer,
  whyNotThere,
} from './heard/views.ts';
import { changeHidden, findWords, type InRound } from './hide-words.ts';
import { keepBegunNote, longestNote, namesKeptOutOfNotes, readNotes, writeNote } from './notes.ts';
import { findNamesOf, findQuoted } from './quoted.ts';
import {
  hideDialog,
  hideForm,
  noteLost,
  noteNotKept,
  noteSaved,
  notesButton,
  notesDialog,
  notesForm,
  notesNotTheirs,
} from './reading/views.ts';
import { type Results, readResults } from './results.ts';
import {
  noResultsYet,
  notTheirs,
  packedPage,
  packedWords,
  resultsPage,
  resultsView,
  seeHome,
} from './views.ts';

type Place = NonNullable<ReturnType<typeof packedPage.open>>;

/** Results, their pages, other rounds, and closing early. */
export function listenToResults(to: Routes, deps: CheckInDeps): void {
  const { timeZone: zone, templates } = deps;
  async function results(actor: Actor, { id, page, order: carried, part }: Place): Promise<View> {
    // Another one at each opening; the same while somebody turns the pages.
    const order = carried || deps.random.bytes(6).toString('hex');
    const found = await readResults(deps, actor, id, order);
    switch (found.kind) {
      case 'not-allowed':
        return asModal(notTheirs);
      case 'none-yet':
        return asModal(noResultsYet(found.checkin.definition));
      default: {
        const { smallGroupWarning } = templates;
        return resultsView(found, { page, order, part, zone, smallGroupWarning });
      }
    }
  }

  const inHome = (actor: Actor, at: Place) =>
    deps.turnHome(actor.person.id, { page: pageId, value: packedPage.pack(at) });

  to.onClick(ids.results, packedPage, async ({ actor, carried, place, open }) =>
    place === 'home' ? inHome(actor, carried) : open(await results(actor, carried)),
  );
  to.onClick(ids.words, packedPage, async ({ actor, carried, open }) => open(await results(actor, carried)));
  to.onClick(ids.resultsPage, packedPage, async ({ actor, carried, replace }) =>
    replace(await results(actor, carried)),
  );
  to.onClick(ids.page, packedPage, ({ actor, carried }) => inHome(actor, carried));
  to.onClick(ids.resultsHome, packedPage, async ({ actor, carried, answer }) => {
    const found = await readResults(deps, actor, carried.id, '');
    if (found.kind === 'not-allowed' || found.kind === 'none-yet') return answer(notTheirs);
    await inHome(actor, carried);
    await answer(seeHome(found.round.definition));
  });

  to.onClick(ids.closeNow, async ({ actor, value: id, place, replace }) => {
    await closeNow(deps, actor, id);
    // App Home is published anew by itself.
    if (place !== 'home') await replace(await results(actor, { id, page: 0, order: '', part: 'all' }));
  });

  listenToHiding(to, deps, (actor, { round }) =>
    results(actor, { id: round, page: 0, order: '', part: 'words' }),
  );
  listenToNotes(to, deps);
  listenToHeard(to, deps);
}

function listenToHiding(
  to: Routes,
  deps: CheckInDeps,
  words: (actor: Actor, at: InRound) => Promise<View>,
): void {
  to.onClick(ids.hide, packedWords, async ({ actor, carried: at, open, answer }) => {
    const found = await findWords(deps, actor, at);
    if (found.kind === 'not-allowed') return answer(notTheirs);
    await open(hideDialog(found.words, at, deps.vault.markOf));
  });
  to.onSend(hideForm, async ({ actor, carried, values, show, answer }) => {
    const { hidden: before, ...at } = carried;
    const changed = await changeHidden(deps, actor, at, {
      hide: values.hidden.filter((mark) => !before.includes(mark)),
      show: before.filter((mark) => !values.hidden.includes(mark)),
    });
    if (changed.kind === 'not-allowed') return answer(notTheirs);
    await show(await words(actor, at));
  });
}

function listenToNotes(to: Routes, deps: CheckInDeps): void {
  to.onClick(ids.notes, async ({ actor, value: id, open, answer }) => {
    const notes = await readNotes(deps, actor, id);
    if (notes.kind === 'not-allowed') return answer(notesNotTheirs);
    await open(notesDialog(notes, zoneOf(deps, actor), {}));
  });
  // What was typed stays: the input keeps its id.
  to.onClick(ids.notesAsItIs, async ({ actor, window, replace, answer }) => {
    const at = window && notesForm.carries?.open(window.metadata);
    const notes = at && (await readNotes(deps, actor, at.id));
    if (notes?.kind !== 'notes') return answer(notesNotTheirs);
    await replace(notesDialog(notes, zoneOf(deps, actor), { isKept: true }));
  });
  to.onSend(notesForm, async ({ actor, carried: { id, doubt }, values, show, refuse, answer }) => {
    const names = await namesKeptOutOfNotes(deps, actor, id);
    const findBesides = (text: string) => findNamesOf(text, names);
    const looked = lookThrough(deps, doubt, values, { note: longestNote }, { findBesides });
    if (looked.kind === 'doubtful') {
      const notes = await readNotes(deps, actor, id);
      if (notes.kind === 'not-allowed') return refuse({ note: noteLost });
      const isNaming = findBesides(values.note).length > 0;
      const { findings } = looked;
      await show(notesDialog(notes, zoneOf(deps, actor), { text: values.note, findings, isNaming }));
      return;
    }
    const kept = await writeNote(deps, actor, id, looked.texts.note);
    if (kept.kind === 'not-allowed') return refuse({ note: noteNotKept });
    await answer(noteSaved(kept.kind, kept.isOfGroup));
  });
  to.onClose(notesForm, async ({ actor, carried: { id }, window }) => {
    if (window.inputs().length === 0) return;
    await keepBegunNote(deps, actor, id, window.read(notesForm).partly.note ?? '');
  });
}

function listenToHeard(to: Routes, deps: CheckInDeps): void {
  const { db, timeZone: zone } = deps;

  const posted = async (kept: Parameters<typeof postedAnswer>[0], found: Results, isNew: boolean) =>
    postedAnswer(kept, found, { zone, isNew, arrival: await findArrival(db, found.round.id) });

  async function form(
    actor: Actor,
    id: string,
    how: Omit<Parameters<typeof heardDialog>[1], 'kept'>,
  ): Promise<View> {
    const found = await findGivable(deps, actor, id);
    if (found.kind === 'not-allowed') return asModal(heardNotTheirs);
    const kept = await findHeard(db, deps, id);
    if (kept?.postedAt) return asModal(await posted(kept, found.results, false));
    return heardDialog(found, { kept, ...how });
  }

  to.onClick(ids.heard, async ({ actor, value: id, place, open, replace }) =>
    (place === 'modal' ? replace : open)(await form(actor, id, {})),
  );
  to.onClick(ids.heardAsItIs, async ({ actor, window, replace }) => {
    const at = window && heardForm.carries?.open(window.metadata);
    if (!at) return;
    const { heard = '', willDo = '' } = window.read(heardForm).partly;
    const quoted = await quotedIn(actor, at.id, { heard, willDo });
    await replace(await form(actor, at.id, { isKept: true, quoted, isMasked: at.isMasked }));
  });

  const quotedIn = async (actor: Actor, id: string, texts: { heard: string; willDo: string }) => {
    const found = await findGivable(deps, actor, id);
    return found.kind === 'found' ? findQuoted(db, found, texts) : {};
  };

  to.onSend(
    heardForm,
    async ({ actor, carried: { id, doubt, warns, from, isMasked }, values, refuse, show, answer }) => {
      const { heard, willDo } = values;
      const theirs = await keptMeanwhile(deps, actor, id, { ...values, from });
      if (theirs) {
        await show(await form(actor, id, { initial: values, isKept: doubt === 'kept', theirs, isMasked }));
        return;
      }
      const stands = isMasked ? 'warned' : doubt;
      const looked = lookThrough(
        deps,
        stands,
        { heard, willDo },
        { heard: longestPart, willDo: longestPart },
      );
      const quoted = doubt === 'kept' ? {} : await quotedIn(actor, id, { heard, willDo });
      if (looked.kind === 'doubtful') {
        await show(await form(actor, id, { initial: values, findings: looked.findings, quoted }));
        return;
      }
      if (Object.keys(quoted).length > 0) {
        const masks = isMasked || doubt === 'warned';
        await show(await form(actor, id, { initial: values, quoted, isMasked: masks }));
        return;
      }
      const prepared = await prepareHeard(deps, actor, id, { ...values, ...looked.texts });
      switch (prepared.kind) {
        case 'no-channel':
        case 'no-room': {
          const why = whyNotThere(prepared);
          // Errors beside a field leave what stands above as it was: a warning of words that are not there any more.
          if (!warns) return refuse({ to: why });
          const isKept = doubt === 'kept';
          await show(
            await form(actor, id, {
              initial: { ...values, ...looked.texts },
              isKept,
              why,
              isMasked: isMasked || doubt === 'warned',
            }),
          );
          return;
        }
        case 'not-allowed':
          return refuse(heardNotKept);
        default:
          return answer(await shown(prepared));
      }
    },
  );

  to.onClose(heardForm, async ({ actor, carried: { id, from }, window }) => {
    if (window.inputs().length > 0)
      await keepBegunHeard(deps, actor, id, window.read(heardForm).partly, from);
  });

  async function shown(prepared: Prepared) {
    if (prepared.kind === 'preview') return previewAnswer(prepared, zone);
    return prepared.kind === 'posted' ? posted(prepared.kept, prepared.found.results, false) : heardNotTheirs;
  }

  to.onClick(ids.heardPost, packedMark, async ({ actor, carried: { id, mark }, answer }) => {
    const outcome = await postHeard(deps, actor, id, mark);
    if (outcome.kind === 'not-allowed') return answer(heardNotTheirs);
    if (outcome.kind === 'changed') return answer(await shown(outcome.prepared));
    await answer(await posted(outcome.kept, outcome.found.results, outcome.kind === 'posted'));
  });
  to.onClick(ids.heardAgain, packedId, async ({ actor, carried: id, answer }) => {
    const { kind } = await postAgain(deps, actor, id);
    await answer(kind === 'not-allowed' ? heardNotTheirs : postedAgain(kind));
  });
}

const pageId = 'checkins.results';

/** The page of App Home with the results of a round. */
export const resultsHomePage = (deps: CheckInDeps): HomePage => ({
  id: pageId,
  async blocks({ actor, zone }, value) {
    const at = packedPage.open(value);
    const found = at && (await readResults(deps, actor, at.id, ''));
    if (!found || found.kind === 'not-allowed') return undefined;
    if (found.kind === 'none-yet') return noResultsYet(found.checkin.definition).blocks;
    const { smallGroupWarning } = deps.templates;
    return resultsPage(found, {
      page: at.page,
      zone,
      smallGroupWarning,
      doors: await doorsOf(deps, actor, found),
    });
  },
});

/** What else can be done with a round's results. */
async function doorsOf(deps: CheckInDeps, actor: Actor, found: Results): Promise<Button[]> {
  const { round, checkin } = found;
  const runs =
    checkin.cohortId !== undefined && may(actor, 'checkins.schedule', { cohortId: checkin.cohortId });
  const notes = notesButton(round.id);
  if (!runs || !canGiveBack(found)) return [notes];
  return [heardButton(round.id, await findHeard(deps.db, deps, round.id)), notes];
}
