import { isEmptyValue, valueKey } from '../block-state.ts';
import { fileJson } from '../describe.ts';
import { isObject, type JsonObject, lengthOf, listOf, objectsOf, sameJson, textOf } from '../json.ts';
import type { Slack } from '../slack.ts';
import { endingOf, uploadOf } from '../stored-files.ts';
import type { World } from '../world.ts';

/**
 * What Slack's client lets a person enter. A choice is one of those offered; what is typed stands in its field whatever it
 * is, and only keeps the form from being sent.
 */

export const requiredMessage = 'Please complete this required field.';

function offeredBy(element: JsonObject): unknown[] {
  return [
    ...listOf(element.options),
    ...objectsOf(element.option_groups).flatMap((group) => listOf(group.options)),
  ];
}

function wrongOptions(element: JsonObject, chosen: unknown[], remembered: unknown[]): string | undefined {
  const offered = [
    ...offeredBy(element),
    ...remembered,
    ...listOf(element.initial_options),
    ...(element.initial_option === undefined ? [] : [element.initial_option]),
  ];
  const wrong = chosen.find((option) => !offered.some((one) => sameJson(one, option)));
  return wrong === undefined ? undefined : 'That is not one of the options.';
}

/** What the client says beside a field before it sends what was typed there. */
export function wrongText(element: JsonObject, text: string): string | undefined {
  const length = lengthOf(text);
  if (text === '') return undefined;
  switch (element.type) {
    case 'plain_text_input': {
      const min = Number(element.min_length ?? 0);
      const max = Number(element.max_length ?? 3000);
      if (length > max) return `This entry must be ${max} characters or fewer.`;
      return length < min ? `This entry must be at least ${min} characters.` : undefined;
    }
    case 'number_input': {
      if (!/^-?\d+(\.\d+)?$/.test(text)) return 'Enter a number.';
      if (element.is_decimal_allowed === false && text.includes('.')) return 'Enter a whole number.';
      const { min_value: min, max_value: max } = element;
      if (min !== undefined && Number(text) < Number(min))
        return `Enter a number of at least ${textOf(min)}.`;
      return max !== undefined && Number(text) > Number(max)
        ? `Enter a number of at most ${textOf(max)}.`
        : undefined;
    }
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(text) && /^https?:/i.test(text) ? undefined : 'Please enter a valid URL.';
    default:
      return undefined;
  }
}

function wrongIds(world: World, type: string, ids: unknown[]): string | undefined {
  const known = type.includes('users') ? world.people : world.conversations;
  return ids.every((id) => known.has(textOf(id))) ? undefined : 'There is nobody and nothing like that here.';
}

export type ReadValue = { ok: true; value: Record<string, unknown> } | { ok: false; error: string };

/**
 * Reads a new value of an element, in Slack's shape, as the client would take it. `remembered` are options that an
 * external select was offered before.
 */
export function readValue(
  world: World,
  element: JsonObject,
  given: JsonObject,
  remembered: unknown[],
): ReadValue {
  const type = textOf(element.type);
  const key = type === 'overflow' ? 'selected_option' : valueKey(type);
  if (key === undefined) return { ok: true, value: {} };
  const strange = Object.keys(given).find((name) => name !== key && name !== 'type');
  if (strange !== undefined)
    return { ok: false, error: `A ${type} has no "${strange}"; its value is "${key}".` };
  const held = given[key] ?? (key.endsWith('s') && key !== 'files' ? [] : null);
  const chosen = Array.isArray(held) ? (held as unknown[]) : held === null ? [] : [held];
  const max = Number(element.max_selected_items ?? Number.POSITIVE_INFINITY);
  if (chosen.length > max) return { ok: false, error: `You can choose up to ${max}.` };
  const error = key.startsWith('selected_option')
    ? wrongOptions(element, chosen, remembered)
    : /^selected_(user|conversation|channel)/.test(key)
      ? wrongIds(world, type, chosen)
      : undefined;
  if (error !== undefined) return { ok: false, error };
  return { ok: true, value: { type, [key]: held === '' ? null : held } };
}

/** Files that this person has uploaded, by their ids; from here on the app may read them. */
export function readFiles(slack: Slack, user: string, element: JsonObject, given: JsonObject): ReadValue {
  const { world } = slack;
  const files = objectsOf(given.files).map(({ id }) => uploadOf(world, user, textOf(id)));
  const max = Number(element.max_files ?? 10);
  if (files.length > max)
    return { ok: false, error: `You can choose up to ${max === 1 ? 'one file' : `${max} files`}.` };
  const types = listOf(element.filetypes).map((type) => textOf(type).toLowerCase());
  const found = files.flatMap((file) => file ?? []);
  if (found.length < files.length) return { ok: false, error: 'That file is not there any more.' };
  if (types.length > 0 && !found.every(({ name }) => types.includes(endingOf(name))))
    return { ok: false, error: `Only files of these types can be added: ${types.join(', ')}.` };
  for (const file of found) file.givenToApp = true;
  return {
    ok: true,
    value: { type: 'file_input', files: found.map((file) => fileJson(world, file, slack.baseUrl())) },
  };
}

/** What keeps a modal from being sent: block_id → message. */
export function missingInputs(
  inputs: JsonObject[],
  state: Record<string, Record<string, unknown>>,
): Record<string, string> {
  const missing: Record<string, string> = {};
  for (const block of inputs) {
    const id = textOf(block.block_id);
    const element = isObject(block.element) ? block.element : {};
    const value = state[id]?.[textOf(element.action_id)];
    if (isEmptyValue(value)) {
      if (block.optional !== true) missing[id] = requiredMessage;
      continue;
    }
    const text = isObject(value) ? value.value : undefined;
    const wrong = typeof text === 'string' ? wrongText(element, text) : undefined;
    if (wrong !== undefined) missing[id] = wrong;
  }
  return missing;
}
