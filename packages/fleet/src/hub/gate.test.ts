import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SparseFile } from '../../../sources/test/double-files.js';
import { describeFleet, testDatabase } from '../../test/database.js';
import { CLIENT_TOKEN, judged, PUBLIC_URL, startHubKit, type HubKit } from '../../test/hub-kit.js';
import { verifyAudit } from '../audit/audit.js';
import { followFiles } from '../database/intake-verdicts.js';
import { inTransaction } from '../database/pool.js';
import { WHOLE_BYTES } from '../limits.js';

let turn = 0;
const SYSTEM = Buffer.from("cos\nsystem\n(S'id'\ntR.");
/** Above what is checked before its first byte goes out: no two parts of it are alike. */
function largeBytes(): Buffer {
  const bytes = Buffer.alloc(WHOLE_BYTES + 3_000_000);
  for (let at = 0; at + 4 <= bytes.length; at += 4096) bytes.writeUInt32LE(at, at);
  return bytes;
}

function gitOid(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Of the headers of an answer. */
function namesOf({ headers }: Response): string[] {
  const names: string[] = [];
  headers.forEach((_value, name) => names.push(name));
  return names;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describeFleet('the gate for clients of the Hub', () => {
  const LARGE = largeBytes();
  /** Of one test: the gate remembers what it checked. */
  let CLEAN: Buffer;
  let CONFIG: Buffer;
  let name: string;
  let kit: HubKit;
  beforeAll(async () => {
    kit = await startHubKit(await testDatabase());
  });
  afterAll(() => kit.close());
  beforeEach(async () => {
    turn += 1;
    name = `org/m${turn}`;
    LARGE.writeUInt32LE(turn, 8);
    CLEAN = Buffer.from(`the clean file of turn ${turn}`);
    CONFIG = Buffer.from(`{"model_type": "bert", "turn": ${turn}}\n`);
    kit.double.reset();
    kit.created.length = 0;
    await kit.database.pool.query('DELETE FROM findings; DELETE FROM artifacts; DELETE FROM intakes');
  });

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${kit.url}${path.replaceAll(/org\/m(?!\d)/g, name)}`, {
      redirect: 'manual',
      ...init,
      headers: { authorization: `Bearer ${CLIENT_TOKEN}`, ...(init.headers as Record<string, string>) },
    });
  const json = async (path: string, init?: RequestInit) =>
    (await (await ask(path, init)).json()) as Record<string, unknown>;

  function repository() {
    return kit.double.add(name, {
      'config.json': CONFIG,
      'clean.pkl': CLEAN,
      'small-lfs.bin': { content: SparseFile.of(CLEAN), lfs: true },
      'large.bin': LARGE,
      'folder/ü b#1.txt': 'text',
      'empty.txt': '',
    });
  }
  async function passing() {
    const made = repository();
    return { ...made, ...(await judged(kit.database.pool, name, made)), commit: made.commit };
  }

  test('gives what is known of a revision that passes, without Xet', async () => {
    const { commit } = await passing();
    kit.double.fault = (asked, response) => {
      if (!asked.path.startsWith(`/api/models/${name}/revision/`)) return false;
      const siblings = [{ rfilename: 'clean.pkl', xetHash: 'a' }, { rfilename: 'new.bin' }];
      response.setHeader('X-Xet-Hash', 'a');
      response.end(JSON.stringify({ id: name, sha: commit, siblings, xetEnabled: true, config: { XetData: 1, a: 2 } }));
      return true;
    };
    for (const path of [
      '/api/models/org/m',
      '/api/models/org/m/revision/main',
      `/api/models/org/m/revision/${commit}`,
    ]) {
      const response = await ask(path);
      expect(response.status).toBe(200);
      expect(namesOf(response).filter((header) => header.includes('xet'))).toEqual([]);
      expect(await response.json()).toEqual({
        id: name,
        sha: commit,
        siblings: [{ rfilename: 'clean.pkl' }],
        config: { a: 2 },
      });
    }
  });

  test('lists what was analysed, page by page, under its own address', async () => {
    const { commit } = await passing();
    kit.double.pageSize = 4;
    const first = await ask('/api/models/org/m/tree/main?recursive=true&expand=false');
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    expect(new URL(next).origin).toBe(PUBLIC_URL);
    const second = await ask(next.slice(PUBLIC_URL.length));
    expect(second.headers.get('link')).toBeNull();
    const entries = [...((await first.json()) as unknown[]), ...((await second.json()) as unknown[])] as {
      type: string;
      path: string;
      size: number;
      lfs?: { oid: string };
    }[];
    expect(entries.filter(({ type }) => type === 'file').map(({ path }) => path)).toEqual([
      'config.json',
      'clean.pkl',
      'small-lfs.bin',
      'large.bin',
      'folder/ü b#1.txt',
      'empty.txt',
    ]);
    expect(entries.find(({ path }) => path === 'small-lfs.bin')?.lfs?.oid).toBe(sha256(CLEAN));
    expect(first.headers.get('x-repo-commit')).toBe(commit);
  });

  test('asks for paths by a form and by JSON, and names no file that was not analysed', async () => {
    const made = await passing();
    made.files.set('new.bin', { content: SparseFile.of(CLEAN), lfs: false });
    const paths = ['clean.pkl', 'none.bin', 'new.bin', 'folder'];
    const form = new URLSearchParams([...paths.map((path) => ['paths', path] as [string, string]), ['expand', 'True']]);
    const byForm = await ask('/api/models/org/m/paths-info/main', { method: 'POST', body: form });
    const byJson = await ask('/api/models/org/m/paths-info/main', {
      method: 'POST',
      body: JSON.stringify({ paths, expand: false }),
      headers: { 'content-type': 'application/json' },
    });
    for (const response of [byForm, byJson])
      expect(((await response.json()) as { path: string }[]).map(({ path }) => path)).toEqual(['clean.pkl', 'folder']);
    const bad = await ask('/api/models/org/m/paths-info/main', {
      method: 'POST',
      body: new URLSearchParams([['x', 'y']]),
    });
    expect(bad.status).toBe(200);
    const worse = await ask('/api/models/org/m/paths-info/main', {
      method: 'POST',
      body: '{"paths": {"length": 1}}',
      headers: { 'content-type': 'application/json' },
    });
    expect(worse.status).toBe(400);
  });

  test('says of a file what clients need, and gives its bytes', async () => {
    const { commit } = await passing();
    const rows = [
      ['config.json', CONFIG, 'git'],
      ['small-lfs.bin', CLEAN, 'sha256'],
      ['large.bin', LARGE, 'sha256'],
      ['folder/ü b#1.txt', Buffer.from('text'), 'git'],
      ['empty.txt', Buffer.alloc(0), 'git'],
    ] as const;
    for (const [path, bytes, tag] of rows)
      for (const prefix of [
        '/org/m/resolve/main/',
        `/org/m/resolve/${commit}/`,
        `/api/resolve-cache/models/org/m/${commit}/`,
      ]) {
        const url = prefix + path.split('/').map(encodeURIComponent).join('/');
        const etag = `"${tag === 'git' ? gitOid(bytes) : sha256(bytes)}"`;
        for (const method of ['HEAD', 'GET']) {
          const response = await ask(url, { method });
          expect(response.status).toBe(200);
          const { headers } = response;
          expect(
            ['x-repo-commit', 'etag', 'x-linked-etag', 'x-linked-size', 'content-length'].map((header) =>
              headers.get(header),
            ),
          ).toEqual([commit, etag, etag, String(bytes.length), String(bytes.length)]);
          expect(
            namesOf(response).filter((one) => one === 'location' || one === 'link' || one.includes('xet')),
          ).toEqual([]);
          expect(Buffer.from(await response.arrayBuffer()).equals(method === 'HEAD' ? Buffer.alloc(0) : bytes)).toBe(
            true,
          );
        }
      }
  });

  test('gives parts of a file from a copy of all of it', async () => {
    await passing();
    const range = async (path: string, value: string, more: Record<string, string> = {}) => {
      const response = await ask(`/org/m/resolve/main/${path}`, { headers: { range: value, ...more } });
      return [
        response.status,
        response.headers.get('content-range'),
        Buffer.from(await response.arrayBuffer()),
      ] as const;
    };
    const size = LARGE.length;
    expect(await range('large.bin', 'bytes=0-7')).toEqual([
      206,
      `bytes 0-7/${size}`,
      Buffer.from(LARGE.subarray(0, 8)),
    ]);
    const [status, , rest] = await range('large.bin', `bytes=${size - 5000}-${size - 1}`);
    expect([status, rest.equals(LARGE.subarray(size - 5000))]).toEqual([206, true]);
    expect((await range('large.bin', 'bytes=-3'))[1]).toBe(`bytes ${size - 3}-${size - 1}/${size}`);
    expect((await range('large.bin', `bytes=${size}-`)).slice(0, 2)).toEqual([416, `bytes */${size}`]);
    expect((await range('clean.pkl', 'bytes=1-2'))[2]).toEqual(CLEAN.subarray(1, 3));
    expect((await range('clean.pkl', 'bytes=1-2', { 'if-range': '"other"' }))[0]).toBe(200);
    expect((await range('clean.pkl', 'bytes=1-2,4-5'))[0]).toBe(200);
    // One download of the large file answered all of its parts.
    const whole = kit.double.asked.filter(({ origin, path }) => origin === 'cdn' && path.endsWith('large.bin'));
    expect(whole.map(({ bytes }) => bytes)).toEqual([size]);
  });

  test.each([
    [
      'a fail',
      { files: { 'clean.pkl': 'failed' }, rules: { 'clean.pkl': 'PICKLE-EXEC' } },
      /clean\.pkl failed \(PICKLE-EXEC\)/,
    ],
    ['an incomplete analysis', { files: { 'large.bin': 'incomplete' } }, /large\.bin incomplete/],
    ['a file that was rejected', { files: { 'config.json': 'rejected' } }, /config\.json rejected/],
    [
      'a finding of the repository',
      { verdict: 'fail', findings: [{ rule: 'REPO-REMOTE-CODE', title: 'Runs code', action: 'fail', waived: null }] },
      /REPO-REMOTE-CODE \(Runs code\)/,
    ],
    ['a reason that no file has', { verdict: 'incomplete', reason: 'the listing broke off' }, /the listing broke off/],
    ['a source that failed', { state: 'failed', reason: 'it is gated' }, /could not be read: it is gated/],
    ['no verdict', { verdict: null }, /its verdict is not known/],
  ])('refuses a revision for %s, in every request', async (_name, judgement, words) => {
    const made = repository();
    const { intake, artifacts } = await judged(kit.database.pool, name, made, judgement);
    const pages = [intake, ...artifacts.values()];
    const requests: [string, RequestInit?][] = [
      ['/api/models/org/m'],
      ['/api/models/org/m/revision/main'],
      [`/api/models/org/m/tree/${made.commit}`],
      ['/api/models/org/m/paths-info/main', { method: 'POST', body: new URLSearchParams([['paths', 'clean.pkl']]) }],
      ['/org/m/resolve/main/clean.pkl'],
      ['/org/m/resolve/main/folder/%C3%BC%20b%231.txt'],
      [`/api/resolve-cache/models/org/m/${made.commit}/clean.pkl`],
    ];
    for (const [path, init] of requests) {
      const response = await ask(path, init);
      expect([path, response.status, response.headers.get('x-error-code')]).toEqual([path, 403, 'GatedRepo']);
      const message = response.headers.get('x-error-message') ?? '';
      expect(message).toMatch(words);
      expect(message).toMatch(/^Sentinel refuses hf:\/\/org\/m\d+@/);
      expect(pages.some((id) => message.includes(` ${PUBLIC_URL}/#/`) && message.endsWith(id))).toBe(true);
      expect(((await response.json()) as { error: string }).error).toMatch(words);
    }
    const head = await ask('/org/m/resolve/main/clean.pkl', { method: 'HEAD' });
    expect(head.headers.get('x-error-message')).toMatch(words);
    expect(kit.double.asked.filter(({ origin, path }) => origin === 'cdn' || path.includes('resolve'))).toEqual([]);
  });

  test('serves a revision whose failing file was promoted by a person', async () => {
    const made = repository();
    await judged(kit.database.pool, name, made, { files: { 'clean.pkl': 'promoted' } });
    expect((await ask('/org/m/resolve/main/clean.pkl')).status).toBe(200);
  });

  test('the newest intake that is done decides', async () => {
    const made = repository();
    await judged(kit.database.pool, name, made, { files: { 'clean.pkl': 'failed' } });
    await judged(kit.database.pool, name, made);
    await judged(kit.database.pool, name, made, { state: 'scanning' });
    expect((await ask('/org/m/resolve/main/clean.pkl')).status).toBe(200);
  });

  test('what was rejected stays so when the same revision is taken in again', async () => {
    const made = repository();
    await judged(kit.database.pool, name, made, { files: { 'config.json': 'rejected' } });
    await judged(kit.database.pool, name, made);
    expect((await ask('/org/m/resolve/main/clean.pkl')).status).toBe(403);
  });

  test('what was rejected stays so under other names of the commit, and where the file was taken in by itself', async () => {
    const made = repository();
    const { artifacts, intake } = await judged(kit.database.pool, name.toUpperCase(), made, {
      files: { 'config.json': 'rejected' },
    });
    await judged(kit.database.pool, name, made);
    const status = async () => (await ask('/org/m/resolve/main/clean.pkl')).status;
    expect(await status()).toBe(403);
    await kit.database.pool.query('UPDATE intakes SET pinned = $2 WHERE id = $1', [
      intake,
      `hf://org/other@${made.commit}/config.json`,
    ]);
    expect(await status()).toBe(403);
    await inTransaction(kit.database.pool, async (transaction) => {
      await transaction.query(`UPDATE artifacts SET state = 'passed' WHERE id = $1`, [artifacts.get('config.json')]);
      await followFiles(transaction, [intake], { revision: true });
    });
    expect(await status()).toBe(200);
  });

  test('takes in what is not known, once, and says that it takes time', async () => {
    const { commit } = repository();
    const answers = await Promise.all([
      ask('/api/models/org/m'),
      ask('/org/m/resolve/main/clean.pkl', { method: 'HEAD' }),
    ]);
    for (const response of answers) {
      expect([response.status, response.headers.get('retry-after'), response.headers.get('x-error-code')]).toEqual([
        503,
        '15',
        'GatedRepo',
      ]);
      expect(response.headers.get('x-error-message')).toMatch(/still analysing/);
    }
    expect(kit.created).toEqual([`hf://${name}@${commit} by a client`]);
  });

  test('an answer waits for an analysis that ends in time', async () => {
    const made = repository();
    const { intake } = await judged(kit.database.pool, name, made, { state: 'scanning' });
    setTimeout(
      () => void kit.database.pool.query(`UPDATE intakes SET state = 'done', verdict = 'pass' WHERE id = $1`, [intake]),
      50,
    );
    expect((await ask('/api/models/org/m')).status).toBe(200);
    expect(kit.created).toEqual([]);
  });

  test('a branch is what the Hub says that it is; a commit that is known is not asked for', async () => {
    const { commit } = await passing();
    expect((await ask(`/org/m/resolve/${commit}/small-lfs.bin`, { method: 'HEAD' })).status).toBe(200);
    expect(kit.double.asked.map(({ path }) => path)).toEqual([`/api/models/${name}/paths-info/${commit}`]);
    expect((await ask('/org/m/resolve/nope/clean.pkl')).headers.get('x-error-code')).toBe('RevisionNotFound');
    expect((await ask('/org/none/resolve/main/clean.pkl')).headers.get('x-error-code')).toBe('RepoNotFound');
    const missing = await ask('/org/m/resolve/main/none.bin', { method: 'HEAD' });
    expect(['x-error-code', 'x-repo-commit'].map((header) => missing.headers.get(header))).toEqual([
      'EntryNotFound',
      commit,
    ]);
  });

  test('a renamed repository goes by its new name, and its old one', async () => {
    await passing();
    kit.double.add('org/old', {}).renamedTo = name;
    expect((await json('/api/models/org/old'))['id']).toBe(name);
    expect((await ask('/org/old/resolve/main/clean.pkl')).status).toBe(200);
  });

  test('datasets and spaces', async () => {
    const made = kit.double.add('datasets/org/d', { 'data.bin': CLEAN });
    await judged(kit.database.pool, 'datasets/org/d', made);
    expect((await ask('/datasets/org/d/resolve/main/data.bin')).status).toBe(200);
    expect((await json('/api/datasets/org/d'))['sha']).toBe(made.commit);
    expect((await ask('/spaces/org/d/resolve/main/data.bin')).headers.get('x-error-code')).toBe('RepoNotFound');
  });

  test('references are given as the Hub has them', async () => {
    const { commit } = await passing();
    expect(await json('/api/models/org/m/refs')).toMatchObject({ branches: [{ name: 'main', targetCommit: commit }] });
  });

  test.each([
    ['POST', '/api/repos/create', 403],
    ['POST', '/api/models/org/m/commit/main', 403],
    ['POST', '/api/models/org/m/preupload/main', 403],
    ['DELETE', '/api/models/org/m', 403],
    ['PUT', '/api/models/org/m/settings', 403],
    ['GET', '/api/models/org/m/xet-read-token/main', 403],
    ['GET', '/api/models?search=x', 403],
    ['GET', '/api/models/', 403],
    ['GET', '/api/whoami-v2', 404],
    ['GET', '/api/models/org/m/commits/main', 404],
    ['GET', '/api/models/org/m/tree/main/a/..%2F..%2Fb', 400],
    ['GET', '/org/m/resolve/main/%2e%2e%2fx', 400],
    ['GET', '/org/m/resolve/main/a%00b', 400],
    ['GET', '/org/m/resolve/..%2Fx/a', 400],
    ['GET', '/org/m--/resolve/main/a', 400],
  ])('%s %s is %i, in words, and nothing is asked of the Hub', async (method, path, status) => {
    await passing();
    const response = await ask(path, {
      method,
      ...(method === 'POST' ? { body: '{"x":1}', headers: { 'content-type': 'application/x-ndjson' } } : {}),
    });
    expect(response.status).toBe(status);
    expect(((await response.json()) as { error: string }).error).not.toBe('');
    expect(kit.double.asked).toEqual([]);
  });

  test('nobody is served without a token of ours, and none of theirs reaches the Hub', async () => {
    await passing();
    for (const authorization of ['', 'Bearer hf_other', `Basic ${CLIENT_TOKEN}`])
      for (const path of ['/api/models/org/m', '/org/m/resolve/main/clean.pkl']) {
        const response = await ask(path, { headers: { authorization } });
        expect([response.status, response.headers.get('x-error-code')]).toEqual([401, 'GatedRepo']);
      }
    expect(kit.double.asked).toEqual([]);
    await ask('/org/m/resolve/main/large.bin', { method: 'HEAD' });
    await (await ask('/org/m/resolve/main/large.bin')).arrayBuffer();
    const said = new Set(
      kit.double.asked.map(({ origin, headers }) => `${origin} ${headers.authorization ?? 'nothing'}`),
    );
    expect([...said].sort()).toEqual(['api Bearer hf_doubletoken', 'cdn nothing']);
  });

  test('of a file that is larger than all copies may be, only the whole is given', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sentinel-copies-'));
    const small = await startHubKit(await testDatabase(), {
      copies: { folder, most: WHOLE_BYTES },
    });
    try {
      await judged(small.database.pool, 'org/m', small.double.add('org/m', { 'large.bin': LARGE }));
      const range = async (value: string) => {
        const headers = { authorization: `Bearer ${CLIENT_TOKEN}`, range: value };
        const response = await fetch(`${small.url}/org/m/resolve/main/large.bin`, { headers });
        return [
          response.status,
          (await response.arrayBuffer()).byteLength,
          response.headers.get('x-error-message') ?? '',
        ] as const;
      };
      // A download that goes on begins anew: clients know it by the 200.
      expect((await range('bytes=1000-')).slice(0, 2)).toEqual([200, LARGE.length]);
      const [status, , words] = await range('bytes=0-99');
      expect([status, words]).toEqual([403, expect.stringMatching(/serves no part of large\.bin/)]);
    } finally {
      await small.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  describeHostile();

  function describeHostile(): void {
    /** Other bytes instead of those of the storage. */
    const instead = (bytes: Uint8Array, headers: Record<string, string> = {}) => {
      kit.double.fault = (asked, response) => {
        if (!asked.path.includes('resolve-cache') && asked.origin !== 'cdn') return false;
        response
          .writeHead(200, { 'x-xet-hash': 'a'.repeat(64), link: '<https://x.example/>; rel="xet-auth"', ...headers })
          .end(bytes);
        return true;
      };
    };
    const auditOf = async (artifact: string | undefined) => {
      const { rows } = await kit.database.pool.query<{ action: string }>(
        'SELECT action FROM audit WHERE subject = $1',
        [`artifact:${artifact}`],
      );
      return rows.map(({ action }) => action);
    };
    const swapped = () => {
      const bytes = Buffer.from(LARGE);
      bytes[bytes.length - 1] = 1;
      return bytes;
    };

    test('bytes that changed after the verdict do not get out whole, and the revision fails', async () => {
      const { artifacts } = await passing();
      instead(swapped());
      const response = await ask('/org/m/resolve/main/large.bin');
      expect(response.status).toBe(200);
      await expect(response.arrayBuffer()).rejects.toThrow('terminated');
      const after = await ask('/org/m/resolve/main/config.json');
      expect(after.headers.get('x-error-message')).toMatch(/large\.bin rejected: the Hub gave other bytes to the gate/);
      expect(await auditOf(artifacts.get('large.bin'))).toEqual(['artifact.changed-at-source']);
      expect((await verifyAudit(kit.database.pool)).brokenAt).toBeNull();
    });

    test('a small file that changed is refused before its first byte', async () => {
      const { artifacts } = await passing();
      instead(SYSTEM.subarray(0, 1));
      const response = await ask('/org/m/resolve/main/clean.pkl');
      expect([response.status, response.headers.get('x-error-code')]).toEqual([403, 'GatedRepo']);
      expect(await auditOf(artifacts.get('clean.pkl'))).toEqual(['artifact.changed-at-source']);
    });

    test.each([
      ['more', 1, {}],
      ['fewer', -1, {}],
      ['more, without saying so', 1, { 'transfer-encoding': 'chunked' }],
      ['fewer, without saying so', -1, { 'transfer-encoding': 'chunked' }],
    ])('%s bytes than were analysed', async (_name, more, headers) => {
      await passing();
      instead(more > 0 ? Buffer.concat([LARGE, Buffer.from('x')]) : LARGE.subarray(0, -1), headers);
      const got = await ask('/org/m/resolve/main/large.bin')
        .then((response) => response.arrayBuffer())
        .catch(() => null);
      expect(got).toBeNull();
      expect((await ask('/org/m/resolve/main/config.json')).status).toBe(403);
    });

    test('a part of a file that changed is not given', async () => {
      await passing();
      instead(swapped());
      const response = await ask('/org/m/resolve/main/large.bin', { headers: { range: 'bytes=0-9' } });
      expect(response.status).toBe(403);
    });

    test('a connection that breaks is taken up where it broke, and the whole is checked', async () => {
      const { artifacts } = await passing();
      let breaks = 2;
      kit.double.fault = (asked, response) => {
        if (asked.origin !== 'cdn' || breaks === 0) return false;
        breaks -= 1;
        const from = Number(/^bytes=(\d+)-/.exec(asked.headers.range ?? '')?.[1] ?? 0);
        const { length } = LARGE;
        const range = from === 0 ? {} : { 'content-range': `bytes ${from}-${length - 1}/${length}` };
        response.writeHead(from === 0 ? 200 : 206, { 'content-length': length - from, ...range });
        response.write(LARGE.subarray(from, from + 5_000_000), () => response.destroy());
        return true;
      };
      const bytes = Buffer.from(await (await ask('/org/m/resolve/main/large.bin')).arrayBuffer());
      expect(bytes.equals(LARGE)).toBe(true);
      expect(breaks).toBe(0);
      expect(await auditOf(artifacts.get('large.bin'))).toEqual([]);
    });

    test('a connection that breaks for good breaks that of the client, and is no proof against the file', async () => {
      const { artifacts } = await passing();
      kit.double.fault = (asked, response) => {
        if (asked.origin !== 'cdn') return false;
        response.writeHead(200, { 'content-length': LARGE.length });
        response.write(LARGE.subarray(0, 1_000_000), () => response.destroy());
        return true;
      };
      const response = await ask('/org/m/resolve/main/large.bin');
      await expect(response.arrayBuffer()).rejects.toThrow('terminated');
      expect(await auditOf(artifacts.get('large.bin'))).toEqual([]);
    });

    test('a download that broke before it was checked is not made whole by checked bytes', async () => {
      await passing();
      const lie = Buffer.alloc(1_000_000, 'x');
      kit.double.fault = (asked, response) => {
        if (asked.origin !== 'cdn') return false;
        response.writeHead(200, { 'content-length': LARGE.length });
        response.write(lie, () => response.destroy());
        return true;
      };
      const first = await ask('/org/m/resolve/main/large.bin');
      await expect(first.arrayBuffer()).rejects.toThrow('terminated');
      kit.double.fault = () => false;
      // What the client has may be the lie: it gets all of the file, and begins anew (huggingface_hub: http_get).
      const second = await ask('/org/m/resolve/main/large.bin', { headers: { range: `bytes=${lie.length}-` } });
      expect(second.status).toBe(200);
      expect(Buffer.from(await second.arrayBuffer()).equals(LARGE)).toBe(true);
    });

    test.each(['http://127.0.0.1:9/x', 'http://169.254.169.254/latest/', 'http://10.0.0.1/x', 'file:///etc/passwd'])(
      'a redirect to %s is not followed, and not handed on',
      async (location) => {
        await passing();
        kit.double.fault = (asked, response) => {
          if (!asked.path.includes('/resolve/')) return false;
          response.writeHead(302, { location }).end();
          return true;
        };
        for (const path of ['clean.pkl', 'large.bin']) {
          const got = await ask(`/org/m/resolve/main/${path}`).then(
            async (response) => [
              response.status,
              response.headers.get('location'),
              await response.arrayBuffer().catch(() => 'broken'),
            ],
            () => null,
          );
          if (got === null || got[2] === 'broken') continue;
          expect(got.slice(0, 2)).toEqual([502, null]);
        }
      },
    );

    test('claims about hashes, commits and names are not believed', async () => {
      const { commit } = await passing();
      kit.double.fault = (asked, response) => {
        if (!asked.path.includes('/resolve/')) return false;
        response.setHeader('X-Linked-ETag', '"lie"');
        response.setHeader('X-Linked-Size', '1');
        return false;
      };
      const response = await ask('/org/m/resolve/main/clean.pkl', { method: 'HEAD' });
      expect(['etag', 'x-linked-etag', 'x-linked-size'].map((header) => response.headers.get(header))).toEqual([
        `"${gitOid(CLEAN)}"`,
        `"${gitOid(CLEAN)}"`,
        String(CLEAN.length),
      ]);
      for (const [lie, words] of [
        [{ id: name, sha: 'main' }, /no commit/],
        [{ id: '../../x', sha: commit }, /a name that is none/],
        [[], /no repository/],
      ] as const) {
        kit.double.fault = (_asked, answer) => {
          answer.end(JSON.stringify(lie));
          return true;
        };
        const refused = await ask('/api/models/org/m');
        expect([refused.status, refused.headers.get('x-error-message')]).toEqual([502, expect.stringMatching(words)]);
      }
    });

    test('a listing with another size or hash than was analysed is refused', async () => {
      const made = await passing();
      made.files.set('small-lfs.bin', { content: SparseFile.of(Buffer.alloc(CLEAN.length)), lfs: true });
      const response = await ask('/api/models/org/m/tree/main?recursive=true');
      expect(response.headers.get('x-error-message')).toMatch(/another small-lfs\.bin/);
    });

    test('a Hub that says nothing more ends the answer in time', async () => {
      await passing();
      kit.double.fault = (asked, response) => {
        if (asked.origin !== 'cdn') return false;
        response.writeHead(200, { 'content-length': LARGE.length }).write(LARGE.subarray(0, 100));
        return true;
      };
      const slow = await startHubKit(await testDatabase(), { idleMs: 100 });
      try {
        const made = slow.double.add('org/slow', { 'large.bin': LARGE });
        await judged(slow.database.pool, 'org/slow', made);
        slow.double.fault = kit.double.fault;
        const response = await fetch(`${slow.url}/org/slow/resolve/main/large.bin`, {
          headers: { authorization: `Bearer ${CLIENT_TOKEN}` },
        });
        expect([response.status, response.headers.get('x-error-code')]).toEqual([502, 'GatedRepo']);
      } finally {
        await slow.close();
      }
    });

    test('a request line that no client writes', async () => {
      const answer = await new Promise<string>((resolve, reject) => {
        const { port, hostname } = new URL(kit.url);
        const socket = connect(Number(port), hostname, () =>
          socket.write(
            `GET /org/m/resolve/main/%zz HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${CLIENT_TOKEN}\r\nconnection: close\r\n\r\n`,
          ),
        );
        let text = '';
        socket.on('data', (chunk) => (text += chunk.toString()));
        socket.on('end', () => resolve(text));
        socket.on('error', reject);
      });
      expect(answer).toMatch(/^HTTP\/1\.1 400/);
    });
  }
});
