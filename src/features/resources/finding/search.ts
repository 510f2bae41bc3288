import { isEnglish, isNameToo } from '../../../content/english.ts';
import type { Glossary } from '../../../content/glossary.ts';
import { stemOf } from '../../../content/stem.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { isLinking, isSmallWord, isWeak, keyOf, wordsOf } from '../../../content/words.ts';
import { Remembered } from '../../../lib/remembered.ts';
import type { Catalogue, Resource, ResourceType } from '../content.ts';
import { createAges } from './ages.ts';
import { type Belonging, createBelonging } from './belonging.ts';
import { shareOfTalk, tells } from './everyday.ts';
import { createField, type Field } from './field.ts';
import { createLexicon, type Lexicon, type Sense } from './lexicon.ts';
import { createLikeness, type Likeness } from './likeness.ts';
import { each, type Marks, markOf, none, Tally } from './marks.ts';
import { createNames } from './names.ts';
import { createNarrow, type Narrowing, type UnknownValue } from './narrowing.ts';
import { createNeighbours } from './neighbours.ts';
import { asksForShout, isShout } from './other-senses.ts';
import { type Part, type Question, readQuestion } from './question.ts';
import { createSpeech, type Hints, type Speech, type Spoken } from './speech.ts';
import { correctSpelling } from './spelling.ts';
import { rememberStems } from './telling-stems.ts';
import { createTextIndex, ofTopic, type TextIndex } from './text-index.ts';
import { createTitles, ofPublisher, type Titles } from './titles.ts';
import { createTopics, type Topics } from './topics.ts';
import {
  createUse,
  farFromActing,
  isCallForHelp,
  isForLater,
  isOfFamily,
  turningTo,
  type Use,
} from './use.ts';

export type Understood = {
  /** What it was taken for, in the programme's words. */
  label: string;
  kind: 'topic' | 'age' | 'type' | 'reader' | 'word' | 'narrowing';
  /** The question without this part. */
  without: string;
};

export type Choice = { form: string; meanings: { meaning: string; question: string }[] };

export type Found = {
  question: string;
  understood: Understood[];
  /** `exact`: the question that takes the word as it was typed. */
  corrections: { typed: string; read: string; exact: string | undefined }[];
  /** Words that were taken as they were typed, what they would be read as, and the question that does. */
  asTyped: { typed: string; read: string; question: string }[];
  /** Values of filters that there are none of, and the question with one there is. */
  unknownValues: (Omit<UnknownValue, 'instead'> & { instead: { label: string; question: string }[] })[];
  /** Words that nothing is known about. */
  unknown: string[];
  /** Short forms with several meanings, to choose from. */
  choices: Choice[];
  /** Best first. */
  hits: Resource[];
  /** Topics that look like what was asked, for when nothing was found. */
  nearTopics: { id: string; label: string }[];
};

export type Search = {
  /** Never throws, whatever the text; the same text always finds the same. */
  find(text: string): Found;
  /** The hits alone, best first: for whoever says nothing else of an answer. */
  hits(text: string): Resource[];
  /** The topic a text names, for "browse domestic abuse". */
  topicNamed(text: string): string | undefined;
  /** The readers a text names, as an id of topics.yaml: of "midwife" as of "midwives". */
  readersNamed(text: string): string | undefined;
  /** Whether it is a word of a topic, a short form, or another that the catalogue is looked through by. */
  isTerm(word: string): boolean;
};

/** No more than this many entries answer a question: who reads the twelfth page asks again. */
const mostHits = 60;
/** What fits less than this, compared with the best, is left out; among the first ten, half of it will do. */
const leastShare = 0.3;
/** Of what is asked in words of one's own, so much: three that answer are better than they and two that do not. */
const ofOwnWords = 0.25;
/** Where no entry answers so much of a question, nothing is the answer. */
const leastAnswered = 0.7;
/** For what is asked in several words of one's own, so much has to speak for it; a good deal of that does where a topic is named. */
const leastEvidence = 1.45;
const forNaming = 0.5;
/** One word alone has to be said here more than all day, or to be a phrase of ours; "today" and "paid" are not. */
const leastOfOneWord = 0.05;
const asPhrase = 0.9;
/** What one general word stands for carries no answer by itself: "class", "stress". */
const generic = 0.5;
/** "Baby" stands in so much here that it tells little of what is sought. */
const weakly = 0.3;
/** Where it is sought, and for whom, moves up what fits and is no answer. */
const aside = 0.3;
/** What is said in a title, of one of an entry's topics, has more than this. */
const inTitle = 0.8;
/** And what is said in a title at all, however long, as much as this. */
const inAnyTitle = 0.7;
/** A title that has a short form as it was typed goes before one that has what it stands for, and both before others. */
const asShortForm = 0.7;
const asInFull = 0.3;
/** A word alone leads to the topics that people speak of by it, more than to where it happens to stand. */
const ofOneWord = 2;
/** What an entry gets for answering each clause of a question, beside what it gets for the whole. */
const ofClauses = 0.5;
/** So many answers with a telling word are enough: what has none is left out. */
const enough = 3;
/** Of a few cards, one that has less than half of what was asked is beside the point. */
const ofFew = 0.5;
/** The latest questions whose answers stay at hand, in memory and without who asked. */
const keptQuestions = 200;
/** Parts of questions whose marks stay at hand. */
const keptParts = 1_000;

