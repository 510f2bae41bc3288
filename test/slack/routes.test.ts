import { WebAPIPlatformError } from '@slack/web-api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Actor } from '../../src/community/permissions.ts';
import { createLog } from '../../src/lib/log.ts';
import { form, line } from '../../src/slack/form.ts';
import { packed, placeNumber } from '../../src/slack/packed.ts';
import { createRoutes, type Routes } from '../../src/slack/routes.ts';

const actor = { person: { id: 'p1', slackId: 'U1' }, roles: [] } as unknown as Actor;

/** The door by itself: what it acknowledges, and what the client and the person get. */
function givenDoor(listen: (to: Routes) => void, slack: { fails?: string[] } = {}) {
  const posted: unknown[] = [];
  const shown: unknown[] = [];
  const logged: string[] = [];
  const { routes, dispatch } = createRoutes({
    log: createLog({ level: 'warn', write: (line) => logged.push(line) }),
    post: async (slackId, message) => void posted.push({ slackId, ...message }),
  });
  listen(routes);
  const client = {
    views: {
      async update(view: unknown) {
        const error = slack.fails?.shift();
        if (error) throw new WebAPIPlatformError({ ok: false, error, response_metadata: {} });
        shown.push(view);
      },
    },
  };
  return {
    posted,
    shown,
    logged,
    async send(body: Record<string, unknown>): Promise<unknown[]> {
      const said: unknown[] = [];
      const args = {
        body,
        client,
        context: { actor },
        ack: async (answer?: unknown) => void said.push(answer),
      };
      await dispatch(args as unknown as Parameters<typeof dispatch>[0]);
      return said;
    },
  };
}

const fields = [
  { type: 'section' },
  { type: 'input', block_id: 'words' },
  { type: 'input', block_id: 'more' },
];
const click = (actionId: string, value?: string) => ({
  type: 'block_actions',
  actions: [{ action_id: actionId, value }],
});

describe('an id nobody has', () => {
  const { send } = givenDoor(() => {});

  test('a form stays open, with the reason beside its first field', async () => {
    const [answer] = await send({ type: 'view_submission', view: { blocks: fields } });
    expect(answer).toEqual({
      response_action: 'errors',
      errors: { words: expect.stringContaining('nothing was sent') },
    });
  });

  test('a form without fields says so in its place, a command hears where to turn, a search offers nothing', async () => {
    const [shown] = await send({ type: 'view_submission', view: {} });
    expect(shown).toMatchObject({ response_action: 'update', view: { type: 'modal' } });
    expect(JSON.stringify(shown)).toContain('nothing was sent');
    expect(await send({ type: 'block_suggestion' })).toEqual([{ options: [] }]);
    expect(await send({ type: 'shortcut' })).toEqual([undefined]);
    expect(await send(click('link'))).toEqual([undefined]);
    const [answer] = await send({ command: '/chatr-old' });
    expect(answer).toMatchObject({ response_type: 'ephemeral' });
  });

  test('whatever the payload, it is acknowledged once and nothing is thrown', async () => {
    const { send: any } = givenDoor((to) => {
      to.onClick('known', ({ answer }) => answer({ text: 'x', blocks: [] }));
      to.onSend(form('known', { title: 'T', submit: 'S', fields: { words: line('W') } }), () => {});
    });
    const type = fc.constantFrom(
      'block_actions',
      'view_submission',
      'view_closed',
      'block_suggestion',
      'shortcut',
      'x',
    );
    const part = fc.oneof(fc.constant('known'), fc.anything());
    const body = fc.record(
      {
        type,
        actions: fc.oneof(fc.anything(), fc.array(fc.record({ action_id: part, value: part }))),
        view: fc.oneof(fc.anything(), fc.record({ callback_id: part, id: part, state: part, blocks: part })),
        action_id: part,
        callback_id: part,
      },
      { requiredKeys: ['type'] },
    );
    await fc.assert(
      fc.asyncProperty(body, async (given) => {
        expect(await any(given)).toHaveLength(1);
      }),
    );
  });
});

