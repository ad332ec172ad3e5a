import fs, { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { MAX_MODULE_BYTES, MAX_REQUIREMENTS_BYTES } from '../src/model/limits.js';
import { sourceNeighbours } from './source-neighbours.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sentinel-neighbours-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Writes files, each with its own path as its text. */
function files(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path);
  }
}
const at = (path: string): string => join(root, path);

test('the limits are those of docs/limits.md', () => {
  expect([MAX_MODULE_BYTES, MAX_REQUIREMENTS_BYTES]).toEqual([16 * 2 ** 20, 2 ** 20]);
});

describe('a module', () => {
  test('is named by the packages that it lies in', () => {
    files('a/__init__.py', 'a/b/__init__.py', 'a/b/c.py', 'a/d/e.py', 'f.py', 'a/g.pyw');
    const { moduleOf } = bound([at('')]);
    expect(moduleOf('a/b/c.py')).toEqual({ module: 'a.b.c', isPackage: false });
    expect(moduleOf('a/b/__init__.py')).toEqual({ module: 'a.b', isPackage: true });
    expect(moduleOf('a/__init__.py')).toEqual({ module: 'a', isPackage: true });
    expect(moduleOf('a/g.pyw')).toEqual({ module: 'a.g', isPackage: false });
    expect(moduleOf('a/d/e.py')).toBeNull();
    expect(moduleOf('f.py')).toBeNull();
  });

  test('is found by its name, in the folders above up to the top', () => {
    files('p/setup.py', 'p/a/__init__.py', 'p/a/b.py', 'p/src/x.py', 'p/src/y.py', 'p/src/deep/z.py', 'outside.py');
    const { find } = bound([]);
    expect(find('p/src/x.py', 'y')).toEqual(['p/src/y.py', 'y', false, 'p/src/y.py']);
    expect(find('p/src/deep/z.py', 'y')).toEqual(['p/src/y.py', 'y', false, 'p/src/y.py']);
    expect(find('p/src/x.py', 'a')).toEqual(['p/a/__init__.py', 'a', true, 'p/a/__init__.py']);
    expect(find('p/src/x.py', 'a.b')).toEqual(['p/a/b.py', 'a.b', false, 'p/a/b.py']);
    expect(find('p/src/x.py', 'a.missing')).toBeNull();
    expect(find('p/src/x.py', 'a.b.c')).toBeNull();
    expect(find('p/src/x.py', 'missing.b')).toBeNull();
    // The project ends at its setup.py.
    expect(find('p/src/x.py', 'outside')).toBeNull();
    expect(find('p/src/x.py', '../y')).toBeNull();
    expect(find('p/src/x.py', 'a\\b')).toBeNull();
    // Itself is nobody's neighbour.
    expect(find('p/src/x.py', 'x')).toBeNull();
  });

  test('is found up to what was named, where that lies higher', () => {
    files('t/y.py', 't/in/x.py', 'outside.py');
    expect(bound([at('t/in')]).find('t/in/x.py', 'y')).toBeNull();
    expect(bound([]).find('t/in/x.py', 'y')).toBeNull();
    expect(bound([at('t')]).find('t/in/x.py', 'y')).toEqual(['t/y.py', 'y', false, 't/y.py']);
    expect(bound([at('t/in'), at('t'), at('t/other')]).find('t/in/x.py', 'y')).not.toBeNull();
    expect(bound([at('t')]).find('t/in/x.py', 'outside')).toBeNull();
    expect(bound([at('t/i')]).find('t/in/x.py', 'y')).toBeNull();
  });

  test('is found by dots, from its own folder up', () => {
    files('p/setup.cfg', 'p/a/__init__.py', 'p/a/m.py', 'p/a/b/__init__.py', 'p/a/b/c.py', 'p/a/b/n.py');
    const { find } = bound([]);
    expect(find('p/a/b/c.py', '.n')?.[0]).toBe('p/a/b/n.py');
    expect(find('p/a/b/c.py', '.m')).toBeNull();
    expect(find('p/a/b/c.py', '..m')?.[0]).toBe('p/a/m.py');
    expect(find('p/a/b/c.py', '.')?.[0]).toBe('p/a/b/__init__.py');
    expect(find('p/a/b/c.py', '..')?.[0]).toBe('p/a/__init__.py');
    expect(find('p/a/b/c.py', '..b.n')?.[0]).toBe('p/a/b/n.py');
    expect(find('p/a/b/c.py', '...a')?.[0]).toBe('p/a/__init__.py');
    expect(find('p/a/b/c.py', '...')).toBeNull();
  });

  test('of its own package is found where that is installed, and nothing beside it', () => {
    files(
      'p/setup.py',
      'p/site-packages/a/__init__.py',
      'p/site-packages/a/b/__init__.py',
      'p/site-packages/a/b/c.py',
      'p/site-packages/a/m.py',
      'p/site-packages/other.py',
    );
    const { find } = bound([]);
    expect(find('p/site-packages/a/b/c.py', 'a.m')?.[0]).toBe('p/site-packages/a/m.py');
    expect(find('p/site-packages/a/b/c.py', 'other')).toBeNull();
    expect(find('p/site-packages/a/b/c.py', 'a.missing')).toBeNull();
  });

  test('that is too large, or no file, says why it is not read', () => {
    files('x.py', 'most.py', 'large.py');
    writeFileSync(at('most.py'), Buffer.alloc(MAX_MODULE_BYTES));
    writeFileSync(at('large.py'), Buffer.alloc(MAX_MODULE_BYTES + 1));
    mkdirSync(at('folder.py'));
    const found = sourceNeighbours([root]);
    const read = (name: string): Uint8Array | string | undefined => found.find(at('x.py'), name)?.read();
    expect(read('most')).toHaveLength(MAX_MODULE_BYTES);
    expect(read('large')).toBe(`it has more than ${MAX_MODULE_BYTES} bytes`);
    expect(read('folder')).toBe('it is no file');
    const gone = found.find(at('x.py'), 'most');
    rmSync(at('most.py'));
    expect(gone?.read()).toBe('no such file or folder');
  });

  test('that the system cannot read says so, and a fault of the program is none of the file', () => {
    files('x.py', 'other.py');
    const { readSync } = fs;
    const failing = (fault: Error): void => {
      fs.readSync = () => {
        throw fault;
      };
      syncBuiltinESMExports();
    };
    onTestFinished(() => {
      fs.readSync = readSync;
      syncBuiltinESMExports();
    });
    const found = sourceNeighbours([root]).find(at('x.py'), 'other');
    failing(Object.assign(new Error('EIO'), { code: 'EIO', errno: -5, syscall: 'read' }));
    expect(found?.read()).toBe('cannot be read: the disk or the network failed (EIO)');
    failing(new RangeError('a fault of ours'));
    expect(() => found?.read()).toThrow('a fault of ours');
  });

  test.skipIf(process.getuid?.() === 0)('in a folder that is closed may be there', () => {
    files('x.py', 'closed/__init__.py');
    chmodSync(at('closed'), 0);
    const found = sourceNeighbours([root]).find(at('x.py'), 'closed.m');
    expect([found?.path, found?.read(), found?.module, found?.isPackage]).toEqual([
      at('closed'),
      'permission denied',
      'closed.m',
      true,
    ]);
    chmodSync(at('closed'), 0o700);
  });
});

