import emoji from 'emojibase-data/en/compact.json' with { type: 'json' };
import shortcodes from 'emojibase-data/en/shortcodes/iamcal.json' with { type: 'json' };

/**
 * Slack's names → emoji, aliases too; those that come in skin tones also as Slack writes them, `wave::skin-tone-3`. The
 * browser gets this module with its data worked out, see page-files.ts.
 */
export const emojiNames: Record<string, string> = {};

/** In the order of Slack's `skin-tone-2` to `skin-tone-6`. */
const tones = ['1F3FB', '1F3FC', '1F3FD', '1F3FE', '1F3FF'];

const namesOf: Record<string, string | string[] | undefined> = shortcodes;
for (const { hexcode, unicode, skins = [] } of emoji)
  for (const name of [namesOf[hexcode] ?? []].flat()) {
    emojiNames[name] = unicode;
    for (const skin of skins) {
      // People together also come in two tones. How Slack writes those is not documented: they are left out.
      const worn = new Set(tones.filter((tone) => skin.hexcode.includes(tone)));
      const [tone = ''] = worn;
      if (worn.size === 1) emojiNames[`${name}::skin-tone-${tones.indexOf(tone) + 2}`] = skin.unicode;
    }
  }
