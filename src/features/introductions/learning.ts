import { may } from '../../community/permissions.ts';
import type { LearningSource } from '../feature.ts';
import type { IntroductionDeps } from './deps.ts';
import { listOwn } from './store.ts';

const kind = 'introduction';

/** Introductions after which somebody says that they met, without anybody's name. */
export const learningFrom = ({ db, vault }: Pick<IntroductionDeps, 'db' | 'vault'>): LearningSource => ({
  kind,
  async list(actor) {
    const personId = actor.person.id;
    if (!may(actor, 'own.read', { ownerId: personId })) return [];
    return (await listOwn(db, vault, personId)).flatMap(({ id, met }) =>
      met
        ? [
            {
              id: `${kind}:${id}`,
              on: met.on,
              what: 'Introduction to a colleague',
              title: undefined,
              texts: {},
              choices: {},
              line: 'Met a colleague after an introduction in this community',
              isByOthers: true,
              minutes: met.minutes,
            },
          ]
        : [],
    );
  },
  async keeps(personId, ids) {
    const met = (await listOwn(db, vault, personId)).filter((own) => own.met);
    const kept = new Set(met.map(({ id }) => `${kind}:${id}`));
    return new Set(ids.filter((id) => kept.has(id)));
  },
});
