import type { Act, ActResult, Snapshot } from '../protocol.ts';

type Failure = Extract<ActResult, { ok: false }>;

/**
 * Whether nobody needs to read what went wrong: the press was for what has gone meanwhile, and what has come up instead is
 * the answer; or it stands where it belongs already.
 */
export function needsNoWords(act: Act, { error, gone }: Failure, now: Snapshot | undefined): boolean {
  if (gone || act.do === 'input' || act.do === 'options') return true;
  if (now?.notices.some((notice) => notice.text === error)) return true;
  if (act.do === 'submit') {
    const view = now?.modals.find((modal) => modal.id === act.viewId);
    return view !== undefined && Object.keys(view.errors).length > 0;
  }
  if (act.do !== 'command') return false;
  return (now?.messages[act.channel] ?? [])
    .slice(-3)
    .some((message) => message.fromSlack && message.text === error);
}
