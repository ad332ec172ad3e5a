import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { safetensors, SparseFile } from '../../sources/test/double-files.js';
import { lockJsonSchema } from '../../core/src/model/shape/lock.js';
import { PICKLES } from './kit.js';
import { RemoteCli } from './remote-kit.js';

const cli = new RemoteCli();
const LARGE = 9 * 2 ** 20;

function below(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort() : [];
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function fetchArgs(...more: readonly string[]): string[] {
  return ['fetch', 'hf://org/model', '--to', 'out', '--allow-private', ...more];
}

interface WrittenLock {
  readonly revision: string;
  readonly files: readonly {
    readonly path: string;
    readonly sha256: string;
    readonly claimed?: true;
    readonly level: string | null;
  }[];
  readonly skipped: readonly { readonly path: string }[];
}

function lockOf(folder: string): WrittenLock {
  return JSON.parse(readFileSync(join(folder, 'out/sentinel.lock'), 'utf8')) as WrittenLock;
}

/** A file behind LFS, whose SHA-256 the Hub lists. */
function lfs(bytes: Uint8Array) {
  return { content: SparseFile.of(bytes), lfs: true };
}

describe('what passes', () => {
  test('is scanned, downloaded, placed and locked', async () => {
    const { commit } = cli.double.add('org/model', {
      'model.pkl': lfs(PICKLES.clean),
      'sub/config.json': '{}',
      'empty.txt': '',
    });
    const folder = cli.folder({});
    const { code, stderr, stdout } = await cli.runRemote(folder, fetchArgs());
    expect(stderr).toContain('3 files');
    expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringContaining('PASS')]);
    expect(below(folder)).toEqual([
      'out',
      'out/empty.txt',
      'out/model.pkl',
      'out/sentinel.lock',
      'out/sub',
      'out/sub/config.json',
    ]);
    expect(readFileSync(join(folder, 'out/model.pkl'))).toEqual(PICKLES.clean);
    expect(statSync(join(folder, 'out/model.pkl')).mode & 0o111).toBe(0);
    const lock = lockOf(folder);
    expect(lock.revision).toBe(`hf://org/model@${commit}`);
    expect(lock.files.map(({ path, sha256: hash, level }) => [path, hash, level])).toEqual([
      ['empty.txt', sha256(new Uint8Array(0)), null],
      ['model.pkl', sha256(PICKLES.clean), 'LIKELY_SAFE'],
      ['sub/config.json', sha256(Buffer.from('{}')), null],
    ]);
    // What the source claims was compared.
    expect(lock.files.map(({ claimed }) => claimed)).toEqual([undefined, true, undefined]);
    const validate = new Ajv2020().compile(lockJsonSchema());
    expect(validate(lock), JSON.stringify(validate.errors)).toBe(true);
    const locked = await cli.runRemote(folder, ['artifact', 'out', '--locked']);
    expect([locked.code, locked.stderr]).toEqual([0, '']);
  });

  test('a pickle beside safetensors of its stem is scanned and not fetched', async () => {
    cli.double.add('org/model', {
      'model.safetensors': safetensors(1, 64),
      'pytorch_model.bin': PICKLES.clean,
      'other.bin': PICKLES.clean,
    });
    const folder = cli.folder({});
    const { code, stderr } = await cli.runRemote(folder, fetchArgs());
    expect(code).toBe(0);
    expect(stderr).toContain('skipped pytorch_model.bin: model.safetensors is beside it');
    expect(below(join(folder, 'out'))).toEqual(['model.safetensors', 'other.bin', 'sentinel.lock']);
    expect(lockOf(folder).skipped.map(({ path }) => path)).toEqual(['pytorch_model.bin']);
    expect((await cli.runRemote(folder, fetchArgs('--all'))).code).toBe(0);
    expect(below(join(folder, 'out'))).toContain('pytorch_model.bin');
  });

  test('what is there already and the same stays; what differs is replaced only on request', async () => {
    const repository = cli.double.add('org/model', { 'a.pkl': PICKLES.clean, 'b.txt': 'one' });
    const folder = cli.folder({ 'out/b.txt': 'two' });
    const first = await cli.runRemote(folder, fetchArgs());
    expect([first.code, first.stderr]).toEqual([
      2,
      expect.stringContaining('b.txt: there is another file of this name'),
    ]);
    expect(below(join(folder, 'out'))).toEqual(['b.txt']);
    expect((await cli.runRemote(folder, fetchArgs('--replace'))).code).toBe(0);
    expect(readFileSync(join(folder, 'out/b.txt'), 'utf8')).toBe('one');
    expect((await cli.runRemote(folder, fetchArgs())).code).toBe(0);
    expect(repository.files.size).toBe(2);
  });
});

