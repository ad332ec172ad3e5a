import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs, { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BatchRecord } from '@artifact-sentinel/core/internal';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { MOST_LOST_RUNS, REMOTE_AT_ONCE } from '../limits.js';
import type { BatchOptions } from './options.js';
import { madeWith } from './record.js';
import { runBatch } from './run.js';

/** What is written to standard error. Files share their modules: no module is replaced. */
let said = '';
const real = fs.writeSync;
beforeAll(() => {
  fs.writeSync = ((descriptor: number, bytes: Uint8Array, ...rest: number[]) => {
    if (descriptor !== 2) return real(descriptor, bytes, ...rest);
    const text = Buffer.from(bytes)
      .subarray(rest[0] ?? 0)
      .toString();
    said += text;
    return Buffer.byteLength(text);
  }) as typeof fs.writeSync;
  syncBuiltinESMExports();
});
afterAll(() => {
  fs.writeSync = real;
  syncBuiltinESMExports();
});
beforeEach(() => {
  said = '';
});

const CLEAN = Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1');

/** A folder with a list of these files. */
function listed(names: readonly string[]): { folder: string; options: BatchOptions } {
  const folder = folderOfTest('sentinel-batch-');
  for (const name of names) writeFileSync(join(folder, name), CLEAN);
  writeFileSync(join(folder, 'list'), names.map((name) => JSON.stringify(join(folder, name))).join('\n'));
  return { folder, options: { from: join(folder, 'list'), to: join(folder, 'out') } };
}

test('how many records there are is said, and what of them is new, unless that is not wanted', async () => {
  const { folder, options } = listed(['a.pkl', 'b.pkl']);
  const file = join(folder, 'out', 'shard-1-of-1.ndjson');
  expect(await runBatch(options)).toBe(0);
  expect(said.trim()).toBe(`sentinel: shard 1 of 1: 2 records; written to ${file}`);
  said = '';
  expect(await runBatch(options)).toBe(0);
  expect(said.trim()).toBe(`sentinel: shard 1 of 1: 2 records, 2 of them from earlier runs; written to ${file}`);
  said = '';
  expect(await runBatch({ ...options, quiet: true })).toBe(0);
  expect(said).toBe('');
});

test('a list is that of one shard, and its settings stand in the records', async () => {
  const { folder, options } = listed(['a.pkl', 'b.pkl', 'c.pkl', 'd.pkl']);
  const sources: string[] = [];
  for (const number of [1, 2]) {
    expect(await runBatch({ ...options, shard: { number, of: 2 }, thorough: true, quiet: true })).toBe(0);
    const lines = readFileSync(join(folder, 'out', `shard-${number}-of-2.ndjson`), 'utf8')
      .trim()
      .split('\n');
    for (const line of lines.filter((one) => one !== '')) {
      const record = JSON.parse(line) as { source: string; made: unknown; verdict: string };
      expect(record).toMatchObject({ made: { thorough: true, policy: null }, verdict: 'pass', pinned: null });
      sources.push(record.source);
    }
  }
  expect(sources.toSorted()).toEqual(['a.pkl', 'b.pkl', 'c.pkl', 'd.pkl'].map((name) => join(folder, name)));
});

const EVIL = Buffer.from("cos\nsystem\n(S'id'\ntR.", 'latin1');
/** A class that nobody knows. */
const UNKNOWN = Buffer.from('cvendor.net\nModel\n.', 'latin1');
const SHA256 = createHash('sha256').update(CLEAN).digest('hex');

/** What is recorded of each source. */
async function recordsOf(sources: readonly string[], more: Partial<BatchOptions> = {}): Promise<BatchRecord[]> {
  const folder = folderOfTest('sentinel-batch-');
  writeFileSync(join(folder, 'list'), sources.map((source) => JSON.stringify(source)).join('\n'));
  expect(await runBatch({ from: join(folder, 'list'), to: join(folder, 'out'), quiet: true, ...more })).toBe(0);
  const text = readFileSync(join(folder, 'out', 'shard-1-of-1.ndjson'), 'utf8').trim();
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as BatchRecord);
}

/** A file in a folder of its own. */
function stored(bytes: Uint8Array): string {
  const file = join(folderOfTest('sentinel-batch-'), 'a.pkl');
  writeFileSync(file, bytes);
  return file;
}

