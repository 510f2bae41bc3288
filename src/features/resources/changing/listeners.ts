import type { KnownBlock, View } from '@slack/types';
import type { Actor } from '../../../community/permissions.ts';
import { may } from '../../../community/permissions.ts';
import { sayPhraseProblems } from '../../../content/asked-as.ts';
import { doubtBlocks, warningBlocks } from '../../../safeguarding/warning.ts';
import { usableZone } from '../../../scheduler/calendar.ts';
import type { Answer } from '../../../slack/answer.ts';
import { option } from '../../../slack/blocks.ts';
import type { Fields, Form, Problems } from '../../../slack/form.ts';
import type { Routes, Sent } from '../../../slack/routes.ts';
import { createBeside, sayTwin } from '../catalogue/beside.ts';
import {
  addEntry,
  findEntry,
  findEntryAt,
  findLastChange,
  type SaveOutcome,
  saveEntry,
  setRetired,
} from '../catalogue/change.ts';
import { changedFields } from '../catalogue/changes.ts';
import { identifyingFields } from '../catalogue/identifying.ts';
import { openedByCurator, type Resource } from '../content.ts';
import { answerWithEntry } from '../curating/answering/answer.ts';
import { acceptSuggestion, type DecidedBefore, decidedBefore } from '../curating/decide.ts';
import { markFine } from '../curating/look.ts';
import { packedMissed, type QueuePlace, queueItem } from '../curating/queue/place.ts';
import { forCurators } from '../curating/views.ts';
import { whySuggested } from '../curating/why.ts';
import type { Deps } from '../deps.ts';
import { ids } from '../ids.ts';
import { findLinkCheck } from '../links/store.ts';
import * as store from '../store.ts';
import {
  type Carried,
  detailsDialog,
  detailsForm,
  detailsWindow,
  fieldsOfDetails,
  fieldsOfPage,
  fieldsOfWho,
  findForm,
  pageDialog,
  pageForm,
  pageWindow,
  problemsIn,
  whoDialog,
  whoForm,
  whoWindow,
} from './forms.ts';
import {
  acceptedBefore,
  changedMeanwhile,
  declinedBefore,
  entryCard,
  entryDone,
  entryGone,
  everybodyReads,
  keepWordsButton,
  nothingDifferent,
  notSaved,
  outdated,
  published,
  type Receipt,
  receiptOf,
  stillHolds,
} from './views.ts';

