import { expect, test } from 'vitest';
import { lines } from '../../../test/collected-kit.js';
import { bytesOf, concat, fields } from '../../../test/zip-builder.js';
import { executorch } from './module.js';

const head = (root: number, mark: string): Uint8Array => concat(fields([root, 4]), bytesOf(mark));

test('a program is a FlatBuffer with the mark of ExecuTorch behind its first offset', () => {
  expect(executorch.recognise(head(8, 'ET12'))).toBe(true);
  expect(executorch.recognise(head(0x80, 'ET09 and more'))).toBe(true);
  expect(executorch.recognise(head(7, 'ET12'))).toBe(false);
  expect(executorch.recognise(head(8, 'ET1'))).toBe(false);
  for (const mark of ['ET1x', 'ETx1', 'FT12', 'EU12']) expect(executorch.recognise(head(8, mark))).toBe(false);
});

test('the operators of a program are facts', async () => {
  expect(await lines('a.pte', concat(head(16, 'ET12'), new Uint8Array(20)))).toEqual(['format executorch']);
});
