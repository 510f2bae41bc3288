import type { KnownBlock } from '@slack/types';
import { type Actor, may } from '../../community/permissions.ts';
import { isEnglish } from '../../content/english.ts';
import { wordsOf } from '../../content/words.ts';
import { actions } from '../../slack/blocks.ts';
import { searchButton } from '../../slack/commands.ts';
import type { Command } from '../../slack/router.ts';
import type { Feature } from '../feature.ts';
import type { Pathways } from './content.ts';
import type { Deps, PathwaysDeps } from './deps.ts';
import { frontDoor } from './hours.ts';
import { ids } from './ids.ts';
import { listen } from './listeners.ts';
import { needsOf } from './named.ts';
import { createNeeds, type Needs } from './needs.ts';
import { countToRead, keepReadings } from './reading/readings.ts';
import { curatorsBlocks } from './reading/views.ts';
import { showPathway } from './show.ts';
import { besideBlocks, foundBlocks, frontDoorBlocks } from './views.ts';

export { pathwaysHeld } from './holdings.ts';
export { withReadings } from './reading/readings.ts';

export type PathwaysFeature = Feature & {
  /**
   * What stands above what was found, where somebody asks who to turn to; with the numbers of children's services where a
   * child may be harmed; and a quiet line for each need that they name or tell of and that has a pathway, one clause of it
   * or all. Empty for anything else. The same at every hour.
   */
  foundBlocks(question: string): KnownBlock[];
  /** What waits for curators here; empty for everybody else. */
  curatorsBlocks(actor: Actor): KnownBlock[];
  /** With what a safeguarding lead has read. */
  present(): Pathways;
  /** What another bot on the same database has noted. */
  refresh(): Promise<void>;
};

/** Who to consult, where to refer, and which line answers at this hour. Keeps nothing of what is looked up. */
export function pathways(given: PathwaysDeps): PathwaysFeature {
  const kept = keepReadings(given.db, given.pathways);
  let needs: Needs | undefined;
  const deps: Deps = {
    ...given,
    kept,
    // Made when somebody asks: a start need not wait for it.
    needs: () => {
      needs ??= createNeeds(given.pathways, given.vocabulary);
      return needs;
    },
  };
  const forCurators = (actor: Actor) =>
    may(actor, 'resources.curate') ? curatorsBlocks(kept.now, countToRead(kept)) : [];
  return {
    name: 'pathways',
    commands: [command(deps)],
    listen: (to) => listen(to, deps),
    home: [{ slot: 'lead', order: 41, blocks: async ({ actor }) => forCurators(actor) }],
    quickActions: [{ text: 'Who to turn to', actionId: `${ids.look}home`, order: 12 }],
    foundBlocks(question) {
      const all = kept.now.pathways;
      const { isAsking, isOfChild, whole, need, needs: named } = needsOf(deps.needs(), all, question);
      const { borough, age, elsewhere } = whole;
      const place = { need: need?.id, borough, age };
      if (isOfChild && elsewhere === undefined)
        return frontDoorBlocks(
          need,
          place,
          frontDoor(kept.now, deps.signposts(), { borough, now: deps.clock.now() }),
        );
      return isAsking ? foundBlocks(need, place) : besideBlocks(named, place);
    },
    curatorsBlocks: forCurators,
    present: () => kept.now,
    refresh: () => kept.refresh(),
  };
}

const command = (deps: Deps): Command => ({
  word: 'pathway',
  aliases: ['pathways'],
  takes: (words) => {
    // "Pathway to adulthood"
    if (/^(?:to|into|from|out|plans?|planning)\b/i.test(words)) return false;
    const { need, near, borough, age, elsewhere } = deps.needs()(words);
    const isRead = need ?? near[0] ?? borough ?? age ?? elsewhere;
    // A word alone has most likely a slip in it, and what has no word of ours in it cannot be looked up.
    const isNoQuestion =
      !words.includes(' ') || !wordsOf(words).some((word) => word.length > 2 && isEnglish(word));
    return isRead !== undefined || isNoQuestion || deps.looksIdentifiable(words);
  },
  help: {
    does: 'Shows who to turn to by need, age and borough, and which line answers now.',
    example: 'pathway domestic abuse Hackney',
    group: 'find',
  },
  async run({ actor, words, answer, open }) {
    const { need, near, borough, age, elsewhere } = deps.needs()(words);
    const isIdentifying = deps.looksIdentifiable(words);
    const isUnknown = words !== '' && need === undefined;
    if (need) void deps.did(actor.person.id, { kind: 'opened-pathway' });
    const shown = await showPathway(
      deps,
      actor,
      { need: need?.id, borough, age },
      { near, isUnknown, isIdentifying, elsewhere },
    );
    const instead =
      isUnknown && !isIdentifying && open
        ? [actions([searchButton('Search for this instead', `pathway ${words}`)])]
        : [];
    await answer({ ...shown, blocks: [...shown.blocks, ...instead] });
  },
});
