import type { KnownBlock } from '@slack/types';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../src/community/people.ts';
import { promptMessage, reminderMessage } from '../../src/features/checkins/asking/views.ts';
import { privacySentence } from '../../src/features/checkins/words.ts';
import { arrivalsNote } from '../../src/features/onboarding/lead/views.ts';
import { restMessage, stepMessage } from '../../src/features/onboarding/steps/views.ts';
import {
  answeredWelcome,
  newAgreementMessage,
  welcomeAgainMessage,
  welcomeMessage,
} from '../../src/features/onboarding/welcome/views.ts';
import { shippedContent } from '../support/shipped.ts';

const { journey, templates } = shippedContent();

/** What stands in a message, without its buttons. */
const said = (blocks: readonly KnownBlock[]): string =>
  blocks
    .flatMap((block) =>
      block.type === 'section'
        ? [block.text?.text ?? '']
        : block.type === 'context'
          ? block.elements.map((element) => ('text' in element ? element.text : ''))
          : [],
    )
    .join('\n')
    .replace(/<!date[^|]*\|([^>]*)>/g, '$1');

const words = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

const person = { displayName: 'Robin', firstName: 'Robin', slackId: 'U1' } as Person;
const humans = [person, person, person];
const door = () => ({ text: 'Open it', actionId: 'open' });
const doors = { doors: { messages: door, find: door, reflect: door, core: door, checkin: door } };
const round = (definition: (typeof templates.templates)[number]) => ({
  id: 'round',
  closesAt: new Date('2026-03-11T09:30:00Z'),
  definition,
});

const unasked: [string, KnownBlock[]][] = [
  ['the welcome', welcomeMessage(journey, person, humans).blocks],
  ['a facilitator’s welcome', welcomeMessage(journey, person, humans, { runsGroups: true }).blocks],
  ['the welcome once more', welcomeAgainMessage(journey).blocks],
  ['the welcome, answered', answeredWelcome(journey, { humans, runsGroups: false }, 'agreed').blocks],
  ['the last line', restMessage().blocks],
  ['a note on newcomers', arrivalsNote([person, person]).blocks],
  ['a new agreement', newAgreementMessage(journey, person).blocks],
  ...journey.steps.flatMap((step): [string, KnownBlock[]][] => [
    [`the step ${step.id}`, stepMessage(doors, step).blocks],
    [`the reminder of ${step.id}`, stepMessage(doors, step, { isReminder: true }).blocks],
  ]),
];

describe('a message that was not asked for', () => {
  test.each(unasked)('is read in a glance: %s has about sixty words at most', (_, blocks) => {
    expect(words(said(blocks))).toBeLessThanOrEqual(65);
  });

  test.each(templates.templates.map((one) => [one.id, one] as const))(
    'of the check-in %s has about as many, beside who sees the answers',
    (_, template) => {
      const who = words(privacySentence(template));
      const prompt = said(promptMessage(round(template), 'Perinatal pilot, spring', 'Europe/London').blocks);
      const reminder = said(
        reminderMessage(round(template), 'Perinatal pilot, spring', 'Europe/London').blocks,
      );
      expect(words(prompt) - who).toBeLessThanOrEqual(60);
      expect(words(reminder)).toBeLessThanOrEqual(60);
      // It says what is new, and not all of it again.
      expect(words(reminder)).toBeLessThan(words(prompt));
    },
  );

  test('of a step is not said a second time by its reminder', () => {
    for (const step of journey.steps) {
      const reminder = said(stepMessage(doors, step, { isReminder: true }).blocks);
      for (const point of step.message_points) expect(reminder).not.toContain(point);
    }
  });
});

test('the welcome says before it asks: who speaks, what is kept, who sees it, whom to turn to, how to stop', () => {
  const text = said(welcomeMessage(journey, person, humans).blocks);
  for (const part of [
    'not a person',
    'emergency service',
    'What I keep',
    'Facilitators see',
    '<@U1>',
    'pause',
  ])
    expect(text).toContain(part);
  expect(JSON.stringify(welcomeMessage(journey, person, humans).blocks)).toContain(
    'Read the full privacy notice',
  );
});

test('one voice: whatever is shown to people says “I”', () => {
  const shown = JSON.stringify({ ...journey, templates: templates.templates });
  expect(shown.match(/[^".]*\b(the|this) bot\b[^".]*/gi) ?? []).toEqual([]);
});
