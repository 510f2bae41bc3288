const words = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** A number from two to twelve in words, and any other in digits. */
export const inWords = (number: number): string => words[number - 2] ?? String(number);
