import { describe, expect, test } from 'vitest';
import { found, severities } from '../../../test/source-kit.js';

const RULE = 'SERVING-WORKER-HANDOFF';

describe('fires', () => {
  test.each([
    [
      'a listener on TCP',
      `from multiprocessing.connection import Listener
listener = Listener(("10.0.0.1", 1))
listener.accept().recv()`,
      ['3 HIGH'],
    ],
    [
      'a listener on a path',
      `from multiprocessing.connection import Listener
listener = Listener("/run/x.sock")
listener.accept().recv()`,
      ['3 MEDIUM'],
    ],
    [
      'a collective, once',
      `import torch.distributed as dist
dist.all_gather_object(a, b)
dist.gather_object(a)
def f(b):
    dist.broadcast_object_list(b)`,
      ['2 LOW'],
    ],
    [
      'a collective of a group beyond the host',
      `import torch.distributed as dist
dist.init_process_group("gloo", init_method="tcp://10.0.0.1:29500")
dist.broadcast_object_list(b)
dist.all_gather_object(a, b)`,
      ['3 HIGH'],
    ],
    [
      'a collective of a group on the host',
      `import torch.distributed as dist
dist.init_process_group("gloo", init_method="tcp://127.0.0.1:29500")
dist.broadcast_object_list(b)`,
      ['3 LOW'],
    ],
    [
      'a collective of a group that the environment names',
      `import torch.distributed as dist
dist.init_process_group("gloo", init_method="env://")
dist.broadcast_object_list(b)`,
      ['3 LOW'],
    ],
    [
      'ForkingPickler',
      `from multiprocessing.reduction import ForkingPickler
def read(ring):
    return ForkingPickler.loads(ring.take())`,
      ['3 MEDIUM'],
    ],
    [
      'shared memory',
      `import pickle
from multiprocessing.shared_memory import SharedMemory
def read(name):
    return pickle.loads(SharedMemory(name).buf)`,
      ['4 MEDIUM'],
    ],
  ] as const)('%s', async (_name, source, expected) => {
    expect(await severities(RULE, source)).toEqual(expected);
  });
});

test.each([
  [
    'a pipe of its own',
    `from multiprocessing import Pipe
a, b = Pipe()
a.recv()`,
  ],
  [
    'tensors',
    `import torch.distributed as dist
dist.all_gather(a, b)`,
  ],
] as const)('is quiet on %s', async (_name, source) => {
  // A loader of a file of its own: without one the source is not analysed.
  const text = `${source}\nimport pickle\npickle.load(open('own', 'rb'))\n`;
  expect(await found(RULE, text)).toEqual([]);
});
