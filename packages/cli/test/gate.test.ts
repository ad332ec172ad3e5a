import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Cli, PICKLES } from './kit.js';

const cli = new Cli();
const CONFIG =
  'version: 1\nupstream: http://127.0.0.1:1\nroutes:\n  - dialect: openai-embeddings\n  - {path: /own, any_json: true}\n';

describe('sentinel gate', () => {
  test('--check lists the routes and serves nothing', () => {
    const run = cli.run(cli.folder({ 'sentinel-gate.yml': CONFIG }), ['gate', '--check']);
    expect(run).toEqual({
      code: 0,
      stderr: '',
      stdout:
        'upstream http://127.0.0.1:1\n' +
        'enforce  POST       /v1/embeddings  application/json, 8388608 bytes, schema\n' +
        'enforce  POST       /own  application/json, 8388608 bytes\n',
    });
  });

  test('--check lists exceptions, and says which are over', () => {
    const exceptions =
      'exceptions:\n  - {rule: GATE-PICKLE, route: /own, field: blob, owner: ml, why: old client, expires: 2020-01-31}\n  - {rule: GATE-YAML-TAG, route: /own, owner: ml, why: w, expires: 2999-01-31}\n';
    const { code, stdout } = cli.run(cli.folder({ 'sentinel-gate.yml': CONFIG + exceptions }), ['gate', '--check']);
    expect([code, stdout.split('\n').filter((line) => line.startsWith('except'))]).toEqual([
      0,
      [
        'except   GATE-PICKLE /own  field blob, expired 2020-01-31, ml',
        'except   GATE-YAML-TAG /own  any field, until 2999-01-31, ml',
      ],
    ]);
  });

  test('--check lists gRPC and external processing', () => {
    const more = `${CONFIG}grpc: {upstream: 'http://127.0.0.1:2', allow: [TraceSetting]}\next_proc: {listen: '127.0.0.1:3'}\n`;
    const files = { 'sentinel-gate.yml': more };
    const lines = (args: readonly string[]): string[] =>
      cli
        .run(cli.folder(files), ['gate', '--check', ...args])
        .stdout.trim()
        .split('\n')
        .slice(-2);
    expect(lines([])).toEqual([
      'enforce  gRPC       inference.GRPCInferenceService, grpc.health.v1.Health to http://127.0.0.1:2, 8388608 bytes, management: TraceSetting',
      'ext_proc 127.0.0.1:3',
    ]);
    expect(lines(['--listen', 'none', '--ext-proc', '[::1]:4'])[1]).toBe('ext_proc ::1:4');
  });

  test.each([
    [
      ['gate', '-c', 'a.yml', '--check'],
      { 'a.yml': `${CONFIG}exceptions: [{rule: GATE-PICKLE, route: /no, owner: o, why: w, expires: 2999-01-01}]\n` },
      'sentinel: a.yml:6:41: exceptions[0]: no route has the path or dialect "/no"\n',
    ],
    [
      ['gate', '-c', 'a.yml', '--ext-proc', 'envoy'],
      { 'a.yml': CONFIG },
      'sentinel: --ext-proc has to be host:port, not "envoy"\n',
    ],
    [
      ['gate', '-c', 'a.yml', '--listen', 'none'],
      { 'a.yml': CONFIG },
      'sentinel: --listen none, and neither gRPC nor external processing is configured: nothing is served\n',
    ],
    [['gate'], {}, 'sentinel: sentinel-gate.yml: no such file or folder\n'],
    [
      ['gate', '-c', 'a.yml'],
      { 'a.yml': 'version: 2\n' },
      'sentinel: a.yml:1:10: version has to be one of 1, not 2.\n',
    ],
    [
      ['gate', '-c', 'a.yml', '--upstream', 'localhost:1'],
      { 'a.yml': CONFIG },
      'sentinel: --upstream has to be http://host:port, not "localhost:1"\n',
    ],
    [
      ['gate', '-c', 'a.yml', '--listen', '99999'],
      { 'a.yml': CONFIG },
      'sentinel: --listen has to be host:port, not "99999"\n',
    ],
  ])('%j is exit code 2', (args, files, stderr) => {
    expect(cli.run(cli.folder(files), args)).toEqual({ code: 2, stdout: '', stderr });
  });

  test('--help has examples and exit codes', () => {
    const { code, stdout } = cli.run(cli.folder({}), ['gate', '--help']);
    expect([code, /Examples:\n {2}sentinel gate/.test(stdout), /Exit codes:\n {2}0 /.test(stdout)]).toEqual([
      0,
      true,
      true,
    ]);
  });

  test('a scan loads none of it', () => {
    const parts = join(dirname(cli.bundle), 'parts');
    const ofGate = readdirSync(parts).filter((name) =>
      readFileSync(join(parts, name), 'utf8').includes('GATE-ABORTED'),
    );
    expect(ofGate).not.toEqual([]);
    const loaded = cli.partsLoadedBy(cli.folder({ 'm.pkl': PICKLES.clean }), ['artifact', 'm.pkl']);
    expect(loaded).toContain('program.cjs');
    expect(loaded.filter((name) => ofGate.includes(name))).toEqual([]);
  });
});

