import type { Placed } from './values.ts';

/** What an element needs to know about where it stands. */
export type ElementProps = {
  placed: Placed;
  /** Its name for people who do not see what is around it. */
  label: string;
  labelledBy?: string;
  describedBy?: string;
  invalid?: boolean;
};
