/** What curators added to data/organisations.yaml. */
export interface AddedOrganisationsTable {
  id: string;
  name: string;
  /** Ids of data/organisations.yaml; boroughs as a JSON array. */
  sector: string;
  boroughs: string;
  added_by: string;
  added_at: string;
}

/** Names that were suggested for the list. By whom is not kept. */
export interface OrganisationNamesTable {
  /** A keyed mark of the name: the same for all who write it in one of the ways that count as the same. */
  mark: string;
  /** The name, sealed; null once it is declined. */
  sealed: string | null;
  /** Local date. */
  suggested_on: string;
  /** 'waiting' | 'joined' | 'declined'. */
  status: string;
  /** What it stands for, once it is joined. */
  organisation_id: string | null;
  decided_by: string | null;
}

declare module '../../db/schema.ts' {
  interface Schema {
    added_organisations: AddedOrganisationsTable;
    organisation_names: OrganisationNamesTable;
  }
}