describe('what does not pass', () => {
  test('is not downloaded, and nothing is placed', async () => {
    cli.double.add('org/model', {
      'bad.pkl': PICKLES.system,
      'good.pkl': PICKLES.clean,
      'large.safetensors': safetensors(1, LARGE),
    });
    const folder = cli.folder({});
    const { code, stdout } = await cli.runRemote(folder, fetchArgs());
    expect([code, stdout]).toEqual([1, expect.stringContaining('PICKLE-EXEC')]);
    expect(below(folder)).toEqual([]);
    expect(cli.double.bytes).toBeLessThan(LARGE / 2);
  });

  test('an incomplete source is exit code 2, and nothing is placed', async () => {
    cli.double.add('org/model', { 'gone.pkl': PICKLES.clean, 'good.pkl': PICKLES.clean });
    const folder = cli.folder({});
    cli.double.fault = ({ path }, response) => {
      if (path.endsWith('gone.pkl')) response.writeHead(404).end();
      return path.endsWith('gone.pkl');
    };
    expect((await cli.runRemote(folder, fetchArgs())).code).toBe(2);
    expect(below(folder)).toEqual([]);
  });

  test('a server that scans see other bytes of than downloads', async () => {
    cli.double.add('org/model', { 'model.pkl': PICKLES.clean });
    const folder = cli.folder({});
    const hostile = Buffer.from("cos\nsystem\n(S'i'\ntR.");
    // The scan asks once for the file; what comes later gets other bytes of the same length.
    let asked = 0;
    cli.double.fault = (given, response) => {
      if (!given.path.includes('/resolve-cache/')) return false;
      asked += 1;
      if (asked === 1) return false;
      const bytes = Buffer.concat([hostile, Buffer.alloc(PICKLES.clean.length)]).subarray(0, PICKLES.clean.length);
      response.writeHead(206, {
        'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
        'content-length': bytes.length,
      });
      response.end(bytes);
      return true;
    };
    const { code, stderr, stdout } = await cli.runRemote(folder, fetchArgs());
    expect(asked).toBeGreaterThan(1);
    expect([code, stdout]).toEqual([1, expect.stringContaining('PICKLE-EXEC')]);
    expect(stderr).toContain('does not pass, though the source did');
    expect(below(folder)).toEqual([]);
  });

  test('bytes that are not those of the SHA-256 that is claimed', async () => {
    cli.double.add('org/model', { 'model.pkl': lfs(PICKLES.clean) });
    const folder = cli.folder({});
    cli.double.fault = ({ origin }, response) => {
      if (origin !== 'cdn') return false;
      // As harmless, and of the same length.
      const other = Buffer.from(PICKLES.clean.toString('latin1').replace(')R', 'N0'), 'latin1');
      response.writeHead(206, {
        'content-range': `bytes 0-${other.length - 1}/${other.length}`,
        'content-length': other.length,
      });
      response.end(other);
      return true;
    };
    const { code, stderr } = await cli.runRemote(folder, fetchArgs());
    expect([code, stderr]).toEqual([2, expect.stringContaining('and the source says')]);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test.each(['../up.txt', 'a/../../up.txt', '/etc/up.txt', 'a\\..\\up.txt', 'sentinel.lock'])(
    'a file named %j is refused with all others',
    async (name) => {
      cli.double.add('org/model', { 'good.pkl': PICKLES.clean, [name]: 'x' });
      const folder = cli.folder({});
      expect((await cli.runRemote(folder, fetchArgs())).code).toBe(2);
      expect(below(folder)).toEqual([]);
    },
  );

  test('a link in the folder leads nowhere', async () => {
    cli.double.add('org/model', { 'sub/model.pkl': PICKLES.clean });
    const folder = cli.folder({ 'elsewhere/x': '' });
    mkdirSync(join(folder, 'out'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'out/sub'));
    const { code } = await cli.runRemote(folder, fetchArgs('--replace'));
    expect(code).toBe(2);
    expect(below(join(folder, 'elsewhere'))).toEqual(['x']);
    expect(lstatSync(join(folder, 'out/sub')).isSymbolicLink()).toBe(true);
  });
});

test('nothing is downloaded of a source that does not pass, which is said', async () => {
  const folder = cli.folder({});
  cli.double.add('org/model', { 'a.pkl': PICKLES.system, 'b.pkl': PICKLES.clean });
  const { code, stderr, stdout } = await cli.runRemote(folder, fetchArgs());
  expect([code, stderr]).toEqual([1, 'sentinel: nothing was downloaded: the source does not pass\n']);
  expect(stdout).toContain("calls os.system('id')");
  expect(readdirSync(folder)).toEqual([]);
  cli.double.add('org/model', { 'a.pkl': PICKLES.system }).gated = true;
  const gated = await cli.runRemote(folder, [...fetchArgs(), '--quiet']);
  expect([gated.code, gated.stderr]).toEqual([2, '']);
});

test('a download that was cut off is gone on with', async () => {
  const content = safetensors(2, 10 * 2 ** 20);
  cli.double.add('org/model', { 'data.safetensors': { content, lfs: true } });
  const folder = cli.folder({});
  const firstOf = (range: string | undefined): number => Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
  cli.double.fault = ({ origin, headers }, response) => {
    if (origin !== 'cdn' || firstOf(headers.range) !== 16 * 2 ** 20) return false;
    response.writeHead(404).end();
    return true;
  };
  const scanned = await cli.runRemote(folder, fetchArgs());
  expect([scanned.code, scanned.stderr]).toEqual([2, expect.stringContaining('the next run goes on with it')]);
  expect(existsSync(join(folder, 'out'))).toBe(false);
  cli.double.fault = () => false;
  cli.double.asked.length = 0;
  const second = await cli.runRemote(folder, fetchArgs());
  expect([second.code, second.stderr, second.stdout]).toEqual([
    0,
    expect.stringContaining('1 file'),
    expect.any(String),
  ]);
  expect(sha256(readFileSync(join(folder, 'out/data.safetensors')))).toBe(sha256(content.read(0, content.size)));
  const downloaded = cli.double.asked
    .filter(({ origin }) => origin === 'cdn')
    .reduce((sum, asked) => sum + asked.bytes, 0);
  expect(downloaded).toBeLessThan(6 * 2 ** 20);
  expect(below(folder).filter((name) => name.includes('quarantine'))).toEqual([]);
});

describe('--locked', () => {
  async function fetched(): Promise<string> {
    cli.double.add('org/model', { 'a.pkl': PICKLES.clean, 'b.txt': 'text', 'sub/c.txt': 'c' });
    const folder = cli.folder({});
    expect((await cli.runRemote(folder, fetchArgs('-q'))).code).toBe(0);
    return folder;
  }

  test('a file that is missing, changed or extra fails, each in a line', async () => {
    const folder = await fetched();
    const out = join(folder, 'out');
    writeFileSync(join(out, 'b.txt'), 'texT');
    writeFileSync(join(out, 'sub/new.txt'), '');
    writeFileSync(join(out, 'a.pkl'), PICKLES.system);
    const { code, stdout } = await cli.runRemote(folder, ['artifact', 'out', '--locked', '-f', 'json']);
    const { verdict, reasons, findings } = JSON.parse(stdout) as Record<string, unknown> & {
      findings: readonly unknown[];
    };
    expect([code, verdict, findings.length]).toEqual([1, 'fail', 1]);
    expect(reasons).toEqual([
      expect.stringMatching(/^locked: a\.pkl has changed: \d+ bytes/),
      expect.stringMatching(/^locked: b\.txt has changed: its SHA-256 is/),
      'locked: sub/new.txt is extra: the lock does not name it',
    ]);
  });

  test('a link in the place of a file is a change, and a missing file is missing', async () => {
    const folder = await fetched();
    const elsewhere = cli.folder({ 'b.txt': 'text' });
    rmSync(join(folder, 'out/b.txt'));
    rmSync(join(folder, 'out/sub/c.txt'));
    symlinkSync(join(elsewhere, 'b.txt'), join(folder, 'out/b.txt'));
    const { code, stdout } = await cli.runRemote(folder, ['artifact', 'out', '--locked']);
    expect(code).toBe(1);
    expect(stdout).toContain('locked: b.txt has changed: it is no file any more');
    expect(stdout).toContain('locked: sub/c.txt is missing');
  });

  test.each([
    ['no lock', null],
    ['half a lock', '{"lockVersion": 1'],
    ['another version', '{"lockVersion": 2}'],
  ])('%s is exit code 2', async (_what, text) => {
    const folder = cli.folder({ 'out/a.pkl': PICKLES.clean, ...(text === null ? {} : { 'out/sentinel.lock': text }) });
    const { code, stderr } = await cli.runRemote(folder, ['artifact', 'out', '--locked']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('sentinel.lock')]);
  });

  test('a lock elsewhere is named', async () => {
    const folder = await fetched();
    const text = readFileSync(join(folder, 'out/sentinel.lock'));
    writeFileSync(join(folder, 'their.lock'), text);
    rmSync(join(folder, 'out/sentinel.lock'));
    expect((await cli.runRemote(folder, ['artifact', 'out', '--locked', 'their.lock'])).code).toBe(0);
    expect((await cli.runRemote(folder, ['artifact', 'out/a.pkl', '--locked', 'their.lock'])).code).toBe(2);
  });
});

test.each(['model.pt', './folder', 'hf-cache:org/model', '-'])('%s is no address to fetch from', async (source) => {
  const { code, stderr } = await cli.runRemote(cli.folder({}), ['fetch', source, '--to', 'out']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('fetch takes the address of a remote source')]);
});
