import { describe, expect, test } from 'vitest';
import { ContentFolder } from '../../../src/content/read.ts';
import { supportBlocksFor, supportScreen } from '../../../src/features/support/views.ts';
import { readSignposts } from '../../../src/safeguarding/signposts.ts';

const signposts = readSignposts(new ContentFolder('data'));
if (!signposts) throw new Error('data/signposting.yaml does not fit.');
const page = { signposts, now: new Date('2026-03-02T10:00:00Z'), zone: 'Europe/London' };
const said = JSON.stringify(supportBlocksFor(page));

describe('the support page', () => {
  test('begins with the lines that are always shown', () => {
    const order = ['999', '111', '116 123', 'Multi-Agency Safeguarding Hub', 'Childline', 'Your own GP'];
    const places = order.map((text) => said.indexOf(text));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('asks to check an unconfirmed number, and leaves a doubtful one out', () => {
    expect(said).toContain('Please check the number first');
    expect(said).toContain('No number is given here for');
    expect(said).toContain('Karma Nirvana');
    expect(said).not.toContain('0800 5999 247');
  });

  test('answers a closed line with the one to use', () => {
    expect(said).toMatch(/0800 073 0006.*Closed.*NHS 111/);
  });

  test('stays within a message, however long the list grows', () => {
    const many = {
      ...signposts,
      lines: Array.from({ length: 20 }, () => signposts.lines).flat(),
      safeguarding_routes: Array.from({ length: 5 }, () => signposts.safeguarding_routes).flat(),
    };
    expect(supportBlocksFor(page).length).toBeLessThanOrEqual(50);
    expect(supportScreen({ ...page, signposts: many }).blocks.length).toBeLessThanOrEqual(100);
    for (const block of supportBlocksFor({ ...page, signposts: many }))
      if (block.type === 'section')
        expect(Array.from(block.text?.text ?? '').length).toBeLessThanOrEqual(3000);
  });
});