/** Builds the index in memory: a tenth of a second for some hundred entries. Build it anew when the content changes. */
export function createSearch(content: {
  catalogue: Catalogue;
  vocabulary: Vocabulary;
  glossary: Glossary;
  /** A handful, the best of which may be no answer: each has to have what was asked itself. */
  areFew?: boolean;
}): Search {
  const { catalogue, vocabulary, glossary, areFew = false } = content;
  const lexicon = createLexicon(vocabulary, glossary);
  const names = createNames(catalogue);
  const index = createTextIndex(catalogue, lexicon, vocabulary, names);
  const titles = createTitles(catalogue, names);
  const use = createUse(catalogue, vocabulary.places);
  const topics = createTopics(catalogue, vocabulary);

  const { stemsIn, forget } = rememberStems(names);
  const fieldOf = createField(vocabulary, stemsIn);
  const nearTopics = topicsNearTo(vocabulary, fieldOf);
  const speech = createSpeech(catalogue, vocabulary, topics, stemsIn);
  const belonging = createBelonging(catalogue, vocabulary, stemsIn);
  const likeness = createLikeness(catalogue, vocabulary, topics, stemsIn);
  const judge = createJudge(catalogue, { index, topics, areFew });
  // New questions are made of phrases that were asked about before; what has a word is in the index as it is.
  const judged = new Remembered<Judged>(keptParts);
  const judgeOnce = (part: Part): Judged =>
    part.kind === 'word'
      ? judge(part)
      : judged.get(`${part.kind}:${part.words.join(' ')}`, () => judge(part));
  const isSaid = (word: string) => index.has(word, false);
  const rank = createRank({
    catalogue,
    judge: judgeOnce,
    titles,
    speech,
    use,
    likeness,
    belonging,
    isSaid,
    leastOwn: areFew ? ofFew : 0,
  });
  // A slip is not taken for a short word that says nothing; a longer one is that word, and no riddle.
  const meanings = vocabulary.abbreviations.flatMap(({ means }) => wordsOf(means));
  const telling = new Map(
    [...meanings.map((word) => [word, 0] as const), ...index.words].filter(
      ([word]) => !isSmallWord(word) || word.length > 4,
    ),
  );
  const reader = {
    lexicon,
    narrow: createNarrow({ catalogue, vocabulary, lexicon }),
    ages: createAges(vocabulary.age_groups),
    names,
    isInCatalogue: index.has,
    isWritten: (word: string) => index.words.has(word),
    correct: (word: string, fits: (candidate: string) => boolean, mayBe: (candidate: string) => boolean) =>
      correctSpelling(word, telling, fits, mayBe),
    isSaidTogether: createNeighbours(catalogue, vocabulary, stemsIn),
    isEnglish,
    isName: isNameToo,
    isEveryday: (word: string) => shareOfTalk(stemOf(word)) > 0 && isEnglish(word),
    fieldOf,
  };
  forget();
  const hitsOf = (question: Question): Resource[] => {
    // What has several meanings, or too many, is no question yet.
    const saysTooLittle =
      question.parts.length === 1 &&
      question.unknown.length + question.narrowings.length === 0 &&
      question.parts.every((part) => mustChoose(part) || isGeneric(part));
    // "The of and" is no question, unless a title is made of such words alone.
    const saysNothing =
      question.words.length > 0 &&
      question.narrowings.length === 0 &&
      question.words.every(isSmallWord) &&
      !titles.isOne(question.words);
    return saysTooLittle || saysNothing ? [] : rank(question);
  };
  const unquoted = (asked: string, { kind, typed }: Narrowing): Found['asTyped'] => {
    const word = typed.slice(1, -1);
    if (kind !== 'phrase' || /\s/.test(word)) return [];
    const question = asked.replace(typed, () => word);
    return readQuestion(question, reader).corrections.flatMap((one) =>
      one.typed === word.toLowerCase() ? [{ typed: word, read: names.written(one.read), question }] : [],
    );
  };
  const look = (text: string): Found => {
    const question = readQuestion(text, reader);
    const hits = hitsOf(question);
    const { asked, narrowings } = question;
    // For the search a name is one word, for people it is not.
    const parts = question.parts.map((part) => ({ ...part, words: part.words.map(names.written) }));
    return {
      question: asked,
      understood: [
        ...parts.flatMap((part, at) =>
          part.isQuoted ? [] : [understood(part, lexicon, questionOf(parts.toSpliced(at, 1), narrowings))],
        ),
        ...narrowings.map(({ label }, at): Understood => {
          const without = questionOf(parts, narrowings.toSpliced(at, 1));
          return { label, kind: 'narrowing', without };
        }),
      ],
      corrections: question.corrections.map(({ typed, read }) => ({
        typed,
        read: names.written(read),
        exact: replaced(asked, typed, `"${typed}"`),
      })),
      asTyped: narrowings.flatMap((one) => unquoted(asked, one)),
      unknownValues: question.unknownValues.map(({ instead, ...value }) => ({
        ...value,
        instead: instead.map((one) => ({
          label: one.label,
          question: asked.replace(value.typed, () => one.typed),
        })),
      })),
      unknown: question.unknown,
      choices: choicesIn(parts, narrowings),
      hits,
      nearTopics: hits.length > 0 ? [] : nearTopics(question),
    };
  };
  // Each page of a list asks its question again; most questions are asked once and have one page.
  const found = new Remembered<Found>(keptQuestions);
  return {
    find: (text) => found.getFromSecond(text, () => look(text)),
    hits: (text) => hitsOf(readQuestion(text, reader)),
    topicNamed: (text) => lexicon.sense(keyOf(wordsOf(text)))?.topics[0],
    readersNamed: (text) =>
      [text, `${text}s`, text.replace(/fe?$/, 'ves')]
        .map((form) => lexicon.sense(keyOf(wordsOf(form)))?.audience)
        .find((audience) => audience !== undefined),
    isTerm: (word) => lexicon.words.has(word),
  };
}

