import { describe, expect, test } from 'vitest';
import { found, severities } from '../../../test/source-kit.js';

const RULE = 'SERVING-TORCH-NETWORK';

describe('fires', () => {
  test.each([
    [
      'without weights_only',
      `import io, torch, zmq
def take(sock: zmq.Socket):
    return torch.load(io.BytesIO(sock.recv()))`,
      ['3 CRITICAL'],
    ],
    [
      'weights_only=True',
      `import io, torch, zmq
def take(sock: zmq.Socket):
    return torch.load(io.BytesIO(sock.recv()), weights_only=True)`,
      ['3 LOW'],
    ],
    [
      'weights_only=False',
      `import io, torch, zmq
def take(sock: zmq.Socket):
    return torch.load(io.BytesIO(sock.recv()), weights_only=False)`,
      ['3 CRITICAL'],
    ],
    [
      'joblib and pandas',
      `import io, joblib, zmq
import pandas as pd
def take(sock: zmq.Socket):
    joblib.load(io.BytesIO(sock.recv()))
    return pd.read_pickle(io.BytesIO(sock.recv()))`,
      ['4 CRITICAL', '5 CRITICAL'],
    ],
  ] as const)('%s', async (_name, source, expected) => {
    expect(await severities(RULE, source)).toEqual(expected);
  });
});

test.each([
  [
    'a path',
    `import torch
from flask import Flask
app = Flask("a")
model = torch.load("model.pt")`,
  ],
] as const)('is quiet on %s', async (_name, source) => {
  // A loader of a file of its own: without one the source is not analysed.
  const text = `${source}\nimport pickle\npickle.load(open('own', 'rb'))\n`;
  expect(await found(RULE, text)).toEqual([]);
});
