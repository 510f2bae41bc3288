import type { Feature } from '../feature.ts';
import type { ReflectionDeps } from './deps.ts';
import { listHoldings } from './holdings.ts';
import { homeSection } from './home.ts';
import { ids } from './ids.ts';
import { purge } from './jobs.ts';
import { journalCommand, listenToJournal } from './journal/listeners.ts';
import { opensLatest } from './store.ts';
import { listenToWriting, reflectCommand } from './writing/listeners.ts';

export type { ReflectionDeps } from './deps.ts';

export type ReflectionsFeature = Feature & {
  /** A button that opens the writing window, for the pages of other features. */
  openButton: { text: string; actionId: string };
};

/** The private journal: written in windows, sealed at rest, read by its author alone. */
export function reflections(deps: ReflectionDeps): ReflectionsFeature {
  return {
    name: 'reflections',
    commands: [reflectCommand(deps), journalCommand(deps)],
    listen(to) {
      listenToWriting(to, deps);
      listenToJournal(to, deps);
    },
    openButton: { text: 'Write a reflection', actionId: ids.write },
    holdings: (personId) => listHoldings(deps.db, personId),
    // Sealed already; but a key that does not open the latest is not one to seal anything else with.
    sealUnsealed: async (db) => ((await opensLatest(db, deps.vault)) ? 'done' : 'wrong-key'),
    jobs: [purge(deps)],
    home: [homeSection(deps)],
    quickActions: [
      { text: 'Write a reflection', actionId: ids.write, order: 20 },
      { text: 'My journal', actionId: ids.journal, order: 21 },
    ],
  };
}
