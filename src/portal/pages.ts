import {
  isNotSupplied,
  openedByCurator,
  type Resource,
  startingPoints,
} from '../features/resources/content.ts';
import { type Html, html } from '../lib/html.ts';
import { digitsOf } from '../safeguarding/phone.ts';
import { alwaysShown, numbersOf } from '../safeguarding/signposts.ts';
import { byTitle, entries, newestFirst, ways, waysTo } from './entries.ts';
import type { Page } from './frame.ts';
import { resourcesInData, withAddress } from './machine-readable.ts';
import { count, type Portal, pages, sayDate } from './portal.ts';

export function homePage(portal: Portal): Page {
  const { vocabulary, catalogue, startHere } = portal;
  const topics = ways(portal, 'topic');
  const groups = vocabulary.groups.map(({ label, id }) => ({
    label,
    ways: topics.filter((way) => vocabulary.topics.find((topic) => topic.id === way.id)?.group === id),
  }));
  return {
    file: pages.home,
    title: 'Home',
    about: 'Resources on childhood adversity, trauma and resilience for practitioners in City and Hackney.',
    main: html`<h1>Resources on adversity, trauma and resilience</h1>
<p class="lead">${count(catalogue.shown.length, 'resource', 'resources')} picked for practitioners in City and Hackney${sayToCome(portal)}. <span class="scripted">Search in your own words, or look through the lists.</span> <a href="${pages.all}">See everything from A to Z</a>.</p>
<section aria-labelledby="start">
<h2 id="start">Start here</h2>
<ul class="ways">
${startingPoints(startHere, catalogue).map(
  ({ label }, nth) => html`<li><a href="${pages.start}#part-${nth + 1}">${label}</a></li>\n`,
)}</ul>
</section>
<section aria-labelledby="topics">
<h2 id="topics">Topics</h2>
<div class="columns">
${groups
  .filter((group) => group.ways.length > 0)
  .map((group) => html`<div class="group"><h3>${group.label}</h3>\n${waysTo(group.ways)}</div>\n`)}</div>
</section>
<section aria-labelledby="ages">
<h2 id="ages">Age groups</h2>
${waysTo(ways(portal, 'age'))}</section>
<section aria-labelledby="kinds">
<h2 id="kinds">Kinds</h2>
${waysTo(ways(portal, 'kind'))}</section>`,
  };
}

/** Nothing is behind them yet, and they are counted with the others. */
function sayToCome({ catalogue }: Portal): string {
  const toCome = catalogue.shown.filter(isNotSupplied).length;
  return toCome === 0 ? '' : `, ${toCome} of them still to come from the programme`;
}

export function startPage(portal: Portal): Page {
  const parts = startingPoints(portal.startHere, portal.catalogue);
  return {
    file: pages.start,
    title: 'Start here',
    about: 'A short list to begin with, picked by hand.',
    main: html`<h1>Start here</h1>
<p class="lead">A short list to begin with, picked by hand.</p>
${contents(parts.map(({ label }, nth) => ({ label, anchor: `part-${nth + 1}` })))}
${parts.map(
  ({ label, entries: list }, nth) => html`<section aria-labelledby="part-${nth + 1}">
<h2 id="part-${nth + 1}">${label}</h2>
${entries(list, portal, 3)}</section>
`,
)}`,
  };
}

