import { describe, expect, test } from 'vitest';
import { PythonModule } from '../python/module.js';
import { importEffects } from './import-effects.js';

/** Effects in short: kind, name, certainty, what they are given. */
function effects(source: string): string[] {
  const found = importEffects(PythonModule.readText(source), []);
  expect(found.incomplete).toEqual([]);
  return found.effects.map(({ kind, name, certainty, detail }) =>
    [kind, name, certainty, ...(detail === null ? [] : [`(${detail})`])].join(' '),
  );
}
const kinds = (source: string): string[] => effects(source).map((effect) => effect.split(' ', 2).join(' '));

describe('loaders that a keyword restricts', () => {
  test.each([
    ['torch.load("a", weights_only=True)', 0],
    ['torch.load("a", weights_only=False)', 1],
    ['torch.load("a", weights_only=x)', 1],
    ['torch.load("a", weights_only=True if x else False)', 1],
    ['torch.load("a", weights_only="True")', 1],
    ['torch.load("a")', 1],
    ['torch.serialization.load("a", weights_only=True)', 0],
    ['torch.serialization.load("a", weights_only=False)', 1],
    ['numpy.load("a")', 0],
    ['numpy.load("a", allow_pickle=False)', 0],
    ['numpy.load("a", allow_pickle=True)', 1],
    ['numpy.load("a", allow_pickle=x)', 1],
    ['numpy.load("a", **x)', 1],
    // By its place.
    ['numpy.load("a", None, True)', 1],
    ['numpy.load("a", None, x)', 1],
    ['numpy.load("a", None, False)', 0],
    ['numpy.load("a", None)', 0],
    ['numpy.load("a", True)', 0],
    ['numpy.load("a", None, True, False)', 1],
    ['k = {"allow_pickle": False}\nk = {"allow_pickle": True}\nnumpy.load("a", **k)', 1],
    ['k = {"weights_only": True}\nk = {"weights_only": False}\ntorch.load("a", **k)', 1],
    ['joblib.load("a")', 1],
    ['pandas.read_pickle("a")', 1],
    ['pandas.read_csv("a")', 0],
  ])('%s: %i', (call, count) => {
    expect(
      kinds(`import torch, numpy, joblib, pandas\n${call}`).filter((kind) => kind.startsWith('loader')),
    ).toHaveLength(count);
  });
});

describe('files that are opened', () => {
  test.each([
    ['open("a", mode="w")', 1],
    ['open("a", mode="r")', 0],
    ['open("a", "x")', 1],
    ['open("a", "ab")', 1],
    ['open("a", "r+")', 1],
    ['open("a", m)', 1],
    ['open("a", **k)', 1],
    ['open(*k)', 1],
    ['open("a", 5)', 0],
    ['open("w")', 0],
    ['io.open("a", "w")', 1],
    ['codecs.open("a", "w", "utf-8")', 1],
    ['os.fdopen(1, "w")', 1],
    ['pathlib.Path("a").open("w")', 1],
    ['pathlib.Path.open("w")', 1],
    ['pathlib.Path.open("r")', 0],
    ['os.open("a", os.O_WRONLY | os.O_CREAT)', 1],
    ['os.open("a", os.O_RDWR)', 1],
    ['os.open("a", os.O_APPEND)', 1],
    ['os.open("a", os.O_TRUNC)', 1],
    ['os.open("a", os.O_RDONLY)', 0],
    ['os.open("w", m)', 0],
    ['os.open("a", flags=os.O_WRONLY)', 1],
    ['os.open("a", flags=os.O_RDONLY, mode=os.O_WRONLY)', 0],
    ['os.open("a", os.O_RDONLY, os.O_WRONLY)', 0],
    ['m = os.O_RDWR\nos.open("a", m)', 1],
    ['m = os.O_RDONLY\nos.open("a", m)', 0],
    ['m = os.O_RDONLY\nm = os.O_CREAT\nos.open("a", m)', 1],
    ['k = {"mode": "r"}\nk = {"mode": "w"}\nopen("a", **k)', 1],
    ['k = {"mode": "r"}\nopen("a", **k)', 0],
    ['os.open("a")', 0],
    ['os.remove("a")', 1],
    ['os.remove(os.path.join(tempfile.mkdtemp(), "a"))', 0],
    ['shutil.copy("a", "b")', 1],
    ['shutil.copy("a", tempfile.gettempdir())', 0],
    ['x.write_text("a")', 1],
    ['x.write_bytes(b"a")', 1],
    ['x.read_text()', 0],
    ['x.open("w")', 1],
    ['x.open(mode="ab")', 1],
    ['p = pathlib.Path("a")\np.open("r+")', 1],
    ['x.open()', 0],
    ['x.open("rb")', 0],
    ['x.open(y)', 0],
    ['x.open("wax.txt")', 0],
    ['x.open(*y)', 0],
    ['(pathlib.Path(tempfile.gettempdir()) / "a").open("w")', 0],
    ['x.extractall("a")', 1],
    ['x.extractall(tempfile.mkdtemp())', 0],
    ['pathlib.Path(tempfile.gettempdir()).write_text("a")', 0],
  ])('%s: %i', (call, count) => {
    const found = kinds(`import io, codecs, os, pathlib, tempfile, shutil\n${call}`);
    expect(found.filter((kind) => kind.startsWith('write'))).toHaveLength(count);
  });

  test('a method that only executes is no less for a temporary folder', () => {
    expect(effects('import tempfile\nx.exec_module(tempfile.mkdtemp())')).toEqual([
      'execution .exec_module implied (tempfile.mkdtemp())',
    ]);
  });
});

