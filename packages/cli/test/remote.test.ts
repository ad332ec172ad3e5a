import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '@artifact-sentinel/core';
import { expect, test } from 'vitest';
import { SparseFile } from '../../sources/test/double-files.js';
import { TOKEN } from '../../sources/test/hub-double.js';
import { PICKLES } from './kit.js';
import { RemoteCli } from './remote-kit.js';

const cli = new RemoteCli();
const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));

function filesBelow(folder: string): Record<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), readFileSync(path)];
    }),
  );
}

/** A report without what differs between two runs, with `{at}` for where the files lie. */
function comparable(json: string, at: string): unknown {
  const { command: _command, run: _run, summary, ...report } = JSON.parse(json.replaceAll(`${at}/`, '{at}/')) as Report;
  const { durationMs: _ms, bytesRead: _read, ...counts } = summary;
  // A copy has nobody who claims anything of it.
  const artifacts = report.artifacts.map(({ claimedSha256: _claimed, ...artifact }) => artifact);
  return { ...report, artifacts, summary: counts };
}

test('a repository is reported as its copy is', { timeout: 120_000 }, async () => {
  const folder = cli.folder({});
  for (const name of ['honest/torch', 'hostile/containers']) {
    for (const file of readdirSync(join(FIXTURES, name)).filter((_, i) => i % 5 === 0))
      cpSync(join(FIXTURES, name, file), join(folder, 'copy', name, file), { recursive: true });
  }
  writeFileSync(join(folder, 'copy/empty.bin'), '');
  // A name of another file: what is loaded comes from there.
  const serve = 'from .wire import receive\nimport pickle\n\npickle.loads(receive())\n';
  const wire = "import requests\n\ndef receive():\n    return requests.get('https://example.org/x').content\n";
  for (const [name, text] of Object.entries({ '__init__.py': '', 'serve.py': serve, 'wire.py': wire }))
    writeFileSync(join(folder, 'copy/honest', name), text);
  // What lies beside weights.
  mkdirSync(join(folder, 'copy/m'));
  for (const [name, text] of Object.entries({
    'config.json': '{"model_type": "x", "auto_map": {"AutoModel": "modeling_x.X"}}',
    'modeling_x.py': 'from .helper import f\nclass X:\n    pass\n',
    'helper.py': 'import os\nos.system("id")\ndef f():\n    pass\n',
    'tokenizer_config.json': '{"chat_template": "{{ messages.__class__ }}"}',
    'model.safetensors.index.json': '{"weight_map": {"a": "../../../etc/passwd", "b": "model-1.safetensors"}}',
    'requirements.txt': '--index-url https://example.org/simple\nnumpy\n',
  }))
    writeFileSync(join(folder, 'copy/m', name), text);
  const { commit } = cli.double.add('org/model', filesBelow(join(folder, 'copy')));
  const options = ['--format', 'json', '--hash', 'all', '--thorough', '--allow-private'];
  const local = await cli.runRemote(folder, ['artifact', 'copy', ...options]);
  const remote = await cli.runRemote(folder, ['artifact', 'hf://org/model', ...options]);
  expect(remote.stderr).toBe('');
  expect(remote.code).toBe(local.code);
  expect(json(local.stdout).findings.map(({ artifact }) => artifact)).toContain('copy/honest/serve.py');
  expect(json(local.stdout).findings.map(({ ruleId }) => ruleId)).toEqual(
    expect.arrayContaining(['REPO-REMOTE-CODE', 'REPO-RUNS-ON-LOAD', 'REPO-CHAT-TEMPLATE', 'REPO-SHARD-INDEX']),
  );
  expect(json(local.stdout).repositories.map(({ path }) => path)).toEqual([
    'copy/hostile/containers/serving-archive.mar!',
    'copy/m/',
  ]);
  const at = `hf://org/model@${commit}`;
  // Other files are named by full paths.
  const shown = local.stdout.replaceAll(join(folder, 'copy'), 'copy');
  expect(comparable(remote.stdout, at)).toEqual(comparable(shown, 'copy'));
});

