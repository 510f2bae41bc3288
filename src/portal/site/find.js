// The bot's own search, on what it needs of the catalogue, without the page that shows what it finds. Nothing is sent anywhere.
window.finder = (() => {
  const { ids, vocabulary, terms, boroughs, danger, ...given } = window.searchWords;
  const { createNeeds, createSearch, definitionAsked, leadsToHelp, mayHarmChild, needsOf, toCatalogue } =
    window.shared;
  const setOf = (words) => new Set(words.split(' '));
  const [english, names] = [setOf(window.searchWords.english), setOf(window.searchWords.names)];
  window.isEnglish = (word) => english.has(word);
  window.isNameToo = (word) => names.has(word);
  const once = (make) => {
    let made;
    return () => {
      made ??= make();
      return made;
    };
  };
  window.countsOfTalk = once(
    () =>
      new Map(
        Array.from(given.talk.matchAll(/(\S+) (\S+)/g), ([, stem, count]) => [
          stem,
          Number.parseInt(count, 36),
        ]),
      ),
  );

  const inFull = ({ asked_as, ...one }) => ({
    ...one,
    asked_as: asked_as.map((say) => (typeof say === 'string' ? { say } : say)),
  });
  const words = {
    vocabulary: { ...vocabulary, topics: vocabulary.topics.map(inFull) },
    glossary: { terms },
  };
  // Made when somebody asks: who only reads need not wait for it.
  const search = once(() => createSearch({ ...words, catalogue: toCatalogue(given.resources.map(inFull)) }));
  const needs = once(() => createNeeds({ pathways: given.pathways, boroughs }, words.vocabulary));
  const places = new Map(ids.map((id, place) => [id, place]));
  const mostShown = 30;
  /** Behind the entries come the pages that say who to turn to. */
  const isPathway = (place) => place >= ids.length;

  /** Entries and pathways by their places, those to turn to first, and what was read as something else than was typed. */
  function find(text) {
    const found = search().find(text);
    const { isAsking, needs: named } = needsOf(needs(), given.pathways, text);
    // Behind the pathways comes the page that has them all.
    const turnTo =
      isAsking && named.length === 0
        ? [given.pathways.length]
        : named.map(({ id }) => given.pathways.findIndex((one) => one.id === id));
    return {
      places: [...turnTo.map((nth) => ids.length + nth), ...found.hits.map(({ id }) => places.get(id))].slice(
        0,
        mostShown,
      ),
      corrections: found.corrections.map(({ typed, read }) => ({ typed, read })),
      choices: found.choices,
      filters: found.understood.filter(({ kind }) => kind === 'narrowing').map(({ label }) => label),
      unknown: found.unknownValues.map(({ typed }) => ({ typed })),
      topics: found.nearTopics.map(({ id }) => id),
    };
  }

  /** What a word means that is asked for by its name, whether or not anybody says "what is". */
  const define = (text) => definitionAsked(words, text) ?? definitionAsked(words, `define ${text}`);

  return {
    find,
    define,
    isPathway,
    mostShown,
    isUrgent: (text) => leadsToHelp(danger, text),
    mayHarmChild,
  };
})();