describe('names that are put together', () => {
  test.each([
    ['getattr(os, x)', 1],
    ['getattr(os, "a")', 0],
    ['getattr(os, "a" if x else "b")', 0],
    ['getattr(os, 5)', 1],
    ['getattr(os)', 0],
    ['getattr(y, x)', 0],
    ['getattr(torch, x)', 0],
    ['getattr(__import__(y), x)', 1],
    ['getattr(importlib.import_module("os"), x)', 1],
    ['getattr(f(), x)', 0],
    ['vars(os)[x]()', 1],
    ['vars(y)[x]()', 0],
    ['vars(torch)[x]()', 0],
    ['vars()[x]()', 1],
    ['globals()[x]()', 1],
    ['globals()["f"]()', 0],
    ['locals()[x]()', 0],
    ['__builtins__[x]()', 1],
    ['__builtins__["len"]()', 0],
    ['os.__dict__[x]()', 1],
    ['sys.modules[x]()', 1],
    ['sys.path[x]()', 0],
    ['y[x]()', 0],
    ['y()[x]()', 0],
  ])('%s: %i', (call, count) => {
    const found = kinds(`import os, sys, torch, importlib\n${call}`);
    expect(found.filter((kind) => kind.startsWith('computed-name'))).toHaveLength(count);
  });

  test.each([
    ['__import__("a")', 0],
    ['__import__(x)', 1],
    ['__import__()', 1],
    ['importlib.import_module("a" + "b")', 0],
    ['importlib.import_module(f"a.{x}")', 1],
    ['importlib.import_module("a" if x else "b")', 0],
    ['importlib.__import__(x)', 1],
    ['importlib.util.find_spec(x)', 0],
    ['importlib.machinery.SourceFileLoader("a", x)', 1],
    ['imp.load_source("a", "b")', 1],
  ])('a module by its name, %s: %i', (call, count) => {
    const found = kinds(`import importlib, importlib.util, importlib.machinery, imp\n${call}`);
    expect(found.filter((kind) => kind.startsWith('computed-import'))).toHaveLength(count);
  });
});

describe('dangerous functions that are handed on', () => {
  test.each([
    ['map(os.system, x)', ['process os.system implied']],
    ['f(key=os.system)', ['process os.system implied']],
    ['@os.system\ndef g(): pass', ['process os.system implied']],
    ['t = {"a": os.system}', ['process os.system implied']],
    ['t = [exec]', ['execution builtins.exec implied']],
    ['t = os.system', []],
    ['f(subprocess.Popen)', []],
    ['f(subprocess.PIPE)', []],
    ['f(subprocess.CalledProcessError)', []],
    ['f(os.remove)', []],
    ['f(os.path.join)', []],
    ['f(pickle.loads)', []],
  ])('%s', (source, expected) => {
    expect(effects(`import os, subprocess, pickle\n${source}`)).toEqual(expected);
  });

  test('with what is bound to it already, the call counts and not the name', () => {
    expect(effects('import os, functools\nf(functools.partial(os.system, "a"))')).toContain(
      'process os.system implied',
    );
  });
});

