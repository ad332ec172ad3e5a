import { describe, expect, test } from 'vitest';
import { found, severities } from '../../../test/source-kit.js';

const RULE = 'SERVING-ZMQ-PYOBJ';

describe('fires', () => {
  test.each([
    [
      'an address that is not known',
      `import zmq
def take(sock):
    return sock.recv_pyobj()`,
      ['3 CRITICAL'],
    ],
    [
      'loopback',
      `import zmq
sock = zmq.Context().socket(zmq.REP)
sock.bind("tcp://127.0.0.1:1")
sock.recv_pyobj()`,
      ['4 MEDIUM'],
    ],
    [
      'inproc and ipc',
      `import zmq
a = zmq.Context().socket(zmq.REP)
a.bind("inproc://x")
a.connect("ipc:///tmp/y")
a.recv_pyobj()`,
      ['5 MEDIUM'],
    ],
    [
      'loopback and another host',
      `import zmq
a = zmq.Context().socket(zmq.REP)
a.bind("ipc://x")
a.connect(f"tcp://{host}:1")
a.recv_pyobj()`,
      ['5 CRITICAL'],
    ],
    [
      'recv_serialized',
      `import pickle, zmq
sock = zmq.Context().socket(zmq.SUB)
sock.recv_serialized(deserialize=lambda m: pickle.loads(m[0]))`,
      ['3 CRITICAL'],
    ],
  ] as const)('%s', async (_name, source, expected) => {
    expect(await severities(RULE, source)).toEqual(expected);
  });
});

test.each([
  [
    'recv_json',
    `import zmq
sock = zmq.Context().socket(zmq.REP)
sock.recv_json()`,
  ],
  [
    'recv_serialized with json',
    `import json, zmq
sock = zmq.Context().socket(zmq.SUB)
sock.recv_serialized(lambda m: json.loads(m[0]))`,
  ],
  [
    'a module without zmq',
    `def take(queue):
    return queue.recv_pyobj()`,
  ],
] as const)('is quiet on %s', async (_name, source) => {
  // A loader of a file of its own: without one the source is not analysed.
  const text = `${source}\nimport pickle\npickle.load(open('own', 'rb'))\n`;
  expect(await found(RULE, text)).toEqual([]);
});
