// Search on the page that has everything: shows the entries that answer, best first, in place of the whole list. The
// page works without it. Nothing is sent anywhere.
(() => {
  const { ids, topics, words, fillers, phrases, danger, harm } = window.searchWords;
  const small = new Set(fillers);
  const known = Object.keys(words);
  const [field, found, everything, said, what, nothing, urgent, turnTo] = [
    'q',
    'found',
    'everything',
    'said',
    'what',
    'nothing',
    'urgent',
    'turn-to',
  ].map((id) => document.getElementById(id));
  const title = document.title;
  const heading = what.textContent;
  const howMany = `${ids.length} resources.`;
  const mostShown = 30;
  const mostPathways = 2;
  /** Behind the entries come the pages that say who to turn to. */
  const isPathway = (place) => place >= ids.length;

  const singular = (word) =>
    word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;

  /** "Child's" and "self-care" as the list of words has them: as words, and in one piece. */
  function wordsOf(text) {
    const pieces = text
      .replace(/[\u2018\u2019\u02bc\u0060\u00b4]/g, "'")
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/&/g, 'and')
      .split(/\s+/);
    return pieces.flatMap((piece) => {
      if (negated.test(piece)) return [];
      const parts = piece.replace(/'/g, '').match(/[\p{L}\p{N}]+/gu) ?? [];
      const whole = singular(parts.join(''));
      return parts.length > 1 && words[whole] ? [whole] : parts.map(singular);
    });
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

  /** Which words of the list a typed one stands for, and how surely. */
  function readingsOf(word) {
    const exact = words[word] ? [[word, 1]] : [];
    const longer =
      word.length >= 3
        ? known.filter((other) => other !== word && other.startsWith(word)).map((other) => [other, 0.6])
        : [];
    if (exact.length + longer.length > 0) return [...exact, ...longer];
    return word.length >= 5 ? known.filter((other) => isNear(word, other)).map((other) => [other, 0.5]) : [];
  }

  const pairsIn = (text) => (text === '' ? [] : text.split(' ').map((pair) => pair.split(':')));

  /** By itself, or by way of a topic. */
  const entriesWith = (word) =>
    pairsIn(words[word]).flatMap(([place, weight]) =>
      place.startsWith('t')
        ? pairsIn(topics[place.slice(1)]).map(([entry, share]) => [Number(entry), weight * share])
        : [[Number(place), Number(weight)]],
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

  /** The entries and pathways that answer at least half of what was asked, by weight, by their places; best first. */
  function find(text) {
    const asked = [...new Set(wordsOf(text))].filter((word) => !small.has(word));
    const marks = new Map();
    let whole = 0;
    for (const word of asked) {
      const best = new Map();
      for (const [reading, share] of readingsOf(word))
        for (const [place, weight] of entriesWith(reading))
          best.set(place, Math.max(best.get(place) ?? 0, weight * share));
      const rarity = rarityOf(best.size);
      whole += rarity;
      for (const [place, weight] of best) {
        const mark = marks.get(place) ?? { sum: 0, covered: 0 };
        marks.set(place, { sum: mark.sum + weight * rarity, covered: mark.covered + rarity });
      }
    }
    for (const [place, share] of saidLike(asked)) {
      const { sum: before, covered } = marks.get(place) ?? { sum: 0, covered: 0 };
      marks.set(place, { sum: before + 12 * share, covered: Math.max(covered, whole * 0.7) });
    }
    const places = [...marks]
      .filter(([, { covered }]) => covered >= whole / 2)
      .map(([place, mark]) => ({ place, id: ids[place] ?? '', score: (mark.sum * mark.covered) / whole }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .map(({ place }) => place);
    const pathways = places.filter(isPathway).slice(0, mostPathways);
    return places.filter((place) => !isPathway(place) || pathways.includes(place)).slice(0, mostShown);
  }

  const mostNear = 3;

  /** Topics that at least one of the words may mean, the likeliest first: for when the whole question finds nothing. */
  function topicsNear(text) {
    const marks = new Map();
    const mark = (place, weight) => marks.set(place, (marks.get(place) ?? 0) + weight);
    for (const word of new Set(wordsOf(text)))
      if (!small.has(word))
        for (const [reading, share] of looseReadingsOf(word))
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
  function looseReadingsOf(word) {
    const readings = readingsOf(word);
    if (readings.length > 0 || word.length < 5) return readings;
    const stem = word.slice(0, Math.max(4, Math.ceil(word.length * 0.6)));
    return known.filter((other) => other.startsWith(stem)).map((other) => [other, 0.3]);
  }

  /** What there is in place of an answer. */
  function waysOn(asked) {
    const ways = nothing.content.cloneNode(true);
    const near = topicsNear(asked);
    const list = ways.querySelector('.near ul');
    const offered = near.flatMap((topic) => list.querySelector(`[data-topic="${topic}"]`) ?? []);
    if (offered.length === 0) ways.querySelector('.near').remove();
    else list.replaceChildren(...offered);
    return ways;
  }

  function show(text) {
    const asked = text.trim();
    found.replaceChildren();
    found.hidden = asked === '';
    everything.hidden = asked !== '';
    what.textContent = asked === '' ? heading : `Search: ${asked}`;
    document.title = asked === '' ? title : `${asked} \u00b7 ${title}`;
    if (asked === '') {
      said.textContent = howMany;
      return;
    }
    if (mayBeDanger(asked) || tellsOfHarm(asked)) found.append(urgent.content.cloneNode(true));
    const hits = find(asked);
    if (hits.length === 0) {
      said.textContent = `Nothing here for \u2018${asked}\u2019.`;
      found.append(waysOn(asked));
      return;
    }
    const many = hits.length === 1 ? '1 resource' : `${hits.length} resources`;
    said.textContent =
      hits.length === mostShown
        ? `The ${many} that fit \u2018${asked}\u2019 best.`
        : `${many} for \u2018${asked}\u2019${hits.length > 1 ? ', best first' : ''}.`;
    const list = document.createElement('ol');
    list.className = 'entries';
    for (const place of hits) {
      if (isPathway(place)) {
        list.append(turnTo.content.children[place - ids.length].cloneNode(true));
        continue;
      }
      const entry = document.getElementById(ids[place]).cloneNode(true);
      for (const named of [entry, ...entry.querySelectorAll('[id]')]) named.removeAttribute('id');
      // Below the page's own heading now, with no letter between.
      const name = entry.querySelector('h3');
      const raised = document.createElement('h2');
      raised.append(...name.childNodes);
      name.replaceWith(raised);
      list.append(entry);
    }
    found.append(list);
  }

  const inAddress = () => new URLSearchParams(location.search).get('q') ?? '';
  const look = () => {
    field.value = inAddress();
    show(field.value);
  };
  let waiting;
  field.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(field.value), 250);
  });
  field.form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    const address = new URL(location.href);
    address.hash = '';
    address.searchParams.set('q', field.value.trim());
    history.pushState(null, '', address);
    show(field.value);
  });
  window.addEventListener('popstate', look);
  look();
})();
