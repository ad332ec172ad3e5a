import { describe, expect, test } from 'vitest';
import { found, severities } from '../../../test/source-kit.js';

const RULE = 'SERVING-CODEC-EXPORT';

describe('fires', () => {
  test.each([
    [
      'a function',
      `import pickle
def decode(data):
    return pickle.loads(data)`,
      ['3 MEDIUM'],
    ],
    [
      'a method with a stream',
      `import io, torch
class Codec:
    def decode(self, data: bytes):
        return torch.load(io.BytesIO(data))`,
      ['4 MEDIUM'],
    ],
    [
      'a registered serializer',
      `import pickle
def decode(data):
    return pickle.loads(data)
register("pickle", decode, content_type="application/x-python-serialize")`,
      ['3 HIGH'],
    ],
  ] as const)('%s', async (_name, source, expected) => {
    expect(await severities(RULE, source)).toEqual(expected);
  });
});

test.each([
  [
    'a private function',
    `import pickle
def _decode(data):
    return pickle.loads(data)`,
  ],
  [
    'the pickle protocol',
    `import pickle
class A:
    def __setstate__(self, data):
        self.x = pickle.loads(data)`,
  ],
  [
    'a path',
    `import torch
def read(path):
    return torch.load(path)`,
  ],
  [
    'an attribute of a parameter',
    `import pickle
def read(row):
    return pickle.loads(row.blob)`,
  ],
] as const)('is quiet on %s', async (_name, source) => {
  // A loader of a file of its own: without one the source is not analysed.
  const text = `${source}\nimport pickle\npickle.load(open('own', 'rb'))\n`;
  expect(await found(RULE, text)).toEqual([]);
});
