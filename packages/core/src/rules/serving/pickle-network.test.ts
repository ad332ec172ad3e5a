import { describe, expect, test } from 'vitest';
import { found, severities } from '../../../test/source-kit.js';

const RULE = 'SERVING-PICKLE-NETWORK';

describe('fires', () => {
  test.each([
    [
      'a source and a loader in one line',
      `import pickle, socket
s = socket.create_connection(("h", 1))
pickle.loads(s.recv(10))`,
      ['3 CRITICAL'],
    ],
    [
      'the text of the call speaks of recv_serialized',
      `import pickle, zmq
sock = zmq.Context().socket(zmq.REP)
pickle.loads(sock.recv(len("recv_serialized")))`,
      ['3 CRITICAL'],
    ],
    [
      'a comment for another tool',
      `import pickle, socket
s = socket.create_connection(("h", 1))
pickle.loads(s.recv(10))  # nosec`,
      ['3 CRITICAL'],
    ],
    [
      'a helper behind the source',
      `import pickle, zmq
def load(b):
    return pickle.loads(b)
def take(sock: zmq.Socket):
    return load(sock.recv())`,
      ['3 CRITICAL'],
    ],
    [
      'a helper that receives',
      `import pickle, zmq
def read(sock: zmq.Socket):
    return sock.recv()
def take(sock):
    return pickle.loads(read(sock))`,
      ['5 CRITICAL'],
    ],
    [
      'a host that is a constant, with TLS',
      `import pickle, requests
pickle.loads(requests.get("https://example.org/a.pkl").content)`,
      ['2 LOW'],
    ],
    [
      'an unknown origin beside a route',
      `import pickle
from flask import Flask
app = Flask("a")
@app.post("/a")
def a():
    return pickle.loads(SPOOL.next()) + pickle.loads(SPOOL.next())`,
      ['6 HIGH'],
    ],
    [
      'isinstance behind the load',
      `import pickle, zmq
def take(sock: zmq.Socket):
    job = pickle.loads(sock.recv())
    if not isinstance(job, dict):
        raise ValueError
    return job`,
      ['3 CRITICAL'],
    ],
    [
      'a check on one path only',
      `import hmac, pickle, zmq
def take(sock: zmq.Socket, tag, fast):
    body = sock.recv()
    if not fast:
        if not hmac.compare_digest(hmac.new(b"k", body).digest(), tag):
            raise ValueError
    return pickle.loads(body)`,
      ['7 CRITICAL'],
    ],
    [
      'names overwritten behind a check',
      `import hmac, pickle, zmq
def take(sock: zmq.Socket, tag):
    body = sock.recv()
    if not hmac.compare_digest(hmac.new(b"k", body).digest(), tag):
        raise ValueError
    body = sock.recv()
    return pickle.loads(body)`,
      ['7 CRITICAL'],
    ],
    [
      'a broken file',
      `import pickle, zmq
def take(sock: zmq.Socket):
    x = (1 +
    return pickle.loads(sock.recv())`,
      ['4 CRITICAL'],
    ],
    [
      'one of two modules, once',
      `try:
    import cPickle as pickle
except ImportError:
    import pickle
def take(sock: socket.socket):
    return pickle.loads(sock.recv(9))
import socket`,
      ['6 CRITICAL'],
    ],
  ] as const)('%s', async (_name, source, expected) => {
    expect(await severities(RULE, source)).toEqual(expected);
  });
});

test.each([
  [
    'a reassigned name',
    `import json, pickle, zmq
def take(sock: zmq.Socket):
    data = sock.recv()
    data = json.dumps({})
    return pickle.loads(pickle.dumps(data))`,
  ],
  [
    'a check that dominates',
    `import hmac, pickle, zmq
def take(sock: zmq.Socket, tag):
    body = sock.recv()
    if hmac.compare_digest(hmac.new(b"k", body).digest(), tag):
        return pickle.loads(body)
    return None`,
  ],
  [
    'hmac objects',
    `import hmac, pickle, zmq
def take(sock: zmq.Socket, tag):
    body = sock.recv()
    code = hmac.new(b"k", digestmod="sha256")
    code.update(body)
    ok = hmac.compare_digest(code.digest(), tag)
    if not ok:
        return None
    return pickle.loads(body)`,
  ],
  [
    'files',
    `import pickle
def read(path):
    with open(path, "rb") as f:
        return pickle.load(f)`,
  ],
] as const)('is quiet on %s', async (_name, source) => {
  // A loader of a file of its own: without one the source is not analysed.
  const text = `${source}\nimport pickle\npickle.load(open('own', 'rb'))\n`;
  expect(await found(RULE, text)).toEqual([]);
});
