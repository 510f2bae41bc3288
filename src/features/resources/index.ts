import type { Button, KnownBlock } from '@slack/types';
import { listPeople, type Person } from '../../community/people.ts';
import { type Actor, may } from '../../community/permissions.ts';
import { Remembered } from '../../lib/remembered.ts';
import { cancelQueued } from '../../outbox/outbox.ts';
import type { Signposts } from '../../safeguarding/signposts.ts';
import type { Answer } from '../../slack/answer.ts';
import type { CommandDeps } from '../../slack/commands.ts';
import type { Command, CommandCall } from '../../slack/router.ts';
import type { Feature, HomeSection } from '../feature.ts';
import type { exportCatalogue as exporting, asCuratorsHaveIt as present } from './catalogue/export.ts';
import { createKeptCatalogue } from './catalogue/kept.ts';
import { listenToChanges } from './changing/listeners.ts';
import { idNow, isNotSupplied, type Resource, toCatalogue } from './content.ts';
import { listenToSuggestions } from './curating/listeners.ts';
import { tellLongWaiting } from './curating/long-waiting.ts';
import { listenToQueue } from './curating/queue/listeners.ts';
import { start } from './curating/queue/place.ts';
import { countWaiting } from './curating/queue/queue.ts';
import { showQueue } from './curating/queue/show.ts';
import { catalogueSection } from './curating/queue/views.ts';
import { sealedWords } from './curating/store.ts';
import { suggestCard, suggestDialog } from './curating/views.ts';
import type { Deps, ResourcesDeps } from './deps.ts';
import { listWaitingOf, type Sent, sendExample, withdrawExample } from './examples/examples.ts';
import { listenToExamples } from './examples/listeners.ts';
import { type Example, sealedExamples } from './examples/store.ts';
import { missingSection, savedSection } from './finding/cards.ts';
import { createHelpedCounts } from './finding/helped.ts';
import { listenToFinding } from './finding/listeners.ts';
import { createLiveCatalogue } from './finding/live.ts';
import { namesList } from './finding/named.ts';
import { createOnceADay } from './finding/once-a-day.ts';
import { createSearch, type Search } from './finding/search.ts';
import { showBrief, showBrowse, showCards, showFound, showPage } from './finding/show.ts';
import { createTrust } from './finding/trust.ts';
import { tidyQuestion } from './finding/words.ts';
import { flagWindow, listenToFlags } from './flagging/listeners.ts';
import { mayBeFlagged } from './flagging/meant.ts';
import { deleteFlagsOf, sealedFlags } from './flagging/store.ts';
import { flagButton, flagCard } from './flagging/views.ts';
import { define } from './glossary/define.ts';
import { listenToGlossary, showWording } from './glossary/listeners.ts';
import { showDefinition } from './glossary/show.ts';
import { createWording } from './glossary/wording/wording.ts';
import { ids } from './ids.ts';
import { listenToImports } from './importing/listeners.ts';
import { forgetNames, purge } from './jobs.ts';
import { learningFrom } from './keeping/learning.ts';
import { listenToKeeping } from './keeping/listeners.ts';
import { sealedNotes } from './keeping/note.ts';
import { createLinkChecker } from './links/check.ts';
import { listenToNews } from './news/listeners.ts';
import { deleteFollowed, listFollowed } from './news/store.ts';
import { newsSection } from './news/views.ts';
import { weeklyNews } from './news/weekly.ts';
import { seenOfSuggestions } from './seen.ts';
import { listenToSharing } from './sharing/listeners.ts';
import { stopButton } from './sharing/messages.ts';
import { sharesFrom } from './sharing/stop.ts';
import { deleteSharing, isStopped, listStopped } from './sharing/store.ts';
import { stoppedSection } from './sharing/views.ts';
import * as store from './store.ts';
import { notAllowed } from './views.ts';

export type { ResourcesDeps } from './deps.ts';
export { resourcesHeld } from './holdings.ts';

/** What is looked through as entries are: by its words, and by what it is said to be about. */
type Findable = {
  id: string;
  title: string;
  by: string;
  summary: string;
  /** Ids of topics.yaml. */
  topics?: readonly string[];
  ageGroups?: readonly string[];
  /** What somebody does, in words: who asks for "HVs" means health visitors. */
  role?: string | undefined;
};

