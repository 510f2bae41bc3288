import type { Button, View } from '@slack/types';
import type { Actor } from '../../community/permissions.ts';
import { newId } from '../../lib/random.ts';
import { button } from '../../slack/blocks.ts';
import { clip } from '../../slack/text.ts';
import type { Feature } from '../feature.ts';
import { longest } from './body.ts';
import type { ExampleWords, ReflectionDeps } from './deps.ts';
import { drawingFor } from './drawing.ts';
import { homeSection } from './home.ts';
import { ids } from './ids.ts';
import { purge } from './jobs.ts';
import { journalCommand, listenToJournal } from './journal/listeners.ts';
import { learningFrom } from './learning.ts';
import { leaveSharing } from './sharing/end.ts';
import { exampleFromView } from './sharing/example.ts';
import { keepExample } from './sharing/example-draft.ts';
import { listenToSharing } from './sharing/listeners.ts';
import { closeNotices, sharingJobs } from './sharing/notices.ts';
import { countLive, sealedShares } from './sharing/store.ts';
import { sharedSeen } from './sharing/views.ts';
import { opensLatest, sealedColumns } from './store.ts';
import { keepAside, type Words } from './writing/aside.ts';
import { carryOn, startReflection } from './writing/drafts.ts';
import { listenToWriting, reflectCommand } from './writing/listeners.ts';
import { outcomeView } from './writing/views.ts';

export type { ReflectionDeps } from './deps.ts';
export { journalHeld } from './holdings.ts';
export type { Words } from './writing/aside.ts';

export type ReflectionsFeature = Feature & {
  /** A button that opens the writing window, for the pages of other features. */
  openButton: { text: string; actionId: string };
  /**
   * Keeps words that somebody wrote elsewhere as a draft only they see. @returns the button that opens it; undefined where
   * nothing of theirs is kept.
   */
  keepAside(
    actor: Actor,
    words: Words,
  ): Promise<{ text: string; actionId: string; value: string } | undefined>;
  /** A practice example that is not with the curators, as a draft under its id. */
  keepExample(actor: Actor, example: ExampleWords): Promise<boolean>;
  /** Opens a draft. */
  draftButton(id: string): Button;
  /**
   * A new reflection on something, such as a resource, as the window to write in. @param about with the framework it begins
   * with, by its id; left out: the usual one; `question` stands above its boxes.
   */
  reflectOn(
    actor: Actor,
    about: {
      title: string;
      link?: string | undefined;
      framework?: string | undefined;
      question?: string | undefined;
    },
  ): Promise<View>;
  /** A practice example of what somebody tried after reading something, as the window to write it in. */
  exampleFrom(actor: Actor, from: { title: string }): View;
  /** As `keepAside`, and the window in which they go on. */
  writeAbout(actor: Actor, words: Words): Promise<View>;
};

/** The private journal: written in windows, sealed at rest, read by its author alone. */
export function reflections(deps: ReflectionDeps): ReflectionsFeature {
  return {
    name: 'reflections',
    commands: [reflectCommand(deps), journalCommand(deps)],
    listen(to) {
      listenToWriting(to, deps);
      listenToJournal(to, deps);
      listenToSharing(to, deps);
    },
    openButton: { text: 'Write a reflection', actionId: ids.write },
    async keepAside(actor, words) {
      const value = await keepAside(deps, actor, words);
      return value === undefined
        ? undefined
        : { text: 'Open it in my journal', actionId: ids.carryOn, value };
    },
    keepExample: (actor, example) => keepExample(deps, actor, example),
    draftButton: (id) => button('Open it in my journal', ids.carryOn, { value: id }),
    async reflectOn(actor, { title, link, framework, question }) {
      const from = { title: clip(title, longest.title), ...(link !== undefined && { link }) };
      const begun = await startReflection(deps, actor, framework, from);
      return outcomeView(
        drawingFor(deps, actor),
        begun.kind === 'open' && question !== undefined
          ? { ...begun, form: { ...begun.form, question } }
          : begun,
      );
    },
    exampleFrom: (actor, { title }) => exampleFromView(drawingFor(deps, actor), newId(deps.clock), title),
    async writeAbout(actor, words) {
      const draftId = await keepAside(deps, actor, words);
      const outcome =
        draftId === undefined ? { kind: 'declined' as const } : await carryOn(deps, actor, draftId);
      return outcomeView(drawingFor(deps, actor), outcome);
    },
    learning: learningFrom(deps),
    // Sealed already; but a key that does not open the latest is not one to seal anything else with.
    sealUnsealed: async (db) => ((await opensLatest(db, deps.vault)) ? 'done' : 'wrong-key'),
    sealedColumns: [...sealedColumns, sealedShares],
    // Shared by name: a role alone opens nothing.
    async seen({ id }, { actor, cohort }) {
      const facilitates = actor.roles.some(({ role }) => role === 'facilitator');
      if (actor.roles.length > 0 && !(facilitates && cohort)) return [];
      const many = await countLive(deps.db, id, {
        scopes: cohort ? ['facilitators', 'group'] : ['person', 'group'],
        cohortId: cohort?.id,
      });
      return many === 0 ? [] : [sharedSeen(many)];
    },
    jobs: [purge(deps), ...sharingJobs(deps)],
    async hears(personId, { kind }) {
      if (kind !== 'left-programme' && kind !== 'declined') return;
      await leaveSharing(deps, personId);
      await closeNotices(deps);
    },
    home: [homeSection(deps)],
    quickActions: [
      { text: 'Write a reflection', actionId: ids.write, order: 20, isTakingPart: true },
      { text: 'My journal', actionId: ids.journal, order: 21, isTakingPart: true },
    ],
  };
}
