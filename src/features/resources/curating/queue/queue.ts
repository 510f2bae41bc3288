import { listPeople, type Person } from '../../../../community/people.ts';
import { type Actor, may } from '../../../../community/permissions.ts';
import { fewestPeople } from '../../../../community/suppress.ts';
import type { OurWords } from '../../../../content/our-words.ts';
import { pageOf, type Turn } from '../../../../slack/paging.ts';
import type { Clash } from '../../catalogue/changes.ts';
import { readState } from '../../catalogue/store.ts';
import type { Resource } from '../../content.ts';
import type { Deps } from '../../deps.ts';
import { type Example, listExamples } from '../../examples/store.ts';
import { type Flag, listFlags } from '../../flagging/store.ts';
import { type LinkCheck, listTroubled } from '../../links/store.ts';
import * as store from '../../store.ts';
import { type Check, checksOf } from '../checks.ts';

/** One thing that waits for a curator. */
export type Waiting =
  | { kind: 'clash'; clash: Clash }
  | {
      kind: 'suggestion';
      suggestion: store.Suggestion;
      /** What others suggested of the same page, answered with it. */
      others: readonly store.Suggestion[];
      /** Whoever suggested it, of those who are still here. */
      from: readonly Person[];
      /** How many wait from the same person. */
      theirs: number;
    }
  | { kind: 'example'; example: Example }
  | { kind: 'flag'; flag: Flag; of: OurWords | undefined }
  | { kind: 'question'; question: store.Question }
  | { kind: 'miss'; word: string; misses: number }
  | ({ kind: 'reported'; entry: Resource } & Omit<store.Reported, 'resourceId'>)
  | { kind: 'link'; entry: Resource; check: LinkCheck }
  | Check;

/** Parts of the queue, in the order in which they come: first what people wait for. */
export const parts = {
  suggestions: { label: 'Suggestions', kinds: ['suggestion'] },
  examples: { label: 'Practice examples', kinds: ['example'] },
  wording: { label: 'Wording', kinds: ['flag'] },
  missed: { label: 'Looked for and not found', kinds: ['question', 'miss'] },
  reported: { label: 'Reported by people', kinds: ['reported'] },
  links: { label: 'Links that broke or moved', kinds: ['link'] },
  files: { label: 'Changed in the content files', kinds: ['clash'] },
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
export type QueuePage = Turn & {
  show: Show;
  shown: Waiting[];
  total: number;
  counts: Counts;
};

/** How much there is of each part, and how many checks of those are asked for this week. */
export type Counts = Record<Part, number> & { checksThisWeek: number };

export type QueueOutcome = { kind: 'not-allowed' } | { kind: 'page'; page: QueuePage };

export async function queuePage(
  deps: Deps,
  actor: Actor,
  { show, page }: { show: Show; page: number },
): Promise<QueueOutcome> {
  if (!may(actor, 'resources.curate')) return { kind: 'not-allowed' };
  const { waiting, checks } = await listWaiting(deps);
  const wanted =
    show === 'all'
      ? [...waiting, ...checks.thisWeek]
      : [...waiting, ...checks.open].filter(({ kind }) => partOf(kind) === show);
  const turn = pageOf(wanted, page, pageSize);
  const people = await listPeople(
    deps.db,
    turn.shown.flatMap((one) =>
      one.kind === 'suggestion' ? [one.suggestion, ...one.others].map(({ personId }) => personId) : [],
    ),
  );
  const shown = turn.shown.map((one) => (one.kind === 'suggestion' ? { ...one, from: people } : one));
  return {
    kind: 'page',
    page: { ...turn, show, shown, total: wanted.length, counts: countParts({ waiting, checks }) },
  };
}

/** How much of each kind waits, for App Home: what is only counted is not opened. */
export async function countWaiting(deps: Deps): Promise<Counts> {
  const { db, kept } = deps;
  const checks = await checksNow(deps);
  const found = { waiting: [...(await listReported(deps)), ...(await listLinks(deps))], checks };
  return {
    ...countParts(found),
    ...(await store.countWaiting(db, fewestPeople)),
    files: kept.clashes.length,
  };
}

type All = { waiting: Waiting[]; checks: ReturnType<typeof checksOf> };

function countParts({ waiting, checks }: All): Counts {
  const counts = Object.fromEntries(partNames.map((part) => [part, 0])) as Record<Part, number>;
  for (const { kind } of [...waiting, ...checks.open]) counts[partOf(kind)] += 1;
  return { ...counts, checksThisWeek: checks.thisWeek.length };
}

/** One thing for each page, however many suggested it. */
function suggestionsByPage(all: readonly store.Suggestion[]): Waiting[] {
  const byPerson = Map.groupBy(all, ({ personId }) => personId);
  return [...Map.groupBy(all, ({ address }) => address).values()].flatMap(([suggestion, ...others]) =>
    suggestion
      ? {
          kind: 'suggestion',
          suggestion,
          others,
          from: [],
          theirs: byPerson.get(suggestion.personId)?.length ?? 0,
        }
      : [],
  );
}

async function listReported({ db, live }: Deps): Promise<Waiting[]> {
  const entryOf = (id: string) => live.now.all.find((one) => one.id === id && !one.retired);
  return (await store.listReported(db)).flatMap(({ resourceId, ...said }): Waiting[] => {
    const entry = entryOf(resourceId);
    return entry ? [{ kind: 'reported', entry, ...said }] : [];
  });
}

async function listLinks({ db, live }: Deps): Promise<Waiting[]> {
  const troubled = await listTroubled(db);
  if (troubled.length === 0) return [];
  const byUrl = Map.groupBy(
    live.now.all.filter(({ retired }) => !retired),
    ({ url }) => url,
  );
  return troubled.flatMap((check) =>
    (byUrl.get(check.url) ?? []).map((entry): Waiting => ({ kind: 'link', entry, check })),
  );
}

async function checksNow({ db, live, kept, clock }: Deps): Promise<All['checks']> {
  const now = clock.now();
  const { beganOn = now.toISOString().slice(0, 10) } = await readState(db);
  return checksOf({ signposts: kept.signposts, shown: live.now.shown, beganOn, now });
}

async function listWaiting(deps: Deps): Promise<All> {
  const { db, vault, kept, ourWords } = deps;
  return {
    waiting: [
      ...suggestionsByPage(await store.listWaitingSuggestions(db)),
      ...(await listExamples(db, vault)).map((example): Waiting => ({ kind: 'example', example })),
      ...(await listFlags(db, vault)).map(
        (flag): Waiting => ({ kind: 'flag', flag, of: ourWords.find(flag.item) }),
      ),
      ...(await store.listQuestions(db)).map((question): Waiting => ({ kind: 'question', question })),
      ...(await store.listMisses(db, fewestPeople)).map((miss): Waiting => ({ kind: 'miss', ...miss })),
      ...(await listReported(deps)),
      ...(await listLinks(deps)),
      ...kept.clashes.map((clash): Waiting => ({ kind: 'clash', clash })),
    ],
    checks: await checksNow(deps),
  };
}
