import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { type Actor, findActor, may } from '../../community/permissions.ts';
import { describeError } from '../../lib/log.ts';
import { usableZone } from '../../scheduler/calendar.ts';
import type { Core, HomeSection, QuickAction, Viewer } from '../feature.ts';
import { homeView } from './view.ts';

export type HomeParts = { sections: readonly HomeSection[]; quickActions: readonly QuickAction[] };

export type HomePublisher = {
  /** They are looking at it: from now on it is kept up to date for them. */
  opened(personId: string): void;
  /** Something on it may have changed. Does nothing for people who have not opened it since the start. */
  changed(personId: string): void;
  /** Tries again what Slack did not take. */
  again(): void;
  /** Resolves when everything asked for so far has been published. */
  settled(): Promise<void>;
};

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
    const view = await homeView(sections, parts.quickActions, viewerOf(core, actor));
    const fingerprint = createHash('sha256').update(JSON.stringify(view)).digest('base64');
    if (shown.get(personId) === fingerprint) return;
    await client.views.publish({ user_id: actor.person.slackId, view });
    remember(personId, fingerprint);
  }

  return {
    opened(personId) {
      if (!shown.has(personId)) remember(personId, '');
      ask(personId);
    },
    changed(personId) {
      if (shown.has(personId)) ask(personId);
    },
    again() {
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