type Grounds = {
  catalogue: Catalogue;
  speech: Speech;
  likeness: Likeness;
  belonging: Belonging;
  judge(part: Part): Judged;
  use: Use;
  titles: Titles;
  /** Whether any entry says this word, or one of its topics does. */
  isSaid(word: string): boolean;
  /** So much of a question an entry has to answer by itself. */
  leastOwn: number;
};
/** How well entries answer a part of a question, and how much that part counts. */
type Judged = {
  weight: number;
  marks: Marks;
  /** Of a short form: what has it in its title, or what it stands for. */
  short: Marks;
};

/**
 * Each part of a question gives an entry a mark between 0 and about 1; entries that answer more of the parts come
 * before those that answer one very well. Age, kind and reader alone only move entries up ("soft filters"), unless
 * nothing else was asked.
 */
function createRank({
  catalogue: { shown },
  judge,
  titles,
  speech,
  use: useFor,
  likeness,
  belonging,
  isSaid,
  leastOwn,
}: Grounds): (question: Question) => Resource[] {
  const all = [...shown.keys()];
  // What the parts of a question say of each entry: all of it, what they ask for, what is only said of its topics; and
  // how well it has what names a topic; what it gets for a short form in its title.
  const sums = new Tally(shown.length);
  const covered = new Tally(shown.length);
  const spokenOf = new Tally(shown.length);
  const named = new Tally(shown.length);
  const titled = new Tally(shown.length);
  const scores = new Tally(shown.length);
  // Of those that answer as well.
  const newness = new Uint32Array(shown.length);
  const newestFirst = [...shown.entries()].sort(([, a], [, b]) => byNewest(a, b));
  for (const [nth, [place]] of newestFirst.entries()) newness[place] = nth;

  /** A question of several clauses is read as a whole and clause by clause: what answers each of them goes first. */
  const speak = (sought: readonly string[], clauses: readonly string[][]): Spoken => {
    const whole = speech(sought);
    const read = clauses.map((clause) => speech(clause.filter((word) => sought.includes(word))));
    if (read.length === 0) return whole;
    // Most entries answer none of them.
    const ofEach = (place: number): number => {
      let all = 1;
      for (const one of read) {
        all *= one.of(place);
        if (all === 0) return 0;
      }
      return all ** (1 / read.length);
    };
    return { hints: whole.hints, of: (place) => whole.of(place) + ofClauses * ofEach(place) };
  };

  return ({ parts, words, clauses, corrections, unknown, elsewhere, narrowings }) => {
    const filters = parts.filter(isFilter);
    const wanted = parts.filter((part) => !isFilter(part));
    const mayBeShout = asksForShout(words);
    const admits = (resource: Resource) =>
      (mayBeShout || !isShout(resource)) && narrowings.every((narrowing) => narrowing.admits(resource));
    if (parts.length + unknown.length + narrowings.length === 0) return [];
    // What has none of a word is no answer by that.
    if (
      leastOwn > 0 &&
      parts.length + unknown.length === 0 &&
      narrowings.every(({ kind }) => kind === 'without')
    )
      return [];
    if (wanted.length + unknown.length + elsewhere.length === 0)
      return asWished(rankByFilters({ filters, narrowings }, shown.filter(admits)), { parts, narrowings });
    const isAdmitted = (place: number): boolean => {
      const resource = shown[place];
      return resource !== undefined && ((narrowings.length === 0 && mayBeShout) || admits(resource));
    };

    const telling = words.filter((word) => !isSmallWord(word));
    // Where and what for are no need: without one, "Hackney" and "ring" are all there is to go by.
    const kinds = new Set(
      filters.flatMap((part) => (part.sense.type || part.sense.isInYears ? part.words : [])),
    );
    const need = words.filter(
      (word, nth) =>
        !isSmallWord(word) && !kinds.has(word) && !useFor.isAside(word, words[nth - 1], words[nth + 1]),
    );
    const sought = need.length > 0 ? need : telling;
    const isAllKnown = unknown.length + elsewhere.length === 0 && parts.every(({ kind }) => kind !== 'word');
    // What nobody knows was asked for as well.
    const ofUnknown = elsewhere.length + unknown.reduce((all, word) => all + tells(stemOf(word)), 0);
    const judged = wanted.map((part) => {
      const { weight, marks, short } = judge(part);
      const isAside = part.words.every((word) => isSmallWord(word) || !sought.includes(word));
      const counts = isAllKnown ? 1 : weight;
      return {
        weight: isAside ? aside * counts : counts,
        answers: isAside ? 0 : counts,
        marks,
        short: isAllKnown ? short : none,
        isNamed: namesTopic(part),
      };
    });
    const whole = judged.reduce((sum, { answers }) => sum + answers, ofUnknown) || 1;
    for (const tally of [sums, covered, spokenOf, named, titled]) tally.empty();
    for (const { weight, answers, marks, isNamed } of judged)
      for (let at = 0; at < marks.places.length; at += 1) {
        const place = marks.places[at] ?? 0;
        const mark = marks.marks[at] ?? 0;
        sums.add(place, weight * mark);
        if (mark <= ofTopic) spokenOf.add(place, answers);
        else {
          covered.add(place, answers);
          if (isNamed) named.raise(place, mark);
        }
      }

    // Of a few team cards most questions say nothing at all.
    if (sums.places.length === 0 && !sought.some(isSaid)) return [];

    // Who names a title or a publisher, or speaks in the programme's words alone, means that, whatever else they may say.
    // "Today" is no name, though a publisher has it in its own.
    const areNamed = !(telling.length === 1 && telling.every(isWeak)) && titles.areNamed(telling);
    const spoken = isAllKnown || areNamed ? undefined : speak(sought, clauses());
    const like = spoken === undefined ? undefined : likeness.of(sought);
    const isOfChild = filters.some(({ sense }) => sense.isInYears && sense.ageGroup !== grownUps);
    const speaksFor = like && evidenceFor(words, sought, { belonging, isOfChild });
    const many = new Set(sought).size + elsewhere.length;
    const isOneWord = many === 1;
    const evidence = many > 1 ? speaksFor : undefined;
    const isNamed = judged.some((part) => part.isNamed && part.answers > 0);
    // Two topics that no entry is about together are answered by the best of each.
    const areTopics = isAllKnown && wanted.every(namesTopic);
    const least =
      evidence === undefined
        ? leastAnswered / (areTopics ? wanted.length : 1)
        : leastEvidence - (isNamed ? forNaming : 0);
    const isAnswer = (place: number): boolean =>
      covered.of(place) / whole + spokenOf.of(place) / whole + (spoken?.of(place) ?? 0) + (evidence ?? 0) >=
        least && isAdmitted(place);
    const bonus = titles.bonus(
      words,
      parts.flatMap((part) => (part.kind === 'known' ? part.sense.wordings : [])),
    );
    const isOfField =
      speaksFor === undefined ||
      !isOneWord ||
      isNamed ||
      bonus.size > 0 ||
      // What was mistyped may have been meant otherwise.
      corrections.length > 0 ||
      judged.some(({ marks }) => marks.marks.some((mark) => mark >= inAnyTitle)) ||
      speaksFor >= leastOfOneWord ||
      all.some((place) => (spoken?.of(place) ?? 0) >= asPhrase);
    if (!isOfField) return [];
    const isAnswered =
      (evidence ?? 0) >= least || sums.places.some(isAnswer) || (spoken !== undefined && all.some(isAnswer));
    if (!isAnswered) return [];

    // In the programme's words alone, likeness to what they stand for tells which entry of their topics comes first; the
    // less an entry is about them, the less it does. Who names a publisher wants its pages, and not what is like them.
    const meant = isAllKnown
      ? likeness.of(
          [...new Set([...sought, ...wanted.flatMap(inFull).flat()])].filter(isTelling),
          [...bonus.values()].some((mark) => mark >= ofPublisher) ? 'as-said' : undefined,
        )
      : undefined;
    for (const { short } of judged) each(short, (place, mark) => titled.raise(place, mark));
    const hinted = spoken?.hints && leaning(spoken.hints, filters);
    const use = filters.some(({ sense }) => sense.type)
      ? () => 1
      : useFor.of(words, {
          topics: wanted.flatMap((part) =>
            namesTopic(part) ? sensesOf(part).flatMap(({ topics }) => topics) : [],
          ),
          isNeed: judged.every(({ short }) => short.places.length === 0),
          isOfChild,
        });
    const has = likeness.having(sought);
    const byTopic = isOneWord ? ofOneWord : 1;
    /** 0 for what answers nothing of it. */
    const scoreOf = (place: number): number => {
      const resource = shown[place];
      const sum = sums.of(place);
      const fitsSaid = byTopic * (spoken?.of(place) ?? 0) + (like?.(place) ?? 0);
      const coverage = covered.of(place) / whole;
      if (!resource || (sum === 0 && fitsSaid === 0) || !isAdmitted(place)) return 0;
      if (coverage < leastOwn && !bonus.has(place)) return 0;
      const isOwn = has.of(place) === 2;
      const saysAll = like !== undefined && coverage >= 1;
      let fits = use(place, isOwn || !like, isOwn || named.of(place) > inTitle, saysAll ? many : 0);
      for (const { sense } of filters) fits *= filterFactor(sense, resource);
      if (hinted) fits *= hinted(resource);
      const stands = meant ? Math.sqrt(sum / whole) * meant(place) + titled.of(place) : 0;
      return ((sum / whole) * (0.2 + 0.8 * coverage) + fitsSaid + stands) * fits + (bonus.get(place) ?? 0);
    };
    // What has a telling word goes before what has none, and in place of it where there is enough.
    scores.empty();
    for (const place of like ? has.places : sums.places) scores.add(place, scoreOf(place));
    if (like) for (const place of named.places) if (has.of(place) === 0) scores.add(place, scoreOf(place));
    const told = scores.places.length;
    let top = 0;
    let leastTold = Infinity;
    for (const place of scores.places) {
      top = Math.max(top, scores.of(place));
      leastTold = Math.min(leastTold, scores.of(place));
    }
    if (like && told < enough)
      for (const place of all) {
        if (has.of(place) > 0 || named.of(place) > 0) continue;
        const score = scoreOf(place);
        if (told === 0) top = Math.max(top, score);
        scores.add(place, Math.min(score, leastTold));
      }
    const floor = like && filters.length === 0 ? ofOwnWords : leastShare / 2;
    const ranked = scores.places
      .filter((place) => scores.of(place) >= top * floor)
      .sort((a, b) => scores.of(b) - scores.of(a) || (newness[a] ?? 0) - (newness[b] ?? 0))
      .filter((place, nth) => nth < 10 || scores.of(place) >= top * leastShare)
      .slice(0, mostHits);
    // "Course" says the kind, and that it is about training as well: that alone is no subject.
    const subject = judged.filter((_, nth) => wanted[nth] && !kindIn(wanted[nth]));
    const ofSubject = subject.reduce((sum, { answers }) => sum + answers, ofUnknown);
    const answered = (place: number): number =>
      subject.reduce((sum, { answers, marks }) => sum + (markOf(marks, place) > 0 ? answers : 0), 0);
    const fitting = new Set(
      ranked.filter((place) => answered(place) >= ofSubject * leastFitting).map((place) => shown[place]),
    );
    const byTitle = new Set([...bonus.keys()].map((place) => shown[place]));
    const found = asWished(
      (isAllKnown && judged.length > 1 ? inTurn(ranked, judged) : ranked).flatMap(
        (place) => shown[place] ?? [],
      ),
      { parts, narrowings, fits: (one) => fitting.has(one), isNamed: (one) => byTitle.has(one) },
    );
    const later = found.filter((one) => isForLater(one, words));
    return later.length === 0 ? found : [...found.filter((one) => !later.includes(one)), ...later];
  };
}

