import { createHash } from 'node:crypto';
import type { HomeView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type Actor, findActor, may } from '../../community/permissions.ts';
import { hours } from '../../lib/clock.ts';
import { describeError, slackCode } from '../../lib/log.ts';
import { usableZone } from '../../scheduler/calendar.ts';
import { withoutCharts } from '../../slack/charts.ts';
import type { Core, HomePage, HomeSection, QuickAction, Turned, Viewer } from '../feature.ts';
import { deleteTurned, findTurned, listTurned, writeTurned } from './store.ts';
import { homeView, pageView } from './view.ts';

export type HomeParts = {
  sections: readonly HomeSection[];
  quickActions: readonly QuickAction[];
  pages: readonly HomePage[];
};

export type HomePublisher = {
  /** They are looking at it: from now on it is kept up to date for them. After a while they begin at the front again. */
  opened(personId: string): Promise<void>;
  /** Shows them another page; undefined: the front. It stays, however often it is published, until they turn on. */
  turn(personId: string, to: Turned | undefined): Promise<void>;
  /** Something on it may have changed. Does nothing for people who have not opened it since the start. */
  changed(personId: string): void;
  /** Tries again what Slack did not take. After a start it also looks at the pages that people had turned to. */
  again(): Promise<void>;
  /** Resolves when everything asked for so far has been published. */
  settled(): Promise<void>;
};

/** Whoever comes back to Home after so long looks for what is there now. */
const turnedFor = hours(1);

/** People whose page is kept up to date; the rest get theirs when they open it, since Slack says so each time. */
const maxViewers = 500;

/**
 * Publishes App Home when it changed and only then: changes within one turn of the event loop become one publication, and
 * a page that looks the same is not sent again. Never throws: it runs beside an answer.
 * @see https://docs.slack.dev/reference/methods/views.publish
 */
export function createHomePublisher(core: Core, client: WebClient, parts: HomeParts): HomePublisher {
  // One part that cannot be drawn must not take the page with it.
  const sections = parts.sections.map((section) => ({
    ...section,
    blocks: (viewer: Viewer) =>
      section.blocks(viewer).catch((error: unknown) => {
        core.log.error(describeError(error), 'A section of App Home could not be drawn');
        return [];
      }),
  }));
  const shown = new Map<string, string>();
  const waiting = new Set<string>();
  const failed = new Set<string>();
  /** Whose page in Slack may show what is not for everybody: it is kept up to date whoever else comes. */
  const turned = new Set<string>();
  let hasLooked = false;
  let running: Promise<void> | undefined;

  function remember(personId: string, fingerprint: string): void {
    shown.delete(personId);
    shown.set(personId, fingerprint);
    const oldest = shown.keys().next().value;
    if (shown.size > maxViewers && oldest !== undefined) shown.delete(oldest);
  }

  function ask(personId: string): void {
    waiting.add(personId);
    running ??= publishWaiting();
  }

  async function publishWaiting(): Promise<void> {
    await new Promise(setImmediate);
    for (let personId = first(waiting); personId !== undefined; personId = first(waiting)) {
      waiting.delete(personId);
      try {
        await publish(personId);
      } catch (error) {
        failed.add(personId);
        core.log.warn({ personId, ...describeError(error) }, 'App Home was not published');
      }
    }
    running = undefined;
  }

  async function publish(personId: string): Promise<void> {
    const actor = await findActor(core.db, personId);
    if (!actor || !may(actor, 'community.use')) return;
    const view = await viewFor(actor);
    const fingerprint = createHash('sha256').update(JSON.stringify(view)).digest('base64');
    if (shown.get(personId) === fingerprint) return;
    const user_id = actor.person.slackId;
    try {
      await client.views.publish({ user_id, view });
    } catch (error) {
      const plainer = { ...view, blocks: withoutCharts(view.blocks) };
      // A workspace may not take charts yet. What they show stands beside them.
      if (slackCode(error) !== 'invalid_blocks' || plainer.blocks.length === view.blocks.length) throw error;
      core.log.warn('Slack took no charts in App Home; the page was published without');
      await client.views.publish({ user_id, view: plainer });
    }
    remember(personId, fingerprint);
  }

  async function viewFor(actor: Actor): Promise<HomeView> {
    const viewer = viewerOf(core, actor);
    const personId = actor.person.id;
    const to = await findTurned(core.db, personId);
    if (to) {
      const page = parts.pages.find(({ id }) => id === to.page);
      const blocks = await page?.blocks(viewer, to.value);
      if (blocks) return pageView(blocks);
      await deleteTurned(core.db, personId);
    }
    turned.delete(personId);
    return homeView(sections, parts.quickActions, viewer);
  }

  return {
    async opened(personId) {
      const to = await findTurned(core.db, personId);
      if (to && to.at.getTime() + turnedFor < core.clock.now().getTime())
        await deleteTurned(core.db, personId);
      if (!shown.has(personId)) remember(personId, '');
      ask(personId);
    },
    async turn(personId, to) {
      if (to) {
        await writeTurned(core.db, personId, to, core.clock.now());
        turned.add(personId);
      } else await deleteTurned(core.db, personId);
      if (!shown.has(personId)) remember(personId, '');
      ask(personId);
    },
    changed(personId) {
      if (shown.has(personId) || turned.has(personId)) ask(personId);
    },
    async again() {
      if (!hasLooked) {
        // What they may see can have changed while the bot was away.
        for (const personId of await listTurned(core.db)) {
          turned.add(personId);
          ask(personId);
        }
        hasLooked = true;
      }
      for (const personId of failed) ask(personId);
      failed.clear();
    },
    async settled() {
      while (running) await running;
    },
  };
}

const first = (set: Set<string>): string | undefined => set.values().next().value;

function viewerOf({ clock, timeZone }: Core, actor: Actor): Viewer {
  const { person } = actor;
  return { person, actor, now: clock.now(), zone: usableZone(person.timeZone, timeZone) };
}
