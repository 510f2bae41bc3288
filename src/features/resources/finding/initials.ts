/** "The Royal College of General Practitioners" is also asked for as "RCGP". Two letters alone would be many things. */
export function initialsOf(publisher: string): string {
  const initials = publisher
    .replace(/\(.*\)|^The /g, '')
    .match(/\p{Lu}(?=\p{Ll}|\b)/gu)
    ?.join('');
  return initials !== undefined && initials.length > 2 ? initials : '';
}
