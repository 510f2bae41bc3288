import { z } from 'zod';

/**
 * What a button or a window carries through a person's client, and how it is opened when it comes back. Ids and places
 * only, and rights are checked again: clients may send anything. A wire format is not changed once it has been sent,
 * since buttons stay in messages for months.
 */
export type Packed<T> = {
  pack(value: T): string;
  /** @returns undefined for whatever is not of this shape. */
  open(text: string): T | undefined;
};

type Shape = Record<string, z.ZodType>;

/**
 * Several short parts in one text, in the order of `shape`, as in "<id>:<page>". The last part may hold the separator
 * itself; a part that is missing reads as undefined, so its schema says whether that will do.
 */
export function packed<S extends Shape>(separator: string, shape: S): Packed<z.output<z.ZodObject<S>>> {
  const names = Object.keys(shape);
  const schema = z.object(shape);
  return {
    pack: (value) => names.map((name) => String(value[name as keyof typeof value] ?? '')).join(separator),
    open(text) {
      const parts = text.split(separator);
      const last = parts.slice(names.length - 1).join(separator);
      const given = [...parts.slice(0, names.length - 1), ...(parts.length >= names.length ? [last] : [])];
      return schema.safeParse(Object.fromEntries(given.map((part, index) => [names[index], part]))).data;
    },
  };
}

/** One id and nothing beside it. */
export const packedId: Packed<string> = { pack: (id) => id, open: (id) => id || undefined };

/** For what has parts that are longer or nested: JSON, as windows carry it. */
export const packedJson = <S extends z.ZodType>(schema: S): Packed<z.output<S>> => ({
  pack: (value) => JSON.stringify(value),
  open(text) {
    try {
      return schema.safeParse(JSON.parse(text)).data;
    } catch {
      return undefined;
    }
  },
});

/** A place in a list, from 0. Anything else is the beginning. */
export const placeNumber = z.coerce.number().int().min(0).max(100_000).catch(0);
