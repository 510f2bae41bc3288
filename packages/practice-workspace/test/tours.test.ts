import { expect, test } from 'vitest';
import { createPracticeWorkspace, type Tour, type Touring } from '../src/index.ts';
import { type Bot, manifest, startBot } from './support.ts';

const steps: Tour['steps'] = [
  {
    todo: 'Type `/try`',
    why: 'It answers.',
    as: 'robin',
    at: 'general',
    done: [{ on: 'command', what: '/try', saying: /^it/ }],
  },
  { todo: 'Get an answer', why: 'By whatever way.', done: [{ on: 'message', what: 'app', saying: /hello/ }] },
  { todo: 'Open the form', why: 'As Jo.', done: [{ on: 'window', saying: 'A form', by: 'jo' }] },
  { todo: 'Send the form', why: 'A whole one.', done: [{ on: 'send', what: 'form' }] },
  { todo: 'Press *More*', why: 'By its words.', done: [{ on: 'press', what: 'more', saying: 'More' }] },
  { todo: 'Anything', why: 'By a function.', done: [({ on, by }) => on === 'open' && by === 'sam'] },
  { todo: 'Go on', why: 'In time.', done: [{ on: 'clock' }] },
  {
    todo: 'Open the page',
    why: 'Beside it.',
    site: 'page.html',
    done: [
      { on: 'site', what: 'page.html' },
      { on: 'person', by: 'toni' },
    ],
  },
];
const tour: Tour = { id: 'all', title: 'For everybody', about: 'All there is', steps };
const plain = (text: string) => ({ type: 'plain_text' as const, text });

const given = (touring?: { begun: Touring | undefined; keep: (now: Touring) => void }): Promise<Bot> =>
  startBot(
    (app) => {
      app.command('/try', async ({ ack, body, client }) => {
        await ack();
        if (body.text === 'message')
          await client.chat.postMessage({ channel: body.user_id, text: 'Oh, hello.' });
        if (body.text !== 'form') return;
        await client.views.open({
          trigger_id: body.trigger_id,
          view: {
            type: 'modal',
            callback_id: 'form',
            title: plain('A form'),
            submit: plain('Send'),
            blocks: [
              {
                type: 'input',
                block_id: 'word',
                label: plain('A word'),
                element: { type: 'plain_text_input', action_id: 'word' },
              },
              {
                type: 'actions',
                elements: ['More', 'Less'].map((text) => ({
                  type: 'button' as const,
                  action_id: text === 'More' ? 'more' : 'less',
                  text: plain(text),
                })),
              },
            ],
          },
        });
      });
      app.action(/more|less/, ({ ack }) => ack());
      app.view('form', async ({ ack, view }) => {
        const isWrong = view.state.values.word?.word?.value === 'wrong';
        await (isWrong ? ack({ response_action: 'errors', errors: { word: 'Another, please.' } }) : ack());
      });
    },
    {
      tours: [tour],
      ...(touring && { touring }),
      site: { name: 'A site', files: { get: async (name) => (name === 'page.html' ? 'A page' : undefined) } },
      onForward: async () => undefined,
    },
  );

test('a step ticks itself off when what it is about has happened, whoever shows it, and not before', async () => {
  const { workspace } = await given();
  const [robin, jo, sam] = [workspace.as('robin'), workspace.as('jo'), workspace.as('sam')];
  const stage = async (what: object) =>
    (
      await fetch(`${workspace.url}/practice/stage`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ stage: what }),
      })
    ).json();
  const done = () =>
    (sam.snapshot().guide?.tours[0]?.steps ?? []).flatMap(({ isDone }, nth) => (isDone ? [nth] : []));

  expect(sam.snapshot().guide).toMatchObject({ isOpen: true, current: null });
  expect(sam.snapshot().guide?.tours[0]?.steps[0]).toMatchObject({
    as: robin.snapshot().me.id,
    at: workspace.channelId('general'),
  });
  await robin.command('/try other');
  await robin.command('/try form');
  expect(done(), 'other words, another person').toEqual([]);
  await robin.submit({ 'A word': 'wrong' });
  await robin.click('Less');
  expect(done(), 'a form that was not taken, another button').toEqual([]);
  await robin.click('More');
  await robin.submit({ 'A word': 'right' });
  await jo.command('/try form');
  expect(done()).toEqual([2, 3, 4]);
  await robin.command('/nothing it').catch(() => undefined);
  expect(done(), 'no such command').not.toContain(0);
  await robin.command('/try it works');
  await jo.command('/try message');
  await sam.openHome({ quiet: true });
  expect(done(), 'to pass by is no step of a tour that nobody is on').not.toContain(5);
  await stage({ do: 'tour', open: true, tour: 'all' });
  await sam.openHome({ quiet: true });
  await stage({ do: 'forward', minutes: 5 });
  expect(done()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect((await fetch(`${workspace.url}/site/other.html`)).status).toBe(404);
  expect(done()).not.toContain(7);
  expect(await (await fetch(`${workspace.url}/site/page.html`)).text()).toBe('A page');
  expect(done()).toContain(7);

  expect(await stage({ do: 'tour', open: false, tour: 'all' })).toEqual({ ok: true });
  expect(jo.snapshot().guide).toMatchObject({ isOpen: false, current: 'all' });
  await stage({ do: 'tour', open: true });
  expect(jo.snapshot().guide).toMatchObject({ isOpen: true, current: 'all' });
  expect(await stage({ do: 'tour', open: true, tour: 'none' })).toMatchObject({ ok: false });
  await stage({ do: 'tour', open: true, tour: 'all', again: true });
  expect(done()).toEqual([]);
});

test('what was done the last time is done already; each change can be kept', async () => {
  const kept: Touring[] = [];
  const begun = { current: 'all', done: { all: [3, 99], none: [0] } };
  const { workspace } = await given({ begun, keep: (now) => kept.push(now) });
  const guide = workspace.snapshot('jo').guide;
  expect(guide).toMatchObject({ isOpen: true, current: 'all' });
  expect(guide?.tours[0]?.steps.map(({ isDone }) => isDone).indexOf(true)).toBe(3);
  await workspace.as('robin').command('/try it works');
  expect(kept).toEqual([{ current: 'all', done: { all: [0, 3] } }]);
  const other = await given({ begun: { current: 'none', done: {} }, keep() {} });
  expect(other.workspace.snapshot('jo').guide, 'another version had other tours').toMatchObject({
    current: null,
  });
});

test('without tours there is no guide, and a tour of somebody who is not there is refused at the start', async () => {
  const { workspace } = await startBot();
  expect(workspace.as('jo').snapshot().guide).toBeNull();
  const nobody: Tour = { ...tour, steps: [{ todo: '', why: '', as: 'nobody', done: [] }] };
  await expect(createPracticeWorkspace({ manifest: manifest(), tours: [nobody] })).rejects.toThrow('nobody');
});
