// Finds entries for a question, without the page that shows them. Nothing is sent anywhere.
window.finder = (() => {
  const { ids, topics, words, fillers, phrases, danger, harm, shortForms, aside, turningTo, use } =
    window.searchWords;
  const { filterNames, filters } = window.searchWords;
  const small = new Set(fillers);
  const asides = new Set(aside);
  const turning = new Set(turningTo);
  const known = Object.keys(words);
  const mostShown = 30;
  const mostPathways = 2;
  /** Behind the entries come the pages that say who to turn to. */
  const isPathway = (place) => place >= ids.length;

  const singular = (word) =>
    word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;

  const plain = (text) =>
    text
      .replace(/[\u2018\u2019\u02bc\u0060\u00b4]/g, "'")
      .replace(/[\u201c\u201d\u201e]/g, '"')
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/&/g, 'and');

  const partsOf = (text) => text.replace(/'/g, '').match(/[\p{L}\p{N}]+/gu) ?? [];
  const keyOf = (text) => partsOf(plain(text)).map(singular).join('');

  /**
   * "Child's" and "self-care" as the list of words has them: as words, and in one piece; short forms in full. What stands in
   * quotes is looked for as it was typed.
   */
  function wordsOf(text) {
    const found = new Map();
    const add = (word, typed, isExact) => found.set(word, found.get(word) ?? { word, typed, isExact });
    plain(text)
      .split('"')
      .forEach((run, nth) => {
        for (const piece of run.split(/\s+/)) {
          if (negated.test(piece)) continue;
          const parts = partsOf(piece);
          const whole = singular(parts.join(''));
          if (parts.length > 1 && words[whole]) add(whole, piece, true);
          else
            for (const part of parts) {
              const word = singular(part);
              if (words[word] || !shortForms[word]) add(word, part, nth % 2 === 1);
              else for (const meant of shortForms[word].split(' ')) add(meant, part, true);
            }
        }
      });
    return [...found.values()];
  }

  /** "Won't" and "wont" say nothing of what is wanted. */
  const negated =
    /^(?:do|does|did|is|are|was|were|have|has|had|could|should|would|must|need|ca|wo|sha|ai)n'?t$/;

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

  /** A form of it, the beginning of it, or a slip of the finger in a word that the list does not have. */
  const isForm = (word, forms) =>
    forms
      .split(' ')
      .some(
        (form) =>
          word === form ||
          (form.length >= 4 && word.startsWith(form)) ||
          (form.length >= 4 &&
            word.length >= 3 &&
            word[0] === form[0] &&
            !words[singular(word)] &&
            !small.has(word) &&
            isNear(word, form)),
      );

  /** Whether what is asked may be about danger, with a word or two between those of a phrase. */
  function mayBeDanger(text) {
    const asked =
      text
        .toLowerCase()
        .replace(/[\u2018\u2019\u02bc\u0060\u00b4']/g, '')
        .replace(/\b(?:can|ca)(?:not|nt)\b/g, 'can not')
        .replace(/\b(do|does|did|is|are|was|were|could|should|would|wo)nt\b/g, '$1 not')
        .match(/[\p{L}\p{N}]+/gu) ?? [];
    return danger.some(([first, ...others]) =>
      asked.some((word, start) => {
        if (!isForm(word, first)) return false;
        let at = start;
        return others.every((forms) => {
          const next = asked.findIndex((one, place) => place > at && isForm(one, forms));
          if (next < 0 || next - at > 3) return false;
          at = next;
          return true;
        });
      }),
    );
  }

  const harmed = harm.map((pattern) => new RegExp(pattern, 'giu'));

  /** Whether it tells of somebody who is harmed; whoever is named in it has a capital. */
  function tellsOfHarm(text) {
    const plain = text.replace(/[\u2018\u2019]/g, "'").replace(/\s+/g, ' ');
    return harmed.some((pattern) =>
      [...plain.matchAll(pattern)].some(
        ({ groups }) => groups?.name === undefined || /^\p{Lu}\p{Ll}+$/u.test(groups.name),
      ),
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
    if (exact.length + longer.length > 0) return { readings: [...exact, ...longer], isSlip: false };
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
    const rest = text
      .replace(/[\u201c\u201d\u201e]/g, '"')
      .replace(filterTyped, (typed, name, quoted, bare) => {
        const field = filterNames[name.toLowerCase()];
        const key = inYears(keyOf(quoted ?? bare));
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
    const all = wordsOf(rest).filter(({ word }) => !small.has(word));
    const need = all.filter(({ word }) => !asides.has(word));
    const isTurning = all.some(({ typed }) => turning.has(typed));
    const corrections = [];
    const marks = new Map();
    let whole = 0;
    for (const one of all) {
      // Where it is and what for are no need, unless nothing else was said.
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
    const admitted = found.filter(isAdmitted);
    const pathways = admitted.filter(isPathway).slice(0, mostPathways);
    return {
      places: admitted.filter((place) => !isPathway(place) || pathways.includes(place)).slice(0, mostShown),
      corrections,
      filters: chosen.map(({ label }) => label),
      unknown,
    };
  }

  const mostNear = 3;

  /** Topics that at least one of the words may mean, the likeliest first: for when the whole question finds nothing. */
  function topicsNear(text) {
    const marks = new Map();
    const mark = (place, weight) => marks.set(place, (marks.get(place) ?? 0) + weight);
    for (const one of wordsOf(filtersIn(text).rest))
      if (!small.has(one.word))
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
    isUrgent: (text) => mayBeDanger(text) || tellsOfHarm(text),
  };
})();
