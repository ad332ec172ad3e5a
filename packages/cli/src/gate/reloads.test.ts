import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Gate, GateConfig } from '@artifact-sentinel/gate';
import { loadGateConfig } from '@artifact-sentinel/gate';
import { expect, onTestFinished, test } from 'vitest';
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
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

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
