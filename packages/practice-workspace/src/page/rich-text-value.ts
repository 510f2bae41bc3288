import type { Obj } from './json.ts';
import { objs, str } from './json.ts';

/** What a plain text area makes of a `rich_text_input`: paragraphs, and lines with a dash or a number as lists. */
export function toRichText(text: string): Obj | null {
  if (text.trim() === '') return null;
  const elements: Obj[] = [];
  for (const line of text.split('\n')) {
    const item = /^\s*(?:([-•*])|(\d{1,3})[.)])\s+(.+)$/.exec(line);
    const last = elements.at(-1);
    if (item) {
      const style = item[1] ? 'bullet' : 'ordered';
      const section = { type: 'rich_text_section', elements: [{ type: 'text', text: item[3] ?? '' }] };
      if (last?.type === 'rich_text_list' && last.style === style)
        last.elements = [...objs(last.elements), section];
      else elements.push({ type: 'rich_text_list', style, indent: 0, elements: [section] });
    } else if (last?.type === 'rich_text_section') {
      const sofar = objs(last.elements)
        .map((element) => str(element.text))
        .join('');
      last.elements = [{ type: 'text', text: `${sofar}\n${line}` }];
    } else elements.push({ type: 'rich_text_section', elements: [{ type: 'text', text: line }] });
  }
  // Slack refuses empty texts, and a blank line between two lists says nothing.
  return { type: 'rich_text', elements: elements.filter((element) => richWords(element) !== '') };
}

function richWords(element: Obj): string {
  if (Array.isArray(element.elements)) return objs(element.elements).map(richWords).join('');
  return str(element.text) || (element.type === 'emoji' ? `:${str(element.name)}:` : str(element.url));
}

/** The other way, for an initial value or what was typed before. */
export function fromRichText(value: unknown): string {
  return objs((value as Obj | null)?.elements)
    .map((element) => {
      if (element.type !== 'rich_text_list') return richWords(element);
      const mark = (index: number) => (element.style === 'ordered' ? `${index + 1}. ` : '- ');
      return objs(element.elements)
        .map((item, index) => mark(index) + richWords(item))
        .join('\n');
    })
    .join('\n');
}
