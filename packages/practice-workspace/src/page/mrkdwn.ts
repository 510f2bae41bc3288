import { leadingEmoji } from './emoji.ts';
import { safeHref } from './href.ts';

/** What a text means, apart from how it is drawn. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; href: string; children: Inline[] }
  | { kind: 'user' | 'channel' | 'group'; id: string; label: string }
  | { kind: 'broadcast'; name: string }
  | { kind: 'date'; unix: number; format: string; href: string; fallback: string }
  | { kind: 'emoji'; name: string };

export type Passage =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'quote'; children: Passage[] }
  | { kind: 'pre'; text: string }
  | { kind: 'list'; ordered: boolean; indent: number; start: number; items: Inline[][] };

/** Slack escapes exactly three characters; anything else that looks like an entity is text. */
export function decodeEntities(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_, name: string) =>
    name === 'amp' ? '&' : name === 'lt' ? '<' : '>',
  );
}

/** @param isVerbatim as a text object says: a bare address stays text. */
export function parseMrkdwn(source: string, isVerbatim = false): Passage[] {
  const out: Passage[] = [];
  // Odd pieces stood between two fences; an unclosed fence is text.
  const pieces = source.split('```');
  if (pieces.length % 2 === 0) {
    const open = pieces.pop();
    pieces.push(`${pieces.pop() ?? ''}\`\`\`${open ?? ''}`);
  }
  pieces.forEach((piece, index) => {
    if (index % 2 === 1) out.push({ kind: 'pre', text: decodeEntities(stripTokens(trimNewlines(piece))) });
    else out.push(...parseLines(index === 0 ? piece : piece.replace(/^\n/, ''), isVerbatim));
  });
  return out;
}

function trimNewlines(text: string): string {
  return text.replace(/^\n/, '').replace(/\n$/, '');
}

/** In code, a link or mention is shown as the text it stands for. */
function stripTokens(text: string): string {
  return text.replace(/<([^<>\n]+)>/g, (_, body: string) => body.slice(body.indexOf('|') + 1));
}

const quoteMark = /^(?:>|&gt;)[ ]?/;
const bullet = /^(\s*)(?:[•◦▪]|-)\s+(?=\S)/;
const ordinal = /^(\s*)(\d{1,3})\.\s+(?=\S)/;

function parseLines(source: string, isVerbatim: boolean): Passage[] {
  const out: Passage[] = [];
  const lines = source.split('\n');
  let paragraph: string[] = [];
  const flush = () => {
    if (paragraph.length > 0)
      out.push({ kind: 'paragraph', children: parseInline(paragraph.join('\n'), isVerbatim) });
    paragraph = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.startsWith('>>>') || line.startsWith('&gt;&gt;&gt;')) {
      flush();
      const rest = [line.replace(/^(?:>>>|&gt;&gt;&gt;)[ ]?/, ''), ...lines.slice(i + 1)].join('\n');
      out.push({ kind: 'quote', children: parseLines(rest, isVerbatim) });
      break;
    }
    if (quoteMark.test(line)) {
      flush();
      const quoted: string[] = [];
      for (; i < lines.length && quoteMark.test(lines[i] ?? ''); i++)
        quoted.push((lines[i] ?? '').replace(quoteMark, ''));
      i--;
      out.push({ kind: 'quote', children: parseLines(quoted.join('\n'), isVerbatim) });
      continue;
    }
    const item = listItem(line, isVerbatim);
    if (item) {
      flush();
      addItem(out, item);
    } else if (line.trim() === '') flush();
    else paragraph.push(line);
  }
  flush();
  return out;
}

type Item = { ordered: boolean; indent: number; start: number; children: Inline[] };

function listItem(line: string, isVerbatim: boolean): Item | undefined {
  const dot = bullet.exec(line);
  const number = dot ? null : ordinal.exec(line);
  const match = dot ?? number;
  if (!match) return undefined;
  const indent = Math.min(8, Math.floor((match[1] ?? '').length / 2));
  const start = Number(number?.[2] ?? 1);
  return {
    ordered: number !== null,
    indent,
    start,
    children: parseInline(line.slice(match[0].length), isVerbatim),
  };
}

function addItem(out: Passage[], item: Item): void {
  const last = out.at(-1);
  if (last?.kind === 'list' && last.ordered === item.ordered && last.indent === item.indent)
    last.items.push(item.children);
  else
    out.push({
      kind: 'list',
      ordered: item.ordered,
      indent: item.indent,
      start: item.start,
      items: [item.children],
    });
}

const space = /[\s\u200b]/;
const styles = { '*': 'bold', _: 'italic', '~': 'strike' } as const;

export function parseInline(source: string, isVerbatim = false): Inline[] {
  const out: Inline[] = [];
  let text = '';
  const flush = () => {
    if (text) out.push({ kind: 'text', text: decodeEntities(text) });
    text = '';
  };
  const push = (node: Inline) => {
    flush();
    out.push(node);
  };
  for (let i = 0; i < source.length; ) {
    const rest = source.slice(i);
    const char = rest[0] ?? '';
    const before = i === 0 ? '' : (source[i - 1] ?? '');
    const found = special(rest, char, before, isVerbatim);
    if (found) {
      push(found.node);
      i += found.length;
    } else {
      text += char;
      i += 1;
    }
  }
  flush();
  return out;
}

