import { may } from '../../../community/permissions.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { LearningSource } from '../../feature.ts';
import type { Deps } from '../deps.ts';
import { listKept } from '../store.ts';

const kind = 'saved';

/** What somebody saved, for their own record of learning: they say there which of it they have read or watched. */
export const learningFrom = ({ db, live }: Pick<Deps, 'db' | 'live'>): LearningSource => ({
  kind,
  async list(actor, zone) {
    const personId = actor.person.id;
    if (!may(actor, 'own.read', { ownerId: personId })) return [];
    return (await listKept(db, personId)).flatMap(({ resourceId, savedAt, isRemoved }) => {
      const entry = live.now.byId.get(resourceId);
      return entry && !isRemoved
        ? [
            {
              id: `${kind}:${resourceId}`,
              on: localDate(savedAt, zone),
              what: 'Saved resource',
              title: undefined,
              texts: {},
              choices: {},
              line: `${entry.title} (${entry.publisher})`,
              isByOthers: true,
            },
          ]
        : [];
    });
  },
  async keeps(personId, ids) {
    const kept = new Set((await listKept(db, personId)).map(({ resourceId }) => `${kind}:${resourceId}`));
    return new Set(ids.filter((id) => kept.has(id)));
  },
});
