import { refuseCoding } from '../http/body.js';
import { MAX_DOCUMENT_BYTES, MAX_ORDERED, MAX_PAGES } from '../model/limits.js';
import { inOrder } from '../model/order.js';
import { SourceError } from '../model/source-error.js';
import { keyProblem } from './address.js';
import type { BucketApi } from './api.js';
import { childText, parseXml, type XmlElement } from './xml.js';

/** An object as a listing has it. */
export interface ListedObject {
  readonly key: string;
  readonly size: number;
  /** As it stands, with its quotes; null where there is none. */
  readonly etag: string | null;
  /** The storage has a SHA-256 of the whole object, and says it when it is asked. */
  readonly hasSha256: boolean;
}

export interface RefusedObject {
  readonly key: string;
  readonly reason: string;
}

export type ListedKey = ListedObject | RefusedObject;

interface Page {
  readonly items: readonly ListedKey[];
  /** Of the next page; null on the last one. */
  readonly token: string | null;
}

export interface ListOptions {
  readonly prefix: string;
  /** Objects, beyond which the listing is not complete. */
  readonly most: number;
  readonly signal: AbortSignal;
}

/**
 * All keys that begin with a prefix, page by page to the end. Those of a small bucket are given in the order of a local walk. Of a
 * larger one no more than a page is held, in the order of the server, which has to be that of the keys: by it a key that comes
 * twice is seen. What came before a failure is given before a SourceError is thrown.
 */
export async function* listKeys(
  api: BucketApi,
  shown: string,
  { prefix, most, signal }: ListOptions,
): AsyncGenerator<ListedKey> {
  const held = new Held(shown);
  const tokens = new Set<string>();
  let token: string | null = null;
  let count = 0;
  try {
    for (let pages = 1; ; pages += 1) {
      const page: Page = await readPage(api, shown, { prefix, token }, signal);
      for (const item of page.items) {
        count += 1;
        yield* held.add(item);
      }
      if (page.token === null) break;
      if (tokens.has(page.token)) throw incomplete(shown, 'its listing comes back to a page that was there before');
      if (count > most || pages >= Math.max(MAX_PAGES, most / PAGE_KEYS))
        throw new SourceError('limit', `${shown}: it has more than ${most} objects; name a prefix`);
      // Beyond some pages the order of keys shows a listing that goes in a circle.
      if (tokens.size < MAX_PAGES) tokens.add(page.token);
      ({ token } = page);
    }
  } catch (error) {
    yield* held.rest();
    throw error;
  }
  yield* held.rest();
}

/** Keys of a page, as servers have it. */
const PAGE_KEYS = 1_000;
const encoder = new TextEncoder();

/** The first keys of a listing, until it turns out to be a large one. */
class Held {
  readonly #shown: string;
  readonly #seen = new Set<string>();
  #items: ListedKey[] | null = [];
  #last: Uint8Array | null = null;
  #isOrdered = true;

  constructor(shown: string) {
    this.#shown = shown;
  }

  /** Gives what is not to be held any longer. */
  *add(item: ListedKey): Generator<ListedKey> {
    const bytes = encoder.encode(item.key);
    const isNext = this.#last === null || isBefore(this.#last, bytes);
    this.#last = bytes;
    if (this.#items === null) {
      if (!isNext)
        throw incomplete(this.#shown, 'its listing is not in the order of its keys: it changed, or it is wrong');
      yield item;
      return;
    }
    if (this.#seen.has(item.key))
      throw incomplete(this.#shown, 'its listing names an object twice: it changed, or it is wrong');
    this.#seen.add(item.key);
    this.#items.push(item);
    this.#isOrdered &&= isNext;
    if (this.#items.length <= MAX_ORDERED) return;
    if (!this.#isOrdered)
      throw incomplete(this.#shown, `its listing of more than ${MAX_ORDERED} objects is not in the order of its keys`);
    const items = this.#items;
    this.#items = null;
    this.#seen.clear();
    yield* items;
  }

  *rest(): Generator<ListedKey> {
    const items = this.#items ?? [];
    this.#items = null;
    for (const { item } of inOrder(items.map((found) => ({ path: found.key, item: found })))) yield item;
  }
}

/** The order of S3: by the bytes of UTF-8. */
function isBefore(first: Uint8Array, second: Uint8Array): boolean {
  const length = Math.min(first.length, second.length);
  for (let i = 0; i < length; i += 1) {
    const [left = 0, right = 0] = [first[i], second[i]];
    if (left !== right) return left < right;
  }
  return first.length < second.length;
}

/** The object with exactly this key, which is the first one that begins with it; null where there is none. */
export async function findKey(
  api: BucketApi,
  shown: string,
  key: string,
  signal: AbortSignal,
): Promise<ListedKey | null> {
  const { items } = await readPage(api, shown, { prefix: key, token: null, most: 1 }, signal);
  return items.find((item) => item.key === key) ?? null;
}

async function readPage(
  api: BucketApi,
  shown: string,
  { prefix, token, most }: { readonly prefix: string; readonly token: string | null; readonly most?: number },
  signal: AbortSignal,
): Promise<Page> {
  const query = {
    'list-type': '2',
    'encoding-type': 'url',
    prefix,
    ...(token === null ? {} : { 'continuation-token': token }),
    ...(most === undefined ? {} : { 'max-keys': String(most) }),
  };
  return api.get({ key: null, query, signal }, async (answer) => {
    if (answer.status !== 200) throw await api.error(shown, answer);
    refuseCoding(answer);
    const root = parseXml(await api.document(answer, MAX_DOCUMENT_BYTES));
    if (root?.name !== 'ListBucketResult') throw incomplete(shown, 'the server answers with no listing');
    const isEncoded = childText(root, 'EncodingType') === 'url';
    const items = root.children
      .filter(({ name }) => name === 'Contents')
      .map((element) => readItem(element, isEncoded, prefix));
    const isTruncated = childText(root, 'IsTruncated');
    if (isTruncated !== 'true' && isTruncated !== 'false')
      throw incomplete(shown, 'its listing does not say whether it ends');
    const next = childText(root, 'NextContinuationToken');
    if (isTruncated === 'true' && (next === null || next === ''))
      throw incomplete(shown, 'its listing goes on, and does not say where');
    return { items, token: isTruncated === 'true' ? next : null };
  });
}

function readItem(element: XmlElement, isEncoded: boolean, prefix: string): ListedKey {
  const written = childText(element, 'Key');
  if (written === null || written === '') return { key: '', reason: 'the listing has an object without a key' };
  const key = isEncoded ? decoded(written) : written;
  if (key === null) return { key: written, reason: 'the listing has a key that is not encoded as it says' };
  if (!key.startsWith(prefix)) return { key, reason: `the listing of ${prefix} names it, and it lies elsewhere` };
  const problem = keyProblem(key);
  if (problem !== null) return { key, reason: problem };
  const size = childText(element, 'Size') ?? '';
  if (!/^\d{1,15}$/.test(size)) return { key, reason: 'the listing does not say how large it is' };
  const algorithms = element.children.filter(({ name }) => name === 'ChecksumAlgorithm').map(({ text }) => text.trim());
  const hasSha256 = algorithms.includes('SHA256') && childText(element, 'ChecksumType') !== 'COMPOSITE';
  return { key, size: Number(size), etag: childText(element, 'ETag'), hasSha256 };
}

/** `encoding-type=url`: escapes, and a plus for a blank. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function incomplete(shown: string, what: string): SourceError {
  return new SourceError('bad-answer', `${shown}: ${what}`);
}
