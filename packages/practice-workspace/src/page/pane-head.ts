import type { VNode } from 'preact';
import type { ConversationSummary } from '../protocol.ts';
import { Avatar } from './avatar.ts';
import { useWorld } from './context.ts';
import { html, make } from './html.ts';
import { icon } from './icons.ts';
import { Menu } from './menu.ts';
import type { AppTab } from './route.ts';
import { writeRoute } from './route.ts';

type Props = {
  title: string;
  conversation: ConversationSummary | undefined;
  drawer: boolean;
  onDrawer: () => void;
};

const tabs: { tab: AppTab; label: string }[] = [
  { tab: 'home', label: 'Home' },
  { tab: 'messages', label: 'Messages' },
  { tab: 'about', label: 'About' },
];

/** Where one is, and what belongs to the place as a whole. */
export function PaneHead({ title, conversation, drawer, onDrawer }: Props): VNode {
  const { snapshot, place, act } = useWorld();
  const { me, app } = snapshot;
  const isChannel = conversation?.kind === 'channel' || conversation?.kind === 'private-channel';
  const bot = snapshot.people.find((person) => person.id === app.botUserId);
  const other = snapshot.people.find((person) => person.id === conversation?.with);
  const mark =
    place.kind === 'app'
      ? make(Avatar, { person: bot, size: 'small' })
      : conversation?.kind === 'dm'
        ? make(Avatar, { person: other, size: 'small' })
        : icon(conversation?.kind === 'private-channel' ? 'lock' : 'hash');
  const waiting = snapshot.conversations.find((one) => one.kind === 'app')?.unread ?? 0;
  return html`<header class="pane-head">
    <div class="pane-title">
      <button type="button" class="plain-icon drawer-button" aria-label="Channels and apps" aria-expanded=${drawer ? 'true' : 'false'} aria-controls="places" onClick=${onDrawer}>${icon('menu')}</button>
      ${mark}<h1 dir="auto">${title}</h1>
      ${isChannel && conversation ? html`<span class="members">${icon('person')}<span>${conversation.memberCount}</span><span class="visually-hidden"> members</span></span>` : null}
      ${conversation?.topic ? html`<p class="topic" dir="auto">${conversation.topic}</p>` : null}
      ${place.kind === 'conversation' && conversation?.kind === 'dm' && other?.title ? html`<p class="topic" dir="auto">${other.title}</p>` : null}
      ${
        isChannel && conversation?.isMember
          ? make(Menu, {
              label: 'About this channel',
              className: 'plain-icon pane-more',
              groups: [
                {
                  items: [
                    {
                      key: 'leave',
                      label: `Leave #${conversation.name}`,
                      danger: true,
                      choose: () => void act({ do: 'leave', channel: conversation.id }),
                    },
                  ],
                },
              ],
              children: icon('more'),
            })
          : null
      }
    </div>
    ${
      place.kind === 'app'
        ? html`<nav class="tabs" aria-label=${app.name}>${tabs.map(
            ({ tab, label }) =>
              html`<a href=${writeRoute(me.id, { kind: 'app', tab })} aria-current=${place.tab === tab ? 'page' : undefined}>${label}${
                tab === 'messages' && waiting > 0 && place.tab !== 'messages'
                  ? html`<span class="badge">${waiting}<span class="visually-hidden"> unread</span></span>`
                  : null
              }</a>`,
          )}</nav>`
        : null
    }
  </header>`;
}
