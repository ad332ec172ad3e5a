import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bucketDouble } from '../../test/bucket.js';
import { describeFleet } from '../../test/database.js';
import type { ObjectStore } from '../model/ports.js';
import { FolderStore } from './folder-store.js';
import { S3Store } from './s3-store.js';

describeFleet('object stores', () => {
  const bucket = bucketDouble();
  const { objects, server, uploads } = bucket;
  let folder: string;
  let stores: Readonly<
    Record<'folder' | 's3', { readonly store: ObjectStore; readonly names: () => Promise<string[]> }>
  >;

  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    folder = await mkdtemp(join(tmpdir(), 'fleet-objects-'));
    process.env['AWS_ACCESS_KEY_ID'] = 'a';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'b';
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    stores = {
      folder: {
        store: new FolderStore(folder),
        names: async () => (await readdir(folder, { recursive: true })).filter((name) => /[0-9a-f]{20}|-/.test(name)),
      },
      s3: {
        store: new S3Store({ bucket: 'models', prefix: 'p/', endpoint, region: 'us-east-1' }),
        names: () => Promise.resolve([...objects.keys()]),
      },
    };
  });
  afterAll(async () => {
    delete process.env['AWS_ACCESS_KEY_ID'];
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(['folder', 's3'] as const)('%s: what is put is there under its hash, and nothing else', async (which) => {
    const { store, names } = stores[which];
    const bytes = randomBytes(100_000);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await store.put(Readable.from([bytes.subarray(0, 70_000), bytes.subarray(70_000)]), 200_000)).toEqual({
      sha256,
      size: 100_000,
    });
    const stream = await store.get(sha256);
    expect(stream === null ? null : (await buffer(stream)).equals(bytes)).toBe(true);
    expect(await names()).toHaveLength(1);
    await store.remove(sha256);
    expect(await store.get(sha256)).toBeNull();
    expect(await names()).toEqual([]);
  });

  test.each(['folder', 's3'] as const)('%s: what is too large, or breaks off, leaves nothing', async (which) => {
    const { store, names } = stores[which];
    await expect(store.put(Readable.from([randomBytes(60), randomBytes(60)]), 100)).rejects.toMatchObject({
      status: 413,
    });
    const broken = new Readable({
      read() {
        this.destroy(new Error('the client went away'));
      },
    });
    await expect(store.put(broken, 100)).rejects.toThrow('the client went away');
    expect(await names()).toEqual([]);
  });

  test.each(['folder', 's3'] as const)('%s: a client that goes without a word leaves nothing', async (which) => {
    const { store, names } = stores[which];
    const gone = new Readable({ read: () => undefined });
    gone.push(randomBytes(60));
    const put = store.put(gone, 100);
    setTimeout(() => gone.destroy(), 20);
    await expect(put).rejects.toThrow(/premature close/i);
    expect(await names()).toEqual([]);
  });

  test.each(['folder', 's3'] as const)('%s: a name that is no hash is none of its own', async (which) => {
    await expect((async () => stores[which].store.get('../../etc/passwd'))()).rejects.toThrow('not a SHA-256');
  });

  /** Bytes in pieces as they come from a socket; `ends` after them, or with an error. */
  function pieces(bytes: Buffer, end: Error | null): Readable {
    return Readable.from(
      (async function* () {
        for (let at = 0; at < bytes.length; at += 64 * 1024) yield bytes.subarray(at, at + 64 * 1024);
        // What was read is on its way by then.
        await new Promise((resolve) => setTimeout(resolve, 50));
        if (end !== null) throw end;
      })(),
      { objectMode: false },
    );
  }

  test('s3: a large file comes in parts, and is there as a whole', async () => {
    const { store, names } = stores.s3;
    const bytes = randomBytes(12 * 2 ** 20 + 17);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    bucket.parts = 0;
    expect(await store.put(pieces(bytes, null), 2 ** 30)).toEqual({ sha256, size: bytes.length });
    // Of five megabytes, but the last.
    expect([bucket.parts, uploads.size]).toEqual([3, 0]);
    const stream = await store.get(sha256);
    expect(stream === null ? null : (await buffer(stream)).equals(bytes)).toBe(true);
    expect(await names()).toHaveLength(1);
    await store.remove(sha256);
  });

  test.each([
    ['the client goes', new Error('the client went away'), 2 ** 30, null, /the client went away/],
    ['it is too large', null, 11 * 2 ** 20, null, /it has more than/],
    ['the store refuses a part', null, 2 ** 30, 2, /AccessDenied|UnknownError/],
  ] as const)('s3: no part of a large file stays where %s', async (_name, end, most, refused, why) => {
    const { store, names } = stores.s3;
    bucket.parts = 0;
    bucket.refusedPart = refused;
    await expect(store.put(pieces(randomBytes(12 * 2 ** 20), end), most)).rejects.toThrow(why);
    bucket.refusedPart = null;
    // Parts were stored before, and none of them is left.
    expect(bucket.parts).toBeGreaterThan(0);
    expect([uploads.size, await names()]).toEqual([0, []]);
  });
});
