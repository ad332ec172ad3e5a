import { describe, expect, test } from 'vitest';
import { MAX_IMPORT_EFFECTS } from '../model/limits.js';
import { PythonModule } from '../python/module.js';
import { importEffects } from './import-effects.js';

/** Effects in short: line, kind, name, certainty, route. */
function effects(source: string, loaded: readonly string[] = []): string[] {
  const found = importEffects(PythonModule.readText(source), loaded);
  expect(found.incomplete).toEqual([]);
  return found.effects.map(({ line, kind, name, certainty, when, route }) =>
    [line, kind, name, certainty, ...(when.kind === 'class' ? [`${when.name}.${when.method}`] : []), ...route].join(
      ' ',
    ),
  );
}

describe('members of a class that a loader makes', () => {
  const of = (head: string): string[] =>
    effects(`import os\nclass A:\n  def __init__(self): os.system('a')\n${head}: pass`, ['B']);
  const own = ['3 process os.system direct B.__init__ A.__init__'];
  test.each<readonly [string, readonly string[]]>([
    ['class B(A)', own],
    ['class B(object, A)', own],
    ['class C(A): pass\nclass B(C)', own],
    ['class B(object)', []],
    ['class B(other=A)', []],
    ['class B(*A)', []],
  ])('%s', (head, expected) => expect(of(head)).toEqual(expected));
});

test('a function that is given back is not handed on to be called', () => {
  expect(effects('import os\ndef f(): return os.system\nf()')).toEqual([]);
  expect(effects('import os\nx = lambda: os.system')).toEqual([]);
  expect(effects('import os\ng(os.system)')).toEqual(['2 process os.system implied']);
  expect(effects('import os\nx = [os.system]')).toEqual(['2 process os.system implied']);
  expect(effects('import os\n@os.system\ndef f(): pass')).toHaveLength(1);
  // A class of such a module, and a constant.
  expect(effects('import subprocess\ng(subprocess.Popen, subprocess.PIPE)')).toEqual([]);
});

describe('code that runs at import', () => {
  test.each([
    ['a call', "import os\nos.system('a')", ['2 process os.system direct']],
    ['a class body', "import os\nclass A:\n    x = os.popen('a')", ['3 process os.popen direct']],
    ['a default', "import os\ndef f(a=os.system('a')): pass", ['2 process os.system direct']],
    ['a decorator', "import os\n@os.system('a')\ndef f(): pass", ['2 process os.system direct']],
    ['a comprehension', "import os\nx = [os.system(y) for y in 'a']", ['2 process os.system direct']],
    ['a condition', "import os, sys\nif sys.argv:\n    os.system('a')", ['3 process os.system direct']],
    [
      'a handler',
      "try:\n    import a\nexcept ImportError:\n    import os; os.system('a')",
      ['4 process os.system direct'],
    ],
    ['a function', "import os\ndef f():\n    g()\ndef g(): os.system('a')\nf()", ['4 process os.system direct f g']],
    [
      'a local decorator',
      "import os\ndef d(f):\n    os.system('a')\n@d\ndef f(): pass",
      ['3 process os.system direct d'],
    ],
    [
      'a function that is defined twice',
      "import os\ndef f(): os.system('a')\nf()\ndef f(): pass",
      ['2 process os.system direct f'],
    ],
    [
      'a metaclass',
      "import os\nclass M(type):\n    def __new__(c, *a): os.system('a')\nclass A(metaclass=M): pass",
      ['3 process os.system direct M.__new__'],
    ],
    [
      '__init_subclass__',
      "import os\nclass B:\n    def __init_subclass__(c): os.system('a')\nclass A(B): pass",
      ['3 process os.system direct B.__init_subclass__'],
    ],
    [
      'an instance',
      "import os\nclass A:\n    def __init__(self): self.f()\n    def f(self): os.system('a')\nA()",
      ['4 process os.system direct A.__init__ A.f'],
    ],
    [
      'what Python calls of an instance',
      "import os\nclass A:\n    def __del__(self): os.system('a')\nA()",
      ['3 process os.system implied A.__del__'],
    ],
    [
      'what a base of a library may call',
      "import os, threading\nclass A(threading.Thread):\n    def run(self): os.system('a')\nA().start()",
      ['3 process os.system open A.run'],
    ],
    [
      'a function that is handed on',
      "import os, threading\ndef f(): os.system('a')\nthreading.Thread(target=f).start()",
      ['2 process os.system open f'],
    ],
    ['a lambda', "import os\n(lambda: os.system('a'))()", ['2 process os.system open']],
    [
      '__getattr__ of the module',
      "import os\ndef __getattr__(name): os.system('a')",
      ['2 process os.system implied __getattr__'],
    ],
  ])('%s', (_, source, expected) => {
    expect(effects(source)).toEqual(expected);
  });

  test.each([
    ['the name of a module', "import os\nif __name__ == 'modeling_a':\n    os.system('a')"],
    ['the other branch', "import os\nif __name__ == '__main__':\n    pass\nelse:\n    os.system('a')"],
    ['either', "import os\nif __name__ == '__main__' or True:\n    os.system('a')"],
    ['a bytes literal', "import os\nif __name__ == b'__main__' or 1:\n    os.system('a')"],
    ['a name that is its own', "import os\n__name__ = '__main__'\nif __name__ == '__main__':\n    os.system('a')"],
    [
      'a name from a function',
      "import os\ndef f():\n    global __name__\n    __name__ = '__main__'\nf()\nif __name__ == '__main__':\n    os.system('a')",
    ],
  ])('a condition on %s', (_, source) => {
    expect(effects(source).map((line) => line.replace(/^\d+ /, ''))).toEqual(['process os.system direct']);
  });

  test('what only a program runs, where it is one', () => {
    const module = PythonModule.read(Buffer.from("import os\nif __name__ == '__main__':\n    os.system('a')"));
    expect(importEffects(module, [], true).effects).toMatchObject([{ name: 'os.system', line: 3 }]);
  });

  test.each([
    ['a program', "import os\nif __name__ == '__main__':\n    os.system('a')"],
    ['a program under a condition', "import os, sys\nif sys.argv and '__main__' == __name__:\n    os.system('a')"],
    ['a function that nobody calls', "import os\ndef f(): os.system('a')"],
    ['a class that nobody makes', "import os\nclass A:\n    def f(self): os.system('a')"],
  ])('is not %s', (_, source) => {
    expect(effects(source)).toEqual([]);
  });
});

