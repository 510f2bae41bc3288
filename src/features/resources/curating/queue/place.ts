import { z } from 'zod';
import { type Packed, packed, placeNumber } from '../../../../slack/packed.ts';
import { shows } from './queue.ts';

export const queuePlace = z.object({ show: z.enum(shows).catch('all'), page: placeNumber });
/** Where in the queue a curator is. */
export type QueuePlace = z.output<typeof queuePlace>;

export const start: QueuePlace = { show: 'all', page: 0 };

/** One thing of the queue, and where it stands, so that the queue is there again once it is done. */
export const queueItem = packed(':', { ...queuePlace.shape, id: z.string() });

const slug = z.string().regex(/^[a-z0-9-]+$/);

/** The same for one version of an entry: "<version>/<entry>". */
export const packedVersion = packed('/', {
  version: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
  entryId: slug,
});

/** What was looked for and not found: a question sent to the curators, by its id, or a single word that many missed. */
export type Missed = { question: string } | { word: string };

const missedParts = packed('/', { kind: z.enum(['question', 'word']), of: z.string().min(1) });

/** "question/<id>" or "word/<word>" */
export const packedMissed: Packed<Missed> = {
  pack: (missed) =>
    missedParts.pack(
      'word' in missed ? { kind: 'word', of: missed.word } : { kind: 'question', of: missed.question },
    ),
  open(text) {
    const parts = missedParts.open(text);
    return parts && (parts.kind === 'word' ? { word: parts.of } : { question: parts.of });
  },
};

/** Where words that people say may lead: "topic/<id>" or "entry/<id>". */
export const packedHome = packed('/', { kind: z.enum(['topic', 'entry']), id: slug });
