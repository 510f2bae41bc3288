import { setTimeout as sleep } from 'node:timers/promises';
import { CompiledQuery, type DatabaseConnection, SqliteDriver } from 'kysely';
import { troubleOf } from './trouble.ts';

/** How long another program's write is waited for: an acknowledgement must leave within three seconds all the same. */
const patienceMs = 1_000;

/**
 * SQLite itself would wait for another program without letting anything else run. Here the wait is between turns, and
 * all who come during it share it: once it is over, each is told at once until somebody can write again.
 */
export class PatientDriver extends SqliteDriver {
  #busySince: number | undefined;
  #patient: DatabaseConnection | undefined;

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    this.#patient ??= {
      executeQuery: (query) => this.#patiently(query, () => connection.executeQuery(query)),
      streamQuery: (query, size) => connection.streamQuery(query, size),
    };
    return this.#patient;
  }

  /** To write from the start: a transaction that has read cannot wait for another writer any more. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** On a full disk SQLite has taken it back by itself, and a second time would hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch((error: unknown) => {
      if (!String(error).includes('no transaction is active')) throw error;
    });
  }

  /** Whoever waited for another program need not any more. */
  couldWrite(): void {
    this.#busySince = undefined;
  }

  async #patiently<T>({ query }: CompiledQuery, run: () => Promise<T>): Promise<T> {
    for (;;)
      try {
        const result = await run();
        // Reading works beside somebody who writes, and says nothing about them.
        if (query.kind !== 'SelectQueryNode') this.couldWrite();
        return result;
      } catch (error) {
        if (troubleOf(error) !== 'busy') throw error;
        this.#busySince ??= performance.now();
        if (performance.now() - this.#busySince > patienceMs) throw error;
        await sleep(20);
      }
  }
}
