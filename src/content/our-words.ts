/** Kinds of things whose wording people may speak of; they begin its id, before a colon. */
export const wordKinds = {
  term: 'Term',
  prompt: 'Practice prompt',
  part: 'Part of the core module',
  template: 'Check-in',
  resource: 'Resource',
} as const;
export type WordKind = keyof typeof wordKinds;

/** Something that the programme says, as people read it. */
export type OurWords = {
  /** "<kind>:<id>" */
  id: string;
  kind: WordKind;
  label: string;
  text: readonly string[];
  contentNote: string | undefined;
};

/** Everything that the programme says, as it is now. */
export type AllOurWords = {
  /** Undefined: it is not there, or not any more. */
  find(id: string): OurWords | undefined;
  /** Of one kind, in the order of the file. */
  list(kind: WordKind): OurWords[];
};