describe('what is done', () => {
  test.each([
    ['import subprocess as s\ns.run("a")', 'process subprocess.run direct'],
    ['exec("a")', 'execution builtins.exec direct'],
    ['import ctypes\nctypes.CDLL("a")', 'execution ctypes.CDLL direct'],
    ['import base64\nexec(base64.b64decode("a"))', 'decoded-payload builtins.exec direct'],
    ['import zlib\na = zlib.decompress(b"a")\nexec(a)', 'decoded-payload builtins.exec direct'],
    ['exec(bytes.fromhex("61"))', 'decoded-payload builtins.exec direct'],
    ['import requests\na = requests.get("b").text\nexec(a)', 'downloaded-code builtins.exec direct'],
    ['import pickle\npickle.load(open("a", "rb"))', 'loader pickle.load direct'],
    ['import torch\ntorch.load("a")', 'loader torch.load direct'],
    ['import numpy as np\nnp.load("a", allow_pickle=True)', 'loader numpy.load direct'],
    ['import importlib, sys\nimportlib.import_module(sys.argv[1])', 'computed-import importlib.import_module direct'],
    ['import os\ngetattr(os, input())("a")', 'computed-name builtins.getattr direct'],
    [
      'import os, operator\noperator.attrgetter("system")(os)("id")',
      'computed-name operator.attrgetter("system") implied',
    ],
    [
      'import os, operator\noperator.methodcaller("system", "id")(os)',
      'computed-name operator.methodcaller("system", "id") implied',
    ],
    ['import os\nfrom operator import attrgetter\ng = attrgetter("system")\ng(os)("id")', 'computed-name g implied'],
    ['globals()[input()]()', 'computed-name globals()[input()] implied'],
    ['import os\ngetattr(os, "sys" + "tem")("a")', 'process os.system direct'],
    ['__import__("os").system("a")', 'process os.system direct'],
    ['import os\nlist(map(os.system, "a"))', 'process os.system implied'],
    ['import socket\nsocket.socket()', 'network socket.socket direct'],
    ['import urllib.request\nurllib.request.urlopen("a")', 'network urllib.request.urlopen direct'],
    [
      'from huggingface_hub import hf_hub_download\nhf_hub_download("a")',
      'download huggingface_hub.hf_hub_download direct',
    ],
    ['import os, requests\nrequests.post("a", data=dict(os.environ))', 'exfiltration requests.post direct'],
    ['open("a", "w")', 'write builtins.open direct'],
    ['import shutil\nshutil.rmtree("a")', 'write shutil.rmtree direct'],
    ['from pathlib import Path\nPath("a").write_text("b")', 'write .write_text implied'],
    [
      'import importlib.util as u\nu.spec_from_file_location("a", "b")',
      'computed-import importlib.util.spec_from_file_location direct',
    ],
  ])('%s', (source, expected) => {
    const line = source.split('\n').length;
    expect(effects(source)).toContain(`${line} ${expected}`);
  });

  test.each([
    'open("a").read()',
    'open("a", "rb")',
    'import os\nos.environ.get("a"); os.path.join("a", "b"); os.getcwd()',
    'import importlib\nimportlib.import_module("a.b"); importlib.util.find_spec("a")',
    'import torch\ntorch.load("a", weights_only=True)',
    'import numpy as np\nnp.load("a"); np.zeros(3)',
    'import tempfile, os\nopen(os.path.join(tempfile.gettempdir(), "a"), "w")',
    'import re\nre.compile("a")',
    'from dataclasses import dataclass\n@dataclass\nclass A: pass',
    'x = getattr(object(), "a" + input())',
    'import operator\nx = sorted([], key=operator.attrgetter("a"))\ny = operator.attrgetter("a")(x)',
    'import os\nraise os.error("a")',
  ])('and what is ordinary: %s', (source) => {
    expect(effects(source)).toEqual([]);
  });

  test('with what it is given', () => {
    const found = importEffects(PythonModule.readText("import os\nname = 'b'\nos.system(f'a {name} {other}')"));
    expect(found.effects[0]).toMatchObject({ detail: 'a b …', offset: 21, line: 3, column: 1 });
  });
});

