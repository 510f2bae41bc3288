/** The digits of a telephone number as somebody wrote it. */
export const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** British numbers from their country code to the form with the leading 0, so that both ways of writing compare equal. */
export function nationalNumber(digits: string): string {
  const rest = digits.replace(/^(?:0044|44)(?=\d{9,11}$)/, '');
  return rest === digits ? digits : `0${rest.replace(/^0/, '')}`;
}

/**
 * Whether the digits can be a British number, with the leading 0.
 * @see https://en.wikipedia.org/wiki/Telephone_numbers_in_the_United_Kingdom : eleven digits, ten for some 01 areas and
 * some 0500 and 0800 numbers.
 */
export function isBritishNumber(national: string): boolean {
  if (national.length === 11) return /^0[1235789]/.test(national) && !/^(\d)\1+$/.test(national.slice(1));
  return national.length === 10 && /^(?:01|0500|0800)/.test(national);
}
