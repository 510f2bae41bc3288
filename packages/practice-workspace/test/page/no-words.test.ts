import { expect, test } from 'vitest';
import { needsNoWords } from '../../src/page/no-words.ts';
import type { Act, Snapshot, ViewSummary } from '../../src/protocol.ts';

const view = (id: string, blocks: ViewSummary['blocks'] = []): ViewSummary => ({
  id,
  type: 'modal',
  callbackId: '',
  blocks,
  state: {},
  errors: {},
  notifyOnClose: false,
});
const button = (blockId: string, actionId: string): ViewSummary['blocks'][number] => ({
  type: 'actions',
  block_id: blockId,
  elements: [{ type: 'button', action_id: actionId }],
});
const seen = (what: Partial<Snapshot>) =>
  ({ notices: [], modals: [], messages: {}, home: null, ...what }) as unknown as Snapshot;
const press = (surface: Extract<Act, { do: 'act' }>['surface']): Act => ({
  do: 'act',
  surface,
  blockId: 'row',
  actionId: 'go',
  value: {},
});
const error = 'It did not work.';

test('a window that lies on top is told what went wrong; one that another covers, or that is gone, is not', () => {
  const acts: Act[] = [
    { do: 'close', viewId: 'V1', all: false },
    { do: 'submit', viewId: 'V1', values: {} },
  ];
  for (const act of acts) {
    expect(needsNoWords(act, error, seen({ modals: [view('V1')] }))).toBe(false);
    expect(needsNoWords(act, error, seen({ modals: [view('V1'), view('V2')] }))).toBe(true);
    expect(needsNoWords(act, error, seen({ modals: [] }))).toBe(true);
  }
});

test('a button that is still there is told what went wrong; one that has gone meanwhile is not', () => {
  const there = [
    { type: 'container', child_blocks: [button('row', 'go')] } as unknown as ViewSummary['blocks'][number],
  ];
  for (const blocks of [[button('row', 'go')], there])
    expect(
      needsNoWords(press({ kind: 'modal', viewId: 'V1' }), error, seen({ modals: [view('V1', blocks)] })),
    ).toBe(false);
  for (const blocks of [[], [button('row', 'other')], [button('other', 'go')]])
    expect(needsNoWords(press({ kind: 'home' }), error, seen({ home: view('H', blocks) }))).toBe(true);
  expect(needsNoWords(press({ kind: 'message', channel: 'C', ts: '1.0' }), error, seen({}))).toBe(true);
});

test('what Slack or the form says already is not said twice, and without a screen everything is said', () => {
  const act = press({ kind: 'home' });
  const home = view('H', [button('row', 'go')]);
  expect(needsNoWords(act, error, seen({ home, notices: [{ id: '1', text: error }] }))).toBe(true);
  expect(needsNoWords(act, error, seen({ home, notices: [{ id: '1', text: 'Something else' }] }))).toBe(
    false,
  );
  const wrong = { ...view('V1'), errors: { word: 'Please fill this in.' } };
  expect(needsNoWords({ do: 'submit', viewId: 'V1', values: {} }, error, seen({ modals: [wrong] }))).toBe(
    true,
  );
  expect(needsNoWords({ do: 'close', viewId: 'V1', all: false }, error, undefined)).toBe(false);
});
