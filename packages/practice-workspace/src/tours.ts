import { findElement } from './block-state.ts';
import { messageText } from './driving/plain-text.ts';
import { isObject, textOf } from './json.ts';
import type { Act, ActResult, Guide, Stage } from './protocol.ts';
import { messageSummary } from './snapshot.ts';
import type { World } from './world.ts';
import type { Conversation, Person } from './world-types.ts';

/** Something that happened, whichever way it came about. */
export type TourEvent = {
  /**
   * - `command`: was run; `what` is its name, `saying` what stood behind it.
   * - `press`: a button or a choice; `what` is its action id, `saying` its words.
   * - `send`: a form was taken; `what` is its callback id, `saying` its title.
   * - `window`: came up; `what` is its callback id, `saying` its title.
   * - `message`: arrived, from whomever; `what` is the channel's name, or `app`, `saying` all of its words.
   * - `open`: was turned to; `what` is a channel's name, `home` or `app`. Counts on the tour that is shown alone.
   * - `person`: the page was somebody, `by` that person. Counts as `open` does.
   * - `clock`: was moved, by nobody.
   * - `site`: a file of the website was opened, by nobody; `what` is its name.
   */
  on: 'command' | 'press' | 'send' | 'window' | 'message' | 'open' | 'person' | 'clock' | 'site';
  /** Whoever did it, or before whom it stood: their handle; '' for the visitor. */
  by: string;
  what: string;
  saying: string;
};

/** What is left out may be anything; a string is the whole of it. */
export type TourMatch = {
  on: TourEvent['on'];
  by?: string;
  what?: string | RegExp;
  saying?: string | RegExp;
};

export type TourStep = {
  /** What to do, in Slack's mrkdwn: one short line, with the words of the button or the command. */
  todo: string;
  why: string;
  /** Whom to be for it: a handle. */
  as?: string;
  /** Where it begins: `home`, `app` for the messages of the app, or a channel's name. */
  at?: string;
  /** A file of the website to look at. */
  site?: string;
  /** It is done when any of these has happened. */
  done: readonly (TourMatch | ((event: TourEvent) => boolean))[];
};

export type Tour = {
  id: string;
  /** For whom: "For facilitators". */
  title: string;
  /** In a line, what one has seen when it is over. */
  about: string;
  steps: readonly TourStep[];
};

/** How far a visitor is, to be kept between visits: as JSON. */
export type Touring = {
  /** The tour shown; null for the list of all. */
  current: string | null;
  /** By the id of a tour, which of its steps have happened, counted from 0. */
  done: Record<string, number[]>;
};

/** Ticks the steps off by what happens, for whoever visits the workspace: every window of theirs says the same. */
export class Tours {
  readonly #world: World;
  readonly #tours: readonly Tour[];
  readonly #done = new Set<TourStep>();
  readonly #stop: () => void;
  #seq: number;
  readonly #keep: (now: Touring) => void;
  #isOpen = true;
  #current: string | null = null;

  /**
   * @param begun how far the visitor was the last time.
   * @param keep told of each change.
   */
  constructor(
    world: World,
    tours: readonly Tour[],
    { begun, keep = () => undefined }: { begun?: Touring | undefined; keep?: (now: Touring) => void } = {},
  ) {
    this.#world = world;
    this.#tours = tours;
    this.#keep = keep;
    this.#current = tours.find(({ id }) => id === begun?.current)?.id ?? null;
    for (const { id, steps } of tours)
      for (const [nth, step] of steps.entries()) if (begun?.done[id]?.includes(nth)) this.#done.add(step);
    this.#seq = world.lastSeq;
    // Somebody who is not there is found out at the start, not on the tour.
    for (const { as } of tours.flatMap(({ steps }) => steps)) if (as !== undefined) world.personNamed(as);
    this.#stop = tours.length === 0 ? () => undefined : world.onChange(() => this.#look());
  }

  stop(): void {
    this.#stop();
  }