type Found = { node: Inline; length: number };

function special(rest: string, char: string, before: string, isVerbatim: boolean): Found | undefined {
  if (char === '\n') return { node: { kind: 'break' }, length: 1 };
  if (char === '<') return token(rest);
  if (char === '`') return code(rest);
  if (char === '*' || char === '_' || char === '~') return styled(rest, char, before, isVerbatim);
  if (char === ':') return emoji(rest);
  if (char === 'h' && !isVerbatim && !/\w/.test(before)) return bareLink(rest);
  return undefined;
}

function code(rest: string): Found | undefined {
  const match = /^`([^`\n]+)`/.exec(rest);
  if (!match) return undefined;
  return {
    node: { kind: 'code', text: decodeEntities(stripTokens(match[1] ?? '')) },
    length: match[0].length,
  };
}

function emoji(rest: string): Found | undefined {
  const found = leadingEmoji(rest);
  return found && { node: { kind: 'emoji', name: found.name }, length: found.length };
}

function bareLink(rest: string): Found | undefined {
  const match = /^https?:\/\/[^\s<>|]+/.exec(rest);
  if (!match) return undefined;
  // The full stop at the end of a sentence is no part of the address.
  const address = match[0].replace(/(?:[.,;:!?'")\]*_~]|&gt;|&lt;)+$/, '');
  const href = safeHref(decodeEntities(address));
  if (!href) return undefined;
  return {
    node: { kind: 'link', href, children: [{ kind: 'text', text: decodeEntities(address) }] },
    length: address.length,
  };
}

/** A style opens after a boundary, before a non-space (one without width is one); it closes the other way round; it never spans lines. */
function styled(rest: string, char: '*' | '_' | '~', before: string, isVerbatim: boolean): Found | undefined {
  if (/[\p{L}\p{N}]/u.test(before) || before === char) return undefined;
  if (rest.length < 3 || space.test(rest[1] ?? '') || rest[1] === char) return undefined;
  for (let end = 2; end < rest.length; end++) {
    if (rest[end] === '\n') return undefined;
    if (rest[end] === '<') {
      const close = rest.indexOf('>', end);
      if (close > 0) end = close;
      continue;
    }
    const closes =
      rest[end] === char && !space.test(rest[end - 1] ?? '') && !/[\p{L}\p{N}]/u.test(rest[end + 1] ?? '');
    if (closes) {
      return {
        node: { kind: styles[char], children: parseInline(rest.slice(1, end), isVerbatim) },
        length: end + 1,
      };
    }
  }
  return undefined;
}

function token(rest: string): Found | undefined {
  const match = /^<([^<>\s][^<>\n]*)>/.exec(rest);
  const body = match?.[1];
  if (!match || body === undefined) return undefined;
  const bar = body.indexOf('|');
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? '' : decodeEntities(body.slice(bar + 1));
  return {
    node: meaning(target, label) ?? { kind: 'text', text: label || decodeEntities(body) },
    length: match[0].length,
  };
}

function meaning(target: string, label: string): Inline | undefined {
  if (/^@[UW][A-Z0-9]+$/i.test(target)) return { kind: 'user', id: target.slice(1), label };
  if (/^#[CDG][A-Z0-9]+$/i.test(target)) return { kind: 'channel', id: target.slice(1), label };
  if (/^!(channel|here|everyone)$/.test(target)) return { kind: 'broadcast', name: target.slice(1) };
  if (target.startsWith('!subteam^')) return { kind: 'group', id: target.slice('!subteam^'.length), label };
  if (target.startsWith('!date^')) {
    const [, unix, format, href] = target.split('^');
    const seconds = Number(unix);
    if (!Number.isFinite(seconds) || !format) return undefined;
    const link = safeHref(decodeEntities(href ?? '')) ?? '';
    return { kind: 'date', unix: seconds, format: decodeEntities(format), href: link, fallback: label };
  }
  const href = safeHref(decodeEntities(target));
  if (!href) return undefined;
  // Slack does not parse a label as mrkdwn, apart from emoji.
  const shown = label || decodeEntities(target).replace(/^(mailto|tel):/, '');
  return { kind: 'link', href, children: [{ kind: 'text', text: shown }] };
}

/** The words alone, for labels and for reading aloud. */
export function plainWords(source: string): string {
  const words = (nodes: Inline[]): string =>
    nodes
      .map((node) => {
        if (node.kind === 'text' || node.kind === 'code') return node.text;
        if (node.kind === 'break') return ' ';
        if (node.kind === 'emoji') return '';
        if (node.kind === 'date') return node.fallback;
        if (node.kind === 'broadcast') return `@${node.name}`;
        return 'children' in node ? words(node.children) : node.label;
      })
      .join('');
  return words(parseInline(source.replaceAll('```', ' ')))
    .replace(/\s+/g, ' ')
    .trim();
}
