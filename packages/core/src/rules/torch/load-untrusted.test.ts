import { describe, expect, test } from 'vitest';
import { found, lines, marked, notebook, positions, scanSource } from '../../../test/source-kit.js';

const RULE = 'TORCH-LOAD-UNTRUSTED';

const SOURCE = `import functools
import importlib
import inspect
import torch
import torch as t, os
import torch.serialization as ser
from functools import partial
from torch import load, load as l
from torch.serialization import load as deep
from torch.hub import load_state_dict_from_url
torch.load("a")  # FINDING
t.load("a", "cpu")  # FINDING
load("a")  # FINDING
l(open("a", "rb"), weights_only=False)  # FINDING
deep("a")  # FINDING
ser.load("a")  # FINDING
fn = torch.load
fn("a")  # FINDING
fn("a", weights_only=True)
p = partial(torch.load, map_location="cpu")
p("a")  # FINDING
q = functools.partial(torch.load, weights_only=True)
q("a")
q("a", weights_only=False)  # FINDING
getattr(torch, "load")("a")  # FINDING
getattr(t, "lo" + "ad")("a")  # FINDING
importlib.import_module("torch").load("a")  # FINDING
__import__("torch").load("a")  # FINDING
torch.__dict__["load"]("a")  # FINDING
vars(torch)["load"]("a")  # FINDING
SAFE = True
UNSAFE = not SAFE
torch.load("a", weights_only=SAFE)
torch.load("a", weights_only=UNSAFE)  # FINDING
torch.load("a", weights_only=os.environ.get("SAFE"))  # FINDING
torch.load("a", **{"weights_only": True})
torch.load("a", **{"map_location": "cpu"})  # FINDING
torch.load("a", **dict(weights_only=True))
torch.load("a", **kwargs)  # FINDING
torch.load("a", None, pickle)  # FINDING
torch.load("a", pickle_module=dill)  # FINDING
list(map(torch.load, ["a"]))  # FINDING
list(map(partial(torch.load, weights_only=True), ["a"]))
list(map(partial(torch.load, mmap=True), ["a"]))  # FINDING
list(map(lambda x: torch.load(x), ["a"]))  # FINDING
inspect.signature(torch.load)
LOADERS = {"pt": torch.load}  # FINDING
HANDLERS["pt"] = torch.load  # FINDING
def default(path, loader=torch.load):
    return loader(path)  # FINDING
def give():
    return torch.load  # FINDING
class Holder:
    loader = staticmethod(torch.load)
    other = torch.load
    def __init__(self):
        self.mine = torch.load
    def run(self, path):
        self.loader(path)  # FINDING
        self.mine(path)  # FINDING
        return self.other(path, weights_only=True)
Holder.loader("a")  # FINDING
@torch.load  # FINDING
def decorated(): pass
if (found := torch.load)("a"): pass  # FINDING
(torch.load if SAFE else l)("a")  # FINDING
f"{torch.load('a')}"  # FINDING
load_state_dict_from_url("https://example.org/a.pth")  # FINDING
load_state_dict_from_url("https://example.org/a-01234567.pth", check_hash=True)  # FINDING
load_state_dict_from_url("https://example.org/a.pth", check_hash=True)  # FINDING
load_state_dict_from_url("https://example.org/a-01234567.pth", check_hash=True, weights_only=True)
load_state_dict_from_url("https://example.org/a.pth", weights_only=True)
torch.jit.load("a")
numpy.load("a")
torch.load
"torch.load('a')"
`;

