import type { GlossaryTerm } from '../content/glossary.ts';
import { type Html, html } from '../lib/html.ts';
import { away, ways } from './entries.ts';
import type { Page } from './frame.ts';
import { contents } from './pages.ts';
import { type Portal, pages } from './portal.ts';

const { compare } = new Intl.Collator('en-GB', { ignorePunctuation: true });

/** Words, what they mean, and how to say them; then the short forms. */
export function glossaryPage(portal: Portal): Page {
  const { glossary, vocabulary } = portal;
  const letters = [
    ...Map.groupBy(
      glossary.terms.toSorted((a, b) => compare(a.term, b.term)),
      ({ term }) => term.slice(0, 1).toUpperCase(),
    ),
  ];
  const anchorOf = (letter: string) => `letter-${/^[A-Z]$/.test(letter) ? letter.toLowerCase() : 'other'}`;
  const topics = new Map(ways(portal, 'topic').map((way) => [way.id, way]));
  const forms = [
    ...vocabulary.abbreviations.map(({ abbr, means }) => ({ form: abbr, means: [means] })),
    ...vocabulary.ambiguous.map(({ form, could_mean }) => ({ form, means: could_mean })),
  ];
  const byForm = [...Map.groupBy(forms, ({ form }) => form)]
    .map(([form, those]) => ({ form, means: [...new Set(those.flatMap(({ means }) => means))] }))
    .toSorted((a, b) => compare(a.form, b.form));
  return {
    file: pages.glossary,
    title: 'Words we use',
    about: 'Plain explanations of words and short forms, with suggestions on wording.',
    main: html`<h1>Words we use</h1>
<p class="lead">Plain explanations, with suggestions on wording. Whoever it is about has the last word on how they are described.</p>
${contents([
  ...letters.map(([letter]) => ({ label: letter, anchor: anchorOf(letter) })),
  { label: 'Short forms', anchor: 'short-forms' },
])}
${letters.map(
  ([letter, terms]) => html`<section aria-labelledby="${anchorOf(letter)}">
<h2 id="${anchorOf(letter)}">${letter}</h2>
${terms.map((term) => termBlock(term, topics))}</section>
`,
)}<section aria-labelledby="short-forms">
<h2 id="short-forms">Short forms</h2>
<dl class="forms">
${byForm.map(({ form, means }) => html`<div><dt>${form}</dt><dd>${means.join('; or ')}</dd></div>\n`)}</dl>
</section>`,
  };
}

function termBlock(term: GlossaryTerm, topics: ReadonlyMap<string, { label: string; file: string }>): Html {
  const links = term.topics.flatMap((id) => topics.get(id) ?? []);
  return html`<div class="term" id="${term.id}">
<h3>${term.term}</h3>
${term.also_known_as.length > 0 && html`<p class="facts">Also: ${term.also_known_as.join(', ')}</p>\n`}<p>${term.definition}</p>
${term.language_note !== undefined && html`<p class="wording"><strong>About the words.</strong> ${term.language_note}</p>\n`}<p class="note">${away(term.source, 'Read further')}${
    term.source_fit === 'direct' ? '' : ' (on the wider subject; the explanation is our own)'
  }${links.map(({ label, file }) => html` · <a href="${file}">${label}</a>`)}</p>
</div>
`;
}
