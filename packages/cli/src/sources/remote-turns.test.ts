import { once } from 'node:events';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { memorySource } from '@artifact-sentinel/core';
import type { Collected } from '@artifact-sentinel/core/internal';
import { now, type Input } from '@artifact-sentinel/core/node/internal';
import {
  HttpClient,
  SourceError,
  type Source,
  type SourceContext,
  type SourceEntry,
  type SourceProblem,
} from '@artifact-sentinel/sources';
import { expect, onTestFinished, test, vi } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import type { InputTurn } from '../artifact/input-turn.js';
import type { RemoteOptions } from './options.js';
import { contextOf, pinAddresses, remoteTurns, turnsOfSource } from './remote-turns.js';

const CLEAN = Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1');
/** Calls os.system. */
const EVIL = Buffer.from("cos\nsystem\n(S'id'\ntR.", 'latin1');
const SHA256 = /^[0-9a-f]{64}$/;

/** Reading whose client asks nobody. */
function reading(more: Partial<RemoteOptions> = {}) {
  let closed = 0;
  const client = new HttpClient({
    transport: {
      send: () => Promise.reject(new SourceError('unreachable', 'nobody is asked')),
      close: () => {
        closed += 1;
      },
    },
    addresses: 'public',
  });
  const context: SourceContext = {
    client,
    variable: () => undefined,
    readText: () => null,
    signal: new AbortController().signal,
  };
  const notes: string[] = [];
  const options: RemoteOptions = {
    allowPrivate: false,
    offline: false,
    maxDownload: undefined,
    thorough: false,
    hash: undefined,
    notes,
    onPinned: () => {},
    onLine: () => {},
    context,
    ...more,
  };
  return { options, notes, closed: () => closed };
}

function file(path: string, content: string | Buffer, size: number | null = content.length): SourceEntry {
  const name = `double://r@1/${path}`;
  const open: SourceEntry['open'] = () => {
    const source = memorySource(new Uint8Array(Buffer.from(content)));
    return Promise.resolve({ path: name, source, size: source.size });
  };
  return { kind: 'file', name, path, size, sha256: null, open };
}

/** A source that lists these, and then fails where there is an error. */
function sourceOf(entries: readonly (SourceEntry | SourceProblem)[], error: Error | null = null): Source {
  return {
    name: 'double://r',
    pinned: 'double://r@1',
    notes: ['two of its files are flagged'],
    async *list() {
      yield* entries;
      if (error !== null) throw error;
    },
  };
}

async function all(turns: AsyncIterable<InputTurn>): Promise<{ inputs: Input[]; found: Collected[] }> {
  const seen: { inputs: Input[]; found: Collected[] } = { inputs: [], found: [] };
  for await (const { input, collected } of turns) {
    seen.inputs.push(input);
    seen.found.push(await collected());
  }
  return seen;
}

