import { expect, test } from 'vitest';
import { needsNoWords } from '../../src/page/no-words.ts';
import type { Act, Snapshot } from '../../src/protocol.ts';

const close: Act = { do: 'close', viewId: 'V1', all: false };
const submit: Act = { do: 'submit', viewId: 'V1', values: {} };
const error = 'It did not work.';
const failure = { ok: false, error } as const;
const seen = (what: object) => ({ notices: [], modals: [], messages: {}, ...what }) as unknown as Snapshot;

test('what was pressed and has gone meanwhile needs no words; everything else does, without a screen too', () => {
  for (const now of [seen({}), undefined]) {
    expect(needsNoWords(close, { ...failure, gone: true }, now)).toBe(true);
    expect(needsNoWords(close, failure, now)).toBe(false);
    expect(needsNoWords(submit, failure, now)).toBe(false);
  }
});

test('what Slack, the form or the conversation says already is not said twice', () => {
  expect(needsNoWords(close, failure, seen({ notices: [{ id: '1', text: error }] }))).toBe(true);
  expect(needsNoWords(close, failure, seen({ notices: [{ id: '1', text: 'Something else' }] }))).toBe(false);
  const view = { id: 'V1', errors: { word: 'Please fill this in.' } };
  expect(needsNoWords(submit, failure, seen({ modals: [view] }))).toBe(true);
  const command: Act = { do: 'command', channel: 'C1', text: '/none' };
  const said = { fromSlack: true, text: error };
  expect(needsNoWords(command, failure, seen({ messages: { C1: [said] } }))).toBe(true);
  expect(needsNoWords(command, failure, seen({ messages: { C1: [] } }))).toBe(false);
});