/** Adding, changing and retiring entries. */
export function listenToChanges(to: Routes, deps: Deps): void {
  to.onClick(ids.entry, queueItem, async ({ actor, carried: { id, ...at }, answer }) =>
    answer(await showEntry(deps, actor, id, at)),
  );

  to.onClick(ids.openFind, queueItem, async ({ actor, carried: { id: _id, ...at }, replace, answer }) =>
    may(actor, 'resources.curate') ? replace(findForm.view({ carry: { at } })) : answer(forCurators),
  );
  to.onSuggest(ids.findAny, (typed, actor) =>
    may(actor, 'resources.curate')
      ? entriesLike(deps, typed).map(({ id, title, publisher }) => option(title, id, publisher))
      : [],
  );
  to.onSend(findForm, async ({ actor, carried, values, answer }) =>
    answer(await showEntry(deps, actor, values.entry, carried.at)),
  );

  // Adding

  to.onClick(ids.newEntry, queueItem, async ({ actor, carried: { id, ...at }, replace, answer }) => {
    if (!may(actor, 'resources.curate')) return answer(forCurators);
    const cause = packedMissed.open(id);
    return replace(pageDialog({ carry: { at, ...(cause && { cause }) }, entry: {} }));
  });

  to.onSend(pageWindow, async (sent) => {
    const { actor, carried, window, refuse, show } = sent;
    const form = pageForm(carried);
    const read = window.read(form);
    if (read.kind === 'problems') return refuse(byBlock(form, read.problems));
    const fields = fieldsOfPage(read.values);
    if (await asksAbout(deps, sent, form, fields, pageDialog)) return;
    if (carried.entry) return saveChange(deps, sent, form, fields, pageDialog);
    if (!may(actor, 'resources.curate')) return refuse(notSaved['not-allowed']);
    const { cause } = carried;
    const suggestion = cause?.suggestion ? await store.findSuggestion(deps.db, cause.suggestion) : undefined;
    const decided = suggestion && (await decidedBefore(deps.db, suggestion));
    if (decided) return showDecided(deps, sent, decided, { page: fields });
    const twin = createBeside(deps.live.now.all, deps.vocabulary).twinOf(fields);
    if (twin) return refuse({ [form.blockOf('url')]: sayTwin(twin, fields.url) });
    const asked = await wordsOf(deps, carried);
    const entry = asked === undefined ? {} : { asked_as: [{ say: asked }] };
    await show(
      whoDialog(
        { carry: { ...carried, first: { ...fields, opened: read.values.opened } }, entry },
        deps.vocabulary,
      ),
    );
  });

  to.onSend(whoWindow, async (sent) => {
    const { actor, carried, window, refuse, answer } = sent;
    const form = whoForm(carried);
    const read = window.read(form);
    if (read.kind === 'problems') return refuse(byBlock(form, read.problems));
    const { entry: opened, first, cause, at } = carried;
    const before = opened && (await findEntryAt(deps, opened.id, opened.version));
    const who = fieldsOfWho(read.values, deps.vocabulary, before);
    if (who.wrong.length > 0) {
      const beside = createBeside(deps.live.now.all, deps.kept.vocabulary);
      const others = beside.problemsWithPhrases(who.fields.asked_as, before ?? first);
      return refuse({ [form.blockOf('phrases')]: sayPhraseProblems([...who.wrong, ...others]) ?? '' });
    }
    if (opened) return saveChange(deps, sent, form, who.fields, (shown) => whoDialog(shown, deps.vocabulary));
    if (!first) return refuse(outdated);
    const today = deps.clock.now().toISOString().slice(0, 10);
    const { opened: isOpened, ...page } = first;
    const fields = {
      link_kind: 'publisher' as const,
      ...page,
      ...who.fields,
      // Nothing is said of the page that they have not said.
      ...(isOpened && { verified: openedByCurator, checked_on: today }),
    };
    const outcome = await publish(deps, actor, fields, cause);
    if (outcome.kind === 'decided-before') return showDecided(deps, sent, outcome, { page, who: who.fields });
    if (outcome.kind !== 'saved') return refuse(refusalOf(outcome, form));
    const { entry, version } = outcome;
    const undo = { what: 'version', entryId: entry.id, version } as const;
    const receipt = { text: published(cause?.suggestion !== undefined), undo };
    await answer(await showEntry(deps, actor, entry.id, at, receipt));
  });

  // Changing

  to.onClick(ids.editPage, queueItem, ({ actor, carried, replace, answer }) =>
    openForm(actor, carried, { replace, answer }, pageDialog),
  );
  to.onClick(ids.editWho, queueItem, ({ actor, carried, replace, answer }) =>
    openForm(actor, carried, { replace, answer }, (shown) => whoDialog(shown, deps.vocabulary)),
  );
  to.onClick(ids.editDetails, queueItem, ({ actor, carried, replace, answer }) =>
    openForm(actor, carried, { replace, answer }, detailsDialog),
  );

  async function openForm(
    actor: Actor,
    { id, ...at }: QueuePlace & { id: string },
    ways: { replace(view: View): Promise<void>; answer(answer: Answer): Promise<void> },
    dialog: (shown: { carry: Carried; entry: Resource }) => View,
  ): Promise<void> {
    if (!may(actor, 'resources.curate')) return ways.answer(forCurators);
    const found = await findEntry(deps, id);
    if (!found) return ways.answer(entryGone);
    const { entry, version } = found;
    await ways.replace(dialog({ carry: { at, entry: { id, version } }, entry }));
  }

  to.onSend(detailsWindow, async (sent) => {
    const form = detailsForm(sent.carried);
    const read = sent.window.read(form);
    if (read.kind === 'problems') return sent.refuse(byBlock(form, read.problems));
    const fields = fieldsOfDetails(read.values);
    if (await asksAbout(deps, sent, form, fields, detailsDialog)) return;
    return saveChange(deps, sent, form, fields, detailsDialog);
  });

  // What was typed stays: the inputs keep their ids.
  to.onClick(ids.keepEntryWords, async ({ actor, window, replace }) => {
    const carried = window && pageWindow.carries?.open(window.metadata);
    if (!carried || !may(actor, 'resources.curate')) return;
    const dialog = window.id === detailsWindow.id ? detailsDialog : pageDialog;
    const above = [
      ...doubtBlocks({ isKept: true }, ids.keepEntryWords),
      ...(await whySuggested(deps, actor, carried)),
    ];
    await replace(dialog({ carry: { ...carried, doubt: 'kept' }, entry: {}, above }));
  });

  // In one press

  to.onClick(ids.checked, queueItem, async ({ actor, carried: { id, ...at }, answer }) => {
    const outcome = await markFine(deps, actor, id);
    await answer(await showEntry(deps, actor, id, at, receiptOf(outcome, entryDone.lookedAt)));
  });
  to.onClick(ids.retire, queueItem, async ({ actor, carried: { id, ...at }, answer }) => {
    const outcome = await setRetired(deps, actor, { entryId: id, isRetired: true });
    await answer(await showEntry(deps, actor, id, at, receiptOf(outcome, entryDone.retired)));
  });
  to.onClick(ids.bringBack, queueItem, async ({ actor, carried: { id, ...at }, answer }) => {
    const outcome = await setRetired(deps, actor, { entryId: id, isRetired: false });
    await answer(await showEntry(deps, actor, id, at, receiptOf(outcome, entryDone.broughtBack)));
  });
}

