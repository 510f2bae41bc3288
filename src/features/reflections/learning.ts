import { may } from '../../community/permissions.ts';
import { localDate } from '../../scheduler/calendar.ts';
import type { Learned, LearningSource } from '../feature.ts';
import { beginningOf, textsByStep } from './body.ts';
import type { ReflectionDeps } from './deps.ts';
import { countReflections, listReflectionIds, listReflections, type Reflection } from './store.ts';

const kind = 'reflection';

/** The journal, for its author's own record of learning. What came from elsewhere stays in it: a check-in is no CPD. */
export const learningFrom = ({ db, vault }: Pick<ReflectionDeps, 'db' | 'vault'>): LearningSource => ({
  kind,
  async list(actor, zone) {
    const personId = actor.person.id;
    if (!may(actor, 'own.read', { ownerId: personId })) return [];
    const limit = await countReflections(db, personId);
    const all = await listReflections(db, vault, personId, { offset: 0, limit });
    return all.flatMap((one) => toLearned(one, zone) ?? []);
  },
  async keeps(personId, ids) {
    const kept = await listReflectionIds(db, personId);
    return new Set(ids.filter((id) => kept.has(id.slice(kind.length + 1))));
  },
});

function toLearned({ id, framework, writtenAt, body }: Reflection, zone: string): Learned | undefined {
  if (!body) return undefined;
  const { about = {} } = body;
  return {
    id: `${kind}:${id}`,
    on: about.happenedOn ?? localDate(writtenAt, zone),
    what: body.title,
    title: about.title,
    framework,
    texts: textsByStep(body),
    choices: Object.fromEntries(body.choices.map(({ key, selected }) => [key, selected])),
    line: beginningOf(body),
    minutes: about.minutes,
    hasDiscussed: about.hasDiscussed,
  };
}
