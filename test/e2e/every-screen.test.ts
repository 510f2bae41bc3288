import type { PersonDriver } from 'practice-workspace';
import { elementsOf } from 'practice-workspace/block-check';
import { expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import { agree, closeAll, makeGroup, scheduleCheckIn } from '../support/stories.ts';

/** What to press or choose on a screen, and on the one that follows. */
type Step = { actionId: string; words: string; value?: string; isButton: boolean };

/** Presses from Home on. */
const deepest = 3;
const sorry = /That did not (finish|work)|this reference:/;
const moment = 'A moment: What stayed with you today?';

async function givenCommunityAtWork(): Promise<Community> {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  for (const name of ['robin', 'jo', 'gale']) await agree(community.as(name));
  const jo = community.as('jo');
  await makeGroup(jo, 'Perinatal pilot', ['robin', 'sam', 'toni', 'gale', 'jo']);
  await scheduleCheckIn(jo, {
    group: 'Perinatal pilot',
    template: 'Weekly pulse',
    date: '2026-03-04',
    time: '10:00',
    how: 'Every week',
  });
  await community.forward(24 * 60, 60);
  const robin = community.as('robin');
  await robin.command('/chatr reflect');
  await robin.submit({ [moment]: 'kept' });
  await closeAll(robin);
  await robin.command('/chatr reflect');
  await robin.fill({ [moment]: 'not finished' });
  await closeAll(robin);
  await robin.command('/chatr find trauma');
  await robin.choose({ actionId: 'resources.about' }, 'Save', { nth: 0 });
  return community;
}

const wordsOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'text' in value ? String(value.text) : '';

/** What deletes, ends or takes away, by what its button says. */
const takesAway = /^(delete|discard|remove|leave|archive|end|stop|close it|take|forget)\b/i;

/** More than five buttons in a row, or a green one that is not the first: on a phone neither is found. */
const crowded = (blocks: readonly object[]): string[] =>
  blocks.flatMap((block) => {
    const { type, elements } = block as { type?: string; elements?: { style?: string }[] };
    if (type !== 'actions' || !elements) return [];
    return [
      ...(elements.length > 5 ? [`${elements.length} buttons in a row`] : []),
      ...(elements.findIndex(({ style }) => style === 'primary') > 0
        ? ['a green button that is not the first']
        : []),
    ];
  });

/** The same door twice in Home, or a button that only repeats the title above it. */
function saidTwice(title: string, elements: readonly Record<string, unknown>[], isHome: boolean): string[] {
  const buttons = elements.filter(({ type }) => type === 'button');
  const doors = buttons.map(({ text, action_id, value }) =>
    JSON.stringify([wordsOf(text), action_id, value]),
  );
  return isHome
    ? doors.filter((door, at) => doors.indexOf(door) !== at).map((door) => `twice: ${door}`)
    : buttons.map(({ text }) => wordsOf(text)).filter((words) => words === title);
}

/** Buttons that a screen reader could not tell apart: they say the same and do it to different things. */
function soundAlike(elements: readonly Record<string, unknown>[]): string[] {
  const buttons = elements.filter(({ type }) => type === 'button');
  const named = new Map<string, unknown>();
  return buttons.flatMap(({ text, accessibility_label: label, action_id, value }) => {
    const name = typeof label === 'string' ? label : wordsOf(text);
    const does = JSON.stringify([action_id, value]);
    if (!named.has(name)) named.set(name, does);
    return named.get(name) === does ? [] : [`several called “${name}”`];
  });
}

/** Buttons whose spoken name does not begin with what is seen: whoever says it to their device presses nothing. */
const namedOtherwise = (elements: readonly Record<string, unknown>[]): string[] =>
  elements.flatMap(({ text, accessibility_label: name }) =>
    typeof name === 'string' && !name.toLowerCase().startsWith(wordsOf(text).toLowerCase())
      ? [`“${wordsOf(text)}” is called “${name}”`]
      : [],
  );

/** Small things that are wrong wherever they stand (voice, "Screens"). */
function slipsOn(person: PersonDriver, hasSubmit: boolean): string[] {
  const view = person.modal() ?? person.home();
  const elements = elementsOf(view?.blocks ?? []).map(({ element }) => element);
  const green = elements.filter(({ style }) => style === 'primary').length + (hasSubmit ? 1 : 0);
  const said = person.visibleText(person.modal() ? 'modal' : 'home');
  return [
    ...(green > 1 ? [`${green} green buttons`] : []),
    ...crowded(view?.blocks ?? []),
    ...soundAlike(elements),
    ...namedOtherwise(elements),
    ...saidTwice(view?.title ?? '', elements, person.modal() === null),
    ...elements.flatMap(({ confirm, text, style }) => {
      const ask = (confirm ?? {}) as { confirm?: unknown; deny?: unknown; text?: unknown; style?: unknown };
      if (confirm !== undefined && takesAway.test(wordsOf(ask.confirm)) && ask.style !== 'danger')
        return [`“${wordsOf(ask.confirm)}” in green`];
      if (/^delete/i.test(wordsOf(text)) && (style !== 'danger' || confirm === undefined))
        return [`“${wordsOf(text)}” is not red, or asks nothing`];
      return [];
    }),
    ...(said.match(/\b(the|this) bot\b.*|\(optional\).*|\b1–1 of.*/gi) ?? []),
  ];
}

/** Buttons and menus of the modal on top, or of Home; inputs of a form are filled in by its own story. */
function stepsOn(person: PersonDriver): Step[] {
  const view = person.modal() ?? person.home();
  return elementsOf(view?.blocks ?? []).flatMap(({ element, block }): Step[] => {
    const actionId = String(element.action_id);
    if (element.type === 'button') {
      const words = String((element.text as { text: string }).text);
      return [
        {
          actionId,
          words,
          isButton: true,
          ...(typeof element.value === 'string' && { value: element.value }),
        },
      ];
    }
    if (element.type !== 'overflow' && (element.type !== 'static_select' || block.type === 'input'))
      return [];
    const options = (element.options ?? []) as { text: { text: string } }[];
    return options.slice(0, 6).map(({ text }) => ({ actionId, words: text.text, isButton: false }));
  });
}

async function walk(community: Community, person: PersonDriver): Promise<number> {
  const seen = new Set<string>();
  let count = 0;

  function look(path: readonly Step[], after = ''): void {
    const where = [...path.map(({ words }) => words), after].join(' › ');
    const screen = person.modal();
    expect(slipsOn(person, screen?.submit !== undefined), where).toEqual([]);
    expect(person.notices(), where).toEqual([]);
    expect(community.log, where).toEqual([]);
    expect(person.visibleText('modal'), where).not.toMatch(sorry);
    count += 1;
  }

  /** From Home, since a press may change what comes after. False when the way is not there any more. */
  async function go(path: readonly Step[]): Promise<boolean> {
    await closeAll(person);
    await person.openHome({ quiet: true });
    for (const { actionId, words, value, isButton } of path) {
      if (
        !stepsOn(person).some(
          (one) => one.actionId === actionId && one.words === words && one.value === value,
        )
      )
        return false;
      const where = { in: person.modal() ? ('modal' as const) : ('home' as const), nth: 0, quiet: true };
      if (isButton)
        await person.click({ actionId, text: words, ...(value !== undefined && { value }) }, where);
      else await person.choose({ actionId }, words, where);
    }
    return true;
  }

  /** False when the way is not there any more. */
  async function visit(path: readonly Step[]): Promise<boolean> {
    if (!(await go(path))) return false;
    look(path);
    const form = person.modal();
    if (path.length > 0 && !form) return true;
    const isNew = form?.submit !== undefined && !seen.has(form.callbackId);
    if (form?.submit && isNew) {
      seen.add(form.callbackId);
      await person.submit({}, { mayFail: true, quiet: true });
      look(path, form.submit);
    }
    if (path.length === deepest || (isNew && !(await go(path)))) return true;
    const title = person.modal()?.title ?? 'Home';
    for (const step of stepsOn(person)) {
      const key = `${title} ${step.actionId} ${step.isButton ? '' : step.words}`;
      // These would end the walk.
      if (
        seen.has(key) ||
        /^(Leave the programme|Leave and delete everything|Have everything deleted|Pause all messages)$/.test(
          step.words,
        )
      )
        continue;
      seen.add(key);
      // Another way may lead there.
      if (!(await visit([...path, step]))) seen.delete(key);
    }
    return true;
  }

  await visit([]);
  return count;
}

test.each([
  ['a member', 'robin', 40],
  ['a facilitator', 'jo', 60],
])(
  '%s walks through every screen behind Home, sends every form empty, and meets no error',
  async (_, name, atLeast) => {
    const community = await givenCommunityAtWork();
    expect(await walk(community, community.as(name))).toBeGreaterThan(atLeast);
  },
  60_000,
);
