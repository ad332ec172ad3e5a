import { expect, test } from 'vitest';
import { inspectSource } from '../formats/python-source/inspect-source.js';
import type { NeighbourFile, SourceNeighbours } from '../model/neighbours.js';

/** The kinds of origin of the path that the last `torch.load` of the source is given, in the order of their names. */
function originsOf(text: string, others: Readonly<Record<string, string>> | null = {}): string {
  const modules = Object.entries({ 'pkg/a.py': text, ...others }).map(([path, source]): NeighbourFile => ({
    path,
    read: () => new TextEncoder().encode(source),
    module: path.replace('.py', '').replaceAll('/', '.'),
    isPackage: false,
  }));
  const neighbours: SourceNeighbours = {
    moduleOf: () => ({ module: 'pkg.a', isPackage: false }),
    find: (_from, name) => modules.find(({ module }) => module === name) ?? null,
    requirements: () => [],
    packageOf: () => ({ root: 'pkg', modules }),
  };
  const input = {
    name: 'a.py',
    path: 'pkg/a.py',
    checkTime: () => {},
    neighbours: others === null ? null : neighbours,
    wanted: ['source.call'] as const,
  };
  const facts = [...inspectSource(new TextEncoder().encode(`import torch, os, sys\n${text}\n`), input)];
  const calls = facts.flatMap((fact) => (fact.kind === 'source.call' ? [fact] : []));
  return (calls.at(-1)?.origins ?? [])
    .map(({ kind }) => kind)
    .toSorted()
    .join(' ');
}