describe('classes that a loader uses', () => {
  const source =
    "import os\nclass B:\n    def forward(self): os.system('b')\nclass A(B):\n    def __init__(self): os.system('a')\n    def own(self): os.system('c')\nclass C:\n    def __init__(self): os.system('d')";

  test('do what their methods and those of their bases do', () => {
    expect(effects(source, ['A'])).toEqual([
      '3 process os.system direct A.forward B.forward',
      '5 process os.system direct A.__init__ A.__init__',
      '6 process os.system open A.own A.own',
    ]);
  });

  test('and are named where the module has none', () => {
    expect(importEffects(PythonModule.readText(source), ['A', 'X']).missing).toEqual(['X']);
  });
});

test('modules that are imported are listed', () => {
  const { imports } = importEffects(
    PythonModule.readText(
      'from .a import b\nimport c.d\nfrom . import e\ndef f():\n    import g\nif __name__ == "__main__":\n    import h',
    ),
  );
  expect(imports.map(({ module, name, line }) => [module, name, line])).toEqual([
    ['.a', 'b', 1],
    ['c.d', null, 2],
    ['.', 'e', 3],
  ]);
});

test('what is no Python is incomplete', () => {
  const { incomplete, effects: found } = importEffects(PythonModule.readText("import os\nos.system('a')\ndef (:\n"));
  expect(incomplete[0]).toMatchObject({ limit: false, line: 3 });
  expect(found).toHaveLength(1);
});

test('effects beyond a number of them are counted', () => {
  const found = importEffects(PythonModule.readText("exec('a')\n".repeat(MAX_IMPORT_EFFECTS + 2)));
  expect([found.effects.length, found.moreEffects]).toEqual([MAX_IMPORT_EFFECTS, 2]);
});

test('classes upon classes are gone through once', () => {
  const classes = Array.from(
    { length: 5000 },
    (_, i) => `class A${i + 1}(A${i}):\n    def f(self): pass\nA${i + 1}()\n`,
  );
  expect(effects(`class A0:\n    def __init__(self): exec('a')\n${classes.join('')}`)).toEqual([
    '2 execution builtins.exec direct A0.__init__',
  ]);
});
