import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

type Behaviour = 'pass' | 'silent' | number;

export type ConnectProxy = {
  address: string;
  /** What it was asked to connect to, in order, with the name and password that came along. */
  asked: { target: string; authorization: string | undefined }[];
  /** How it answers from now on, to targets that match: a number refuses with that status. */
  behave(how: Behaviour, targets?: RegExp): void;
  /**
   * Passes nothing on any more in the tunnels that carry a WebSocket, and keeps them open, as a network that has died.
   * @returns how many of them the program still keeps open.
   */
  freezeWebSockets(): { stillOpen(): number };
  /** Cuts every tunnel. */
  cut(): void;
};

/** A proxy as companies have them. It knows every name, and each leads to this machine. */
export async function givenConnectProxy(): Promise<ConnectProxy> {
  const asked: ConnectProxy['asked'] = [];
  const tunnels = new Map<Socket, Socket>();
  const webSockets = new WeakSet<Socket>();
  const waiting = new Set<Socket>();
  let rules: { targets: RegExp; how: Behaviour }[] = [];
  // Whoever asks without CONNECT would be seen by the proxy: nobody may.
  const server = createServer((_request, response) => response.writeHead(501).end());
  server.on('connect', (request, client: Socket) => {
    const target = request.url ?? '';
    asked.push({ target, authorization: request.headers['proxy-authorization'] });
    client.on('error', () => {});
    const how = rules.find(({ targets }) => targets.test(target))?.how ?? 'pass';
    if (how === 'silent') return void waiting.add(client);
    if (how !== 'pass') return void client.end(`HTTP/1.1 ${how} Refused\r\n\r\n`);
    const far = connect(Number(target.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.once('data', (first: Buffer) => {
        if (/upgrade: websocket/i.test(first.toString())) webSockets.add(client);
      });
      client.pipe(far).pipe(client);
    });
    tunnels.set(client, far);
    far.on('error', () => client.destroy());
    client.on('close', () => {
      tunnels.delete(client);
      far.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const client of [...tunnels.keys(), ...waiting]) client.destroy();
  };
  onTestFinished(() => {
    cut();
    server.closeAllConnections();
    server.close();
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    behave(how, targets = /./) {
      rules = [{ targets, how }, ...rules];
    },
    freezeWebSockets() {
      const frozen = [...tunnels].filter(([client]) => webSockets.has(client));
      for (const [client, far] of frozen) {
        client.unpipe(far);
        far.unpipe(client);
        // The server that made it would keep it half open.
        client.once('end', () => client.destroy()).resume();
        far.resume();
      }
      return { stillOpen: () => frozen.filter(([client]) => tunnels.has(client)).length };
    },
    cut,
  };
}
