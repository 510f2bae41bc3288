import type { ActionsBlockElement, HomeView, KnownBlock } from '@slack/types';
import { may } from '../../community/permissions.ts';
import { actions, button, context, divider, header, oneGreen, rows, section } from '../../slack/blocks.ts';
import { mrkdwn } from '../../slack/text.ts';
import type { HomeSection, QuickAction, Viewer } from '../feature.ts';

/** Slack shows at most 100 blocks in a Home tab. @see https://docs.slack.dev/surfaces/app-home */
const maxBlocks = 100;
const maxBlocksOfSection = 24;

const slots = ['keep', 'lead', 'settings'] as const;
const titles: Record<(typeof slots)[number], string> = {
  keep: 'What you keep',
  lead: 'What you run',
  settings: 'Your settings',
};

/**
 * One person's page, top to bottom: what is there for me now, what I keep, what I run, my settings. What does not fit is
 * left out from the end of the longest part, and the page says so, so that no amount of data can break it.
 */
export async function homeView(
  sections: readonly HomeSection[],
  quickActions: readonly QuickAction[],
  viewer: Viewer,
): Promise<HomeView> {
  const now = await blocksOf(sections, 'now', viewer);
  const buttons = quickButtons(quickActions, viewer, now.length === 0);
  const { firstName } = viewer.person;
  const hello = firstName === undefined ? mrkdwn`*Hello.*` : mrkdwn`*Hello ${firstName}.*`;
  const ask = mrkdwn`What would you like to do?`;
  const parts: KnownBlock[][] =
    now.length > 0
      ? [[section(hello), ...now], ...(buttons.length > 0 ? [[divider(), section(ask), ...buttons]] : [])]
      : [[section(mrkdwn`${hello} ${ask}`), ...buttons]];
  for (const slot of slots) {
    const blocks = await blocksOf(sections, slot, viewer);
    if (blocks.length === 0) continue;
    parts.push([divider(), header(titles[slot]), ...blocks]);
  }
  parts.push([
    divider(),
    context(mrkdwn`Everything here can also be typed: \`/chatr help\` shows how. Only you see this page.`),
  ]);
  return { type: 'home', blocks: oneGreen(fitting(parts)) };
}

/** The button that leads back to the front. */
export const frontId = 'home.front';

/** A page that somebody has turned to, with the way back on top. */
export const pageView = (blocks: readonly KnownBlock[]): HomeView => ({
  type: 'home',
  blocks: oneGreen([actions([button('Back to Home', frontId)], 'home.back'), ...blocks].slice(0, maxBlocks)),
});

async function blocksOf(
  sections: readonly HomeSection[],
  slot: HomeSection['slot'],
  viewer: Viewer,
): Promise<KnownBlock[]> {
  const ordered = sections.filter((one) => one.slot === slot).toSorted((a, b) => a.order - b.order);
  const drawn = await Promise.all(ordered.map((one) => one.blocks(viewer)));
  return drawn.flatMap((blocks) => blocks.slice(0, maxBlocksOfSection));
}

/** Leads with a green button only where nothing above it asks for one. */
function quickButtons(quickActions: readonly QuickAction[], viewer: Viewer, isFirst: boolean): KnownBlock[] {
  const mine = quickActions
    .filter(({ needs }) => !needs || may(viewer.actor, needs))
    .filter(({ isTakingPart = false }) => !(isTakingPart && viewer.actor.hasDeclined))
    .toSorted((a, b) => a.order - b.order)
    .map(
      ({ text, actionId, value }, index): ActionsBlockElement =>
        button(text, actionId, {
          ...(value !== undefined && { value }),
          ...(isFirst && index === 0 && { style: 'primary' }),
        }),
    );
  return mine.length > 0 ? rows(mine.slice(0, 25), 'home.quick') : [];
}

function fitting(parts: KnownBlock[][]): KnownBlock[] {
  const all = parts.flat();
  if (all.length <= maxBlocks) return all;
  const note = context(
    mrkdwn`There is more than fits on this page. The commands in \`/chatr help\` show all of it.`,
  );
  return [...all.slice(0, maxBlocks - 1), note];
}
