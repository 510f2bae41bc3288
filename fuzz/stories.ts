import type { MessageSummary, PersonDriver } from 'practice-workspace';
import { elementsOf } from 'practice-workspace/block-check';
import { agree, closeAll, makeGroup, scheduleCheckIn } from '../test/support/stories.ts';
import type { Target } from './attack.ts';

/** Words that only Sam has written: nobody else may ever be shown them. */
export const secret = 'the-heron-of-sam';

const moment = 'A moment: What stayed with you today?';

/** A community at work: groups, a check-in under way, reflections, and everybody has agreed. */
export async function giveThemAPast({ workspace, forward }: Target): Promise<void> {
  await forward(5 * 60, 60);
  const [robin, sam, jo] = [workspace.as('robin'), workspace.as('sam'), workspace.as('jo')];
  for (const person of [robin, sam, jo, workspace.as('toni')]) await agree(person);
  await makeGroup(jo, 'Perinatal pilot', ['robin', 'sam', 'toni', 'gale']);
  await scheduleCheckIn(jo, {
    group: 'Perinatal pilot',
    template: 'Weekly pulse',
    date: '2026-03-04',
    time: '10:00',
    how: 'Every week',
  });
  await forward(24 * 60, 60);
  await sam.openHome();
  await sam.click('Edit my profile', { in: 'home' });
  await sam.submit({});
  await sam.submit({ 'Anything that makes taking part easier for you': secret });
  await closeAll(sam);
  for (const [person, words] of [
    [sam, secret],
    [robin, 'my own words'],
  ] as const) {
    await person.command('/chatr reflect');
    await person.submit({ [moment]: words });
    await closeAll(person);
    await person.command('/chatr reflect');
    await person.fill({ [moment]: `${words}, not finished` });
    await closeAll(person);
  }
}

/** What only facilitators may: whoever is none sends the same payloads. */
export async function lead({ workspace }: Target): Promise<void> {
  const jo = workspace.as('jo');
  await makeGroup(jo, 'Another group', ['sam']);
  const openGroup = async () => {
    await closeAll(jo);
    await jo.command('/chatr groups');
    await jo.click('Open', { nth: 0 });
  };
  await openGroup();
  await jo.click('Add people');
  await jo.submit({ People: ['fran'] });
  await openGroup();
  await jo.click('See people');
  await jo.click('Take out', { nth: 0 });
  await jo.click('Undo');
  await openGroup();
  await jo.choose({ actionId: 'cohorts.more' }, 'Name and dates');
  await jo.submit({ Name: 'The other group' });
  await openGroup();
  await jo.click('Archive');
  await jo.click('Bring it back');
  await jo.command('/chatr groups');
  await jo.click('Import trainees');
  await jo.submit({ 'Paste the list': 'email,name\nquokka@example.org,Quokka Madeup' });
  await jo.submit();
  await closeAll(jo);
  await jo.openHome();
  await jo.click('Give a role', { in: 'home' });
  await jo.submit({ Person: 'gale', Role: 'Facilitator of one group', Group: 'Perinatal pilot' });
  await closeAll(jo);
  await jo.openHome();
  await jo.click('See who has a role', { in: 'home' });
  await closeAll(jo);
  await jo.command('/chatr checkin list');
}

/** What can be typed. */
const lines = [
  'help',
  'find trauma',
  'find birth trauma video',
  'reflect',
  'journal',
  'saved',
  'checkins',
  'groups',
  'profile',
  'steps',
  'settings',
  'my data',
  'support',
  'away until Friday',
  'suggest',
  'refelct',
];

/**
 * Goes through the screens as one person and sends every form, so that there is a payload of each kind to start from.
 * Whatever cannot be done is left: it is the payloads that count.
 */
export async function lookAround(person: PersonDriver): Promise<void> {
  const seen = new Set<string>();
  for (const line of lines)
    await pressAll(person, () => person.command(`/chatr ${line}`, { mayFail: true }), seen);
  await pressAll(person, () => person.openHome({ quiet: true }), seen);
  await person.post('hello there', { quiet: true });
  for (const { name, type } of person.snapshot().shortcuts)
    if (type === 'global') await pressAll(person, () => person.shortcut(name, { mayFail: true }), seen);
  for (const message of person.dmsWithBot().slice(-6))
    for (let more = true; more; ) {
      more = await press(person, seen, { depth: 3, message });
      await closeAll(person);
    }
}

/** Opens a screen again and again until everything on it, and behind it, was pressed once. */
async function pressAll(
  person: PersonDriver,
  open: () => Promise<unknown>,
  seen: Set<string>,
): Promise<void> {
  for (let more = true; more; ) {
    const before = person.ephemerals().length;
    await open();
    const answered = person.ephemerals();
    const message = answered.length > before ? answered.at(-1) : undefined;
    more = await press(person, seen, { depth: 4, message });
    await closeAll(person);
  }
}

type At = { depth: number; message?: MessageSummary | undefined };

/** Presses or chooses the first thing that was not yet, and goes on in what opens. @returns whether there was one. */
async function press(person: PersonDriver, seen: Set<string>, { depth, message }: At): Promise<boolean> {
  const view = person.modal() ?? (message ? undefined : person.home());
  const name = view ? view.callbackId : 'message';
  if (view?.type === 'modal' && view.submit && !seen.has(`send ${name}`)) {
    seen.add(`send ${name}`);
    await person.submit({}, { mayFail: true, quiet: true }).catch(() => undefined);
    if (person.modal() && depth > 1) await press(person, seen, { depth: depth - 1 });
    return true;
  }
  const where = {
    in: view
      ? view.type === 'modal'
        ? ('modal' as const)
        : ('home' as const)
      : (message ?? ('home' as const)),
    nth: 0,
    quiet: true,
    mayFail: true,
  };
  for (const { element, block } of elementsOf(view?.blocks ?? message?.blocks ?? [])) {
    const actionId = String(element.action_id);
    const words = element.type === 'button' ? [''] : optionsOf(element);
    if (block.type === 'input') continue;
    for (const option of words) {
      const key = `${name} ${actionId} ${option}`;
      // What ends things is mutated from the others' ids; pressed, it would end the walk.
      if (seen.has(key) || ending.test(JSON.stringify(element.text ?? option))) continue;
      seen.add(key);
      await (element.type === 'button'
        ? person.click({ actionId }, where)
        : person.choose({ actionId }, option, where)
      ).catch(() => undefined);
      if (person.modal() && depth > 1) await press(person, seen, { depth: depth - 1 });
      return true;
    }
  }
  return false;
}

const ending = /Leave|Pause all|No, thank you|No messages/;

const optionsOf = (element: Record<string, unknown>): string[] =>
  ((element.options ?? []) as { text: { text: string } }[]).slice(0, 5).map(({ text }) => text.text);
