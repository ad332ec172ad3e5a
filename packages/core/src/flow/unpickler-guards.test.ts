import { expect, test } from 'vitest';
import { flows } from '../../test/flow-kit.js';

/** Which unpicklers a reader may be, and what all of them let through. */

const HEAD = `import io, pickle, socket, sys
try:
    import cPickle
except ImportError:
    import pickle as cPickle
s = socket.create_connection(("h", 1))
class Safe(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) not in ALLOWED: raise ValueError
        return super().find_class(module, name)
class Weak(pickle.Unpickler):
    def find_class(self, module, name):
        if module in FORBIDDEN: raise ValueError
        return super().find_class(module, name)
class Open(pickle.Unpickler):
    def persistent_load(self, pid): return pid
`;

/** What vouches for the loads of bytes from the socket. */
function taken(body: string): string[] {
  return flows(HEAD + body).map(
    (line) =>
      line.replace(/^\d+:\d+ flow \S+ from socket ?(?:\+1)?/, '').replace(/^(weak|guard).*?( \{|$)/, '$1') || 'open',
  );
}

test.each([
  ['Reader = Safe', ['guard']],
  ['Reader = Safe if x else pickle.Unpickler', ['open']],
  ['Reader = pickle.Unpickler if x else Safe', ['open']],
  ['Reader = Safe if x else Open', ['open']],
  ['Reader = Open if x else Safe', ['open']],
  ['Reader = Safe if x else Weak', ['weak']],
  ['Reader = Weak if x else Safe', ['weak']],
  ['if x:\n    Reader = Safe\nelse:\n    Reader = pickle.Unpickler', ['open']],
  ['Reader = {"a": Safe, "b": pickle.Unpickler}[x]', ['open']],
  ['class Reader(Safe): pass', ['guard']],
  ['class Reader(Open, Safe): pass', ['open']],
  ['class Mixin:\n    find_class = Safe.find_class\nclass Reader(Mixin, pickle.Unpickler): pass', ['open']],
  ['class Named: name = 1\nclass Reader(Named, Safe): pass', ['guard']],
  ['Base = Safe if x else pickle.Unpickler\nclass Reader(Base): pass', ['open']],
  ['Base = Safe if x else Weak\nclass Reader(Base): pass', ['weak']],
  ['class Reader(Safe):\n    find_class = pickle.Unpickler.find_class', ['open']],
  [
    'class Reader(pickle.Unpickler):\n    if x:\n        def find_class(self, module, name):\n            if (module, name) in A: return super().find_class(module, name)\n            raise E\n    else:\n        def find_class(self, module, name): return super().find_class(module, name)',
    ['open'],
  ],
  [
    'if sys.version_info[0] == 2:\n    class Reader(pickle.Unpickler):\n        def find_class(self, module, name):\n            if name not in SETS[module]: raise E\n            return getattr(sys.modules[module], name)\nelse:\n    class Reader(pickle.Unpickler):\n        def find_class(self, module, name):\n            if name not in SETS[module]: raise E\n            return getattr(sys.modules[module], name)',
    ['guard'],
  ],
] as const)('%s', (reader, expected) => {
  expect(taken(`${reader}\nReader(io.BytesIO(s.recv(9))).load()\n`)).toEqual(expected);
});

test('a class of the same name that is no unpickler changes nothing', () => {
  const both = (base: string): string =>
    `if x:\n    class Reader(object):\n        def load(self): return 1\nelse:\n    class Reader(${base}): pass\nReader(io.BytesIO(s.recv(9))).load()\n`;
  expect(taken(both('Safe'))).toEqual(['guard']);
  expect(taken(both('Open'))).toEqual(['open']);
  expect(taken(both('pickle.Unpickler'))).toEqual(['open']);
});

test('each reader has what it was given', () => {
  expect(taken('r = Safe(io.BytesIO(s.recv(9))) if x else pickle.Unpickler(open("f"))\nr.load()\n')).toEqual(['guard']);
  expect(taken('r = Safe(open("f")) if x else pickle.Unpickler(io.BytesIO(s.recv(9)))\nr.load()\n')).toEqual(['open']);
});

test.each([
  ['cPickle', 'ALLOWED', ['guard']],
  ['cPickle', 'FORBIDDEN', ['open']],
  ['pickle', 'ALLOWED', ['open']],
])('find_global of %s with %s', (module, list, expected) => {
  const check = list === 'ALLOWED' ? '(module, name) not in ALLOWED' : 'False';
  const hook = `class Hook(object):
    @classmethod
    def find_class(cls, module, name):
        if ${check}: raise ValueError
        return getattr(sys.modules[module], name)
    @classmethod
    def take(cls):
        u = ${module}.Unpickler(io.BytesIO(s.recv(9)))
        u.find_global = cls.find_class
        return u.load()
`;
  expect(taken(hook)).toEqual(expected);
});
