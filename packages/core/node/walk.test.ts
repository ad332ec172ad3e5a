import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RULES, scan, type Limits, type Report, type ScanInput } from '@artifact-sentinel/core';
import { DEFAULT_POLICY } from '@artifact-sentinel/core/internal';
import { walk } from '@artifact-sentinel/core/node';
import { findFiles, openInput, sourceNeighbours, type Input } from '@artifact-sentinel/core/node/internal';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));
const CLEAN = Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1');
const HOSTILE = Buffer.from("cos\nsystem\n(S'true'\ntR.");
const IS_ROOT = process.getuid?.() === 0;

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sentinel-walk-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(name: string, content: string | Uint8Array = CLEAN): string {
  const path = join(root, name);
  writeFileSync(path, content);
  return path;
}

function run(inputs: AsyncIterable<ScanInput> | Iterable<ScanInput>, limits: Partial<Limits> = {}): Promise<Report> {
  return scan(inputs, {
    policy: DEFAULT_POLICY,
    rules: RULES,
    limits,
    today: '2026-11-21',
  });
}

/** Path below the test's folder → what the report says of it. */
function said(report: Report): Record<string, string> {
  const lines = report.artifacts.map((artifact) => {
    const reasons = report.incomplete.filter((notice) => notice.path === artifact.path).map((notice) => notice.reason);
    return [artifact.path.slice(root.length + 1), [artifact.status, ...reasons].join(': ')] as const;
  });
  return Object.fromEntries(lines);
}

async function* openedAll(found: AsyncIterable<Input>): AsyncGenerator<ScanInput> {
  for await (const input of found) yield openInput(input);
}

async function opened(path: string): Promise<ScanInput> {
  for await (const input of walk([path])) return input;
  throw new Error(`${path} gave nothing`);
}