const ALLOW = '--allow-private';
const json = (text: string): Report => JSON.parse(text) as Report;

test('exit codes, and one line for what cannot be read', async () => {
  const folder = cli.folder({ 'local.pkl': PICKLES.clean });
  cli.double.add('org/clean', { 'a.pkl': PICKLES.clean });
  cli.double.add('org/hostile', { 'a.pkl': PICKLES.system });
  const run = (...args: readonly string[]) => cli.runRemote(folder, ['artifact', ...args, ALLOW, '--format', 'json']);
  const [clean, hostile, mixed, none] = await Promise.all([
    run('hf://org/clean'),
    run(`${cli.double.endpoint}/org/hostile/blob/main/a.pkl`),
    run('local.pkl', 'hf://org/clean', 'hf://org/none', 'hf://org/hostile'),
    run('hf://org/none'),
  ]);
  expect([clean?.code, hostile?.code, mixed?.code, none?.code]).toEqual([0, 1, 1, 2]);
  expect(json(mixed?.stdout ?? '').artifacts.map(({ path }) => path.replace(/@.*\//, '@/'))).toEqual([
    'local.pkl',
    'hf://org/clean@/a.pkl',
    'hf://org/none',
    'hf://org/hostile@/a.pkl',
  ]);
  expect(json(none?.stdout ?? '').incomplete).toEqual([
    expect.objectContaining({ path: 'hf://org/none', reason: expect.stringMatching(/^org\/none does not exist/) }),
  ]);
});

test('the SHA-256 that the Hub claims stands in the report, and is compared where the bytes are hashed', async () => {
  const folder = cli.folder({});
  const sha256 = createHash('sha256').update(PICKLES.system).digest('hex');
  const content = SparseFile.of(PICKLES.system);
  cli.double.add('org/model', { 'a.pkl': { content, lfs: true }, 'b.pkl': { content, lfs: false } });
  const run = async (...args: readonly string[]) => {
    const { stdout } = await cli.runRemote(folder, ['artifact', 'hf://org/model', ALLOW, '-f', 'json', ...args]);
    const { artifacts, incomplete } = json(stdout);
    return [artifacts.map((artifact) => [artifact.claimedSha256, artifact.sha256]), incomplete.length];
  };
  expect(await run('--hash', 'none')).toEqual([
    [
      [sha256, null],
      [undefined, null],
    ],
    0,
  ]);
  expect(await run('--hash', 'all')).toEqual([
    [
      [sha256, sha256],
      [undefined, sha256],
    ],
    0,
  ]);
});

test('private addresses are refused by default, and so is the network where it is not wanted', async () => {
  const folder = cli.folder({});
  cli.double.add('org/clean', { 'a.pkl': PICKLES.clean });
  const [closed, offline, unknown] = await Promise.all([
    cli.runRemote(folder, ['artifact', 'hf://org/clean']),
    cli.runRemote(folder, ['artifact', `${cli.double.endpoint}/x.pkl`, ALLOW, '--offline']),
    cli.runRemote(folder, ['artifact', 'ftp://example.org/x', ALLOW]),
  ]);
  expect([closed?.code, offline?.code, unknown?.code]).toEqual([2, 2, 2]);
  expect(closed?.stdout).toMatch(/127\.0\.0\.1 is not an address of the public internet; --allow-private allows it/);
  expect(offline?.stdout).toMatch(/--offline reads caches only/);
  expect(unknown?.stdout).toMatch(/sources at ftp:\/\/ are not known/);
  expect(cli.double.asked).toEqual([]);
});

test('a server that ignores ranges is said, in the report as well, and its limit is that of the retest', async () => {
  const folder = cli.folder({});
  const bytes = Buffer.concat([PICKLES.system, Buffer.alloc(33 * 2 ** 20)]);
  cli.double.fault = (_asked, response) => Boolean(response.end(bytes));
  const address = `${cli.double.endpoint}/api/model.pkl`;
  const run = (...args: readonly string[]) =>
    cli.runRemote(folder, ['artifact', address, ALLOW, '--format', 'json', ...args]);
  const [taken, refused, named] = await Promise.all([
    run(),
    run('--max-download', '32MiB'),
    run('--max-download', '34MiB'),
  ]);
  expect([taken?.code, refused?.code, named?.code]).toEqual([1, 2, 1]);
  const line = `${address}: the server ignores ranges; its 33 MiB went to a temporary file to be scanned (at most`;
  expect(taken?.stderr).toContain(`sentinel: ${line} 1.0 GiB)`);
  expect(json(taken?.stdout ?? '').notes).toContainEqual(`${line} 1.0 GiB)`);
  expect(json(named?.stdout ?? '').notes).toContainEqual(`${line} 34 MiB)`);
  expect(json(named?.stdout ?? '').findings[0]?.retest).toMatch(/ --max-download 35651584$/);
  expect(json(refused?.stdout ?? '').incomplete.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/are more than the 33554432 that are downloaded to be scanned \(--max-download\)/),
  ]);
  const wrong = await run('--max-download', 'much');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/A number of bytes is needed, such as 500MiB/)]);
});