/** The feature, and what the router does with a line that is no command. */
export type ResourcesFeature = Feature & {
  search: CommandDeps['search'];
  /** The best of what a line would find, or what its word means: no word of the line, and it counts as no look-up. */
  inBrief(words: string, actor: Actor): Promise<KnownBlock[]>;
  /** What is picked by hand to begin with. */
  startHere(actor: Actor): Promise<Answer>;
  /** Before anybody is served: the catalogue as curators left it. */
  begin(): Promise<void>;
  /** Publishes what another bot on the same database has changed. */
  refresh(): Promise<void>;
  /** What curators change, as it is now. */
  present(): Pick<ResourcesDeps, 'catalogue' | 'vocabulary' | 'signposts'>;
  /** Support lines and safeguarding contacts, as they are after the curators' checks. */
  signposts(): Signposts;
  /** Resolves when no link is being visited. */
  settled(): Promise<void>;
  /** Breaks off what takes long. */
  stop(): void;
  /** Builds the search index, unless a question has done so. */
  prepare(): void;
  isTerm: Search['isTerm'];
  /** The same search over something else, such as team cards. @returns ids, the best first. */
  searchIn(all: readonly Findable[]): (question: string) => string[];
  /** A button that asks what to look for, for the pages of other features. */
  openButton: { text: string; actionId: string };
  /** Beside what another feature says: that the words are not the right ones. @param item see OurWords. */
  flagButton(item: string, label: string): Button;
  /** These entries, as every list draws them, without what can be done with one. What is not there is left out. */
  cards(entryIds: readonly string[]): Promise<KnownBlock[]>;
  /** What somebody makes of their practice for the catalogue. */
  examples: {
    send(actor: Actor, example: Omit<Example, 'personId' | 'sentAt'>): Promise<Sent>;
    /** @returns its words; undefined when a curator has decided, or it is not theirs. */
    withdraw(actor: Actor, id: string): Promise<Example | undefined>;
    /** Their own, until they are told what became of them. */
    listWaiting(actor: Actor): Promise<(Example & { isDecided: boolean })[]>;
  };
  /** What a colleague passes on, of whichever feature: one word stops all of it. */
  shares: {
    areStopped(who: { by: string; to: string }): Promise<boolean>;
    /** For whoever gets it. */
    stopButton(by: Person): Button;
    /** The topic of its messages. */
    topicFrom(sharerId: string): string;
  };
};

/** Loaded by who needs it: a bot that runs writes no files. */
export const exportCatalogue: typeof exporting = async (...given) =>
  (await import('./catalogue/export.ts')).exportCatalogue(...given);

export { listOverdueContacts } from './curating/overdue.ts';

export const asCuratorsHaveIt: typeof present = async (...given) =>
  (await import('./catalogue/export.ts')).asCuratorsHaveIt(...given);

