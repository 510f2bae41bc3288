import type { Obj } from './json.ts';
import { num, obj, objs, str } from './json.ts';

const words = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' });

/** Numbers by size, everything else as a dictionary would; empty cells come last. */
export function compareCells(a: Obj | undefined, b: Obj | undefined): number {
  const [left, right] = [num(obj(a).value), num(obj(b).value)];
  if (left !== undefined && right !== undefined) return left - right;
  const [said, other] = [cellWords(a), cellWords(b)];
  if (said === '' || other === '') return said === other ? 0 : said === '' ? 1 : -1;
  return words.compare(said, other);
}

export function cellWords(cell: Obj | undefined): string {
  if (!cell) return '';
  if (Array.isArray(cell.elements)) return objs(cell.elements).map(cellWords).join('');
  return str(cell.text);
}