test('a report is retested at its revision, and at another one that is named', async () => {
  const folder = cli.folder({});
  const repository = cli.double.add('org/model', { 'a.pkl': PICKLES.system, 'b.pkl': PICKLES.clean });
  const first = await cli.runRemote(folder, ['artifact', 'hf://org/model', ALLOW, '-f', 'json=report.json']);
  expect(first.code).toBe(1);
  const before = repository.commit;
  const report = json(readFileSync(join(folder, 'report.json'), 'utf8'));
  const name = `hf://org/model@${before}/a.pkl`;
  expect(report.run?.paths).toEqual([`hf://org/model@${before}`]);
  expect(report.findings[0]?.retest).toBe(`sentinel artifact ${name} --rule PICKLE-EXEC ${ALLOW}`);
  const record = async (...args: readonly string[]) => {
    const run = await cli.runRemote(folder, ['retest', 'report.json', ...args, '-f', 'json', ALLOW, '-q']);
    const { findings } = JSON.parse(run.stdout) as { findings: { status: string; after: { path: string } | null }[] };
    return [run.code, ...findings.map(({ status, after }) => [status, after?.path ?? null])];
  };
  expect(await record()).toEqual([1, ['open', name]]);
  // The branch goes on; the report is about its commit.
  repository.commit = 'b'.repeat(40);
  repository.files.delete('a.pkl');
  expect(await record('hf://org/model')).toEqual([0, ['removed', null]]);
  repository.files.set('a.pkl', { content: repository.files.get('b.pkl')?.content ?? fail(), lfs: false });
  expect(await record('hf://org/model@main')).toEqual([0, ['closed', `hf://org/model@${'b'.repeat(40)}/a.pkl`]]);
  const again = await cli.runRemote(folder, ['retest', 'report.json', '-f', 'json', ALLOW, '-q']);
  expect(again.code).toBe(2);
  expect(again.stdout).toMatch(/has no revision/);
});

test('a report sends no request to a server that it names', async () => {
  const folder = cli.folder({});
  const url = `${cli.double.endpoint}/api/x.pkl`;
  const signed = `${url}?signature=secret`;
  cli.double.fault = (_asked, response) => Boolean(response.end(PICKLES.system));
  const first = await cli.runRemote(folder, ['artifact', signed, ALLOW, '-f', 'json=report.json']);
  expect(cli.double.asked.map(({ query }) => query.get('signature'))).toContain('secret');
  expect(first.stderr + readFileSync(join(folder, 'report.json'), 'utf8')).not.toContain('secret');
  const asked = cli.double.asked.length;
  const retest = await cli.runRemote(folder, ['retest', 'report.json', ALLOW]);
  expect(retest.code).toBe(2);
  expect(retest.stderr).toMatch(/a report sends no request to a server that it names/);
  expect(cli.double.asked).toHaveLength(asked);
  const named = await cli.runRemote(folder, ['retest', 'report.json', url, ALLOW]);
  expect(named.code).toBe(1);
});

