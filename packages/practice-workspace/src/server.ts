import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebApi } from './api/web-api.ts';
import type { Doors } from './doors.ts';
import { answerJson, answerText, readBody } from './http.ts';
import { parseJson } from './json.ts';
import { statusOf } from './response-urls.ts';
import type { Slack } from './slack.ts';
import { SlackError } from './slack-error.ts';
import { canAppSee } from './stored-files.ts';

/** One HTTP server for everything Slack has on several hosts. On 127.0.0.1 only. */
export class PracticeServer {
  readonly #server: Server;
  #handle: ((request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>) | undefined;

  constructor(server = createServer()) {
    this.#server = server;
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        // A fault of the workspace itself: visible to whoever asked, and no end of the process.
        if (!response.headersSent)
          answerJson(response, 500, { ok: false, error: 'internal_error', practice: String(error) });
        else response.destroy();
      });
    });
  }

  async listen(port: number): Promise<string> {
    if (!this.#server.listening)
      await new Promise<void>((resolve, reject) => {
        this.#server.once('error', reject);
        this.#server.listen(port, '127.0.0.1', resolve);
      });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Opens the doors; before that everything is answered 503. */
  open(slack: Slack, api: WebApi, doors: Doors, botToken: string): void {
    this.#handle = async (request, response, url) => {
      const path = url.pathname;
      if (path.startsWith('/api/')) return api.handle(request, response, url);
      if (path.startsWith('/response/')) return respond(slack, request, response, path);
      if (path.startsWith('/upload/v1/')) return upload(slack, request, response, path);
      if (path.startsWith('/files-pri/')) return download(slack, request, response, path, botToken);
      if (!this.#isOwn(request)) return answerText(response, 403, 'text/plain', 'Forbidden');
      return doors.handle(request, response, url);
    };
    this.#server.on('upgrade', (request: IncomingMessage, stream, head: Buffer) => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (url.pathname === '/link/') slack.socket.upgrade(request, stream, head, url);
      else if (url.pathname === '/practice/live' && this.#isOwn(request))
        doors.upgrade(request, stream, head, url);
      else stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    });
  }

  /** Another site in the same browser must not act in the workspace, nor a name that was rebound to this machine. */
  #isOwn(request: IncomingMessage): boolean {
    const { port } = this.#server.address() as AddressInfo;
    const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
    const origin = request.headers.origin;
    if (!hosts.includes(request.headers.host ?? '')) return false;
    if (request.headers['sec-fetch-site'] === 'cross-site') return false;
    return origin === undefined || hosts.some((host) => origin === `http://${host}`);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (!this.#handle) return answerJson(response, 503, { ok: false, error: 'service_unavailable' });
    await this.#handle(request, response, url);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

/** A `response_url`: "ok", or a refusal with a status that says so. */
async function respond(
  slack: Slack,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  await slack.activity.during(async () => {
    const body = parseJson((await readBody(request)).toString('utf8'));
    const fault = slack.faults.forCall('response_url');
    if (fault?.kind === 'rate-limit' || fault?.kind === 'server-error')
      return answerJson(response, fault.kind === 'rate-limit' ? 429 : 503, {
        ok: false,
        error: 'service_unavailable',
      });
    try {
      slack.responseUrls.use(path.split('/').at(-1) ?? '', body);
      if (fault?.kind === 'drop-answer') response.destroy();
      else answerJson(response, 200, { ok: true });
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      answerJson(response, statusOf(error), { ok: false, error: error.code, ...error.details });
    }
  });
}

async function upload(
  slack: Slack,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  await slack.activity.during(async () => {
    const file = slack.world.files.get(path.split('/').at(-1) ?? '');
    if (!file || file.completed) return answerText(response, 404, 'text/plain', 'Not found');
    const fault = slack.faults.forCall('upload');
    if (fault?.kind === 'drop-request') return void response.destroy();
    if (fault?.kind === 'server-error') return answerText(response, 503, 'text/plain', 'Not now');
    const type = request.headers['content-type'] ?? '';
    const body = await readBody(request);
    file.bytes = type.startsWith('multipart/form-data') ? await firstPart(body, type) : body;
    if (file.bytes.length !== file.size) return answerText(response, 400, 'text/plain', 'Unexpected length');
    if (fault?.kind === 'drop-answer') return void response.destroy();
    answerText(response, 200, 'text/plain', `OK - ${file.size}`);
  });
}

async function firstPart(body: Buffer, type: string): Promise<Buffer> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  for (const part of form.values())
    return Buffer.from(typeof part === 'string' ? part : new Uint8Array(await part.arrayBuffer()));
  return Buffer.alloc(0);
}

/** Downloads need the bot token and files:read. /messaging/working-with-files */
async function download(
  slack: Slack,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  botToken: string,
): Promise<void> {
  const id = path.split('/')[2]?.split('-')[1] ?? '';
  const file = slack.world.files.get(id);
  const allowed =
    request.headers.authorization === `Bearer ${botToken}` && slack.world.app.scopes.has('files:read');
  if (!allowed || !file || !canAppSee(slack.world, file))
    return answerText(response, allowed ? 404 : 403, 'text/plain', 'Not for you');
  answerText(response, 200, file.mimetype, file.bytes);
}