/** How much speaks for a question being of this field, beside what an entry answers of it. */
const evidenceFor = (
  words: readonly string[],
  telling: readonly string[],
  { belonging, isOfChild }: { belonging: Belonging; isOfChild: boolean },
): number =>
  0.1 * belonging(telling) +
  (words.some(isSomebody) || isCallForHelp(words) ? 0.85 : isOfChild || words.some(isOfFamily) ? 0.4 : 0);

/** The age group that no child is in. */
const grownUps = 'adults';

/** Who speaks of somebody asks about people, as nearly everybody here does. */
const isSomebody = (word: string): boolean => somebody.has(word);
const somebody = new Set('he she him her his hers they them their himself herself themselves'.split(' '));

/** So much of the subject an entry answers that goes first for its kind: of two things named, both. */
const leastFitting = 0.6;

/** Of what fits the subject, first what is of the kind that was asked for, and then as short and as free as was wished. */
function asWished(
  found: Resource[],
  {
    parts,
    narrowings,
    fits = () => true,
    isNamed = () => false,
  }: {
    parts: readonly Part[];
    narrowings: readonly Narrowing[];
    fits?: (resource: Resource) => boolean;
    /** By its title: whoever says that wants it, whatever its kind. */
    isNamed?: (resource: Resource) => boolean;
  },
): Resource[] {
  const types = new Set(parts.flatMap((part) => kindIn(part) ?? []));
  const wishes = narrowings.flatMap(({ misses }) => misses ?? []);
  if (types.size + wishes.length === 0) return found;
  const isFirst = (one: Resource) => isNamed(one) || (fits(one) && (types.size === 0 || types.has(one.type)));
  const missesOf = (one: Resource): number[] => [
    Number(!isFirst(one)),
    ...(fits(one) ? wishes.map((misses) => misses(one)) : []),
  ];
  return found
    .map((one) => ({ one, misses: missesOf(one) }))
    .toSorted((a, b) => a.misses.map((miss, nth) => miss - (b.misses[nth] ?? 0)).find((by) => by !== 0) ?? 0)
    .map(({ one }) => one);
}

