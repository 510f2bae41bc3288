import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'rolldown';

const { resolve } = createRequire(import.meta.url);
/** Whose code goes with it, and where its licence stands. */
const licences = ['stemmer/license', 'fastest-levenshtein/LICENSE.md'].map((path) => {
  const [name = '', file = ''] = path.split('/');
  const text = readFileSync(join(dirname(resolve(name)), file), 'utf8');
  return `/* ${name}\n${text}*/`;
});

/**
 * `shared.ts` and all that it needs as one script that sets `shared`, since a page that is opened from a folder may load no
 * modules. Where the bot asks its dictionary, which is too large to send, this asks `window.isEnglish`.
 */
export async function sharedCode(): Promise<string> {
  const { output } = await build({
    cwd: join(import.meta.dirname, '../..'),
    input: join(import.meta.dirname, 'shared.ts'),
    write: false,
    output: { format: 'iife', name: 'shared', banner: licences.join('\n'), comments: false },
    plugins: [
      {
        name: 'dictionary of the page',
        load: {
          filter: { id: /[\\/]content[\\/]english\.ts$/ },
          handler: () => 'export const isEnglish = (word) => window.isEnglish(word);',
        },
      },
    ],
  });
  return output[0].code;
}
