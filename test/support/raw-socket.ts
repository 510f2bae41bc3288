import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type RawData, WebSocket, WebSocketServer } from 'ws';

export type RawSocket = {
  /** For the bot's `SLACK_API_URL`. */
  apiUrl: string;
  /** Sends anything as an envelope. Resolves when the bot acknowledges it, with what came with that. */
  send(type: string, payload: unknown): Promise<unknown>;
  /** Sends a frame that need not be an envelope, or JSON. */
  sendFrame(text: string): void;
};

const patienceMs = 3_000;

const textOf = (data: RawData): string => (data as Buffer).toString('utf8');

/**
 * Stands between the bot and the practice workspace, passes everything on, and can say what Slack never would. The
 * workspace listens on `port`.
 */
export async function givenRawSocket(port: number): Promise<RawSocket> {
  const bots = new Set<WebSocket>();
  const waiting = new Map<string, (payload: unknown) => void>();
  const server = createServer((request, response) => void passOn(request, response));
  const sockets = new WebSocketServer({ server });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
    const answer = await fetch(`http://127.0.0.1:${port}${request.url}`, {
      method: request.method ?? 'POST',
      headers: headers as Record<string, string>,
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    const text = await answer.text();
    const body = request.url?.includes('apps.connections.open')
      ? text.replace(`127.0.0.1:${port}`, own).replace(`localhost:${port}`, own)
      : text;
    response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' }).end(body);
  }

  sockets.on('connection', (bot, request) => {
    const slack = new WebSocket(`ws://127.0.0.1:${port}${request.url}`);
    slack.on('message', (data) => {
      bots.add(bot);
      bot.send(textOf(data));
    });
    bot.on('message', (data) => {
      const message = JSON.parse(textOf(data)) as { envelope_id?: string; payload?: unknown };
      const done = waiting.get(message.envelope_id ?? '');
      if (done) done(message.payload);
      else slack.send(textOf(data));
    });
    for (const [one, other] of [
      [bot, slack],
      [slack, bot],
    ] as const)
      one.on('close', () => {
        bots.delete(bot);
        other.close();
      });
  });

  const someBot = (): WebSocket => {
    const [bot] = bots;
    if (!bot) throw new Error('The bot is not connected.');
    return bot;
  };
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  });

  let count = 0;
  return {
    apiUrl: `http://${own}/api/`,
    send(type, payload) {
      count += 1;
      const id = `raw-${count}`;
      return new Promise((resolve, reject) => {
        const deadline = setTimeout(
          () => reject(new Error(`Not acknowledged: ${type} ${JSON.stringify(payload)}`)),
          patienceMs,
        );
        waiting.set(id, (answer) => {
          clearTimeout(deadline);
          waiting.delete(id);
          resolve(answer);
        });
        const envelope = { envelope_id: id, type, payload, accepts_response_payload: true };
        someBot().send(JSON.stringify(envelope));
      });
    },
    sendFrame: (text) => someBot().send(text),
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
