import { type Actor, may } from '../../community/permissions.ts';
import { sameTag } from './about.ts';
import type { ReflectionDeps } from './deps.ts';
import { listAll, type Reflection } from './store.ts';

/** The tags of some reflections, most used first; what differs in case alone is one, as it was written last. */
export function countTags(reflections: readonly Pick<Reflection, 'body'>[]): { tag: string; many: number }[] {
  const all = reflections.flatMap(({ body }) => body?.about?.tags ?? []);
  return [...Map.groupBy(all, sameTag).values()]
    .map((same) => ({ tag: same[0] ?? '', many: same.length }))
    .toSorted((one, other) => other.many - one.many || one.tag.localeCompare(other.tag));
}

const mostOffered = 8;

/** What somebody uses most, to use again. */
export async function tagsOf({ db, vault }: ReflectionDeps, actor: Actor): Promise<string[]> {
  const personId = actor.person.id;
  if (!may(actor, 'own.read', { ownerId: personId })) return [];
  return countTags(await listAll(db, vault, personId))
    .slice(0, mostOffered)
    .map(({ tag }) => tag);
}
