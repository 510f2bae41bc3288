import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { html, make } from './html.ts';
import { icon } from './icons.ts';
import type { Obj } from './json.ts';
import { isObj, num, obj, objs, str } from './json.ts';
import { RichText } from './rich-text.ts';
import { compareCells } from './table-order.ts';

function rowsOf(block: Obj): Obj[][] {
  return Array.isArray(block.rows) ? block.rows.map((row) => objs(row)) : [];
}

function cellContent(cell: Obj | undefined): VNode | null {
  if (!cell) return null;
  if (cell.type === 'rich_text') return make(RichText, { block: cell });
  return html`<span dir="auto">${str(cell.text)}</span>`;
}

/** A `table` block: the first row is its head. */
export function Table({ block }: { block: Obj }): VNode {
  const settings = Array.isArray(block.column_settings) ? block.column_settings : [];
  const looks = (column: number) => {
    const setting = isObj(settings[column]) ? obj(settings[column]) : {};
    const align = setting.align === 'right' || setting.align === 'center' ? setting.align : 'left';
    return `align-${align}${setting.is_wrapped === true ? ' wraps' : ''}`;
  };
  const [head = [], ...body] = rowsOf(block);
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="Table"><table class="table">
    <thead><tr>${head.map((cell, column) => html`<th scope="col" class=${looks(column)}>${cellContent(cell)}</th>`)}</tr></thead>
    <tbody>${body.map((row) => html`<tr>${row.map((cell, column) => html`<td class=${looks(column)}>${cellContent(cell)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

/** "1–5 of 12", and "6 of 6" for the last one alone. */
const rangeText = (first: number, shown: number, total: number): string =>
  `${shown === 1 ? first : `${first}–${first + shown - 1}`} of ${total}`;

type Order = { column: number; down: boolean };

/** A `data_table` block: sorted by a click on a column's name, a page at a time. */
export function DataTable({ block }: { block: Obj }): VNode {
  const [order, setOrder] = useState<Order | null>(null);
  const [page, setPage] = useState(0);
  const [head = [], ...body] = rowsOf(block);
  const caption = str(block.caption);
  const rowHead = num(block.row_header_column_index) ?? 0;
  const size = num(block.page_size) ?? 5;
  const sorted = order
    ? [...body].sort((a, b) => compareCells(a[order.column], b[order.column]) * (order.down ? -1 : 1))
    : body;
  const pages = Math.max(1, Math.ceil(sorted.length / size));
  const shownPage = Math.min(page, pages - 1);
  const shown = sorted.slice(shownPage * size, (shownPage + 1) * size);
  const sort = (column: number) => {
    setOrder(
      order?.column === column ? (order.down ? null : { column, down: true }) : { column, down: false },
    );
    setPage(0);
  };
  const number = (column: number) => (body.some((row) => row[column]?.type === 'raw_number') ? 'number' : '');
  return html`<div class="data-table">
    <div class="table-scroll" tabindex="0" role="region" aria-label=${caption}><table class="table">
      <caption dir="auto">${caption}</caption>
      <thead><tr>${head.map((cell, column) => {
        const sortedHere = order?.column === column ? (order.down ? 'descending' : 'ascending') : 'none';
        return html`<th scope="col" class=${number(column)} aria-sort=${sortedHere}>
          <button type="button" class="sort" onClick=${() => sort(column)}>${cellContent(cell)}<span class="sort-mark">${
            sortedHere === 'none' ? null : icon(sortedHere === 'ascending' ? 'up' : 'down')
          }</span></button></th>`;
      })}</tr></thead>
      <tbody>${shown.map(
        (row) =>
          html`<tr>${row.map((cell, column) =>
            column === rowHead
              ? html`<th scope="row" class=${number(column)}>${cellContent(cell)}</th>`
              : html`<td class=${number(column)}>${cellContent(cell)}</td>`,
          )}</tr>`,
      )}</tbody>
    </table></div>
    ${
      pages > 1
        ? html`<div class="pager"><button type="button" class="button small" disabled=${shownPage === 0} onClick=${() => setPage(shownPage - 1)}>Previous</button>
            <span role="status">${rangeText(shownPage * size + 1, shown.length, sorted.length)}</span>
            <button type="button" class="button small" disabled=${shownPage >= pages - 1} onClick=${() => setPage(shownPage + 1)}>Next</button></div>`
        : null
    }
  </div>`;
}
