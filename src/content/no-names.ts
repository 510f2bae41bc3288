import { isEnglish, isWrittenWithCapital } from './english.ts';

/**
 * Whether a word with a capital may be what somebody is called, where only the sentence hints at it ("mum is …"). Nothing here
 * knows any name: lists of names miss people from minoritised communities. What is asked is whether it is some other word.
 */
export function mayBeName(word: string): boolean {
  const [first = ''] = word.split(/['-]/);
  // "O'Hara" and "D'Angelo"; "Ellie-Mae" by its first half.
  const plain = first.length === 1 ? word.replace(/^.['-]/, '') : first;
  // "Café" is a word, and "Zoë" none.
  const low = plain.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  if (low.length < 2 || isOtherWord(plain)) return false;
  return !isEnglish(low) || isWrittenWithCapital(plain);
}

/** "Monday", "Nigerian": whatever hints at a name, this is none. */
export const isOtherWord = (word: string): boolean => otherWords.has(word.toLowerCase()) || isOfCountry(word);

/** With a capital in English, and nobody's name; the countries' own words come from the runtime. */
const otherWords: ReadonlySet<string> = new Set(
  `monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays
  january february march april may june july august september october november december
  jan feb mar apr jun jul aug sept oct nov dec
  christmas easter eid diwali ramadan passover hanukkah vaisakhi lent
  muslim christian jewish hindu sikh catholic buddhist anglican rastafarian pentecostal orthodox methodist sunni shia islam
  christianity hinduism judaism god allah jesus bible quran
  british english scottish irish welsh european african asian caribbean american black white roma romany gypsy traveller
  congolese moroccan afghan dutch swiss eritrean kurdish palestinian cypriot latin arab turk pole
  london hackney homerton hoxton shoreditch dalston clapton islington newham haringey camden stratford whitechapel
  walthamstow leyton leytonstone tottenham enfield barking dagenham redbridge havering lewisham southwark lambeth
  city barbican newington dover sudan eritrea stamford westminster greenwich croydon brent ealing england scotland wales ireland britain europe africa asia
  mum mummy dad daddy nan nana nanny gran granny grandma grandad grandpa auntie aunty uncle mr mrs ms miss dr prof
  ofsted unicef barnardos barnardo covid brexit google zoom facebook tiktok instagram whatsapp snapchat youtube netflix
  theraplay makaton portage solihull hanen elklan wellcomm bookstart camhs senco gillick fraser cafcass mosaic rio systmone liquidlogic`.split(
    /\s+/,
  ),
);

/** "Nigerian" and "Bangladeshi" from the name of the country, "Yoruba" and "Turkish" as languages. */
function isOfCountry(word: string): boolean {
  const { countries, languages } = peoples();
  if (languages.has(word)) return true;
  if (!/(?:an|i|ese|ish)s?$/.test(word)) return false;
  return countries.some(
    (country) =>
      word.length >= country.length - 1 && word.startsWith(country.slice(0, Math.max(4, country.length - 1))),
  );
}

let kept: { countries: readonly string[]; languages: ReadonlySet<string> } | undefined;

function peoples(): NonNullable<typeof kept> {
  if (kept) return kept;
  const alphabet = Array.from('abcdefghijklmnopqrstuvwxyz');
  const codes = alphabet.flatMap((first) => alphabet.map((second) => first + second));
  const named = (type: 'region' | 'language', write: (code: string) => string): string[] => {
    const names = new Intl.DisplayNames('en-GB', { type, fallback: 'none' });
    return codes.flatMap((code) => names.of(write(code)) ?? []);
  };
  kept = {
    countries: named('region', (code) => code.toUpperCase()).filter((name) => /^\p{L}{4,}$/u.test(name)),
    languages: new Set(named('language', (code) => code)),
  };
  return kept;
}