/** Finding, browsing, saving and suggesting resources, and the glossary. */
export function resources(given: ResourcesDeps): ResourcesFeature {
  const live = createLiveCatalogue(given.catalogue, given);
  const kept = createKeptCatalogue({ ...given, live });
  const drawAnew = () => live.pages.clear();
  const deps: Deps = {
    ...given,
    live,
    kept,
    helped: createHelpedCounts(given, drawAnew),
    trust: createTrust({ ...given, live }, drawAnew),
    wording: createWording(given.glossary),
    misses: createOnceADay(given),
  };
  const links = given.outside && createLinkChecker(deps, given.outside);
  return {
    name: 'resources',
    commands: commands(deps),
    listen(to) {
      listenToFinding(to, deps);
      listenToKeeping(to, deps);
      listenToSharing(to, deps);
      listenToNews(to, deps);
      listenToSuggestions(to, deps);
      listenToQueue(to, deps);
      listenToExamples(to, deps);
      listenToFlags(to, deps);
      listenToChanges(to, deps);
      listenToImports(to, deps);
      listenToGlossary(to, deps);
    },
    jobs: [
      purge(deps),
      forgetNames(deps),
      weeklyNews(deps),
      tellLongWaiting(deps),
      ...(links ? [links.job] : []),
    ],
    home: [saved(deps), waiting(deps), news(deps), stopped(deps)],
    openButton: { text: 'Find a resource', actionId: ids.openSearch },
    flagButton,
    cards: (entryIds) => showCards(deps, entryIds),
    examples: {
      send: (actor, example) => sendExample(deps, actor, example),
      withdraw: (actor, id) => withdrawExample(deps, actor, id),
      listWaiting: (actor) => listWaitingOf(deps, actor),
    },
    shares: {
      areStopped: (who) => isStopped(deps.db, who),
      stopButton,
      topicFrom: sharesFrom,
    },
    quickActions: [
      { text: 'Find a resource', actionId: ids.openSearch, order: 10 },
      { text: 'Browse resources', actionId: ids.browse, order: 13 },
    ],
    async hears(personId, { kind }) {
      // Nobody who has left, or said no, waits for an answer.
      if (kind !== 'left-programme' && kind !== 'declined') return;
      await store.deleteWaitingOf(deps.db, personId);
      await deleteFollowed(deps.db, personId);
      await deleteFlagsOf(deps.db, personId);
      await deleteSharing(deps.db, personId);
      for (const message of ['resources.shared', 'resources.news'] as const)
        await cancelQueued(deps.db, { personId, kind: message }, kind);
    },
    seen: (person, by) => seenOfSuggestions(deps, person, by),
    sealedColumns: [sealedNotes, sealedExamples, sealedWords, sealedFlags],
    learning: learningFrom(deps),
    begin: () => kept.begin(),
    refresh: () => kept.refresh(),
    present: () => ({ catalogue: live.now, vocabulary: kept.vocabulary, signposts: kept.signposts }),
    signposts: () => kept.signposts,
    settled: async () => links?.settled(),
    stop: () => links?.stop(),
    prepare: () => void live.search,
    isTerm: (word) => live.search.isTerm(word),
    searchIn(all) {
      const entries = all.map(
        ({ id, title, by: publisher, summary, topics = [], ageGroups = [], role }): Resource => ({
          id,
          title,
          publisher,
          summary,
          type: 'service',
          audience: [(role && live.search.readersNamed(role)) || []].flat(),
          age_groups: [...ageGroups],
          topics: [...topics],
          asked_as: [],
        }),
      );
      const { vocabulary } = kept;
      const catalogue = toCatalogue(entries);
      const { hits } = createSearch({ catalogue, vocabulary, glossary: deps.glossary, areFew: true });
      const found = new Remembered<string[]>(200);
      return (question) => found.getFromSecond(question, () => hits(question).map(({ id }) => id));
    },
    search: async ({ actor, words, answer, keeps }) => answer(await showFound(deps, actor, words, keeps)),
    startHere: (actor) => showPage(deps, actor, { list: 'start', of: '', from: 0 }),
    inBrief: (words, actor) => showBrief(deps, actor, words),
  };
}

