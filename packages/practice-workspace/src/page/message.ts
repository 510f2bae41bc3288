import type { VNode } from 'preact';
import type { MessageSummary } from '../protocol.ts';
import { Avatar } from './avatar.ts';
import { Blocks } from './blocks.ts';
import { useWorld } from './context.ts';
import { ownAddress } from './href.ts';
import { html, make } from './html.ts';
import { icon } from './icons.ts';
import { Menu } from './menu.ts';
import type { MessageLine } from './people.ts';
import { personName } from './people.ts';
import { Surface } from './surface.ts';
import { Mrkdwn } from './text.ts';
import { clockText, timeOfDay } from './time.ts';

export function Message({ line }: { line: MessageLine }): VNode {
  const { message, continues, reply } = line;
  const world = useWorld();
  const { snapshot, tz } = world;
  const author = world.people.get(message.user);
  const name = message.fromSlack ? 'Slackbot' : personName(author, message.user);
  const at = new Date(message.at);
  const time = html`<time datetime=${message.at} title=${clockText(at, tz)}>${timeOfDay(at, tz)}</time>`;
  const isApp = author?.isBot === true && !message.fromSlack;
  const looks = [
    reply && 'reply',
    continues && 'continues',
    message.ephemeral && 'ephemeral',
    message.fromSlack && 'from-slack',
  ];
  const blocks = message.blocks ?? [];
  return html`<article class=${['message', ...looks].filter(Boolean).join(' ')} data-ts=${message.ts} aria-label=${`${name}, ${clockText(at, tz)}`}>
    <div class="message-side">${
      continues
        ? time
        : message.fromSlack
          ? html`<span class="avatar avatar-medium avatar-slack" aria-hidden="true">S</span>`
          : make(Avatar, { person: author })
    }</div>
    <div class="message-main">
      ${message.ephemeral ? html`<p class="only-you">${icon('eye')}Only visible to you</p>` : null}
      ${
        continues
          ? null
          : html`<p class="message-head"><span class="author" dir="auto">${name}</span>${isApp ? html`<span class="app-tag">App</span>` : null}${
              author?.isGuest ? html`<span class="app-tag">Guest</span>` : null
            }${time}</p>`
      }
      ${make(Surface, {
        surface: { kind: 'message', channel: message.channel, ts: message.ts },
        name: `message:${snapshot.me.id}:${message.channel}:${message.ts}`,
        blocks,
        children:
          blocks.length > 0
            ? make(Blocks, { blocks })
            : message.text
              ? make(Mrkdwn, { text: message.text, dir: 'auto' })
              : null,
      })}
      ${message.edited ? html`<span class="edited">(edited)</span>` : null}
      ${message.files.map((file) => make(File, { key: file.id, file }))}
    </div>
    ${message.fromSlack || message.ephemeral ? null : make(MessageMenu, { message, name })}
  </article>`;
}

function MessageMenu({ message, name }: { message: MessageSummary; name: string }): VNode | null {
  const { snapshot, act } = useWorld();
  const shortcuts = snapshot.shortcuts.filter((shortcut) => shortcut.type === 'message');
  if (shortcuts.length === 0) return null;
  const items = shortcuts.map(({ name: label, description, callbackId }) => ({
    key: callbackId,
    label,
    description,
    choose: () =>
      void act({ do: 'shortcut', callbackId, message: { channel: message.channel, ts: message.ts } }),
  }));
  return html`<div class="message-tools">${make(Menu, {
    label: `Actions for this message from ${name}`,
    className: 'plain-icon',
    groups: [{ label: snapshot.app.name, items }],
    children: icon('more'),
  })}</div>`;
}

function File({ file }: { file: MessageSummary['files'][number] }): VNode {
  const address = ownAddress(file.url, location.origin);
  const words = html`${icon('file')}<span class="file-name" dir="auto">${file.name}<span class="quiet">${sizeText(file.size)}</span></span>`;
  return address
    ? html`<a class="file" href=${address} download=${file.name} aria-label=${`Download ${file.name}, ${sizeText(file.size)}`}>${words}${icon('download')}</a>`
    : html`<span class="file">${words}</span>`;
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
