import { describe, expect, test } from 'vitest';
import { flows } from '../../test/flow-kit.js';

const HEAD = 'import hmac, io, lib, os, pickle, queue, socket\ns = socket.create_connection(("h", 1))\n';
/** Whether what is loaded is from the socket, and whether a code vouches for it. */
const loaded = (lines: string): string =>
  flows(`${HEAD}${lines}\n`)
    .map((line) => (/ (?:guard|weak) /.exec(line)?.[0] ?? / from socket/.exec(line)?.[0] ?? line).trim())
    .join();
const OPEN = 'from socket';

describe('what a method puts into an object is in it', () => {
  test.each<[string, string]>([
    ['a stream in memory', 'b = io.BytesIO()\nb.write(x)\npickle.load(b)'],
    ['something that is written to', 'b = make()\nb.write(x)\npickle.loads(b)'],
    ['a list', 'b = []\nb.append(x)\npickle.loads(b[0])'],
    ['a list, at an index', 'b = []\nb.insert(0, x)\npickle.loads(b[0])'],
    ['a dict, under a key', 'b = {}\nb.setdefault("k", x)\npickle.loads(b["k"])'],
    ['a dict', 'b = {}\nb.update(x)\npickle.loads(b)'],
    ['a queue', 'b = queue.Queue()\nb.put(x)\npickle.loads(b.get())'],
  ])('%s', (_what, lines) => expect(loaded(`x = s.recv(9)\n${lines}`)).toBe(OPEN));

  test.each<[string, string]>([
    ['with a name beside it, which makes it a request', 'b = make()\nb.write("t", x)\npickle.loads(b)'],
    ['as an index', 'b = []\nb.insert(x, 0)\npickle.loads(b[0])'],
    ['as what is asked for', 'b = []\nb.count(x)\npickle.loads(b)'],
  ])('not %s', (_what, lines) => expect(loaded(`x = s.recv(9)\n${lines}`)).toBe(''));
});

describe('what is checked', () => {
  const checked = (behind: string): string =>
    loaded(
      `def f(k):\n    y = s.recv(9)\n    z = y\n    if not hmac.compare_digest(hmac.new(k, y).digest(), k):\n        return\n    ${behind}`,
    );

  test.each<[string, string, string]>([
    ['is what stands there', 'pickle.loads(y)', 'guard'],
    ['is not what is put there later', 'y = s.recv(9)\n    pickle.loads(y)', OPEN],
    ['is not what is added later', 'y += s.recv(9)\n    pickle.loads(y)', OPEN],
    ['is a part of it, put there later', 'y = y[1:]\n    pickle.loads(y)', 'guard'],
    ['is not something else of the same name', 'y = z + s.recv(9)\n    pickle.loads(y)', OPEN],
  ])('%s', (_what, behind, expected) => expect(checked(behind)).toBe(expected));
});

test('the condition of a loop is run', () => {
  expect(loaded('while pickle.loads(s.recv(9)):\n    pass')).toBe(OPEN);
  expect(loaded('for x in pickle.loads(s.recv(9)):\n    pass')).toBe(OPEN);
});

describe('targets of an assignment', () => {
  test.each<[string, string, string]>([
    ['the first of two', 'a, b = x, b"c"\npickle.loads(a)', OPEN],
    ['the second of two', 'a, b = x, b"c"\npickle.loads(b)', ''],
    ['a part of one', 'a, b = x\npickle.loads(b)', OPEN],
    ['more than there are', 'a, b = x, b"c", b"d"\npickle.loads(b)', OPEN],
    ['two in a row', 'a = b = x\npickle.loads(b)', OPEN],
    ['one with a type', 'a: bytes = x\npickle.loads(a)', OPEN],
    ['one with nothing but a type', 'a: bytes\npickle.loads(a)', ''],
    ['a text with a field', 'a = f"{x}"\npickle.loads(a)', OPEN],
  ])('%s', (_what, lines, expected) => expect(loaded(`x = s.recv(9)\n${lines}`)).toBe(expected));
});

describe('a code vouches for', () => {
  const behind = (code: string, before = '', what = 'y'): string =>
    loaded(
      `def f(k, o):\n    y = s.recv(9)\n${before}    if hmac.compare_digest(${code}, k):\n        pickle.loads(${what})`,
    );

  test.each<[string, string]>([
    ['what it is made of', 'hmac.new(k, y).digest()'],
    ['what it is made of with something before it', 'hmac.new(k, b"a" + y).digest()'],
    ['what was converted for it', 'hmac.new(k, bytes(y)).digest()'],
  ])('%s', (_what, code) => expect(behind(code)).toBe('guard'));

  test('what is given to it afterwards, and nothing else', () => {
    const given = (what: string, made = 'hmac.new(k)'): string =>
      behind('h.digest()', `    h = ${made}\n    h.update(${what})\n`);
    expect([given('y'), given('k'), given('y', 'make(k)')]).toEqual(['guard', OPEN, OPEN]);
  });

  test('an attribute', () => {
    const of = (loads: string): string =>
      behind('hmac.new(k, o.y).digest()', '    o.y = s.recv(9)\n    o.z = s.recv(9)\n', loads);
    expect([of('o.y'), of('o.z')]).toEqual(['guard', OPEN]);
  });

  test.each<[string, string]>([
    ['c', 'guard'],
    ['bytes(c)', 'guard'],
    ['o + c', 'guard'],
    ['c.get("x")', OPEN],
    ['c.read()', OPEN],
    ['c.x', OPEN],
    ['o', OPEN],
  ])('the same behind a function that gives back %s', (back, expected) => {
    const body = `def given(c, o=None):\n    return ${back}\ndef f(k):\n    y = s.recv(9)\n    if hmac.compare_digest(given(hmac.new(k, y).digest()), k):\n        pickle.loads(y)`;
    expect(loaded(body)).toBe(expected);
  });
});

test.each<[string, string]>([
  ['lib.f(x)', OPEN],
  ['lib.C().f(x)', ''],
  ['len(x)', ''],
  ['os.path.join(x)', ''],
  ['os.stat(x)', ''],
])('what %s gives', (call, expected) => expect(loaded(`x = s.recv(9)\npickle.loads(${call})`)).toBe(expected));
