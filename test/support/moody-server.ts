import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Mood = (request: IncomingMessage, response: ServerResponse) => void;

export type MoodyServer = {
  port: number;
  /** What was asked for, in order: "GET host/path". */
  asked: string[];
  userAgents: Set<string>;
  /** How a path answers from now on. */
  mood(path: string, mood: Mood | number): void;
};

export const redirect =
  (status: number, location: string): Mood =>
  (_request, response) =>
    void response.writeHead(status, { location }).end();

/** A web server on this machine that answers as it is told to, under any name that leads to it. */
export async function givenMoodyServer(): Promise<MoodyServer> {
  const moods = new Map<string, Mood | number>([['/robots.txt', 404]]);
  const asked: string[] = [];
  const userAgents = new Set<string>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(`${request.method} ${request.headers.host?.replace(/:\d+$/, '')}${path}`);
    userAgents.add(request.headers['user-agent'] ?? '');
    const mood = moods.get(path) ?? 200;
    if (typeof mood === 'number') response.writeHead(mood).end();
    else mood(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    userAgents,
    mood: (path, mood) => void moods.set(path, mood),
  };
}
