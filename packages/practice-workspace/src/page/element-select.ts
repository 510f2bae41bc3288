import type { VNode } from 'preact';
import type { ConversationSummary } from '../protocol.ts';
import type { World } from './context.ts';
import { useWorld } from './context.ts';
import type { ElementProps } from './element-props.ts';
import { withEmoji } from './emoji.ts';
import { make } from './html.ts';
import type { Obj } from './json.ts';
import { isObj, num, obj, objs, str, strs, textOf } from './json.ts';
import { conversationName, personName } from './people.ts';
import type { Choice, ChoiceGroup } from './picker.ts';
import { Picker } from './picker.ts';
import { useElement } from './use-element.ts';
import type { Held } from './values.ts';

/** How each kind of select names its value, and how an id or option becomes something to show. */
const holds: Record<string, { one: string; many: string; of: (world: World, value: unknown) => Choice }> = {
  static: { one: 'selected_option', many: 'selected_options', of: (_, value) => optionChoice(obj(value)) },
  external: { one: 'selected_option', many: 'selected_options', of: (_, value) => optionChoice(obj(value)) },
  users: {
    one: 'selected_user',
    many: 'selected_users',
    of: (world, value) => personChoice(world, str(value)),
  },
  conversations: {
    one: 'selected_conversation',
    many: 'selected_conversations',
    of: (world, value) => placeChoice(world, str(value)),
  },
  channels: {
    one: 'selected_channel',
    many: 'selected_channels',
    of: (world, value) => placeChoice(world, str(value)),
  },
};

function optionChoice(option: Obj): Choice {
  const description = withEmoji(textOf(option.description));
  return {
    id: str(option.value),
    label: withEmoji(textOf(option.text)),
    data: option,
    ...(description ? { description } : {}),
  };
}

function personChoice(world: World, id: string): Choice {
  const person = world.people.get(id);
  const description = person?.title;
  return { id, label: personName(person, id), data: id, ...(description ? { description } : {}) };
}

function placeChoice(world: World, id: string): Choice {
  const place = world.snapshot.conversations.find((one) => one.id === id);
  const mark = place?.kind === 'channel' || place?.kind === 'private-channel' ? '#' : '';
  return { id, label: place ? `${mark}${conversationName(place, world.snapshot)}` : id, data: id };
}

export function Select({ placed, label, labelledBy, describedBy, invalid }: ElementProps): VNode {
  const world = useWorld();
  const { element } = placed;
  const { held, choose, busy, options } = useElement(placed);
  const type = str(element.type);
  const multi = type.startsWith('multi_');
  const kind = type.replace('multi_', '').replace('_select', '');
  const how = holds[kind];
  if (!how) throw new Error(`No such select: ${type}`);
  const values = multi
    ? Array.isArray(held[how.many])
      ? (held[how.many] as unknown[])
      : []
    : held[how.one]
      ? [held[how.one]]
      : [];

  const find = (query: string): ChoiceGroup[] | string | Promise<ChoiceGroup[] | string> => {
    if (kind === 'external') return ask(query);
    if (kind === 'static') return narrow(staticGroups(element), query);
    const all = kind === 'users' ? people(world) : places(world, kind, obj(element.filter));
    return narrow([{ choices: all }], query);
  };
  const ask = async (query: string) => {
    const least = num(element.min_query_length) ?? 3;
    if (query.length < least) return `Type at least ${least} ${least === 1 ? 'letter' : 'letters'}.`;
    const answer = await options(query);
    if (!answer.ok) return answer.error;
    const groups = objs(answer.optionGroups).map((group) => ({
      label: textOf(group.label),
      choices: objs(group.options).map(optionChoice),
    }));
    return groups.length > 0 ? groups : [{ choices: objs(answer.options).map(optionChoice) }];
  };
  const onChange = (chosen: Choice[]) => {
    const data = chosen.map((choice) => choice.data);
    const next: Held = multi ? { [how.many]: data } : { [how.one]: data[0] ?? null };
    void choose(next);
  };
  return make(Picker, {
    label,
    labelledBy,
    describedBy,
    invalid: invalid === true,
    multi,
    busy,
    find,
    onChange,
    placeholder: textOf(element.placeholder) || (multi ? 'Choose one or more' : 'Choose'),
    chosen: values.map((value) => how.of(world, value)),
    most: num(element.max_selected_items),
    clearable: placed.isInput && placed.block.optional === true,
    focusOnLoad: element.focus_on_load === true,
    pause: kind === 'external' ? 250 : 0,
  });
}

function staticGroups(element: Obj): ChoiceGroup[] {
  const groups = objs(element.option_groups);
  if (groups.length === 0) return [{ choices: objs(element.options).map(optionChoice) }];
  return groups.map((group) => ({
    label: withEmoji(textOf(group.label)),
    choices: objs(group.options).map(optionChoice),
  }));
}

function narrow(groups: ChoiceGroup[], query: string): ChoiceGroup[] {
  const words = query.trim().toLocaleLowerCase();
  const fits = ({ label, description = '' }: Choice) =>
    `${label} ${description}`.toLocaleLowerCase().includes(words);
  return groups
    .map((group) => ({ ...group, choices: group.choices.filter(fits) }))
    .filter((group) => group.choices.length > 0);
}

function people(world: World): Choice[] {
  return world.snapshot.people
    .filter((person) => !person.deleted)
    .map((person) => personChoice(world, person.id));
}

const slackKinds: Record<ConversationSummary['kind'], string> = {
  channel: 'public',
  'private-channel': 'private',
  dm: 'im',
  app: 'im',
};

function places(world: World, kind: string, filter: Obj): Choice[] {
  const include = isObj(filter) && Array.isArray(filter.include) ? strs(filter.include) : undefined;
  return world.snapshot.conversations
    .filter((one) => !one.archived)
    .filter((one) => (kind === 'channels' ? one.kind === 'channel' : true))
    .filter((one) => include === undefined || include.includes(slackKinds[one.kind]))
    .filter((one) => !(filter.exclude_bot_users === true && one.kind === 'app'))
    .map((one) => placeChoice(world, one.id));
}