/** A server of one pickle that ignores ranges, and its connections. Nothing closes them but the client. */
async function served(): Promise<{ readonly origin: string; readonly server: Server }> {
  const server = createServer({ keepAliveTimeout: 0 }, (_request, response) => {
    response.writeHead(200, { 'content-length': CLEAN.length, etag: '"1"' }).end(CLEAN);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

test('files and what cannot be scanned come in the order of the listing, and the notes of the source are told', async () => {
  const { options, notes, closed } = reading();
  const entries: string[] = [];
  const source = sourceOf([
    file('a.pkl', CLEAN),
    { kind: 'problem', name: 'double://r@1/b', reason: 'its name is no name of a file' },
    file('c.pkl', CLEAN),
  ]);
  const { inputs, found } = await all(
    turnsOfSource(source, {}, { ...options, onEntry: ({ path }) => entries.push(path) }),
  );
  expect(inputs).toEqual([
    { kind: 'source', name: 'double://r@1/a.pkl', size: CLEAN.length, open: expect.any(Function) },
    { kind: 'unreadable', name: 'double://r@1/b', size: 0, problem: 'its name is no name of a file' },
    { kind: 'source', name: 'double://r@1/c.pkl', size: CLEAN.length, open: expect.any(Function) },
  ]);
  expect(entries).toEqual(['a.pkl', 'c.pkl']);
  expect(found.map(({ opened, notices }) => [opened, notices.map(({ reason }) => reason)])).toEqual([
    [true, []],
    [false, ['its name is no name of a file']],
    [true, []],
  ]);
  expect(notes).toEqual(['double://r@1: two of its files are flagged']);
  // Its owner goes on with it.
  expect(closed()).toBe(0);
});

test('what was listed before a listing broke is read; any other error is ours', async () => {
  const broken = new SourceError('bad-answer', 'the listing ends in the middle');
  const names: string[] = [];
  const turns = turnsOfSource(sourceOf([file('a.pkl', CLEAN)], broken), {}, reading().options);
  await expect(
    (async () => {
      for await (const { path } of turns) names.push(path);
    })(),
  ).rejects.toBe(broken);
  const ours = new TypeError('a fault');
  await expect(all(turnsOfSource(sourceOf([], ours), {}, reading().options))).rejects.toBe(ours);
});

test('an address that cannot be read is one line without its name, and the others are read', async () => {
  const { origin } = await served();
  const pinned: string[][] = [];
  const { options } = reading({
    context: undefined,
    allowPrivate: true,
    onPinned: (...addresses) => pinned.push(addresses),
  });
  const { inputs } = await all(
    remoteTurns(['https://a:b@example.invalid/m.pkl?sig=x', 'double://r', `${origin}/a.pkl`], {}, options),
  );
  expect(inputs).toEqual([
    {
      kind: 'unreadable',
      name: 'https://example.invalid/m.pkl',
      size: 0,
      problem: 'an address with a password is not taken',
    },
    {
      kind: 'unreadable',
      name: 'double://r',
      size: 0,
      problem: expect.stringMatching(/^sources at double:\/\/ are not known/),
    },
    { kind: 'source', name: `${origin}/a.pkl`, size: 0, open: expect.any(Function) },
  ]);
  expect(pinned).toEqual([[`${origin}/a.pkl`, `${origin}/a.pkl`]]);
});

test('offline nothing is asked', async () => {
  const { options } = reading({ offline: true });
  const { inputs } = await all(remoteTurns(['https://example.invalid/m.pkl'], {}, options));
  expect(inputs).toMatchObject([
    { name: 'https://example.invalid/m.pkl', size: 0, problem: '--offline reads caches only, and none has it' },
  ]);
});

/** A cache of the Hub with one repository of one file. */
function cache(): { readonly commit: string; readonly at: string } {
  const folder = folderOfTest('sentinel-cache-');
  const before = process.env['HF_HUB_CACHE'];
  onTestFinished(() => {
    if (before === undefined) delete process.env['HF_HUB_CACHE'];
    else process.env['HF_HUB_CACHE'] = before;
  });
  process.env['HF_HUB_CACHE'] = folder;
  const commit = '1'.repeat(40);
  const snapshot = join(folder, 'models--org--m', 'snapshots', commit);
  mkdirSync(snapshot, { recursive: true });
  mkdirSync(join(folder, 'models--org--m', 'refs'));
  writeFileSync(join(folder, 'models--org--m', 'refs', 'main'), commit);
  writeFileSync(join(snapshot, 'a.pkl'), CLEAN);
  return { commit, at: realpathSync(join(snapshot, 'a.pkl')) };
}

test.each([
  ['hf-cache:org/m', false, 'hf-cache:'],
  ['hf-cache:org/m', true, 'hf-cache:'],
  ['hf://org/m', true, 'hf://'],
])('%s, offline %s, is the local cache of the Hub', async (address, offline, scheme) => {
  const { commit, at } = cache();
  const { inputs, found } = await all(remoteTurns([address], {}, reading({ offline }).options));
  expect(inputs).toEqual([{ kind: 'file', name: `${scheme}org/m@${commit}/a.pkl`, at, size: CLEAN.length }]);
  expect(found.map(({ opened, notices }) => [opened, notices])).toEqual([[true, []]]);
});

test('HF_HUB_OFFLINE is offline for the Hub alone', async () => {
  const { commit } = cache();
  const before = process.env['HF_HUB_OFFLINE'];
  onTestFinished(() => {
    if (before === undefined) delete process.env['HF_HUB_OFFLINE'];
    else process.env['HF_HUB_OFFLINE'] = before;
  });
  process.env['HF_HUB_OFFLINE'] = '1';
  const { inputs } = await all(remoteTurns(['hf://org/m', 'https://example.invalid/m.pkl'], {}, reading().options));
  expect(inputs.map(({ kind, name }) => [kind, name])).toEqual([
    ['file', `hf://org/m@${commit}/a.pkl`],
    ['source', 'https://example.invalid/m.pkl'],
  ]);
});

test('the state of the reading counts a file whose size only its server knows', async () => {
  const { origin } = await served();
  let status = (): string => '';
  const { options } = reading({
    context: undefined,
    allowPrivate: true,
    onStart: (asked) => {
      status = asked;
    },
  });
  const turns = remoteTurns([`${origin}/a.pkl`, `${origin}/b.pkl`], {}, options);
  await all(turns);
  expect(status()).toBe(`${2 * CLEAN.length} B received, files of ${2 * CLEAN.length} B, 2 requests`);
});

test('its own connections are closed at the end', async () => {
  const { origin, server } = await served();
  const closed: Promise<unknown>[] = [];
  server.on('connection', (socket) => closed.push(once(socket, 'close')));
  await all(remoteTurns([`${origin}/a.pkl`], {}, reading({ context: undefined, allowPrivate: true }).options));
  expect(closed).toHaveLength(1);
  await Promise.all(closed);
});

test.each([
  ['the file that it imports', ['serve.py', 'wire.py'], ['serve.py', 'wire.py', 'serve.py', 'wire.py']],
  ['what is no source', ['serve.py', 'm.bin'], ['serve.py', 'serve.py', 'm.bin']],
  ['nothing', ['serve.py'], ['serve.py']],
  ['weights only', ['m.bin', 'n.bin'], ['m.bin', 'n.bin']],
])('a source beside %s: its neighbours are opened first', async (_what, names, opened) => {
  const asked: string[] = [];
  const entries = names.map((name) => {
    const entry = file(name, 'import wire\n');
    const open: SourceEntry['open'] = (signal) => {
      asked.push(name);
      return entry.open(signal);
    };
    return { ...entry, open };
  });
  await all(turnsOfSource(sourceOf(entries), { sources: ['source.call', 'source.flow'] }, reading().options));
  expect(asked.toSorted()).toEqual(opened.toSorted());
  asked.length = 0;
  // Nobody asks for facts about sources.
  await all(turnsOfSource(sourceOf(entries), {}, reading().options));
  expect(asked).toEqual(names);
});

test.each([
  ['all', [SHA256, SHA256]],
  ['findings', [SHA256, null]],
  [undefined, [null, null]],
] as const)('--hash %s', async (hash, expected) => {
  const source = sourceOf([file('a.py', 'import os\n'), file('m.pkl', CLEAN)]);
  const { found } = await all(turnsOfSource(source, {}, reading({ hash }).options));
  expect(found.map(({ sha256 }) => sha256)).toEqual(
    expected.map((one): unknown => (one === null ? null : (expect.stringMatching(one) as unknown))),
  );
});

test.each([
  ['all', [SHA256, SHA256]],
  ['findings', [SHA256, null]],
  [undefined, [null, null]],
] as const)('--hash %s, of a file with a finding and one without', async (hash, expected) => {
  const source = sourceOf([file('evil.pkl', EVIL), file('m.pkl', CLEAN)]);
  const { found } = await all(turnsOfSource(source, {}, reading({ hash }).options));
  expect(found.map(({ sha256 }) => sha256)).toEqual(
    expected.map((one): unknown => (one === null ? null : (expect.stringMatching(one) as unknown))),
  );
});

test('a file of which a policy knows the hash is hashed, whatever else is', async () => {
  const source = sourceOf([file('evil.pkl', EVIL), file('m.pkl', CLEAN)]);
  const { found } = await all(turnsOfSource(source, { hashWhere: ['os.system'] }, reading().options));
  expect(found.map(({ sha256 }) => sha256)).toEqual([expect.stringMatching(SHA256), null]);
});

test('a fault while an address is opened is ours, and no file that cannot be read', async () => {
  const { origin } = await served();
  const fault = new TypeError('a fault');
  const onPinned = (): void => {
    throw fault;
  };
  const { options } = reading({ context: undefined, allowPrivate: true, onPinned });
  await expect(all(remoteTurns([`${origin}/a.pkl`], {}, options))).rejects.toBe(fault);
});

test('what is no source waits for no source', async () => {
  const order: string[] = [];
  let opened = (): void => {};
  const isOpened = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const entries = ['serve.py', 'wire.py', 'm.pkl'].map((name): SourceEntry => {
    const entry = file(name, name === 'm.pkl' ? CLEAN : 'import wire\n');
    const open: SourceEntry['open'] = async (signal) => {
      if (name === 'm.pkl') opened();
      else await Promise.race([isOpened, new Promise((resolve) => setTimeout(resolve, 50))]);
      order.push(name);
      return entry.open(signal);
    };
    return { ...entry, open };
  });
  await all(turnsOfSource(sourceOf(entries), { sources: ['source.call', 'source.flow'] }, reading().options));
  expect(order[0]).toBe('m.pkl');
  expect(order.toSorted()).toEqual(['m.pkl', 'serve.py', 'serve.py', 'wire.py', 'wire.py']);
});

test('the deadline of an artifact comes later by what was waited for the rate limit', async () => {
  let waited = 0;
  const { options } = reading();
  const client = Object.create(options.context?.client ?? null, { rateWaitMs: { get: () => waited } }) as HttpClient;
  const entry = file('a.pkl', CLEAN);
  const open: SourceEntry['open'] = (signal) => {
    waited = 60_000;
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      setTimeout(() => resolve(entry.open(signal)), 60);
    });
  };
  const context = { ...options.context, client } as SourceContext;
  const limits = { limits: { artifactMs: 20 } };
  const { found } = await all(turnsOfSource(sourceOf([{ ...entry, open }]), limits, { ...options, context }));
  expect(found.map(({ opened, notices }) => [opened, notices])).toEqual([[true, []]]);
});

test('a file whose server says nothing ends by the deadline of one artifact', async () => {
  const entry = file('a.pkl', CLEAN);
  const open: SourceEntry['open'] = (signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  const turns = turnsOfSource(sourceOf([{ ...entry, open }]), { limits: { artifactMs: 20 } }, reading().options);
  await expect(all(turns)).rejects.toThrow('the deadline of 0.02 s for one artifact was reached');
});

test('waits for the rate limit of a server do not count as time of an artifact', async () => {
  let waited = 0;
  const { options } = reading();
  const client = Object.create(options.context?.client ?? null, { rateWaitMs: { get: () => waited } }) as HttpClient;
  const entry = file('a.pkl', CLEAN);
  const open: SourceEntry['open'] = (signal) => {
    waited = 10_000_000;
    return entry.open(signal);
  };
  const context = { ...options.context, client } as SourceContext;
  const limits = { limits: { artifactMs: 1_000_000 } };
  const { found } = await all(turnsOfSource(sourceOf([{ ...entry, open }]), limits, { ...options, context }));
  expect(found.map(({ opened, notices }) => [opened, notices])).toEqual([[true, []]]);
});

test('a file that was read leaves no timer behind it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { options } = reading();
  const runDeadline = { end: now() + 60_000, seconds: 60 };
  await all(turnsOfSource(sourceOf([file('a.pkl', CLEAN), file('b.pkl', CLEAN)]), { runDeadline }, options));
  expect(vi.getTimerCount()).toBe(0);
});

test('the end of the run ends what is being read, and what comes after it', async () => {
  const reasons: string[] = [];
  // More than are read at a time.
  const entries = Array.from({ length: 26 }, (_, i) => ({
    ...file(`${i}.pkl`, CLEAN),
    open: (signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) => {
        const end = (): void => {
          reasons.push((signal.reason as Error).message);
          reject(signal.reason as Error);
        };
        if (signal.aborted) end();
        else signal.addEventListener('abort', end);
      }),
  }));
  const turns = turnsOfSource(sourceOf(entries), { runDeadline: { end: now() + 20, seconds: 7 } }, reading().options);
  for await (const { collected } of turns)
    await expect(collected()).rejects.toThrow('the total time of 7 s for the run was over');
  expect(reasons).toEqual(Array(26).fill('the total time of 7 s for the run was over'));
});