test.each([
  ['a literal', 'torch.load("model.pt")', 'constant'],
  ['beside the code', 'torch.load(os.path.join(os.path.dirname(__file__), "model.pt"))', 'constant'],
  ['pathlib beside the code', 'from pathlib import Path\ntorch.load(Path(__file__).parent / "model.pt")', 'constant'],
  ['a constant of the module', 'ROOT = "weights"\ndef _f():\n  torch.load(f"{ROOT}/a.pt")', 'constant'],
  ['an open file', 'def _f():\n  with open("a.pt", "rb") as f:\n    torch.load(f)', 'constant'],
  ['own temporary file', 'import tempfile\nwith tempfile.NamedTemporaryFile() as f:\n  torch.load(f.name)', 'constant'],
  ['the last of a folder', 'import glob\ntorch.load(sorted(glob.glob("out/*.pt"))[-1])', 'constant'],
  ['in a loop', 'for epoch in range(9):\n  torch.load("out/%d.pt" % epoch)', 'constant'],
  [
    'the files of a folder that a lambda chooses',
    'def _f():\n  for n in filter(lambda x: x.endswith(".pt"), os.listdir("out")):\n    torch.load(os.path.join("out", n))',
    'constant',
  ],
  ['what a lambda makes', 'for p in map(lambda n: os.path.join("out", n), ["a.pt"]):\n  torch.load(p)', 'constant'],
  ['sorted by a key', 'import glob\ntorch.load(sorted(glob.glob("*.pt"), key=os.path.getmtime)[-1])', 'constant'],
  ['with a progress bar', 'from tqdm import tqdm\nfor p in tqdm(["a.pt"], desc=x):\n  torch.load(p)', 'constant'],
  ['in a comprehension', 'x = [torch.load(p) for p in ("a.pt", "b.pt")]', 'constant'],
  ['a folder where others write', 'torch.load("/tmp/model.pt")', 'store'],
  ['a share', 'torch.load("/mnt/team/model.pt")', 'store'],
  ['a bucket', 'import fsspec\ntorch.load(fsspec.open("s3://bucket/model.pt"))', 'store'],
  ['the home folder', 'torch.load(os.path.expanduser("~/.cache/a.pt"))', 'user'],
  ['the command line', 'torch.load(sys.argv[1])', 'user'],
  ['the environment', 'torch.load(os.environ.get("MODEL", "a.pt"))', 'user'],
  ['a prompt', 'torch.load(input("which? "))', 'user'],
  [
    'argparse',
    'import argparse\np = argparse.ArgumentParser()\np.add_argument("--ckpt")\nargs = p.parse_args()\ntorch.load(args.ckpt)',
    'user',
  ],
  ['argparse, in a function', 'def main():\n  args, _ = get().parse_known_args()\n  torch.load(args.ckpt)', 'user'],
  ['absl', 'from absl import flags\nFLAGS = flags.FLAGS\ntorch.load(FLAGS.ckpt)', 'user'],
  ['click', 'import click\n@click.command()\n@click.option("--ckpt")\ndef main(ckpt):\n  torch.load(ckpt)', 'user'],
  ['an argument', 'def load(path):\n  return torch.load(path)', 'parameter'],
  ['an argument, joined', 'def load(folder):\n  return torch.load(os.path.join(folder, "a.pt"))', 'constant parameter'],
  [
    'an argument, opened',
    'def load(path):\n  with open(path, "rb") as f:\n    return torch.load(f)',
    'constant parameter',
  ],
  ['an argument that is changed', 'def load(path):\n  path += ".pt"\n  return torch.load(path)', 'constant parameter'],
  ['part of an argument', 'def load(cfg):\n  return torch.load(cfg.model["path"])', 'parameter'],
  [
    'an attribute of an object',
    'class A:\n  def __init__(self, path):\n    self.path = path\n  def _load(self):\n    torch.load(self.path)',
    'parameter',
  ],
  [
    'an attribute of a base',
    'class B:\n  path = "a.pt"\nclass A(B):\n  def _load(self):\n    torch.load(self.path)',
    'constant',
  ],
  [
    'a property',
    'class A:\n  @property\n  def path(self):\n    return "a.pt"\n  def _load(self):\n    torch.load(self.path)',
    'constant',
  ],
  [
    'an attribute that others set',
    'class A:\n  path = None\na = A()\na.path = sys.argv[1]\ntorch.load(a.path)',
    'user',
  ],
  ['a private function', 'def _load(path):\n  return torch.load(path)\n_load("a.pt")', 'constant'],
  [
    'several callers',
    'def _load(path):\n  return torch.load(path)\n_load("a.pt")\n_load(sys.argv[1])',
    'constant user',
  ],
  ['callers of callers', 'def _g(p):\n  torch.load(p)\ndef _f(q):\n  _g(p=q)\n_f("a.pt")', 'constant'],
  ['a nested function', 'def main():\n  def load(p):\n    torch.load(p)\n  load("a.pt")', 'constant'],
  ['callers of a public one', 'def load(path):\n  torch.load(path)\nload(sys.argv[1])', 'parameter user'],
  [
    'a private method',
    'class A:\n  def _load(self, p):\n    torch.load(p)\n  def f(self):\n    self._load("a.pt")',
    'constant',
  ],
  ['nobody calls', 'def _load(path):\n  return torch.load(path)', 'unknown'],
  [
    'a method of that name of another object',
    'def load_state_dict(path):\n  torch.load(path)\nmodel.load_state_dict(compute())',
    'parameter',
  ],
  [
    'a private method of an object that is not known',
    'class A:\n  def _load(self, p):\n    torch.load(p)\ndef f(a):\n  a._load(sys.argv[1])',
    'user',
  ],
  ['a cast', 'from typing import cast\ndef f(p):\n  torch.load(cast(str, p))', 'parameter'],
  ['it is handed on', 'def _load(path):\n  return torch.load(path)\n_load("a.pt")\nmap(_load, x)', 'constant unknown'],
  ['it has another name', 'def _load(path):\n  return torch.load(path)\n_load("a.pt")\nf = _load', 'constant unknown'],
  ['it is registered', '@app.task\ndef _load(path):\n  torch.load(path)\n_load("a.pt")', 'constant unknown'],
  ['keywords beside it', 'def _load(path, **more):\n  torch.load(path)\n_load("a.pt", **x)', 'constant'],
  ['more is given, and it', 'def _load(path):\n  torch.load(path)\n_load(*x, "a.pt")', 'constant unknown'],
  ['more is given', 'def _load(path):\n  torch.load(path)\n_load(*args)', 'unknown'],
  [
    'what a function gives, for this call',
    'def where(name):\n  return os.path.join("weights", name)\ndef _f():\n  torch.load(where("a.pt"))',
    'constant',
  ],
  [
    'what it gives for each call',
    'def where(name):\n  return name\nx = where(sys.argv[1])\ntorch.load(where("a.pt"))',
    'constant',
  ],
  ['what it gives under the same name', 'def load(p):\n  p = torch.load(p)\n  return p', 'parameter'],
  ['itself', 'def where(name):\n  return where(name)\ntorch.load(where("a.pt"))', 'unknown'],
  ['a download', 'from huggingface_hub import hf_hub_download\ntorch.load(hf_hub_download("a/b", "c.pt"))', 'network'],
  ['a response', 'import requests, io\ntorch.load(io.BytesIO(requests.get(url).content))', 'network'],
  ['a download by its name', 'from .utils import download_model\ntorch.load(download_model("x"))', 'network'],
  [
    'a download to a constant path',
    'from urllib.request import urlretrieve\npath = "a.pt"\nif not os.path.exists(path):\n  urlretrieve(URL, path)\ntorch.load(path)',
    'constant network',
  ],
  [
    'a download to a path that is written twice',
    'torch.hub.download_url_to_file(URL, "net.pth")\ntorch.load("net.pth")',
    'constant network',
  ],
  [
    'a download that is written by hand',
    'import requests\np = "a.pt"\nwith open(p, "wb") as f:\n  f.write(requests.get(U).content)\ntorch.load(p)',
    'constant network',
  ],
  [
    'what is downloaded in another branch',
    'def load(p):\n  if x:\n    return torch.hub.load_state_dict_from_url(p)\n  return torch.load(p)',
    'parameter',
  ],
  ['the same without a client', 'p = "a.pt"\nwith open(p, "wb") as f:\n  f.write(x)\ntorch.load(p)', 'constant'],
  [
    'what a framework gives',
    'from flask import request\nimport io\ntorch.load(io.BytesIO(request.data))',
    'network unknown',
  ],
  ['another file', 'from .config import PATH\ntorch.load(PATH)', 'unknown'],
  ['a function of another file', 'from .config import where\ntorch.load(where("a.pt"))', 'constant unknown'],
  ['either', 'def load(path=None):\n  torch.load(path or "a.pt")', 'constant parameter'],
  ['one of two', 'p = cfg.path if x else "a.pt"\ntorch.load(p)', 'constant unknown'],
  ['a lambda', 'f = lambda p: torch.load(p)', 'unknown'],
  ['nothing', 'torch.load()', 'unknown'],
  ['not called', 'map(torch.load, ["a.pt"])', 'unknown'],
  ['by keyword', 'torch.load(f="a.pt")', 'constant'],
  ['by a partial', 'from functools import partial\npartial(torch.load, "a.pt")()', 'constant'],
  ['a library', 'torch.ops.load_library(sys.argv[1])', 'user'],
  ['an address', 'torch.hub.load_state_dict_from_url("https://a/b.pt")', 'network'],
])('%s', (_name, text, expected) => {
  expect(originsOf(text)).toBe(expected);
});

