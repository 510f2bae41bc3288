import { describeError, type Log } from '../lib/log.ts';
import type { Core, Deed, Feature } from './feature.ts';

export type Deeds = {
  tell: Core['did'];
  /** Resolves when every feature has heard of everything that was told so far. */
  settled(): Promise<void>;
};

/** Who hears of what people do, in the features' order. One feature's trouble does not keep the others from hearing. */
export function createDeeds(features: readonly Feature[], log: Log): Deeds {
  const listening = features.filter((feature) => feature.hears);
  const running = new Set<Promise<void>>();
  async function hear(personId: string, deed: Deed): Promise<void> {
    for (const feature of listening)
      try {
        await feature.hears?.(personId, deed);
      } catch (error) {
        log.error(
          { feature: feature.name, deed: deed.kind, ...describeError(error) },
          'A deed was not heard',
        );
      }
  }
  return {
    tell(personId, deed) {
      const heard = hear(personId, deed).finally(() => running.delete(heard));
      running.add(heard);
      return heard;
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
