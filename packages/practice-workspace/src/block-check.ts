/**
 * What Slack would say to blocks or a view, for tests that draw a screen and send it nowhere. An entry of its own, so
 * that they do not load the whole workspace.
 */
export { type BlockSurface, type Checked, checkBlocks, checkView, elementsOf } from './blocks/check.ts';
