import { expect, test } from 'vitest';
import { tidyTitle } from '../../src/lib/title.ts';
import { nuisances } from '../support/stories.ts';

test.each([
  ['Spring <!channel> *pilot* <https://evil.example|here>', 'Spring !channel pilot evil.example here'],
  ['  Two\u00a0\n lines\t', 'Two lines'],
  ['`code` ~old~ a|b', 'code old a b'],
  ['\u202eturned\u2069 ze\u200bro\u2060 \u00adsoft\ufeff', 'turned zero soft'],
  ['\u3164\u2800', ''],
  ['HTTPS://evil.example, http<s://evil.example', 'evil.example, evil.example'],
  ['Midwives & social workers (spring), 0-5_B', 'Midwives & social workers (spring), 0-5_B'],
  ['Zoë’s group ❤️ 漢字', 'Zoë’s group ❤️ 漢字'],
])('the title %j is kept as %j', (typed, kept) => {
  expect(tidyTitle(typed)).toBe(kept);
});

test('nothing that somebody types acts in a title, and it is the same when it is read again', () => {
  for (const nuisance of nuisances) {
    const kept = tidyTitle(nuisance);
    expect(kept).not.toMatch(/[<>|`*\p{Cc}\p{Cf}]| {2}|:\/\//u);
    expect(tidyTitle(kept)).toBe(kept);
  }
});