/** First what answers all that was named, then the best of each part in turn. */
function inTurn(ranked: readonly number[], judged: readonly Pick<Judged, 'marks'>[]): number[] {
  const taken = new Map<number, number>();
  const turnOf = (place: number): number => {
    let most = 0;
    let ofPart = 0;
    let isAll = true;
    for (const [part, { marks }] of judged.entries()) {
      const mark = markOf(marks, place);
      isAll &&= mark > ofTopic;
      if (mark <= most) continue;
      most = mark;
      ofPart = part;
    }
    if (isAll) return 0;
    const turn = (taken.get(ofPart) ?? 0) + 1;
    taken.set(ofPart, turn);
    return turn;
  };
  return ranked
    .map((place) => ({ place, turn: turnOf(place) }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ place }) => place);
}

const kindIn = (part: Part): ResourceType | undefined =>
  part.kind === 'known' ? part.sense.type : undefined;

const isTelling = (word: string): boolean => !isSmallWord(word);

/** What a short form stands for. */
const inFull = (part: Part): readonly string[][] => sensesOf(part).flatMap((sense) => sense.inFull);
const sensesOf = (part: Part): readonly Sense[] =>
  part.kind === 'word' ? [] : part.kind === 'known' ? [part.sense] : part.senses;

type Filter = Extract<Part, { kind: 'known' }>;