test('a file that goes to a temporary file is told to people and in the notes, with its size where it is known', () => {
  const notes: string[] = [];
  const lines: string[] = [];
  const context = contextOf(
    { allowPrivate: false, onLine: (line) => lines.push(line), notes, maxDownload: 2048 },
    new AbortController().signal,
  );
  for (const size of [1024, null]) context.spooling?.open('https://h/m.pt', size).close();
  context.client.close();
  expect(notes).toEqual([
    'https://h/m.pt: the server ignores ranges; its 1.0 KiB went to a temporary file to be scanned (at most 2.0 KiB)',
    'https://h/m.pt: the server ignores ranges; it, which has no announced size, went to a temporary file to be scanned (at most 2.0 KiB)',
  ]);
  expect(lines).toEqual(notes);
});

test('only addresses whose revision can move are asked to be pinned', async () => {
  const quiet = { allowPrivate: false, offline: true, onLine: () => {} };
  const named = ['a.pkl', 'hf-cache:org/m', 'https://example.invalid/m.pkl'];
  expect(await pinAddresses(named, quiet)).toEqual(named);
  expect(await pinAddresses(named.slice(0, 2), { ...quiet, offline: false })).toEqual(named.slice(0, 2));
  expect(await pinAddresses(['https://example.invalid/m.pkl'], { ...quiet, offline: false })).toEqual([
    'https://example.invalid/m.pkl',
  ]);
  await expect(pinAddresses(['double://r'], { ...quiet, offline: false })).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringContaining('sources at double:// are not known'),
  });
});
