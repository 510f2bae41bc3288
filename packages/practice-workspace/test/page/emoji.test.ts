import { beforeAll, describe, expect, test } from 'vitest';
import { emojiFor, emojiWords, loadEmoji, withEmoji } from '../../src/page/emoji.ts';

beforeAll(loadEmoji);

test('before the names have come, a text is as it was written', async () => {
  // Another copy of it: this one knows them.
  const anew = new URL('../../src/page/emoji.ts?anew', import.meta.url);
  const page: typeof import('../../src/page/emoji.ts') = await import(anew.href);
  const before = page.knownEmoji();
  expect(page.withEmoji('Well done :tada:')).toBe('Well done :tada:');
  expect(page.leadingEmoji(':tada:')).toBeUndefined();
  await page.loadEmoji();
  expect(page.knownEmoji()).not.toBe(before);
  expect(page.withEmoji('Well done :tada:')).toBe('Well done 🎉');
});

describe('by Slack’s names', () => {
  /** With and without the sign that asks for colours; both are the same emoji. */
  const bare = (emoji: string | undefined) => emoji?.replace('\uFE0F', '');

  test.each([
    ['seedling', '🌱'],
    // Aliases.
    ['+1', '👍'],
    ['thumbsup', '👍'],
    ['memo', '📝'],
    ['pencil', '📝'],
    ['email', '✉'],
    ['envelope', '✉'],
    // Not the names that others have for them.
    ['ring_buoy', '🛟'],
    ['jigsaw', '🧩'],
    ['large_green_circle', '🟢'],
    ['flag-gb', '🇬🇧'],
    ['male-astronaut', '👨‍🚀'],
    // Skin tones, from lightest to darkest.
    ['wave::skin-tone-2', '👋🏻'],
    ['thumbsup::skin-tone-6', '👍🏿'],
    ['male-astronaut::skin-tone-5', '👨🏾‍🚀'],
    ['people_holding_hands::skin-tone-4', '🧑🏽‍🤝‍🧑🏽'],
    ['skin-tone-3', '🏼'],
    // A tone that it does not come in.
    ['seedling::skin-tone-4', '🌱'],
  ])('%s', (name, emoji) => {
    expect(bare(emojiFor(name))).toBe(emoji);
  });

  test.each(['unknown_thing', '30', 'constructor', '__proto__', '', 'wave::skin-tone-7'])(
    'there is no “%s”',
    (name) => {
      expect(emojiFor(name)).toBeUndefined();
    },
  );
});

test.each([
  ['At 10:30:45 :coffee: with :wave::skin-tone-3::wave:', 'At 10:30:45 ☕️ with 👋🏼👋'],
  [':not_one: but :tada::tada:', ':not_one: but 🎉🎉'],
])('in plain text: %s', (written, shown) => {
  expect(withEmoji(written)).toBe(shown);
});

test('a screen reader says its name and its tone', () => {
  expect(emojiWords('raised_hands')).toBe('raised hands');
  expect(emojiWords('raised_hands::skin-tone-4')).toBe('raised hands, skin tone 4');
  expect(emojiWords('-1')).toBe('-1');
});
