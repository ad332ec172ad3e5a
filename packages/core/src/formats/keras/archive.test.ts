import { expect, test } from 'vitest';
import { isKerasArchive, isKerasConfig } from './archive.js';

test.each([
  ['config.json', true],
  ['config.json\0.txt', true],
  ['a/config.json', false],
  ['config.json.txt', false],
  ['\0config.json', false],
])('%j is the configuration: %s', (entry, is) => {
  expect(isKerasConfig(entry)).toBe(is);
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
  expect(isKerasArchive(archive, entries)).toBe(is);
});
