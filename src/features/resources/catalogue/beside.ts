import { type Around, aroundPhrases } from '../../../content/around-phrases.ts';
import {
  type AskedAs,
  problemsWithPhrases,
  sameWords,
  sayPhraseProblems,
  type TakenPhrases,
} from '../../../content/asked-as.ts';
import { unknownId } from '../../../content/nearest.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { describeFindings } from '../../../safeguarding/identifiers.ts';
import { readAddress, sameAddress, sayAddressProblem } from '../address.ts';
import { entrySchema, type Resource } from '../content.ts';
import { changedFields } from './changes.ts';
import { sayIssue } from './field-words.ts';
import { identifyingIn } from './identifying.ts';

export type EntryProblems = { [Field in keyof Resource]?: string };

/** An entry looked at beside all the others: what is wrong with it that it alone does not show. */
export type Beside = {
  /** By field. @param before as it is now: what is not changed is not asked about. */
  problemsWith(entry: Resource, before: Resource | undefined): EntryProblems;
  /** One for each phrase that cannot stand. @param of the entry that they are to lead to, as far as there is one. */
  problemsWithPhrases(
    phrases: readonly AskedAs[],
    of?: Partial<Pick<Resource, 'id' | 'title' | 'publisher' | 'summary'>>,
  ): string[];
  /** Another entry of the same address, however either is written. */
  twinOf(entry: Partial<Pick<Resource, 'id' | 'url' | 'superseded_by'>>): Resource | undefined;
  /** From here on it is one of the others. */
  add(entry: Resource): void;
};

export function createBeside(entries: readonly Resource[], vocabulary: Vocabulary): Beside {
  const addresses = new Map<string, Resource>();
  const known = {
    topics: new Set(vocabulary.topics.map(({ id }) => id)),
    age_groups: new Set(vocabulary.age_groups.map(({ id }) => id)),
    audience: new Set(vocabulary.audiences.map(({ id }) => id)),
  };
  const what = { topics: 'topic', age_groups: 'age group', audience: 'audience' } as const;
  const all: Resource[] = [];
  // Two thousand phrases: for who asks about phrases.
  let phrases: Map<string, { by: string; id: string }> | undefined;
  const note = (id: string, by: string, asked: readonly AskedAs[]): void => {
    for (const { say } of asked) phrases?.set(sameWords(say), { by, id });
  };
  const noteEntry = ({ id, title, asked_as }: Resource): void => note(id, `\u2018${title}\u2019`, asked_as);
  const takenBeside = (own: string | undefined): TakenPhrases => ({
    get(key) {
      if (!phrases) {
        phrases = new Map();
        for (const { id, label, asked_as } of vocabulary.topics)
          note(`topic/${id}`, `the topic ${label}`, asked_as);
        for (const entry of all) noteEntry(entry);
      }
      const other = phrases.get(key);
      return other && other.id !== own ? other.by : undefined;
    },
  });
  let around: Around | undefined;
  const add = (entry: Resource): void => {
    all.push(entry);
    around?.add(entry);
    noteEntry(entry);
    // A new edition may have the address of the old one.
    if (entry.url !== undefined && entry.superseded_by === undefined)
      addresses.set(sameAddress(entry.url), entry);
  };
  for (const entry of entries) add(entry);

  const beside: Beside = {
    add,
    twinOf({ id, url, superseded_by }) {
      if (url === undefined || superseded_by !== undefined) return undefined;
      const twin = addresses.get(sameAddress(url));
      return twin && twin.id !== id ? twin : undefined;
    },
    problemsWithPhrases(given, { id, title, publisher, summary } = {}) {
      if (given.length === 0) return [];
      around ??= aroundPhrases(vocabulary, all);
      const says = [title, publisher, summary].join(' ');
      const identifying = given.flatMap((phrase) => {
        const findings = identifyingIn(phrase.say, undefined);
        return findings.length === 0 ? [] : [{ phrase, findings }];
      });
      return [
        ...identifying.map(
          ({ phrase: { say }, findings }) =>
            `"${say}" has ${describeFindings(findings)} in it. Please leave that out.`,
        ),
        ...problemsWithPhrases(
          given.filter((phrase) => !identifying.some((one) => one.phrase === phrase)),
          takenBeside(id),
          { around, name: title, says },
        ),
      ];
    },
    problemsWith(entry, before) {
      const problems: EntryProblems = {};
      for (const issue of entrySchema.safeParse(entry).error?.issues ?? [])
        problems[issue.path[0] as keyof Resource] ??= sayIssue(issue, entry);
      for (const field of ['topics', 'age_groups', 'audience'] as const) {
        const unknown = entry[field].find((id) => !known[field].has(id));
        if (unknown !== undefined) problems[field] ??= capital(unknownId(unknown, what[field], known[field]));
      }
      if ((entry.type === 'practice-example') !== (entry.text !== undefined))
        problems.type ??=
          'A practice example comes from somebody\u2019s journal. Please choose another kind.';
      if (entry.url !== undefined) {
        const address = readAddress(entry.url);
        if (address.kind === 'problem') problems.url ??= sayAddressProblem(address.problem);
        const twin = entry.retired ? undefined : beside.twinOf(entry);
        if (twin) problems.url ??= sayTwin(twin, entry.url);
      } else if (entry.type !== 'programme' && entry.text === undefined)
        problems.url ??= sayAddressProblem('not-whole');
      // It names each of them; what the schema sees of one is among it.
      const phrases = sayPhraseProblems(beside.problemsWithPhrases(entry.asked_as, entry));
      if (phrases !== undefined) problems.asked_as = phrases;
      return before ? only(problems, changedFields(before, entry)) : problems;
    },
  };
  return beside;
}

/** Of what somebody changed. Whatever comes back into the lists is looked at as if its address were new. */
function only(problems: EntryProblems, changed: readonly (keyof Resource)[]): EntryProblems {
  const asked = new Set([...changed, ...(changed.includes('retired') ? ['url'] : [])]);
  return Object.fromEntries(Object.entries(problems).filter(([field]) => asked.has(field)));
}

export function sayTwin({ title, url: theirs, retired, link_kind }: Resource, url: string): string {
  const where = retired ? ', retired' : link_kind === 'third-party-copy' ? ', held back' : '';
  const spelling = theirs === url ? '' : ` It is written ${theirs} there.`;
  return `This address is in the catalogue already: \u2018${title}\u2019${where}.${spelling}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
