import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Cli, PICKLES } from './kit.js';

const cli = new Cli();

describe('sentinel allow check', () => {
  test('an unknown name is accepted, with what to verify', () => {
    const run = cli.run(cli.folder({}), ['allow', 'check', 'mylib.model.Net']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^mylib\.model\.Net: accepted as an entry.*\n(?:.*\n)* {4}state {7}BUILD gives/);
  });

  test.each([
    ['os.system', /^os\.system: refused\n(?:.*\n)* {2}hazard {6}process\n/],
    ['mylib', /^mylib: refused\n {2}it has no dot/],
    ['functools.partial', /judged by its arguments/],
    ['\u001b[31m.x', /^\\x1b\[31m\.x: refused\n/],
  ])('%j is refused with exit code 2', (entry, text) => {
    const run = cli.run(cli.folder({}), ['allow', 'check', entry]);
    expect(run).toMatchObject({ code: 2, stderr: '' });
    expect(run.stdout).toMatch(text);
  });

  test('one refusal decides, also among other entries', () => {
    const run = cli.run(cli.folder({}), [
      'allow',
      'check',
      'mylib.Net',
      'os.system',
      'torch._utils._rebuild_tensor_v2',
      '--format',
      'json',
    ]);
    expect(run.code).toBe(2);
    expect(JSON.parse(run.stdout)).toMatchObject({
      schemaVersion: 1,
      command: 'allow check',
      entries: [
        { entry: 'mylib.Net', verdict: 'accepted' },
        { entry: 'os.system', verdict: 'refused', hazard: 'process' },
        { entry: 'torch._utils._rebuild_tensor_v2', verdict: 'unneeded' },
      ],
    });
  });

  test('with the source of a class: what its loading runs, by file and line', () => {
    const folder = cli.folder({
      'src/mylib/__init__.py': '',
      'src/mylib/model.py':
        'import os\nclass Net:\n    def __setstate__(self, state):\n        os.system(state["x"])\n',
      'src/mylib/plain.py': 'class Net:\n    def __setstate__(self, state):\n        self.x = state["x"]\n',
    });
    const bad = cli.run(folder, ['allow', 'check', 'mylib.model.Net', '--source', 'src']);
    expect(bad).toMatchObject({ code: 1, stderr: '' });
    expect(bad.stdout).toContain('src/mylib/model.py:4:9  os.system(state["x"])\n');
    expect(bad.stdout).toContain('runs        mylib.model.Net.__setstate__  src/mylib/model.py:3\n');
    // The folder of the package itself will do.
    const good = cli.run(folder, ['allow', 'check', 'mylib.plain.Net', '--source', 'src/mylib']);
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(good.stdout).toMatch(/^mylib\.plain\.Net: nothing in its source speaks against it\n/);
    expect(cli.run(folder, ['allow', 'check', 'mylib.gone.Net', '--source', 'src'])).toMatchObject({ code: 1 });
    expect(cli.run(folder, ['allow', 'check', 'mylib.model.Net', 'os.system', '--source', 'src']).code).toBe(2);
    expect(cli.run(folder, ['allow', 'check', 'mylib.Net', '--source', 'no'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'sentinel: --source no: there is no such folder\n',
    });
  });

  test('without an entry', () => {
    expect(cli.run(cli.folder({}), ['allow', 'check'])).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('sentinel allow suggest', () => {
  test('the entries that a file needs, ready for a policy that then lets it pass', () => {
    const folder = cli.folder({
      'net.pkl': PICKLES.net,
      'src/mylib/__init__.py': '',
      'src/mylib/model.py': 'class Net:\n    def __init__(self):\n        self.x = 1\n',
    });
    const run = cli.run(folder, ['allow', 'suggest', 'net.pkl']);
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(run.stdout).toContain('  mylib.model.Net: to review  called, 1x, first net.pkl @2\n');
    const yaml = cli.run(folder, ['allow', 'suggest', 'net.pkl', '--source', 'src', '--format', 'yaml']);
    expect(yaml).toMatchObject({ code: 0, stderr: '' });
    expect(yaml.stdout).toMatch(
      /^allow:\n {2}- entry: mylib\.model\.Net\n {4}why: 'TODO.*\(safe-looking\)'\n {4}owner: 'TODO'\n {4}expires: \d{4}-\d\d-\d\d\n {4}sha256: [0-9a-f]{64}\n$/,
    );
    writeFileSync(join(folder, 'sentinel-policy.yml'), yaml.stdout);
    expect(cli.run(folder, ['artifact', 'net.pkl', '--policy', 'sentinel-policy.yml']).code).toBe(0);
  });

  test('a dangerous name is refused, and no entry is offered for it', () => {
    const folder = cli.folder({ 'bad.pkl': PICKLES.system });
    const run = cli.run(folder, ['allow', 'suggest', 'bad.pkl']);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain('  os.system: refused');
    expect(run.stdout).not.toContain('allow:');
    expect(cli.run(folder, ['allow', 'suggest', 'bad.pkl', '-f', 'yaml'])).toMatchObject({
      code: 2,
      stdout: 'allow: []\n# refused, no entry can allow it: os.system\n',
    });
  });

  test('a file that needs nothing, one that is cut, one that is not there', () => {
    const folder = cli.folder({ 'a.pkl': PICKLES.clean, 'cut.pkl': PICKLES.net.subarray(0, -1) });
    expect(cli.run(folder, ['allow', 'suggest', 'a.pkl'])).toEqual({
      code: 0,
      stdout: 'a.pkl (pickle)\n  Every global in it is allowed already: it needs no entry.\n',
      stderr: '',
    });
    const cut = cli.run(folder, ['allow', 'suggest', 'cut.pkl', '-f', 'json']);
    expect(cut).toMatchObject({ code: 2, stderr: expect.stringContaining('truncated') });
    expect(JSON.parse(cut.stdout)).toMatchObject({
      schemaVersion: 1,
      command: 'allow suggest',
      files: [{ path: 'cut.pkl', suggestions: [{ entry: 'mylib.model.Net', status: 'review' }], weightsOnly: null }],
    });
    expect(cli.run(folder, ['allow', 'suggest', 'no.pkl'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'sentinel: no.pkl: there is no such file or folder\n',
    });
  });

  test.each([
    ['honest/torch/state-dict.pt', 'loads', null],
    ['honest/torch/legacy-state-dict.pt', 'loads', null],
    ['honest/torch/state-dict-proto4.pt', 'refused', null],
    ['honest/torch/tar-format.pt', 'refused', null],
    ['honest/torch/script.pt', 'refused', null],
    ['hostile/containers/torch-payload.pt', 'refused', null],
    [
      'honest/torch/numpy-inside.pt',
      'refused',
      [
        'numpy._core.multiarray.scalar',
        'numpy.dtype',
        'numpy.dtypes.Float64DType',
        'numpy._core.multiarray._reconstruct',
        'numpy.ndarray',
        'numpy.dtypes.Int64DType',
      ],
    ],
  ])('what weights_only makes of %s', (file, outcome, safeGlobals) => {
    const fixture = fileURLToPath(new URL(`../../../fixtures/${file}`, import.meta.url));
    const run = cli.run(cli.folder({}), ['allow', 'suggest', fixture, '-f', 'json']);
    expect(JSON.parse(run.stdout)).toMatchObject({ files: [{ weightsOnly: { outcome, safeGlobals } }] });
  });
});
