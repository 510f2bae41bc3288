import { type PersonDriver, type RecordedCall, type Seeds, seededRandom } from 'practice-workspace';
import { makeGroup, scheduleCheckIn } from '../support/stories.ts';
import {
  type Block,
  createRecord,
  day,
  elementsOf,
  findElement,
  type Post,
  type Reached,
  wall,
} from './record.ts';
import { openTown, type Town } from './town.ts';

export type Size = { people: number; groups: number; weeks: number };
export type Outcome = {
  seed: number;
  faults: string[];
  figures: { [what: string]: number };
};

const hour = 3_600_000;
const minute = 60_000;
/** A Monday, 8:00 in London. */
const begin = '2026-03-02T08:00:00Z';
const closed = [
  { from: '2026-05-25', until: '2026-05-29', name: 'half-term' },
  { from: '2026-10-26', until: '2026-10-30', name: 'half-term' },
];
const zones = [
  ...Array.from({ length: 12 }, () => 'Europe/London'),
  'Europe/Lisbon',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Auckland',
];
const templates = [
  { label: 'Weekly pulse', rhythm: 'Every week', everyDays: 7, open: '5 days' },
  { label: 'After a session', rhythm: 'Every two weeks', everyDays: 14, open: '7 days' },
] as const;

type Random = ReturnType<typeof seededRandom>;
type Plan = { group: string; label: string; firstOn: string; time: string; everyDays: number };
type Person = Reached & {
  name: string;
  channel: string;
  random: Random;
  /** How likely they are to react to what they get. */
  diligence: number;
  worksShifts: boolean;
  isThere: boolean;
  joinedAt: Map<string, Date>;
  stopped: Set<string>;
};
/** One round of one group's check-in, as people see it. */
type RoundSeen = {
  id: string;
  plan: Plan;
  /** Words that were certainly sent, by person; and those whose sending nobody can be sure of. */
  sent: Map<string, string>;
  perhaps: Map<string, string>;
  isChecked: boolean;
};
type View = { id: string; blocks: Block[]; submit: unknown; callback_id?: string; title?: { text: string } };

/**
 * A community for a year: people join, leave, go away, answer early, late, twice or not at all; Slack loses answers, asks
 * to wait and breaks; the bot is killed in the middle of calls and is down for days. All of it follows from the seed.
 */
