import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

type Item = { id: string } & Record<string, unknown>;

/** A content file that is changed in places: whatever is not touched stays as it stands, comments and quotes too. */
export class YamlFile {
  readonly #text: string;
  readonly #document: Document;
  #isChanged = false;

  constructor(text: string) {
    this.#text = text;
    this.#document = parseDocument(text);
  }

  /** In place of the item with that id in a list; at its end where there is none. */
  put(list: string, item: Item): void {
    const items = this.#list(list);
    const node = items.items[this.#find(items, item.id)];
    if (isMap(node)) this.#change(node, item);
    else items.add(this.#nodeOf(item));
    this.#isChanged = true;
  }

  /** One field of the item with that id. @param value undefined takes it out. */
  setField(list: string, id: string, field: string, value: unknown): void {
    const item = this.#list(list).items[this.#find(this.#list(list), id)];
    if (!isMap(item)) return;
    if (value === undefined) item.delete(field);
    else item.set(field, this.#nodeOf(value));
    this.#isChanged = true;
  }

  /** More items for a list inside the item with that id. */
  addTo(list: string, id: string, field: string, values: readonly unknown[]): void {
    const item = this.#list(list).items[this.#find(this.#list(list), id)];
    if (!isMap(item)) return;
    const inner = item.get(field);
    if (isSeq(inner)) for (const value of values) inner.add(this.#nodeOf(value));
    else item.set(field, this.#nodeOf(values));
    this.#isChanged = true;
  }

  /** As it is to be written; to the byte as it was where nothing was changed. */
  toString(): string {
    if (!this.#isChanged) return this.#text;
    // The reader takes that character for a sign of another encoding; here it can only stand in double quotes.
    return this.#document.toString({ lineWidth: 0 }).replaceAll('\ufffd', '\\uFFFD');
  }

  /** Field by field, so that what is the same stays as it was written. */
  #change(node: YAMLMap, item: Item): void {
    const before = node.toJSON() as Record<string, unknown>;
    for (const field of Object.keys(before)) if (item[field] === undefined) node.delete(field);
    for (const [field, value] of Object.entries(item))
      if (value !== undefined && JSON.stringify(before[field]) !== JSON.stringify(value))
        node.set(field, this.#nodeOf(value));
  }

  #list(name: string): YAMLSeq {
    const list = this.#document.get(name);
    if (!isSeq(list)) throw new Error(`There is no list "${name}" in this file.`);
    return list;
  }

  #find(list: YAMLSeq, id: string): number {
    return list.items.findIndex((item) => isMap(item) && item.get('id') === id);
  }

  #nodeOf(value: unknown) {
    const node = this.#document.createNode(value);
    visit(node, {
      Scalar(key, scalar) {
        if (key === 'key') return;
        if (isScalar(scalar) && typeof scalar.value === 'string')
          if (!isPlain(scalar.value) && !isUsual(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE;
      },
      Map(_key, map, path) {
        // A phrase with what it hints at: on one line, as people write it.
        if (map.has('say') && path.length > 0) map.flow = true;
      },
    });
    return node;
  }
}

/** "https://…" and "0-5", as they stand in the files. */
const isUsual = (text: string): boolean => /^https?:\/\/[\w./~%?=&-]*[\w/]$|^\d{1,2}-\d{1,2}$/.test(text);

/** Texts that every reader takes for a text without quotes around them. */
const isPlain = (text: string): boolean =>
  /^\p{L}[\p{L}\p{N} .,;()/\u2018\u2019\u201c\u201d'\u2013&+%?!"-]*$/u.test(text) &&
  !/^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i.test(text) &&
  !/\s$|\s{2}/.test(text);
