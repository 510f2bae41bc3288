import { z } from 'zod';
import { packed, placeNumber } from '../../../../slack/packed.ts';
import { shows } from './queue.ts';

export const queuePlace = z.object({ show: z.enum(shows).catch('all'), page: placeNumber });
/** Where in the queue a curator is. */
export type QueuePlace = z.output<typeof queuePlace>;

export const start: QueuePlace = { show: 'all', page: 0 };

/** One thing of the queue, and where it stands, so that the queue is there again once it is done. */
export const queueItem = packed(':', { ...queuePlace.shape, id: z.string() });

/** The same for one version of an entry: "<version>/<entry>". */
export const packVersion = (entryId: string, version: number): string => `${version}/${entryId}`;

export function openVersion(text: string): { entryId: string; version: number } | undefined {
  const [, version, entryId] = /^(\d{1,9})\/([a-z0-9-]+)$/.exec(text) ?? [];
  return entryId === undefined ? undefined : { entryId, version: Number(version) };
}
