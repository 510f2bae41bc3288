// Finds entries for a question, without the page that shows them. Nothing is sent anywhere.
window.finder = (() => {
  const { ids, topics, words, phrases, answers, danger, shortForms, aside, turningTo, use } =
    window.searchWords;
  const { filterNames, filters } = window.searchWords;
  const english = new Set(window.searchWords.english.split(' '));
  window.isEnglish = (word) => english.has(word);
  const { isLetterOrNumber, isSmallWord, keyOf, leadsToHelp, mayHarmChild, nameKey, namesByLetter, stemOf } =
    window.shared;
  const wordsIn = window.shared.wordsOf;
  const asides = new Set(aside);
  const turning = new Set(turningTo);
  const known = Object.keys(words);
  /** "Grieving" finds what is said of grief, where the list has no word of its own for it. */
  const kin = Map.groupBy(known, stemOf);
  const mostShown = 30;
  const mostPathways = 2;
  /** Behind the entries come the pages that say who to turn to. */
  const isPathway = (place) => place >= ids.length;

  const plain = (text) => text.replace(/[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02]/g, '"');
  const keyOfText = (text) => keyOf(wordsIn(text));

  /**
   * "Child's" and "self-care" as the list of words has them: as words, and in one piece; a letter with the word before it;
   * short forms in full. What stands in quotes is looked for as it was typed.
   */
  function wordsOf(text) {
    const found = new Map();
    const add = (word, typed, isExact) => found.set(word, found.get(word) ?? { word, typed, isExact });
    plain(text)
      .split('"')
      .forEach((run, nth) => {
        const names = namesByLetter(run).filter((pair) => words[keyOf(pair)]);
        for (const pair of names) add(keyOf(pair), pair.join(' '), true);
        const taken = new Set(names.flat());
        for (const piece of run.split(/\s+/)) {
          const parts = wordsIn(piece).filter((part) => !taken.has(part));
          const whole = keyOf(parts);
          if (parts.length > 1 && words[whole]) add(whole, piece.toLowerCase(), true);
          else
            for (const part of parts) {
              const word = keyOf([part]);
              if (words[word] || !shortForms[word]) add(word, part, nth % 2 === 1);
              else for (const meant of shortForms[word].split(' ')) add(meant, part, true);
            }
        }
      });
    return [...found.values()].filter(({ word }) => !isSmallWord(word));
  }

  /** Whether one letter more, less, other or swapped makes the one into the other. */
  function isNear(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    let at = 0;
    while (at < a.length && a[at] === b[at]) at += 1;
    const [restA, restB] = [a.slice(at), b.slice(at)];
    return (
      restA.slice(1) === restB.slice(1) ||
      restA.slice(1) === restB ||
      restA === restB.slice(1) ||
      (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
    );
  }

  /** Which words of the list a typed one stands for, and how surely; `isSlip`: only as a slip of the finger. */
  function readingsOf({ word, isExact }) {
    const exact = words[word] ? [[word, 1]] : [];
    if (isExact) return { readings: exact, isSlip: false };
    const longer =
      word.length >= 3
        ? known.filter((other) => other !== word && other.startsWith(word)).map((other) => [other, 0.6])
        : [];
    const related = exact.length > 0 ? [] : (kin.get(stemOf(word)) ?? []).map((other) => [other, 0.6]);
    const meant = [...exact, ...related, ...longer];
    if (meant.length > 0) return { readings: meant, isSlip: false };
    const near = word.length >= 5 ? known.filter((other) => isNear(word, other)) : [];
    return { readings: near.map((other) => [other, 0.5]), isSlip: near.length > 0 };
  }

  const pairsIn = (text) => (text === '' ? [] : text.split(' ').map((pair) => pair.split(':')));

  /** By itself, or by way of a topic. */
  const entriesWith = (word) =>
    pairsIn(words[word]).flatMap(([place, weight]) =>
      place.startsWith('t')
        ? pairsIn(topics[place.slice(1)]).map(([entry, share]) => [Number(entry), weight * share, false])
        : [[Number(place), Number(weight), true]],
    );

  /** A word that most entries have says little. One that nothing has may be anybody's: it counts as a middling one. */
  const rarityOf = (many) => (many === 0 ? 2 : Math.log((ids.length + 1) / (many + 0.5)) + 0.1);

  const weightOf = (word) => rarityOf(new Set(entriesWith(word).map(([place]) => place)).size);

  /** By phrases that people really say: those of which the question has most, and two words at least. */
  function saidLike(asked) {
    const found = new Map();
    const has = new Set(asked);
    for (const phrase of phrases) {
      const [to, ...telling] = phrase.split(' ');
      const shared = telling.filter((word) => has.has(word));
      if (shared.length < Math.min(2, telling.length)) continue;
      const share = sum(shared.map(weightOf)) / sum(telling.map(weightOf));
      if (share < 0.7) continue;
      const entries = to.startsWith('t') ? pairsIn(topics[to.slice(1)]) : [[to, 1]];
      for (const [place, ofTopic] of entries)
        found.set(Number(place), Math.max(found.get(Number(place)) ?? 0, share * ofTopic));
    }
    return found;
  }

  const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

  const filterTyped = new RegExp(
    `(?<=^|\\s)(${Object.keys(filterNames).join('|')}):\\s?(?:"([^"]*)"|(\\d+ (?:day|week|month|year)s?(?=\\s|$)|[^\\s"]*))`,
    'gi',
  );

  /** "3months" is in its first year. */
  const inYears = (key) =>
    key.replace(/^(\d+)(day|week|month|year).*$/, (_, many, unit) =>
      Math.floor(many / { day: 365, week: 52, month: 12, year: 1 }[unit]),
    );

  /** "type:video", "age:0-5", "topic:…", "from:…": the values it has, those there are none of, and the question without them. */
  function filtersIn(text) {
    const chosen = [];
    const unknown = [];
    const rest = plain(text).replace(filterTyped, (typed, name, quoted, bare) => {
      const field = filterNames[name.toLowerCase()];
      const key = inYears(keyOfText(quoted ?? bare));
      const value = filters[field].find(([, names]) => names.split(' ').includes(key));
      if (key !== '' && value)
        chosen.push({ label: value[0], places: new Set(value[2].split(' ').map(Number)) });
      else unknown.push({ typed: typed.trim(), field });
      return ' ';
    });
    return { chosen, unknown, rest };
  }

  /** How much of a question an entry answers, and how much of that in its own words. */
  const noMark = { sum: 0, covered: 0, own: 0 };

  /** Of how much use an entry is to who asks so: by its kind and its place, worked out beforehand as the bot does. */
  const useOf = (place, { isTurning, isNamed }) => {
    if (isPathway(place)) return isTurning ? 2.5 : 1;
    return (isTurning ? use.turning : isNamed ? use.named : use.plain)[place];
  };

  /**
   * The entries and pathways that answer at least half of what was asked, by weight, by their places; best first. With what
   * was read as something else than was typed.
   */
  function find(text) {
    const { chosen, unknown, rest } = filtersIn(text);
    const all = wordsOf(rest);
    const need = all.filter(({ word }) => !asides.has(word) && !isLetterOrNumber(word));
    const isTurning = all.some(({ typed }) => turning.has(typed));
    const corrections = [];
    const marks = new Map();
    let whole = 0;
    for (const one of all) {
      // Where it is, what for, and a number are no need, unless nothing else was said.
      const isAside = need.length > 0 && !need.includes(one);
      const { readings, isSlip } = readingsOf(one);
      if (isSlip && !isAside) corrections.push({ typed: one.typed, read: readings[0][0] });
      const best = new Map();
      for (const [reading, share] of readings)
        for (const [place, weight, isOwn] of entriesWith(reading)) {
          const before = best.get(place) ?? { weight: 0, isOwn: false };
          best.set(place, { weight: Math.max(before.weight, weight * share), isOwn: isOwn || before.isOwn });
        }
      const rarity = rarityOf(best.size);
      if (!isAside) whole += rarity;
      for (const [place, { weight, isOwn }] of best) {
        const mark = marks.get(place) ?? noMark;
        marks.set(
          place,
          isAside
            ? { ...mark, sum: mark.sum + 0.3 * weight * rarity }
            : {
                sum: mark.sum + weight * rarity,
                covered: mark.covered + rarity,
                own: mark.own + (isOwn ? rarity : 0),
              },
        );
      }
    }
    for (const [place, share] of saidLike(need.map(({ word }) => word))) {
      const mark = marks.get(place) ?? noMark;
      marks.set(place, { ...mark, sum: mark.sum + 8 * share, covered: Math.max(mark.covered, whole * 0.7) });
    }
    const isAdmitted = (place) => chosen.every(({ places }) => places.has(place));
    const found =
      all.length === 0 && chosen.length > 0
        ? [...ids.keys()]
        : [...marks]
            .filter(([, { covered }]) => covered >= whole / 2)
            .map(([place, { sum: mark, covered, own }]) => ({
              place,
              id: ids[place] ?? '',
              score: ((mark * covered) / whole) * useOf(place, { isTurning, isNamed: own >= whole }),
            }))
            .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
            .map(({ place }) => place);
    const admitted = namedFirst(rest, found).filter(isAdmitted);
    const pathways = admitted.filter(isPathway).slice(0, mostPathways);
    return {
      places: admitted.filter((place) => !isPathway(place) || pathways.includes(place)).slice(0, mostShown),
      corrections,
      filters: chosen.map(({ label }) => label),
      unknown,
    };
  }

  /** What the bot answers to a name goes before the rest, and behind a page that says who to turn to where that comes first. */
  function namedFirst(text, found) {
    const named = answers[nameKey(text)];
    if (named === undefined || text.includes('"')) return found;
    const first = named.split(' ').map(Number);
    const others = found.filter((place) => !first.includes(place));
    const start = isPathway(others[0]) ? 1 : 0;
    return [...others.slice(0, start), ...first, ...others.slice(start)];
  }

  const mostNear = 3;

  /** Topics that at least one of the words may mean, the likeliest first: for when the whole question finds nothing. */
  function topicsNear(text) {
    const marks = new Map();
    const mark = (place, weight) => marks.set(place, (marks.get(place) ?? 0) + weight);
    for (const one of wordsOf(filtersIn(text).rest))
      for (const [reading, share] of looseReadingsOf(one))
        for (const [place, weight] of pairsIn(words[reading])) {
          if (place.startsWith('t')) mark(place.slice(1), weight * share);
          // An entry says little of the topics that it has.
          else
            topics.forEach((those, topic) => {
              const own = pairsIn(those).find(([entry]) => entry === place);
              if (own) mark(String(topic), (weight * share * own[1]) / 20);
            });
        }
    return [...marks]
      .sort((a, b) => b[1] - a[1])
      .slice(0, mostNear)
      .map(([topic]) => topic);
  }

  /** "Midwifery" may mean "midwife": words that begin the same. */
  function looseReadingsOf(one) {
    const { word } = one;
    const { readings } = readingsOf(one);
    if (readings.length > 0 || word.length < 5) return readings;
    const stem = word.slice(0, Math.max(4, Math.ceil(word.length * 0.6)));
    return known.filter((other) => other.startsWith(stem)).map((other) => [other, 0.3]);
  }

  return {
    find,
    topicsNear,
    isPathway,
    mostShown,
    isUrgent: (text) => leadsToHelp(danger, text),
    mayHarmChild,
  };
})();
