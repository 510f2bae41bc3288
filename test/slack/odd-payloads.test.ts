import { expect, test } from 'vitest';
import { acknowledgeUnheard, fillIn } from '../../src/slack/odd-payloads.ts';

async function acknowledged(body: Record<string, unknown>): Promise<unknown[]> {
  const said: unknown[] = [];
  await acknowledgeUnheard({ body, ack: async (answer?: unknown) => void said.push(answer) });
  return said;
}

test('a form nobody knows stays open, with the reason beside its first field', async () => {
  const blocks = [
    { type: 'section' },
    { type: 'input', block_id: 'words' },
    { type: 'input', block_id: 'more' },
  ];
  const [answer] = await acknowledged({ type: 'view_submission', view: { blocks } });
  expect(answer).toEqual({
    response_action: 'errors',
    errors: { words: expect.stringContaining('nothing was sent') },
  });
});

test('a form without fields closes, a command hears where to turn, a search offers nothing', async () => {
  expect(await acknowledged({ type: 'view_submission', view: {} })).toEqual([undefined]);
  expect(await acknowledged({ type: 'block_suggestion' })).toEqual([{ options: [] }]);
  expect(await acknowledged({ type: 'shortcut' })).toEqual([undefined]);
  const [answer] = await acknowledged({ command: '/chatr-old' });
  expect(answer).toMatchObject({ response_type: 'ephemeral' });
});

test('a view without state or metadata gets empty ones, and one that has them keeps them', () => {
  const bare = { view: {} };
  fillIn(bare);
  expect(bare).toEqual({ view: { private_metadata: '', state: { values: {} } } });
  const search = { type: 'block_suggestion' };
  fillIn(search);
  expect(search).toEqual({ type: 'block_suggestion', value: '' });
  const half = { view: { state: {}, private_metadata: 'x' } };
  fillIn(half);
  expect(half).toEqual({ view: { private_metadata: 'x', state: { values: {} } } });
  const full = { view: { private_metadata: 'x', state: { values: { a: 1 } } } };
  fillIn(full);
  expect(full).toEqual({ view: { private_metadata: 'x', state: { values: { a: 1 } } } });
});
