import { SocketModeClient, type SocketModeOptions } from '@slack/socket-mode';
import { type Network, type Opening, watched } from '../lib/network.ts';
import { isReady, jsonOf } from './ready.ts';

/** What came over a line: a payload, and the way to acknowledge it. */
export type Delivery = {
  body: unknown;
  ack(answer?: unknown): Promise<void>;
  retryNum: number | undefined;
  retryReason: string | undefined;
};

/**
 * One Socket Mode connection. Of the library it is the part that opens it, pings, and notices silence. Frames are read
 * here, since the library's reader throws at some where nobody can catch it, and lets an event's own name pass for a
 * change of the connection. It does not reconnect by itself either: what fails in that ends the process.
 * Emits `delivery`, `odd` for a frame that is no envelope, and the library's `connected` and `disconnected`.
 */
export class SocketLine extends SocketModeClient {
  readonly #opening: Opening;

  constructor(
    options: Omit<SocketModeOptions, 'autoReconnectEnabled'> & { dispatcher: Network['dispatcher'] },
  ) {
    const opening: Opening = { trouble: undefined, sockets: new Set() };
    super({ ...options, autoReconnectEnabled: false, dispatcher: watched(options.dispatcher, opening) });
    this.#opening = opening;
    // The library cannot close a dead one that came through a dispatcher of ours, and Slack allows an app only ten.
    this.on('close', () => {
      for (const socket of opening.sockets) socket.destroy();
      opening.sockets.clear();
    });
  }

  /** Why the last WebSocket did not open: the library says only that it did not. */
  get trouble(): unknown {
    return this.#opening.trouble;
  }

  /** Resolves when Slack has said hello. @throws when it did not open, with the reason in `trouble` where there is one. */
  override start(): ReturnType<SocketModeClient['start']> {
    this.#opening.trouble = undefined;
    return super.start();
  }

  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const frame = isBinary || typeof data !== 'string' ? undefined : recordIn(data);
    if (frame?.type === 'hello' || frame?.type === 'disconnect')
      return super.onWebSocketMessage(data, isBinary);
    if (typeof frame?.envelope_id !== 'string') {
      this.emit('odd');
      return;
    }
    const { envelope_id, payload, retry_attempt: retryNum, retry_reason: retryReason } = frame;
    const delivery: Delivery = {
      body: payload,
      ack: (answer) => this.#acknowledge(envelope_id, answer),
      retryNum: typeof retryNum === 'number' ? retryNum : undefined,
      retryReason: typeof retryReason === 'string' ? retryReason : undefined,
    };
    this.emit('delivery', delivery);
  }

  #acknowledge(envelopeId: string, answer: unknown): Promise<void> {
    return this.#send(
      isReady(answer)
        ? `{"envelope_id":${JSON.stringify(envelopeId)},"payload":${jsonOf(answer)}}`
        : // In one piece: what is put together is copied once more.
          JSON.stringify({ envelope_id: envelopeId, payload: answer ?? {} }),
    );
  }

  #send(json: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const { websocket } = this;
      if (!websocket?.isActive()) throw new Error('The connection is closed.');
      websocket.send(json, (error) => (error ? reject(error) : resolve()));
    });
  }
}

function recordIn(data: string): Record<string, unknown> | undefined {
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === 'object' && frame !== null ? (frame as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
