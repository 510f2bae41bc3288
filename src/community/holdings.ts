import { type Selectable, sql } from 'kysely';
import type { Db, Schema } from '../db/schema.ts';
import './tables.ts';

type Value = string | number | boolean | Date | readonly string[];

/** One thing in somebody's copy: what it is called in plain words, and what it is. Undefined is left out. */
export type Item = Record<string, Value | undefined>;

/** Of labels that people or content gave, which may stand there twice: the later ones get a number, so that nothing is lost. */
export function labelled(pairs: readonly (readonly [label: string, value: Item[string]])[]): Item {
  const item = new Map<string, Item[string]>();
  for (const [label, value] of pairs) {
    let name = label;
    for (let nth = 2; item.has(name); nth += 1) name = `${label} (${nth})`;
    item.set(name, value);
  }
  return Object.fromEntries(item);
}

/** Where it says whose something is, as `table.column`. */
export type Place = {
  [Table in keyof Schema]: `${Table}.${keyof Schema[Table] & string}`;
}[keyof Schema];

/**
 * One kind of thing that is kept about people. The page that says what is kept, the copy to take away and deletion all go by
 * this, so none of them can know of something that the others do not.
 */
export type Holding = {
  /** Stands in copies, so it stays as it is. */
  id: string;
  what: string;
  where: readonly Place[];
  count(db: Db, personId: string): Promise<number>;
  /** With its words opened. */
  read(db: Db, personId: string): Promise<Item[]>;
  /** In the transaction in which they, or this area of theirs, are deleted. Again it changes nothing more. */
  forget(db: Db, personId: string, now: Date): Promise<void>;
  /** What of it is not in the database. Asked before anything is deleted. */
  elsewhere?(db: Db, personId: string): Promise<Elsewhere>;
  /** What is left when everything of theirs is deleted, and why. */
  remains?: string;
  /** What of it ends when they leave the programme, in a sentence; undefined: nothing. */
  endsOnLeaving?(db: Db, personId: string): Promise<string | undefined>;
  /** What others could tell from its going, said before it goes. */
  before?: string;
  /** Goes also when they delete only its area. */
  isApart?: boolean;
};

export type Elsewhere = {
  /** Random keys that stand for them, under which something of theirs is sealed. */
  keys?: string[];
  /** Slack's ids of files that lie in their conversation with the bot. */
  files?: string[];
};

/** What belongs together for whoever reads what is kept about them. */
export type Area = {
  /** Stands in buttons and copies, so it stays as it is. */
  id: string;
  title: string;
  why: string;
  /** What goes where somebody deletes only this; undefined: it goes only with everything. */
  apart?: string;
  holdings: readonly Holding[];
};

/** Stands where the name of somebody stood who is deleted, and what they made for everybody is kept. */
export const somebodyGone = 'gone';

type Of<Table extends keyof Schema> = Selectable<Schema[Table]>;

type About<Table extends keyof Schema> = Pick<Holding, 'id' | 'what' | 'remains' | 'isApart'> & {
  read(row: Of<Table>, db: Db): Item | Promise<Item>;
};

/** Rows that are somebody's: they go with them. @param column says whose they are. */
export function rowsOf<Table extends keyof Schema>(
  table: Table,
  { read, ...about }: About<Table>,
  column = 'person_id',
): Holding {
  return {
    ...about,
    ...readable(table, column, read),
    async forget(db, personId) {
      await db
        .deleteFrom(table as 'consents')
        .where(sql.ref(column), '=', personId)
        .execute();
    },
  };
}

/** Rows that somebody made for everybody: they stay, without their name. */
export function madeBy<Table extends keyof Schema>(
  table: Table,
  column: string,
  { read, ...about }: About<Table>,
): Holding {
  return {
    ...about,
    ...readable(table, column, read),
    async forget(db, personId) {
      await db
        .updateTable(table as 'cohorts')
        .set({ [column]: somebodyGone })
        .where(sql.ref(column), '=', personId)
        .execute();
    },
  };
}

function readable<Table extends keyof Schema>(
  table: Table,
  column: string,
  read: About<Table>['read'],
): Pick<Holding, 'where' | 'count' | 'read'> {
  return {
    where: [`${table}.${column}` as Place],
    async count(db, personId) {
      const row = await db
        .selectFrom(table as 'consents')
        .select((eb) => eb.fn.countAll<number>().as('many'))
        .where(sql.ref(column), '=', personId)
        .executeTakeFirstOrThrow();
      return Number(row.many);
    },
    async read(db, personId) {
      const rows = await db
        .selectFrom(table as 'consents')
        .selectAll()
        .where(sql.ref(column), '=', personId)
        .execute();
      const items: Item[] = [];
      for (const row of rows) items.push(await read(row as unknown as Of<Table>, db));
      return items;
    },
  };
}

/** An instant as it is stored. */
export const instant = (at: string | null): Date | undefined => (at === null ? undefined : new Date(at));

/** A list of ids as it is stored. */
export function storedList(json: string): string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
