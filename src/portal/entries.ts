import { factsOf, isNotSupplied, type Resource, resourceTypes } from '../features/resources/content.ts';
import { type Html, html } from '../lib/html.ts';
import { type Portal, pages, sayDate } from './portal.ts';

/** Leads away from here, and says so to everybody: an arrow, words for a screen reader, the address on paper. */
export const away = (url: string, text: string): Html =>
  /^https?:\/\//i.test(url)
    ? html`<a class="away" href="${url}" rel="external noreferrer">${text}<span class="hidden"> (another website)</span></a>`
    : html`${text}`;

type Level = 2 | 3;

/** @param level of its heading, below the one it stands under. @param isTarget whether links may lead to it here. */
export function entry(resource: Resource, portal: Portal, level: Level, isTarget = false): Html {
  const { url, title, summary, caution } = resource;
  const name = url === undefined ? html`${title}` : away(url, title);
  const before = isTarget ? (portal.catalogue.predecessors.get(resource.id) ?? []) : [];
  const note = notesOf(resource, portal);
  return html`<li class="entry"${isTarget && html` id="${resource.id}"`}>${before.map(
    // Whoever kept a link to the older one comes to what has taken its place.
    ({ id }) => html`<span id="${id}"></span>`,
  )}
${level === 2 ? html`<h2>${name}</h2>` : html`<h3>${name}</h3>`}
<p class="facts">${factsOf(resource, portal.vocabulary).join(' · ')}</p>
<p>${summary}</p>
${caution !== undefined && html`<p class="caution">${caution}</p>\n`}${note !== '' && html`<p class="note">${note}</p>\n`}</li>
`;
}

export const entries = (
  list: readonly Resource[],
  portal: Portal,
  level: Level,
  isTarget = false,
): Html => html`<ul class="entries">
${list.map((resource) => entry(resource, portal, level, isTarget))}</ul>
`;

/** Only what there is to say: most entries have none. */
function notesOf(resource: Resource, { catalogue }: Portal): string {
  const { link_kind, owner, version, checked_on } = resource;
  const before = catalogue.predecessors.get(resource.id)?.filter((old) => old.title !== resource.title) ?? [];
  return [
    isNotSupplied(resource) && 'The programme has not supplied this yet.',
    version !== undefined && `Version ${version}.`,
    owner !== undefined && !isNotSupplied(resource) && `Kept by: ${owner}.`,
    checked_on !== undefined &&
      `${owner === undefined ? 'Checked' : 'Last opened by them'} on ${sayDate(checked_on)}.`,
    before.length > 0 && `Replaces: ${before.map(({ title }) => title).join('; ')}.`,
    link_kind === 'shared-by-another-site' && 'On another site than the publisher’s.',
  ]
    .filter((one) => typeof one === 'string')
    .join(' ');
}

const { compare } = new Intl.Collator('en-GB', { numeric: true, ignorePunctuation: true });
export const byTitle = (a: Resource, b: Resource): number => compare(a.title, b.title) || compare(a.id, b.id);
export const newestFirst = (a: Resource, b: Resource): number =>
  (b.year ?? 0) - (a.year ?? 0) || byTitle(a, b);

/** Links to pages of this site, with how many entries each has. */
export const waysTo = (
  ways: readonly { label: string; file: string; many: number }[],
): Html => html`<ul class="ways">
${ways.map(({ label, file, many }) => html`<li><a href="${file}">${label}</a> <span class="many">${many}</span></li>\n`)}</ul>
`;

/** Those that have anything: a list that is empty is no way to anywhere. */
export function ways(
  portal: Portal,
  what: 'topic' | 'age' | 'kind',
): { label: string; file: string; many: number; id: string }[] {
  const { vocabulary, catalogue } = portal;
  const named =
    what === 'topic'
      ? vocabulary.topics
      : what === 'age'
        ? vocabulary.age_groups
        : Object.entries(resourceTypes).map(([id, { label }]) => ({ id, label }));
  const has = (resource: Resource, id: string) =>
    what === 'topic'
      ? resource.topics.includes(id)
      : what === 'age'
        ? resource.age_groups.includes(id)
        : resource.type === id;
  return named
    .map(({ id, label }) => ({
      id,
      label,
      file: pages[what](id),
      many: catalogue.shown.filter((resource) => has(resource, id)).length,
    }))
    .filter(({ many }) => many > 0);
}
