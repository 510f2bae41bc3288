import type { VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ConversationSummary } from '../protocol.ts';
import { useWorld } from './context.ts';
import { html, make } from './html.ts';
import { icon } from './icons.ts';
import { sendFile } from './live.ts';
import { Menu } from './menu.ts';

type Props = {
  conversation: ConversationSummary;
  /** What the field is called. */
  name: string;
  threadTs?: string;
  drafts: Map<string, string>;
};

type Attached = { id: string; name: string };

/** Enter sends, Shift+Enter starts a line; a text that begins with a slash is a command. */
export function Composer({ conversation, name, threadTs, drafts }: Props): VNode {
  const { snapshot, act, complain } = useWorld();
  const draftKey = `${snapshot.me.id}:${conversation.id}:${threadTs ?? ''}`;
  const [text, setText] = useState(() => drafts.get(draftKey) ?? '');
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const [sending, setSending] = useState(false);
  const [files, setFiles] = useState<Attached[]>([]);
  const [uploading, setUploading] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
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
    typed.startsWith('/') && !dismissed && threadTs === undefined
      ? snapshot.commands.filter(({ command }) => command.startsWith(typed.split(/\s/)[0] ?? ''))
      : [];
  const inArguments = /^\/\S+\s/.test(typed);

  const complete = (command: string) => {
    setText(`${command} `);
    setActive(0);
    field.current?.focus();
  };
  const isEmpty = text.trim() === '' && files.length === 0;
  const attach = async (event: Event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const chosen = [...(event.target.files ?? [])];
    event.target.value = '';
    setUploading(true);
    for (const file of chosen) {
      const result = await sendFile(snapshot.me.id, file);
      const { id, name: fileName } = (result.ok && result.file) || { id: '', name: '' };
      if (id !== '') setFiles((all) => [...all, { id, name: fileName }]);
      else if (!result.ok) complain(result.error);
    }
    setUploading(false);
    field.current?.focus();
  };
  const send = async () => {
    if (isEmpty || sending || uploading) return;
    const { id: channel } = conversation;
    setSending(true);
    const isCommand = typed.startsWith('/') && threadTs === undefined && files.length === 0;
    const unsent = text;
    const attached = files.map((file) => file.id);
    setText('');
    const result = await act(
      isCommand
        ? { do: 'command', text: unsent.trim(), channel }
        : {
            do: 'post',
            text: unsent.trim(),
            channel,
            ...(threadTs !== undefined && { threadTs }),
            ...(attached.length > 0 && { files: attached }),
          },
    );
    setSending(false);
    // What somebody wrote is still there when it could not be sent, unless they have gone on typing.
    if (result.ok) {
      setFiles((all) => all.filter((file) => !attached.includes(file.id)));
      return;
    }
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
  return html`<form class="composer" aria-label=${threadTs === undefined ? 'Write a message' : 'Write a reply'} onSubmit=${(
    event: Event,
  ) => {
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
    ${
      files.length > 0
        ? html`<ul class="attached" aria-label="Files to be sent">${files.map(
            (file) => html`<li key=${file.id} class="chip">${icon('file')}<span dir="auto">${file.name}</span>
              <button type="button" class="chip-remove" aria-label=${`Leave out ${file.name}`}
                onClick=${() => setFiles((all) => all.filter((one) => one.id !== file.id))}>${icon('cross')}</button></li>`,
          )}</ul>`
        : null
    }
    <div class="composer-box">
      ${
        threadTs === undefined
          ? make(Menu, {
              label: 'Shortcuts and commands',
              className: 'plain-icon composer-plus',
              groups: [
                { label: 'Shortcuts', items: shortcuts },
                { label: 'Commands', items: commands },
              ],
              empty: 'The app has no shortcuts yet.',
              children: icon('bolt'),
            })
          : null
      }
      <input ref=${picker} type="file" multiple hidden onChange=${attach} />
      <button type="button" class="plain-icon" aria-label="Attach a file" title="Attach a file" onClick=${() => picker.current?.click()}>${icon('clip')}</button>
      <textarea ref=${field} dir="auto" rows="1" value=${text} placeholder=${name} aria-label=${name}
        aria-autocomplete=${threadTs === undefined ? 'list' : undefined} aria-controls=${open ? `${id}-list` : undefined}
        aria-activedescendant=${open ? `${id}-${Math.min(active, suggestions.length - 1)}` : undefined}
        onInput=${onInput} onKeyDown=${onKey}></textarea>
      <button type="submit" class="send" aria-label="Send" title="Send" aria-disabled=${isEmpty ? 'true' : undefined}
        aria-busy=${sending || uploading ? 'true' : undefined}>${sending || uploading ? html`<span class="spinner"></span>` : icon('send')}</button>
    </div>
  </form>`;
}