const isFilter = (part: Part): part is Filter =>
  part.kind === 'known' && part.sense.topics.length === 0 && !isPlain(part.sense);
/** Stands for no topic, age, kind or reader: only another wording, such as an abbreviation. */
const isPlain = ({ ageGroup, type, audience }: Sense) => !ageGroup && !type && !audience;

/** "Care" says little, and "in care" does not. */
const saysLittle = ({ words }: Part): boolean =>
  words.length === 1 && words.every((word) => isSmallWord(word) || isWeak(word));
const namesTopic = (part: Part): boolean => part.kind !== 'word' && !isGeneric(part) && !saysLittle(part);
const isGeneric = (part: Part): boolean => part.kind === 'known' && part.sense.isGeneric;

/** Short forms whose meanings have no topic in common cannot be guessed. */
const mustChoose = (part: Part): boolean => {
  if (part.kind !== 'ambiguous') return false;
  const [first, ...others] = part.senses.map((sense) => new Set(sense.topics));
  return !others.every((topics) => [...topics].some((topic) => first?.has(topic)));
};

/** How well entries answer a part of a question. */
function createJudge(
  { shown }: Catalogue,
  { index, topics, areFew }: { index: TextIndex; topics: Topics; areFew: boolean },
): (part: Part) => Judged {
  const ages = shown.flatMap(({ age_groups }, place) =>
    [...new Set(age_groups)].map((age) => ({ age, place })),
  );
  const byAge = Map.groupBy(ages, ({ age }) => age);
  const ofSense = new Tally(shown.length);
  const best = new Tally(shown.length);
  return (part) => {
    if (part.kind === 'word') {
      const [word = ''] = part.words;
      return {
        // In how many of a few it stands says nothing of a word.
        weight:
          Math.sqrt((areFew ? 1 : index.weight(word)) * tells(stemOf(word))) * (isWeak(word) ? weakly : 1),
        marks: index.match([part.words], part.isLast),
        short: none,
      };
    }
    const senses = sensesOf(part);
    for (const sense of senses) {
      for (const id of sense.topics) each(topics.of(id), (place, about) => ofSense.raise(place, about / 2));
      for (const { place } of byAge.get(sense.ageGroup ?? '') ?? []) ofSense.add(place, 0.15);
      for (const place of ofSense.places) best.raise(place, ofSense.of(place));
      ofSense.empty();
    }
    const text = index.match([part.words, ...senses.flatMap(({ wordings }) => wordings)], false);
    each(text, (place, mark) => best.add(place, 0.5 * mark));
    const marks = best.take();
    const full = inFull(part);
    if (full.length > 0)
      for (const [phrases, gets] of [
        [[part.words], asShortForm],
        [full, asInFull],
      ] as const)
        each(index.match(phrases, false), (place, mark) => mark > inTitle && best.raise(place, gets));
    return { weight: isGeneric(part) || saysLittle(part) ? generic : 1, marks, short: best.take() };
  };
}

