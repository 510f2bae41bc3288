import { valueKey } from '../block-state.ts';
import { isObject, type JsonObject, listOf, objectsOf, textOf, unescapeText } from '../json.ts';
import type { World } from '../world.ts';

/** What a test may fill in: words, several, a number, or nothing. */
export type Answer = string | number | readonly string[] | null;

function offered(element: JsonObject): JsonObject[] {
  return [
    ...objectsOf(element.options),
    ...objectsOf(element.option_groups).flatMap((group) => objectsOf(group.options)),
  ];
}

function optionWords(option: JsonObject): string {
  return isObject(option.text) ? unescapeText(textOf(option.text.text)) : '';
}

/** The option with these words, or else with this value. Throws, naming the options there are. */
export function optionNamed(options: JsonObject[], wanted: string): JsonObject {
  const found =
    options.find((option) => optionWords(option) === wanted) ??
    options.find((option) => option.value === wanted);
  if (found) return found;
  throw new Error(
    `There is no option "${wanted}"; there are ${options.map((one) => `"${optionWords(one)}"`).join(', ')}.`,
  );
}

function idNamed(world: World, type: string, wanted: string): string {
  return type.includes('users') ? world.personNamed(wanted).id : world.channelNamed(wanted).id;
}

/** The element's new value in Slack's shape, from what a person would say. `suggested` are an external select's options. */
export function valueFor(
  world: World,
  element: JsonObject,
  answer: Answer,
  suggested: unknown[] = [],
): JsonObject {
  const type = textOf(element.type);
  const key = type === 'overflow' ? 'selected_option' : valueKey(type);
  if (key === undefined) throw new Error(`A ${type} takes no value.`);
  const several =
    typeof answer === 'object' && answer !== null ? answer : answer === null ? [] : [String(answer)];
  if (key.startsWith('selected_option')) {
    const options = [...offered(element), ...objectsOf(listOf(suggested))];
    const chosen = several.map((wanted) => optionNamed(options, wanted));
    return { [key]: key.endsWith('s') ? chosen : (chosen[0] ?? null) };
  }
  if (/^selected_(user|conversation|channel)/.test(key)) {
    const ids = several.map((wanted) => idNamed(world, type, wanted));
    return { [key]: key.endsWith('s') ? ids : (ids[0] ?? null) };
  }
  if (key === 'selected_date_time') return { [key]: answer === null ? null : Number(answer) };
  if (key === 'rich_text_value') return { [key]: answer === null ? null : richText(String(answer)) };
  if (key === 'files') return { files: several.map((id) => ({ id })) };
  return { [key]: answer === null ? null : String(answer) };
}

function richText(text: string): JsonObject {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: text === '' ? [] : [{ type: 'text', text }] }],
  };
}
