import type { Act, ActResult, Snapshot, Stage } from '../protocol.ts';
import { isObj } from './json.ts';

export type Connection = 'opening' | 'live' | 'reconnecting';
export type LiveListener = { snapshot(snapshot: Snapshot): void; connection(state: Connection): void };

/** A connection for one person's screen that comes back by itself, more patiently each time. */
export function openLive(person: string | undefined, listener: LiveListener): { close(): void } {
  let socket: WebSocket | undefined;
  let closed = false;
  let failures = 0;
  let seen = false;
  /** The server has answered, but as somebody else: ask again at once. */
  let answered = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const connect = () => {
    const address = new URL('/practice/live', location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    // Somebody from an earlier run of the workspace may be gone: every other time, let the server say who is there.
    if (person !== undefined && failures % 2 === 0) address.searchParams.set('as', person);
    socket = new WebSocket(address);
    socket.addEventListener('message', (event: MessageEvent<unknown>) => {
      const snapshot = closed ? undefined : readSnapshot(event.data);
      if (!snapshot) return;
      failures = 0;
      answered = false;
      if (
        person !== undefined &&
        snapshot.me.id !== person &&
        snapshot.people.some(({ id }) => id === person)
      ) {
        // They are there after all: the workspace was only away for a moment.
        answered = true;
        socket?.close();
        return;
      }
      seen = true;
      listener.connection('live');
      listener.snapshot(snapshot);
    });
    socket.addEventListener('close', () => {
      if (closed) return;
      listener.connection(seen ? 'reconnecting' : 'opening');
      timer = setTimeout(connect, answered ? 0 : Math.min(8_000, 250 * 2 ** failures));
      failures = answered ? 0 : failures + 1;
      answered = false;
    });
  };
  connect();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      // Closed before it is open, the browser would complain in the console.
      if (socket?.readyState === WebSocket.CONNECTING) socket.addEventListener('open', () => socket?.close());
      else socket?.close();
    },
  };
}

function readSnapshot(data: unknown): Snapshot | undefined {
  if (typeof data !== 'string') return undefined;
  const parsed: unknown = JSON.parse(data);
  // Both come from the same installation, so the shape is not checked field by field.
  return isObj(parsed) && 'revision' in parsed ? (parsed as Snapshot) : undefined;
}

const noAnswer: ActResult = {
  ok: false,
  error: 'The practice workspace did not answer. Is it still running? What you typed is still here.',
};

async function post(path: string, body: unknown): Promise<ActResult> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    return isObj(answer) && 'ok' in answer ? (answer as ActResult) : noAnswer;
  } catch {
    return noAnswer;
  }
}

export function sendAct(as: string, act: Act): Promise<ActResult> {
  return post('/practice/act', { as, act });
}

/** Uploads a file for a message or a form; answers with its id. */
export async function sendFile(as: string, file: File): Promise<ActResult> {
  const query = new URLSearchParams({ as, name: file.name });
  try {
    const response = await fetch(`/practice/upload?${query}`, { method: 'POST', body: file });
    const answer: unknown = await response.json();
    return isObj(answer) && 'ok' in answer ? (answer as ActResult) : noAnswer;
  } catch {
    return noAnswer;
  }
}

export function sendStage(stage: Stage): Promise<ActResult> {
  return post('/practice/stage', { stage });
}
