import { unwatchFile, watchFile, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Gate, GateConfig } from '@artifact-sentinel/gate';
import { loadGateConfig } from '@artifact-sentinel/gate';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { capturedOutput } from '../../../../oracles/captured-output.js';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { Reloads } from './reloads.js';

const captured = capturedOutput();
const configOf = (port: number): GateConfig =>
  loadGateConfig(`version: 1\nupstream: http://127.0.0.1:${port}\nroutes: [{path: /own, any_json: true}]\n`, 'g.yml');

/** A gate that serves nothing, and what was done with it. */
function gateWith(problems: readonly string[] = []) {
  const done: string[] = [];
  const gate = {
    config: configOf(1),
    metrics: { reloads: { add: ({ result }: { result: string }) => void done.push(result) } },
    reopenFiles: () => {
      done.push('reopened');
      return problems;
    },
    reload: (config: GateConfig) => {
      done.push(config.upstream.servers.join());
      gate.config = config;
      return Promise.resolve();
    },
  };
  return { gate: gate as unknown as Gate, done };
}

/** Until everything that was begun is over. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

async function hangUp(read: () => Promise<GateConfig>, problems: readonly string[] = []): Promise<readonly string[]> {
  const { gate, done } = gateWith(problems);
  const file = join(folderOfTest('sentinel-reloads-'), 'g.yml');
  writeFileSync(file, '');
  const before = process.listeners('SIGHUP');
  onTestFinished(() => {
    for (const listener of process.listeners('SIGHUP')) if (!before.includes(listener)) process.off('SIGHUP', listener);
  });
  const reloads = new Reloads(gate, file, read);
  reloads.watch();
  process.emit('SIGHUP');
  await settled();
  reloads.end();
  // It is not read again after the end, and there is somebody who listens.
  expect(process.emit('SIGHUP')).toBe(true);
  await settled();
  return done;
}

test('the same configuration changes nothing', async () => {
  expect(await hangUp(() => Promise.resolve(configOf(1)))).toEqual(['reopened', 'same']);
  expect(captured.error).toBe('sentinel: SIGHUP: the configuration is as it was\n');
});

test('another one is in force from then on', async () => {
  expect(await hangUp(() => Promise.resolve(configOf(2)))).toEqual(['reopened', 'http://127.0.0.1:2', 'done']);
  expect(captured.error).toBe('sentinel: SIGHUP: the new configuration is in force\n');
});

test('one that cannot be read leaves the old one', async () => {
  const broken = (): Promise<GateConfig> => Promise.reject(new Error('broken'));
  expect(await hangUp(broken)).toEqual(['reopened', 'failed']);
  expect(captured.error).toMatch(/^sentinel: SIGHUP: the old configuration stays: .*broken/);
});

test('the same names of files of TLS may have other bytes', async () => {
  const { gate, done } = gateWith();
  const tls = { cert: '/gone/cert.pem', key: '/gone/key.pem', clientCa: null };
  const withTls = { ...configOf(1), tls } as unknown as GateConfig;
  Object.assign(gate, { config: withTls });
  const before = process.listeners('SIGHUP');
  const reloads = new Reloads(gate, join(folderOfTest('sentinel-reloads-'), 'g.yml'), () => Promise.resolve(withTls));
  process.emit('SIGHUP');
  await settled();
  reloads.end();
  for (const listener of process.listeners('SIGHUP')) if (!before.includes(listener)) process.off('SIGHUP', listener);
  expect(done.at(-1)).toBe('done');
});

test('files that cannot be opened again are named', async () => {
  await hangUp(() => Promise.resolve(configOf(1)), ['a.log: refused\u001b']);
  expect(captured.error.split('\n')[0]).toBe('sentinel: a.log: refused\\x1b');
});

/** Reloads that end with the running test, and a file of their configuration. */
function begun(read: () => Promise<GateConfig>, config = configOf(1)) {
  const { gate, done } = gateWith();
  Object.assign(gate, { config });
  const file = join(folderOfTest('sentinel-reloads-'), 'g.yml');
  writeFileSync(file, '');
  const before = process.listeners('SIGHUP');
  const reloads = new Reloads(gate, file, read);
  onTestFinished(() => {
    reloads.end();
    for (const listener of process.listeners('SIGHUP')) if (!before.includes(listener)) process.off('SIGHUP', listener);
  });
  return { reloads, gate, done, file };
}

const ignore = (): void => undefined;

