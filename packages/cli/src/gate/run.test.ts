import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadGateConfig } from '@artifact-sentinel/gate';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { capturedOutput } from '../../../../oracles/captured-output.js';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { runGate, served, type GateCommandOptions } from './run.js';

const captured = capturedOutput();
afterEach(() => void vi.useRealTimers());

const ROUTES = `routes:
  - dialect: openai-embeddings
  - {path: /own, any_json: true}
`;
const CONFIG = `version: 1\nupstream: http://127.0.0.1:1\n${ROUTES}`;

function configOf(more = '', text = CONFIG): string {
  const file = join(folderOfTest('sentinel-gate-'), 'g.yml');
  writeFileSync(file, `${text}${more}`);
  return file;
}

/** What `--check` says. */
async function checked(options: Partial<GateCommandOptions> = {}, more = ''): Promise<readonly string[]> {
  captured.out = '';
  expect(await runGate({ config: configOf(more), check: true, ...options })).toBe(0);
  return captured.out.trimEnd().split('\n');
}

test('the routes, with their limits', async () => {
  expect(await checked()).toEqual([
    'upstream http://127.0.0.1:1',
    'enforce  POST       /v1/embeddings  application/json, 8388608 bytes, schema',
    'enforce  POST       /own  application/json, 8388608 bytes',
  ]);
  expect(captured.error).toBe('');
});

test('processes may inspect where Node can start one', async () => {
  expect(await checked({}, 'inspection: {isolation: process}\n')).toHaveLength(3);
});

test('gRPC and external processing', async () => {
  const grpc = "grpc: {upstream: 'http://127.0.0.1:2', allow: [TraceSetting]}\next_proc: {listen: '127.0.0.1:3'}\n";
  expect((await checked({}, grpc)).slice(-2)).toEqual([
    'enforce  gRPC       inference.GRPCInferenceService, grpc.health.v1.Health to http://127.0.0.1:2, 8388608 bytes, management: TraceSetting',
    'ext_proc 127.0.0.1:3',
  ]);
  expect((await checked({}, "grpc: {upstream: 'http://127.0.0.1:2'}\n")).at(-1)).toMatch(/, management: refused$/);
});

test('exceptions: one that counts on this day, and one of the day before', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime('2031-05-09T23:00:00Z');
  const exception = (rule: string, expires: string, field = ''): string =>
    `  - {rule: ${rule}, route: /own, ${field}owner: ml, why: w, expires: ${expires}}\n`;
  const more = `exceptions:\n${exception('GATE-PICKLE', '2031-05-08', 'field: blob, ')}${exception('GATE-YAML-TAG', '2031-05-09')}`;
  expect((await checked({}, more)).filter((line) => line.startsWith('except'))).toEqual([
    'except   GATE-PICKLE /own  field blob, expired 2031-05-08, ml',
    'except   GATE-YAML-TAG /own  any field, until 2031-05-09, ml',
  ]);
});

test.each<[Partial<GateCommandOptions>, string]>([
  [{ upstream: 'http://other:5' }, 'upstream http://other:5'],
  [{ upstream: 'https://other/' }, 'upstream https://other'],
])('%j replaces the upstream', async (options, line) => {
  expect((await checked(options))[0]).toBe(line);
});

test.each([
  ['127.0.0.1:0', 'ext_proc 127.0.0.1:0'],
  ['envoy.local:65535', 'ext_proc envoy.local:65535'],
  ['[::1]:4', 'ext_proc ::1:4'],
])('--ext-proc %s', async (extProc, line) => {
  expect((await checked({ extProc })).at(-1)).toBe(line);
  expect((await checked({ extProc, listen: 'none' })).at(-1)).toBe(line);
  // The address of the gate has the same form.
  expect((await checked({ listen: extProc }))[0]).toBe('upstream http://127.0.0.1:1');
});

test('--listen none where gRPC is served', async () => {
  expect((await checked({ listen: 'none' }, "grpc: {upstream: 'http://127.0.0.1:2'}\n")).at(-1)).toContain('gRPC');
});

const NOT_SERVED = '--listen none, and neither gRPC nor external processing is configured: nothing is served';
test.each<[Partial<GateCommandOptions>, string]>([
  [{ upstream: 'localhost:1' }, '--upstream has to be http://host:port, not "localhost:1"'],
  [{ upstream: 'http://a/b' }, '--upstream has to be http://host:port, not "http://a/b"'],
  [{ upstream: 'http://a:99999' }, '--upstream has to be http://host:port, not "http://a:99999"'],
  [{ extProc: 'envoy' }, '--ext-proc has to be host:port, not "envoy"'],
  [{ extProc: 'envoy:65536' }, '--ext-proc has to be host:port, not "envoy:65536"'],
  [{ listen: '::1:4' }, '--listen has to be host:port, not "::1:4"'],
  [{ listen: 'none' }, NOT_SERVED],
])('%j is refused', async (options, message) => {
  await expect(runGate({ config: configOf(), check: true, ...options })).rejects.toThrow(message);
  expect(captured.out).toBe('');
});

