import { whyNotPublic } from '../../lib/public-address.ts';

/** What is added to an address to count visitors, and changes nothing about where it leads. */
const tracking =
  /^(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|ttclid|yclid|igsh(?:id)?|li_fat_id|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|_ga|_gl|vero_id|wickedid|oly_(?:anon|enc)_id|s_cid|ocid|cmpid)$/i;

export type AddressProblem =
  /** Not an address at all, or not a whole one. */
  | 'not-whole'
  /** javascript:, file:, data: and whatever else is no web page. */
  | 'not-web'
  /** A name or number of this machine or of a private network. */
  | 'private'
  /** A name that leads nowhere, by agreement. */
  | 'reserved'
  /** With a name and password in it. */
  | 'with-password'
  /** Of a service that shortens addresses: where it leads is not to be seen, and may change. */
  | 'shortened';

export type AddressRead = { kind: 'fine'; url: string } | { kind: 'problem'; problem: AddressProblem };

const wholeAddress = 'Please give the whole web address, for example https://www.gov.uk/trauma.';

const problemWords: Record<AddressProblem, string> = {
  'not-whole': wholeAddress,
  'not-web': `Only web pages can be in the catalogue: addresses that start with https:// or http://. ${wholeAddress}`,
  private:
    'This address leads into a private network or to one computer, so others could not open it. Please give the public one.',
  reserved:
    'No page can have this address: names that end in .example, .test, .invalid or .onion lead nowhere on the web. Please copy the address of the page from your browser.',
  shortened:
    'This is a shortened link, and it does not show where it leads. Please open it and give the page\u2019s own address.',
  'with-password': 'This address has a name and a password in it. Please give it without them.',
};

export const sayAddressProblem = (problem: AddressProblem): string => problemWords[problem];

const problem = (what: AddressProblem): AddressRead => ({ kind: 'problem', problem: what });

/** Services whose addresses lead to whatever page somebody has put behind them. */
const shorteners: ReadonlySet<string> = new Set(
  `adf.ly amzn.to bit.do bit.ly bitly.com buff.ly clck.ru cutt.ly dlvr.it fb.me goo.gl goo.su ht.ly is.gd j.mp
  lnkd.in mcaf.ee ow.ly qr.ae rb.gy rebrand.ly s.id short.gy short.io shorturl.at spoti.fi t.co t.ly t2m.io
  tiny.cc tiny.one tinyurl.com tr.im trib.al u.to urlz.fr v.gd wp.me x.gd`.split(/\s+/),
);

/**
 * The host as machines know it, where it is not written in Latin letters alone: "\u0440\u0430\u0443\u0440\u0430l.com" looks like another site's
 * name, "xn--l-7sba6dbr.com" does not. Undefined for every other.
 */
export function lookAlikeHost(url: string): string | undefined {
  const host = URL.parse(url)?.hostname ?? '';
  return host.split('.').some((part) => part.startsWith('xn--')) ? host : undefined;
}

/** "www.example.org" and "example.org/a": as people write them, and as browsers take them. */
const bareAddress = /^(?:www\.[\w.-]+\.[a-z]{2,}(?:[/?#]\S*)?|(?:[\w-]+\.)+[a-z]{2,}\/\S*)$/i;

/** A web address as somebody typed or pasted it. What is added to count visitors is left out of it. */
export function readAddress(typed: string): AddressRead {
  // "<https://…>" is how mail programs write them.
  const text = typed.trim().replace(/^<(.*)>$/, '$1');
  if (bareAddress.test(text)) return readAddress(`https://${text}`);
  const url = /\s/.test(text) ? null : URL.parse(text);
  if (!url) return problem('not-whole');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return problem(/^[\w.-]+:\d/.test(text) ? 'not-whole' : 'not-web');
  // "http:example.org" is read as an address, and was hardly meant as one.
  if (!/^https?:\/\//i.test(text)) return problem('not-whole');
  if (url.username !== '' || url.password !== '') return problem('with-password');
  const why = whyNotPublic(url.hostname);
  // "intranet" is a name that only a network of its own knows.
  if (why) return problem(why === 'no-dot' ? 'private' : why);
  if (shorteners.has(url.hostname.replace(/^www\./, '').replace(/\.$/, ''))) return problem('shortened');
  const wanted = [...url.searchParams.keys()];
  if (!wanted.some((name) => tracking.test(name))) return { kind: 'fine', url: text };
  for (const name of wanted) if (tracking.test(name)) url.searchParams.delete(name);
  return { kind: 'fine', url: url.href };
}

/**
 * One key for all spellings of an address: without scheme, "www.", closing slash, fragment, the names of start pages,
 * what counts visitors, and the order of what is asked for.
 */
export function sameAddress(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) return url;
  const { hostname, port, pathname, searchParams } = parsed;
  const host = hostname.replace(/^www\d?\./, '').replace(/\.$/, '');
  const path = plainly(pathname)
    .replace(/\/{2,}/g, '/')
    .replace(/\/(?:index|default)\.(?:html?|php|aspx?)$/i, '/')
    .replace(/\/+$/, '');
  const asked = [...searchParams]
    .filter(([name]) => !tracking.test(name))
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join('&');
  return `${host}:${/^(?:80|443)$/.test(port) ? '' : port}${path}${asked === '' ? '' : `?${asked}`}`;
}

/** "%41" and "A" are the same letter. */
function plainly(path: string): string {
  try {
    return decodeURIComponent(path).normalize('NFC');
  } catch {
    return path;
  }
}
