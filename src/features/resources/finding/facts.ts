import type { Vocabulary } from '../../../content/vocabulary.ts';
import { count } from '../../../slack/text.ts';
import { type Resource, resourceTypes } from '../content.ts';

/** "NSPCC Learning · Video · 5 minutes · 2021 · 0–5". Minutes only where the data has them. */
export function factsOf(resource: Resource, { age_groups }: Pick<Vocabulary, 'age_groups'>): string[] {
  const { publisher, type, format_minutes, year, free } = resource;
  const ages = resource.age_groups.map((id) =>
    /^\d+-\d+$/.test(id) ? id.replace('-', '\u2013') : (age_groups.find((age) => age.id === id)?.label ?? id),
  );
  return [
    publisher,
    resourceTypes[type].label,
    ...(format_minutes === undefined ? [] : [count(format_minutes, 'minute', 'minutes')]),
    ...(year === undefined ? [] : [String(year)]),
    ages.join(', '),
    ...(free ? [] : ['may cost money']),
  ];
}
