import { decodeEntities } from '../../../slack/text.ts';
import { readAddress, sameAddress } from '../address.ts';

/** A web page that a message leads to, with what it is called there; empty where it is not. */
export type Link = { url: string; title: string };

/** Deeper than anything Slack makes; a payload can be anything. */
const deepest = 12;

/**
 * The links of a message, in its order and each once: from its text, its blocks (as people write them, and as apps do) and
 * the previews beneath it. Slack is asked nothing: the bot need not be where the message is.
 * @see https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
 */
export function linksIn(message: unknown): Link[] {
  if (!isRecord(message)) return [];
  const found = new Map<string, Link>();
  const add = (address: string, title = ''): void => {
    const plain = decodeEntities(address);
    const read = readAddress(plain);
    // A shortened one comes into the form, which says what is wrong with it.
    if (read.kind !== 'fine' && read.problem !== 'shortened') return;
    const url = read.kind === 'fine' ? read.url : plain;
    const key = sameAddress(url);
    const known = found.get(key);
    const name = isAddress(title) ? '' : decodeEntities(title).replace(/\s+/g, ' ').trim();
    if (!known) found.set(key, { url, title: name });
    else if (known.title === '') known.title = name;
  };
  const look = (value: unknown, depth: number): void => {
    if (depth > deepest) return;
    if (typeof value === 'string') {
      for (const [, marked, label, bare] of value.matchAll(anyAddress))
        if (marked) add(marked, label);
        else if (bare) add(bare.replace(/[.,;:!?)\]'"\u2019\u201d]+$/, ''));
      return;
    }
    if (Array.isArray(value)) for (const one of value) look(one, depth + 1);
    if (!isRecord(value)) return;
    if (value.type === 'link') add(textIn(value.url), textIn(value.text));
    else for (const [name, inner] of Object.entries(value)) if (name !== 'image_url') look(inner, depth + 1);
  };
  look([message.text, message.blocks], 0);
  for (const preview of Array.isArray(message.attachments) ? message.attachments : []) {
    if (!isRecord(preview)) continue;
    const address = [preview.title_link, preview.from_url, preview.original_url].map(textIn).find(Boolean);
    if (address) add(address, textIn(preview.title));
    look([preview.text, preview.pretext, preview.blocks], 0);
  }
  return [...found.values()];
}

/** As Slack marks one, with or without a label, or as it stands in plain text. */
const anyAddress = /<(https?:\/\/[^|<>\s]+)(?:\|([^<>]*))?>|\b(https?:\/\/[^\s<>|]+)/g;

const isAddress = (title: string): boolean => /^\s*(?:https?:\/\/|www\.)\S*\s*$/i.test(title);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