test('two listeners for one id are found at start', () => {
  const one = form('a', { title: 'T', submit: 'S', fields: {} });
  const twice = (listen: (to: Routes) => void) => () =>
    givenDoor((to) => {
      listen(to);
      listen(to);
    });
  expect(twice((to) => to.onClick('a', () => {}))).toThrow('Two listeners for "a"');
  expect(twice((to) => to.onSend(one, () => {}))).toThrow('Two listeners for "a"');
});

test('an id that ends in a dot or a colon stands for all that begin with it, and the exact one comes first', async () => {
  const heard: string[] = [];
  const { send } = givenDoor((to) => {
    for (const id of ['list.', 'list.saved', 'run', 'run:'])
      to.onClick(id, ({ actionId, value }) => void heard.push(`${id} ${actionId} ${value}`));
  });
  for (const id of ['list.0', 'list.saved', 'list.0.1', 'run', 'run:a-b', 'running', 'list', ''])
    await send(click(id, 'v'));
  expect(heard).toEqual([
    'list. list.0 v',
    'list.saved list.saved v',
    'list. list.0.1 v',
    'run run v',
    'run: run:a-b v',
  ]);
});

test('what a button carries comes opened; anything of another shape is acknowledged and goes nowhere', async () => {
  const heard: unknown[] = [];
  const place = packed(':', { id: z.uuid(), page: placeNumber });
  const { send } = givenDoor((to) => to.onClick('go', place, ({ carried }) => void heard.push(carried)));
  const id = '01890000-0000-7000-8000-000000000000';
  for (const value of [place.pack({ id, page: 3 }), `${id}:x`, 'nothing', ''])
    expect(await send(click('go', value))).toEqual([undefined]);
  expect(heard).toEqual([
    { id, page: 3 },
    { id, page: 0 },
  ]);
});

describe('a form', () => {
  const name = form('name', {
    title: 'Name',
    submit: 'Save',
    fields: { words: line('Words', { missing: 'Please write something.' }) },
  });
  const sent = (value: string) => ({
    type: 'view_submission',
    view: { id: 'V1', callback_id: 'name', blocks: fields, state: { values: { words: { any: { value } } } } },
  });
  const answer = { text: 'Done', title: 'Done', blocks: [] };

  test('says what is missing by itself, and hands on what was written', async () => {
    const heard: unknown[] = [];
    const { send } = givenDoor((to) => to.onSend(name, ({ values }) => void heard.push(values)));
    expect(await send(sent('  '))).toEqual([
      { response_action: 'errors', errors: { words: 'Please write something.' } },
    ]);
    expect(await send(sent(' x '))).toEqual([undefined]);
    expect(heard).toEqual([{ words: 'x' }]);
  });

  test('that fails stays open with what was typed, and the failure is passed on', async () => {
    const { send } = givenDoor((to) => to.onSend(name, () => Promise.reject(new Error('broken'))));
    await expect(send(sent('x'))).rejects.toThrow('broken');
  });

  test.each([
    ['is open', [], 0],
    ['was closed meanwhile', ['not_found'], 1],
    ['could not be changed at once', ['internal_error'], 0],
    ['could not be changed at all', ['internal_error', 'internal_error'], 1],
    ['is refused', ['invalid_arguments'], 1],
  ])('whose window %s after “one moment” is answered all the same', async (_what, fails, messages) => {
    const { send, posted, shown } = givenDoor(
      (to) =>
        to.onSend(name, async (given) => {
          await given.show({ type: 'modal', title: { type: 'plain_text', text: 'One moment' }, blocks: [] });
          await given.answer(answer);
        }),
      { fails: [...fails] },
    );
    expect(await send(sent('x'))).toHaveLength(1);
    expect(posted).toHaveLength(messages);
    expect(shown).toHaveLength(1 - messages);
  });
});

test.each([
  ['is open', [], [true, true]],
  ['was closed meanwhile', ['not_found'], [true, false]],
])('a form whose window %s hears whether somebody looks at its next screens', async (_what, fails, looks) => {
  const looked: boolean[] = [];
  const screen = (text: string) => ({
    type: 'modal' as const,
    title: { type: 'plain_text' as const, text },
    blocks: [],
  });
  const { send } = givenDoor(
    (to) =>
      to.onSend({ id: 'name' }, async ({ show }) => {
        for (const text of ['One moment', 'Here']) looked.push(await show(screen(text)));
      }),
    { fails: [...fails] },
  );
  await send({ type: 'view_submission', view: { id: 'V1', callback_id: 'name', blocks: [] } });
  expect(looked).toEqual(looks);
});

