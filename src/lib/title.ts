/**
 * A short title that somebody typed, such as a group's name: what is left of it where nothing can act, turn the line, hide,
 * or stand about as stray signs of markup. It is on one line, and an address in it is no link. Used when it is saved, and
 * when it is read, for those that were saved before.
 */
export const tidyTitle = (text: string): string =>
  text
    .normalize('NFC')
    // Joiners and the like; what makes a sign an emoji stays.
    .replace(
      /[[\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]--[\p{L}\p{M}]]|(?!\ufe0f)[[\p{Default_Ignorable_Code_Point}]&&\p{M}]/gv,
      '',
    )
    .replace(/[<>*~`]/g, '')
    .replace(/\b(?:https?|ftp|mailto):(?:\/\/)?/gi, '')
    .replace(/[|\p{Cc}\p{Z}\u115f\u1160\u2800\u3164\uffa0]+/gu, ' ')
    .trim();
