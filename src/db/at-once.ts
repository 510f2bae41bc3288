import {
  type AbortableQueryOptions,
  type CompiledQuery,
  type ConnectionProvider,
  DefaultQueryExecutor,
  type DialectAdapter,
  type QueryCompiler,
  type QueryResult,
  type SqliteDatabase,
} from 'kysely';
import type { PatientDriver } from './patient.ts';
import { troubleOf } from './trouble.ts';

type Parts = {
  compiler: QueryCompiler;
  adapter: DialectAdapter;
  database: SqliteDatabase;
  state: { readonly open: boolean; readonly inTransaction: boolean };
  /** Told whenever something could be written. */
  driver: PatientDriver;
};

const single = new Set(['SelectQueryNode', 'InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode']);

/**
 * Asks SQLite at once where nobody else can be between: one statement while no transaction is under way, and anything inside
 * a transaction by whoever holds it. SQLite answers within the call, and a turn with Kysely's driver takes about as long as
 * a query. What finds a transaction of others, or another program writing, waits for its turn.
 */
export class AtOnceExecutor extends DefaultQueryExecutor {
  readonly #parts: Parts;
  readonly #holdsConnection: boolean;

  constructor(parts: Parts, provider: ConnectionProvider, holdsConnection = false) {
    super(parts.compiler, parts.adapter, provider);
    this.#parts = parts;
    this.#holdsConnection = holdsConnection;
  }

  /** For a transaction, or for several queries in a row. */
  override withConnectionProvider(provider: ConnectionProvider): AtOnceExecutor {
    return new AtOnceExecutor(this.#parts, provider, true);
  }

  override async executeQuery<R>(
    query: CompiledQuery,
    options?: AbortableQueryOptions,
  ): Promise<QueryResult<R>> {
    return this.#askAtOnce<R>(query) ?? super.executeQuery(query, options);
  }

  #askAtOnce<R>({ query, sql, parameters }: CompiledQuery): QueryResult<R> | undefined {
    const { database, state, driver } = this.#parts;
    const isAlone = state.inTransaction ? this.#holdsConnection : single.has(query.kind);
    if (!state.open || !isAlone) return undefined;
    try {
      const statement = database.prepare(sql);
      if (statement.reader) {
        const rows = statement.all(parameters) as R[];
        if (query.kind !== 'SelectQueryNode') driver.couldWrite();
        return { rows };
      }
      const { changes, lastInsertRowid } = statement.run(parameters);
      driver.couldWrite();
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    } catch (error) {
      if (troubleOf(error) !== 'busy') throw error;
      return undefined;
    }
  }
}
