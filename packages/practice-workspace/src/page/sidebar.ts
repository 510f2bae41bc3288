import type { VNode } from 'preact';
import type { ConversationSummary } from '../protocol.ts';
import { Avatar } from './avatar.ts';
import { useWorld } from './context.ts';
import { html, make } from './html.ts';
import { icon } from './icons.ts';
import { Menu } from './menu.ts';
import { conversationName } from './people.ts';
import type { Place } from './route.ts';
import { writeRoute } from './route.ts';

type Props = { open: boolean; onChoose: () => void };

export function Sidebar({ open, onChoose }: Props): VNode {
  const { snapshot, place, follow } = useWorld();
  const { conversations, me, app, workspace } = snapshot;
  const byName = (a: ConversationSummary, b: ConversationSummary) =>
    conversationName(a, snapshot).localeCompare(conversationName(b, snapshot), 'en-GB');
  const channels = conversations
    .filter((one) => (one.kind === 'channel' || one.kind === 'private-channel') && !one.archived)
    .sort(byName);
  const mine = channels.filter((one) => one.isMember);
  const others = channels.filter((one) => !one.isMember);
  // Opened and left without a word, it is nothing to find again.
  const isKept = ({ id }: ConversationSummary) =>
    (snapshot.messages[id] ?? []).length > 0 || (place.kind === 'conversation' && place.id === id);
  const direct = conversations.filter((one) => one.kind === 'dm' && isKept(one)).sort(byName);
  const writable = snapshot.people
    .filter((one) => !one.isBot && !one.deleted && one.id !== me.id && one.id !== 'USLACKBOT')
    .map((one) => ({
      key: one.id,
      label: one.realName || one.name,
      description: one.title,
      choose: () => void follow({ kind: 'person', id: one.id }),
    }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en-GB'));
  const withApp = conversations.find((one) => one.kind === 'app');

  const line = (
    target: Place,
    current: boolean,
    name: string,
    mark: VNode,
    unread: number,
    quiet = false,
  ) => html`<li>
    <a class=${`place${unread > 0 && !current ? ' unread' : ''}${quiet ? ' outside' : ''}`} href=${writeRoute(me.id, target)}
      aria-current=${current ? 'page' : undefined} onClick=${onChoose}>
      ${mark}<span class="place-name" dir="auto">${name}</span>
      ${unread > 0 && !current ? html`<span class="badge"><span aria-hidden="true">${unread}</span><span class="visually-hidden">, ${unread} unread</span></span>` : null}
    </a></li>`;
  const conversation = (one: ConversationSummary, quiet = false) => {
    const target: Place = { kind: 'conversation', id: one.id };
    const current = place.kind === 'conversation' && place.id === one.id;
    const person = snapshot.people.find((someone) => someone.id === one.with);
    const mark =
      one.kind === 'dm'
        ? make(Avatar, { person, size: 'small' })
        : icon(one.kind === 'private-channel' ? 'lock' : 'hash');
    return line(target, current, conversationName(one, snapshot), mark, one.unread, quiet);
  };
  const bot = snapshot.people.find((person) => person.id === app.botUserId);
  const unreadApp = withApp?.unread ?? 0;
  const appTarget: Place = { kind: 'app', tab: unreadApp > 0 ? 'messages' : 'home' };
  return html`<nav class=${`sidebar${open ? ' open' : ''}`} id="places" aria-label=${workspace.name}>
    <p class="workspace-name">${workspace.name}</p>
    <div class="sidebar-scroll">
      <h2 class="sidebar-heading" id="heading-apps">Apps</h2>
      <ul aria-labelledby="heading-apps">${line(appTarget, place.kind === 'app', app.name, make(Avatar, { person: bot, size: 'small' }), unreadApp)}</ul>
      <h2 class="sidebar-heading" id="heading-channels">Channels</h2>
      <ul aria-labelledby="heading-channels">${mine.map((one) => conversation(one))}</ul>
      ${mine.length === 0 ? html`<p class="sidebar-note">You are in no channel yet.</p>` : null}
      ${
        others.length > 0
          ? html`<h2 class="sidebar-heading" id="heading-others">Channels to join</h2>
              <ul aria-labelledby="heading-others">${others.map((one) => conversation(one, true))}</ul>`
          : null
      }
      <div class="sidebar-line"><h2 class="sidebar-heading" id="heading-direct">Direct messages</h2>
        ${make(Menu, { label: 'Write to somebody', className: 'sidebar-add', groups: [{ items: writable }], children: icon('plus') })}</div>
      <ul aria-labelledby="heading-direct">${direct.map((one) => conversation(one))}</ul>
      ${direct.length === 0 ? html`<p class="sidebar-note">No direct messages yet.</p>` : null}
      ${
        snapshot.site === null
          ? null
          : html`<h2 class="sidebar-heading" id="heading-site">Beside Slack</h2>
              <ul aria-labelledby="heading-site"><li><a class="place" href="/site/" target="_blank">
                ${icon('external')}<span class="place-name">${snapshot.site}</span><span class="visually-hidden"> (opens in a new tab)</span>
              </a></li></ul>`
      }
    </div>
  </nav>`;
}