const reasonsOf = (record: BatchRecord | undefined): string =>
  (record?.report.incomplete ?? []).map(({ reason }) => reason).join('; ');

describe('a file', () => {
  test('has its hash, unless that is not wanted, and nothing that holds on this machine alone', async () => {
    const file = stored(CLEAN);
    const hashOf = async (hash: BatchOptions['hash']): Promise<unknown> =>
      (await recordsOf([file], hash === undefined ? {} : { hash }))[0]?.report.artifacts[0]?.sha256;
    expect([await hashOf(undefined), await hashOf('all'), await hashOf('none')]).toEqual([SHA256, SHA256, null]);
    const [record] = await recordsOf([file]);
    expect(record?.facts).toMatchObject([{ path: file, opened: true, identity: null }]);
    expect(record?.report.artifacts[0]?.parts).toMatchObject([{ kind: 'stream', sha256: SHA256 }]);
  });

  test('is judged by the rules and the names that were asked for', async () => {
    const [evil, unknown] = [stored(EVIL), stored(UNKNOWN)];
    const verdicts = async (more: Partial<BatchOptions>): Promise<unknown> =>
      (await recordsOf([evil, unknown], more)).map(({ verdict }) => verdict);
    const [found] = await recordsOf([unknown]);
    const [rule = ''] = (found?.report.findings ?? []).map(({ ruleId }) => ruleId);
    expect(await verdicts({})).toEqual(['fail', 'fail']);
    expect(await verdicts({ alsoAllow: ['vendor.net.Model'] })).toEqual(['fail', 'pass']);
    expect(await verdicts({ rule: [rule] })).toEqual(['pass', 'fail']);
  });

  test('is accepted to the end of the last day of its acceptance', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-04T23:59:59Z') });
    onTestFinished(() => void vi.useRealTimers());
    const evil = stored(EVIL);
    const [found] = await recordsOf([evil]);
    const fingerprint = found?.report.findings[0]?.fingerprint;
    const verdict = async (expires: string): Promise<unknown> => {
      const policy = join(folderOfTest('sentinel-batch-'), 'policy.yml');
      writeFileSync(policy, `accept: [{fingerprint: "${fingerprint}", owner: me, why: known, expires: ${expires}}]\n`);
      return (await recordsOf([evil], { policy }))[0]?.verdict;
    };
    expect([await verdict('2026-03-04'), await verdict('2026-03-03')]).toEqual(['pass', 'fail']);
  });

  test('that is not read in time is incomplete', async () => {
    const [record] = await recordsOf([stored(CLEAN)], { timeout: 0.000001 });
    expect([record?.verdict, reasonsOf(record)]).toEqual(['incomplete', expect.stringContaining('deadline')]);
  });

  test('behind a link in a folder is read where that is wanted', async () => {
    const folder = folderOfTest('sentinel-batch-');
    mkdirSync(join(folder, 'in'));
    symlinkSync(stored(EVIL), join(folder, 'in', 'b.pkl'));
    const seen = async (more: Partial<BatchOptions>): Promise<unknown> =>
      (await recordsOf([join(folder, 'in')], more)).map(({ report }) => report.findings.length);
    expect([await seen({}), await seen({ followLinks: true })]).toEqual([[0], [1]]);
  });

  test('in whose scan runs ended is tried again, but not for ever', async () => {
    const { folder, options } = listed(['a.pkl']);
    const [a, out] = [join(folder, 'a.pkl'), join(folder, 'out')];
    const begun = JSON.stringify({ begun: a, made: JSON.stringify(madeWith(options, null)) });
    const afterLost = async (runs: number): Promise<BatchRecord> => {
      fs.rmSync(out, { recursive: true, force: true });
      mkdirSync(out);
      for (let i = 0; i < runs; i += 1) writeFileSync(join(out, `.shard-1-of-1.${i}.run`), `${begun}\n`);
      await runBatch({ ...options, quiet: true });
      return JSON.parse(readFileSync(join(out, 'shard-1-of-1.ndjson'), 'utf8')) as BatchRecord;
    };
    expect((await afterLost(MOST_LOST_RUNS - 1)).verdict).toBe('pass');
    const given = await afterLost(MOST_LOST_RUNS);
    expect([given.verdict, given.pinned, given.report.incomplete]).toEqual([
      'incomplete',
      null,
      [
        {
          path: a,
          offset: null,
          cause: 'limit',
          reason: `${MOST_LOST_RUNS} runs ended while it was scanned; it is not tried again`,
        },
      ],
    ]);
  });
});

