import { isRecord } from '../model/record.js';
import { MAX_LISTED, MAX_PAGES } from '../model/limits.js';
import { SourceError } from '../model/source-error.js';
import type { HubAddress } from './address.js';
import { badAnswer, type HubApi } from './api.js';
import { isRefused, readEntry, type ListedItem } from './entries.js';

/** What was listed, and why that is not all of it. */
export interface Listing {
  readonly items: readonly ListedItem[];
  readonly problem: SourceError | null;
}

/** The files at an address whose revision is a commit: a single one, or all in a folder, over all pages. */
export async function listFiles(api: HubApi, address: HubAddress, signal: AbortSignal): Promise<Listing> {
  const items = new Collected(address);
  try {
    if (address.path !== '' && !(await isFolder(api, address, items, signal))) return items.listing(null);
    await addPages(api, address, items, signal);
  } catch (error) {
    if (error instanceof SourceError) return items.listing(error);
    throw error;
  }
  return items.listing(null);
}

/** What was listed under names that occur once. */
class Collected {
  readonly #address: HubAddress;
  readonly #items: ListedItem[] = [];
  readonly #paths = new Set<string>();

  constructor(address: HubAddress) {
    this.#address = address;
  }

  add(entry: unknown): void {
    const item = readEntry(entry, this.#address.path);
    if (item === null) return;
    if (this.#items.length === MAX_LISTED)
      throw new SourceError('limit', `more than ${MAX_LISTED} files are listed; name a folder or a file of it`);
    const isTwice = !isRefused(item) && this.#paths.has(item.path);
    this.#paths.add(item.path);
    this.#items.push(isTwice ? { path: item.path, reason: 'the listing names it twice' } : item);
  }

  listing(problem: SourceError | null): Listing {
    return { items: this.#items, problem };
  }
}

async function addPages(api: HubApi, address: HubAddress, items: Collected, signal: AbortSignal): Promise<void> {
  const { revision, path } = address;
  const asked = api.asked(address, path);
  const parts = path === '' ? [] : path.split('/');
  let next: URL | null = api.apiUrl(address, ['tree', revision ?? 'main', ...parts]);
  next.searchParams.set('recursive', 'true');
  const seen = new Set<string>();
  while (next !== null) {
    if (seen.has(next.href)) throw badAnswer(asked, 'a listing whose pages lead in a circle');
    if (seen.size === MAX_PAGES) throw new SourceError('limit', `${asked.repository}: more than ${MAX_PAGES} pages`);
    seen.add(next.href);
    const { value, answer } = await api.json({ url: next, signal }, asked);
    if (!Array.isArray(value)) throw badAnswer(asked, 'a listing that is none');
    for (const entry of value as readonly unknown[]) items.add(entry);
    next = nextPage(answer.header('link'), next);
    if (next !== null && next.origin !== api.origin) throw badAnswer(asked, 'a listing that goes on at another server');
  }
}

/** The address with `rel="next"` in a Link header (RFC 8288). */
export function nextPage(link: string | null, base: URL): URL | null {
  if (link === null) return null;
  for (const part of link.split(/,(?=\s*<)/)) {
    const end = part.indexOf('>');
    const start = part.indexOf('<');
    if (start < 0 || end < start) continue;
    if (!/;\s*rel\s*=\s*"?[^";]*\bnext\b/i.test(part.slice(end))) continue;
    const target = part.slice(start + 1, end);
    if (!URL.canParse(target, base)) throw new SourceError('bad-answer', 'the next page of a listing has no address');
    return new URL(target, base);
  }
  return null;
}

/** Whether the path is a folder; a file is added. */
async function isFolder(api: HubApi, address: HubAddress, items: Collected, signal: AbortSignal): Promise<boolean> {
  const { path } = address;
  const asked = api.asked(address, path);
  const [info] = await pathsInfo(api, address, [path], false, signal);
  if (info === undefined)
    throw new SourceError('not-found', `${asked.repository} has no ${path} at revision ${asked.revision}`);
  if (isRecord(info) && info['type'] === 'directory') return true;
  items.add(info);
  return false;
}

/**
 * What the Hub says of some paths. `expand`: with its verdicts. They are asked for by a form, as huggingface-hub does: mirrors
 * such as olah take no JSON there.
 */
export async function pathsInfo(
  api: HubApi,
  address: HubAddress,
  paths: readonly string[],
  expand: boolean,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const asked = api.asked(address);
  const { value } = await api.json(
    {
      url: api.apiUrl(address, ['paths-info', address.revision ?? 'main']),
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new TextEncoder().encode(formOf(paths, expand)),
      signal,
    },
    asked,
  );
  if (!Array.isArray(value)) throw badAnswer(asked, 'paths that are none');
  return value as readonly unknown[];
}

function formOf(paths: readonly string[], expand: boolean): string {
  return new URLSearchParams([
    ...paths.map((path): [string, string] => ['paths', path]),
    ['expand', String(expand)],
  ]).toString();
}
