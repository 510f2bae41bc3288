import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** In bytes. For less it is not worth the 30 milliseconds or more in which nothing else is done. */
const much = 16 * 2 ** 20;

export type Garbage = {
  /** All of it, and gives the memory back at once: 60 milliseconds or more in which nothing else is done. */
  collectAll(): void;
  /** Where much has come since the last time. V8 itself gives the memory back within half a minute. */
  collectIfMuch(): void;
};

/**
 * For moments in which nobody waits. By itself V8 collects only when more memory is asked for, so that what a start or a busy
 * hour has left would lie there for as long as few people come.
 */
export function createGarbage(): Garbage {
  let left = 0;
  const collectNow = (flavor: 'regular' | 'last-resort'): void => {
    // Node offers it only to programs started with this option, which would make a start slower.
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    setFlagsFromString('--no-expose-gc');
    if (typeof collect === 'function') collect({ type: 'major', flavor });
    left = getHeapStatistics().used_heap_size;
  };
  return {
    collectAll: () => collectNow('last-resort'),
    collectIfMuch() {
      if (getHeapStatistics().used_heap_size > left + much) collectNow('regular');
    },
  };
}
