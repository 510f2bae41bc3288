/** A secret address of somebody's own, at which their calendar asks. The address itself is kept nowhere. */
export interface CalendarFeedsTable {
  person_id: string;
  /** A keyed hash of what is secret in the address. */
  mark: string;
  made_at: string;
}

declare module '../../../db/schema.ts' {
  interface Schema {
    calendar_feeds: CalendarFeedsTable;
  }
}
