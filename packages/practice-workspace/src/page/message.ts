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
import { PersonButton } from './person-card.ts';
import { Reactions, reactionItems } from './reactions.ts';
import { withThread } from './route.ts';
import { Surface } from './surface.ts';
import { Mrkdwn } from './text.ts';
import { clockText, dayText, timeOfDay } from './time.ts';

export function Message({ line, inThread }: { line: MessageLine; inThread: boolean }): VNode {
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
          : html`<p class="message-head">${
              author && !message.fromSlack
                ? make(PersonButton, { person: author, className: 'author', children: name })
                : html`<span class="author" dir="auto">${name}</span>`
            }${isApp ? html`<span class="app-tag">App</span>` : null}${
              author?.isGuest ? html`<span class="app-tag">Guest</span>` : null
            }${time}</p>`
      }
      ${message.fromSlack || message.ephemeral ? null : make(MessageMenu, { message, name, inThread })}
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
      ${make(Reactions, { message })}
      ${line.replies.length > 0 ? make(Replies, { message, replies: line.replies }) : null}
    </div>
  </article>`;
}

/** Leads to the thread. */
function Replies({
  message,
  replies,
}: {
  message: MessageSummary;
  replies: readonly MessageSummary[];
}): VNode {
  const { people, place, go, now, tz } = useWorld();
  const authors = [...new Set(replies.map(({ user }) => user))].slice(0, 3);
  const last = new Date(replies.at(-1)?.at ?? message.at);
  const when = `${dayText(last, now, tz)}, ${timeOfDay(last, tz)}`;
  return html`<button type="button" class="replies" onClick=${() => go(withThread(place, message.ts))}>
    ${authors.map((id) => make(Avatar, { key: id, person: people.get(id), size: 'small' }))}
    <b>${replies.length === 1 ? '1 reply' : `${replies.length} replies`}</b><span class="quiet">${when}</span></button>`;
}

type MessageMenuProps = { message: MessageSummary; name: string; inThread: boolean };

function MessageMenu({ message, name, inThread }: MessageMenuProps): VNode {
  const { snapshot, act, place, go } = useWorld();
  const { channel, ts } = message;
  const shortcuts = snapshot.shortcuts
    .filter((shortcut) => shortcut.type === 'message')
    .map(({ name: label, description, callbackId }) => ({
      key: callbackId,
      label,
      description,
      choose: () => void act({ do: 'shortcut', callbackId, message: { channel, ts } }),
    }));
  const conversation = snapshot.conversations.find(({ id }) => id === channel);
  const takesPart = conversation?.isMember === true && !conversation.archived;
  const reply = {
    key: 'reply',
    label: 'Reply in thread',
    choose: () => go(withThread(place, message.threadTs ?? ts)),
  };
  const groups = [
    {
      label: 'React',
      row: true,
      items: takesPart ? reactionItems((emoji) => void act({ do: 'react', channel, ts, name: emoji })) : [],
    },
    { items: takesPart && !inThread ? [reply] : [] },
    { label: snapshot.app.name, items: shortcuts },
  ];
  return html`<div class="message-tools">${make(Menu, {
    label: `Actions for this message from ${name}`,
    className: 'plain-icon',
    groups,
    children: icon('more'),
  })}</div>`;
}

function File({ file }: { file: MessageSummary['files'][number] }): VNode {
  const address = ownAddress(file.url, location.origin);
  const words = html`<span class="file-name" dir="auto">${file.name} <span class="quiet">${sizeText(file.size)}</span></span>`;
  const picture =
    address && /^image\/(png|jpeg|gif|webp)$/.test(file.mimetype)
      ? html`<img class="file-picture" src=${address} alt=${file.name} loading="lazy" />`
      : null;
  return address
    ? html`<span class="file-place">${picture}<a class="file" href=${address} download=${file.name}>${icon('file')}<span class="visually-hidden">Download </span>${words}${icon('download')}</a></span>`
    : html`<span class="file">${icon('file')}${words}</span>`;
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
