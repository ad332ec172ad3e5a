import { describe, expect, test } from 'vitest';
import { found, severities } from '../../../test/source-kit.js';

const RULE = 'SERVING-NUMPY-PICKLE';

describe('fires', () => {
  test.each([
    [
      'a literal True',
      `import io, numpy, zmq
def take(sock: zmq.Socket):
    return numpy.load(io.BytesIO(sock.recv()), allow_pickle=True)`,
      ['3 HIGH'],
    ],
    [
      'a parameter whose default is True',
      `import io, numpy, zmq
def take(sock: zmq.Socket, allow_pickle=True):
    return numpy.load(io.BytesIO(sock.recv()), allow_pickle=allow_pickle)`,
      ['3 HIGH'],
    ],
    [
      'every interface',
      `import io, numpy, zmq
sock = zmq.Context().socket(zmq.REP)
sock.bind("tcp://0.0.0.0:1")
numpy.load(io.BytesIO(sock.recv()), allow_pickle=True)`,
      ['4 CRITICAL'],
    ],
  ] as const)('%s', async (_name, source, expected) => {
    expect(await severities(RULE, source)).toEqual(expected);
  });
});

test.each([
  [
    'the default',
    `import io, numpy, zmq
def take(sock: zmq.Socket):
    return numpy.load(io.BytesIO(sock.recv()))`,
  ],
  [
    'a parameter whose default is False',
    `import io, numpy, zmq
def take(sock: zmq.Socket, allow_pickle=False):
    return numpy.load(io.BytesIO(sock.recv()), allow_pickle=allow_pickle)`,
  ],
] as const)('is quiet on %s', async (_name, source) => {
  // A loader of a file of its own: without one the source is not analysed.
  const text = `${source}\nimport pickle\npickle.load(open('own', 'rb'))\n`;
  expect(await found(RULE, text)).toEqual([]);
});
