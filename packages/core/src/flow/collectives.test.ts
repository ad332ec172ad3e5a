import { describe, expect, test } from 'vitest';
import { flows } from '../../test/flow-kit.js';

/** Tensors and lists that a collective fills, and what is loaded of them. */

const HEAD = 'import io, pickle, torch\nimport torch.distributed as dist\nfrom lib import comm, broadcast_\n';
const shown = (body: string): string[] =>
  flows(`${HEAD}def _f(n, x):\n    ${body.replaceAll('\n', '\n    ')}\n`).filter((line) => / flow /.test(line));

describe('a function of another library with the name of a collective', () => {
  test.each([
    ['a new tensor', 't = torch.empty(n, dtype=torch.uint8)\ncomm.recv(t, src=1)\npickle.loads(t.numpy().tobytes())'],
    ['one on a device', 't = torch.zeros(n).to("cuda")\ncomm.broadcast(t, 0)\npickle.loads(t.cpu().numpy().tobytes())'],
    ['by its own name', 't = torch.ByteTensor(n)\nbroadcast_(t, 0)\npickle.load(io.BytesIO(t.numpy().tobytes()))'],
    [
      'in one branch',
      't = torch.ByteTensor(x)\nif x:\n    t = torch.empty(n)\ncomm.irecv(t)\npickle.loads(bytes(t.tolist()))',
    ],
  ])('fills %s', (_name, body) => {
    expect(shown(body)).toHaveLength(1);
    expect(shown(body)[0]).toMatch(/ from torch\.distributed tensor/);
  });

  test.each([
    ['what is no tensor', 't = make(n)\ncomm.recv(t, src=1)\npickle.loads(t.numpy().tobytes())'],
    ['of another name', 't = torch.empty(n)\ncomm.measure(t)\npickle.loads(t.numpy().tobytes())'],
    ['another tensor', 't = torch.empty(n)\nu = torch.empty(n)\ncomm.recv(u)\npickle.loads(t.numpy().tobytes())'],
  ])('does not fill %s', (_name, body) => expect(shown(body)).toEqual([]));
});

describe('what a collective of objects has left is loaded again', () => {
  test.each([
    ['broadcast', 'l = list(pickle.dumps(x))\ndist.broadcast_object_list(l, src=0)\npickle.loads(bytes(l))'],
    ['all_gather', 'l = [None] * n\ndist.all_gather_object(l, x)\nfor d in l:\n    pickle.loads(d)'],
    ['gather', 'l = [None] * n\ndist.gather_object(x, l)\npickle.loads(l[0])'],
  ])('after %s', (_name, body) => expect(shown(body)).toHaveLength(1));

  test('and what was sent is not', () => {
    expect(shown('l = [None] * n\nd = pickle.dumps(x)\ndist.gather_object(d, l)\npickle.loads(d)')).toEqual([]);
  });
});