/** Says that a file has changed; how many listen for that. All that watch one file share what watches it. */
function change(file: string): number {
  const watcher = watchFile(file, { persistent: false }, ignore);
  const count = watcher.listenerCount('change') - 1;
  watcher.emit('change');
  unwatchFile(file, ignore);
  return count;
}

/** How many listen for changes of each file, which do not change. */
function watching(files: readonly string[]): number[] {
  return files.map((file) => {
    const count = watchFile(file, { persistent: false }, ignore).listenerCount('change') - 1;
    unwatchFile(file, ignore);
    return count;
  });
}

describe('changes of files', () => {
  const withTls = (cert: string, key: string): GateConfig =>
    ({ ...configOf(1), tls: { cert, key, clientCa: null } }) as unknown as GateConfig;

  test('are looked for in the configuration and the files of TLS that are in force, and no longer than that', async () => {
    const folder = folderOfTest('sentinel-reloads-tls-');
    const [a, b, key] = ['a.pem', 'b.pem', 'key.pem'].map((name) => join(folder, name)) as [string, string, string];
    for (const file of [a, b, key]) writeFileSync(file, '');
    const { reloads, done, file } = begun(() => Promise.resolve(withTls(b, key)), withTls(a, key));
    expect(watching([file, a, b, key])).toEqual([0, 0, 0, 0]);
    reloads.watch();
    expect(watching([file, a, b, key])).toEqual([1, 1, 0, 1]);
    // A process that has nothing else to do ends.
    expect(process.getActiveResourcesInfo().filter((name) => name === 'StatWatcher')).toEqual([]);
    expect(change(a)).toBe(1);
    await settled();
    expect(done).toEqual(['http://127.0.0.1:1', 'done']);
    expect(captured.error).toBe('sentinel: the file has changed: the new configuration is in force\n');
    expect(watching([file, a, b, key])).toEqual([1, 0, 1, 1]);
    reloads.end();
    expect(watching([file, a, b, key])).toEqual([0, 0, 0, 0]);
  });

  test('are looked for still where the configuration cannot be read', async () => {
    let isBroken = true;
    const read = (): Promise<GateConfig> => (isBroken ? Promise.reject(new Error('b')) : Promise.resolve(configOf(2)));
    const { reloads, done, file } = begun(read);
    reloads.watch();
    change(file);
    await settled();
    isBroken = false;
    expect(change(file)).toBe(1);
    await settled();
    expect(done).toEqual(['failed', 'http://127.0.0.1:2', 'done']);
  });
});

test('one reload is over before the next one begins', async () => {
  const log: string[] = [];
  let port = 1;
  const read = async (): Promise<GateConfig> => {
    port += 1;
    const config = configOf(port);
    log.push(`reads ${port}`);
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`has read ${config.upstream.servers.join()}`);
    return config;
  };
  const { done } = begun(read);
  process.emit('SIGHUP');
  process.emit('SIGHUP');
  await vi.waitFor(() => expect(done).toHaveLength(6), { timeout: 10_000 });
  expect(log).toEqual(['reads 2', 'has read http://127.0.0.1:2', 'reads 3', 'has read http://127.0.0.1:3']);
  expect(done).toEqual(['reopened', 'reopened', 'http://127.0.0.1:2', 'done', 'http://127.0.0.1:3', 'done']);
});

test('what is being read at the end is not put in force, and what waits behind it is not read', async () => {
  let reads = 0;
  let answer = (_config: GateConfig): void => undefined;
  const read = (): Promise<GateConfig> => {
    reads += 1;
    return new Promise((resolve) => {
      answer = resolve;
    });
  };
  const { reloads, done, file } = begun(read);
  reloads.watch();
  process.emit('SIGHUP');
  process.emit('SIGHUP');
  await settled();
  reloads.end();
  answer(configOf(2));
  await settled();
  expect([reads, done, captured.error]).toEqual([1, ['reopened', 'reopened'], '']);
  expect(watching([file])).toEqual([0]);
});

test('a configuration that comes into force at the end is watched no more', async () => {
  let applied = (): void => undefined;
  const { reloads, file, gate } = begun(() => Promise.resolve(configOf(2)));
  gate.reload = () =>
    new Promise((resolve) => {
      applied = resolve;
    });
  reloads.watch();
  change(file);
  await settled();
  reloads.end();
  applied();
  await settled();
  expect(watching([file])).toEqual([0]);
});
