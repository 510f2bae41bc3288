import type { Compilable, CompiledQuery } from 'kysely';
import type { Db } from './schema.ts';

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
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}