describe('where a value comes from', () => {
  test.each([
    ['exec(base64.b64decode("a"))', 'decoded-payload'],
    ['exec(f(*[{"k": zlib.decompress(b"a")}]))', 'decoded-payload'],
    ['exec(x.decrypt("a"))', 'decoded-payload'],
    ['exec(x.a["b"][c](-(bytes.fromhex("61"))))', 'decoded-payload'],
    ['exec("a" if x else bytes.fromhex("61"))', 'decoded-payload'],
    ['exec((y := bytes.fromhex("61")))', 'decoded-payload'],
    ['exec(f"{bytes.fromhex(\'61\')}")', 'decoded-payload'],
    ['exec("".join([bytes.fromhex(c) for c in x]))', 'decoded-payload'],
    ['exec("".join([c for c in bytes.fromhex("61")]))', 'decoded-payload'],
    ['exec(x[bytes.fromhex("61"):])', 'decoded-payload'],
    ['exec("a")', 'execution'],
    ['exec(lambda: bytes.fromhex("61"))', 'execution'],
    ['a = bytes.fromhex("61")\nb = a + "c"\nexec(b)', 'decoded-payload'],
    ['for a in [bytes.fromhex("61")]:\n  exec(a)', 'decoded-payload'],
    ['exec(requests.get("a").text)', 'downloaded-code'],
    ['exec(base64.b64decode(requests.get("a").text))', 'downloaded-code'],
    ['exec(open(hf_hub_download("a")).read())', 'downloaded-code'],
    ['pickle.loads(base64.b64decode("a"))', 'decoded-payload'],
    ['pickle.loads(requests.get("a").content)', 'downloaded-code'],
    ['pickle.loads(x)', 'loader'],
    ['requests.post("a", os.environ["A"])', 'exfiltration'],
    ['requests.post("a", os.getenv("A"))', 'exfiltration'],
    ['requests.post("a", x)', 'network'],
    ['requests.post("a", open(os.path.expanduser("~")).read())', 'exfiltration'],
    ['k = os.environ\nrequests.post("a", k)', 'exfiltration'],
    ['requests.post("a", os.environment)', 'network'],
  ])('%s is %s', (source, kind) => {
    const found = kinds(
      `import base64, zlib, requests, pickle, os\nfrom huggingface_hub import hf_hub_download\n${source}`,
    );
    const last = found.filter((one) => /exec|pickle|post/.test(one));
    expect(last.map((one) => one.split(' ')[0])).toEqual([kind]);
  });
});

describe('what is said of an argument', () => {
  test.each([
    ['os.system("a")', '("a")'.slice(2, -2)],
    ['os.system(x)', 'x'],
    ['os.system("a" + x + "b")', 'a…b'],
    ['os.system(command="a")', 'a'],
    [`os.system("${'a'.repeat(200)}")`, 'a'.repeat(200)],
    [`os.system("${'a'.repeat(201)}")`, `${'a'.repeat(200)}…`],
  ])('%s', (call, detail) => {
    expect(effects(`import os\n${call}`)).toEqual([`process os.system direct (${detail})`]);
  });

  test('nothing, where nothing is given', () => {
    expect(effects('import os\nos.fork()\nx.exec_module()')).toEqual([
      'process os.fork direct',
      'execution .exec_module implied',
    ]);
  });
});

describe('code within code', () => {
  /** With the route that leads there. */
  const routes = (source: string): string[] =>
    importEffects(PythonModule.readText(source), []).effects.map(({ certainty, route }) =>
      [certainty, ...route].join(' '),
    );

  test.each([
    ['a function that is defined within one that runs', 'def f():\n  def g(): exec("a")\n  g()\nf()', ['direct f f.g']],
    ['one that nobody calls', 'def f():\n  def g(): exec("a")\nf()', ['open f f.g']],
    ['one of a module that nobody calls', 'def g(): exec("a")', []],
    ['a lambda of a module', 'g = lambda: exec("a")', ['open']],
    ['a class within a function', 'def f():\n  class A:\n    exec("a")\nf()', ['direct f']],
    ['a lambda in a class', 'class A:\n  g = lambda self: exec("a")', ['open']],
    ['a comprehension in a lambda', 'f = lambda: [exec(x) for x in y]', ['open']],
    ['an instance that is called', 'class A:\n  def __call__(self): exec("a")\na = A()\na()', ['direct A.__call__']],
    ['a metaclass of a library', 'import m\nclass A(metaclass=m.M): pass', []],
    ['a metaclass that is a function', 'def m(*a): exec("a")\nclass A(metaclass=m): pass', ['direct m']],
    ['a keyword of a class', 'class M:\n  def __init__(self): exec("a")\nclass A(other=M): pass', []],
  ])('%s', (_what, source, expected) => {
    expect(routes(source)).toEqual(expected);
  });

  test('effects stand in the order of the source, not in that in which they are reached', () => {
    expect(routes('def f(): exec("a")\nexec("b")\nf()\nexec("c")')).toEqual(['direct f', 'direct', 'direct']);
  });
});
