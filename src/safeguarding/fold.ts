/** From `start` up to, not including, `end`. */
export type Stretch = { start: number; end: number };

/** Text made plain for looking at, and for each of its places the place in the original. */
export type Folded = { text: string; at: number[] };

const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|[\ufe0e\ufe0f]|\u20e3/;

/**
 * Drops characters nobody sees and makes wide, Arabic-Indic and mathematical-looking forms of digits, letters, dashes and
 * spaces, tabs included, plain, one UTF-16 unit for one, so that a number pasted from anywhere is still a number.
 */
export function fold(original: string): Folded {
  let text = '';
  const at: number[] = [];
  for (let index = 0; index < original.length; index += 1) {
    const unit = original.charAt(index);
    if (invisible.test(unit)) continue;
    text += plainUnit(unit);
    at.push(index);
  }
  return { text, at };
}

function plainUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  if (unit === '\t') return ' ';
  if (code < 0x80) return unit;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code >= 0x0660 && code <= 0x0669) return String.fromCharCode(code - 0x0660 + 0x30);
  if (code >= 0x06f0 && code <= 0x06f9) return String.fromCharCode(code - 0x06f0 + 0x30);
  if (/[\u2010-\u2015\u2043\u2212]/.test(unit)) return '-';
  if (/[\u00b7\u2022\u2024\u2027]/.test(unit)) return '.';
  if (/[\u2044\u2215]/.test(unit)) return '/';
  if (/[\u2018\u2019]/.test(unit)) return "'";
  return /\p{Zs}/u.test(unit) ? ' ' : unit;
}

/** Where a stretch of the folded text stands in the original. */
export function unfold({ at }: Folded, start: number, end: number): Stretch {
  return { start: at[start] ?? 0, end: (at[end - 1] ?? -1) + 1 };
}
