import { listPeople, type Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { fewestPeople } from '../../../community/suppress.ts';
import { contactsDue, type SafeguardingRoute, type SupportLine } from '../../../safeguarding/signposts.ts';
import { pageOf, type Turn } from '../../../slack/paging.ts';
import type { Clash } from '../catalogue/changes.ts';
import type { Resource } from '../content.ts';
import type { Deps } from '../deps.ts';
import { type LinkCheck, listTroubled } from '../links/store.ts';
import * as store from '../store.ts';

/** One thing that waits for a curator. */
export type Waiting =
  | { kind: 'clash'; clash: Clash }
  | {
      kind: 'suggestion';
      suggestion: store.Suggestion;
      from: Person | undefined;
      /** How many wait from the same person. */
      theirs: number;
    }
  | { kind: 'question'; question: store.Question }
  | { kind: 'miss'; word: string; misses: number }
  | ({ kind: 'reported'; entry: Resource } & Omit<store.Reported, 'resourceId'>)
  | { kind: 'link'; entry: Resource; check: LinkCheck }
  | { kind: 'contact'; contact: SupportLine | SafeguardingRoute }
  | { kind: 'due'; entry: Resource };

/** Parts of the queue, in the order in which they come. */
export const parts = {
  files: { label: 'Changed in the content files', kinds: ['clash'] },
  suggestions: { label: 'Suggestions', kinds: ['suggestion'] },
  missed: { label: 'Looked for and not found', kinds: ['question', 'miss'] },
  reported: { label: 'Reported by people', kinds: ['reported'] },
  links: { label: 'Links that broke or moved', kinds: ['link'] },
  contacts: { label: 'Contacts to check', kinds: ['contact'] },
  due: { label: 'Entries to check', kinds: ['due'] },
} as const satisfies Record<string, { label: string; kinds: readonly Waiting['kind'][] }>;

export type Part = keyof typeof parts;
export const partNames = Object.keys(parts) as Part[];

const partOf = (kind: Waiting['kind']): Part =>
  partNames.find((part) => parts[part].kinds.some((one) => one === kind)) ?? 'due';

/** What somebody looks at of it. */
export const shows = ['all', ...partNames] as const;
export type Show = (typeof shows)[number];

export const pageSize = 5;
/** How long a curator's look at an entry is good for. */
const checkEveryDays = 365;

export type QueuePage = Turn & {
  show: Show;
  shown: Waiting[];
  total: number;
  counts: Record<Part, number>;
};

export type QueueOutcome = { kind: 'not-allowed' } | { kind: 'page'; page: QueuePage };

export async function queuePage(
  deps: Deps,
  actor: Actor,
  { show, page }: { show: Show; page: number },
): Promise<QueueOutcome> {
  if (!may(actor, 'resources.curate')) return { kind: 'not-allowed' };
  const all = await listWaiting(deps);
  const wanted = show === 'all' ? all : all.filter(({ kind }) => partOf(kind) === show);
  const turn = pageOf(wanted, page, pageSize);
  const people = await listPeople(
    deps.db,
    turn.shown.flatMap((one) => (one.kind === 'suggestion' ? one.suggestion.personId : [])),
  );
  const shown = turn.shown.map((one) =>
    one.kind === 'suggestion'
      ? { ...one, from: people.find(({ id }) => id === one.suggestion.personId) }
      : one,
  );
  return { kind: 'page', page: { ...turn, show, shown, total: wanted.length, counts: countParts(all) } };
}

/** How much of each kind waits, for App Home. */
export const countWaiting = async (deps: Deps): Promise<Record<Part, number>> =>
  countParts(await listWaiting(deps));

function countParts(all: readonly Waiting[]): Record<Part, number> {
  const counts = Object.fromEntries(partNames.map((part) => [part, 0])) as Record<Part, number>;
  for (const { kind } of all) counts[partOf(kind)] += 1;
  return counts;
}

async function listWaiting(deps: Deps): Promise<Waiting[]> {
  const { db, live, kept, clock } = deps;
  const now = clock.now();
  const entryOf = (id: string) => live.now.all.find((one) => one.id === id && !one.retired);
  const reported = (await store.listReported(db)).flatMap(({ resourceId, ...said }): Waiting[] => {
    const entry = entryOf(resourceId);
    return entry ? [{ kind: 'reported', entry, ...said }] : [];
  });
  const byUrl = Map.groupBy(
    live.now.all.filter(({ retired }) => !retired),
    ({ url }) => url,
  );
  const links = (await listTroubled(db)).flatMap((check) =>
    (byUrl.get(check.url) ?? []).map((entry): Waiting => ({ kind: 'link', entry, check })),
  );
  return [
    ...kept.clashes.map((clash): Waiting => ({ kind: 'clash', clash })),
    ...(await store.listWaitingSuggestions(db)).map(
      (suggestion, _nth, all): Waiting => ({
        kind: 'suggestion',
        suggestion,
        from: undefined,
        theirs: all.filter(({ personId }) => personId === suggestion.personId).length,
      }),
    ),
    ...(await store.listQuestions(db)).map((question): Waiting => ({ kind: 'question', question })),
    ...(await store.listMisses(db, fewestPeople)).map((miss): Waiting => ({ kind: 'miss', ...miss })),
    ...reported,
    ...links,
    ...contactsDue(kept.signposts, now).map((contact): Waiting => ({ kind: 'contact', contact })),
    ...entriesDue(live.now.shown, now).map((entry): Waiting => ({ kind: 'due', entry })),
  ];
}

/** Entries nobody has looked at for long, those never looked at first. */
function entriesDue(shown: readonly Resource[], now: Date): Resource[] {
  const lastGood = new Date(now.getTime() - checkEveryDays * 86_400_000).toISOString().slice(0, 10);
  return shown
    .filter(({ checked_on }) => (checked_on ?? '') < lastGood)
    .toSorted((a, b) => (a.checked_on ?? '').localeCompare(b.checked_on ?? ''));
}
