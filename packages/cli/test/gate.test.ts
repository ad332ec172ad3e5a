import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
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
