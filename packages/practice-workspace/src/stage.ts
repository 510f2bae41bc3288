import { joinChannel, leaveChannel } from './membership.ts';
import type { ActResult, Passed, Stage } from './protocol.ts';
import type { PersonSeed } from './seeds.ts';
import type { Slack } from './slack.ts';
import type { Person } from './world-types.ts';

/** Invented on purpose, so that nobody takes them for people. */
const firstNames = [
  'Alex',
  'Billie',
  'Charlie',
  'Eddie',
  'Frankie',
  'Harper',
  'Jamie',
  'Kit',
  'Morgan',
  'Nicky',
];
const lastNames = ['Newcomer', 'Example', 'Invented', 'Placeholder', 'Pretend'];

/** The visitor's "next thing that happens" is not looked for any further than this. */
const monthMinutes = 31 * 24 * 60;

export type StageHost = {
  /** The visitor moved the clock: move it, and resolve when the app has caught up. */
  onForward?: ((minutes: number) => Promise<void>) | undefined;
  /** When, after now, something may happen next; undefined when nothing is waited for. */
  nextDue?: (() => Promise<Date | undefined>) | undefined;
};

/** What happens to the workspace rather than in it: people come and go, the clock moves. */
export class Stagehand {
  readonly #slack: Slack;
  readonly #host: StageHost;
  busy = false;
  passed: Passed | null = null;

  readonly #defaultChannels: readonly string[];

  constructor(slack: Slack, host: StageHost, defaultChannels: readonly string[]) {
    this.#slack = slack;
    this.#host = host;
    this.#defaultChannels = defaultChannels;
  }

  async stage(stage: Exclude<Stage, { do: 'tour' }>): Promise<ActResult> {
    const { world } = this.#slack;
    switch (stage.do) {
      case 'new-person': {
        const person = this.joinPerson({
          ...(stage.realName !== undefined && stage.realName !== '' && { realName: stage.realName }),
          ...(stage.email !== undefined && stage.email !== '' && { email: stage.email }),
        });
        return { ok: true, user: person.id };
      }
      case 'deactivate':
      case 'reactivate': {
        const person = world.people.get(stage.user);
        if (!person || person.isBot || person.id === 'USLACKBOT')
          return { ok: false, error: 'Nobody like that is here.' };
        this.setDeleted(person, stage.do === 'deactivate');
        return { ok: true, user: person.id };
      }
      case 'forward':
        return this.#forward(stage.minutes);
      case 'forward-to-next':
        return this.#forward();
    }
  }

  get knowsNext(): boolean {
    return this.#host.onForward !== undefined && this.#host.nextDue !== undefined;
  }

