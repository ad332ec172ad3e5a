import { describe, expect, test } from 'vitest';
import { found, severities } from '../../../test/source-kit.js';

const RULE = 'SERVING-YAML-NETWORK';

describe('fires', () => {
  test.each([
    [
      'yaml without a loader',
      `import yaml, zmq
def take(sock: zmq.Socket):
    return yaml.load(sock.recv())`,
      ['3 HIGH'],
    ],
    [
      'yaml with an unsafe one',
      `import yaml, zmq
from yaml import UnsafeLoader
def take(sock: zmq.Socket):
    return yaml.load(sock.recv(), UnsafeLoader)`,
      ['4 HIGH'],
    ],
    [
      'jsonpickle, marshal, deepdiff',
      `import deepdiff, jsonpickle, marshal, zmq
def take(sock: zmq.Socket):
    a = jsonpickle.decode(sock.recv())
    b = marshal.loads(sock.recv())
    return deepdiff.Delta(sock.recv())`,
      ['3 HIGH', '4 HIGH', '5 HIGH'],
    ],
  ] as const)('%s', async (_name, source, expected) => {
    expect(await severities(RULE, source)).toEqual(expected);
  });
});

test.each([
  [
    'safe loaders',
    `import yaml, zmq
def take(sock: zmq.Socket):
    yaml.safe_load(sock.recv())
    return yaml.load(sock.recv(), Loader=yaml.SafeLoader)`,
  ],
  [
    'a file',
    `import yaml
config = yaml.load(open("a.yml"), Loader=yaml.Loader)`,
  ],
] as const)('is quiet on %s', async (_name, source) => {
  // A loader of a file of its own: without one the source is not analysed.
  const text = `${source}\nimport pickle\npickle.load(open('own', 'rb'))\n`;
  expect(await found(RULE, text)).toEqual([]);
});
