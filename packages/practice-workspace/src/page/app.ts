import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Act, Snapshot } from '../protocol.ts';
import { newsIn } from './announce.ts';
import { AppPane } from './app-pane.ts';
import { ConfirmDialog } from './confirm.ts';
import type { World } from './context.ts';
import { WorldContext } from './context.ts';
import { Conversation } from './conversation.ts';
import { Drafts } from './drafts.ts';
import { html, make } from './html.ts';
import type { Obj } from './json.ts';
import type { Connection } from './live.ts';
import { openLive, sendAct } from './live.ts';
import { ModalStack } from './modal.ts';
import { needsNoWords } from './no-words.ts';
import type { Notice } from './notices.ts';
import { Notices, NoticesContext } from './notices.ts';
import { PaneHead } from './pane-head.ts';
import { conversationName } from './people.ts';
import type { Place, Route } from './route.ts';
import { readRoute, writeRoute } from './route.ts';
import { Sidebar } from './sidebar.ts';
import { StageBar } from './stage-bar.ts';
import { TourPanel } from './tour.ts';

type Question = { confirm: Obj; answer: (goAhead: boolean) => void };

export function App(): VNode {
  const [route, setRoute] = useState<Route>(() => readRoute(location.hash));
  const [answer, setAnswer] = useState<{ to: string | undefined; snapshot: Snapshot } | undefined>(undefined);
  const [connection, setConnection] = useState<Connection>('opening');
  const [question, setQuestion] = useState<Question | undefined>(undefined);
  const [complaints, setComplaints] = useState<string[]>([]);
  const [drawer, setDrawer] = useState(false);
  const [news, setNews] = useState('');
  const drafts = useMemo(() => new Drafts(), []);
  const composerDrafts = useMemo(() => new Map<string, string>(), []);
  const last = useRef<Snapshot | undefined>(undefined);
  const acted = useRef(Number.NEGATIVE_INFINITY);

  useEffect(() => {
    const onHash = () => {
      setRoute(readRoute(location.hash));
      setDrawer(false);
    };
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, []);

  useEffect(() => {
    setConnection('opening');
    const live = openLive(route.person, {
      snapshot: (next) => {
        setNews((before) => newsIn(last.current, next) ?? before);
        last.current = next;
        setAnswer({ to: route.person, snapshot: next });
      },
      connection: setConnection,
    });
    return () => live.close();
  }, [route.person]);

  const snapshot = answer?.snapshot;
  const place: Place = placeIn(snapshot, route.place);
  const me = snapshot?.me.id;
  const address = me === undefined ? '' : writeRoute(me, place);
  const where = place.kind === 'app' ? place.tab : place.id;
  const here = snapshot?.conversations.find((one) =>
    place.kind === 'conversation' ? one.id === place.id : place.tab === 'messages' && one.kind === 'app',
  );

  // Who the server answered as, and where they are, stand in the address, so that a reload stays in place.
  // At once: somebody who has chosen a person meanwhile would be taken back.
  useLayoutEffect(() => {
    if (me === undefined || answer?.to !== route.person) return;
    if (location.hash !== address) history.replaceState(null, '', address);
    // Nobody was asked for, or somebody who is not there: then the server has chosen.
    if (route.person !== me) setRoute({ person: me, place });
  }, [me, address, answer?.to, route.person]);

  const isMe = me !== undefined && route.person === me;
  // Opening a place is something that the app and the unread counts hear about.
  useEffect(() => {
    if (!isMe || connection !== 'live') return;
    if (place.kind === 'app' && place.tab === 'home') void sendAct(me, { do: 'open-home' });
    else if (here) void sendAct(me, { do: 'open-messages', channel: here.id });
  }, [isMe, me, where, here?.id, connection]);
  useEffect(() => {
    const read = () => {
      if (isMe && here && here.unread > 0 && !document.hidden)
        void sendAct(me, { do: 'open-messages', channel: here.id });
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [isMe, here?.id, here?.unread]);

  const title = snapshot ? paneTitle(snapshot, place) : '';
  const unread = snapshot?.conversations.reduce((sum, one) => sum + one.unread, 0) ?? 0;
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${title ? `${title} · ` : ''}Practice workspace`;
  }, [title, unread]);

  if (!snapshot) {
    return html`<p class="opening" role="status">Opening the practice workspace…</p>`;
  }

  const complain = (text: string) =>
    setComplaints((all) => (all.includes(text) ? all : [...all.slice(-2), text]));
  const go = (next: Place) => {
    location.hash = writeRoute(snapshot.me.id, next);
  };
  const world: World = {
    snapshot,
    people: new Map(snapshot.people.map((person) => [person.id, person])),
    now: new Date(snapshot.now),
    tz: snapshot.me.tz || 'Europe/London',
    place,
    go,
    complain,
    drafts,
    acted,
    async follow(target) {
      const place = target.kind === 'person' ? await directWith(target.id) : target;
      const top = snapshot.modals.at(-1);
      if (!place) return;
      // A window would cover what was opened; one with a form may hold what somebody has typed.
      if (top?.submit !== undefined) {
        window.open(writeRoute(snapshot.me.id, place), '_blank', 'noopener');
        return;
      }
      if (top) await world.act({ do: 'close', viewId: top.id, all: true });
      go(place);
    },
    async act(act: Act) {
      if (act.do !== 'input' && act.do !== 'options') acted.current = performance.now();
      const result = await sendAct(snapshot.me.id, act);
      // The screen that goes with the answer may arrive a moment after it.
      if (!result.ok)
        setTimeout(() => needsNoWords(act, result, last.current) || complain(result.error), 120);
      return result;
    },
    ask: (confirm) =>
      new Promise((resolve) => {
        const answer = (goAhead: boolean) => {
          setQuestion(undefined);
          resolve(goAhead);
        };
        setQuestion({ confirm, answer });
      }),
  };
  const directWith = async (user: string): Promise<Place | undefined> => {
    const result = await world.act({ do: 'open-direct', user });
    return result.ok && result.channel ? { kind: 'conversation', id: result.channel } : undefined;
  };
  const notices: Notice[] = [
    ...snapshot.notices.map(({ id, text }) => ({
      id,
      text,
      dismiss: () => void sendAct(snapshot.me.id, { do: 'dismiss', noticeId: id }),
    })),
    ...complaints
      .filter((text) => !snapshot.notices.some((notice) => notice.text === text))
      .map((text) => ({
        id: text,
        text,
        dismiss: () => setComplaints((all) => all.filter((one) => one !== text)),
      })),
  ];
  const onPerson = (id: string) => {
    setComplaints([]);
    // A channel may be closed to the other person, but the app is there for everybody.
    const open =
      place.kind === 'app' ||
      snapshot.conversations.some((one) => one.kind === 'channel' && one.id === place.id);
    location.hash = writeRoute(id, open ? place : { kind: 'app', tab: 'home' });
  };
  const onGuided = (id: string, wanted: Place | undefined) => {
    if (!wanted) return onPerson(id);
    setComplaints([]);
    location.hash = writeRoute(id, wanted);
  };
  const onRead = (id: string) => {
    setComplaints([]);
    location.hash = writeRoute(id, { kind: 'app', tab: 'messages' });
  };
  const appConversation = snapshot.conversations.find((one) => one.kind === 'app');
  const inside = html`
    <a class="skip" href="#main" onClick=${(event: Event) => {
      event.preventDefault();
      document.getElementById('main')?.focus();
    }}>Skip to the conversation</a>
    ${make(StageBar, { snapshot, reconnecting: connection === 'reconnecting', onPerson, onRead, complain })}
    <div class="beside"><div class="slack" inert=${!isMe}>
      ${make(Sidebar, { open: drawer, onChoose: () => setDrawer(false) })}
      ${drawer ? html`<div class="drawer-shade" onClick=${() => setDrawer(false)}></div>` : null}
      <main class="pane" id="main" tabindex="-1" aria-label=${title}>
        ${make(PaneHead, { title, conversation: here, drawer, onDrawer: () => setDrawer(!drawer) })}
        ${snapshot.modals.length === 0 ? make(Notices, {}) : null}
        ${
          place.kind === 'app'
            ? make(AppPane, {
                key: snapshot.me.id,
                tab: place.tab,
                conversation: appConversation,
                composerDrafts,
              })
            : here
              ? make(Conversation, {
                  key: here.id,
                  conversation: here,
                  name: conversationName(here, snapshot),
                  composerDrafts,
                })
              : html`<div class="page-pane"><p class="empty">This conversation is not open to you.</p></div>`
        }
      </main>
    </div>
    ${snapshot.guide?.isOpen ? make(TourPanel, { guide: snapshot.guide, onPerson: onGuided }) : null}</div>
    ${make(ModalStack, { views: snapshot.modals, covered: question !== undefined })}
    ${question ? make(ConfirmDialog, question) : null}
    <p class="visually-hidden" role="status" aria-live="polite">${news}</p>`;
  return html`<${WorldContext.Provider} value=${world}><${NoticesContext.Provider} value=${notices}>${inside}<//><//>`;
}

function placeIn(snapshot: Snapshot | undefined, wanted: Place | undefined): Place {
  const found = snapshot?.conversations.find(
    (one) => wanted?.kind === 'conversation' && one.id === wanted.id,
  );
  // The app's direct message is one of its tabs.
  if (found?.kind === 'app') {
    const { at, thread } = wanted ?? {};
    return { kind: 'app', tab: 'messages', ...(at && { at }), ...(thread && { thread }) };
  }
  return wanted ?? { kind: 'app', tab: 'home' };
}

function paneTitle(snapshot: Snapshot, place: Place): string {
  if (place.kind === 'app') return snapshot.app.name;
  const conversation = snapshot.conversations.find((one) => one.id === place.id);
  return conversation ? conversationName(conversation, snapshot) : 'Conversation';
}
