import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ContentFolder } from '../../../src/content/read.ts';
import { findFramework, readFrameworks } from '../../../src/features/reflections/content.ts';
import { frameworks } from './given.ts';

test.each([
  ['gibbs', 'gibbs'],
  ['Gibbs', 'gibbs'],
  ['nmc', 'nmc-reflective-account'],
  ['rolfe', 'what-so-what-now-what-rolfe'],
  ['so what', 'what-so-what-now-what-rolfe'],
  ['two minute', 'quick-note'],
  ['quick', 'one-box'],
  ['social work', 'swe-cpd'],
  ['driscoll', 'driscoll'],
  ['trauma', 'trauma-informed-lens'],
  ['borton', 'what-so-what-now-what-rolfe'],
  ['gibs', 'gibbs'],
  ['drisoll', 'driscoll'],
])('“/chatr reflect %s” means %s', (asked, id) => {
  expect(findFramework(frameworks, asked)?.id).toBe(id);
});

test.each(['', '   ', 'kolb', '🙂', '*', 'gibbs kolb'])('“%s” means none of them', (asked) => {
  expect(findFramework(frameworks, asked)).toBeUndefined();
});

describe('mistakes in the file', () => {
  const read = (change: (text: string) => string) => {
    const dir = mkdtempSync(join(tmpdir(), 'frameworks-'));
    const text = readFileSync('data/reflection-frameworks.yaml', 'utf8');
    expect(change(text)).not.toBe(text);
    writeFileSync(join(dir, 'reflection-frameworks.yaml'), change(text));
    const folder = new ContentFolder(dir);
    readFrameworks(folder);
    return folder.problems.map(({ message }) => message);
  };
  test.each<[string, (text: string) => string, string]>([
    [
      'a default that is not there',
      (text) => text.replace('default_framework: one-box', 'default_framework: slow'),
      'there is no framework "slow"',
    ],
    ['an id twice', (text) => text.replace('  - id: gibbs', '  - id: driscoll'), '"driscoll" is used twice'],
    [
      'a key twice in one framework',
      (text) => text.replace('- key: learned', '- key: moment'),
      '"moment" is used twice',
    ],
    [
      'choices for no step',
      (text) => text.replace('      code:\n', '      codes:\n'),
      'there is no step "codes"',
    ],
    [
      'a label too long for a menu',
      (text) => text.replace('label: Two-minute note', `label: ${'x'.repeat(76)}`),
      '75 characters',
    ],
  ])('%s', (_, change, message) => {
    expect(read(change).join('\n')).toContain(message);
  });
});
