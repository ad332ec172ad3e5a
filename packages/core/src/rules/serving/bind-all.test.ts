import { describe, expect, test } from 'vitest';
import { found, severities } from '../../../test/source-kit.js';

const RULE = 'SERVING-BIND-ALL';

describe('fires', () => {
  test.each([
    [
      'zmq',
      `import pickle, zmq
s = zmq.Context().socket(zmq.REP)
s.bind("tcp://*:1")
pickle.loads(s.recv())`,
      ['3 MEDIUM'],
    ],
    [
      'an empty host',
      `import pickle, socket
s = socket.socket()
s.bind(("", 1))
c, _ = s.accept()
pickle.loads(c.recv(1))`,
      ['3 MEDIUM'],
    ],
    [
      'gRPC',
      `import pickle, grpc
class S:
    def Run(self, request, context):
        return pickle.loads(request.data)
server.add_insecure_port("[::]:1")`,
      ['5 MEDIUM'],
    ],
    [
      'an authentication that is switched off',
      `from multiprocessing.connection import Listener
# authkey: see the deployment
with Listener(("0.0.0.0", 6000), authkey=None) as listener:
    listener.accept().recv()`,
      ['3 MEDIUM'],
    ],
    [
      'CURVE that is switched off',
      `import pickle, zmq
s = zmq.Context().socket(zmq.REP)
s.setsockopt(zmq.CURVE_SERVER, 0)
s.bind("tcp://*:1")
pickle.loads(s.recv())`,
      ['4 MEDIUM'],
    ],
  ] as const)('%s', async (_name, source, expected) => {
    expect(await severities(RULE, source)).toEqual(expected);
  });
});

test.each([
  [
    'no loader',
    `import zmq
s = zmq.Context().socket(zmq.REP)
s.bind("tcp://*:1")
s.recv_json()`,
  ],
  [
    'CURVE',
    `import pickle, zmq
s = zmq.Context().socket(zmq.REP)
s.curve_server = True
s.bind("tcp://*:1")
pickle.loads(s.recv())`,
  ],
  [
    'loopback',
    `import pickle, zmq
s = zmq.Context().socket(zmq.REP)
s.bind("tcp://127.0.0.1:1")
pickle.loads(s.recv())`,
  ],
] as const)('is quiet on %s', async (_name, source) => {
  // A loader of a file of its own: without one the source is not analysed.
  const text = `${source}\nimport pickle\npickle.load(open('own', 'rb'))\n`;
  expect(await found(RULE, text)).toEqual([]);
});