describe('requirements', () => {
  const of = (from: string, roots: string[] = []): string[] =>
    [...sourceNeighbours(roots).requirements(at(from))]
      .map(({ path, text }) => `${path.slice(root.length + 1)} ${text.length}`)
      .toSorted();

  test('are those of the nearest folder that has some', () => {
    files(
      'p/.git/x',
      'p/requirements.txt',
      'p/requirements-dev.in',
      'p/constraints-a.txt',
      'p/requirements/base.txt',
      'p/requirements/b.md',
      'p/notes.txt',
      'p/src/x.py',
      'requirements.txt',
    );
    expect(of('p/src/x.py')).toEqual([
      'p/constraints-a.txt 19',
      'p/requirements-dev.in 21',
      'p/requirements.txt 18',
      'p/requirements/base.txt 23',
    ]);
    files('p/src/Pipfile');
    expect(of('p/src/x.py')).toEqual(['p/src/Pipfile 13']);
  });

  test('are looked for up to the top only', () => {
    files('p/setup.txt', 'p/src/x.py', 'p/environment.yml');
    expect(of('p/src/x.py')).toEqual([]);
    expect(of('p/src/x.py', [at('p')])).toEqual(['p/environment.yml 17']);
  });

  test('that are too large are not read', () => {
    files('x.py', 'requirements.txt', 'setup.py');
    writeFileSync(at('requirements.txt'), Buffer.alloc(MAX_REQUIREMENTS_BYTES, 'a'));
    expect(of('x.py')).toEqual([`requirements.txt ${MAX_REQUIREMENTS_BYTES}`, 'setup.py 8']);
    writeFileSync(at('requirements.txt'), Buffer.alloc(MAX_REQUIREMENTS_BYTES + 1, 'a'));
    expect(of('x.py')).toEqual(['setup.py 8']);
  });
});

