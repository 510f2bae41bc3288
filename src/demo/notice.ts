import type { Content } from '../features/content.ts';
import type { PrivacyNotice } from '../features/onboarding/content.ts';
import { blanksIn } from '../features/onboarding/index.ts';

type Section = PrivacyNotice['sections'][number];

/** Plainly made up: what a programme says in each section where the shipped notice waits for it. */
const said: Partial<Record<Section['covers'], string>> = {
  controller:
    'Here everything is made up: Example Borough Council is the controller, and runs both Slack and the bot. Write to Sam Example, privacy@example.org.',
  where: 'Example Borough Council keeps the rest until you delete it, or ask for that.',
  'lawful-basis': 'Example Borough Council relies on public task, wherever in Exampleshire you work.',
};

/** The demo's own notice: a visitor is greeted as by a programme that has filled it in. */
export function withOwnNotice(content: Content): Content {
  const { privacyNotice: notice } = content.journey;
  const sections = notice.sections.map((section) => {
    const blanks = blanksIn({ ...notice, short: [], sections: [section] }).map(({ sentence }) => sentence);
    const own = said[section.covers];
    if (own === undefined || blanks.length === 0) return section;
    const [first = '', ...others] = blanks;
    const text = section.text.map((line) =>
      others.reduce((left, sentence) => left.replace(sentence, '').trim(), line.replace(first, own)),
    );
    return { ...section, text: text.filter((line) => line !== '') };
  });
  return { ...content, journey: { ...content.journey, privacyNotice: { ...notice, sections } } };
}
