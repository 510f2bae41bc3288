/** What stands in the question of a form that no entry says it has: it is told, and looked for as little as it can be found. */
type Languages = { rest: string; asked: string[] };

const codes = Array.from('abcdefghijklmnopqrstuvwxyz');
const inEnglish = new Intl.DisplayNames('en-GB', { type: 'language', fallback: 'none' });
/** By their English names; all pages are in English. */
const names = [
  ...codes.flatMap((first) => codes.flatMap((second) => inEnglish.of(first + second) ?? [])),
  ...'Bengali Farsi Dari Sylheti Mandarin Cantonese Sorani Kurmanji Twi Romani Tagalog Flemish Patois Creole Gaelic'.split(
    ' ',
  ),
].filter((name) => /^\p{L}{3,}$/u.test(name) && name !== 'English');
const byName = new Map(names.map((name) => [name.toLowerCase(), name]));
const language = `(?:${[...byName.keys()].toSorted((a, b) => b.length - a.length).join('|')})`;
const several = `${language}(?:(?:, | and | or | ?/ ?)${language})*`;
const other =
  '(?:(?:another|a different|some other|any other|other|different|many|several|more|community|their own|their|her|his|my|our|home|first) )+(?:languages?|mother tongue|tongue)';
/** A "Welsh report" is one of Wales, and a "Turkish leaflet" in Turkish. */
const things =
  'leaflets? booklets? posters? handouts? factsheets? videos? books? apps? information info materials? resources?'.split(
    ' ',
  );
const thing = `(?:${things.join('|')})(?!\\p{L})`;
/** "In Welsh schools" is where, and "in Welsh about sleep" how. */
const goesOn = '(?=\\s*(?:$|[.,;:?!)]|(?:about|for|on|of|please|if|that|which|with|language|to)(?!\\p{L})))';

const asked = new RegExp(
  [
    `(?<!\\p{L})(?:(?:translated|written|printed|available|subtitled|spoken) )?(?:in|into) (?:${several}|${other})(?: languages?)?${goesOn}`,
    `(?<!\\p{L})(?:only )?speak(?:s|ing)? (?:only )?${several}(?!\\p{L})`,
    `(?<!\\p{L})${several}[ -](?:speaking|speakers?|language)(?!\\p{L})`,
    `(?<!\\p{L})${several} (?:versions?|translations?|editions?|subtitles|cop(?:y|ies))(?!\\p{L})`,
    `(?<!\\p{L})(?:${several}|translated) (?=${thing})`,
    `(?<=${thing} )${several}$`,
  ].join('|'),
  'giu',
);
const signed =
  /(?<!\p{L})(?:in )?(?:british sign language|sign language|bsl)(?: (?:version|translation))?(?!\p{L})/giu;
/** It stays in the question: there is something about it. */
const easyRead = /(?<!\p{L})easy[ -]?read(?!\p{L})/iu;

/** No entry says in which language, or how plainly, its page is written. @returns what was asked of that, in words behind "pages are". */
export function takeLanguages(text: string): Languages {
  const found: string[] = [];
  const rest = text
    .replace(signed, () => {
      found.push('in British Sign Language');
      return ' ';
    })
    .replace(asked, (typed: string) => {
      const said = [...typed.toLowerCase().matchAll(/\p{L}+/gu)].flatMap(([word]) => byName.get(word) ?? []);
      found.push(said.length === 0 ? 'in other languages' : `in ${said.join(' or ')}`);
      return ' ';
    });
  if (easyRead.test(text)) found.push('easy read');
  return { rest, asked: [...new Set(found)] };
}