/** Everything, and what search shows a part of: without a script the whole list is there to look through. */
export function allPage(portal: Portal): Page {
  const list = portal.catalogue.shown.toSorted(byTitle);
  const letters = Map.groupBy(list, ({ title }) => {
    const [first = '#'] = title.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '');
    return /\p{L}/u.test(first) ? first.toUpperCase() : '0–9';
  });
  const named = [...letters].map(([letter, those]) => ({
    letter,
    anchor: `letter-${letter === '0–9' ? 'digits' : encodeURIComponent(letter.toLowerCase())}`,
    those,
  }));
  return {
    file: pages.all,
    title: 'Everything from A to Z',
    about: 'Every resource in the catalogue, from A to Z.',
    data: resourcesInData(list, portal),
    scripts: ['search-words.js', 'shared.js', 'find.js', 'search.js'],
    main: html`<h1 id="what">Everything from A to Z</h1>
<p class="lead" id="said" role="status">${count(list.length, 'resource', 'resources')}. To look for a word here, use your browser’s own “find in page”.</p>
<div id="found" hidden></div>
<div id="everything">
${contents(named.map(({ letter, anchor }) => ({ label: letter, anchor })))}
${named.map(
  ({ letter, anchor, those }) => html`<section aria-labelledby="${anchor}">
<h2 id="${anchor}">${letter}</h2>
${entries(those, portal, 3, true)}</section>
`,
)}</div>
<template id="urgent">${urgentNow(portal)}</template>
<template id="worried"><p class="urgent">Worried about a child? <a href="${pages.help}#risk">Children’s services in Hackney and the City of London</a></p></template>
<template id="turn-to">
${portal.pathways.pathways.map(
  ({ id, label }) => html`<li class="entry">
<h2><a href="${pages.pathway(id)}">Who to turn to: ${label}</a></h2>
<p>Who to consult and where to refer in Hackney and the City of London.</p>
</li>
`,
)}<li class="entry">
<h2><a href="${pages.pathways}">Who to turn to</a></h2>
<p>Who to consult and where to refer in Hackney and the City of London, by need.</p>
</li>
</template>
<template id="terms">
${portal.glossary.terms.map(
  ({ id, term, definition }) => html`<section class="wording" data-term="${id}">
<h2><a href="${pages.glossary}#${id}">${term}</a></h2>
<p>${definition}</p>
</section>
`,
)}</template>
<template id="nothing"><section class="near">
<h2>Topics that may come close</h2>
<ul class="ways">
${ways(portal, 'topic').map(
  ({ id, label, file }) => html`<li data-topic="${id}"><a href="${file}">${label}</a></li>\n`,
)}</ul>
</section>
<h2>Other ways to look</h2>
<ul class="ways">
<li><a href="${pages.home}#topics">All topics</a></li>
<li><a href="${pages.start}">Start here: a short list, picked by hand</a></li>
<li><a href="${pages.all}">Everything from A to Z</a></li>
<li><a href="${pages.help}">Help now: who to turn to</a></li>
</ul></template>`,
  };
}

/** Whom to ring, before what a search found. */
const urgentNow = ({ signposts }: Portal): Html =>
  html`<p class="urgent">If somebody needs help now: ${alwaysShown(signposts).map(
    (one) =>
      html`${one.name} ${numbersOf(one).map(
        (number) => html`<a class="number" href="tel:${digitsOf(number)}">${number}</a>`,
      )} · `,
  )}your own safeguarding lead. <a href="${pages.help}">More people to turn to</a></p>`;

const months = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));

/** What came into the catalogue in the last three months, then what was published this year or last. */
export function recentPage(portal: Portal): Page {
  const { catalogue, on } = portal;
  const year = Number(on.slice(0, 4));
  const isNew = ({ added_on: day }: Resource) =>
    day !== undefined && day <= on && months(on) - months(day) < 3;
  const added = catalogue.shown
    .filter(isNew)
    .toSorted((a, b) => (b.added_on ?? '').localeCompare(a.added_on ?? '') || newestFirst(a, b));
  const published = catalogue.shown
    .filter((resource) => (resource.year ?? 0) >= year - 1 && !isNew(resource))
    .toSorted(newestFirst);
  return {
    file: pages.recent,
    title: 'New',
    about: 'What came into the catalogue lately, and what was published lately.',
    main: html`<h1>New</h1>
<section aria-labelledby="added">
<h2 id="added">New in the catalogue</h2>
${
  added.length > 0
    ? html`<p>In the three months up to ${sayDate(on)}.</p>\n${entries(added, portal, 3)}`
    : html`<p>Nothing in the three months up to ${sayDate(on)}.</p>\n`
}</section>
${
  published.length > 0 &&
  html`<section aria-labelledby="published">
<h2 id="published">Published in ${year - 1} and ${year}</h2>
${entries(published, portal, 3)}</section>`
}`,
  };
}

export function topicPages(portal: Portal): Page[] {
  const { vocabulary, catalogue, glossary } = portal;
  const all = ways(portal, 'topic');
  return all.map(({ id, label, file }) => {
    const topic = vocabulary.topics.find((one) => one.id === id);
    // What an entry is mainly about comes first among its topics.
    const list = catalogue.shown
      .filter(({ topics }) => topics.includes(id))
      .toSorted((a, b) => a.topics.indexOf(id) - b.topics.indexOf(id) || newestFirst(a, b));
    const terms = glossary.terms.filter(({ topics }) => topics.includes(id));
    const near = all.filter(
      (other) =>
        other.id !== id && vocabulary.topics.find((one) => one.id === other.id)?.group === topic?.group,
    );
    return {
      file,
      title: label,
      about: topic?.description ?? label,
      main: html`${crumb('topics', 'Topics')}
<h1>${label}</h1>
<p class="lead">${topic?.description}</p>
<p>${count(list.length, 'resource', 'resources')}, what is mainly about this first.</p>
${entries(list, portal, 2)}
${
  terms.length > 0 &&
  html`<section aria-labelledby="words">
<h2 id="words">Words we use</h2>
<ul class="ways">
${terms.map((term) => html`<li><a href="${pages.glossary}#${term.id}">${term.term}</a></li>\n`)}</ul>
</section>`
}
${near.length > 0 && html`<section aria-labelledby="near">\n<h2 id="near">Near this</h2>\n${waysTo(near)}</section>`}`,
    };
  });
}