test.each([
  ['could not be changed at once', ['internal_error'], [true, true, true], 0],
  ['could not be changed at all', ['internal_error', 'internal_error'], [true, false, true], 1],
  ['is refused', ['invalid_arguments'], [true, false, true], 1],
  ['was closed meanwhile', ['not_found', 'not_found'], [true, false, false], 0],
])(
  'what came after “one moment” in a window that %s is not told as failed, and a message says where it is stuck',
  async (_what, fails, looks, messages) => {
    const looked: boolean[] = [];
    const { send, posted, logged } = givenDoor(
      (to) =>
        to.onSend({ id: 'name' }, async ({ show }) => {
          for (const text of ['One moment', 'Here', 'There'])
            looked.push(await show({ type: 'modal', title: { type: 'plain_text', text }, blocks: [] }));
        }),
      { fails: [...fails] },
    );
    await send({ type: 'view_submission', view: { id: 'V1', callback_id: 'name', blocks: [] } });
    expect(looked).toEqual(looks);
    expect(posted).toHaveLength(messages);
    if (messages > 0) expect(JSON.stringify(posted)).toContain('still shows an earlier screen');
    expect(logged).toHaveLength(messages);
  },
);

test('a screen that has its own words for a message is told in them', async () => {
  const screen = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'T' }, blocks: [] };
  const { send, posted } = givenDoor(
    (to) =>
      to.onSend({ id: 'name' }, async ({ show }) => {
        await show(screen);
        await show(screen, { text: 'It is there.', blocks: [] });
      }),
    { fails: ['invalid_arguments'] },
  );
  await send({ type: 'view_submission', view: { id: 'V1', callback_id: 'name', blocks: [] } });
  expect(posted).toEqual([{ slackId: 'U1', text: 'It is there.', blocks: [] }]);
});

test('a click whose window was closed meanwhile is not told as failed', async () => {
  const { send, posted } = givenDoor(
    (to) => to.onClick('go', ({ answer }) => answer({ text: 'x', blocks: [] })),
    {
      fails: ['not_found'],
    },
  );
  await send({ ...click('go'), view: { id: 'V1', type: 'modal' } });
  expect(posted).toEqual([]);
});

test('several may listen to one event; each hears, whatever becomes of the others', async () => {
  const heard: string[] = [];
  const { send } = givenDoor((to) => {
    to.onEvent('app_home_opened', () => Promise.reject(new Error('broken')));
    to.onEvent('app_home_opened', ({ event }) => void heard.push(String(event.tab)));
  });
  await expect(send({ event: { type: 'app_home_opened', tab: 'home' } })).rejects.toThrow('broken');
  expect(heard).toEqual(['home']);
});

test.each<[string, Record<string, unknown>, string | undefined]>([
  ['a message', {}, 'https://chatr.slack.com/archives/C1ABC/p1700000000000100'],
  [
    'a reply in a thread',
    { message: { thread_ts: '1690000000.000200' } },
    'https://chatr.slack.com/archives/C1ABC/p1700000000000100?thread_ts=1690000000.000200&cid=C1ABC',
  ],
  [
    'what begins a thread',
    { message: { thread_ts: '1700000000.000100' } },
    'https://chatr.slack.com/archives/C1ABC/p1700000000000100',
  ],
  ['an organisation without a workspace', { team: null }, undefined],
  ['a domain that is none', { team: { domain: 'evil.example/' } }, undefined],
  ['a channel that is none', { channel: { id: '../x' } }, undefined],
  ['no message', { message: undefined }, undefined],
  ['a time that is none', { message_ts: 'now' }, undefined],
])('a shortcut on %s comes with its address', async (_, change, expected) => {
  const heard: unknown[] = [];
  const { send } = givenDoor((to) => to.onShortcut('on', ({ address }) => void heard.push(address)));
  await send({
    type: 'message_action',
    callback_id: 'on',
    team: { domain: 'chatr' },
    channel: { id: 'C1ABC' },
    message: {},
    message_ts: '1700000000.000100',
    ...change,
  });
  expect(heard).toEqual([expected]);
});