export async function simulate(
  seed: number,
  size: Size,
  { faulty = true, onWeek }: { faulty?: boolean; onWeek?: (week: number, faults: number) => void } = {},
): Promise<Outcome> {
  const random = seededRandom(seed);
  const end = Date.parse(begin) + size.weeks * 7 * day;
  const chance = (share: number, of: Random = random) => of.next() < share;
  const among = <T>(items: readonly T[], of: Random = random): T => items[of.below(items.length)] as T;
  const people = new Map<string, Person>();
  const byChannel = new Map<string, Person>();
  const posts: Post[] = [];
  const plans: Plan[] = [];
  const rounds = new Map<string, RoundSeen>();
  const answered = new Set<string>();
  const events: { at: number; run: () => Promise<void> }[] = [];
  let lastView: View | undefined;
  let beats = 0;
  /** After which beat the bot has caught up with what it missed. */
  let upSince = 0;
  const at = (when: Date | number, run: () => Promise<void>): void => {
    const event = { at: Number(when), run };
    let place = events.length;
    while (place > 0 && (events[place - 1]?.at ?? 0) > event.at) place -= 1;
    events.splice(place, 0, event);
  };
  const now = () => town.clock.now();
  const after = (milliseconds: number) => now().getTime() + milliseconds;

  // What people do when something reaches them. Nothing is done at once: they are at work.
  function react(post: Post): void {
    posts.push(post);
    const person = people.get(post.to);
    if (!person) {
      if (post.kind === 'digest') at(after(hour), () => readResults(post));
      return;
    }
    const { random: own } = person;
    const wait = among([5 * minute, hour, 5 * hour, day, 2 * day, 4 * day], own);
    switch (post.kind) {
      case 'welcome':
        if (chance(0.9, own)) at(after(wait), () => agree(person, post));
        return;
      case 'prompt':
      case 'later':
      case 'reminder': {
        if (!post.round || !post.group || !post.label) {
          record.fault('a prompt that does not say of what', post);
          return;
        }
        seeRound(post.round, post.group, post.label);
        if (!chance(person.diligence, own)) return;
        const roll = own.next();
        if (roll < 0.75) at(after(wait), () => answer(person, post));
        else if (roll < 0.83) at(after(wait), () => press(person, post, 'checkins.later'));
        else if (roll < 0.87) at(after(wait), () => putOffUntilTomorrow(person, post));
        else if (roll < 0.97) at(after(wait), () => press(person, post, 'checkins.skip'));
        else at(after(wait), () => stopCheckIn(person, post));
        return;
      }
      case 'step':
      case 'step-reminder':
        if (chance(person.diligence, own))
          at(after(wait), () =>
            press(person, post, among(['onboarding.skip', 'onboarding.snooze', 'onboarding.done'], own)),
          );
    }
  }

  const record = createRecord({
    now: () => now(),
    closed,
    personAt: (channel) => byChannel.get(channel) ?? (channel === leadChannel ? lead : undefined),
    nextAfter: (group, label, from) => {
      const plan = plans.find((one) => one.group === group && one.label === label);
      return plan && dueAfter(plan, from);
    },
    onPost: react,
  });
  const hear = (call: RecordedCall): void => {
    if (call.method.startsWith('views.') && call.answer?.ok === true) lastView = call.answer.view as View;
    record.hear(call);
  };

  const groups = Array.from({ length: size.groups }, (_, index) => `Group ${index + 1}`);
  const names = Array.from({ length: size.people }, (_, index) => `p${index + 1}`);
  // Some are there from the beginning, the others come over the year.
  const early = names.filter(() => chance(0.6));
  const seeds: Seeds = {
    workspace: { name: 'Simulated', domain: 'simulated', id: 'T0SIMULATED' },
    people: [
      { name: 'jo', realName: 'Jo Madeup' },
      ...early.map((name) => ({ name, realName: `${name.toUpperCase()} Pretend`, tz: among(zones) })),
    ],
    channels: [{ name: 'general' }],
  };
  let lead: Reached | undefined;
  let leadChannel = '';
  const town: Town = await openTown({
    at: begin,
    seed,
    seeds,
    facilitators: ['jo'],
    changed: { daysOff: { bankHolidays: [], closed } },
    onCall: hear,
  });
  const { workspace } = town;
  const reached = (driver: PersonDriver): Reached => ({
    id: driver.id,
    zone: driver.snapshot().me.tz,
    hasAgreed: false,
    isPaused: false,
    wantsMessages: true,
    awayUntil: undefined,
    quietFrom: '18:00',
    quietUntil: '09:00',
    groups: new Set(),
    isUnsure: false,
  });
  function meet(driver: PersonDriver): Person {
    const own = seededRandom(seed * 7919 + people.size + 1);
    const person: Person = {
      ...reached(driver),
      name: driver.name,
      channel: workspace.appDirectId(driver.name),
      random: own,
      diligence: among([0.2, 0.7, 0.9, 0.98], own),
      worksShifts: chance(0.3, own),
      isThere: true,
      joinedAt: new Map(),
      stopped: new Set(),
    };
    people.set(person.id, person);
    byChannel.set(person.channel, person);
    liveOn(person);
    return person;
  }

  // What people do, each through the same door as anybody.

  /**
   * One act of somebody, until it is acknowledged by a bot that lives on: what was lost with a process is done again, as
   * people do who see "that did not work". @returns false where the bot is down.
   */
  async function does(id: string, act: () => Promise<boolean>): Promise<boolean> {
    if (!town.isUp()) return false;
    const generation = town.generation();
    record.acts(id);
    const isDone = await act();
    record.acts(id);
    await town.settled();
    record.acts(undefined);
    return isDone && generation === town.generation();
  }
  /** Tries again after a while where it may have been lost. */
  async function surely(
    person: Person,
    act: () => Promise<boolean>,
    done: () => void,
    tries = 0,
  ): Promise<void> {
    if (!person.isThere) return;
    if (await does(person.id, act)) {
      person.isUnsure = false;
      done();
    } else if (tries < 40) {
      person.isUnsure = true;
      at(after(20 * minute + tries * 10 * minute), () => surely(person, act, done, tries + 1));
    } else
      record.fault('what somebody tried again and again never worked', {
        to: person.id,
        label: undefined,
        group: undefined,
        round: undefined,
      });
  }
  const command = (person: { id: string }, text: string, channel: string) =>
    workspace.act(person.id, { do: 'command', text, channel });
  const lastEphemeral = (person: Person) =>
    workspace
      .as(person.id)
      .messages(person.channel)
      .findLast(({ ephemeral }) => ephemeral);

  async function click(
    person: { id: string },
    { channel, ts, blocks }: { channel: string; ts: string; blocks: Block[] },
    actionId: string,
    value: { [key: string]: unknown } = {},
  ): Promise<boolean> {
    const found = findElement(blocks, actionId);
    if (!found) return false;
    lastView = undefined;
    const { ok } = await workspace.act(person.id, {
      do: 'act',
      surface: { kind: 'message', channel, ts },
      blockId: found.blockId,
      actionId,
      value,
    });
    return ok;
  }
  /** A message as it is by now: people press what is there. */
  function shownNow(person: { id: string }, { channel, ts }: { channel: string; ts: string }) {
    const shown = workspace
      .as(person.id)
      .messages(channel)
      .find((one) => one.ts === ts);
    return shown && { channel, ts, blocks: (shown.blocks ?? []) as Block[] };
  }
  const modalOf = (person: { id: string }) => workspace.as(person.id).modal();
  async function closeModals(person: { id: string }): Promise<void> {
    for (let modal = modalOf(person); modal; modal = modalOf(person))
      await workspace.act(person.id, { do: 'close', viewId: modal.id, all: true });
  }

  async function press(person: Person, post: Post, actionId: string): Promise<void> {
    if (!person.isThere) return;
    const shown = shownNow(person, post);
    if (!shown || !findElement(shown.blocks, actionId) || !town.isUp()) return;
    if (actionId === 'checkins.later' && post.round) record.putsOff(person.id, post.round);
    if (actionId === 'onboarding.snooze') record.comesBack(post);
    const isDone = await does(person.id, () => click(person, shown, actionId));
    if (isDone && actionId === 'checkins.skip' && post.round) record.isOver(person.id, post.round, 'skipped');
    if (!isDone) at(after(15 * minute), () => press(person, post, actionId));
  }

  /** What stands in the menu of a prompt, by what it does. */
  function entryNow(person: Person, post: Post, what: 'tomorrow' | 'stop') {
    const shown = shownNow(person, post);
    const menu = elementsOf(shown?.blocks ?? []).find(({ element }) => element.type === 'overflow');
    const option = menu?.element.options?.find(({ value }) => value.startsWith(`${what}|`));
    return shown && menu && option && { shown, actionId: menu.element.action_id ?? '', option };
  }
  const choose = (person: Person, { shown, actionId, option }: NonNullable<ReturnType<typeof entryNow>>) =>
    click(person, shown, actionId, { selected_option: option });

  async function putOffUntilTomorrow(person: Person, post: Post): Promise<void> {
    const entry = entryNow(person, post, 'tomorrow');
    if (!person.isThere || !post.round || !entry || !town.isUp()) return;
    record.putsOff(person.id, post.round);
    if (!(await does(person.id, () => choose(person, entry))))
      at(after(15 * minute), () => putOffUntilTomorrow(person, post));
  }

  async function stopCheckIn(person: Person, post: Post): Promise<void> {
    if (!person.isThere || !post.round) return;
    const { round } = post;
    if (!entryNow(person, post, 'stop')) return;
    await surely(
      person,
      async () => {
        const entry = entryNow(person, post, 'stop');
        // It stands as stopped, in an act whose answer was lost.
        return entry ? choose(person, entry) : true;
      },
      () => {
        record.isOver(person.id, round, 'stopped');
        person.stopped.add(`${post.group} ${post.label}`);
      },
    );
  }

  async function agree(person: Person, post: Post): Promise<void> {
    if (person.hasAgreed) return;
    await surely(
      person,
      async () => {
        await closeModals(person);
        const shown = shownNow(person, post);
        // It stands as answered, in an act whose answer was lost.
        if (!shown || !findElement(shown.blocks, 'onboarding.agreement')) return true;
        if (!(await click(person, shown, 'onboarding.agreement'))) return false;
        await workspace.settled();
        const form = modalOf(person);
        // Agreed in an act whose answer was lost.
        if (form && !form.submit) return true;
        if (!form) return false;
        // From here on they may have agreed, whether or not they hear of it.
        person.isUnsure = true;
        return (await workspace.act(person.id, { do: 'submit', viewId: form.id, values: {} })).ok;
      },
      () => {
        person.hasAgreed = true;
        at(after(minute), () => closeModals(person));
      },
    );
  }

  function seeRound(id: string, group: string, label: string): void {
    const plan = plans.find((one) => one.group === group && one.label === label);
    if (!rounds.has(id) && plan)
      rounds.set(id, { id, plan, sent: new Map(), perhaps: new Map(), isChecked: false });
  }

  const letters = (number: number): string =>
    Array.from(number.toString(16), (digit) => 'klmnprstvwxzbdgh'[Number.parseInt(digit, 16)]).join('');

  async function answer(person: Person, post: Post): Promise<void> {
    if (!person.isThere || !post.round || !town.isUp()) return;
    const shown = shownNow(person, post);
    if (shown) await answerAt(person, post.round, shown);
  }

  /** Presses "Answer" wherever it stands, and fills in everything. */
  async function answerAt(
    person: Person,
    roundId: string,
    where: { channel: string; ts: string; blocks: Block[] },
    tries = 0,
  ): Promise<void> {
    const round = rounds.get(roundId);
    const place = elementsOf(where.blocks).find(
      ({ element }) => element.action_id === 'checkins.answer' && element.value === roundId,
    );
    if (!round || !place || !person.isThere) return;
    const word =
      round.perhaps.get(person.id) ?? `q${letters(round.sent.size + 17 * person.random.below(1e6) + 16)}q`;
    const isTwice = chance(0.2, person.random);
    let hasSent = false;
    let hasSaid = false;
    const isDone = await does(person.id, async () => {
      await closeModals(person);
      lastView = undefined;
      const { ok } = await workspace.act(person.id, {
        do: 'act',
        surface: { kind: 'message', channel: where.channel, ts: where.ts },
        blockId: place.blockId,
        actionId: 'checkins.answer',
        value: {},
      });
      await workspace.settled();
      if (!ok) return false;
      for (let screen = 0; screen < 6; screen += 1) {
        const view = modalOf(person);
        if (!view?.submit || view.callbackId !== 'checkins.form') {
          // Otherwise it opened nothing: too late, or there already.
          hasSent = view?.callbackId === 'checkins.receipt';
          return true;
        }
        round.perhaps.set(person.id, word);
        const values = filledIn(view.blocks as Block[], hasSaid ? undefined : word);
        hasSaid ||= JSON.stringify(values).includes(word);
        const send = () => workspace.act(person.id, { do: 'submit', viewId: view.id, values });
        const results = await Promise.all(isTwice ? [send(), send()] : [send()]);
        await workspace.settled();
        if (!results.some((one) => one.ok)) return false;
        if (Object.keys(modalOf(person)?.errors ?? {}).length > 0) {
          record.fault(`a form was refused: ${JSON.stringify(modalOf(person)?.errors)}`);
          return true;
        }
      }
      return true;
    });
    await closeModals(person);
    if (isDone && hasSent) {
      record.tell('answers');
      if (isTwice) record.tell('answers sent twice at once');
      round.sent.set(person.id, word);
      round.perhaps.delete(person.id);
      record.isOver(person.id, roundId, 'answered');
      answered.add(`${person.id} ${roundId}`);
    } else if (!isDone && tries < 6)
      at(after(15 * minute), () => answerAt(person, roundId, where, tries + 1));
  }

  /** What is open is looked at in `/chatr checkins`, whether or not a prompt has come. */
  async function lookAtOpen(person: Person): Promise<string> {
    let words = '';
    await does(person.id, async () => {
      const { ok } = await command(person, '/chatr checkins', person.channel);
      await workspace.settled();
      const shown = lastEphemeral(person);
      words = JSON.stringify(shown?.blocks ?? '');
      return ok;
    });
    return words;
  }

  async function answerEarly(person: Person): Promise<void> {
    if (!person.isThere || !person.hasAgreed) return;
    await lookAtOpen(person);
    const shown = lastEphemeral(person);
    const open = findElement((shown?.blocks ?? []) as Block[], 'checkins.answer');
    if (shown && open?.element.value && rounds.has(open.element.value))
      await answerAt(person, open.element.value, { ...shown, blocks: (shown.blocks ?? []) as Block[] });
  }

  const daysLater = (date: string, days: number) =>
    new Date(Date.parse(`${date}T12:00:00Z`) + days * day).toISOString().slice(0, 10);
  const monthName = (date: string) =>
    new Date(`${date}T12:00:00Z`).toLocaleDateString('en-GB', {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    });

  async function goAway(person: Person, days: number): Promise<void> {
    const until = daysLater(wall(now(), person.zone).date, days);
    await surely(
      person,
      async () => (await command(person, `/chatr away until ${monthName(until)}`, person.channel)).ok,
      () => {
        record.tell('stretches away');
        person.awayUntil = until;
      },
    );
  }

  const word = (person: Person, text: string, done: () => void) =>
    surely(person, async () => (await command(person, `/chatr ${text}`, person.channel)).ok, done);

  async function noMessages(person: Person): Promise<void> {
    await surely(
      person,
      async () => {
        await closeModals(person);
        if (!(await command(person, '/chatr settings', person.channel)).ok) return false;
        await workspace.settled();
        const form = modalOf(person);
        const radio = (
          form?.blocks as
            | (Block & { element?: { action_id: string; options?: { value: string }[] } })[]
            | undefined
        )?.find(({ element }) => element?.options?.some(({ value }) => value === 'none'));
        const none = radio?.element?.options?.find(({ value }) => value === 'none');
        if (!form || !radio?.element || !none) return false;
        return (
          await workspace.act(person.id, {
            do: 'submit',
            viewId: form.id,
            values: { [radio.block_id ?? '']: { [radio.element.action_id]: { selected_option: none } } },
          })
        ).ok;
      },
      () => {
        record.tell('"No messages"');
        person.wantsMessages = false;
      },
    );
    await closeModals(person);
  }

  async function leaveGroup(person: Person, group: string): Promise<void> {
    if (!person.groups.has(group)) return;
    await surely(
      person,
      async () => {
        if (!(await command(person, '/chatr groups', person.channel)).ok) return false;
        await workspace.settled();
        const shown = lastEphemeral(person);
        const blocks = ((shown?.blocks ?? []) as Block[]).filter((block) =>
          JSON.stringify(block).includes(`*${group}*`),
        );
        // Left already, in an act whose answer was lost.
        if (blocks.length === 0) return true;
        return shown ? click(person, { ...shown, blocks }, 'cohorts.leave') : false;
      },
      () => {
        record.tell('left a group');
        person.groups.delete(group);
      },
    );
  }

  /** A life with the bot, from the day they came. */
  function liveOn(person: Person): void {
    const { random: own } = person;
    const pause = () => word(person, 'pause', () => Object.assign(person, { isPaused: true }));
    const start = () =>
      word(person, 'start', () => Object.assign(person, { isPaused: false, wantsMessages: true }));
    for (let from = now().getTime() + own.below(14) * day; from < end; from += (7 + own.below(30)) * day) {
      const moment = from + own.below(24 * 60) * minute;
      const roll = own.next();
      if (roll < (person.worksShifts ? 0.6 : 0.3))
        at(moment, () => goAway(person, 1 + own.below(person.worksShifts ? 4 : 20)));
      else if (roll < 0.7) at(moment, () => answerEarly(person));
      else if (roll < 0.76) {
        at(moment, pause);
        at(moment + own.below(20) * day, start);
      } else if (roll < 0.8) {
        at(moment, () => noMessages(person));
        if (chance(0.7, own)) at(moment + own.below(30) * day, start);
      } else if (roll < 0.84) at(moment, () => leaveGroup(person, among([...person.groups, 'none'], own)));
      else if (roll < 0.86) at(moment, () => changeZone(person, among(zones, own)));
      else if (roll < 0.88) at(moment, () => leaveWorkspace(person));
    }
  }

  async function changeZone(person: Person, zone: string): Promise<void> {
    if (!town.isUp() || !person.isThere) return;
    // Until the bot has heard of it, both count.
    person.isUnsure = true;
    await workspace.setTimezone(person.id, zone);
    await town.settled();
    person.zone = zone;
    at(after(3 * hour), async () => void Object.assign(person, { isUnsure: false }));
  }

  async function leaveWorkspace(person: Person): Promise<void> {
    if (!town.isUp() || !person.isThere) return;
    record.tell('left the workspace');
    person.isThere = false;
    await workspace.deactivate(person.id);
    await town.settled();
  }

  // What the facilitator does.

  const jo = workspace.as('jo');
  const cards = new Map<string, { ts: string; channel: string; blocks: Block[] }>();

  async function addToGroup(person: Person, group: string): Promise<void> {
    const card = cards.get(group);
    if (!card || !town.isUp() || !person.isThere) return at(after(6 * hour), () => addToGroup(person, group));
    const isDone = await does(jo.id, async () => {
      await closeModals(jo);
      if (!(await click(jo, card, 'cohorts.add'))) return false;
      await workspace.settled();
      if (!jo.modal()) return false;
      await jo.submit({ People: [person.name] }, { mayFail: true });
      await workspace.settled();
      return true;
    });
    await closeModals(jo);
    if (!isDone) return at(after(hour), () => addToGroup(person, group));
    person.groups.add(group);
    person.joinedAt.set(group, now());
  }

  async function readResults(post: Post): Promise<void> {
    if (!town.isUp()) return at(after(6 * hour), () => readResults(post));
    for (const { blockId, element } of elementsOf(post.blocks)) {
      if (element.action_id !== 'checkins.results') continue;
      const round = rounds.get(element.value ?? '');
      if (!round || round.isChecked) continue;
      let seen: View | undefined;
      const isDone = await does(jo.id, async () => {
        lastView = undefined;
        const { ok } = await workspace.act(jo.id, {
          do: 'act',
          surface: { kind: 'message', channel: post.channel, ts: post.ts },
          blockId,
          actionId: 'checkins.results',
          value: {},
        });
        await workspace.settled();
        seen = lastView;
        return ok;
      });
      await closeModals(jo);
      if (!isDone || !seen) {
        at(after(hour), () => readResults(post));
        return;
      }
      round.isChecked = true;
      holdAgainst(round, JSON.stringify(seen.blocks));
    }
  }

  /** Every answer is there once, and nothing else. */
  function holdAgainst(round: RoundSeen, words: string): void {
    const about = `${round.plan.label} of ${round.plan.group} (${round.id})`;
    record.tell('results read');
    const certain = round.sent.size;
    const most = certain + round.perhaps.size;
    const [, many] = /(\d+) have answered/.exec(words) ?? [];
    if (words.includes('Fewer than five have answered')) {
      if (certain >= 5) record.fault(`${about}: ${certain} answered, fewer than five are counted`);
      return;
    }
    if (many !== undefined && (Number(many) < certain || Number(many) > most))
      record.fault(`${about}: ${many} are counted, ${certain} to ${most} were sent`);
    if (most < 5) record.fault(`${about}: shown, though ${most} answered`);
    if (words.includes('ot shown')) return;
    const found = words.match(/\bq[klmnprstvwxzbdgh]+q\b/g) ?? [];
    if (found.length === 0 && words.includes('"More"')) return;
    record.tell('words compared');
    for (const [person, one] of round.sent) {
      const times = found.filter((seen) => seen === one).length;
      if (times !== 1) record.fault(`${about}: the answer of ${person} is there ${times} times`);
    }
    const known = new Set([...round.sent.values(), ...round.perhaps.values()]);
    for (const one of found) if (!known.has(one)) record.fault(`${about}: nobody sent ${one}`);
  }

  // What is asked when: worked out here once more, in the plainest way.

  function dueAfter(plan: Plan, from: Date): Date {
    for (let date = plan.firstOn; ; date = daysLater(date, plan.everyDays)) {
      if (closed.some((one) => one.from <= date && date <= one.until)) continue;
      const utc = new Date(`${date}T${plan.time}:00Z`);
      const due = wall(utc, 'Europe/London').time === plan.time ? utc : new Date(utc.getTime() - hour);
      if (due > from) return due;
    }
  }

  /** Two hours before it closes, whoever should have been asked was, or finds it where it stands. */
  async function lookForMissing(plan: Plan, due: Date, closes: Date): Promise<void> {
    const open = templates.find(({ label }) => label === plan.label);
    if (!open) return;
    if (town.isUp())
      for (const person of people.values()) {
        const joined = person.joinedAt.get(plan.group);
        if (!person.groups.has(plan.group) || !joined || joined > due || !person.isThere) continue;
        if (!person.hasAgreed || !person.wantsMessages || person.isUnsure) continue;
        if (person.stopped.has(`${plan.group} ${plan.label}`)) continue;
        const got = posts.find(
          (one) =>
            one.to === person.id && one.group === plan.group && one.label === plan.label && one.at >= due,
        );
        if (got) {
          record.tell('asked by message');
          continue;
        }
        const round = [...rounds.values()].findLast((one) => one.plan === plan);
        if (round && answered.has(`${person.id} ${round.id}`)) continue;
        const words = await lookAtOpen(person);
        // The process may have been lost over it.
        if (words === '' || words === '""') continue;
        if (words.includes(`*${plan.label}*`) && words.includes(plan.group))
          record.tell('found in /chatr checkins');
        else if (now() < closes && !words.includes(plan.label))
          record.fault(
            `neither asked nor in /chatr checkins: ${plan.label} of ${plan.group}, ${person.id} ${words.slice(0, 400)}`,
          );
      }
    if (town.isUp() && beats > upSince) record.lookAtOpenButtons(answered);
    watch(plan, due);
  }

  function watch(plan: Plan, from: Date): void {
    const due = dueAfter(plan, from);
    const days = Number.parseInt(templates.find(({ label }) => label === plan.label)?.open ?? '5', 10);
    const utc = new Date(due.getTime() + days * day);
    // By the clock on the wall, which may have been changed meanwhile.
    const closes = new Date(utc.getTime() - hour);
    at(closes.getTime() - 2 * hour, () => lookForMissing(plan, due, closes));
  }

  // Faults of Slack and of the machine.

  const methods = [
    'chat.postMessage',
    'chat.postMessage',
    'chat.postMessage',
    'conversations.open',
    'conversations.history',
    'views.open',
  ];
  const callFaults = [
    'rate-limit',
    'server-error',
    'server-error-after',
    'drop-request',
    'drop-answer',
    'drop-answer',
  ] as const;
  function goWrong(): void {
    if (!faulty || !town.isUp()) return;
    if (chance(0.12)) {
      const kind = among(callFaults);
      // Where the bot tries again by itself it waits for a second, and so do we.
      const method = chance(0.03) ? 'chat.update' : among(methods);
      workspace.faults.next(method, kind, {
        retryAfterSeconds: method === 'chat.update' ? 1 : 1 + random.below(120),
      });
      record.tell(`faults: ${kind}`);
    }
    if (chance(0.02)) {
      workspace.faults.nextDelivery(among(['interactive', 'events_api']), 'duplicate');
      record.tell('faults: delivered twice');
    }
    if (chance(0.005)) town.killAt(1 + random.below(12));
  }
  async function goDown(): Promise<void> {
    if (!town.isUp()) return;
    await town.stop();
    record.tell('outages');
    at(after((1 + random.below(40)) * hour), async () => {
      await town.start();
      upSince = beats + 5;
    });
  }

  // The first day.
  lead = reached(jo);
  leadChannel = workspace.appDirectId('jo');
  for (const name of early) meet(workspace.as(name));
  const everybody = [...people.values()];
  for (const [index, group] of groups.entries()) {
    const members = everybody.filter(
      (_, place) =>
        place % groups.length === index ||
        (place % 17 === 0 && place % groups.length === (index + 1) % groups.length),
    );
    record.acts(jo.id);
    await makeGroup(
      jo,
      group,
      members.map(({ name }) => name),
    );
    await town.settled();
    const card = jo.ephemerals().at(-1);
    if (card)
      cards.set(group, { ts: card.ts, channel: card.channel, blocks: (card.blocks ?? []) as Block[] });
    for (const person of members) {
      person.groups.add(group);
      person.joinedAt.set(group, now());
    }
  }
  for (const [index, group] of groups.entries())
    for (const [which, { label, rhythm, everyDays, open }] of templates.entries()) {
      const firstOn = daysLater('2026-03-09', (index + which * 2) % 5);
      const time = `${String(9 + ((index + which) % 8)).padStart(2, '0')}:00`;
      plans.push({ group, label, firstOn, time, everyDays });
      await scheduleCheckIn(jo, { group, template: label, date: firstOn, time, how: rhythm, open });
    }
  record.acts(undefined);
  for (const plan of plans) watch(plan, now());
  for (const name of names.filter((one) => !early.includes(one))) {
    const comes =
      Date.parse(begin) +
      day +
      random.below(Math.max(1, size.weeks * 7 - 14)) * day +
      random.below(24) * hour;
    const group = among(groups);
    const tz = among(zones);
    const come = async (): Promise<void> => {
      if (!town.isUp()) return at(after(6 * hour), come);
      const person = meet(
        await workspace.joinPerson({ name, realName: `${name.toUpperCase()} Pretend`, tz }),
      );
      await town.settled();
      at(after(random.below(4) * day), () => addToGroup(person, group));
    };
    at(comes, come);
  }
  if (faulty)
    for (let from = Date.parse(begin) + 20 * day; from < end; from += (30 + random.below(60)) * day)
      at(from + random.below(5 * 24) * hour, goDown);

  let week = 0;
  while (now().getTime() < end) {
    for (; Date.parse(begin) + (week + 1) * 7 * day <= now().getTime(); week += 1)
      onWeek?.(week + 1, record.faults.length + town.faults.length);
    const next = events[0]?.at ?? Number.POSITIVE_INFINITY;
    const due = town.isUp() ? town.nextDue().getTime() : Number.POSITIVE_INFINITY;
    const to = Math.ceil(Math.min(next, due, end) / minute) * minute;
    if (to > now().getTime()) town.clock.moveTo(new Date(to));
    if (town.isUp()) await workspace.clockMoved();
    while (events[0] && events[0].at <= now().getTime()) await events.shift()?.run();
    goWrong();
    await town.beat();
    beats += 1;
  }
  if (town.isUp() && beats > upSince) record.lookAtOpenButtons(answered);
  await town.close();
  return {
    seed,
    faults: [...record.faults, ...town.faults],
    figures: { ...Object.fromEntries(record.count), beats, kills: town.kills(), people: people.size },
  };
}

/** Something in every field that is chosen from, and the word in the first that takes words. */
function filledIn(blocks: readonly Block[], word: string | undefined) {
  const values: { [block: string]: { [action: string]: { [key: string]: unknown } } } = {};
  let left = word;
  for (const { type, block_id: blockId = '', element } of blocks as (Block & {
    element?: { type: string; action_id: string; options?: unknown[] };
  })[]) {
    if (type !== 'input' || !element) continue;
    if (element.type === 'radio_buttons')
      values[blockId] = { [element.action_id]: { selected_option: element.options?.[1] } };
    if (element.type === 'plain_text_input' && left !== undefined) {
      values[blockId] = { [element.action_id]: { value: left } };
      left = undefined;
    }
  }
  return values;
}
