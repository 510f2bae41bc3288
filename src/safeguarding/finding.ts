/** What may identify somebody, by kind, the surest first. */
export const identifierKinds = [
  'email',
  'ni-number',
  'nhs-number',
  'birth-date',
  'phone',
  'postcode',
  'case-number',
  'address',
  'account',
  'age',
  'place',
  'name',
] as const;

export type IdentifierKind = (typeof identifierKinds)[number];

/**
 * Looked for only where it goes to colleagues: whoever reflects for themselves may say that a child is six, and a warning at
 * each of those would soon be passed over.
 */
export const closerKinds: readonly IdentifierKind[] = ['age', 'place'];

/** Those with a form of their own, which can be told from ordinary words. */
export const strongKinds: readonly IdentifierKind[] = [
  'email',
  'ni-number',
  'nhs-number',
  'birth-date',
  'phone',
  'postcode',
  'case-number',
];

/**
 * `start` and `end` count UTF-16 units of the text that was looked at, as String.slice does. `isOfFamily`: a name that the
 * sentence makes a child's, a parent's or a patient's, and no author's, service's or colleague's.
 */
export type Finding = { kind: IdentifierKind; start: number; end: number; isOfFamily?: true };

/** What may stand in anybody's writing: helplines and services are meant to be shared. */
export type Allowed = {
  /** Digits with the leading 0, without spaces. */
  phones: ReadonlySet<string>;
  /** Lower case. */
  emails: ReadonlySet<string>;
  /** Words that announce a case number here, besides the usual ones. */
  caseNumberCues?: readonly string[];
};

/** What may stay where others read it, once somebody has said so: an author's name, a service's, a colleague's. */
export const mayBeKept = ({ kind, isOfFamily }: Finding): boolean => kind === 'name' && !isOfFamily;