function filterFactor({ ageGroup, type, audience }: Sense, resource: Resource): number {
  let factor = 1;
  if (type && resource.type === type) factor *= 2;
  if (ageGroup && resource.age_groups.includes(ageGroup)) factor *= 1.5;
  else if (ageGroup && resource.age_groups.includes('all')) factor *= 1.2;
  if (audience && resource.audience.includes(audience)) factor *= 1.5;
  else if (audience && resource.audience.includes('all-practitioners')) factor *= 1.15;
  return factor;
}

/** What the phrase that fits best says of age, reader and purpose, softly; what was asked for outright goes before it. */
function leaning(
  { age, reader, for: purpose }: Hints,
  filters: readonly Filter[],
): (resource: Resource) => number {
  const asksAge = filters.some(({ sense }) => sense.ageGroup);
  return ({ age_groups, audience, type }) =>
    (age !== undefined && !asksAge && age_groups.includes(age) ? 1.15 : 1) *
    (reader !== undefined && audience.includes(reader) ? 1.15 : 1) *
    (purpose !== undefined && servesAs[purpose](type) ? 1.15 : 1);
}

const servesAs: Record<NonNullable<Hints['for']>, (type: ResourceType) => boolean> = {
  'who to ring': (type) => type === 'service',
  'to read': (type) => type !== 'service',
  'to give to a parent': (type) => type === 'leaflet' || type === 'video' || type === 'website',
};

const meets = ({ ageGroup, type, audience }: Sense, resource: Resource): boolean =>
  (type !== undefined && resource.type === type) ||
  (ageGroup !== undefined && resource.age_groups.includes(ageGroup)) ||
  (audience !== undefined && resource.audience.includes(audience));

/**
 * "video", "podcast 0-5", "age:14": what meets all of them, or else most of them; all that does, since nothing else was asked.
 * What helps to act comes before what is about planning, and what is made for few ages or readers before what is for everybody.
 */
function rankByFilters(
  { filters, narrowings }: { filters: readonly Filter[]; narrowings: readonly Narrowing[] },
  admitted: readonly Resource[],
): Resource[] {
  const scored = admitted.map((resource) => ({
    resource,
    met: filters.filter((part) => meets(part.sense, resource)).length,
  }));
  const most = scored.reduce((top, { met }) => Math.max(top, met), 0);
  if (most === 0 && filters.length > 0) return [];
  const isByAge =
    filters.some(({ sense }) => sense.ageGroup) || narrowings.some(({ kind }) => kind === 'age');
  const isByReader =
    filters.some(({ sense }) => sense.audience) || narrowings.some(({ kind }) => kind === 'reader');
  const breadth = ({ age_groups, audience }: Resource) =>
    (isByAge ? (age_groups.includes('all') ? forAll : age_groups.length) : 0) +
    (isByReader ? (audience.includes('all-practitioners') ? forAll : audience.length) : 0);
  return scored
    .filter(({ met }) => met === most)
    .map(({ resource }) => ({ resource, nth: farFromActing(resource), breadth: breadth(resource) }))
    .toSorted((a, b) => a.nth - b.nth || a.breadth - b.breadth || byNewest(a.resource, b.resource))
    .map(({ resource }) => resource);
}

