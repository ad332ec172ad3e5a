import { expect, test } from 'vitest';
import { memorySource } from '../../bytes/source.js';
import { ENTRY, TAIL } from '../../model/origin.js';
import type { Member } from '../members/container.js';
import type { ZipEntry } from '../zip/archive.js';
import type { ZipInMember } from '../zip/reading.js';
import { isKerasZip, isReadAsKeras } from './archive.js';

const memberOf = (name: string): Member => ({
  path: name,
  name,
  source: memorySource(new Uint8Array(0)),
  depth: 1,
  origin: ENTRY,
});
const entryOf = (...names: string[]): ZipEntry => ({ names }) as unknown as ZipEntry;

test.each([
  ['config.json', true],
  ['config.json\0.txt', true],
  ['a/config.json', false],
  ['config.json.txt', false],
  ['\0config.json', false],
])('%j is the configuration: %s', (entry, is) => {
  expect(isReadAsKeras({ member: memberOf('a'), entry: entryOf('a', entry) })).toBe(is);
});

test('bytes that no entry claims, or nobody reads, are no configuration', () => {
  expect(isReadAsKeras({ member: memberOf('config.json'), entry: null })).toBe(false);
  expect(isReadAsKeras({ member: { ...memberOf('a'), origin: TAIL }, entry: entryOf('config.json') })).toBe(false);
});

test.each<[string, readonly string[], boolean]>([
  ['m.zip', ['config.json', 'metadata.json'], true],
  ['m.zip', ['a', 'model.weights.h5', 'config.json'], true],
  ['m.zip', ['config.json\0a', 'model.weights.npz\0a'], true],
  ['m.zip', ['config.json', 'a'], false],
  ['m.zip', ['metadata.json', 'model.weights.h5'], false],
  ['M.KERAS', ['config.json'], true],
  ['m.keras', ['a'], false],
  ['m.keras.zip', ['config.json'], false],
])('%s with %j is an archive of Keras: %s', (archive, entries, is) => {
  const zip = { archive: { entries: entries.map((name) => entryOf(name)) }, member: memberOf(archive), format: 'zip' };
  expect(isKerasZip(zip as unknown as ZipInMember)).toBe(is);
});
