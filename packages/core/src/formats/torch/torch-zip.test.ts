import { describe, expect, test } from 'vitest';
import { budgetOf } from '../../../test/open-container.js';
import { bytesOf, zipOf } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { readZip, type ZipArchive } from '../zip/container.js';
import { isExportedProgram, isPackage, lacksPickle, torchArchive } from './torch-zip.js';

const archiveOf = (...names: readonly string[]): Promise<ZipArchive> =>
  readZip(memorySource(zipOf(names.map((name, i) => ({ name, data: bytesOf('x'.repeat(i + 1)) })))), budgetOf());

describe('what torch.export.save writes', () => {
  test.each([
    ['m/archive_format', true],
    ['archive_format', true],
    ['serialized_exported_program.json', true],
    ['m/serialized_exported_program.json', true],
    ['m/n/archive_format', false],
    ['m/archive_format.txt', false],
    ['m/version', false],
  ])('%s: %s', async (name, expected) => {
    expect(isExportedProgram(await archiveOf('m/a', name))).toBe(expected);
  });
});

describe('a checkpoint without its pickle', () => {
  test.each<[readonly string[], boolean]>([
    [['m/byteorder'], true],
    [['m/.data/serialization_id'], true],
    [['m/version', 'm/data/0'], true],
    [['m/data/a'], false],
    [['byteorder'], false],
    [['m/n/data/0'], false],
    [['m/byteorder', 'm/archive_format'], false],
  ])('%j: %s', async (names, expected) => {
    expect(lacksPickle(await archiveOf(...names))).toBe(expected);
  });
});

test.each<[readonly string[], boolean]>([
  [['p/.data/extern_modules'], true],
  [['p/.DATA/extern_modules'], true],
  [['.data/extern_modules'], false],
  [['p/extern_modules'], false],
])('%j is a package: %s', async (names, expected) => {
  expect(isPackage(await archiveOf(...names))).toBe(expected);
});

describe('the storages of an archive', () => {
  test('are found by the key, in the folder of the pickle', async () => {
    const torch = torchArchive(await archiveOf('m/data.pkl', 'm/version', 'm/data/0', 'm/data/1'));
    expect(torch?.kind).toBe('torch-zip');
    expect(['0', '1', '2'].map((key) => torch?.storageOf('m/data.pkl', key))).toEqual([3, 4, null]);
    expect(torch?.storageOf('m/other.pkl', '0')).toBeUndefined();
  });

  test('are the largest of those that are called alike', async () => {
    const names = ['m/data.pkl', 'm/data/0', 'm/DATA/0', 'm/version'];
    for (const order of [names, [names[0], names[2], names[1], names[3]] as string[]]) {
      const torch = torchArchive(await archiveOf(...order));
      expect(torch?.storageOf('m/data.pkl', '0')).toBe(3);
    }
  });

  test('of TorchScript are numbered for each of its pickles', async () => {
    const names = ['m/data.pkl', 'm/constants.pkl', 'm/code/a.py', 'm/data/0', 'm/constants/0', 'm/version'];
    const torch = torchArchive(await archiveOf(...names));
    expect(torch?.kind).toBe('torchscript');
    expect(['m/data.pkl', 'm/constants.pkl'].map((pickle) => torch?.storageOf(pickle, '0'))).toEqual([4, 5]);
    expect(names.map((name) => torch?.isStorage(name))).toEqual([false, false, false, true, true, false]);
  });
});