export function agePages(portal: Portal): Page[] {
  const all = ways(portal, 'age');
  return all.map(({ id, label, file }) => {
    // What is made for few ages comes before what is for many.
    const list = portal.catalogue.shown
      .filter(({ age_groups }) => age_groups.includes(id))
      .toSorted((a, b) => a.age_groups.length - b.age_groups.length || newestFirst(a, b));
    return listPage(portal, { file, label, list, crumb: crumb('ages', 'Age groups') });
  });
}

export function kindPages(portal: Portal): Page[] {
  return ways(portal, 'kind').map(({ id, label, file }) => {
    const list = portal.catalogue.shown.filter(({ type }) => type === id).toSorted(newestFirst);
    return listPage(portal, { file, label, list, crumb: crumb('kinds', 'Kinds') });
  });
}

const listPage = (
  portal: Portal,
  { file, label, list, crumb: back }: { file: string; label: string; list: Resource[]; crumb: Html },
): Page => ({
  file,
  title: label,
  about: `${label}: ${count(list.length, 'resource', 'resources')}.`,
  main: html`${back}
<h1>${label}</h1>
<p class="lead">${count(list.length, 'resource', 'resources')}.</p>
${entries(list, portal, 2)}`,
});

const crumb = (anchor: string, label: string): Html =>
  html`<p class="crumb"><a href="${pages.home}#${anchor}">${label}</a></p>`;

export const contents = (
  parts: readonly { label: string; anchor: string }[],
): Html => html`<nav class="contents" aria-label="On this page"><ul>
${parts.map(({ label, anchor }) => html`<li><a href="#${anchor}">${label}</a></li>\n`)}</ul></nav>`;

/** How the addresses were seen by whoever picked them, as far as that was noted. */
function sayHowSeen(list: readonly Resource[]): string {
  const ways: readonly [string, (how: string | undefined) => boolean][] = [
    ['as an archived copy of the public page', (how) => how?.startsWith('archived') === true],
    ['on a page that cites it', (how) => how?.startsWith('cited by') === true],
    ['by a curator who opened it', (how) => how === openedByCurator],
    ['not noted', (how) => how === undefined],
  ];
  const said = ways
    .map(([label, isSo]) => ({ label, many: list.filter(({ verified }) => isSo(verified)).length }))
    .filter(({ many }) => many > 0)
    .map(({ label, many }) => `${many} ${label}`);
  return `How the ${count(list.length, 'address was', 'addresses were')} seen: ${said.join(', ')}.`;
}

export function aboutPage(portal: Portal): Page {
  const { catalogue, on } = portal;
  const led = withAddress(catalogue.shown).length;
  const others = catalogue.shown.length - led;
  return {
    file: pages.about,
    title: 'About this site',
    about: 'What this site is, what it keeps, and how to tell us that something is wrong.',
    main: html`<h1>About this site</h1>
<p class="lead">The resource catalogue of the City and Hackney ChATR programme (childhood adversity, trauma and resilience), as pages to read anywhere.</p>
<h2>What it keeps</h2>
<p>Nothing. There are no cookies, no counting and no account. What you search for stays on your device. A link to another website opens that website, which has its own rules.</p>
<h2>How far to trust it</h2>
<p>${sayHowSeen(withAddress(catalogue.shown))} Pages move: if one does not open, look for its title. Where there is more to say of an entry, a line below it says so.</p>
<p>This copy was made on ${sayDate(on)}, so phone numbers and guidance may be newer elsewhere.</p>
<h2>When something is wrong or missing</h2>
<p>Whoever is in the community’s Slack can tell the curators: <code>/chatr suggest</code> sends them a page, and the menu beside an entry reports a link. If you are not, ask somebody who is.</p>
<h2>Without a connection</h2>
<p>Once you have opened it, the whole site works without a connection, also from a folder or a memory stick. Links to other websites need one.</p>
<h2>For other programs</h2>
<p><a href="feed.json">A JSON feed</a> with the ${count(led, 'entry that has an address', 'entries that have an address')}. The page with everything has the same ones as schema.org data.${others > 0 && html` Without an address ${others === 1 ? 'is one' : html`are ${String(others)}`} that the programme has not supplied yet.`}</p>`,
  };
}
