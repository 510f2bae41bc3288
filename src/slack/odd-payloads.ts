type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Puts in the empty fields that Slack promises where they lack, so that listeners can read them without asking. */
export function fillIn(body: object): void {
  if ('type' in body && body.type === 'block_suggestion') Object.assign(body, { value: '', ...body });
  if (!('view' in body) || !isFields(body.view)) return;
  const view: Fields = body.view;
  if (typeof view.private_metadata !== 'string') view.private_metadata = '';
  if (!isFields(view.state)) view.state = { values: {} };
  else if (!isFields(view.state.values)) view.state.values = {};
}

/**
 * Acknowledges what nobody listened to: a form or a command of another version. The first acknowledgement counts, so
 * after a listener's own this does nothing. A form stays open, with what was typed in it.
 */
export async function acknowledgeUnheard(args: { body: object; ack?: unknown }): Promise<void> {
  const { body } = args;
  const ack = args.ack as ((answer?: Fields) => Promise<void>) | undefined;
  if (ack === undefined) return;
  if ('command' in body)
    await ack({ response_type: 'ephemeral', text: 'I do not know this command. Try /chatr.' });
  else if ('type' in body && body.type === 'view_submission') await ack(keepOpen(body, outdated));
  else if ('type' in body && body.type === 'block_suggestion') await ack({ options: [] });
  else await ack();
}

/** A listener failed before it acknowledged: a form stays open, with what was typed in it; all else is told by message. */
export async function acknowledgeFailed(args: { body: object; ack?: unknown }): Promise<void> {
  const { body } = args;
  const ack = args.ack as ((answer?: Fields) => Promise<void>) | undefined;
  if (!ack || !('type' in body) || body.type !== 'view_submission') return;
  const errors = keepOpen(body, failed);
  // Without a field to say it beside, Slack's own words do.
  if (errors) await ack(errors);
}

const outdated =
  'This form is from before an update, and nothing was sent. Please copy what you wrote, close it, and open it again.';
const failed =
  'That did not finish, and it may not have been saved. What you entered is still here: please try again.';

/** An error can stand only beside an input. @see https://docs.slack.dev/surfaces/modals#displaying_errors */
function keepOpen(body: object, text: string): Fields | undefined {
  const blocks: unknown = 'view' in body && isFields(body.view) ? body.view.blocks : undefined;
  const input: unknown = Array.isArray(blocks)
    ? blocks.find((block) => isFields(block) && block.type === 'input')
    : undefined;
  if (!isFields(input) || typeof input.block_id !== 'string') return undefined;
  return { response_action: 'errors', errors: { [input.block_id]: text } };
}
