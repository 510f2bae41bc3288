// What the bot and the site both do with a question: the site's search is the bot's own.

export { needsOf } from '../features/pathways/named.ts';
export { createNeeds } from '../features/pathways/needs.ts';
export { toCatalogue } from '../features/resources/content.ts';
export { createSearch } from '../features/resources/finding/search.ts';
export { definitionAsked } from '../features/resources/glossary/define.ts';
export { leadsToHelp } from '../safeguarding/danger.ts';
export { mayHarmChild } from '../safeguarding/worry.ts';
