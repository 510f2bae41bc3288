import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';

export type HealthReport = { isReady: boolean; metrics: Record<string, number> };

/**
 * The bot's own small page for whoever watches over it: `/healthz` (200 or 503) and `/metrics` (Prometheus text, numbers
 * only). Everything else goes to `otherwise`: Slack's requests, where the bot is reached over HTTP.
 */
export async function serveHealth(
  port: number,
  report: () => Promise<HealthReport>,
  otherwise?: RequestListener,
): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path !== '/healthz' && path !== '/metrics') {
      answerOther(request, response, otherwise);
      return;
    }
    report().then(
      ({ isReady, metrics }) => {
        const lines = Object.entries(metrics).map(([name, value]) => `chatr_${name} ${value}\n`);
        response.writeHead(path === '/metrics' || isReady ? 200 : 503, {
          'content-type': 'text/plain; charset=utf-8',
        });
        response.end(path === '/metrics' ? lines.join('') : isReady ? 'ready\n' : 'not connected to Slack\n');
      },
      () => response.writeHead(503).end('the database does not answer\n'),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve());
  });
  return server;
}

/** Slack's own paths are the receiver's; it throws at any other, and whoever scans the network must not end the bot. */
function answerOther(request: IncomingMessage, response: ServerResponse, otherwise?: RequestListener): void {
  try {
    if (otherwise) otherwise(request, response);
    else response.writeHead(404).end();
  } catch {
    if (!response.headersSent) response.writeHead(404).end();
  }
}
