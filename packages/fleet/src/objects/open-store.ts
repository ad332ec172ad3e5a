import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import * as z from 'zod';
import type { Queries } from '../database/pool.js';
import { saveSetting, setting } from '../database/settings.js';
import type { ObjectStore } from '../model/ports.js';
import { FolderStore } from './folder-store.js';
import { S3Store } from './s3-store.js';
import type { WorkerStore } from './worker-store.js';

/** Where uploads lie, as the settings say it: workers know nothing but the database. */
const storeShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), path: z.string(), id: z.string() }),
  z.object({
    kind: z.literal('s3'),
    bucket: z.string(),
    prefix: z.string(),
    endpoint: z.string().nullable(),
    region: z.string(),
  }),
]);
export type StoreSetting = z.output<typeof storeShape>;

/** Of a folder that the API serves to workers of other machines: GET url/sha256 with `Authorization: Bearer token`. */
const servedShape = z.object({ url: z.url(), token: z.string() });
const MARK = 'store-id';

/** `s3://bucket/prefix` or a folder. */
export async function describeStore(
  text: string,
  variable: (name: string) => string | undefined,
): Promise<StoreSetting> {
  const s3 = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(text);
  if (s3 === null) return describeFolder(resolve(text));
  const prefix = (s3[2] ?? '').replace(/\/*$/, '');
  return {
    kind: 's3',
    bucket: s3[1] ?? '',
    prefix: prefix === '' ? '' : `${prefix}/`,
    endpoint: variable('AWS_ENDPOINT_URL_S3') ?? variable('AWS_ENDPOINT_URL') ?? null,
    region: variable('AWS_REGION') ?? variable('AWS_DEFAULT_REGION') ?? 'us-east-1',
  };
}

/** A folder is known by a mark in it: another machine may have another folder of this name. */
async function describeFolder(path: string): Promise<StoreSetting> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const mark = join(path, MARK);
  if (!existsSync(mark)) await writeFile(mark, randomUUID(), { flag: 'wx', mode: 0o600 });
  return { kind: 'folder', path, id: await readFile(mark, 'utf8') };
}

export async function saveStore(db: Queries, store: StoreSetting): Promise<void> {
  await saveSetting(db, 'store', store);
}

export async function storeSetting(db: Queries): Promise<StoreSetting | null> {
  const value = await setting(db, 'store');
  return value === null ? null : storeShape.parse(value);
}

export function openStore(store: StoreSetting): ObjectStore {
  return store.kind === 'folder' ? new FolderStore(store.path) : new S3Store(store);
}

/** The store as the settings have it. A folder of another machine is asked of the API. */
export async function openWorkerStore(db: Queries): Promise<WorkerStore> {
  const store = await storeSetting(db);
  if (store === null) return { folders: [], path: () => null, get: () => Promise.resolve(null) };
  if (store.kind === 's3') {
    const objects = new S3Store(store);
    return { folders: [], path: () => null, get: (sha256) => objects.get(sha256) };
  }
  if (await isHere(store)) {
    const objects = new FolderStore(store.path);
    return { folders: [store.path], path: (sha256) => objects.pathOf(sha256), get: (sha256) => objects.get(sha256) };
  }
  const served = await setting(db, 'servedStore');
  const from = served === null ? null : servedShape.parse(served);
  return {
    folders: [],
    path: () => null,
    get: (sha256) => (from === null ? Promise.resolve(null) : fromApi(from, sha256)),
  };
}

async function isHere({ path, id }: Extract<StoreSetting, { kind: 'folder' }>): Promise<boolean> {
  return readFile(join(path, MARK), 'utf8').then(
    (found) => found === id,
    () => false,
  );
}

async function fromApi({ url, token }: z.output<typeof servedShape>, sha256: string): Promise<Readable | null> {
  const answer = await fetch(`${url.replace(/\/$/, '')}/${sha256}`, { headers: { authorization: `Bearer ${token}` } });
  if (answer.status === 404) return null;
  if (!answer.ok || answer.body === null) throw new Error(`the store answers with status ${answer.status}`);
  return Readable.fromWeb(answer.body as ReadableStream);
}
