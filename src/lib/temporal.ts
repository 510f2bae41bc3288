/** The one place that imports the Temporal polyfill: Node 24 has none of its own. */
export { Temporal } from 'temporal-polyfill';
