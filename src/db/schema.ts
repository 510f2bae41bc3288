import type { Kysely } from 'kysely';

/**
 * Every table, by name. Each folder that owns tables adds its own from its `tables.ts`:
 * `declare module '../db/schema.ts' { interface Schema { … } }`. Instants are UTC ISO-8601 text, booleans 0/1, JSON text.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the tables.ts files
export interface Schema {}

/** A connection or a transaction: store functions take either. */
export type Db = Kysely<Schema>;
