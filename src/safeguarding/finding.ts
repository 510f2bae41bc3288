/** What may identify somebody, by kind. */
export type IdentifierKind =
  | 'email'
  | 'ni-number'
  | 'nhs-number'
  | 'birth-date'
  | 'phone'
  | 'postcode'
  | 'case-number'
  | 'name';

/** `start` and `end` count UTF-16 units of the text that was looked at, as String.slice does. */
export type Finding = { kind: IdentifierKind; start: number; end: number };

/** What may stand in anybody's writing: helplines and services are meant to be shared. */
export type Allowed = {
  /** Digits with the leading 0, without spaces. */
  phones: ReadonlySet<string>;
  /** Lower case. */
  emails: ReadonlySet<string>;
  /** Words that announce a case number here, besides the usual ones. */
  caseNumberCues?: readonly string[];
};
