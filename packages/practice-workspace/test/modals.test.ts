import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { expect, test } from 'vitest';
import { startBot } from './support.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

function form(change: Partial<ModalView> = {}): ModalView {
  return {
    type: 'modal',
    callback_id: 'form',
    private_metadata: 'kept',
    title: plain('A form'),
    submit: plain('Send'),
    notify_on_close: true,
    blocks: [
      {
        type: 'input',
        block_id: 'name',
        label: plain('Your name'),
        element: { type: 'plain_text_input', action_id: 'value', max_length: 10 },
      },
      {
        type: 'input',
        block_id: 'colour',
        optional: true,
        label: plain('Colour'),
        element: {
          type: 'static_select',
          action_id: 'value',
          options: [
            { text: plain('Red & blue'), value: 'mix' },
            { text: plain('Green'), value: 'green' },
          ],
        },
      },
    ],
    ...change,
  };
}

function opens(app: App, view: ModalView = form()): void {
  app.command('/try', async ({ ack, client, command }) => {
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view });
  });
}

test('what is filled in arrives in view.state, and an empty acknowledgement closes the modal', async () => {
  const seen: unknown[] = [];
  const { workspace } = await startBot((app) => {
    opens(app);
    app.view('form', async ({ ack, view, body }) => {
      seen.push(view.state.values, view.private_metadata, body.user.id);
      await ack();
    });
  });
  const robin = workspace.as('robin');
  await robin.command('/try');
  expect((await robin.next('modal')).title).toBe('A form');
  await robin.submit({ 'Your name': 'R & D', Colour: 'Red & blue' });
  expect(seen).toEqual([
    {
      name: { value: { type: 'plain_text_input', value: 'R & D' } },
      colour: {
        value: {
          type: 'static_select',
          selected_option: { text: plain('Red &amp; blue'), value: 'mix' },
        },
      },
    },
    'kept',
    robin.id,
  ]);
  expect(robin.modal()).toBeNull();
});

test('untouched inputs are null, and a required one keeps the modal from being sent', async () => {
  const seen: unknown[] = [];
  const { workspace } = await startBot((app) => {
    opens(app);
    app.view('form', async ({ ack, view }) => {
      seen.push(view.state.values.colour);
      await ack();
    });
  });
  const robin = workspace.as('robin');
  await robin.command('/try');
  expect(await robin.submit({}, { mayFail: true })).toMatchObject({ ok: false });
  expect(robin.modal()?.errors).toEqual({ name: 'Please complete this required field.' });
  expect(seen).toEqual([]);
  await robin.submit({ name: 'Robin' });
  expect(seen).toEqual([{ value: { type: 'static_select', selected_option: null } }]);
});

test('a text longer than the input allows stands in it, and cannot be sent', async () => {
  const seen: unknown[] = [];
  const { workspace } = await startBot((app) => {
    opens(app);
    app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, view }) => {
      await ack();
      seen.push(view.state.values.name?.value?.value);
    });
  });
  const robin = workspace.as('robin');
  await robin.command('/try');
  await expect(robin.submit({ name: '12345678901' })).rejects.toThrow('10 characters or fewer');
  await robin.closeModal();
  expect(seen).toEqual(['12345678901']);
});

test('errors stay with the field, and what was typed stays too', async () => {
  const { workspace } = await startBot((app) => {
    opens(app);
    app.view('form', async ({ ack }) => ack({ response_action: 'errors', errors: { name: 'Not that one' } }));
  });
  const robin = workspace.as('robin');
  await robin.command('/try');
  await robin.submit({ name: 'Robin' });
  expect(robin.modal()).toMatchObject({
    errors: { name: 'Not that one' },
    state: { name: { value: { value: 'Robin' } } },
  });
});

test('errors for a block that is no input are trouble connecting', async () => {
  const { workspace } = await startBot((app) => {
    opens(app);
    app.view('form', async ({ ack }) => ack({ response_action: 'errors', errors: { nowhere: 'x' } }));
  });
  const robin = workspace.as('robin');
  await robin.command('/try');
  await robin.submit({ name: 'Robin' }, { mayFail: true });
  expect(robin.notices()).toEqual(['We had some trouble connecting. Try again?']);
  expect(robin.modal()?.state.name?.value).toMatchObject({ value: 'Robin' });
});

