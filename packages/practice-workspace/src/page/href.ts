/** An address a link may point to, or undefined: data from an app must never become a script. */
export function safeHref(address: string): string | undefined {
  const trimmed = address.trim();
  try {
    const { protocol } = new URL(trimmed);
    return ['http:', 'https:', 'mailto:', 'tel:', 'slack:'].includes(protocol) ? trimmed : undefined;
  } catch {
    return undefined;
  }
}

/** Files and pictures of this workspace; the page asks no other machine for anything. */
export function ownAddress(address: string, origin: string): string | undefined {
  if (address.startsWith('/') && !address.startsWith('//')) return address;
  try {
    const url = new URL(address);
    return url.origin === origin ? address : undefined;
  } catch {
    return undefined;
  }
}