  /** @param minutes left out: until the app has sent somebody something. */
  async #forward(minutes?: number): Promise<ActResult> {
    const { world, events } = this.#slack;
    const { onForward } = this.#host;
    if (!onForward || (minutes === undefined && !this.knowsNext))
      return { ok: false, error: 'The clock of this workspace cannot be moved from here.' };
    if (minutes !== undefined && (!Number.isFinite(minutes) || minutes <= 0))
      return { ok: false, error: 'The clock only moves forward.' };
    if (this.busy) return { ok: false, error: 'The clock is still moving.' };
    this.busy = true;
    world.touch('everyone');
    const from = world.clock.now();
    const before = world.lastSeq;
    const isEnough = (): boolean => minutes === undefined && world.sentByAppSince(before).size > 0;
    try {
      await this.#moveTo(new Date(from.getTime() + (minutes ?? monthMinutes) * 60_000), onForward, isEnough);
      await events.retryDue();
      return { ok: true };
    } finally {
      this.busy = false;
      this.passed = this.#whatPassed(from, before);
      world.touch('everyone');
    }
  }

  /** From one due minute to the next, so that what is due comes at its minute. */
  async #moveTo(
    until: Date,
    onForward: (minutes: number) => Promise<void>,
    isEnough: () => boolean,
  ): Promise<void> {
    const { clock } = this.#slack.world;
    for (let now = clock.now(); now < until && !isEnough(); ) {
      const due = await this.#host.nextDue?.();
      const to = due && due > now && due < until ? due : until;
      await onForward((to.getTime() - now.getTime()) / 60_000);
      now = clock.now();
      // A host that leaves its clock where it is would never arrive.
      if (now.getTime() < to.getTime() - 1_000) return;
    }
  }

  #whatPassed(from: Date, seq: number): Passed {
    const { world } = this.#slack;
    const people = new Map<string, number>();
    const channels = new Set<string>();
    const sent = world.sentByAppSince(seq);
    for (const message of sent) {
      const conversation = world.channelNamed(message.channel);
      const isDirect = conversation.kind === 'im' || conversation.kind === 'mpim';
      const readers = isDirect ? [...conversation.members].filter((one) => one !== world.botUserId) : [];
      const to = message.ephemeralTo === undefined ? readers : [message.ephemeralTo];
      for (const person of to) people.set(person, (people.get(person) ?? 0) + 1);
      if (to.length === 0) channels.add(conversation.id);
    }
    return {
      id: (this.passed?.id ?? 0) + 1,
      from: from.toISOString(),
      until: world.clock.now().toISOString(),
      messages: sent.size,
      people: [...people].map(([id, messages]) => ({ id, messages })),
      channels: [...channels],
    };
  }

  /** A new member: on `#general` at once, as Slack does with default channels. */
  joinPerson(seed: Partial<PersonSeed>): Person {
    const { world, events } = this.#slack;
    const realName = seed.realName ?? this.#inventedName();
    const wanted =
      seed.name ??
      realName
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '.')
        .replaceAll(/^\.|\.$/g, '');
    const taken = (name: string): boolean => [...world.people.values()].some((one) => one.name === name);
    let name = wanted === '' ? 'newcomer' : wanted;
    for (let count = 2; taken(name); count += 1) name = `${wanted}.${count}`;
    const person = world.addPerson({ ...seed, realName, name });
    world.appDirect(person.id);
    world.touch('everyone');
    events.teamJoin(person);
    const joined = [...world.conversations.values()].filter((one) =>
      this.#defaultChannels.includes(one.name),
    );
    if (!person.isRestricted) for (const channel of joined) joinChannel(this.#slack, person.id, channel);
    return person;
  }

  #inventedName(): string {
    const used = new Set([...this.#slack.world.people.values()].map((one) => one.realName));
    for (const last of lastNames)
      for (const first of firstNames) if (!used.has(`${first} ${last}`)) return `${first} ${last}`;
    return `Newcomer ${used.size}`;
  }

  setDeleted(person: Person, deleted: boolean): void {
    const { world } = this.#slack;
    if (person.deleted === deleted) return;
    if (deleted) {
      world.modals.delete(person.id);
      for (const conversation of world.conversations.values())
        if (conversation.kind !== 'im') conversation.members.delete(person.id);
    } else world.appDirect(person.id);
    this.change(person, { deleted });
  }

  change(person: Person, change: Partial<Person>): void {
    const { world, events } = this.#slack;
    const [firstName = '', ...last] = (change.realName ?? '').split(' ');
    // Slack takes the first name from the real one, unless a directory says otherwise.
    const derived = change.realName === undefined ? {} : { firstName, lastName: last.join(' ') };
    Object.assign(person, derived, change, { updated: world.seconds });
    world.touch('everyone');
    events.userChange(person);
  }

  join(person: Person, channel: string): void {
    joinChannel(this.#slack, person.id, this.#slack.world.channelNamed(channel));
  }

  leave(person: Person, channel: string): void {
    leaveChannel(this.#slack, person.id, this.#slack.world.channelNamed(channel));
  }

  addChannel(channel: { name: string; private?: boolean; members?: string[]; withApp?: boolean }): string {
    const { world } = this.#slack;
    const members = (channel.members ?? []).map((name) => world.personNamed(name).id);
    const added = world.addConversation({
      id: world.random.id('C', 11),
      kind: channel.private === true ? 'private-channel' : 'channel',
      name: channel.name,
      members: channel.withApp === true ? [...members, world.botUserId] : members,
    });
    world.touch('everyone');
    return added.id;
  }

  archive(channel: string): void {
    const { world } = this.#slack;
    world.channelNamed(channel).archived = true;
    world.touch('everyone');
  }

  /** Resolves at the first change after which this holds; rejects, saying what was waited for, after a while. */
  async until(holds: () => boolean, what: string, patienceMs: number): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const end = (finish: () => void): void => {
        clearTimeout(deadline);
        stop();
        finish();
      };
      const deadline = setTimeout(() => {
        end(() => reject(new Error(`Waited ${patienceMs} ms for ${what}.`)));
      }, patienceMs);
      const stop = this.#slack.world.onChange(() => {
        if (holds()) end(resolve);
      });
    });
  }
}
