import { z } from 'zod';
import type { ContentFolder } from '../content/read.ts';
import { reportDuplicates } from '../content/vocabulary.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use small letters, digits and hyphens only');

const schema = z.strictObject({
  version: z.number().int(),
  language: z.string(),
  /** At most as many as one menu takes. */
  professions: z
    .array(
      z.strictObject({
        id,
        label: z.string().min(1).max(75, 'write at most 75 characters: it stands in a menu'),
        /** What people of the group write as their role. */
        typed: z.array(z.string().min(1)).min(1),
      }),
    )
    .min(1)
    .max(100),
});

/** data/professions.yaml: general groups of professions, so that sessions can be a mix of them. */
export type Profession = z.output<typeof schema>['professions'][number];

export function readProfessions(folder: ContentFolder): Profession[] | undefined {
  const file = folder.read('professions.yaml', schema);
  if (!file) return undefined;
  reportDuplicates(file.value.professions, ['professions'], file.problem);
  return file.value.professions;
}

/**
 * The groups that a role somebody wrote may mean: those with the longest words of theirs in it, so that "school nurse" is
 * neither a school nor a nurse. Several where two fit alike, none where nothing does: they are offered, and whoever it is
 * chooses.
 */
export function offerProfessions(professions: readonly Profession[], role: string): Profession[] {
  const said = ` ${plainWords(role)} `;
  const fits = professions.map((profession) => ({
    profession,
    length: Math.max(
      0,
      ...profession.typed.map(plainWords).map((words) => (said.includes(` ${words} `) ? words.length : 0)),
    ),
  }));
  const longest = Math.max(0, ...fits.map(({ length }) => length));
  return longest === 0
    ? []
    : fits.filter(({ length }) => length === longest).map(({ profession }) => profession);
}

const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
