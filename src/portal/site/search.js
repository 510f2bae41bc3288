// Search on the page that has everything: shows the entries that answer, best first, in place of the whole list. The
// page works without it. Nothing is sent anywhere.
(() => {
  const { ids } = window.searchWords;
  const { find, define, isPathway, isUrgent, mayHarmChild, mostShown } = window.finder;
  const [field, found, everything, said, what, nothing, urgent, worried, turnTo, terms] = [
    'q',
    'found',
    'everything',
    'said',
    'what',
    'nothing',
    'urgent',
    'worried',
    'turn-to',
    'terms',
  ].map((id) => document.getElementById(id));
  const title = document.title;
  const heading = what.textContent;
  const howMany = `${ids.length} resources.`;
  /** What there is in place of an answer. */
  function waysOn(near) {
    const ways = nothing.content.cloneNode(true);
    const list = ways.querySelector('.near ul');
    const offered = near.flatMap((topic) => list.querySelector(`[data-topic="${topic}"]`) ?? []);
    if (offered.length === 0) ways.querySelector('.near').remove();
    else list.replaceChildren(...offered);
    return ways;
  }

  /** The question in a part of the address, if it has one. */
  const questionIn = (part) => new URLSearchParams(part.slice(1)).get('q');
  const withQuestion = (question) => `#${new URLSearchParams({ q: question })}`;

  const quoted = (text) => `\u2018${text}\u2019`;

  function linkTo(address, text) {
    const link = document.createElement('a');
    link.href = address;
    link.textContent = text;
    return link;
  }

  /** What there is to filter by. Publishers have no list. */
  const [kinds, ages, topics] = [
    { at: 'kinds', label: 'All kinds' },
    { at: 'ages', label: 'All age groups' },
    { at: 'topics', label: 'All topics' },
  ];
  const lists = { type: kinds, kind: kinds, age: ages, ages, topic: topics };

  /** What was not taken as it was typed, with the way back. */
  function readOtherwise(asked, { corrections, choices, unknown }) {
    const lines = unknown.map(({ typed }) => {
      const said = `There is nothing for ${quoted(typed)}, so that was left out.`;
      const list = lists[typed.split(':')[0].toLowerCase()];
      return list ? [`${said} `, linkTo(`index.html#${list.at}`, list.label)] : [said];
    });
    if (corrections.length > 0) {
      const line = [`Showing results for ${corrections.map(({ read }) => quoted(read)).join(', ')}. `];
      for (const { typed } of corrections) {
        const at = asked.toLowerCase().indexOf(typed);
        if (at < 0) continue;
        const exact = `${asked.slice(0, at)}"${typed}"${asked.slice(at + typed.length)}`;
        line.push(linkTo(withQuestion(exact), `Search for exactly ${quoted(typed)}`), ' ');
      }
      lines.push(line);
    }
    for (const { form, meanings } of choices)
      lines.push([
        `${quoted(form)} can mean: `,
        ...meanings.flatMap(({ meaning, question }, nth) => [
          nth > 0 ? ' or ' : '',
          linkTo(withQuestion(question), meaning),
        ]),
      ]);
    return lines.map((line) => {
      const paragraph = document.createElement('p');
      paragraph.append(...line);
      return paragraph;
    });
  }

  /** What is asked for by its name, in plain words. */
  function definition(asked) {
    const told = define(asked);
    // Which of several it is can be chosen below.
    if (!told || (told.kind === 'short-form' && told.means.length > 1)) return [];
    const explained = (told.kind === 'term' ? [told.term] : told.terms).map(({ id }) =>
      terms.content.querySelector(`[data-term="${id}"]`).cloneNode(true),
    );
    if (explained.length > 0) return explained;
    const spelled = document.createElement('p');
    spelled.className = 'wording';
    spelled.textContent = `${told.form}: ${told.means[0]}.`;
    return [spelled];
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
    if (isUrgent(asked)) found.append(urgent.content.cloneNode(true));
    if (mayHarmChild(asked)) found.append(worried.content.cloneNode(true));
    const answer = find(asked);
    const hits = answer.places;
    found.append(...definition(asked), ...readOtherwise(asked, answer));
    if (hits.length === 0) {
      const mustChoose = answer.choices.length > 0;
      said.textContent = mustChoose
        ? `${quoted(asked)} can mean several things.`
        : `Nothing here for ${quoted(asked)}.`;
      if (!mustChoose) found.append(waysOn(answer.topics));
      return;
    }
    const many = hits.filter((place) => !isPathway(place)).length;
    const counted = many === 1 ? '1 resource' : `${many} resources`;
    said.textContent =
      many === 0
        ? `Who to turn to for ${quoted(asked)}.`
        : hits.length === mostShown
          ? `The ${counted} that fit ${quoted(asked)} best.`
          : `${counted} for ${quoted(asked)}${many > 1 ? ', best first' : ''}.`;
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

  let shown = '';

  function look() {
    const asked = questionIn(location.hash);
    const target = asked === null && document.getElementById(location.hash.slice(1));
    if (target && !everything.contains(target)) {
      // Past the menu and the like: what was found stays, and what was asked for.
      if (shown !== '') history.replaceState(null, '', withQuestion(shown));
      return;
    }
    shown = asked ?? '';
    field.value = shown;
    show(shown);
    if (target) target.scrollIntoView();
  }
  let waiting;
  field.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(field.value), 250);
  });
  field.form.addEventListener('submit', () => {
    clearTimeout(waiting);
    // Another question comes with its address, which ask.js changes.
    if (location.hash === withQuestion(field.value.trim())) show(field.value);
  });
  window.addEventListener('hashchange', look);
  // In older links the question stands where it is sent: not again from here.
  const before = questionIn(location.search);
  if (before !== null) history.replaceState(null, '', location.pathname + withQuestion(before));
  look();
})();