export async function showEntry(
  deps: Deps,
  actor: Actor,
  id: string,
  at: QueuePlace,
  receipt?: Receipt,
): Promise<Answer> {
  if (!may(actor, 'resources.curate')) return forCurators;
  const found = await findEntry(deps, id);
  if (!found) return entryGone;
  const check = found.entry.url === undefined ? undefined : await findLinkCheck(deps.db, found.entry.url);
  const lastChange = await findLastChange(deps, id, found.version);
  const zone = usableZone(actor.person.timeZone, deps.timeZone);
  const card = { ...found, link: check, lastChange, zone, reader: actor.person.id };
  return entryCard(card, deps.vocabulary, at, receipt);
}

/** Writes what somebody changed in a form, unless somebody else changed the entry meanwhile. */
async function saveChange<F extends Fields>(
  deps: Deps,
  { actor, carried, refuse, show, answer }: Sent<Carried>,
  form: Form<F, Carried>,
  fields: { [Field in keyof Resource]?: Resource[Field] | undefined },
  dialog: (shown: { carry: Carried; entry: Resource; above: KnownBlock[] }) => View,
): Promise<void> {
  const { entry: opened, at } = carried;
  if (!opened) return refuse(outdated);
  const before = await findEntryAt(deps, opened.id, opened.version);
  if (!before) return refuse(refusalOf({ kind: 'gone' }, form));
  const typed = { ...before, ...fields } as Resource;
  const change = Object.fromEntries(
    changedFields(before, typed).map((field) => [field, typed[field]]),
  ) as Partial<Resource>;
  const outcome = await saveEntry(deps, actor, { entryId: opened.id, version: opened.version, change });
  switch (outcome.kind) {
    case 'saved': {
      const isNew = outcome.version !== opened.version;
      const receipt = isNew ? receiptOf(outcome, entryDone.saved) : nothingDifferent;
      return answer(await showEntry(deps, actor, opened.id, at, receipt));
    }
    case 'meanwhile': {
      const { now, by } = outcome;
      await show(
        dialog({
          carry: { ...carried, entry: { id: opened.id, version: now.version } },
          entry: { ...now.entry, ...change },
          above: changedMeanwhile(before, now.entry, by),
        }),
      );
      return;
    }
    default:
      return refuse(refusalOf(outcome, form));
  }
}

/**
 * An author, and somebody whom an inquiry is named after, may stand in an entry; a child of somebody's caseload may not, and
 * everybody would read of them. So whoever writes a name is asked once, and nothing is masked in what is published.
 * @returns whether they were asked, instead of going on.
 */
