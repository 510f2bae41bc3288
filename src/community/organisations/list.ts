import type { Db } from '../../db/schema.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { General, Organisation, OrganisationContent } from './content.ts';
import { alike, calledSo, foldName, generalFor } from './match.ts';
import { listAdded, listJoined, markOfName } from './store.ts';

/** What somebody said of where they work: as they see it themselves, and which of the list it was then. */
export type Said = { organisation: string | undefined; organisationId?: string | undefined };

/** What is known of where somebody works. */
export type Meant =
  | { kind: 'listed'; organisation: Organisation }
  /** `name` is theirs alone unless it is the general choice itself. */
  | { kind: 'general'; general: General }
  | { kind: 'own-words'; name: string };

/** How many people said where they work, and of how many organisations they are. */
export type Across = { people: number; organisations: number };

/** Where people may work, with what curators have added and joined: as it is now. */
export type OrganisationList = {
  /** The content's and the curators'. */
  organisations: readonly Organisation[];
  general: readonly General[];
  find(id: string): Organisation | General | undefined;
  /** Which one a name alone says. Of several that are called so it says none. */
  idOf(name: string): string | undefined;
  /** For whoever types, the nearest first. General choices come where the name of a single one is typed. */
  offer(typed: string): (Organisation | General)[];
  meant(said: Said): Meant | undefined;
};

export type ListParts = { db: Db; vault: Vault; organisations: OrganisationContent };

/** Read from the database each time: another bot may have changed it, and there is little of it. */
export async function organisationList(
  { db, vault, organisations }: ListParts,
  inside: Db = db,
): Promise<OrganisationList> {
  const joined = await listJoined(inside);
  return listOf(organisations, {
    added: await listAdded(inside),
    joinedTo: (name) => joined.get(markOfName(vault, name)),
  });
}

/** What curators have done to the list. */
type Curated = {
  added: readonly Organisation[];
  /** The id of what a name stands for since a curator said so. */
  joinedTo(name: string): string | undefined;
};

export function listOf(
  { general, listed }: Pick<OrganisationContent, 'general' | 'listed'>,
  { added, joinedTo }: Curated,
): OrganisationList {
  const shipped = new Set([...listed, ...general].map(({ id }) => id));
  const organisations = [...listed, ...added.filter(({ id }) => !shipped.has(id))];
  const all = new Map<string, Organisation | General>(
    [...organisations, ...general].map((one) => [one.id, one]),
  );
  const idOf = (name: string): string | undefined => {
    const [only, another] = [...calledSo(name, organisations), ...calledSo(name, general)];
    if (another) return undefined;
    const id = only?.id ?? joinedTo(name);
    return id !== undefined && all.has(id) ? id : generalFor(name, general)?.id;
  };
  return {
    organisations,
    general,
    find: (id) => all.get(id),
    idOf,
    offer(typed) {
      const here = idOf(typed);
      const known = here === undefined ? undefined : all.get(here);
      const found = [
        ...(known ? [known] : []),
        ...alike(typed, organisations),
        ...alike(typed, general),
        ...(generalFor(typed, general) ? [generalFor(typed, general)] : []),
      ].flatMap((one) => one ?? []);
      return [...new Map(found.map((one) => [one.id, one])).values()];
    },
    meant({ organisation, organisationId }) {
      if (organisation === undefined) return undefined;
      const chosen = organisationId === undefined ? undefined : all.get(organisationId);
      const one = chosen ?? all.get(idOf(organisation) ?? '');
      if (!one) return { kind: 'own-words', name: organisation };
      return 'singleIf' in one ? { kind: 'general', general: one } : { kind: 'listed', organisation: one };
    },
  };
}

/** What anybody but themselves sees: never the name of a single school or practice. */
export function shownName(list: OrganisationList, said: Said): string | undefined {
  const meant = list.meant(said);
  return meant?.kind === 'general' ? meant.general.name : said.organisation;
}

/**
 * By what people are counted as of one organisation, wherever something is said "across agencies". Those who typed what is
 * not on the list count by what they typed; all of a general choice count as one, since nobody can tell whether it is.
 */
export function organisationKey(list: OrganisationList, said: Said): string | undefined {
  const meant = list.meant(said);
  switch (meant?.kind) {
    case 'listed':
      return meant.organisation.id;
    case 'general':
      return meant.general.id;
    case 'own-words':
      return `:${foldName(meant.name) || meant.name}`;
    case undefined:
      return undefined;
  }
}