test('a baseline of one revision holds for the next one', async () => {
  const folder = cli.folder({});
  const repository = cli.double.add('org/model', { 'a.pkl': PICKLES.system });
  await cli.runRemote(folder, ['artifact', 'hf://org/model', ALLOW, '-f', 'json=base.json']);
  repository.commit = 'c'.repeat(40);
  const args = ['artifact', 'hf://org/model', ALLOW, '--baseline', 'base.json', '--fail-on-new', '-f', 'json'];
  const same = await cli.runRemote(folder, [...args, '--max-acceptable-severity', 'OVERTLY_MALICIOUS']);
  expect(json(same.stdout).findings.map(({ baseline }) => baseline?.state)).toEqual(['unchanged']);
  expect(same.code).toBe(0);
});

test('the local cache: each file once, under its repository and commit, without the network', async () => {
  const folder = cli.folder({});
  const [commit, other] = ['d'.repeat(40), 'e'.repeat(40)];
  const repository = join(folder, 'hub/models--org--model');
  for (const sub of ['blobs', 'refs', `snapshots/${commit}/sub`, `snapshots/${other}`])
    mkdirSync(join(repository, sub), { recursive: true });
  writeFileSync(join(repository, 'refs/main'), commit);
  writeFileSync(join(repository, 'blobs/1'), PICKLES.system);
  writeFileSync(join(repository, 'blobs/2'), PICKLES.clean);
  writeFileSync(join(folder, 'outside.pkl'), PICKLES.system);
  symlinkSync('../../../blobs/1', join(repository, `snapshots/${commit}/sub/a.pkl`));
  symlinkSync('../../blobs/2', join(repository, `snapshots/${commit}/b.pkl`));
  symlinkSync('../../blobs/2', join(repository, `snapshots/${other}/b.pkl`));
  symlinkSync('../../../../outside.pkl', join(repository, `snapshots/${other}/out.pkl`));
  const env = { HF_HUB_CACHE: join(folder, 'hub'), HF_HUB_OFFLINE: '1' };
  const paths = async (...args: readonly string[]) => {
    const { stdout, code } = await cli.runRemote(folder, ['artifact', ...args, '-f', 'json'], env);
    const { artifacts, incomplete } = json(stdout);
    return { code, paths: artifacts.map(({ path }) => path), reasons: incomplete.map(({ reason }) => reason) };
  };
  expect(await paths('hf-cache:')).toEqual({
    code: 1,
    paths: [
      `hf-cache:org/model@${commit}/b.pkl`,
      `hf-cache:org/model@${commit}/sub/a.pkl`,
      `hf-cache:org/model@${other}/out.pkl`,
    ],
    reasons: ['a link that leads out of the cache of its repository'],
  });
  expect((await paths(`hf-cache:org/model@${other}/b.pkl`)).code).toBe(0);
  expect((await paths('hf://org/model')).paths).toEqual([
    `hf://org/model@${commit}/b.pkl`,
    `hf://org/model@${commit}/sub/a.pkl`,
  ]);
  expect((await paths('hf-cache:org/none')).reasons).toEqual(['the cache has no such repository']);
  expect(cli.double.asked).toEqual([]);
});

