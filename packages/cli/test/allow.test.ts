import { describe, expect, test } from 'vitest';
import { Cli } from './kit.js';

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

  test('one refusal decides, whatever else is asked', () => {
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
