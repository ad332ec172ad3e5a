import { describe, expect, test } from 'vitest';
import { flows } from '../../test/flow-kit.js';

const HEAD = `import hmac, pickle, socket
s = socket.create_connection(("h", 1))
def take(k):
    x = s.recv(9)
`;

/** What is loaded behind these lines of a function that has received `x`; `{…}` is the condition of the load. */
function behind(lines: string, last = 'return pickle.loads(x)'): readonly string[] {
  const body = `${lines}\n${last}`.split('\n').map((line) => `    ${line}\n`);
  return flows(HEAD + body.join('')).map((line) => line.replace(/^\S+ flow pickle\.loads from socket/, 'loads').trim());
}

const BEGINNINGS = [
  'if a b:',
  'for a b:',
  'with a b:',
  'def f(a b):',
  'a b',
  'elif k:',
  'else:',
  'except E:',
  'try a:',
];

describe('of a broken statement any branch may be left out', () => {
  test.each(BEGINNINGS)('%s', (beginning) => {
    expect(behind(`${beginning}\n    return 1`)).toEqual(['loads']);
    expect(behind(`${beginning}\n    raise E`)).toEqual(['loads']);
    expect(behind(`${beginning}\n    x = b""`)).toEqual(['loads']);
    expect(behind(`${beginning}\n    pass`)).toEqual(['loads']);
  });

  test.each(BEGINNINGS)('what is assigned behind %s may be what counts', (beginning) => {
    expect(behind(`y = x\nx = b""\n${beginning}\n    x = y`)).toEqual(['loads']);
    expect(behind(`y = x\nx = b""\n${beginning}\n    x = b"a"`)).toEqual([]);
  });

  test('but for the last, which is run in any case', () => {
    expect(behind('finally:\n    return 1')).toEqual([]);
    expect(behind('finally:\n    x = b""')).toEqual([]);
    expect(behind('finally:\n    pass')).toEqual(['loads']);
  });

  test('and several of them', () => {
    expect(behind('if a b:\n    return 1\nelif k:\n    return 2\nelse:\n    return 3')).toEqual(['loads']);
    expect(behind('if k:\n    if a b:\n        return 1\n    return 2')).toEqual(['loads']);
  });

  test('the test of a branch holds in it alone', () => {
    const load = 'return pickle.loads(x)';
    const check = 'hmac.compare_digest(hmac.new(k, x).digest(), x)';
    expect(behind(`elif k:\n    ${load}`, 'pass')).toEqual(['loads {elif k}']);
    expect(behind(`elif ${check}:\n    ${load}`, 'pass')).toEqual([expect.stringMatching(/^loads guard 5 hmac/)]);
    expect(behind(`elif not ${check}:\n    raise E`)).toEqual(['loads']);
    expect(behind(`elif k:\n    pass`)).toEqual(['loads']);
  });

  test('what is caught is no bytes', () => {
    expect(behind('except E as x:\n    return pickle.loads(x)', 'pass')).toEqual([]);
    expect(behind('except E as x:\n    pass')).toEqual(['loads']);
  });
});

describe('branches', () => {
  test.each<[string, string, readonly string[]]>([
    ['one that returns', 'if k:\n    return 1', ['loads']],
    ['all return', 'if k:\n    return 1\nelse:\n    return 2', []],
    ['all of three return', 'if k:\n    return 1\nelif s:\n    return 2\nelse:\n    return 3', []],
    ['two of three return', 'if k:\n    return 1\nelif s:\n    pass\nelse:\n    return 3', ['loads']],
    ['all assign', 'if k:\n    x = b""\nelse:\n    x = b"a"', []],
    ['one assigns', 'if k:\n    x = b""', ['loads']],
    ['a loop that returns', 'for i in k:\n    return 1', ['loads']],
    ['a loop that assigns', 'while k:\n    x = b""', ['loads']],
    ['try returns, and its handler does not', 'try:\n    return f(x)\nexcept E:\n    pass', ['loads']],
    ['both return', 'try:\n    return f(x)\nexcept E:\n    return 1', []],
    ['the last returns', 'try:\n    pass\nfinally:\n    return 1', []],
    ['each case returns', 'match k:\n    case 1:\n        return 1\n    case _:\n        return 2', ['loads']],
    ['what is between returns', 'return 1', []],
  ])('%s', (_what, lines, expected) => expect(behind(lines)).toEqual(expected));
});

test('lambdas that call each other are followed as deep as a limit allows', () => {
  const through = (count: number): string[] => {
    const calls = Array.from({ length: count }, (_, i) => `g${i + 1} = lambda: g${i}()\n`).join('');
    return flows(`${HEAD.slice(0, HEAD.indexOf('def'))}g0 = lambda: s.recv(9)\n${calls}pickle.loads(g${count}())\n`);
  };
  expect(through(9)).toEqual(['13:1 flow pickle.loads from socket']);
  expect(through(149)).toEqual([]);
});
