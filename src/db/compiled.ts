import type { Compilable, CompiledQuery } from 'kysely';
import type { Db } from './schema.ts';

/** An adapter of a database that can be read without waiting for a turn. */
export type ReadsAtOnce = {
  /** @returns undefined where that is not possible just now: then the query is asked as any other. */
  readAtOnce(sql: string, parameters: readonly unknown[]): unknown[] | undefined;
};

/**
 * A query that is asked all day long: Kysely builds and compiles it once for each engine, afterwards only its values
 * change. Building takes twice as long as running such a query does.
 * @param build is called with stand-ins first, so it must not look at its values.
 */
export function compiledOnce<Values extends string[], Row>(
  build: (db: Db, ...values: Values) => Compilable<Row>,
): (db: Db, ...values: Values) => Promise<Row[]> {
  const known = new WeakMap<object, { query: CompiledQuery<Row>; places: readonly unknown[] }>();
  function compile(db: Db, count: number) {
    const standIns = Array.from({ length: count }, (_, index) => `\u0001${index}`) as Values;
    const query = build(db, ...standIns).compile() as CompiledQuery<Row>;
    const places = query.parameters.map((parameter) => {
      const index = standIns.indexOf(String(parameter));
      return index < 0 ? parameter : (values: Values) => values[index];
    });
    return { query, places };
  }
  return async (db, ...values) => {
    // A transaction has the adapter of its database.
    const { adapter } = db.getExecutor();
    const { query, places } = known.get(adapter) ?? compile(db, values.length);
    known.set(adapter, { query, places });
    const parameters = places.map((place) => (typeof place === 'function' ? place(values) : place));
    // In a transaction its own rows are to be seen.
    const rows =
      !db.isTransaction && readsAtOnce(adapter) ? adapter.readAtOnce(query.sql, parameters) : undefined;
    return rows ? (rows as Row[]) : (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}

const readsAtOnce = (adapter: object): adapter is ReadsAtOnce => 'readAtOnce' in adapter;
