import type { EnvelopeType } from 'practice-workspace';

export type Payload = { type: EnvelopeType; body: unknown };
export type Chance = { next(): number; below(limit: number): number };

/** What mutations are made of. */
export type Pools = {
  /** Payloads that were really sent: parts of one are put into another. */
  payloads: readonly Payload[];
  /** Other people's payloads. */
  foreign: readonly Payload[];
};

const deep = (depth: number): unknown => (depth === 0 ? null : { view: deep(depth - 1), event: [null] });

/** Values that programs trip over. */
const odd: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e',
  '__proto__',
  'constructor',
  'toString',
  'x'.repeat(5_000),
  '<!channel> <https://evil.example|here>',
  "' or 1=1 --",
  '%s%n{{y}}',
  '2026-02-30',
  'U0NOBODY',
  'T0ELSEWHERE',
  [],
  {},
  [[]],
  [null],
  { id: null },
  { id: {} },
  { type: 'plain_text', text: null },
  deep(40),
];

const types = [
  'block_actions',
  'view_submission',
  'view_closed',
  'block_suggestion',
  'shortcut',
  'message_action',
  'event_callback',
  'dialog_submission',
  'interactive_message',
  'workflow_step_edit',
  'url_verification',
  'app_rate_limited',
];

type Place = { holder: Record<string, unknown>; key: string };

/** Every place in it, with what holds it. */
function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null || found.length > 2_000) return found;
  for (const key of Object.keys(value)) {
    found.push({ holder: value as Record<string, unknown>, key });
    placesIn((value as Record<string, unknown>)[key], found);
  }
  return found;
}

const pick = <Item>(items: readonly Item[], { below }: Chance): Item | undefined =>
  items[below(items.length)];

/** Keeps a key such as `__proto__` a key. */
const put = (holder: Record<string, unknown>, key: string, value: unknown): void => {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
};

/** A copy of a payload with one to four things wrong with it. */
export function mutate({ type, body }: Payload, pools: Pools, chance: Chance): Payload {
  if (chance.next() < 0.01) return { type, body: pick(odd, chance) };
  const root: Record<string, unknown> = { body: structuredClone(body) };
  for (let left = 1 + chance.below(4); left > 0; left -= 1) change(root, pools, chance);
  const asked: readonly EnvelopeType[] = ['events_api', 'interactive', 'slash_commands'];
  return { type: chance.next() < 0.02 ? (pick(asked, chance) ?? type) : type, body: root.body ?? null };
}

function change(root: Record<string, unknown>, pools: Pools, chance: Chance): void {
  const places = placesIn(root);
  const place = pick(places, chance);
  if (!place) return;
  const { holder, key } = place;
  switch (chance.below(9)) {
    case 0:
      delete holder[key];
      return;
    case 1:
    case 2:
      put(holder, key, structuredClone(pick(odd, chance)));
      return;
    case 3: {
      // Any text of somebody else where one of their own stands.
      const texts = places.filter((one) => typeof one.holder[one.key] === 'string');
      const text = pick(texts, chance) ?? place;
      const theirs = placesIn(pick(pools.foreign, chance)?.body).map((one) => one.holder[one.key]);
      put(
        text.holder,
        text.key,
        pick(
          theirs.filter((one) => typeof one === 'string'),
          chance,
        ),
      );
      return;
    }
    case 4:
      forge(root.body, pools, chance);
      return;
    case 5: {
      // The same place, as it is in another payload.
      const other = placesIn(pick(pools.payloads, chance)?.body).filter((one) => one.key === key);
      const from = pick(other, chance);
      if (from) put(holder, key, structuredClone(from.holder[from.key]));
      return;
    }
    case 6: {
      const from = pick(placesIn(pick(pools.payloads, chance)?.body), chance);
      if (from) put(holder, pick([key, from.key], chance) ?? key, structuredClone(from.holder[from.key]));
      return;
    }
    case 7:
      put(holder, key, [structuredClone(holder[key]), structuredClone(holder[key])]);
      return;
    default: {
      const kinds = places.filter((one) => one.key === 'type');
      const kind = pick(kinds, chance) ?? place;
      put(kind.holder, kind.key, pick(types, chance));
    }
  }
}

/** What says which thing a button or a form is about. */
const carriers = ['value', 'selected_option', 'private_metadata', 'state'];

/** The same button or form, about somebody else's thing: what a modified client can send. */
function forge(body: unknown, pools: Pools, chance: Chance): void {
  const kind = kindOf(body);
  const alike = pools.foreign.filter((one) => kind !== undefined && kindOf(one.body) === kind);
  const theirs = placesIn(pick(alike.length > 0 ? alike : pools.foreign, chance)?.body);
  for (const { holder, key } of placesIn(body)) {
    if (!carriers.includes(key)) continue;
    const from = pick(
      theirs.filter((one) => one.key === key),
      chance,
    );
    if (from) put(holder, key, structuredClone(from.holder[from.key]));
  }
}

/** Which button, form, command or event it is. */
export function kindOf(body: unknown): unknown {
  const { actions, view, command, event, action_id: element, callback_id: shortcut, type } = record(body);
  const [action] = Array.isArray(actions) ? actions : [];
  return (
    record(action).action_id ??
    record(view).callback_id ??
    command ??
    record(event).type ??
    element ??
    shortcut ??
    type
  );
}

export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
