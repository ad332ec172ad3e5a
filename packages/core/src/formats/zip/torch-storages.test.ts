import { describe, expect, test } from 'vitest';
import type { CentralRecord } from './directory.js';
import { storageRecords } from './torch-storages.js';

const record = (name: string, localOffset: number, more: Partial<CentralRecord> = {}): CentralRecord => ({
  at: 0,
  flags: 0,
  method: 0,
  time: 0,
  crc: 0,
  compressed: 100,
  uncompressed: 100,
  localOffset,
  name,
  oddName: null,
  unicodeName: null,
  zip64Problem: null,
  unixMode: 0,
  isDosFolder: false,
  ...more,
});
const PICKLE = record('m/data.pkl', 0);
/** Behind the pickle's 30 + 10 + 100 bytes, with slack up to 1000. */
const storage = (name: string, localOffset: number, more: Partial<CentralRecord> = {}) =>
  record(`m/data/${name}`, localOffset, more);
const keysOf = (records: readonly CentralRecord[], directory = 1000): string[] | null => {
  const found = storageRecords(records, directory);
  return found === null ? null : [...found.storages.keys()].toSorted();
};
/** 30 bytes of a header, a name of eight, 100 of data. */
const OWN = 138;

test('storages are the records of a checkpoint, with what they take', () => {
  const first = storage('0', 200);
  const second = storage('1', 400);
  const found = storageRecords([second, PICKLE, first], 400 + OWN);
  expect(found?.pickle).toBe(PICKLE);
  expect(found?.storages.get('0')).toEqual({ record: first, extent: { start: 200, end: 400 } });
  expect(found?.storages.get('1')).toEqual({ record: second, extent: { start: 400, end: 400 + OWN } });
});

describe('a record may be left unread', () => {
  test.each<[string, Partial<CentralRecord>, boolean]>([
    ['as it is', {}, true],
    ['of a regular file', { unixMode: 0o100644 }, true],
    ['of a file without a type', { unixMode: 0o644 }, true],
    ['with a descriptor and a name in UTF-8', { flags: 0x808 }, true],
    ['that is a link', { unixMode: 0o120777 }, false],
    ['that is a folder', { isDosFolder: true }, false],
    ['that is packed', { method: 8 }, false],
    ['of two sizes', { uncompressed: 99 }, false],
    ['that is encrypted', { flags: 1 }, false],
    ['that has an odd name', { oddName: new Uint8Array(1) }, false],
    ['that has a second name', { unicodeName: 'x' }, false],
    ['that zip64 contradicts', { zip64Problem: 'x' }, false],
    ['before the archive', { localOffset: -1, compressed: 1139, uncompressed: 1139 }, false],
  ])('%s: %s', (_, more, is) => {
    expect(keysOf([PICKLE, storage('0', 200, more)], 200 + OWN)).toEqual(is ? ['0'] : null);
  });

  test('where nothing but a header fits before the next record', () => {
    const at = (slack: number): string[] | null => keysOf([PICKLE, storage('0', 200)], 200 + OWN + slack);
    expect([at(-1), at(0), at(192), at(193)]).toEqual([null, ['0'], ['0'], null]);
    const next = (slack: number): string[] | null =>
      keysOf([PICKLE, storage('0', 200), record('m/version', 200 + OWN + slack)], 5000);
    expect([next(-1), next(0), next(192), next(193)]).toEqual([null, ['0'], ['0'], null]);
    expect(keysOf([PICKLE, storage('0', 200), record('m/version', 200 + OWN + 1)], 200 + OWN)).toBeNull();
  });

  test('by a name of digits', () => {
    for (const name of ['0a', 'a', '', '0/1', '-1'])
      expect(keysOf([PICKLE, storage(name, 200)], 200 + OWN + name.length - 1)).toBeNull();
    expect(keysOf([PICKLE, storage('12', 200)], 200 + OWN + 1)).toEqual(['12']);
  });
});

describe('no plain checkpoint', () => {
  const s = storage('0', 200);
  test.each<[string, CentralRecord[]]>([
    ['is empty', []],
    ['has no folder', [record('data.pkl', 0), s]],
    ['has no pickle', [s, record('m/other.pkl', 0)]],
    ['has a pickle that is packed', [{ ...PICKLE, method: 8 }, s]],
    ['has constants', [PICKLE, s, record('m/constants.pkl', 150)]],
    ['has code', [PICKLE, s, record('m/code/x.py', 150)]],
    ['is a package', [PICKLE, s, record('m/.data/extern_modules', 150)]],
    ['has records beside the folder', [PICKLE, s, record('n/version', 150)]],
    ['has names that are equal but for their case', [PICKLE, s, record('m/A', 150), record('m/a', 160)]],
    ['has no storage', [PICKLE, record('m/version', 150)]],
  ])('%s', (_, records) => expect(storageRecords(records, 200 + OWN)).toBeNull());

  test('all but that one record would be one', () => {
    expect(keysOf([PICKLE, s], 200 + OWN)).toEqual(['0']);
    expect(keysOf([PICKLE, s, record('m/version', 150), record('m/b', 160)], 200 + OWN)).toEqual(['0']);
  });
});
