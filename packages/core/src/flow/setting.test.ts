import { expect, test } from 'vitest';
import { flows } from '../../test/flow-kit.js';

/** What the arguments of a load say of what it takes; its bytes are those of a socket. */
function setting(code: string): string {
  const text = `import numpy, socket, torch, yaml\ns = socket.create_connection(("h", 1))\ndata = s.recv(1)\n${code}\n`;
  const [found, ...others] = flows(text).filter((line) => !line.includes(' bind'));
  expect(others).toEqual([]);
  return /^\S+ flow [\w.]+(?:\[(\w+)\])? from socket/.exec(found ?? '') === null
    ? `? ${found}`
    : (/\[(\w+)\]/.exec(found ?? '')?.[1] ?? 'unsafe');
}

test.each([
  ['torch.load(data)', 'default'],
  ['torch.load(data, weights_only=True)', 'safe'],
  ['torch.load(data, weights_only=False)', 'unsafe'],
  ['torch.load(data, weights_only=None)', 'open'],
  ['torch.load(data, weights_only=flag)', 'open'],
  ['torch.load(data, **kw)', 'open'],
  ['W = True\ntorch.load(data, weights_only=W)', 'safe'],
  ['W = True\nW = False\ntorch.load(data, weights_only=W)', 'unsafe'],
  ['W = True\nW = other()\ntorch.load(data, weights_only=W)', 'unsafe'],
  ['def f(w=True):\n    torch.load(s.recv(1), weights_only=w)', 'unsafe'],
  ['def f(w=False):\n    torch.load(s.recv(1), weights_only=w)', 'unsafe'],
  ['def f(w):\n    torch.load(s.recv(1), weights_only=w)', 'open'],
  ['class A:\n    w = True\n    def f(self):\n        torch.load(s.recv(1), weights_only=self.w)', 'safe'],
  [
    'class A:\n    def __init__(self, w=False):\n        self.w = w\n    def f(self):\n        torch.load(s.recv(1), weights_only=self.w)',
    'unsafe',
  ],
  [
    'class A:\n    def __init__(self, w=True):\n        self.w = w\n    def f(self):\n        torch.load(s.recv(1), weights_only=self.w)',
    'safe',
  ],
  ['numpy.load(data)', 'safe'],
  ['numpy.load(data, allow_pickle=True)', 'unsafe'],
  ['numpy.load(data, allow_pickle=False)', 'safe'],
  ['numpy.load(data, None, True)', 'unsafe'],
  ['numpy.load(data, None, False)', 'safe'],
  ['numpy.load(data, True)', 'safe'],
  ['numpy.load(data, **kw)', 'open'],
  ['numpy.load(data, allow_pickle=flag)', 'safe'],
  ['A = False\nA = True\nnumpy.load(data, allow_pickle=A)', 'unsafe'],
  ['yaml.load(data)', 'default'],
  ['yaml.load(data, yaml.SafeLoader)', 'safe'],
  ['yaml.load(data, Loader=yaml.CSafeLoader)', 'safe'],
  ['yaml.load(data, Loader=yaml.FullLoader)', 'safe'],
  ['yaml.load(data, Loader=yaml.Loader)', 'unsafe'],
  ['yaml.load(data, Loader=yaml.UnsafeLoader)', 'unsafe'],
  ['yaml.load(data, yaml.Loader)', 'unsafe'],
  ['yaml.load(data, Loader=unknown)', 'unsafe'],
  ['class L(yaml.SafeLoader):\n    pass\nyaml.load(data, Loader=L)', 'safe'],
  ['class L(yaml.Loader):\n    pass\nyaml.load(data, Loader=L)', 'unsafe'],
  ['class L(yaml.SafeLoader):\n    pass\nclass M(L):\n    pass\nyaml.load(data, Loader=M)', 'safe'],
  ['class L(yaml.SafeLoader, Mixin):\n    pass\nyaml.load(data, Loader=L)', 'safe'],
  ['class L(Mixin):\n    pass\nyaml.load(data, Loader=L)', 'unsafe'],
  ['class L:\n    pass\nyaml.load(data, Loader=L)', 'unsafe'],
  ['L = yaml.SafeLoader\nL = yaml.Loader\nyaml.load(data, Loader=L)', 'unsafe'],
  ['yaml.unsafe_load(data)', 'unsafe'],
  ['numpy.load(data, allow_pickle=None)', 'safe'],
  ['numpy.load(data, None, allow_pickle=True)', 'unsafe'],
  ['torch.load(data, None, None, True)', 'default'],
  ['torch.load(data, *more)', 'open'],
  ['yaml.load(data, yaml.Loader, yaml.SafeLoader)', 'unsafe'],
  ['class A:\n    w = True\nclass B:\n    def f(self):\n        torch.load(s.recv(1), weights_only=self.w)', 'open'],
  [
    'class A:\n    w = True\n    def g(self):\n        self.w = False\n    def f(self):\n        torch.load(s.recv(1), weights_only=self.w)',
    'unsafe',
  ],
  ['class L(M):\n    pass\nclass M(L):\n    pass\nyaml.load(data, Loader=L)', 'unsafe'],
  ['class L(yaml.SafeLoader):\n    pass\nclass L(yaml.Loader):\n    pass\nyaml.load(data, Loader=L)', 'unsafe'],
])('%s: %s', (code, expected) => expect(setting(code)).toBe(expected));
