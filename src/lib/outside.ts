import { lookup as lookUp } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import type { ProxySettings } from './network.ts';
import { isPublicAddress } from './public-address.ts';

type Address = { address: string; family: number };

export type OutsideRules = {
  proxy?: ProxySettings | undefined;
  /** Whether a connection to this IP address may be made. Left out: only to the public internet. */
  mayConnect?: (address: string) => boolean;
  /** All addresses of a host. Left out: as this machine looks them up. */
  resolve?: (hostname: string) => Promise<Address[]>;
  /** How long an answer is waited for, in milliseconds. */
  patience?: number;
};

export type Asked = {
  method: 'HEAD' | 'GET';
  userAgent: string;
  signal: AbortSignal;
  /** How much of the body is wanted, in bytes; the rest is not fetched. Left out: nothing. */
  bodyBytes?: number;
};

export type Reply = {
  status: number;
  /** Where it sends the visitor instead, as it stands in the answer. */
  location: string | undefined;
  body: string;
};

/** A way to other people's web servers, of which nothing is trusted: not their names, not their answers. */
export type Outside = {
  /**
   * One request, without following where it is sent. The connection goes to an address that was looked at, and to no other
   * that the name may have a moment later.
   * @throws PrivateAddressError, or what the network says.
   */
  ask(url: URL, asked: Asked): Promise<Reply>;
  close(): Promise<void>;
};

/** The host is of a private network, or of this machine. */
export class PrivateAddressError extends Error {
  override name = 'PrivateAddressError';
  constructor() {
    super('This leads into a private network.');
  }
}

const connectMs = 10_000;
const usualPatience = 15_000;
const headerBytes = 16 * 1024;

export function createOutside({
  proxy,
  mayConnect = isPublicAddress,
  resolve = (hostname) => lookUp(hostname, { all: true }),
  patience = usualPatience,
}: OutsideRules = {}): Outside {
  /** All of them must do: a name with a private address among others is somebody's trick. */
  async function checked(hostname: string): Promise<Address[]> {
    const addresses = await resolve(hostname);
    if (addresses.length === 0 || !addresses.every(({ address }) => mayConnect(address)))
      throw new PrivateAddressError();
    return addresses;
  }

  // The socket connects to what is given back here, so no second look-up can say anything else.
  const lookup: LookupFunction = (hostname, { all }, callback) => {
    checked(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (all) callback(null, addresses);
        else callback(null, first?.address ?? '', first?.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
  const options = {
    connect: { lookup, timeout: connectMs },
    headersTimeout: patience,
    bodyTimeout: patience,
    maxHeaderSize: headerBytes,
    connections: 1,
  };
  const isProxied = proxy?.isOn === true;
  const dispatcher: Dispatcher = isProxied
    ? new EnvHttpProxyAgent({
        ...options,
        httpProxy: proxy.http ?? '',
        httpsProxy: proxy.https ?? '',
        noProxy: proxy.bypass,
      })
    : new Agent(options);

  return {
    async ask(url, { method, userAgent, signal, bodyBytes = 0 }) {
      const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
      // A literal address is never looked up. Where a proxy does the looking up, this is the only look there is.
      if (isIP(host) !== 0) {
        if (!mayConnect(host)) throw new PrivateAddressError();
      } else if (isProxied) await checked(host).catch(onlyPrivate);
      const { statusCode, headers, body } = await request(url, {
        dispatcher,
        method,
        signal,
        headers: { 'user-agent': userAgent, accept: '*/*' },
      });
      const { location } = headers;
      try {
        return {
          status: statusCode,
          location: Array.isArray(location) ? location[0] : location,
          body: await beginningOf(body, bodyBytes),
        };
      } finally {
        // An answer may be without end; what is not wanted ends the connection.
        body.on('error', () => {}).destroy();
      }
    },
    close: () => dispatcher.destroy(),
  };
}

/** A proxy may know names that this machine does not. */
function onlyPrivate(error: unknown): void {
  if (error instanceof PrivateAddressError) throw error;
}

async function beginningOf(body: Dispatcher.ResponseData['body'], bytes: number): Promise<string> {
  if (bytes === 0) return '';
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part as Buffer);
    size += (part as Buffer).byteLength;
    if (size >= bytes) break;
  }
  return Buffer.concat(parts).subarray(0, bytes).toString('utf8');
}
