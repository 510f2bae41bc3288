import type { Content } from '../features/content.ts';
import type { PrivacyNotice } from '../features/onboarding/content.ts';
import { blanksIn } from '../features/onboarding/index.ts';

type Section = PrivacyNotice['sections'][number];

/** Plainly made up: what a programme says in each section where the shipped notice waits for it. */
const said: Partial<Record<Section['covers'], string>> = {
  controller:
    'Here everything is made up: Example Borough Council is the controller and runs both. Write to Sam Example, privacy@example.org.',
  where: 'Example Borough Council keeps the rest until you delete it, or for two years after you have left.',
  'lawful-basis': 'Example Borough Council relies on public task, wherever in Exampleshire you work.',
};

/** The demo's own notice: a visitor is greeted as by a programme that has filled it in. */
export function withOwnNotice(content: Content): Content {
  const { privacyNotice: notice } = content.journey;
  const sections = notice.sections.map((section) => {
    const blanks = blanksIn({ ...notice, short: [], sections: [section] }).map(({ sentence }) => sentence);
    const own = said[section.covers];
    if (own === undefined || blanks.length === 0) return section;
    const kept = section.text
      .map((text) => blanks.reduce((left, sentence) => left.replace(sentence, ''), text).trim())
      .filter((text) => text !== '');
    return { ...section, text: [own, ...kept] };
  });
  return { ...content, journey: { ...content.journey, privacyNotice: { ...notice, sections } } };
}
