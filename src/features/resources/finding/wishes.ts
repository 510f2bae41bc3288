import { type Resource, resourceTypes } from '../content.ts';

/** What somebody wishes of the form of an answer: it moves up what has it, and leaves nothing out. */
type Wish = {
  typed: string;
  label: string;
  kind: 'wish';
  admits(resource: Resource): boolean;
  /** How far an entry is from it; 0 has it. */
  misses(resource: Resource): number;
};
type Wishes = { rest: string; wishes: Wish[] };

/** What a length or a price is said of. "Read" and "watch" are what somebody wants to do with it. */
const things = [
  ...Object.values(resourceTypes).flatMap(({ words }) => words),
  ...'training learning e-learning elearning module modules resource resources material materials'.split(' '),
];
const thing = `(?:${things.toSorted((a, b) => b.length - a.length).join('|')})(?!\\p{L})`;
const toDo = '(?:read|watch|listen)(?!\\p{L})';
const minutes = '(\\d{1,3})[ -]?min(?:ute)?s?(?!\\p{L})';

const length = new RegExp(
  [
    `(?<!\\p{L})(?:under|below|less than|up to|at most|no more than|max(?:imum)?) ${minutes}`,
    `(?<![\\p{L}\\p{N}])${minutes} (?:or (?:less|under)|(?=${thing})|${toDo})`,
    `(?<!\\p{L})(?:short|quick|brief) (?:(?=(?:free |online )*${thing})|${toDo})`,
  ].join('|'),
  'giu',
);
const free = new RegExp(
  `(?<!\\p{L})(?:free(?= (?:online |short |quick |brief )*(?:\\p{L}+ )?${thing})|for free|free of charge|at no cost)(?!\\p{L})`,
  'giu',
);

/** Whoever asks for something short has no more time than this. */
const short = 15;

export function takeWishes(text: string): Wishes {
  let mostMinutes: number | undefined;
  let isFree = false;
  const rest = text
    .replace(length, (_, ...found: unknown[]) => {
      const said = found.slice(0, 2).find((one) => one !== undefined);
      mostMinutes = said === undefined ? short : Number(said);
      return ' ';
    })
    .replace(free, () => {
      isFree = true;
      return ' ';
    });
  return {
    rest,
    wishes: [
      ...(mostMinutes === undefined ? [] : [noLongerThan(mostMinutes)]),
      ...(isFree ? [freeOfCharge] : []),
    ],
  };
}

/** Most pages do not say how long they take: those stand between what does and what takes longer. */
const noLongerThan = (most: number): Wish => ({
  typed: `under ${most} minutes`,
  label: `up to ${most} minutes`,
  kind: 'wish',
  admits: () => true,
  misses: ({ format_minutes: takes }) => (takes === undefined ? 1 : takes <= most ? 0 : 2),
});

const freeOfCharge: Wish = {
  typed: 'free of charge',
  label: 'free',
  kind: 'wish',
  admits: () => true,
  misses: ({ free: isFree }) => (isFree === true ? 0 : isFree === undefined ? 1 : 2),
};
