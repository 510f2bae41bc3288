import { may } from '../../../community/permissions.ts';
import type { LearningSource } from '../../feature.ts';
import type { ModuleDeps } from './deps.ts';
import { listStandings } from './store.ts';

const kind = 'module';

/** The parts that somebody says they have done, as they were then: a part may change, or leave the module. */
export const learningFrom = ({ db }: Pick<ModuleDeps, 'db'>): LearningSource => ({
  kind,
  async list(actor) {
    const personId = actor.person.id;
    if (!may(actor, 'own.read', { ownerId: personId })) return [];
    return [...(await listStandings(db, personId)).values()].flatMap(({ partId, done }) =>
      done
        ? [
            {
              id: `${kind}:${partId}`,
              on: done.on,
              what: 'Core module',
              title: undefined,
              texts: {},
              choices: {},
              line: done.label,
              isByOthers: true,
              minutes: done.minutes,
              areMinutesSuggested: true,
            },
          ]
        : [],
    );
  },
  async keeps(personId, ids) {
    const standings = [...(await listStandings(db, personId)).values()];
    const kept = new Set(standings.flatMap(({ partId, done }) => (done ? [`${kind}:${partId}`] : [])));
    return new Set(ids.filter((id) => kept.has(id)));
  },
});
