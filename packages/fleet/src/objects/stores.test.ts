import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeFleet } from '../../test/database.js';
import type { ObjectStore } from '../model/ports.js';
import { FolderStore } from './folder-store.js';
import { S3Store } from './s3-store.js';

/** What the client of AWS asks of a bucket for small objects. */
function bucket(objects: Map<string, Buffer>): Server {
  return createServer((request, response) => {
    const key = decodeURIComponent(new URL(request.url ?? '/', 'http://s3').pathname);
    const answer = (body: Buffer): void => {
      const source = request.headers['x-amz-copy-source'];
      if (request.method === 'PUT' && typeof source === 'string') {
        const from = objects.get(`/${decodeURIComponent(source).replace(/^\//, '')}`);
        if (from !== undefined) objects.set(key, from);
        response.end('<CopyObjectResult><ETag>"1"</ETag></CopyObjectResult>');
      } else if (request.method === 'PUT') {
        objects.set(key, body);
        response.writeHead(200, { etag: '"1"' }).end();
      } else if (request.method === 'DELETE') {
        objects.delete(key);
        response.writeHead(204).end();
      } else {
        const found = objects.get(key);
        if (found === undefined)
          response.writeHead(404, { 'content-type': 'application/xml' }).end('<Error><Code>NoSuchKey</Code></Error>');
        else response.end(found);
      }
    };
    void buffer(request).then(answer);
  });
}

describeFleet('object stores', () => {
  const objects = new Map<string, Buffer>();
  let server: Server;
  let folder: string;
  let stores: Readonly<
    Record<'folder' | 's3', { readonly store: ObjectStore; readonly names: () => Promise<string[]> }>
  >;

  beforeAll(async () => {
    server = bucket(objects);
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

  test.each(['folder', 's3'] as const)('%s: a name that is no hash is none of its own', async (which) => {
    await expect((async () => stores[which].store.get('../../etc/passwd'))()).rejects.toThrow('not a SHA-256');
  });
});