describe('links', () => {
  test('a link to a folder above is not followed for ever', async () => {
    mkdirSync(join(root, 'a'));
    put('a/model.pkl');
    symlinkSync('..', join(root, 'a', 'up'));
    const report = await run(walk([root]));
    expect(said(report)).toEqual({
      'a/model.pkl': 'complete',
    });
    expect(report.verdict).toBe('pass');
  });

  test('a folder that two links lead to is read once', async () => {
    mkdirSync(join(root, 'real'));
    put('real/model.pkl');
    symlinkSync('real', join(root, 'one'));
    symlinkSync('real', join(root, 'two'));
    const report = await run(walk([root]));
    expect(report.summary.streams).toBe(1);
    expect(said(report)).toEqual({ 'real/model.pkl': 'complete' });
  });

  const OUT = 'incomplete: a link that leads out of what is scanned, which only `artifact --follow-links` follows';

  test('what lies outside is not read through a link, and that is reported', async () => {
    for (const folder of ['scanned', 'outside', 'scanned-not']) mkdirSync(join(root, folder));
    put('outside/model.pkl', HOSTILE);
    put('scanned-not/model.pkl', HOSTILE);
    put('scanned/model.pkl');
    for (const [name, target] of Object.entries({
      a: '../outside',
      b: '../outside/model.pkl',
      c: '..',
      d: '/',
      e: '../scanned-not',
    }))
      symlinkSync(target, join(root, 'scanned', name));
    const report = await run(walk([join(root, 'scanned')]));
    expect(said(report)).toEqual({
      ...Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`scanned/${name}`, OUT])),
      'scanned/model.pkl': 'complete',
    });
    expect([report.verdict, report.findings]).toEqual(['incomplete', []]);
  });

  test('links that lead out are followed where that is asked for, each folder once', async () => {
    for (const folder of ['scanned', 'outside', 'outside/deep']) mkdirSync(join(root, folder));
    put('outside/model.pkl', HOSTILE);
    put('outside/deep/model.pkl');
    symlinkSync('../outside', join(root, 'scanned', 'a'));
    symlinkSync('../outside/deep', join(root, 'scanned', 'b'));
    symlinkSync('../../scanned', join(root, 'outside', 'deep', 'back'));
    const report = await run(walk([join(root, 'scanned')], { followLinks: true }));
    expect(said(report)).toEqual({ 'scanned/a/deep/model.pkl': 'complete', 'scanned/a/model.pkl': 'complete' });
    expect(report.findings).toHaveLength(1);
  });

  test('a link that was named is followed to any target, and what was named together is one', async () => {
    for (const folder of ['outside', 'one', 'two']) mkdirSync(join(root, folder));
    put('outside/model.pkl');
    put('two/model.pkl');
    symlinkSync('outside', join(root, 'named'));
    symlinkSync('../two', join(root, 'one', 'there'));
    const report = await run(walk(['named', 'one', 'two'].map((name) => join(root, name))));
    expect(said(report)).toEqual({ 'named/model.pkl': 'complete', 'two/model.pkl': 'complete' });
  });

  test("the blobs of Hugging Face's cache belong to its snapshots, and to no others", async () => {
    const repository = 'hub/models--owner--name';
    for (const folder of ['blobs', 'snapshots/1/sub', 'refs'])
      mkdirSync(join(root, repository, folder), { recursive: true });
    mkdirSync(join(root, 'hub/models--other--name/blobs'), { recursive: true });
    put(`${repository}/blobs/4d7a`, HOSTILE);
    put(`${repository}/refs/main`, HOSTILE);
    put('hub/models--other--name/blobs/77aa', HOSTILE);
    symlinkSync('../../blobs/4d7a', join(root, repository, 'snapshots/1/model.bin'));
    symlinkSync('../../../blobs/4d7a', join(root, repository, 'snapshots/1/sub/model.bin'));
    symlinkSync('../../refs/main', join(root, repository, 'snapshots/1/not.bin'));
    symlinkSync('../../../models--other--name/blobs/77aa', join(root, repository, 'snapshots/1/other.bin'));
    const snapshot = `${repository}/snapshots/1`;
    const report = await run(walk([join(root, snapshot)]));
    expect(said(report)).toEqual({
      [`${snapshot}/model.bin`]: 'complete',
      [`${snapshot}/sub/model.bin`]: 'complete',
      [`${snapshot}/not.bin`]: OUT,
      [`${snapshot}/other.bin`]: OUT,
    });
    expect(new Set(report.findings.map(({ artifact }) => artifact))).toEqual(
      new Set([join(root, snapshot, 'model.bin'), join(root, snapshot, 'sub/model.bin')]),
    );
  });

  test('a folder of blobs beside anything else is one as any other', async () => {
    for (const folder of ['plain/blobs', 'plain/snapshots/1', 'flat/1', 'blobs'])
      mkdirSync(join(root, folder), { recursive: true });
    put('plain/blobs/4d7a', HOSTILE);
    put('blobs/4d7a', HOSTILE);
    symlinkSync('../../blobs/4d7a', join(root, 'plain/snapshots/1/a.bin'));
    symlinkSync('../../blobs/4d7a', join(root, 'flat/1/a.bin'));
    for (const [snapshot, link] of [
      ['plain/snapshots', 'plain/snapshots/1/a.bin'],
      ['flat/1', 'flat/1/a.bin'],
    ] as const)
      expect(said(await run(walk([join(root, snapshot)])))).toEqual({ [link]: OUT });
  });

  test('links that lead to each other, and nowhere', async () => {
    symlinkSync('two', join(root, 'one'));
    symlinkSync('one', join(root, 'two'));
    symlinkSync('missing.pkl', join(root, 'three'));
    const report = await run(walk([root]));
    expect(said(report)).toEqual({
      one: 'incomplete: a loop of symbolic links',
      two: 'incomplete: a loop of symbolic links',
      three: 'incomplete: a symbolic link that leads nowhere',
    });
    expect(report.verdict).toBe('incomplete');
  });

  test('a link to a file is read', async () => {
    put('model.pkl', HOSTILE);
    symlinkSync('model.pkl', join(root, 'alias.txt'));
    const report = await run(walk([join(root, 'alias.txt')]));
    expect(report.findings.map((finding) => finding.ruleId)).toEqual(['PICKLE-EXEC']);
  });
});