test('two hundred small files are asked for many at a time', async () => {
  const folder = cli.folder({});
  const files = Array.from({ length: 200 }, (_, i) => [
    `d${i % 7}/f${i}.pkl`,
    i === 77 ? PICKLES.system : PICKLES.clean,
  ]);
  cli.double.add('org/many', Object.fromEntries(files));
  cli.double.latencyMs = 50;
  const { stdout, code } = await cli.runRemote(folder, ['artifact', 'hf://org/many', ALLOW, '-f', 'json']);
  expect(code).toBe(1);
  const { artifacts, findings, summary } = json(stdout);
  expect(artifacts).toHaveLength(200);
  expect(findings.map(({ artifact }) => artifact.replace(/.*\//, ''))).toEqual(['f77.pkl']);
  // Two for each file, one for the revision, one for the listing, one for the Hub's verdicts.
  expect(cli.double.asked.length).toBeLessThanOrEqual(403);
  expect(cli.double.mostOpen).toBeGreaterThan(8);
  if (process.env['SENTINEL_TIMES'] !== undefined) console.log(summary.durationMs, cli.double.mostOpen);
});

test("what the Hub's scanners say is a note, and a token is in no output", async () => {
  const folder = cli.folder({});
  const scan = { status: 'unsafe', avScan: { status: 'safe', version: '1.4' }, pickleImportScan: { status: 'unsafe' } };
  const quiet = { status: 'safe', avScan: { status: 'safe' }, pickleImportScan: { status: 'safe' } };
  const { files } = cli.double.add('org/model', { 'a.pkl': PICKLES.clean, 'b.pkl': PICKLES.clean });
  for (const [path, file] of files) files.set(path, { ...file, security: path === 'a.pkl' ? scan : quiet });
  const { stdout, stderr, code } = await cli.runRemote(folder, ['artifact', 'hf://org/model', ALLOW, '-f', 'json'], {
    HF_TOKEN: TOKEN,
  });
  expect(code).toBe(0);
  expect(json(stdout).notes.map((note) => note.replace(/^hf:\S+ /, ''))).toEqual([
    "The Hub's own scan verdicts (evidence, no clearance): unsafe 1, safe 1.",
    "The Hub's own verdict on a.pkl: unsafe (av 1.4 safe, pickleImport unsafe).",
  ]);
  expect(stdout + stderr).not.toContain(TOKEN);
});

test('a server that hangs is left at the deadline, and a rate limit is waited for and said', async () => {
  const folder = cli.folder({});
  cli.double.add('org/model', { 'a.pkl': PICKLES.clean, 'b.pkl': PICKLES.system });
  cli.double.fault = ({ path }) => path.includes('resolve-cache') && path.endsWith('a.pkl');
  const late = await cli.runRemote(folder, ['artifact', 'hf://org/model', ALLOW, '--timeout', '2', '-f', 'json']);
  expect(late.code).toBe(1);
  expect(json(late.stdout).incomplete[0]?.reason).toMatch(/the deadline of 2 s for one artifact was reached/);
  const over = await cli.runRemote(folder, ['artifact', 'hf://org/model', ALLOW, '--total-timeout', '2', '-f', 'json']);
  expect(over.code).toBe(1);
  expect(json(over.stdout).incomplete[0]?.reason).toMatch(/the total time of 2 s for the run was over/);
  cli.double.fault = () => false;
  cli.double.limit = { left: 2, seconds: 1, since: Date.now() };
  const limited = await cli.runRemote(folder, ['artifact', 'hf://org/model', ALLOW, '--timeout', '0.9']);
  expect(limited.stderr).toMatch(/^sentinel: 127\.0\.0\.1:\d+: the rate limit \(api\) is reached; waiting 1 s$/m);
  expect(limited.code).toBe(1);
  expect(limited.stdout).not.toMatch(/deadline/);
});

test('a scan of files loads nothing of it', () => {
  const folder = cli.folder({ 'a.pkl': PICKLES.clean });
  const parts = cli.partsLoadedBy(folder, ['artifact', 'a.pkl']);
  expect(parts.filter((name) => /remote|source-?s|node-transport|hub/.test(name))).toEqual([]);
});

function fail(): never {
  throw new Error('there is no such file');
}
