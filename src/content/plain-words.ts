import type { z } from 'zod';
import { didYouMean } from './nearest.ts';

type Issue = z.core.$ZodRawIssue;

/**
 * zod's messages for people who edit YAML and have never heard of a schema: what is wrong, then what to do. A message
 * written in the schema itself goes before these.
 * @returns for unknown fields one line per field, in the order of `issue.keys`.
 */
export function plainWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, issue.input);
    case 'unrecognized_keys': {
      const fields = fieldsOf(issue.inst);
      return issue.keys.map((key) => unknownField(key, fields)).join('\n');
    }
    case 'invalid_value':
      return notOneOf(issue.input, issue.values.map(String));
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_format':
      return wrongFormat(issue);
    case 'invalid_union':
      return notAnyOf(issue);
    case 'not_multiple_of':
      return `this number has to be a multiple of ${issue.divisor}. Change it.`;
    default:
      return undefined;
  }
}

const missing = 'this is missing. Add it.';

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list (lines that start with "- ")',
  object: 'a group of fields (lines "name: value", indented below)',
  record: 'a group of fields (lines "name: value", indented below)',
};

function wrongType(expected: string, input: unknown): string {
  if (input === undefined) return missing;
  const wanted = kinds[expected] ?? expected;
  if (input === null) return `this is empty, and should be ${wanted}. Fill it in, or delete the line.`;
  if (expected === 'string' && (typeof input === 'number' || typeof input === 'boolean'))
    return `this should be text, but YAML reads it as ${typeof input === 'number' ? 'a number' : 'true or false'}. Put quotes around it: "${input}".`;
  if (expected === 'array' && typeof input === 'string')
    return `this should be ${wanted}, not text. Put it on a line of its own below, with "- " before it.`;
  return `this should be ${wanted}, but it is ${nameOf(input)}. Change it.`;
}

function nameOf(input: unknown): string {
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'string') return 'text';
  if (typeof input === 'number') return 'a number';
  if (typeof input === 'boolean') return 'true or false';
  return 'a group of fields';
}

function unknownField(key: string, fields: string[]): string {
  const meant = didYouMean(key, fields);
  if (meant !== '') return `"${key}" is not a field here.${meant}`;
  const known = fields.length > 0 ? ` The fields here are: ${fields.join(', ')}.` : '';
  return `"${key}" is not a field here. Delete it, or check its indentation.${known}`;
}

function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null || !('shape' in schema)) return [];
  return typeof schema.shape === 'object' && schema.shape !== null ? Object.keys(schema.shape) : [];
}

function notOneOf(input: unknown, values: string[]): string {
  if (input === undefined) return missing;
  if (input === null) return `this is empty. Choose one of: ${values.join(', ')}; or delete the line.`;
  const [only] = values;
  if (values.length === 1) return `this has to be "${only}". Change it.`;
  const meant = typeof input === 'string' ? didYouMean(input, values) : '';
  return `"${shorten(input)}" cannot stand here.${meant} Choose one of: ${values.join(', ')}.`;
}

function tooSmall(issue: Extract<Issue, { code: 'too_small' }>): string {
  const least = Number(issue.minimum);
  if (issue.origin === 'string')
    return least <= 1
      ? 'this is empty. Write something, or delete the line.'
      : `this is too short. Write at least ${least} characters.`;
  if (issue.origin === 'array' || issue.origin === 'set')
    return least === 1
      ? 'this list is empty. Add at least one line that starts with "- ".'
      : `this list is too short. It needs at least ${least} entries.`;
  return `this number is too small. Use ${issue.inclusive ? 'at least' : 'more than'} ${least}.`;
}

function tooBig(issue: Extract<Issue, { code: 'too_big' }>): string {
  const most = Number(issue.maximum);
  if (issue.origin === 'string') {
    const has = typeof issue.input === 'string' ? ` It has ${issue.input.length}.` : '';
    return `this is too long. Use at most ${most} characters.${has}`;
  }
  if (issue.origin === 'array' || issue.origin === 'set')
    return `this list is too long. It may have at most ${most} ${most === 1 ? 'entry' : 'entries'}.`;
  return `this number is too large. Use ${issue.inclusive ? 'at most' : 'less than'} ${most}.`;
}

function wrongFormat(issue: Extract<Issue, { code: 'invalid_format' }>): string {
  if (issue.format === 'url')
    return 'this is no web address. Give the whole address, starting with https://.';
  if (issue.format === 'email') return 'this is no e-mail address. Check it.';
  return `"${shorten(issue.input)}" is not written in the way it has to be here. Look at a neighbouring entry.`;
}

/** Of the shapes that are allowed, the nearest says what is wrong: one of the right kind, with the fewest complaints. */
function notAnyOf(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  if (issue.input === undefined) return missing;
  const isOtherKind = (shape: z.core.$ZodIssue[]) =>
    shape.some(({ code, path }) => code === 'invalid_type' && path.length === 0);
  const [best] = issue.errors.toSorted(
    (a, b) => Number(isOtherKind(a)) - Number(isOtherKind(b)) || a.length - b.length,
  );
  const first = best?.[0];
  if (first === undefined) return 'none of the allowed kinds fits here. Look at a neighbouring entry.';
  const where = first.path.length > 0 ? `in "${first.path.map(String).join('.')}", ` : '';
  return where + first.message;
}

const shorten = (input: unknown): string => {
  const text = String(input);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};
