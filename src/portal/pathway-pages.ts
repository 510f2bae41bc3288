import {
  boroughLabel,
  type Part,
  type Pathway,
  rememberOf,
  type Sentence,
  type Step,
  stepsOf,
  type Way,
} from '../features/pathways/content.ts';
import { type Html, html } from '../lib/html.ts';
import { digitsOf } from '../safeguarding/phone.ts';
import { alwaysShown, numbersOf, sayChecked } from '../safeguarding/signposts.ts';
import { entries } from './entries.ts';
import type { Page } from './frame.ts';
import { waysOf } from './help-page.ts';
import { type Portal, pages, sayDate } from './portal.ts';

/** Above everything: danger now, then one's own safeguarding lead. */
function first({ signposts }: Portal): Html {
  const [emergency] = alwaysShown(signposts);
  const numbers = emergency ? numbersOf(emergency) : [];
  return html`<p class="urgent"><strong>In danger now:</strong> ${numbers.map(
    (number) => html`<a class="number" href="tel:${digitsOf(number)}">${number}</a>`,
  )}. Otherwise your own safeguarding lead first, unless waiting would put someone at risk.</p>`;
}

export function pathwaysPage(portal: Portal): Page {
  const { about, pathways, boroughs } = portal.pathways;
  return {
    file: pages.pathways,
    title: 'Who to turn to',
    about: 'Who to consult and where to refer in Hackney and the City of London, by need.',
    main: html`<h1>Who to turn to</h1>
${first(portal)}
<p class="lead">By need, from help that every family can have to specialist help. ${about.borough}</p>
<ul class="ways">
${pathways.map(({ id, label }) => html`<li><a href="${pages.pathway(id)}">${label}</a></li>\n`)}</ul>
<h2>Thresholds and directories</h2>
<p>${about.thresholds} ${about.not_a_directory}</p>
${entries(
  boroughs.flatMap(({ id }) =>
    portal.pathways.directories
      .filter(({ borough }) => borough === id)
      .flatMap(({ resource }) => portal.catalogue.byId.get(resource) ?? []),
  ),
  portal,
  3,
)}<p>${sayMade(portal)}</p>`,
  };
}

/** No page can tell the hour: hours stand here as they were stated. */
const sayMade = ({ on }: Portal): string =>
  `This page was made on ${sayDate(on)}, and does not know what time it is: hours are as they were stated. In Slack, /chatr pathway puts the line that answers now first.`;

export const pathwayPages = (portal: Portal): Page[] =>
  portal.pathways.pathways.map((one) => page(portal, one));

function page(portal: Portal, pathway: Pathway): Page {
  const { pathways: content, signposts, on, catalogue } = portal;
  const steps = stepsOf(content, signposts, pathway, { now: new Date(`${on}T12:00:00Z`) });
  const remember = rememberOf(content, pathway);
  const toRead = [
    ...new Set(steps.flatMap(({ parts }) => parts.flatMap(({ resources }) => resources))),
  ].flatMap((id) => catalogue.byId.get(id) ?? []);
  return {
    file: pages.pathway(pathway.id),
    title: `Who to turn to: ${pathway.label}`,
    about: `${pathway.label}: who to consult and where to refer in Hackney and the City of London.`,
    main: html`<p class="crumb"><a href="${pages.pathways}">Who to turn to</a></p>
<h1>${pathway.label}</h1>
${first(portal)}
${remember && html`<p class="lead">Remember: ${sayIt(remember)}</p>\n`}${unread(steps, remember, portal)}${steps.map(
  (step, nth) => html`<section aria-labelledby="step-${nth + 1}">
<h2 id="step-${nth + 1}">${nth + 1}. ${step.label}</h2>
<p>${sentence(step.means)}</p>
${step.parts.map((part) => drawn(portal, part))}</section>
`,
)}${
  toRead.length > 0 &&
  html`<section aria-labelledby="read">
<h2 id="read">To read</h2>
${entries(toRead, portal, 3)}</section>
`
}<p>${sayMade(portal)} If a number does not answer or looks wrong, please tell a facilitator.</p>`,
  };
}

function unread(steps: readonly Step[], remember: Sentence | undefined, { pathways }: Portal): Html | false {
  const sentences = [remember, ...steps.flatMap(({ parts }) => parts.map((part) => part.do))];
  if (pathways.showsUnread && sentences.some((one) => one?.isUnread))
    return html`<p class="note">“Not yet read”: no safeguarding lead has read these sentences. Only the demo shows them.</p>\n`;
  return (
    sentences.some((one) => one === undefined) &&
    html`<p class="note">What to do at each step comes here once a safeguarding lead has read it.</p>\n`
  );
}

const sayIt = ({ text, isUnread }: Sentence): Html =>
  html`${isUnread && html`<em>Not yet read:</em> `}${text}`;

function drawn({ pathways }: Portal, { only, do: what, consult, refer }: Part): Html {
  return html`${
    only !== undefined &&
    html`<p class="lives"><strong>Lives in ${only === 'city' && 'the '}${boroughLabel(pathways, only)}</strong></p>\n`
  }${what && html`<p>${sayIt(what)}</p>\n`}${
    consult.length + refer.length > 0 &&
    html`<ul class="entries">
${consult.map((way) => entry(way, true))}${refer.map((way) => entry(way, false))}</ul>
`
  }`;
}

function entry({ name, standing, how, note, owner, contacts }: Way, isFirst: boolean): Html {
  const head = html`<h3>${isFirst && 'Consult first: '}${name}</h3>`;
  if (standing.kind === 'name-only')
    return html`<li class="entry">
${head}
<p>Not confirmed, so nothing more is given here. Please look on their own site.</p></li>
`;
  const ways = contacts.flatMap((one) => (one.standing.kind === 'name-only' ? [] : waysOf(one.contact)));
  const checks = contacts.flatMap((one) =>
    one.standing.kind === 'name-only' ? [] : (sayChecked(one.standing) ?? []),
  );
  const said = [
    how,
    note,
    ...contacts.flatMap(({ contact }) => contact.hours ?? []),
    owner === undefined ? undefined : `Run by: ${owner}`,
    ...new Set(checks),
  ].filter((text) => text !== undefined);
  return html`<li class="entry">
${head}
${ways.length > 0 && html`<p>${ways.map((way, nth) => html`${nth > 0 && ' · '}${way}`)}</p>\n`}${
  said.length > 0 && html`<p>${said.map(sentence).join(' ')}</p>\n`
}</li>
`;
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