describe.each(['thread', 'process'])('running, with inspection in a %s', (isolation) => {
  let gate: ChildProcess | null = null;
  afterEach(() => gate?.kill('SIGKILL'));

  test('refuses, says so on standard output, and ends with 0 on a signal', async () => {
    const upstream = createServer((request, response) => request.resume().on('end', () => response.end('ok')));
    upstream.listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    const { port } = upstream.address() as AddressInfo;
    const text = CONFIG.replace('127.0.0.1:1', `127.0.0.1:${port}`);
    const folder = cli.folder({
      'sentinel-gate.yml': `${text}listen: 127.0.0.1:0\nadmin: 127.0.0.1:0\ninspection: {isolation: ${isolation}}\n`,
    });
    const child = spawn(process.execPath, [cli.bundle, 'gate'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    gate = child;
    let out = '';
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    while (!/gate on .*\n/.test(printed)) await once(child.stderr, 'data');
    const [, at = '', admin = ''] = /gate on (\S+) before .* metrics on (\S+)/.exec(printed) ?? [];
    for (let i = 0; i < 200 && (await fetch(`http://${admin}/readyz`)).status !== 200; i += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const post = (body: string) =>
      fetch(`http://${at}/own`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    expect((await post('{"text":"What is this?"}')).status).toBe(200);
    expect((await post(JSON.stringify([PICKLES.system.toString('base64')]))).status).toBe(400);
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { class_uid: number; finding_info: { types: string[] } });
    expect(events.map(({ class_uid, finding_info }) => [class_uid, ...finding_info.types])).toEqual([
      [2004, 'GATE-PICKLE'],
    ]);
    upstream.closeAllConnections();
    upstream.close();
  }, 60_000);
});

test('SIGHUP reads the configuration again, a faulty one changes nothing, and a changed file is noticed', async () => {
  const upstream = createServer((request, response) => request.resume().on('end', () => response.end('ok')));
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const { port } = upstream.address() as AddressInfo;
  const text = (route: string): string =>
    `version: 1\nupstream: "http://127.0.0.1:\${PORT}"\nlisten: 127.0.0.1:0\nadmin: 127.0.0.1:0\nevents: []\nroutes: [{path: ${route}, any_json: true}]\n`;
  const folder = cli.folder({ 'sentinel-gate.yml': text('/one') });
  const file = join(folder, 'sentinel-gate.yml');
  const child = spawn(process.execPath, [cli.bundle, 'gate'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PORT: String(port) },
  });
  try {
    let printed = '';
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const said = async (words: RegExp): Promise<void> => {
      while (!words.test(printed)) await once(child.stderr, 'data');
    };
    await said(/gate on .*\n/);
    const [, at = '', admin = ''] = /gate on (\S+) before .* metrics on (\S+)/.exec(printed) ?? [];
    for (let i = 0; i < 200 && (await fetch(`http://${admin}/readyz`)).status !== 200; i += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const status = async (path: string): Promise<number> =>
      (
        await fetch(`http://${at}${path}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: '{}',
        })
      ).status;
    expect([await status('/one'), await status('/two')]).toEqual([200, 404]);
    child.kill('SIGHUP');
    await said(/SIGHUP: the configuration is as it was\n/);
    writeFileSync(file, text('/two'));
    child.kill('SIGHUP');
    await said(/SIGHUP: the new configuration is in force\n/);
    expect([await status('/one'), await status('/two')]).toEqual([404, 200]);
    writeFileSync(file, 'version: 9\n');
    await said(/the file has changed: the old configuration stays: sentinel-gate.yml:1:10: version has to be one of 1/);
    expect(await status('/two')).toBe(200);
    const metrics = await (await fetch(`http://${admin}/metrics`)).text();
    expect(metrics).toContain('sentinel_gate_reloads_total{result="done"} 1\n');
    expect(metrics).toMatch(/sentinel_gate_reloads_total\{result="failed"\} [12]\n/);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  } finally {
    child.kill('SIGKILL');
    upstream.closeAllConnections();
    upstream.close();
  }
}, 60_000);
