import { describe, expect, test } from 'vitest';
import type { SourceNeighbours } from '../model/neighbours.js';
import { torchRequirement } from './requirements.js';

/** Files around any source, and for which sources they were asked for. */
function around(...texts: readonly string[]) {
  const asked: string[] = [];
  let looks = 0;
  const neighbours = {
    requirements: (from: string) => {
      asked.push(from);
      return texts.map((text, i) => ({ path: `r${i}.txt`, text }));
    },
  } as unknown as SourceNeighbours;
  const of = (path: string) =>
    torchRequirement(path, neighbours, () => {
      looks += 1;
    });
  return { of, asked, looks: () => looks };
}
const found = (...texts: readonly string[]) => around(...texts).of('a.py');

describe('a line', () => {
  test.each<[string, string | null, readonly number[] | null]>([
    ['torch', 'torch', null],
    ['torch>=1.13', 'torch', [1, 13]],
    ['  - PyTorch ==2.0', 'pytorch', [2, 0]],
    ['torch=2.0.1', 'torch', [2, 0, 1]],
    ['torch ~= v1.4', 'torch', [1, 4]],
    ['torch = "^1.9"', 'torch', [1, 9]],
    ['torch[extra] >2', 'torch', [2]],
    ['install_requires=["torch>=1.5"', 'torch', [1, 5]],
    ['torchvision>=1', null, null],
    ['torch-geometric>=1', null, null],
    ['torch.nn', null, null],
    ['torch: nightly', null, null],
    ['torch/nightly', null, null],
    ['mytorch>=1', null, null],
    ['numpy', null, null],
    ['', null, null],
    // Upper bounds and exclusions are no lower ones.
    ['torch<=2.0', 'torch', null],
    ['torch!=1.0', 'torch', null],
    ['torch>=1.2,!=2.0', 'torch', [1, 2]],
    ['torch>=1.2; python_version >= "3.8"', 'torch', [1, 2]],
    // The highest of several, of whatever length.
    ['torch>=1.2,>=1.10', 'torch', [1, 10]],
    ['torch>=1.10,>=1.2', 'torch', [1, 10]],
    ['torch>=1,>=1.0.1', 'torch', [1, 0, 1]],
    ['torch>=1.0.1,>=1', 'torch', [1, 0, 1]],
    ['torch>=1.0.0,>=1', 'torch', [1, 0, 0]],
    ['# torch>=1', null, null],
    ['torch  # >=9', 'torch', null],
    ['torch>=1.0#9', 'torch', [1, 0]],
  ])('%s', (line, name, least) => {
    const one = found(line);
    expect(one === null ? [null, null] : [one.name, one.least]).toEqual([name, least]);
  });

  test.each([
    ['  - torch>=1  # why', 'torch>=1'],
    ['"torch>=1",', 'torch>=1'],
    ['torch   >=\t1', 'torch >= 1'],
    ['deps = ["numpy>=1", "torch>=2.1", "x"]', 'torch>=2.1'],
  ])('%s is shown as %s', (line, text) => expect(found(line)?.text).toBe(text));

  test.each([
    ['torch', 1],
    ['a\ntorch\nb', 2],
    ['a\r\nb\r\ntorch', 3],
    ['a\rb\u2028c\u2029torch', 4],
  ])('%j: number %i', (text, line) => expect(found(text)?.line).toBe(line));
});

test.each<[readonly string[], string, readonly number[] | null]>([
  [['torch>=2', 'torch>=1'], 'r1.txt', [1]],
  [['torch>=1', 'torch>=2'], 'r0.txt', [1]],
  [['torch>=1.0', 'torch>=1'], 'r0.txt', [1, 0]],
  [['torch', 'torch>=1'], 'r0.txt', null],
  [['torch>=1', 'torch'], 'r1.txt', null],
  [['numpy', 'torch>=1\ntorch>=0.4'], 'r1.txt', [0, 4]],
])('of %j the one that admits the oldest', (texts, file, least) => {
  expect(found(...texts)).toMatchObject({ file, least });
});

test('each folder is asked for once, and the clock is looked at for each file', () => {
  const { of, asked, looks } = around('torch>=1', 'numpy');
  for (const path of ['a/x.py', 'a/y.py', 'b/x.py', 'x.py', 'y.py', 'c\\x.py', 'c\\y.py', 'ab.py']) of(path);
  expect(asked).toEqual(['a/x.py', 'b/x.py', 'x.py', 'c\\x.py']);
  expect(looks()).toBe(8);
  expect(around().of('a.py')).toBeNull();
});
