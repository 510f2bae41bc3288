/** Marks of what the key file has forgotten: from an older copy of it nobody comes back. */
export interface ForgottenTable {
  mark: string;
}

/** Whose keys end, as JSON of an `Owner`: written with what deletes their words, and removed once the key is destroyed. */
export interface EndingKeysTable {
  owner: string;
}

declare module './schema.ts' {
  interface Schema {
    forgotten: ForgottenTable;
    ending_keys: EndingKeysTable;
  }
}
