import { expect, test } from 'vitest';
import { found, lines, marked, scanSource } from '../../../test/source-kit.js';

const RULE = 'TORCH-SCRIPT-CUSTOM-OP';

const SOURCE = `import torch
from torch import ops
from torch.utils import cpp_extension
from torch.utils.cpp_extension import load as build, load_inline
torch.ops.load_library("a.so")  # FINDING
ops.load_library("a.so")  # FINDING
torch.classes.load_library("a.so")  # FINDING
cpp_extension.load("name", ["a.cpp"])  # FINDING
build(name="name", sources=["a.cpp"])  # FINDING
load_inline("name", "int x;")  # FINDING
torch.ops.mine.op(1)  # FINDING
torch.ops.mine.other(1)
fused = torch.ops.theirs.fused.default  # FINDING
torch.classes.mine.Thing()  # FINDING
getattr(torch.ops, "third").op(1)  # FINDING
list(map(torch.ops.load_library, ["a.so"]))  # FINDING
torch.ops.aten.add(1, 2)
torch.ops.quantized.linear
torch.ops.torchvision.nms(1, 2, 3)
torch.ops.fbgemm.jagged_to_dense(1, 2)  # FINDING
torch.classes.quantized.LinearPackedParamsBase
torch.ops.loaded_libraries
cpp_extension.CppExtension("name", ["a.cpp"])
`;

test('finds loads of libraries and foreign namespaces, each namespace once', async () => {
  expect(await lines(RULE, SOURCE)).toEqual(marked(SOURCE));
});

test('says which library, and how often a namespace is used', async () => {
  const findings = await found(RULE, SOURCE);
  expect(findings[0]).toMatchObject({
    severity: 'HIGH',
    evidence: { signal: 'shared-library load torch.ops.load_library' },
  });
  expect(findings[0]?.message).toContain('("a.so")');
  const mine = findings.find(({ evidence }) => evidence.signal === 'custom namespace torch.ops.mine');
  expect(mine?.evidence.chain).toContain('2 times in this file, the first one here');
});

test.each([
  ['operators that PyTorch registers', 'import torch\ny = torch.ops.prims.add(x, x)\nz = torch.ops.aten.mm.default\n'],
  ['packages that build an extension', 'from torch.utils.cpp_extension import CUDAExtension\nCUDAExtension("a", [])\n'],
  ['an attribute called ops', 'import torch\nself.ops.mine.op(1)\n'],
])('is quiet on %s', async (_name, source) => {
  expect((await scanSource(source)).findings).toEqual([]);
});
