import type { VNode } from 'preact';
import type { ConversationSummary } from '../protocol.ts';
import { Blocks } from './blocks.ts';
import { useWorld } from './context.ts';
import { Conversation } from './conversation.ts';
import { html, make } from './html.ts';
import type { AppTab } from './route.ts';
import { Surface } from './surface.ts';

type Props = {
  tab: AppTab;
  conversation: ConversationSummary | undefined;
  composerDrafts: Map<string, string>;
};

/** The app's own place: its Home tab, its direct messages, and what it says about itself. */
export function AppPane({ tab, conversation, composerDrafts }: Props): VNode {
  const { snapshot } = useWorld();
  if (tab === 'about') return make(About, {});
  if (tab === 'home') return make(Home, {});
  return conversation
    ? make(Conversation, { conversation, name: snapshot.app.name, composerDrafts })
    : html`<div class="page-pane"><p class="empty">${snapshot.app.name} has not opened a conversation with you yet.</p></div>`;
}

function Home(): VNode {
  const { snapshot } = useWorld();
  const { home, app, me } = snapshot;
  return html`<div class="page-pane" tabindex="0" role="region" aria-label=${`${app.name} Home`}><div class="page-inside">${
    home
      ? make(Surface, {
          key: me.id,
          surface: { kind: 'home' },
          name: `home:${me.id}`,
          blocks: home.blocks,
          state: home.state,
          children: make(Blocks, { blocks: home.blocks }),
        })
      : html`<p class="empty">${
          app.connected
            ? `${app.name} has not prepared this page yet. It does so when you first open it.`
            : `${app.name} prepares this page once it is connected.`
        }</p>`
  }</div></div>`;
}

function About(): VNode {
  const { snapshot } = useWorld();
  const { app, commands, shortcuts } = snapshot;
  const row = (name: string, hint: string, words: string, hintClass = 'usage') =>
    html`<div><dt><b>${name}</b> ${hint ? html`<span class=${hintClass}>${hint}</span>` : null}</dt><dd>${words}</dd></div>`;
  return html`<div class="page-pane" tabindex="0" role="region" aria-label=${`About ${app.name}`}><div class="page-inside about">
    <p>${app.description || 'An app of this practice workspace.'}</p>
    <p class=${`status ${app.connected ? 'on' : 'off'}`}>${app.connected ? 'Connected to this workspace' : 'Not connected'}</p>
    ${commands.length > 0 ? html`<h2 class="block-header">Commands</h2><dl>${commands.map((one) => row(one.command, one.usageHint, one.description))}</dl>` : null}
    ${
      shortcuts.length > 0
        ? html`<h2 class="block-header">Shortcuts</h2><dl>${shortcuts.map((one) => row(one.name, one.type === 'message' ? 'on a message' : '', one.description, 'quiet'))}</dl>`
        : null
    }
  </div></div>`;
}
