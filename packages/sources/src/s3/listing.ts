import { refuseCoding } from '../http/body.js';
import { MAX_DOCUMENT_BYTES, MAX_LISTED, MAX_PAGES } from '../model/limits.js';
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

export interface Listing {
  readonly items: readonly ListedKey[];
  /** Why it is not complete; null where it is. */
  readonly problem: SourceError | null;
}

interface Page {
  readonly items: readonly ListedKey[];
  /** Of the next page; null on the last one. */
  readonly token: string | null;
}

/** All keys that begin with a prefix, page by page to the end. What came before a failure stands. */
export async function listKeys(api: BucketApi, shown: string, prefix: string, signal: AbortSignal): Promise<Listing> {
  const items: ListedKey[] = [];
  const seen = new Set<string>();
  const tokens = new Set<string>();
  let token: string | null = null;
  try {
    for (let pages = 1; ; pages += 1) {
      const page: Page = await readPage(api, shown, { prefix, token }, signal);
      for (const item of page.items) {
        if (seen.has(item.key))
          throw incomplete(shown, 'its listing names an object twice: it changed, or it is wrong');
        seen.add(item.key);
        items.push(item);
      }
      if (page.token === null) return { items, problem: null };
      if (tokens.has(page.token)) throw incomplete(shown, 'its listing comes back to a page that was there before');
      if (items.length > MAX_LISTED || pages >= MAX_PAGES)
        throw new SourceError('limit', `${shown}: it has more than ${MAX_LISTED} objects; name a prefix`);
      tokens.add(page.token);
      ({ token } = page);
    }
  } catch (error) {
    if (error instanceof SourceError) return { items, problem: error };
    throw error;
  }
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