test('folders as deep in each other as a path can tell', async () => {
  const deep = join(root, ...Array.from({ length: 1900 }, () => 'd'));
  // Node's own `recursive` is.
  execFileSync('mkdir', ['-p', deep]);
  put(deep.slice(root.length + 1) + '/model.pkl', HOSTILE);
  const report = await run(walk([root]));
  execFileSync('rm', ['-r', join(root, 'd')]);
  expect(report.findings.map((finding) => finding.artifact)).toEqual([join(deep, 'model.pkl')]);
});

test('a walk that is over says where it stopped, in one line', async () => {
  for (const name of ['a', 'b', 'c', 'd']) put(`${name}.pkl`);
  let steps = 0;
  const report = await run(openedAll(findFiles([root], { over: () => ((steps += 1) > 3 ? 'it is enough' : null) })));
  expect(said(report)).toEqual({
    'a.pkl': 'complete',
    'b.pkl': 'complete',
    'c.pkl': 'incomplete: it is enough: neither this nor what comes behind it was scanned',
  });
  expect(report.verdict).toBe('incomplete');
});

test('timers and other threads are heard while a walk goes on', async () => {
  for (let i = 0; i < 300; i += 1) put(`${i}.pkl`);
  const files = findFiles([root]);
  await files.next();
  const order: string[] = [];
  setImmediate(() => order.push('a turn'));
  for await (const { name } of files) order.push(name);
  // Within the walk, and not behind it.
  expect(order).toHaveLength(300);
  expect(order.indexOf('a turn')).toBeLessThan(200);
});

test('a walk that its reader leaves ends', async () => {
  for (const name of ['a.pkl', 'b.pkl']) put(name);
  const files = findFiles([root]);
  for await (const { name } of files) {
    expect(name).toBe(join(root, 'a.pkl'));
    break;
  }
  expect(await files.next()).toEqual({ done: true, value: undefined });
});

describe('what is no file', () => {
  test('a socket and a named pipe get their lines and block nothing', async () => {
    put('model.pkl');
    execFileSync('mkfifo', [join(root, 'pipe.pkl')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(root, 'socket.pkl'), resolve));
    const report = await run(walk([root]));
    await new Promise((resolve) => server.close(resolve));
    expect(said(report)).toEqual({
      'model.pkl': 'complete',
      'pipe.pkl': 'incomplete: a named pipe, not a file',
      'socket.pkl': 'incomplete: a socket, not a file',
    });
  });

  test('a device named on the command line', async () => {
    const report = await run(walk(['/dev/zero']));
    expect(report.incomplete).toEqual([
      { path: '/dev/zero', offset: null, cause: 'unreadable', reason: 'a device, not a file' },
    ]);
  });

  test('a path that does not exist, and one that goes through a file', async () => {
    put('model.pkl');
    const report = await run(
      walk([join(root, 'missing.pkl'), join(root, 'model.pkl', 'inner.pkl'), join(root, 'n'.repeat(300))]),
    );
    expect(said(report)).toEqual({
      'missing.pkl': 'incomplete: there is no such file or folder',
      'model.pkl/inner.pkl': expect.stringMatching(/^incomplete: ./),
      ['n'.repeat(300)]: 'incomplete: the name is too long',
    });
  });
});

describe('what may not be read', () => {
  // The superuser reads everything; the tests above show other things that cannot be opened.
  test.skipIf(IS_ROOT)('a file and a folder without permission', async () => {
    put('model.pkl');
    mkdirSync(join(root, 'closed'));
    put('closed/model.pkl');
    chmodSync(put('secret.pkl'), 0o000);
    chmodSync(join(root, 'closed'), 0o000);
    const report = await run(walk([root]));
    chmodSync(join(root, 'closed'), 0o700);
    expect(said(report)).toEqual({
      'model.pkl': 'complete',
      'secret.pkl': 'incomplete: permission denied',
      closed: 'incomplete: permission denied',
    });
  });
});

