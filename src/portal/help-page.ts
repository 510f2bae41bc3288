import { type Html, html } from '../lib/html.ts';
import { digitsOf } from '../safeguarding/phone.ts';
import {
  alwaysShown,
  numbersOf,
  type SafeguardingRoute,
  type Signposts,
  type SupportLine,
  sayChecked,
  standingOf,
} from '../safeguarding/signposts.ts';
import { away } from './entries.ts';
import type { Page } from './frame.ts';
import { type Portal, pages, sayDate } from './portal.ts';

/** Who to turn to, as /chatr support shows it: calm, numbers that ring with one tap, nothing that is not confirmed. */
export function helpPage({ signposts, on }: Portal): Page {
  const always = alwaysShown(signposts);
  const others = signposts.lines.filter(({ id }) => !signposts.always_show.includes(id));
  const now = new Date(`${on}T12:00:00Z`);
  const show = (list: readonly (SupportLine | SafeguardingRoute)[]) => {
    const shown = list.flatMap((one) => contact(signposts, one, now) ?? []);
    return shown.length > 0 && html`<ul class="entries">\n${shown}</ul>\n`;
  };
  const unnumbered = [...others, ...signposts.safeguarding_routes].filter(
    (one) => standingOf(signposts, one, now).kind === 'name-only',
  );
  const areas = [...Map.groupBy(signposts.safeguarding_routes, ({ area }) => area)];
  return {
    file: pages.help,
    title: 'Help now',
    about: 'Who to turn to: in danger, worried about a child or an adult, or in need of somebody to talk to.',
    main: html`<h1>Help now</h1>
<p class="lead">This page is no emergency service, and nobody is told that you opened it.</p>
<section aria-labelledby="now">
<h2 id="now">Right now</h2>
${show(always)}</section>
${
  areas.length > 0 &&
  html`<section aria-labelledby="risk">
<h2 id="risk">If a child or adult may be at risk</h2>
<p>Speak with your own safeguarding lead. These are the local contacts. <a href="${pages.pathways}">By need, from universal help to specialist</a>.</p>
</section>
${areas.map(
  ([area, routes], nth) => html`<section aria-labelledby="area-${nth + 1}">
<h2 id="area-${nth + 1}">${area}</h2>
${show(routes)}</section>
`,
)}`
}<section aria-labelledby="talk">
<h2 id="talk">Somebody to talk to</h2>
${show(others)}</section>
<section aria-labelledby="work">
<h2 id="work">For you, at work</h2>
<ul>
${signposts.for_practitioners.map((line) => html`<li>${line}</li>\n`)}</ul>
</section>
<section aria-labelledby="unsure">
<h2 id="unsure">About these numbers</h2>
${
  unnumbered.length > 0 &&
  html`<p>No number is given here for ${unnumbered.map(({ name }) => name).join('; ')}, because it has not been confirmed. Please look on their own site.</p>\n`
}${signposts.retired.map(({ name, phone, status, use_instead }) => {
  const instead = signposts.lines.find(({ id }) => id === use_instead);
  return html`<p>${phone} (${name}): ${status} Use instead: ${instead?.name ?? use_instead}.</p>\n`;
})}<p>This page was made on ${sayDate(on)}. If a number does not answer or looks wrong, please tell a facilitator.</p>
</section>`,
  };
}

function contact(signposts: Signposts, one: SupportLine | SafeguardingRoute, now: Date): Html | undefined {
  const standing = standingOf(signposts, one, now);
  if (standing.kind === 'name-only') return undefined;
  const ways = waysOf(one);
  const said = [one.hours, one.for_whom, one.note, sayChecked(standing)].filter((text) => text !== undefined);
  return html`<li class="entry">
<h3>${one.name}</h3>
<p>${ways.map((way, nth) => html`${nth > 0 && ' · '}${way}`)}</p>
${said.length > 0 && html`<p>${said.map((text) => (/[.!?]$/.test(text) ? text : `${text}.`)).join(' ')}</p>\n`}</li>
`;
}

/** Each way to reach somebody; a number rings with one tap. */
export const waysOf = (one: SupportLine | SafeguardingRoute): Html[] => [
  ...numbersOf(one).map((number) => html`<a class="number" href="tel:${digitsOf(number)}">${number}</a>`),
  ...(one.text === undefined ? [] : [html`text <strong>${one.text}</strong>`]),
  ...(one.email === undefined ? [] : [html`<a href="mailto:${one.email}">${one.email}</a>`]),
  ...(one.web === undefined ? [] : [away(one.web, 'Website')]),
];
