import type { PracticePrompts } from '../../../content/practice-prompts.ts';
import type { SessionDeps } from '../sessions/deps.ts';

/** Where somebody works. Two of one id count as of one agency. */
export type Agency = { id: string; label: string };

/** An entry of the catalogue, to point to. */
export type Linked = { title: string; publisher: string; url?: string | undefined };

export type PackDeps = SessionDeps & {
  prompts: PracticePrompts;
  /** Undefined: there is no such entry any more, or it is not shown. */
  resourceOf(entryId: string): Linked | undefined;
  /** By person; without those who have not said where they work, or keep it to themselves. */
  agenciesOf(personIds: readonly string[]): Promise<ReadonlyMap<string, Agency>>;
};