/** A server of one pickle that ignores ranges; `before` is waited for. */
async function served({ before = async (_path: string): Promise<void> => {}, saysSize = true } = {}): Promise<string> {
  const server = createServer((request, response) => {
    const size = saysSize ? { 'content-length': CLEAN.length } : {};
    void before(request.url ?? '').then(() => response.writeHead(200, { ...size, etag: '"1"' }).end(CLEAN));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server, and what it was asked for. */
async function counted(): Promise<{ readonly origin: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const before = async (path: string): Promise<void> => void asked.push(path);
  return { origin: await served({ before }), asked };
}

describe('an address', () => {
  test('is read once, beside files too', async () => {
    const { origin, asked } = await counted();
    const [record, ...others] = await recordsOf([`${origin}/m.pkl`], { allowPrivate: true });
    expect(others).toEqual([]);
    expect(record).toMatchObject({ id: `${origin}/m.pkl`, verdict: 'pass', pinned: `${origin}/m.pkl` });
    const requests = asked.length;
    await recordsOf([`${origin}/m.pkl`, stored(CLEAN)], { allowPrivate: true });
    expect(asked).toHaveLength(2 * requests);
  });

  test('is hashed where that is wanted: it costs a download', async () => {
    const origin = await served();
    const hashOf = async (more: Partial<BatchOptions>): Promise<unknown> =>
      (await recordsOf([`${origin}/m.pkl`], { allowPrivate: true, ...more }))[0]?.report.artifacts[0]?.sha256;
    expect([await hashOf({}), await hashOf({ hash: 'all' }), await hashOf({ hash: 'none' })]).toEqual([
      null,
      SHA256,
      null,
    ]);
  });

  test('of this machine is not asked unless that is wanted, nor any where nothing may be asked', async () => {
    const { origin, asked } = await counted();
    const [refused] = await recordsOf([`${origin}/m.pkl`]);
    expect([refused?.verdict, reasonsOf(refused)]).toEqual(['incomplete', expect.stringContaining('--allow-private')]);
    const [offline] = await recordsOf([`${origin}/m.pkl`], { allowPrivate: true, offline: true });
    expect([offline?.verdict, offline?.pinned, reasonsOf(offline)]).toEqual([
      'incomplete',
      null,
      expect.stringContaining('--offline'),
    ]);
    expect(asked).toEqual([]);
  });

  test('larger than what may be downloaded is incomplete, and what went to a temporary file stands in its record', async () => {
    const address = `${await served({ saysSize: false })}/m.pkl`;
    const more = { allowPrivate: true, maxDownload: CLEAN.length - 1 } as const;
    const [record, other] = await recordsOf([address, stored(CLEAN)], more);
    const note = `${address}: the server ignores ranges; it, which has no announced size, went to a temporary file to be scanned (at most ${CLEAN.length - 1} B)`;
    expect([record?.verdict, reasonsOf(record), other?.verdict]).toEqual([
      'incomplete',
      expect.stringContaining('--max-download'),
      'pass',
    ]);
    expect([record?.report.notes, other?.report.notes]).toEqual([[note], []]);
    expect(said).toContain(`sentinel: ${note}`);
  });

  test('waits for a few others alone', async () => {
    const open = new Set<string>();
    let most = 0;
    let release = (): void => {};
    const enough = new Promise<void>((resolve) => {
      release = resolve;
    });
    // Nobody has an answer before as many have asked as may ask at a time.
    const before = async (path: string): Promise<void> => {
      open.add(path);
      most = Math.max(most, open.size);
      if (open.size >= REMOTE_AT_ONCE) release();
      await enough;
      open.delete(path);
    };
    const origin = await served({ before });
    const all = Array.from({ length: REMOTE_AT_ONCE + 2 }, (_, i) => `${origin}/${i}.pkl`);
    const records = await recordsOf(all, { allowPrivate: true });
    expect(records.map(({ id, verdict }) => [id, verdict])).toEqual(all.map((id) => [id, 'pass']));
    expect(most).toBe(REMOTE_AT_ONCE);
  });
});