  get guide(): Guide | null {
    if (this.#tours.length === 0) return null;
    const tours = this.#tours.map(({ id, title, about, steps }) => ({
      id,
      title,
      about,
      steps: steps.map((step) => ({
        todo: step.todo,
        why: step.why,
        ...(step.as !== undefined && { as: this.#world.personNamed(step.as).id }),
        ...(step.at !== undefined && { at: this.#idOf(step.at) }),
        ...(step.site !== undefined && { site: step.site }),
        isDone: this.#done.has(step),
      })),
    }));
    return { isOpen: this.#isOpen, current: this.#current, tours };
  }

  #idOf(place: string): string {
    return place === 'home' || place === 'app' ? place : this.#world.channelNamed(place).id;
  }

  /** The visitor opens, closes, or begins one again. */
  turn({ open, tour, again }: Extract<Stage, { do: 'tour' }>): ActResult {
    const wanted = this.#tours.find(({ id }) => id === tour);
    if (tour !== undefined && tour !== null && !wanted) return { ok: false, error: 'There is no such tour.' };
    this.#isOpen = open;
    if (tour !== undefined) this.#current = tour;
    if (again === true) for (const step of wanted?.steps ?? []) this.#done.delete(step);
    this.#changed();
    return { ok: true };
  }

  #changed(): void {
    const done = this.#tours.map(({ id, steps }): [string, number[]] => [
      id,
      steps.flatMap((step, nth) => (this.#done.has(step) ? [nth] : [])),
    ]);
    this.#keep({ current: this.#current, done: Object.fromEntries(done) });
    this.#world.touch('everyone');
  }

  /** Somebody does something; it counts when it went well. */
  async during(user: string, act: Act, run: () => Promise<ActResult>): Promise<ActResult> {
    const person = this.#world.people.get(user);
    if (this.#tours.length === 0 || !person) return run();
    // A window, or a button on it, may be gone afterwards.
    const told = this.#eventsOf(person, act);
    const form = act.do === 'submit' ? this.#window(user, act.viewId) : undefined;
    const result = await run();
    // A form that says what is missing was not taken.
    if (result.ok && Object.keys(form?.errors ?? {}).length === 0)
      for (const event of told) this.tell({ ...event, by: person.name });
    return result;
  }

  #window(user: string, viewId: string) {
    return this.#world.modalsOf(user).find(({ id }) => id === viewId);
  }

  #eventsOf(person: Person, act: Act): Omit<TourEvent, 'by'>[] {
    switch (act.do) {
      case 'command':
      case 'post': {
        const [, what = '', saying = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(act.text.trim()) ?? [];
        return what === '' ? [] : [{ on: 'command', what, saying: saying.trim() }];
      }
      case 'act': {
        const { blockId, actionId, value, surface } = act;
        const option = isObject(value.selected_option) ? value.selected_option.text : undefined;
        const words = option ?? this.#wordsOf(person, surface, blockId, actionId);
        return [{ on: 'press', what: actionId, saying: isObject(words) ? textOf(words.text) : '' }];
      }
      case 'submit': {
        const view = this.#window(person.id, act.viewId);
        const title = view && isObject(view.body.title) ? textOf(view.body.title.text) : '';
        return view ? [{ on: 'send', what: textOf(view.body.callback_id), saying: title }] : [];
      }
      case 'open-home':
        return [{ on: 'open', what: 'home', saying: '' }];
      case 'open-messages': {
        const conversation = this.#world.conversations.get(act.channel);
        return conversation ? [{ on: 'open', what: this.#nameOf(conversation), saying: '' }] : [];
      }
      default:
        return [];
    }
  }

  #wordsOf(
    person: Person,
    surface: Extract<Act, { do: 'act' }>['surface'],
    blockId: string,
    actionId: string,
  ): unknown {
    const blocks =
      surface.kind === 'message'
        ? this.#world.findMessage(surface.channel, surface.ts)?.blocks
        : surface.kind === 'home'
          ? this.#world.homes.get(person.id)?.blocks
          : this.#window(person.id, surface.viewId)?.blocks;
    return findElement(blocks ?? [], blockId, actionId)?.element.text;
  }

  #nameOf({ kind, members, name }: Conversation): string {
    return kind === 'im' && members.has(this.#world.botUserId) ? 'app' : name;
  }

  /** What has come up before somebody's eyes since last time. */
  #look(): void {
    const since = this.#world.allSince(this.#seq);
    this.#seq = this.#world.lastSeq;
    for (const one of since) {
      const by = this.#world.people.get(one.user)?.name ?? '';
      if (one.kind === 'modal' && one.view) {
        const title = isObject(one.view.body.title) ? textOf(one.view.body.title.text) : '';
        this.tell({ on: 'window', by, what: textOf(one.view.body.callback_id), saying: title });
      } else if ((one.kind === 'message' || one.kind === 'ephemeral') && one.change === 'new') {
        const conversation = this.#world.conversations.get(one.message.channel);
        if (!conversation) continue;
        const saying = messageText(messageSummary(this.#world, one.message));
        this.tell({ on: 'message', by, what: this.#nameOf(conversation), saying });
      }
    }
  }

  tell(event: TourEvent): void {
    const ticked = this.#tours
      // Whoever only passes by has read nothing: to have been somewhere counts on the tour that leads there.
      .filter(({ id }) => !isPassingBy(event) || (this.#isOpen && id === this.#current))
      .flatMap(({ steps }) => steps)
      .filter((step) => !this.#done.has(step) && step.done.some((match) => isMet(match, event)));
    for (const step of ticked) this.#done.add(step);
    if (ticked.length > 0) this.#changed();
  }
}

const isPassingBy = ({ on }: TourEvent): boolean => on === 'open' || on === 'person';

function isMet(match: TourStep['done'][number], event: TourEvent): boolean {
  if (typeof match === 'function') return match(event);
  const fits = (wanted: string | RegExp | undefined, is: string): boolean =>
    wanted === undefined || (typeof wanted === 'string' ? wanted === is : wanted.test(is));
  return (
    match.on === event.on &&
    fits(match.by, event.by) &&
    fits(match.what, event.what) &&
    fits(match.saying, event.saying)
  );
}
