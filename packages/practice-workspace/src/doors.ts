import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { answerJson, answerText, maxBytes, readBody } from './http.ts';
import { isObject, parseJson, textOf } from './json.ts';
import { pageFile, pagePolicy, typeOf, vendorFile } from './page-files.ts';
import type { Act, ActResult, Snapshot, Stage } from './protocol.ts';
import { storeFile } from './stored-files.ts';
import type { World } from './world.ts';

const movingPauseMs = 150;

/** A website of the app's, for the visitor: its name, and its files by their names. The sidebar leads to it. */
export type Site = {
  name: string;
  files: { get(name: string): string | undefined | Promise<string | undefined> };
};

export type DoorParts = {
  world: World;
  act: (as: string, act: Act) => Promise<ActResult>;
  stage: (stage: Stage) => Promise<ActResult>;
  snapshot: (user: string) => Snapshot;
  /** Whether the clock is moving. */
  isMoving: () => boolean;
  /** Read the page's files anew each time. */
  reload: boolean;
  /** The website's files, by their names. */
  site: Site['files'];
  /** The visitor is somebody now, or has opened a file of the website. */
  looked: (at: { person: string } | { site: string }) => void;
};

/** The page's doors, for a browser on this machine and nobody else; see the end of protocol.ts. */
export class Doors {
  readonly #parts: DoorParts;
  readonly #live = new WebSocketServer({ noServer: true });
  readonly #watching = new Map<WebSocket, string>();
  #due: Set<string> | 'everyone' | undefined;
  readonly #unsubscribe: () => void;

  constructor(parts: DoorParts) {
    this.#parts = parts;
    this.#unsubscribe = parts.world.onChange((audience) => {
      this.#changed(audience);
    });
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const path = decodeURIComponent(url.pathname);
    if (request.method === 'POST' && path === '/practice/act') return this.#act(request, response);
    if (request.method === 'POST' && path === '/practice/stage') return this.#stage(request, response);
    if (request.method === 'POST' && path === '/practice/upload')
      return this.#upload(request, response, url.searchParams);
    if (request.method !== 'GET')
      return answerJson(response, 405, { ok: false, error: 'method_not_allowed' });
    if (path.startsWith('/practice/files/'))
      return this.#file(response, path.slice('/practice/files/'.length));
    if (path === '/site' || path.startsWith('/site/')) return this.#site(response, path);
    const served = path.startsWith('/vendor/')
      ? await vendorFile(path.slice('/vendor/'.length))
      : await pageFile(path === '/' ? 'index.html' : path.replace(/^\/(page\/)?/, ''), this.#parts.reload);
    if (!served) return answerText(response, 404, 'text/plain; charset=utf-8', 'Not found');
    response.setHeader('x-content-type-options', 'nosniff');
    if (served.type.startsWith('text/html'))
      response.setHeader('content-security-policy', pagePolicy(served.body.toString()));
    answerText(response, 200, served.type, served.body);
  }

  async #site(response: ServerResponse, path: string): Promise<void> {
    if (path === '/site') {
      response.writeHead(301, { location: '/site/' }).end();
      return;
    }
    const name = path.slice('/site/'.length) || 'index.html';
    const body = await this.#parts.site.get(name);
    if (body === undefined) {
      answerText(response, 404, 'text/plain; charset=utf-8', 'Not found');
      return;
    }
    response.setHeader('x-content-type-options', 'nosniff');
    this.#parts.looked({ site: name });
    answerText(response, 200, typeOf(name), body);
  }

  async #act(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = parseJson((await readBody(request)).toString('utf8'));
    if (!isObject(body) || !isObject(body.act)) return answerJson(response, 400, malformed);
    answerJson(response, 200, await this.#parts.act(textOf(body.as), body.act as Act));
  }

  async #stage(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = parseJson((await readBody(request)).toString('utf8'));
    if (!isObject(body) || !isObject(body.stage)) return answerJson(response, 400, malformed);
    answerJson(response, 200, await this.#parts.stage(body.stage as Stage));
  }

  async #upload(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void> {
    const { world } = this.#parts;
    const person = world.people.get(query.get('as') ?? '');
    const name = (query.get('name') ?? '').replaceAll(/[\\/\p{Cc}]/gu, '_').slice(0, 255);
    const refuse = (error: string): void => answerJson(response, 200, { ok: false, error });
    if (!person || person.isBot || person.deleted) return refuse('Nobody like that is here.');
    if (Number(request.headers['content-length'] ?? 0) > maxBytes)
      return refuse('The file is larger than 32 MB, which is too much for the practice workspace.');
    const bytes = await readBody(request);
    if (name === '' || bytes.length === 0) return refuse('The file is empty.');
    const file = storeFile(world, { name, size: bytes.length, user: person.id, bytes });
    answerJson(response, 200, { ok: true, file: { id: file.id, name, size: file.size } });
  }

  #file(response: ServerResponse, id: string): void {
    const file = this.#parts.world.files.get(id);
    if (!file?.completed) {
      answerText(response, 404, 'text/plain; charset=utf-8', 'Not found');
      return;
    }
    const name = encodeURIComponent(file.name);
    response.setHeader('content-disposition', `attachment; filename*=UTF-8''${name}`);
    response.setHeader('x-content-type-options', 'nosniff');
    answerText(response, 200, file.mimetype, file.bytes);
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer, url: URL): void {
    const as = url.searchParams.get('as') ?? this.#anybody();
    if (!this.#parts.world.people.has(as)) {
      stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#live.handleUpgrade(request, stream, head, (socket) => {
      this.#watching.set(socket, as);
      socket.on('close', () => this.#watching.delete(socket));
      socket.on('error', () => socket.terminate());
      this.#parts.looked({ person: as });
      socket.send(JSON.stringify(this.#parts.snapshot(as)));
    });
  }

  /** For a page that does not know yet who is here. */
  #anybody(): string {
    const people = [...this.#parts.world.people.values()];
    return people.find((one) => !one.deleted && !one.isBot && one.id !== 'USLACKBOT')?.id ?? '';
  }

  /** Many changes in one turn become one snapshot. */
  #changed(audience: ReadonlySet<string> | 'everyone'): void {
    if (this.#watching.size === 0) return;
    const scheduled = this.#due !== undefined;
    if (audience === 'everyone' || this.#due === 'everyone') this.#due = 'everyone';
    else this.#due = new Set([...(this.#due ?? []), ...audience]);
    if (scheduled) return;
    // While the clock moves, something changes at each step, and nobody could follow.
    if (this.#parts.isMoving()) setTimeout(() => this.#send(), movingPauseMs);
    else setImmediate(() => this.#send());
  }

  #send(): void {
    const due = this.#due;
    this.#due = undefined;
    if (due === undefined) return;
    for (const [socket, user] of this.#watching)
      if ((due === 'everyone' || due.has(user)) && socket.readyState === socket.OPEN)
        socket.send(JSON.stringify(this.#parts.snapshot(user)));
  }

  stop(): void {
    this.#unsubscribe();
    for (const socket of this.#live.clients) socket.terminate();
    this.#live.close();
  }
}

const malformed: ActResult = { ok: false, error: 'That request makes no sense.' };
