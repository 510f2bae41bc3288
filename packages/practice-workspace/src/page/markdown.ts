import { emojiFor } from './emoji.ts';
import { safeHref } from './href.ts';
import type { Inline, Passage } from './mrkdwn.ts';
import { addItem } from './mrkdwn.ts';

/** The part of standard Markdown that a `markdown` block is used for. */
export function parseMarkdown(source: string): Passage[] {
  const out: Passage[] = [];
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  let paragraph: string[] = [];
  const flush = () => {
    if (paragraph.length > 0) out.push({ kind: 'paragraph', children: markdownInline(paragraph.join('\n')) });
    paragraph = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const fence = /^```/.test(line);
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    const item = /^(\s*)(?:([-*+])|(\d{1,3})[.)])\s+(.*)$/.exec(line);
    if (fence) {
      flush();
      const body: string[] = [];
      for (i++; i < lines.length && !/^```/.test(lines[i] ?? ''); i++) body.push(lines[i] ?? '');
      out.push({ kind: 'pre', text: body.join('\n') });
    } else if (heading) {
      flush();
      out.push({
        kind: 'heading',
        level: (heading[1] ?? '#').length,
        children: markdownInline(heading[2] ?? ''),
      });
    } else if (/^\s*(?:-\s*){3,}$|^\s*(?:\*\s*){3,}$|^\s*(?:_\s*){3,}$/.test(line)) {
      flush();
      out.push({ kind: 'rule' });
    } else if (/^>/.test(line)) {
      flush();
      const quoted: string[] = [];
      for (; i < lines.length && /^>/.test(lines[i] ?? ''); i++)
        quoted.push((lines[i] ?? '').replace(/^>\s?/, ''));
      i--;
      out.push({ kind: 'quote', children: parseMarkdown(quoted.join('\n')) });
    } else if (/^\s*\|.*\|\s*$/.test(line) && /^\s*\|?[\s:|-]+\|\s*$/.test(lines[i + 1] ?? '')) {
      flush();
      const rows = [tableRow(line)];
      for (i += 2; i < lines.length && /^\s*\|.*\|\s*$/.test(lines[i] ?? ''); i++)
        rows.push(tableRow(lines[i] ?? ''));
      i--;
      out.push({ kind: 'table', rows });
    } else if (item) {
      flush();
      addItem(out, {
        ordered: item[3] !== undefined,
        indent: Math.min(8, Math.floor((item[1] ?? '').length / 2)),
        start: Number(item[3] ?? 1),
        children: markdownInline(
          (item[4] ?? '').replace(/^\[([ xX])\]\s/, (_, mark: string) => (mark === ' ' ? '☐ ' : '☑ ')),
        ),
      });
    } else if (line.trim() === '') flush();
    else paragraph.push(line);
  }
  flush();
  return out;
}

function tableRow(line: string): Inline[][] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split('|').map((cell) => markdownInline(cell.trim()));
}

const patterns: [RegExp, (match: RegExpExecArray) => Inline | undefined][] = [
  [/^\\([\\`*_{}[\]()#+.!~>|-])/, (m) => ({ kind: 'text', text: m[1] ?? '' })],
  [/^`([^`\n]+)`/, (m) => ({ kind: 'code', text: m[1] ?? '' })],
  [/^\*\*(?=\S)([^\n]+?\S|\S)\*\*/, (m) => ({ kind: 'bold', children: markdownInline(m[1] ?? '') })],
  [/^__(?=\S)([^\n]+?\S|\S)__/, (m) => ({ kind: 'bold', children: markdownInline(m[1] ?? '') })],
  [/^~~(?=\S)([^\n]+?)~~/, (m) => ({ kind: 'strike', children: markdownInline(m[1] ?? '') })],
  [/^\*(?=\S)([^*\n]+?)\*/, (m) => ({ kind: 'italic', children: markdownInline(m[1] ?? '') })],
  [/^_(?=\S)([^_\n]+?)_(?!\w)/, (m) => ({ kind: 'italic', children: markdownInline(m[1] ?? '') })],
  [/^!?\[([^\]\n]*)\]\(([^)\s]+)\)/, (m) => link(m[2] ?? '', markdownInline(m[1] ?? ''))],
  [/^<(https?:\/\/[^>\s]+|mailto:[^>\s]+)>/, (m) => link(m[1] ?? '', [{ kind: 'text', text: m[1] ?? '' }])],
  [/^:([a-z0-9_+-]+):/, (m) => (emojiFor(m[1] ?? '') ? { kind: 'emoji', name: m[1] ?? '' } : undefined)],
  [/^ {2,}\n|^\n/, () => ({ kind: 'break' })],
];

function link(address: string, children: Inline[]): Inline | undefined {
  const href = safeHref(address);
  return href ? { kind: 'link', href, children } : undefined;
}

export function markdownInline(source: string): Inline[] {
  const out: Inline[] = [];
  let text = '';
  const flush = () => {
    if (text) out.push({ kind: 'text', text });
    text = '';
  };
  for (let i = 0; i < source.length; ) {
    const rest = source.slice(i);
    const inWord = /\w/.test(source[i - 1] ?? '');
    let taken = 0;
    // An underscore inside a word is part of the word.
    for (const [pattern, make] of rest[0] === '_' && inWord ? [] : patterns) {
      const match = pattern.exec(rest);
      const node = match ? make(match) : undefined;
      if (!match || !node) continue;
      flush();
      out.push(node);
      taken = match[0].length;
      break;
    }
    if (taken === 0) text += source[i];
    i += taken || 1;
  }
  flush();
  return out;
}
