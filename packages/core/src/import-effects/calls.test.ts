import { expect, test } from 'vitest';
import { effectOf, startsWithAny } from './calls.js';

test.each([
  ['os.system', 'process'],
  ['posix.system', 'process'],
  ['nt._exit', 'process'],
  ['os.remove', 'write'],
  ['os.listdir', null],
  ['builtins.exec', 'execution'],
  ['builtins.print', null],
  ['types.CodeType', 'execution'],
  ['sys.settrace', 'execution'],
  ['shutil.rmtree', 'write'],
  ['shutil.which', null],
  ['importlib.util.module_from_spec', 'computed-import'],
  ['imp.load_source', 'computed-import'],
  ['urllib.request.urlretrieve', 'download'],
  ['urllib.request.urlopen', 'network'],
  ['urllib.parse.quote', null],
  ['requests.get', 'network'],
  ['requests.exceptions.HTTPError', null],
  ['huggingface_hub.snapshot_download', 'download'],
  ['subprocess.run', 'process'],
  ['pickle.load', 'loader'],
  ['torch.load', 'loader'],
  ['torch.save', null],
  ['torch.ops.load_library', 'execution'],
  ['joblib.load', 'loader'],
  ['joblib.dump', null],
  ['pandas.read_pickle', 'loader'],
  ['pandas.read_csv', null],
  ['PIL.Image', null],
  ['mylib.run', null],
  ['name', null],
  ['', null],
])('%j: %s', (path, kind) => expect(effectOf(path)).toBe(kind));

test('a name lies in another where a dot follows', () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ['a.b', true],
    ['a.b.c', true],
    ['a.bc', false],
    ['a', false],
    ['x', true],
  ];
  for (const [path, isIn] of cases) expect([path, startsWithAny(path, ['a.b', 'x'])]).toEqual([path, isIn]);
});
