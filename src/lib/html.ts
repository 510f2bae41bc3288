/** Text that is HTML already. Only `html` makes it, so that nothing from outside gets into a page unescaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | Html | false | undefined | readonly Piece[];

/**
 * A piece of a page. What stands between `${}` is escaped unless it is `Html` itself; `false` and `undefined` leave
 * nothing. Attributes stand in double quotes, always.
 */
export function html(parts: TemplateStringsArray, ...pieces: Piece[]): Html {
  return new Html(parts.map((part, nth) => part + (nth < pieces.length ? drawn(pieces[nth]) : '')).join(''));
}

function drawn(piece: Piece): string {
  if (piece instanceof Html) return piece.text;
  if (piece === false || piece === undefined) return '';
  if (typeof piece === 'object') return piece.map(drawn).join('');
  return escaped(String(piece));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  // What no page may hold: a browser would put something else in its place.
  text.replace(/[^\P{Cc}\t\n]/gu, ' ').replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** Data for a program that reads the page: nothing in it can end the element it stands in. */
export const jsonFor = (value: unknown): Html =>
  new Html(JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${hex(sign)}`));

const hex = (sign: string): string => sign.charCodeAt(0).toString(16).padStart(4, '0');