/** The same with paths below the root, and what a file that is found has. */
function bound(roots: readonly string[]) {
  const neighbours = sourceNeighbours(roots);
  return {
    moduleOf: (path: string) => neighbours.moduleOf(at(path)),
    find: (from: string, module: string): [string, string, boolean, string] | null => {
      const found = neighbours.find(at(from), module);
      if (found === null) return null;
      const bytes = found.read();
      const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString();
      return [found.path.slice(root.length + 1), found.module, found.isPackage, text];
    },
  };
}

test('a package holds folders without an `__init__.py` that lie in it, and is found from there', () => {
  files(
    'top/a/__init__.py',
    'top/a/b/c.py',
    'top/a/b/d/__init__.py',
    'top/a/b/d/e.py',
    'top/a/data/x.txt',
    'top/f/g.py',
  );
  const neighbours = sourceNeighbours([at('')]);
  const packageOf = (path: string) => neighbours.packageOf?.(at(path)) ?? null;
  for (const path of ['top/a/b/c.py', 'top/a/b/d/e.py', 'top/a/__init__.py']) {
    const found = packageOf(path);
    expect(found?.root.endsWith('top/a')).toBe(true);
    expect([...(found?.modules ?? [])].map((file) => file.path.slice(file.path.indexOf('top/'))).toSorted()).toEqual([
      'top/a/__init__.py',
      'top/a/b/c.py',
      'top/a/b/d/__init__.py',
      'top/a/b/d/e.py',
    ]);
  }
  expect(packageOf('top/f/g.py')).toBeNull();
});

test('a name that is no folder is no package, and what cannot be listed may be one', () => {
  files('x.py', 'a', 'a.py', 'b.py', 'c.py', 'setup.py');
  symlinkSync('nowhere', at('b'));
  symlinkSync('c', at('c'));
  const neighbours = sourceNeighbours([at('')]);
  const found = (name: string): unknown => {
    const file = neighbours.find(at('x.py'), name);
    const bytes = file?.read();
    return [file?.path, file?.isPackage, typeof bytes === 'string' ? bytes : Buffer.from(bytes ?? []).toString()];
  };
  expect(found('a')).toEqual([at('a.py'), false, 'a.py']);
  expect(found('b')).toEqual([at('b.py'), false, 'b.py']);
  expect(found('c')).toEqual([at('c'), true, 'a loop of symbolic links']);
});

describe('a file that is named in a folder behind a link', () => {
  beforeEach(() => {
    root = realpathSync(root);
  });
  const behind = (name: string, ...roots: string[]): string | undefined =>
    sourceNeighbours((roots.length === 0 ? ['in'] : roots).map(at)).behindLinks?.(at('in/model/index.json'), name);

  test('is the one by which a scan comes upon it', () => {
    files('in/model/a.bin', 'in/shards/1/b.bin', 'out/c.bin');
    symlinkSync('../shards', at('in/model/parts'));
    symlinkSync('../../out', at('in/model/out'));
    symlinkSync('../missing', at('in/model/missing'));
    expect(behind('a.bin')).toBe('a.bin');
    expect(behind('parts/1/b.bin')).toBe('../shards/1/b.bin');
    // Whether it is there is asked later.
    expect(behind('parts/1/none.bin')).toBe('../shards/1/none.bin');
    expect(behind('missing/a.bin')).toBe('missing/a.bin');
    // What lies elsewhere is scanned where that was named as well.
    expect(behind('out/c.bin')).toBe('out/c.bin');
    expect(behind('out/c.bin', 'in', 'out')).toBe('../../out/c.bin');
  });

  test('is as it stands where the name leaves what was named', () => {
    files('in/model/a.bin', 'in/shards/b.bin');
    symlinkSync('in/shards', at('back'));
    expect(behind('../../back/b.bin')).toBe('../../back/b.bin');
  });

  test('is found where what was named is a link itself', () => {
    files('real/model/a.bin', 'real/shards/b.bin');
    symlinkSync('real', at('in'));
    symlinkSync('../shards', at('real/model/parts'));
    expect(behind('parts/b.bin')).toBe('../shards/b.bin');
  });
});