test('names of other files of the tree are the texts that these give them', () => {
  const text = 'from .names import NAME\ntorch.load(NAME)';
  expect(originsOf(text, { 'pkg/names.py': 'NAME = "a.pt"\n' })).toBe('constant');
  expect(originsOf(text, { 'pkg/names.py': 'NAME = "https://a/b.pt"\n' })).toBe('network');
  expect(originsOf(text, { 'pkg/names.py': 'NAME = "a.pt"\nNAME = input()\n' })).toBe('unknown');
  expect(originsOf(text, { 'pkg/names.py': 'NAME = None\n' })).toBe('unknown');
  expect(originsOf(text, { 'pkg/names.py': 'from pkg.more import A as NAME', 'pkg/more.py': 'A = "a.pt"' })).toBe(
    'constant',
  );
  expect(originsOf(text, { 'pkg/names.py': 'from pkg.names import NAME' })).toBe('unknown');
  expect(originsOf('from pkg import names\ntorch.load(names.NAME)', { 'pkg/names.py': 'NAME = "a.pt"' })).toBe(
    'constant',
  );
});

test('a private function that another file of the package names has callers that are not seen', () => {
  const text = 'def _load(path):\n  return torch.load(path)\n_load("a.pt")';
  expect(originsOf(text, { 'pkg/b.py': 'from .a import _load\n' })).toBe('constant unknown');
  expect(originsOf(text, { 'pkg/b.py': 'from .a import my_load\n' })).toBe('constant');
  expect(originsOf(text, null)).toBe('constant unknown');
});

test('the work is linear in the number of functions, and what is too entangled is unknown', () => {
  const chain = Array.from({ length: 3000 }, (_, i) => `def _f${i}(p):\n  return _f${i + 1}(p)`).join('\n');
  expect(originsOf(`${chain}\ndef _f3000(p):\n  torch.load(p)\n_f0("a.pt")`)).toBe('constant');
  const many = Array.from(
    { length: 400 },
    (_, i) => `def _g${i}(p):\n  return _g${(i * 7) % 400}(p) or _g${(i + 1) % 400}(p)`,
  );
  expect(originsOf(`${many.join('\n')}\ntorch.load(_g0("a.pt"))`)).toContain('unknown');
});