describe('names', () => {
  test.each([
    ['a newline', 'a\nb.pkl'],
    ['a bidirectional override', 'a\u202elkp.b'],
    ['a terminal command', 'a\u001b[2J.pkl'],
    ['an exclamation mark', 'a!b.pkl'],
    ['a leading dash', '-rf.pkl'],
    ['a replacement character', 'a\ufffd.pkl'],
  ])('%s', async (_what, name) => {
    put(name, HOSTILE);
    const report = await run(walk([root]));
    expect(report.artifacts.map((artifact) => artifact.path)).toEqual([join(root, name)]);
    expect(report.findings.map((finding) => finding.ruleId)).toEqual(['PICKLE-EXEC']);
  });

  test('bytes that are no UTF-8', async () => {
    const name = Buffer.concat([Buffer.from(join(root, 'a')), Buffer.from([0xff, 0xfe]), Buffer.from('.pkl')]);
    writeFileSync(name, HOSTILE);
    const report = await run(walk([root]));
    expect(report.findings.map((finding) => finding.ruleId)).toEqual(['PICKLE-EXEC']);
  });

  test('a folder that is no UTF-8, and two names that must not be one', async () => {
    const bytes = (name: string): Buffer => Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name, 'latin1')]);
    mkdirSync(bytes('d\xff'));
    for (const name of ['d\xff/m.pkl', 'f\xff.pkl', 'f\xc3\xbf.pkl', 'f\\xff.pkl']) writeFileSync(bytes(name), HOSTILE);
    const report = await run(walk([root]));
    expect(Object.keys(said(report))).toEqual(['d\\xff/m.pkl', 'f\\x5cxff.pkl', 'f\u00ff.pkl', 'f\\xff.pkl']);
    expect(report.findings).toHaveLength(4);
    // What a report says can be scanned again.
    for (const { path } of report.artifacts) expect((await run(walk([path]))).findings).toHaveLength(1);
  });

  test('the order is that of the names, and no folder is left out', async () => {
    for (const folder of ['b', 'node_modules', '.git']) mkdirSync(join(root, folder));
    for (const name of ['c.pkl', 'b/a.pkl', 'a.pkl', 'node_modules/x.pkl', '.git/x.pkl']) put(name);
    const report = await run(walk([root]));
    expect(Object.keys(said(report))).toEqual(['.git/x.pkl', 'a.pkl', 'b/a.pkl', 'c.pkl', 'node_modules/x.pkl']);
  });
});