/** More than any entry names one by one. */
const forAll = 20;

const { compare } = new Intl.Collator('en-GB');
const byNewest = (a: Resource, b: Resource): number =>
  (b.year ?? 0) - (a.year ?? 0) || compare(a.title, b.title) || compare(a.id, b.id);

/** As somebody would type it; what stood in quotes is among the narrowings. */
const questionOf = (parts: readonly Part[], narrowings: readonly Narrowing[]): string =>
  [
    ...parts.flatMap((part) => (part.isQuoted ? [] : part.words)),
    ...narrowings.map(({ typed }) => typed),
  ].join(' ');

/** Undefined where the word does not stand there letter by letter. */
function replaced(question: string, typed: string, by: string): string | undefined {
  const text = question.toLowerCase();
  const isInWord = (at: number) => /[\p{L}\p{N}]/u.test(text.charAt(at));
  for (let at = text.indexOf(typed); at >= 0; at = text.indexOf(typed, at + 1)) {
    const end = at + typed.length;
    if (!isInWord(at - 1) && !isInWord(end)) return question.slice(0, at) + by + question.slice(end);
  }
  return undefined;
}

function understood(part: Part, lexicon: Lexicon, without: string): Understood {
  const typed = part.words.join(' ');
  if (part.kind === 'word') return { label: typed, kind: 'word', without };
  if (part.kind === 'ambiguous') return { label: part.form.form, kind: 'topic', without };
  const { sense } = part;
  if (sense.topics.length > 0) {
    const label =
      sense.topics.length === 1 ? sense.label : sense.topics.map(lexicon.labelOfTopic).join(' or ');
    return { label, kind: 'topic', without };
  }
  const kind = sense.type ? 'type' : sense.ageGroup ? 'age' : sense.audience ? 'reader' : 'word';
  return { label: sense.label, kind, without };
}

function choicesIn(parts: readonly Part[], narrowings: readonly Narrowing[]): Choice[] {
  return parts.flatMap((part, at) =>
    part.kind !== 'ambiguous'
      ? []
      : [
          {
            form: part.form.form,
            meanings: part.form.meanings.map((meaning) => ({
              meaning,
              question: questionOf(
                parts.map((other, index) => (index === at ? { ...other, words: [meaning] } : other)),
                narrowings,
              ),
            })),
          },
        ],
  );
}

/**
 * Topics that are known by one of the question's telling words, or by one that begins like what is no word at all. Whoever
 * asked for something else is not to be shown a topic that hurts.
 */
function topicsNearTo({ topics }: Vocabulary, fieldOf: Field): (question: Question) => Found['nearTopics'] {
  const beginningOf = (word: string) => (word.length < 4 ? [] : word.slice(0, 4));
  const known = topics.map(({ id, label, synonyms }) => ({
    id,
    label,
    beginnings: new Set([label, ...synonyms].flatMap(wordsOf).flatMap(beginningOf)),
  }));
  return ({ unknown, parts, words }) => {
    // "Health visitor number": whom to turn to stands among the services.
    const isTurning =
      words.some((word) => turningTo.has(word)) &&
      parts.some((part) => part.kind === 'known' && part.sense.audience !== undefined);
    const noWords = unknown.filter((word) => !isEnglish(word) && !isNameToo(word)).flatMap(beginningOf);
    const telling = [...unknown, ...parts.flatMap((part) => part.words)].filter(
      (word) => !isWeak(word) && !isLinking(word) && !isSmallWord(word) && shareOfTalk(stemOf(word)) === 0,
    );
    const named = new Set(telling.flatMap((word) => [...fieldOf(word)]));
    const isAlone = parts.length + unknown.length === 1;
    const meant = new Set(
      parts.flatMap((part) =>
        part.kind === 'known' && (isAlone || !isGeneric(part)) ? part.sense.topics : [],
      ),
    );
    return known
      .filter(
        ({ id, beginnings }) =>
          meant.has(id) ||
          named.has(id) ||
          (isTurning && id === 'service-directory') ||
          noWords.some((beginning) => beginnings.has(beginning)),
      )
      .toSorted((a, b) => Number(meant.has(b.id)) - Number(meant.has(a.id)))
      .slice(0, 5)
      .map(({ id, label }) => ({ id, label }));
  };
}