async function asksAbout<F extends Fields>(
  deps: Deps,
  { actor, carried, show, refuse }: Sent<Carried>,
  form: Form<F, Carried>,
  fields: { [Field in keyof Resource]?: Resource[Field] | undefined },
  dialog: (shown: { carry: Carried; entry: Partial<Resource>; above: KnownBlock[] }) => View,
): Promise<boolean> {
  if (carried.doubt === 'kept') return false;
  const before = deps.live.now.all.find(({ id }) => id === carried.entry?.id);
  const doubtful = identifyingFields(fields, { before, allowed: deps.allowed });
  if (doubtful.length === 0) return false;
  if (carried.doubt === 'warned') {
    const words = Object.fromEntries(doubtful.map(({ field, findings }) => [field, stillHolds(findings)]));
    await refuse(problemsIn(words, form));
    return true;
  }
  const warning = warningBlocks(
    doubtful.flatMap(({ findings }) => findings),
    [keepWordsButton],
    everybodyReads,
  );
  const above = [...warning, ...(await whySuggested(deps, actor, carried))];
  await show(dialog({ carry: { ...carried, doubt: 'warned' }, entry: {}, above }));
  return true;
}

/**
 * Two curators had one suggestion open. The second sees who did what, with everything they typed still there: over the entry
 * that came of it, to save what of theirs is better; or, where it was declined, to publish it all the same.
 */
async function showDecided(
  deps: Deps,
  { actor, carried, show }: Sent<Carried>,
  { suggestion, by }: DecidedBefore,
  { page, who }: { page: ReturnType<typeof fieldsOfPage>; who?: ReturnType<typeof fieldsOfWho>['fields'] },
): Promise<void> {
  const { decided } = suggestion;
  const found = decided?.entryId === undefined ? undefined : await findEntry(deps, decided.entryId);
  const carry: Carried = found
    ? { at: carried.at, entry: { id: found.entry.id, version: found.version } }
    : { ...carried, cause: { declined: suggestion.id } };
  const { url: _url, ...words } = page;
  const above = found
    ? acceptedBefore(found.entry, { ...found.entry, ...words }, by)
    : declinedBefore(suggestion, by);
  await show(
    who
      ? whoDialog({ carry, entry: { ...found?.entry, ...who }, above }, deps.vocabulary)
      : pageDialog({
          carry,
          entry: { ...found?.entry, ...page },
          above: [...above, ...(await whySuggested(deps, actor, carry))],
        }),
  );
}

function publish(
  deps: Deps,
  actor: Actor,
  fields: Omit<Resource, 'id'>,
  cause: Carried['cause'],
): Promise<SaveOutcome | DecidedBefore> {
  if (cause?.suggestion) return acceptSuggestion(deps, actor, { id: cause.suggestion, fields });
  if (cause?.question) return answerWithEntry(deps, actor, { missed: { question: cause.question }, fields });
  if (cause?.word) return answerWithEntry(deps, actor, { missed: { word: cause.word }, fields });
  return addEntry(deps, actor, fields);
}

/** The words that were not found, for a new entry that answers them. */
async function wordsOf({ db }: Deps, { cause }: Carried): Promise<string | undefined> {
  if (cause?.word) return cause.word;
  const words = cause?.question ? (await store.findQuestion(db, cause.question))?.words : undefined;
  return words !== undefined && words.length <= 60 ? words.replace(/\s+/g, ' ') : undefined;
}

function refusalOf<F extends Fields>(
  outcome: Exclude<SaveOutcome, { kind: 'saved' }>,
  form: Form<F, Carried>,
): Record<string, string> | string {
  return outcome.kind === 'problems' ? problemsIn(outcome.problems, form) : notSaved[outcome.kind];
}

const byBlock = <F extends Fields>(form: Form<F, Carried>, problems: Problems<F>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(problems).flatMap(([name, words]) =>
      typeof words === 'string' ? [[form.blockOf(name), words]] : [],
    ),
  );

/** Entries whose title, publisher or id has all these words, and what a search finds: also what is retired or held back. */
export function entriesLike({ live }: Deps, typed: string): Resource[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const named = live.now.all.filter(({ id, title, publisher }) => {
    const text = `${title} ${publisher} ${id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const found = live.search.find(typed).hits;
  return [...new Map([...named, ...found].map((entry) => [entry.id, entry])).values()].slice(0, 30);
}
