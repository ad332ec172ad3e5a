import { describe, expect, test } from 'vitest';
import { zipOf, type ZipMember } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { collect } from '../../collect.js';

const text = (value: string): string => `X${String.fromCharCode(value.length)}\0\0\0${value}`;
/** A pickle that holds one tensor of floats. */
const tensor = (elements: number): string =>
  `\x80\x02ctorch._utils\n_rebuild_tensor_v2\n((${text('storage')}ctorch\nFloatStorage\n${text('0')}${text('cpu')}K${String.fromCharCode(elements)}tQK\0K${String.fromCharCode(elements)}\x85K\x01\x85\x89ccollections\nOrderedDict\n)RtR.`;
const member = (name: string, content: string): ZipMember => ({
  name,
  data: Uint8Array.from(content, (char) => char.charCodeAt(0)),
});

async function read(...members: readonly ZipMember[]) {
  const bytes = zipOf([...members, member('m/version', '3\n'), member('m/code/__torch__.py', '')]);
  return await collect({ path: 'm.pt', source: memorySource(bytes), size: bytes.length }, {});
}

describe('storages of a TorchScript archive', () => {
  test('each pickle has a folder of its own, in which they are numbered anew', async () => {
    const { notices } = await read(
      member('m/data.pkl', tensor(4)),
      member('m/data/0', '\0'.repeat(16)),
      member('m/constants.pkl', tensor(1)),
      member('m/constants/0', '\0'.repeat(4)),
    );
    expect(notices).toEqual([]);
  });

  test('the inputs of a trace are kept without their numbers, and nobody loads them', async () => {
    const { notices } = await read(
      member('m/data.pkl', '\x80\x02}.'),
      member('m/constants.pkl', '\x80\x02).'),
      member('m/traced_inputs.pkl', tensor(3)),
      member('m/traced_inputs/0', ''),
    );
    expect(notices).toEqual([]);
  });

  test('one that is too short for its own pickle', async () => {
    const { notices } = await read(
      member('m/data.pkl', tensor(1)),
      member('m/data/0', '\0'.repeat(16)),
      member('m/constants.pkl', tensor(4)),
      member('m/constants/0', '\0'.repeat(4)),
    );
    expect(notices.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      'm.pt!m/constants.pkl: the record m/constants/0 holds 4 bytes, the tensor needs 16',
    ]);
  });
});

test.each([
  ['ops.aten.my_backdoor(x)', ['aten::my_backdoor']],
  ['torch.my_backdoor(x)', ['aten::my_backdoor']],
  ['ops.prim.my_backdoor(x)', ['prim::my_backdoor']],
  ['torch.relu(x)', []],
  ['ops.prim.NumToTensor(x)', []],
])('operators of its code: %s', async (call, expected) => {
  const code = `class M(Module):\n  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n    return ${call}\n`;
  const { facts } = await read(
    member('m/data.pkl', '\x80\x02}.'),
    member('m/constants.pkl', '\x80\x02).'),
    member('m/code/__torch__/m.py', code),
  );
  expect(facts.flatMap((fact) => (fact.kind === 'torch.native' ? [fact.name] : []))).toEqual(expected);
});
