import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Answer, Envelope, Transport } from './delivery.ts';
import { isObject, parseJson, textOf } from './json.ts';
import type { Random } from './random.ts';

type Waiting = { socket: WebSocket; settle(answer: Answer): void };
export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

const maxConnections = 10;
const pingEveryMs = 5_000;
const goodbyeMs = 250;

/**
 * Socket Mode: up to ten connections, each payload to any one of them. /apis/events-api/using-socket-mode
 * Emits nothing of its own; whoever wants to know of connections gives `onChange`.
 */
export class SocketMode implements Transport {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #open = new Set<WebSocket>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #random: Random;
  readonly #appId: string;
  readonly #onChange: () => void;
  readonly #ping: NodeJS.Timeout;

  constructor(parts: { random: Random; appId: string; onChange: () => void }) {
    this.#random = parts.random;
    this.#appId = parts.appId;
    this.#onChange = parts.onChange;
    this.#ping = setInterval(() => {
      for (const socket of this.#open) socket.ping('Ping from Slack');
    }, pingEveryMs).unref();
  }

  /** A ticket for one connection, as `apps.connections.open` gives. */
  issueTicket(): string {
    const ticket = this.#random.token(40);
    this.#tickets.add(ticket);
    return ticket;
  }

  get connected(): boolean {
    return this.#open.size > 0;
  }

  get connections(): number {
    return this.#open.size;
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer, url: URL): void {
    const ticket = url.searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      stream.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, stream, head, (socket) => {
      this.#welcome(socket);
    });
  }

  #welcome(socket: WebSocket): void {
    socket.on('error', () => socket.terminate());
    if (this.#open.size >= maxConnections) {
      this.#disconnect(socket, 'too_many_websockets');
      return;
    }
    this.#open.add(socket);
    socket.on('message', (data: Buffer) => {
      this.#read(parseJson(data.toString('utf8')));
    });
    socket.on('close', () => {
      this.#open.delete(socket);
      for (const [id, waiting] of this.#waiting)
        if (waiting.socket === socket) {
          this.#waiting.delete(id);
          waiting.settle({ kind: 'unreachable' });
        }
      this.#onChange();
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#open.size,
        debug_info: { host: 'practice', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: this.#appId },
      }),
    );
    this.#onChange();
  }

  #read(message: unknown): void {
    if (!isObject(message)) return;
    const id = textOf(message.envelope_id);
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    waiting.settle({ kind: 'acked', payload: message.payload });
  }

  send(envelope: Envelope, deadline: number): Promise<Answer> {
    const sockets = [...this.#open];
    const socket = sockets[this.#random.below(sockets.length)];
    if (!socket) return Promise.resolve({ kind: 'unreachable' });
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(envelope.envelope_id);
        resolve({ kind: 'timeout' });
      }, deadline);
      this.#waiting.set(envelope.envelope_id, {
        socket,
        settle: (answer) => {
          clearTimeout(timer);
          resolve(answer);
        },
      });
      socket.send(JSON.stringify(envelope));
    });
  }

  sendFrame(text: string): void {
    [...this.#open][0]?.send(text);
  }

  breakOne(): void {
    [...this.#open][0]?.terminate();
  }

  /** Asks connections to go, as Slack does every few hours; `link_disabled` means for good. */
  refresh(reason: DisconnectReason, which: 'one' | 'all' = 'all'): void {
    const sockets = [...this.#open];
    for (const socket of which === 'all' ? sockets : sockets.slice(0, 1)) this.#disconnect(socket, reason);
  }

  #disconnect(socket: WebSocket, reason: DisconnectReason): void {
    // No new payload goes to a connection that was asked to leave.
    this.#open.delete(socket);
    socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'practice' } }));
    // A `warning` leaves about ten seconds; the others close at once. A client that closes first is not hurt.
    const timer = setTimeout(() => socket.close(), reason === 'warning' ? 10_000 : 50).unref();
    socket.once('close', () => clearTimeout(timer));
    this.#onChange();
  }

  /** Says goodbye to each connection, and after a moment goes anyway. */
  async stop(): Promise<void> {
    clearInterval(this.#ping);
    const sockets = [...this.#server.clients];
    const closed = sockets.map((socket) => {
      const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      socket.close(1001);
      return gone;
    });
    const moment = new Promise<void>((resolve) => {
      setTimeout(resolve, goodbyeMs).unref();
    });
    await Promise.race([Promise.all(closed), moment]);
    for (const socket of sockets) socket.terminate();
    for (const waiting of this.#waiting.values()) waiting.settle({ kind: 'unreachable' });
    this.#waiting.clear();
    this.#server.close();
  }
}
