import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

export type EnvFile = {
  values: Record<string, string>;
  /** What cannot be what was meant, each with the file's name. No value is quoted: it may be a secret. */
  problems: string[];
};

/**
 * A file of settings, `NAME=value` a line, as Node reads one, and: in whatever encoding an editor saved it, and with `#`
 * as a comment only where a space stands around it. `NAME=#x` and a password with a `#` would be cut off otherwise.
 */
export function readEnvFile(file: string): EnvFile {
  if (!existsSync(file)) {
    // What an editor on Windows adds, and does not show.
    const isHidden = existsSync(`${file}.txt`);
    return {
      values: {},
      problems: isHidden ? [`The settings are in ${file}.txt: name that file ${file}.`] : [],
    };
  }
  let lines: string[];
  try {
    lines = decode(readFileSync(file)).split(/\r\n?|\n/);
  } catch (error) {
    const why =
      error instanceof TypeError
        ? 'is not saved as UTF-8: save it again with that encoding'
        : 'cannot be read: it must be a file, and this account must be allowed to read it';
    return { values: {}, problems: [`The file ${file} ${why}.`] };
  }
  const values = new Map<string, string>();
  const problems: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (/^[\s\p{Cf}]*(#|$)/u.test(line)) continue;
    // What is not seen, and is copied along from a page, is no part of a name.
    const [, name = '', written = ''] =
      /^[\s\p{Cf}]*(?:export\s+)?([a-z_]\w*)[\s\p{Cf}]*=[\s\p{Cf}]*(.*?)\s*$/isu.exec(line) ?? [];
    if (name === '') {
      problems.push(`${file}:${index + 1} is no setting: write it as NAME=value.`);
      continue;
    }
    const value = read(written);
    if (value === undefined) {
      problems.push(
        `${name} in ${file} goes on behind its closing quotation mark: write it in one pair of them.`,
      );
      continue;
    }
    const before = values.get(name);
    // An empty line further down must not take back what was set above.
    if (before && before !== value)
      problems.push(`${name} stands in ${file} twice, with two values: take one of them out.`);
    values.set(name, value);
  }
  return { values: Object.fromEntries(values), problems };
}

/** A value as it is meant, up to its comment. @returns undefined where a part of it would be lost. */
function read(written: string): string | undefined {
  const [, quoted, mark, rest = ''] = /^((["'`]).*?\2)(.*)$/s.exec(written) ?? [];
  if (quoted === undefined || mark === undefined)
    return written.replace(/^#(?=[\s#]|$).*|\s+#.*/s, '').trim();
  if (!/^\s*(#|$)/.test(rest)) return undefined;
  return parseEnv(`VALUE=${quoted}`).VALUE;
}

/** Editors on Windows save UTF-16 and byte-order marks. @throws TypeError where it is neither that nor UTF-8. */
function decode(bytes: Buffer): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff || second === 0 ? 'utf-16le' : first === 0xfe || first === 0 ? 'utf-16be' : 'utf-8';
  const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  if (text.includes('\0')) throw new TypeError('NUL');
  return text;
}
