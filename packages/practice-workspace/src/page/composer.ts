import type { VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ConversationSummary } from '../protocol.ts';
import { useWorld } from './context.ts';
import { html, make } from './html.ts';
import { icon } from './icons.ts';
import { Menu } from './menu.ts';

type Props = { conversation: ConversationSummary; name: string; drafts: Map<string, string> };

/** Enter sends, Shift+Enter starts a line; a text that begins with a slash is a command. */
export function Composer({ conversation, name, drafts }: Props): VNode {
  const { snapshot, act } = useWorld();
  const draftKey = `${snapshot.me.id}:${conversation.id}`;
  const [text, setText] = useState(() => drafts.get(draftKey) ?? '');
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const [sending, setSending] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();

  useEffect(() => {
    drafts.set(draftKey, text);
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 200)}px`;
  }, [text, draftKey]);

  const typed = text.trimStart().toLocaleLowerCase();
  const suggestions =
    typed.startsWith('/') && !dismissed
      ? snapshot.commands.filter(({ command }) => command.startsWith(typed.split(/\s/)[0] ?? ''))
      : [];
  const inArguments = /^\/\S+\s/.test(typed);

  const complete = (command: string) => {
    setText(`${command} `);
    setActive(0);
    field.current?.focus();
  };
  const send = async () => {
    if (text.trim() === '' || sending) return;
    const { id: channel } = conversation;
    setSending(true);
    const isCommand = typed.startsWith('/');
    const unsent = text;
    setText('');
    const result = await act(
      isCommand
        ? { do: 'command', text: unsent.trim(), channel }
        : { do: 'post', text: unsent.trim(), channel },
    );
    setSending(false);
    // What somebody wrote is still there when it could not be sent, unless they have gone on typing.
    if (result.ok) return;
    setText((now) => now || unsent);
    // The list of commands would cover what Slack says about it.
    setDismissed(true);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const choosing = suggestions.length > 0 && !inArguments;
    const suggestion = suggestions[Math.min(active, suggestions.length - 1)];
    if (choosing && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setActive((active + (event.key === 'ArrowDown' ? 1 : suggestions.length - 1)) % suggestions.length);
    } else if (
      choosing &&
      suggestion &&
      (event.key === 'Tab' || event.key === 'Enter') &&
      !event.shiftKey &&
      suggestion.command !== typed.trim()
    ) {
      event.preventDefault();
      complete(suggestion.command);
    } else if (choosing && event.key === 'Escape') {
      event.preventDefault();
      setDismissed(true);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
  };
  const onInput = (event: Event) => {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    setText(event.target.value);
    setDismissed(false);
  };
  const shortcuts = snapshot.shortcuts
    .filter((shortcut) => shortcut.type === 'global')
    .map(({ name: label, description, callbackId }) => ({
      key: callbackId,
      label,
      description,
      choose: () => void act({ do: 'shortcut', callbackId }),
    }));
  const commands = snapshot.commands.map(({ command, description }) => ({
    key: command,
    label: command,
    description,
    choose: () => complete(command),
  }));
  const open = suggestions.length > 0;
  return html`<form class="composer" aria-label="Write a message" onSubmit=${(event: Event) => {
    event.preventDefault();
    void send();
  }}>
    ${
      open
        ? html`<div class="suggestions" id=${`${id}-list`} role="listbox" aria-label="Commands">${suggestions.map(
            (
              { command, description, usageHint },
              index,
            ) => html`<div key=${command} id=${`${id}-${index}`} role="option" class="suggestion"
              aria-selected=${index === active ? 'true' : 'false'} onMouseDown=${(event: Event) => event.preventDefault()} onClick=${() => complete(command)}>
              <b>${command}</b> <span class="usage">${usageHint}</span><span class="menu-description">${description}</span></div>`,
          )}</div>`
        : null
    }
    <div class="composer-box">
      ${make(Menu, {
        label: 'Shortcuts and commands',
        className: 'plain-icon composer-plus',
        groups: [
          { label: 'Shortcuts', items: shortcuts },
          { label: 'Commands', items: commands },
        ],
        empty: 'The app has no shortcuts yet.',
        children: icon('bolt'),
      })}
      <textarea ref=${field} dir="auto" rows="1" value=${text} placeholder=${`Message ${name}`} aria-label=${`Message ${name}`}
        role="combobox" aria-autocomplete="list" aria-expanded=${open ? 'true' : 'false'} aria-controls=${`${id}-list`}
        aria-activedescendant=${open ? `${id}-${Math.min(active, suggestions.length - 1)}` : undefined}
        onInput=${onInput} onKeyDown=${onKey}></textarea>
      <button type="submit" class="send" aria-label="Send" title="Send" aria-disabled=${text.trim() === '' ? 'true' : undefined}
        aria-busy=${sending ? 'true' : undefined}>${sending ? html`<span class="spinner"></span>` : icon('send')}</button>
    </div>
  </form>`;
}
