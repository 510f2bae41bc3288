import { readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { basename, dirname, join } from 'node:path';

const { resolve } = createRequire(import.meta.url);
const packageFile = (name: string, file: string): string => join(dirname(resolve(name)), file);
const source = (path: string): string => join(import.meta.dirname, '..', path);

/** In the order in which they need each other. */
const parts = (): { name: string; path: string; licence?: string }[] => [
  {
    name: 'stemmer',
    path: packageFile('stemmer', 'index.js'),
    licence: packageFile('stemmer', 'license'),
  },
  {
    name: 'fastest-levenshtein',
    path: packageFile('fastest-levenshtein', 'esm/mod.js'),
    licence: packageFile('fastest-levenshtein', 'LICENSE.md'),
  },
  ...[
    'lib/remembered.ts',
    'content/words.ts',
    'content/stem.ts',
    'safeguarding/harm.ts',
    'safeguarding/danger.ts',
  ].map((path) => ({ name: basename(path), path: source(path) })),
];

let made: string | undefined;

/**
 * What the bot and the site both do with words, as a script that sets `window.shared`: so a word is the same word on both,
 * and the same sentences lead to whom to ring. One script of several modules, since a page that is opened from a folder may
 * load none. Where the bot asks its dictionary, which is too large to send, this asks `window.isEnglish`.
 */
export function sharedCode(): string {
  made ??= [
    'window.shared = (() => {',
    "const modules = { 'english.ts': { isEnglish: (word) => window.isEnglish(word) } };",
    ...parts().map(({ name, path, licence }) => {
      const notice = licence === undefined ? '' : `/* ${name}\n${readFileSync(licence, 'utf8')}*/\n`;
      return notice + asPart(name, readFileSync(path, 'utf8'));
    }),
    'return Object.assign({}, ...Object.values(modules));',
    '})();',
    '',
  ].join('\n');
  return made;
}

/** A module as a part of the script: what it imports comes from the parts before it, and what it exports goes to those after. */
function asPart(name: string, text: string): string {
  const exported: string[] = [];
  const code = (name.endsWith('.ts') ? stripTypeScriptTypes(text) : text)
    .replace(
      /^import (\{[^}]*\}) from '([^']+)';$/gm,
      (_, names: string, from: string) => `const ${names} = modules['${basename(from)}'];`,
    )
    .replace(/^export (const|function|class) (\w+)/gm, (_, kind: string, one: string) => {
      exported.push(one);
      return `${kind} ${one}`;
    })
    .replace(/^export \{([^}]*)\};$/gm, (_, names: string) => {
      exported.push(...names.split(',').map((one) => one.trim()));
      return '';
    })
    // Where types stood, there is nothing to read.
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n');
  return `modules['${name}'] = (() => {\n${code}\nreturn { ${exported.join(', ')} };\n})();`;
}