describe('TORCH-LOAD-UNTRUSTED in source', () => {
  test('finds every form of the call, on its line, and nothing else', async () => {
    expect(await lines(RULE, SOURCE)).toEqual(marked(SOURCE));
  });

  test('line and column of the call, to its end', async () => {
    const [finding] = await found(RULE, 'import torch\n\n  \nif 1:\n    x = torch.load(\n        "a",\n    )\n');
    expect(finding).toMatchObject({
      severity: 'CRITICAL',
      action: 'fail',
      location: { path: 'code.py', line: 5, column: 9, endLine: 7, endColumn: 6, offset: 31 },
      evidence: { signal: 'AST call torch.load(...) without weights_only=True', call: 'torch.load( "a", )' },
      insertion: { at: { line: 6, column: 12 }, text: ', weights_only=True' },
    });
  });

  test.each([
    ['torch.load(*a)', false],
    ['torch.load("a", **k)', false],
    ['torch.load("a", weights_only=False)', false],
    ['torch.load("a", pickle_module=p)', false],
    ['torch.load(("a"))', false],
    ['torch.load("a")', true],
    ['torch.load("a", map_location=None,)', true],
    ['torch.load(\n  "a",  # (why)\n  # more\n)', true],
    ['torch.load("a"  # why\n)', true],
    ['torch.load( \\\n  "a" \\\n)', true],
    ['torch.load(("a")  # why\n)', false],
    ['torch.load(p for p in [])', false],
  ])('%s: a fix is offered: %s', async (call, offered) => {
    const [finding] = await found(RULE, `import torch\n${call}\n`);
    expect(finding?.insertion !== undefined).toBe(offered);
  });

  test.each([
    ['torch.load("é", "cpu" ,  )', 'torch.load("é", "cpu", weights_only=True ,  )'],
    ['torch.load(\n  "𝒳",  # why\n)', 'torch.load(\n  "𝒳", weights_only=True,  # why\n)'],
    ['torch.load(f=open("a"))["m"]', 'torch.load(f=open("a"), weights_only=True)["m"]'],
  ])('what the offered fix gives has no finding: %s', async (call, expected) => {
    const source = `import torch\n${call}\n`;
    const [finding] = await found(RULE, source);
    const at = finding?.insertion?.at;
    const bytes = Buffer.from(source);
    const fixed = Buffer.concat([
      bytes.subarray(0, at?.offset),
      Buffer.from(finding?.insertion?.text ?? ''),
      bytes.subarray(at?.offset),
    ]).toString();
    expect(fixed).toBe(`import torch\n${expected}\n`);
    expect(await positions(RULE, fixed)).toEqual([]);
  });

  test.each([
    ['fullwidth letters', 'import ｔorch\nｔｏｒｃｈ.ｌｏａｄ("a")\n', ['2:1']],
    ['a name that is put together', 'import importlib\nimportlib.import_module("tor" "ch").load("a")\n', ['2:1']],
    ['an escaped name', 'm = __import__("\\x74orch")\nm.load("a")\n', ['2:1']],
    ['sys.modules', 'import sys\nsys.modules["tor" + "ch"].load("a")\n', ['2:1']],
    ['Python 2', 'import torch\nprint torch.load("a")\n', ['2:7']],
    ['a broken file', 'import torch\ndef f(:\n  x = torch.load("a")\n)) else\ny = torch.load("b")\n', ['3:7', '5:5']],
    ['a byte order mark', '\ufeffimport torch\ntorch.load("a")\n', ['2:1']],
    ['a name that nothing binds', 'torch.load("a")\n', ['1:1']],
  ])('%s', async (_name, source, expected) => {
    expect(await positions(RULE, source)).toEqual(expected);
  });

  test('the cells of a notebook share their names, and lines are counted in the cell', async () => {
    const text = notebook('%matplotlib inline\nfrom torch import load as l\n', '# two\n!ls\nx = l("a")\n');
    const [finding, ...more] = await found(RULE, text, 'n.ipynb');
    expect(more).toEqual([]);
    expect(finding?.location).toMatchObject({ path: 'n.ipynb', cell: 2, line: 3, column: 5, offset: null });
    expect(finding?.insertion).toBeUndefined();
  });

  test('a notebook whose JSON hides the letters', async () => {
    const text = notebook('import torch', 'torch.load("a")').replaceAll('torch', '\\u0074orch');
    expect(await positions(RULE, text, 'n.ipynb')).toEqual(['1:1']);
  });

  test('comments for other tools are shown and do not count', async () => {
    const [finding] = await found(RULE, 'import torch\ntorch.load("a")  # nosec B614\n');
    expect(finding?.action).toBe('fail');
    expect(finding?.evidence.chain).toContain(
      'line 2 has a comment for another tool, which does not count here: # nosec B614',
    );
  });

  test('the fingerprint survives edits above and white space, not another argument', async () => {
    const of = async (source: string) => (await found(RULE, source))[0]?.fingerprint;
    const plain = await of('import torch\ndef f():\n    torch.load("a", "cpu")\n');
    expect(await of('"""Doc."""\nimport torch\n\n\ndef f():\n    x = 1\n    torch.load("a",\n        "cpu")\n')).toBe(
      plain,
    );
    expect(await of('import torch\ndef f():\n    torch.load("b", "cpu")\n')).not.toBe(plain);
    expect(await of('import torch\ndef g():\n    torch.load("a", "cpu")\n')).not.toBe(plain);
  });

  test('a source without a word of torch is no artifact, one with it is', async () => {
    expect((await scanSource('import os\nos.system("true")\n')).summary).toMatchObject({ artifacts: 0, skipped: 1 });
    expect((await scanSource('import torch\n')).artifacts).toMatchObject([
      { format: 'python', status: 'complete', safety: { level: 0 } },
    ]);
  });

  test('what nothing can be read of is incomplete, and says where', async () => {
    const report = await scanSource('torch ?? ! ]]\n');
    expect(report.verdict).toBe('incomplete');
    expect(report.incomplete[0]?.reason).toMatch(/^nothing of it can be read as Python: .* in line 1$/);
  });

  const WHOLE = '0123456789abcdef'.repeat(4);
  test.each([
    [
      '"https://x.org/a-01234567.pth"',
      'CRITICAL',
      '8 hex digits of the SHA-256, 32 bits, for which another file can be',
    ],
    [`"https://x.org/a-${WHOLE.slice(0, 20)}.pth"`, 'CRITICAL', '20 hex digits of the SHA-256, 80 bits, and a file'],
    [
      `"https://x.org/a-${WHOLE}.pth"`,
      'LOW',
      'compares the whole SHA-256 of what is downloaded; a file that is in the',
    ],
    [`"https://x.org/a-${WHOLE}.pth?x#y"`, 'LOW', 'whole SHA-256'],
    [`"https://x.org/a-${WHOLE.slice(1)}.pth"`, 'CRITICAL', '63 hex digits'],
    // Digits in upper case are none to PyTorch, and an empty prefix fits every file.
    [`"https://x.org/a-${WHOLE.toUpperCase()}.pth"`, 'CRITICAL', 'compares nothing here'],
    ['"https://x.org/a-.pth"', 'CRITICAL', 'compares nothing here'],
    ['"https://x.org/a.pth"', 'CRITICAL', 'compares nothing here'],
    // Only the last segment of the path is the file name, and the first hash in it counts.
    [`"https://x-${WHOLE}.org/a.pth"`, 'CRITICAL', 'compares nothing here'],
    [`"https://x-${WHOLE}.org"`, 'CRITICAL', 'compares nothing here'],
    [`"https://x.org/a.pth?b-${WHOLE}.c"`, 'CRITICAL', 'compares nothing here'],
    [`"https://x.org/a-01.b-${WHOLE}.pth"`, 'CRITICAL', '2 hex digits'],
    ['URLS[name]', 'CRITICAL', 'which is no constant here'],
    [`"https://x.org/a-${WHOLE}.pth", file_name="b.pth"`, 'CRITICAL', 'compares nothing here'],
    [`URLS[name], file_name="b-${WHOLE}.pth"`, 'LOW', 'whole SHA-256'],
    [`"https://x.org/a-${WHOLE}.pth", file_name=None`, 'LOW', 'whole SHA-256'],
    [`"https://x.org/a-${WHOLE}.pth", **more`, 'CRITICAL', 'which is no constant here'],
  ])('what check_hash=True is worth: %s', async (given, severity, words) => {
    const [finding] = await found(
      RULE,
      `import torch\ntorch.hub.load_state_dict_from_url(${given}, check_hash=True)\n`,
    );
    expect(finding).toMatchObject({ severity, action: severity === 'LOW' ? 'note' : 'fail' });
    expect(finding?.message).toContain(words);
  });

  test.each([
    ['weights_only=True', 'import torch\ntorch.load("a", weights_only=True)\n'],
    ['another load', 'import torch, json\njson.load(open("a"))\ntorch.jit.load("a")\n'],
    ['a function of the same name', 'import torch\ndef load(x): ...\nload("a")\n'],
    ['a method of something else', 'import torch\nmodel = torch.nn.Linear(1, 1)\nmodel.load("a")\n'],
    ['a patch of it', 'import torch\ntorch.load = None\n'],
    ['its mention', 'import torch\n# torch.load("a")\nx = "torch.load(1)"\nprint(torch.load.__doc__)\n'],
  ])('is quiet on %s', async (_name, source) => {
    expect((await scanSource(source)).findings).toEqual([]);
  });
});
