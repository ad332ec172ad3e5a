import { afterEach, expect, test } from 'vitest';
import { DroppedTree } from './dropped-tree.js';

const globals = globalThis as unknown as Record<string, unknown>;
afterEach(() => delete globals['FileReaderSync']);
/** What a worker's reader answers. */
function reading(answer: () => ArrayBuffer): void {
  globals['FileReaderSync'] = class {
    readAsArrayBuffer = answer;
  };
}

const file = (size: number): File => ({ size }) as unknown as File;
const made = (...paths: readonly string[]): DroppedTree =>
  new DroppedTree(paths.map((path, i) => ({ path, file: file(i) })));

test('what was dropped lies in folders', () => {
  const tree = made('m/a.py', 'm/sub/b.py', 'm/sub/c.py', 'single');
  expect(tree.list('/')).toEqual(['m', 'single']);
  expect(tree.list('/m')).toEqual(['a.py', 'sub']);
  expect(tree.list('/m/sub')).toEqual(['b.py', 'c.py']);
  expect(tree.list('/m/a.py')).toEqual({ closed: null });
  expect(tree.list('/none')).toEqual({ closed: null });
  expect(tree.file('m/sub/b.py')?.size).toBe(1);
  expect(tree.file('m/sub')).toBeUndefined();
  expect([tree.full('m/a'), tree.named('/m/a'), tree.shown('/m/a')]).toEqual(['/m/a', 'm/a', 'm/a']);
});

test('a file is read up to a size, or says why not', () => {
  reading(() => Uint8Array.of(1, 2).buffer);
  const tree = new DroppedTree([{ path: 'a', file: file(5) }]);
  expect(tree.read('/a', 5)).toEqual(Uint8Array.of(1, 2));
  expect(tree.read('/a', 4)).toBe('it has more than 4 bytes');
  expect(tree.read('/b', 4)).toBe('it is no file');
  reading(() => {
    throw new DOMException('gone');
  });
  expect(tree.read('/a', 5)).toBe('gone');
  reading(() => {
    throw new TypeError('ours');
  });
  expect(() => tree.read('/a', 5)).toThrow(TypeError);
});
