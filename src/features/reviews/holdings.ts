import './tables.ts';
import { type Area, madeBy } from '../../community/holdings.ts';

export const reviewsHeld = (): Area => ({
  id: 'reviews',
  title: 'Young people\u2019s say',
  why: 'So that young people can say what they think of our words. Nothing about any of them is kept.',
  holdings: [
    madeBy('review_packs', 'made_by', {
      id: 'review-packs',
      what: 'Review packs you made as a curator or facilitator',
      remains: 'The pack, without your name.',
      read: (row) => ({ Title: row.title, Made: new Date(row.made_at) }),
    }),
  ],
});