test('update keeps input where ids stay; push goes to three and no further; clear closes all', async () => {
  const answers: Parameters<Parameters<Parameters<App['view']>[1]>[0]['ack']>[0][] = [
    { response_action: 'update', view: form({ title: plain('Updated') }) },
    { response_action: 'push', view: form({ title: plain('Second') }) },
    { response_action: 'push', view: form({ title: plain('Third') }) },
    { response_action: 'push', view: form({ title: plain('Fourth') }) },
    { response_action: 'clear' },
  ];
  const { workspace } = await startBot((app) => {
    opens(app);
    app.view('form', async ({ ack }) => ack(answers.shift() as never));
  });
  const robin = workspace.as('robin');
  await robin.command('/try');
  await robin.submit({ name: 'Robin' });
  expect(robin.modal()).toMatchObject({ title: 'Updated', state: { name: { value: { value: 'Robin' } } } });
  await robin.submit();
  await robin.submit({ name: 'Two' });
  expect(robin.modals().map((view) => view.title)).toEqual(['Updated', 'Second', 'Third']);
  await robin.submit({ name: 'Three' }, { mayFail: true });
  expect(robin.modals()).toHaveLength(3);
  await robin.submit();
  expect(robin.modals()).toEqual([]);
});

test('closing tells the app only where it asked, and the × sends the root view', async () => {
  const closed: unknown[] = [];
  const { workspace } = await startBot((app) => {
    opens(app);
    app.view('form', async ({ ack }) =>
      ack({ response_action: 'push', view: form({ title: plain('Second'), callback_id: 'second' }) }),
    );
    app.view({ callback_id: /.*/, type: 'view_closed' }, async ({ ack, view, body }) => {
      closed.push([view.callback_id, 'is_cleared' in body && body.is_cleared]);
      await ack();
    });
  });
  const robin = workspace.as('robin');
  await robin.command('/try');
  await robin.submit({ name: 'Robin' });
  const viewId = robin.modal()?.id ?? '';
  await robin.closeModal();
  expect(closed).toEqual([['second', false]]);
  // Pressed again before the screen has followed.
  const press = { surface: { kind: 'modal', viewId }, blockId: 'any', actionId: 'any', value: {} } as const;
  for (const act of [
    { do: 'close', viewId, all: false },
    { do: 'submit', viewId, values: {} },
    { do: 'act', ...press },
  ] as const)
    expect(await workspace.act('robin', act)).toMatchObject({ ok: false, gone: true });
  await robin.submit();
  await robin.closeModal({ all: true });
  expect(closed).toEqual([
    ['second', false],
    ['form', true],
  ]);
});

test('a trigger works once, and only for a moment', async () => {
  const outcomes: string[] = [];
  const { workspace } = await startBot(
    (app) => {
      app.command('/try', async ({ ack, client, command }) => {
        await ack();
        const open = async () => {
          const { ok } = await client.views
            .open({ trigger_id: command.trigger_id, view: form() })
            .catch((error: { data: { error: string } }) => ({ ok: error.data.error }));
          outcomes.push(String(ok));
        };
        if (command.text === 'late') await new Promise((resolve) => setTimeout(resolve, 80));
        await open();
        await open();
      });
    },
    { triggerMs: 50 },
  );
  await workspace.as('robin').command('/try');
  expect(outcomes).toEqual(['true', 'exchanged_trigger_id']);
  await workspace.as('robin').command('/try late');
  expect(outcomes.slice(2)).toEqual(['expired_trigger_id', 'expired_trigger_id']);
});

test('buttons in a modal may push, a stale hash is refused, and select options come from the app', async () => {
  const outcomes: unknown[] = [];
  const { workspace } = await startBot((app) => {
    opens(
      app,
      form({
        blocks: [
          {
            type: 'actions',
            elements: [{ type: 'button', action_id: 'more', text: plain('R&D more'), value: 'v' }],
          },
          {
            type: 'input',
            block_id: 'who',
            label: plain('Who'),
            element: { type: 'external_select', action_id: 'pick', min_query_length: 2 },
          },
        ],
      }),
    );
    app.options('pick', async ({ ack, payload }) =>
      ack({ options: [{ text: plain(`${payload.value}!`), value: payload.value }] }),
    );
    app.action('more', async ({ ack, body, client, action }) => {
      await ack();
      if (body.type !== 'block_actions' || !body.view) return;
      outcomes.push('text' in action && action.text);
      await client.views.push({
        trigger_id: body.trigger_id,
        view: form({ title: plain('Pushed'), notify_on_close: false }),
      });
      await client.views
        .update({ view_id: body.view.id, hash: '0.old', view: form() })
        .catch((error: { data: { error: string } }) => outcomes.push(error.data.error));
    });
    app.view('form', async ({ ack, view }) => {
      outcomes.push(view.state.values.who);
      await ack();
    });
  });
  const robin = workspace.as('robin');
  await robin.command('/try');
  expect(await robin.options('Who', 'a')).toEqual([]);
  await robin.click('R&D more');
  expect(robin.modals()).toHaveLength(2);
  await robin.closeModal();
  await robin.choose('Who', 'ab');
  await robin.submit();
  expect(outcomes).toEqual([
    plain('R&amp;D more'),
    'hash_conflict',
    {
      pick: { type: 'external_select', selected_option: { text: plain('ab!'), value: 'ab' } },
    },
  ]);
});
