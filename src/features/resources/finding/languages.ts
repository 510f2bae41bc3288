/** What stands in a question of the form of a page and that no entry says it has. */
type Languages = {
  rest: string;
  /** In words behind "pages are". */
  asked: string[];
};

/** By their English names; all pages are in English. */
// biome-ignore format: a list
const names = new Map(`
  Afrikaans Akan Albanian Amharic Arabic Armenian Azerbaijani Bangla Basque Belarusian Bengali Bosnian Bulgarian Burmese
  Cantonese Catalan Chechen Chinese Creole Croatian Czech Danish Dari Dutch Estonian Ewe Farsi Filipino Finnish Flemish French
  Fula Gaelic Georgian German Greek Gujarati Hausa Hebrew Hindi Hungarian Icelandic Igbo Indonesian Irish Italian Japanese
  Kannada Kazakh Khmer Kikuyu Kinyarwanda Korean Krio Kurdish Kurmanji Kyrgyz Lao Latvian Lingala Lithuanian Luganda Macedonian
  Malay Malayalam Maltese Mandarin Marathi Mongolian Ndebele Nepali Norwegian Oromo Pashto Patois Persian Polish Portuguese
  Punjabi Romani Romanian Russian Serbian Shona Sindhi Sinhala Slovak Slovenian Somali Sorani Spanish Swahili Swedish Sylheti
  Tagalog Tajik Tamil Telugu Thai Tibetan Tigrinya Turkish Turkmen Twi Ukrainian Urdu Uyghur Uzbek Vietnamese Welsh Wolof Xhosa
  Yiddish Yoruba Zulu`.trim().split(/\s+/).map((name) => [name.toLowerCase(), name]));

/** Around each name of a language while a text is looked through: a pattern with all names in it takes long to be made. */
const [open, shut] = ['\ue000', '\ue001'];
const marked = (text: string): string =>
  text.replace(/\p{L}+/gu, (word) => (names.has(word.toLowerCase()) ? `${open}${word}${shut}` : word));
const unmarked = (text: string): string => text.replace(/[\ue000\ue001]/g, '');

const language = `${open}\\p{L}+${shut}`;
const several = `${language}(?:(?:, | and | or | ?/ ?)${language})*`;
const other =
  '(?:(?:another|a different|some other|any other|other|different|many|several|more|community|their own|their|her|his|my|our|home|first) )+(?:languages?|mother tongue|tongue)';
/** A "Welsh report" is one of Wales, and a "Turkish leaflet" in Turkish. */
const thing =
  '(?:leaflets?|booklets?|posters?|handouts?|factsheets?|videos?|books?|apps?|information|info|materials?|resources?)(?!\\p{L})';
/** "In Welsh schools" is where, and "in Welsh about sleep" how. */
const goesOn = '(?=\\s*(?:$|[.,;:?!)]|(?:about|for|on|of|please|if|that|which|with|language|to)(?!\\p{L})))';

const asked = new RegExp(
  [
    `(?<!\\p{L})(?:(?:translated|written|printed|available|subtitled|spoken) )?(?:in|into) (?:${several}|${other})(?: languages?)?${goesOn}`,
    `(?<!\\p{L})(?:only )?speak(?:s|ing)? (?:only )?${several}`,
    `${several}[ -](?:speaking|speakers?|language)(?!\\p{L})`,
    `${several} (?:versions?|translations?|editions?|subtitles|cop(?:y|ies))(?!\\p{L})`,
    `(?:${several}|(?<!\\p{L})translated) (?=${thing})`,
    `(?<=${thing} )${several}$`,
  ].join('|'),
  'giu',
);
const signed =
  /(?<!\p{L})(?:in )?(?:british sign language|sign language|bsl)(?: (?:version|translation))?(?!\p{L})/giu;
/** It stays in the question: there is something about it. */
const easyRead = /(?<!\p{L})easy[ -]?read(?!\p{L})/iu;

/** No entry says in which language its page is, or how plainly it is written: that is told, and not looked for. */
export function takeLanguages(text: string): Languages {
  const found: string[] = [];
  const rest = marked(text)
    .replace(signed, () => {
      found.push('in British Sign Language');
      return ' ';
    })
    .replace(asked, (typed: string) => {
      const said = [...typed.toLowerCase().matchAll(/\p{L}+/gu)].flatMap(([word]) => names.get(word) ?? []);
      found.push(said.length === 0 ? 'in other languages' : `in ${said.join(' or ')}`);
      return ' ';
    });
  if (easyRead.test(text)) found.push('easy read');
  return { rest: unmarked(rest), asked: [...new Set(found)] };
}
