/** What stands before a name and is none. */
const titles = /^(?:dr|prof|professor|mr|mrs|ms|miss|mx|sr|rev)\.?$/iu;

type Parts = { full: string; first: string; initial: string };

function partsOf(name: string): Parts {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  const own = words.filter((word) => !titles.test(word));
  const [first = name, ...others] = own.length > 0 ? own : words;
  const initial = Array.from(others.at(-1) ?? '')[0] ?? '';
  return { full: name, first, initial };
}

/**
 * Names as they are read from across a room: the first name, with an initial where two are the same, and in full where that
 * tells them apart no more. In the order they come.
 */
export function wallNames(names: readonly string[]): string[] {
  const all = names.map(partsOf);
  const sameFirst = (one: Parts, other: Parts) =>
    one.first.toLocaleLowerCase('en-GB') === other.first.toLocaleLowerCase('en-GB');
  return all.map((one) => {
    const others = all.filter((other) => other !== one && sameFirst(one, other));
    if (others.length === 0) return one.first;
    const isTold = one.initial !== '' && others.every(({ initial }) => initial !== one.initial);
    return isTold ? `${one.first} ${one.initial}` : one.full;
  });
}