test('a configuration that is not there', async () => {
  const config = join(folderOfTest('sentinel-gate-'), 'none.yml');
  await expect(runGate({ config, check: true })).rejects.toThrow(`${config}: no such file or folder`);
});

test('a name that no file has is a mistake of ours, not of the user', async () => {
  await expect(runGate({ config: 'a\0b', check: true })).rejects.toMatchObject({
    name: 'TypeError',
    code: 'ERR_INVALID_ARG_VALUE',
  });
});

test('paths of routes stand below each other, those of exceptions too', async () => {
  const more = 'exceptions:\n  - {rule: GATE-CODE, route: /own, owner: ml, why: w, expires: 2999-01-01}\n';
  expect((await checked({}, more)).slice(-2)).toEqual([
    'enforce  POST       /own  application/json, 8388608 bytes',
    'except   GATE-CODE  /own  any field, until 2999-01-01, ml',
  ]);
});

test('a server of several addresses, and gRPC that comes through Envoy alone', async () => {
  const text = `version: 1\nupstream: {servers: ['http://a:1', 'http://b:2']}\nmode: observe\n${ROUTES}`;
  const config = configOf("grpc: {}\next_proc: {listen: '[::1]:3'}\n", text);
  expect(await runGate({ config, check: true })).toBe(0);
  const lines = captured.out.trimEnd().split('\n');
  expect([lines[0], lines[2]?.slice(0, 25), ...lines.slice(3)]).toEqual([
    'upstream http://a:1, http://b:2',
    'observe  POST       /own ',
    'observe  gRPC       inference.GRPCInferenceService, grpc.health.v1.Health by ext_proc only, 8388608 bytes, management: refused',
    'ext_proc ::1:3',
  ]);
});

test.each([
  ['in the single executable', { isSea: () => true }, 'process is not possible in the single executable'],
  ['with Node itself', { isSea: () => false }, null],
  ['where the runtime knows of no such executable', undefined, null],
])('inspection by processes %s', async (_what, sea, message) => {
  const own = process.getBuiltinModule.bind(process);
  const builtin = (name: string): unknown => (name === 'node:sea' ? sea : own(name));
  const spy = vi.spyOn(process, 'getBuiltinModule').mockImplementation(builtin as typeof process.getBuiltinModule);
  onTestFinished(() => spy.mockRestore());
  const run = (more: string): Promise<number> => runGate({ config: configOf(more), check: true });
  const isolated = run('inspection: {isolation: process}\n');
  if (message === null) expect(await isolated).toBe(0);
  else await expect(isolated).rejects.toThrow(message);
  expect(await run('inspection: {isolation: thread}\n')).toBe(0);
});

test('what listens where', () => {
  const config = (more: string) =>
    loadGateConfig(`version: 1\nupstream: http://127.0.0.1:1\n${ROUTES}${more}`, 'g.yml');
  const http = config('listen: 127.0.0.1:0\n');
  expect(served(http, 8080, {})).toBe('gate on 127.0.0.1:8080 before http://127.0.0.1:1');
  const all = config(
    "listen: 127.0.0.1:0\ngrpc: {upstream: 'http://127.0.0.1:2', listen: '127.0.0.2:0'}\next_proc: {listen: '127.0.0.3:0'}\n",
  );
  const ports = { grpc: 7, ext_proc: 9 };
  expect(served(all, 8080, ports)).toBe(
    'gate on 127.0.0.1:8080 before http://127.0.0.1:1, gRPC on 127.0.0.2:7 before http://127.0.0.1:2, external processing for Envoy on 127.0.0.3:9',
  );
  expect(served({ ...all, listen: null }, 0, ports)).toBe(
    'gRPC on 127.0.0.2:7 before http://127.0.0.1:2, external processing for Envoy on 127.0.0.3:9',
  );
  expect(served({ ...all, extProc: null }, 8080, ports)).toBe(
    'gate on 127.0.0.1:8080 before http://127.0.0.1:1, gRPC on 127.0.0.2:7 before http://127.0.0.1:2',
  );
  const throughEnvoy = { ...config("grpc: {}\next_proc: {listen: '127.0.0.3:0'}\n"), listen: null };
  expect(served(throughEnvoy, 0, ports)).toBe('external processing for Envoy on 127.0.0.3:9');
});
