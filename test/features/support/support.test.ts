import { describe, expect, test } from 'vitest';
import { ContentFolder } from '../../../src/content/read.ts';
import { supportBlocksFor, supportScreen } from '../../../src/features/support/views.ts';
import { readSignposts } from '../../../src/safeguarding/signposts.ts';

const signposts = readSignposts(new ContentFolder('data'));
if (!signposts) throw new Error('data/signposting.yaml does not fit.');
const page = { signposts, now: new Date('2026-03-02T10:00:00Z') };
const said = JSON.stringify(supportBlocksFor(page));

describe('the support page', () => {
  test('begins with the lines that are always shown', () => {
    const order = ['999', '111', '116 123', 'Multi-Agency Safeguarding Hub', 'Childline', 'Your own GP'];
    const places = order.map((text) => said.indexOf(text));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('asks to check an unconfirmed number, and leaves a doubtful one out', () => {
    expect(said).toContain('Check first');
    expect(said).toContain('No number is given here for');
    expect(said).toContain('Karma Nirvana');
    expect(said).not.toContain('0800 5999 247');
  });

  test('keeps a contact whose check is overdue, with its number and when it was checked last', () => {
    const overdue = {
      ...signposts,
      safeguarding_routes: signposts.safeguarding_routes.map((one) => ({ ...one, checked_on: '2025-11-01' })),
    };
    const blocks = JSON.stringify(supportBlocksFor({ ...page, signposts: overdue }));
    for (const number of ['020 8356 5500', '020 7332 3621', '020 8356 4569'])
      expect(blocks).toContain(`|${number}>`);
    expect(blocks).toContain('Check first, last checked on 1 November 2025.');
  });

  test('says nothing that is meant for curators', () => {
    for (const one of [...signposts.lines, ...signposts.safeguarding_routes])
      for (const text of [one.hours, one.for_whom, one.note])
        expect(text ?? '').not.toMatch(/\b(check|confirm|current|archived|copy)/i);
    expect(signposts.for_practitioners.join()).not.toContain('adds its own');
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
