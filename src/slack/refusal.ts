import { type Answer, asModal } from './answer.ts';
import { inputsOf, type SlackView } from './form.ts';

/**
 * The answer to a window that was sent and not taken: it stays open, always, since an empty one would close it and lose
 * what was typed. An error can stand only beside an input; a window without one is replaced by one that says so.
 * @param problems by block id, or words for beside the first field.
 * @see https://docs.slack.dev/surfaces/modals#displaying_errors
 */
export function stayOpen(
  view: Pick<SlackView, 'blocks'>,
  problems: Readonly<Record<string, string>> | string,
) {
  const inputs = inputsOf(view.blocks);
  const [first] = inputs;
  const said = typeof problems === 'string' ? problems : Object.values(problems).join('\n');
  if (first === undefined)
    return { response_action: 'update', view: asModal({ text: '', blocks: [saying(said)] }) };
  // Slack takes no error beside a field that is not there, and then shows none at all.
  const placed = Object.entries(problems).filter(
    ([at]) => typeof problems !== 'string' && inputs.includes(at),
  );
  return {
    response_action: 'errors',
    errors: placed.length > 0 ? Object.fromEntries(placed) : { [first]: said },
  };
}

const saying = (text: string): Answer['blocks'][number] => ({
  type: 'section',
  text: { type: 'plain_text', text },
});

/**
 * What acknowledges a payload that is not taken, whatever it is.
 * @param words for a form; anything else has nothing that could be lost.
 */
export function refusalOf(body: unknown, words: string): object | undefined {
  if (!isRecord(body)) return undefined;
  if (body.type === 'view_submission')
    return stayOpen({ blocks: isRecord(body.view) && body.view.blocks }, words);
  return body.type === 'block_suggestion' ? { options: [] } : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
