import type { VNode } from 'preact';
import type { MessageSummary } from '../protocol.ts';
import { useWorld } from './context.ts';
import { emojiFor, emojiWords } from './emoji.ts';
import { html } from './html.ts';
import type { MenuItem } from './menu.ts';
import { personName } from './people.ts';

/** Those that the menu of a message offers. */
const offered = ['+1', 'heart', 'tada', 'eyes', 'white_check_mark', 'pray'];

export const drawn = (name: string): string => emojiFor(name) ?? `:${name}:`;

/** Who reacted with what; pressed, one's own is added or taken back. */
export function Reactions({ message }: { message: MessageSummary }): VNode | null {
  const { snapshot, people, act } = useWorld();
  if (message.reactions.length === 0) return null;
  const { channel, ts } = message;
  return html`<div class="reactions" role="group" aria-label="Reactions">${message.reactions.map(
    ({ name, users }) => {
      const isMine = users.includes(snapshot.me.id);
      const who = users
        .map((id) => (id === snapshot.me.id ? 'you' : personName(people.get(id), id)))
        .join(', ');
      return html`<button key=${name} type="button" class="reaction" aria-pressed=${isMine ? 'true' : 'false'} title=${who}
      aria-label=${`${emojiWords(name)}, ${users.length}: ${who}`} onClick=${() => void act({ do: 'react', channel, ts, name })}>
      <span aria-hidden="true">${drawn(name)}</span><span class="reaction-count">${users.length}</span></button>`;
    },
  )}</div>`;
}

export function reactionItems(react: (name: string) => void): MenuItem[] {
  return offered.map((name) => ({
    key: name,
    label: drawn(name),
    name: `React with ${emojiWords(name).replace('+1', 'thumbs up')}`,
    choose: () => react(name),
  }));
}
