import { expect, test } from 'vitest';
import { withOwnNotice } from '../../../src/demo/notice.ts';
import { blanksIn } from '../../../src/features/onboarding/blanks.ts';
import type { PrivacyNotice } from '../../../src/features/onboarding/content.ts';
import { shippedContent } from '../../support/shipped.ts';

const content = shippedContent();
const notice = (...text: string[]): PrivacyNotice => ({
  ...content.journey.privacyNotice,
  short: ['What I keep is said below.'],
  sections: [{ heading: 'Who', covers: 'controller', text }],
});

test.each([
  [
    'The controller is A. The programme team will tell you who runs it.',
    'The programme team will tell you who runs it.',
  ],
  ['[Name of the council] is the controller.', '[Name of the council] is the controller.'],
  ['Write to ____.', 'Write to ____.'],
  ['It is kept for TBC months. Then it goes.', 'It is kept for TBC months.'],
])('"%s" has a blank', (text, sentence) => {
  expect(blanksIn(notice(text))).toEqual([{ heading: 'Who', sentence }]);
});

test('a notice that is filled in has none, the programme team may be named in it, and so is the demo’s', () => {
  expect(
    blanksIn(notice('Example Council (its data team) is the controller. Ask the programme team.')),
  ).toEqual([]);
  expect(blanksIn({ ...notice(), short: ['I keep [what?].'] })).toEqual([{ sentence: 'I keep [what?].' }]);
  expect(blanksIn(content.journey.privacyNotice)).not.toEqual([]);
  const own = withOwnNotice(content).journey.privacyNotice;
  expect(blanksIn(own)).toEqual([]);
  expect(own.sections.map(({ covers }) => covers)).toEqual(
    content.journey.privacyNotice.sections.map(({ covers }) => covers),
  );
  expect(JSON.stringify(own)).toContain('Here everything is made up');
});