function commands(deps: Deps): Command[] {
  return [
    {
      word: 'find',
      aliases: ['search', 'lookup'],
      help: {
        does: 'Finds resources in your own words.',
        example: 'find infant mental health for dads',
        group: 'find',
      },
      run: async ({ actor, words, answer }) => answer(await showFound(deps, actor, words)),
    },
    {
      word: 'browse',
      aliases: ['topics'],
      isMeantBy: namesList,
      help: {
        does: 'Shows the catalogue: where to start, what is new, by topic, age or kind.',
        example: 'browse',
        group: 'find',
      },
      run: async ({ actor, words, answer }) => answer(await showBrowse(deps, actor, words)),
    },
    {
      word: 'saved',
      takes: [],
      isTakingPart: true,
      help: { does: 'Shows what you have saved, with your own notes.', example: 'saved', group: 'find' },
      run: async ({ actor, answer }) =>
        answer(await showPage(deps, actor, { list: 'saved', of: '', from: 0 })),
    },
    {
      word: 'define',
      aliases: ['glossary', 'meaning'],
      help: {
        does: 'Explains a word or a short form, with a note on language.',
        example: 'define adultification',
        group: 'find',
      },
      run: async ({ words, answer }) => answer(await showDefinition(deps, define(deps, tidyQuestion(words)))),
    },
    {
      word: 'words',
      aliases: ['wording'],
      takes: (words) => !describesWords(words),
      help: {
        does: 'Looks at a text of yours: which words have a note on language.',
        example: 'words she refused to engage',
        group: 'find',
      },
      run: (call) => showWording(deps, call),
    },
    {
      word: 'flag',
      aliases: ['flag wording'],
      isTakingPart: true,
      takes: (words) => mayBeFlagged(deps, words),
      help: {
        does: 'Tells the curators that words of ours are not the right ones.',
        example: 'flag self-harm',
        group: 'find',
      },
      run: async ({ words, open, answer }) => (open ? open(flagWindow(deps, words)) : answer(flagCard)),
    },
    {
      word: 'suggest',
      aliases: [
        'add a resource',
        'add resource',
        'new resource',
        'suggest a resource',
        'recommend a resource',
      ],
      isTakingPart: true,
      takes: (words) => !asksForSome(words),
      isLeadIn: true,
      help: { does: 'Suggests a resource to the curators.', example: 'suggest', group: 'find' },
      run: (call) => openSuggestion(call),
    },
    {
      word: 'catalogue',
      aliases: ['catalog', 'suggestions', 'queue'],
      needs: 'resources.curate',
      takes: [],
      otherwise: { says: 'To bring something in:', text: 'Suggest a resource', line: 'suggest' },
      help: {
        does: 'Shows what waits in the catalogue: suggestions, questions, links, checks.',
        example: 'catalogue',
        group: 'lead',
      },
      run: async ({ actor, answer }) => answer(await showQueue(deps, actor, start)),
    },
  ];
}

/** "Words to use with parents": about words, and none of them. */
const describesWords = (words: string): boolean =>
  /^(?:to|for|with|about|of|and|instead|that|which|people|parents|children|young)\b/i.test(words);

/** "Suggest something for sleep" asks for a suggestion. */
const asksForSome = (words: string): boolean =>
  /^(?:(?:me|us) )?(?:some|any|something|anything|ideas?|ways?|activit(?:y|ies)|games?|what|how|where|who)\b/i.test(
    words,
  );

/** The trigger lives three seconds, so the window comes before anything else. */
async function openSuggestion({ actor, words, open, answer }: CommandCall): Promise<void> {
  if (!may(actor, 'own.write', { ownerId: actor.person.id })) return answer(notAllowed);
  const title = tidyQuestion(words);
  return open ? open(suggestDialog({ title })) : answer(suggestCard(title));
}

function saved(deps: Deps): HomeSection {
  return {
    slot: 'keep',
    order: 10,
    async blocks({ person, actor }) {
      if (!may(actor, 'own.read', { ownerId: person.id })) return [];
      const kept = await store.listSaved(deps.db, person.id);
      const ids = [...new Set(kept.map((id) => idNow(deps.live.now, id)))];
      const known = ids.flatMap((id) => deps.live.now.byId.get(id) ?? []);
      return savedSection(known.slice(0, 3), ids.length);
    },
  };
}

function news(deps: Deps): HomeSection {
  return {
    slot: 'settings',
    order: 29,
    blocks: async ({ person, actor }) =>
      may(actor, 'own.read', { ownerId: person.id }) && !actor.hasDeclined
        ? newsSection(await listFollowed(deps.db, person.id), deps.vocabulary)
        : [],
  };
}

function stopped(deps: Deps): HomeSection {
  return {
    slot: 'settings',
    order: 30,
    blocks: async ({ person, actor }) =>
      may(actor, 'own.read', { ownerId: person.id })
        ? stoppedSection(await listPeople(deps.db, await listStopped(deps.db, person.id)))
        : [],
  };
}

function waiting(deps: Deps): HomeSection {
  return {
    slot: 'lead',
    order: 40,
    blocks: async ({ actor }) =>
      may(actor, 'resources.curate')
        ? [
            ...catalogueSection(await countWaiting(deps)),
            ...missingSection(deps.live.now.shown.filter(isNotSupplied).length),
          ]
        : [],
  };
}
