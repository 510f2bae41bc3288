import { may } from '../../community/permissions.ts';
import type { LearningSource } from '../feature.ts';
import type { IntentionDeps } from './deps.ts';
import { listIntentions } from './store.ts';

const kind = 'tried';

/** What somebody noted to try and said they have, wholly or partly, for their own record of learning. */
export const learningFrom = ({ db, vault }: Pick<IntentionDeps, 'db' | 'vault'>): LearningSource => ({
  kind,
  async list(actor) {
    const personId = actor.person.id;
    if (!may(actor, 'own.read', { ownerId: personId })) return [];
    return (await listIntentions(db, vault, personId)).flatMap(({ id, notedOn, outcome, words }) =>
      words !== undefined && (outcome === 'done' || outcome === 'partly')
        ? [
            {
              id: `${kind}:${id}`,
              on: notedOn,
              what: outcome === 'done' ? 'Something I tried' : 'Something I tried in part',
              title: undefined,
              texts: {},
              choices: {},
              line: words,
            },
          ]
        : [],
    );
  },
  async keeps(personId, ids) {
    const kept = new Set((await listIntentions(db, vault, personId)).map(({ id }) => `${kind}:${id}`));
    return new Set(ids.filter((id) => kept.has(id)));
  },
});