describe('contents', () => {
  test('empty files: a model is missing, other files are nothing', async () => {
    put('model.pkl', '');
    put('notes.txt', '');
    const report = await run(walk([root]));
    expect(said(report)).toEqual({ 'model.pkl': 'incomplete: the file is empty' });
    expect(report.summary.skipped).toBe(1);
  });

  test('a Git LFS pointer is named as such', async () => {
    put(
      'model.pt',
      'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n',
    );
    const report = await run(walk([root]));
    expect(said(report)).toEqual({ 'model.pt': expect.stringMatching(/^incomplete: a Git LFS pointer/) });
    expect(report.verdict).toBe('incomplete');
  });

  test('a file that grows while it is read', async () => {
    const path = put('model.pkl');
    const input = await opened(path);
    appendFileSync(path, HOSTILE);
    const report = await run([input]);
    expect(said(report)).toEqual({
      'model.pkl': `incomplete: the file changed while it was read (${CLEAN.length} bytes at first, ${CLEAN.length + HOSTILE.length} at the end)`,
    });
    expect(report.verdict).toBe('incomplete');
  });

  test('a file that shrinks while it is read', async () => {
    const path = put('model.pkl', Buffer.concat([CLEAN.subarray(0, -1), Buffer.alloc(300_000, 'N'), Buffer.from('.')]));
    const input = await opened(path);
    truncateSync(path, 5);
    const report = await run([input]);
    expect(said(report)['model.pkl']).toMatch(
      /^incomplete: .*the file changed while it was read \(300030 bytes at first, 5 at the end\)$/,
    );
  });

  test('a file that is written over in place, at the same length', async () => {
    const path = put('model.pkl', HOSTILE);
    const input = await opened(path);
    await new Promise((resolve) => setTimeout(resolve, 20));
    writeFileSync(path, Buffer.alloc(HOSTILE.length, 'N'));
    const report = await run([input]);
    expect(report.incomplete.map((notice) => notice.reason)).toContainEqual(
      expect.stringMatching(/^the file changed while it was read/),
    );
  });

  test('a file that is written over in place, with its times set back', async () => {
    const path = put('model.pkl', HOSTILE);
    const { atime, mtime } = statSync(path);
    const input = await opened(path);
    await new Promise((resolve) => setTimeout(resolve, 20));
    writeFileSync(path, Buffer.alloc(HOSTILE.length, 'N'));
    utimesSync(path, atime, mtime);
    const report = await run([input]);
    expect(said(report)['model.pkl']).toMatch(/^incomplete: .*the file (?:or its status )?changed while it was read/);
  });

  test('a file that another one replaces: what was opened is what is scanned, and it is said', async () => {
    const path = put('model.pkl', HOSTILE);
    const input = await opened(path);
    renameSync(put('other.pkl'), path);
    const report = await run([input]);
    expect(report.findings.map((finding) => finding.ruleId)).toEqual(['PICKLE-EXEC']);
    expect(said(report)).toEqual({ 'model.pkl': 'incomplete: another file replaced it while it was read' });
  });

  test.each([
    ['renamed', (path: string) => renameSync(path, `${path}.old`)],
    ['removed', (path: string) => rmSync(path)],
  ])('a file that is %s while it is read', async (_what, change) => {
    const path = put('model.pkl');
    const input = await opened(path);
    change(path);
    expect(said(await run([input]))).toEqual({
      'model.pkl': 'incomplete: the file was renamed or removed while it was read',
    });
  });

  test('a file that vanishes, or becomes a pipe, between the walk and its turn', async () => {
    const found: Input[] = [];
    for await (const input of findFiles(['gone.pkl', 'pipe.pkl', 'stays.pkl'].map((name) => put(name))))
      found.push(input);
    for (const name of ['gone.pkl', 'pipe.pkl']) rmSync(join(root, name));
    execFileSync('mkfifo', [join(root, 'pipe.pkl')]);
    expect(said(await run(await Promise.all(found.map(async (input) => openInput(input)))))).toEqual({
      'gone.pkl': 'incomplete: there is no such file or folder',
      'pipe.pkl': 'incomplete: a named pipe, not a file',
      'stays.pkl': 'complete',
    });
  });
});

test('a pipe instead of a module is not waited for', () => {
  put('main.py', 'import pipe');
  execFileSync('mkfifo', [join(root, 'pipe.py')]);
  expect(sourceNeighbours([root]).find(join(root, 'main.py'), 'pipe')?.read()).toBe('it is no file');
});

test('one file that hits its deadline leaves the others complete', async () => {
  copyFileSync(join(FIXTURES, 'honest/sklearn/decision-tree.pkl'), join(root, 'a.pkl'));
  copyFileSync(join(FIXTURES, 'hostile/scanner/zip-nested-bomb.zip'), join(root, 'b.zip'));
  put('c.pkl', HOSTILE);
  put('d.pkl');
  const started = performance.now();
  const report = await run(walk([root]), { artifactMs: 400 });
  expect(performance.now() - started).toBeLessThan(5000);
  expect(said(report)).toEqual({
    'a.pkl': 'complete',
    'b.zip': expect.stringMatching(/^incomplete: the deadline of 0\.4 s/),
    'c.pkl': 'complete',
    'd.pkl': 'complete',
  });
  expect(report.findings.map((finding) => finding.artifact)).toContain(join(root, 'c.pkl'));
});
