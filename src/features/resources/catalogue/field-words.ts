import type { z } from 'zod';
import type { Resource } from '../content.ts';

/** What curators call the fields of an entry, in forms, lists and what is said of them. */
export const fieldNames: Partial<Record<keyof Resource, string>> = {
  url: 'Web address',
  title: 'Title',
  publisher: 'Publisher',
  summary: 'Summary',
  caution: 'Know first',
  type: 'Kind',
  topics: 'Topics',
  age_groups: 'Age groups',
  audience: 'Readers',
  asked_as: 'What people say',
  year: 'Year',
  format_minutes: 'Minutes',
  free: 'Cost',
  link_kind: 'Whose page',
  verified: 'How it was seen',
  checked_on: 'Looked at',
  retired: 'Retired',
};

const sayField = (field: unknown): string =>
  fieldNames[field as keyof Resource] ?? String(field).replaceAll('_', ' ');

/** The field, what is allowed in it and what stands there: "Summary: at least 20 characters; it has 8." */
export function sayIssue(issue: z.core.$ZodIssue, entry: { [Field in keyof Resource]?: unknown }): string {
  const [field] = issue.path;
  return `${sayField(field)}: ${allowed(issue, entry[field as keyof Resource])}.`;
}

function allowed(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.path[0] === 'asked_as') return 'each phrase has 3 to 60 characters';
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const limit =
      issue.code === 'too_small'
        ? `at least ${issue.minimum}`
        : `at most ${issue.maximum.toLocaleString('en-GB')}`;
    if (typeof value === 'string')
      return value === ''
        ? 'it is empty'
        : `${limit} characters; it has ${value.length.toLocaleString('en-GB')}`;
    if (Array.isArray(value)) return `${limit}; there ${value.length === 1 ? 'is 1' : `are ${value.length}`}`;
    return `${limit}; it is ${String(value)}`;
  }
  if (issue.code === 'invalid_format') return issue.message;
  return value === undefined ? 'it is missing' : 'this cannot stand here';
}
