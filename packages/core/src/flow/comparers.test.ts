import { describe, expect, test } from 'vitest';
import { flows } from '../../test/flow-kit.js';

/** Comparisons of codes that a program writes itself, as before Python had `hmac.compare_digest`. */

const SUM = 'return not sum(0 if x == y else 1 for x, y in zip(a, b)) and len(a) == len(b)';
const LOOP =
  'if len(a) != len(b):\n        return False\n    result = 0\n    for x, y in zip(a, b):\n        result |= ord(x) ^ ord(y)\n    return result == 0';

/** What vouches for the bytes of a socket that are loaded where `same` is true of their code. */
function guardOf(body: string, check = 'same(tag, base64.b64encode(hmac.new(b"k", data).digest()))'): string {
  const text = `import base64, hmac, pickle, socket\ns = socket.create_connection(("h", 1))\ndef same(a, b):\n    ${body}\ndef take(tag):\n    data = s.recv(9)\n    if not ${check}:\n        return None\n    return pickle.loads(data)\n`;
  return flows(text)
    .map((line) => (/ guard /.test(line) ? 'guard' : line.replace(/^\d+:\d+ /, '')))
    .join();
}
const OPEN = 'flow pickle.loads from socket';

describe('a comparison of the module', () => {
  test.each([
    ['a sum', SUM],
    ['a sum, described', `'''Compares.'''\n    ${SUM}`],
    ['the lengths first', 'return len(b) == len(a) and all(x == y for x, y in zip(b, a))'],
    ['any', 'return len(a) == len(b) and not any(x ^ y for x, y in zip(a, b))'],
    ['a loop', LOOP],
    ['a loop over bytes', LOOP.replace('ord(x) ^ ord(y)', 'y ^ x')],
    ['a call of the library', 'return hmac.compare_digest(a, b)'],
    ['a call of the library of what was converted', 'return hmac.compare_digest(to_bytes(a), to_bytes(b))'],
  ])('%s', (_name, body) => expect(guardOf(body)).toBe('guard'));

  test.each([
    ['without the lengths', 'return not sum(0 if x == y else 1 for x, y in zip(a, b))'],
    ['lengths or items', SUM.replace(' and ', ' or ')],
    ['the other truth', SUM.replace('return not', 'return')],
    ['the other numbers', SUM.replace('0 if x == y else 1', '1 if x == y else 0')],
    ['items that are not compared', SUM.replace('0 if x == y else 1', 'x')],
    ['more numbers than two', SUM.replace('else 1', 'else 1 if x else 0')],
    ['some of the items', SUM.replace('zip(a, b))', 'zip(a, b) if x)')],
    ['of itself', SUM.replace('zip(a, b)', 'zip(a, a)')],
    ['lengths of itself', SUM.replace('len(b)', 'len(a)')],
    ['three things', SUM.replace('zip(a, b)', 'zip(a, b, b)')],
    ['one item twice', SUM.replace('x == y', 'x == x')],
    ['an end that is another one', LOOP.replace('result == 0', 'result != 0')],
    ['a step that forgets', LOOP.replace('|=', '=')],
    ['a step that takes away', LOOP.replace('|=', '&=')],
    ['a loop without the lengths', LOOP.slice(LOOP.indexOf('result = 0'))],
    ['lengths that are accepted', LOOP.replace('return False', 'return True')],
    ['a start that is another one', LOOP.replace('result = 0', 'result = 1')],
    ['more in the loop', LOOP.replace('ord(y)', 'ord(y)\n        result = 0')],
    ['more before the end', LOOP.replace('return result', 'result = 0\n    return result')],
    ['a call of the library of one of them', 'return hmac.compare_digest(a, a)'],
    ['a call of something else', 'return differ(a, b)'],
  ])('not: %s', (_name, body) => expect(guardOf(body)).toBe(OPEN));

  test('has to be of a code over the bytes', () => {
    expect(guardOf(SUM, 'same(tag, data)')).toBe(OPEN);
    expect(guardOf(SUM, 'same(tag, base64.b64encode(hmac.new(b"k", tag).digest()))')).toBe(OPEN);
    expect(guardOf(SUM, 'same(tag, base64.b64decode(hmac.new(b"k", data).digest()))')).toBe(OPEN);
  });
});

test('bytes of a parameter that were checked are not of unknown origin', () => {
  const text = `import base64, hmac, pickle, socket\ndef same(a, b):\n    ${SUM}\ndef take(text):\n    tag, data = wanted(text).split(b"?", 1)\n    if same(tag, base64.b64encode(hmac.new(b"k", data).digest())):\n        return pickle.loads(base64.b64decode(data))\n`;
  expect(flows(text)).toEqual([]);
});

describe('a codec whose calls in its file', () => {
  const codec = (calls: string): string[] =>
    flows(
      `import hmac, pickle\ndef check(tag, key, data):\n    if not hmac.compare_digest(tag, hmac.new(key, data).digest()):\n        raise ValueError\nclass Codec:\n    @staticmethod\n    def decode(data):\n        return pickle.loads(data)\n${calls}`,
    );
  const checked =
    'def a(store, key):\n    data = store.take()\n    check(store.tag, key=key, data=data)\n    return Codec.decode(data)\n';
  const open = '8:16 codec pickle.loads';

  test('give checked bytes only is one that others may call', () => {
    expect(codec(checked)).toEqual([`${open} weak 12 each call in this file gives checked bytes`]);
  });

  test.each([
    ['give others as well', `${checked}def b(store):\n    return Codec.decode(store.take())\n`],
    ['give others than those that were checked', checked.replace('decode(data)', 'decode(store.tag)')],
    ['give what was put there after the check', checked.replace('    return', '    data = store.take()\n    return')],
    ['are none', ''],
  ])('%s', (_name, calls) => expect(codec(calls)).toEqual([open]));

  test.each(['data', 'data.x'])('give bytes of nobody knows where, in %s', (place) => {
    const taken = (again = ''): string[] =>
      codec(
        `def a(key):\n    data = take()\n    check(take(), key=key, data=${place})\n${again}    return Codec.decode(${place})\n`,
      );
    expect(taken()).toEqual([`${open} weak 12 each call in this file gives checked bytes`]);
    expect(taken('    data = take()\n')).toEqual([open]);
    expect(taken('    other = take()\n')).toEqual([`${open} weak 13 each call in this file gives checked bytes`]);
    expect(taken('    if key:\n        data = take()\n')).toEqual([open]);
  });
});

describe('a comparison that is true of other bytes', () => {
  const differ = (body: string, tag = 'hmac.new(b"k", data).digest()'): string[] =>
    flows(
      `import hmac, pickle, socket\nfrom pyramid.util import strings_differ\nfrom p import bytes_, other\ns = socket.create_connection(("h", 1))\ndef take(tag):\n    data = s.recv(9)\n    own = ${tag}\n    ${body}\n    return pickle.loads(data)\n`,
    ).filter((line) => line.includes(' flow '));
  const raises = ':\n        raise ValueError';

  test.each([
    ['and raises there', `if strings_differ(own, tag)${raises}`, undefined],
    ['of a code in other letters', `if strings_differ(own, tag)${raises}`, 'bytes_(hmac.new(b"k", data).hexdigest())'],
  ])('%s', (_name, body, tag) => expect(differ(body, tag)).toEqual([expect.stringContaining(' guard ')]));

  test.each([
    ['and raises where it is not', `if not strings_differ(own, tag)${raises}`, undefined],
    ['and something else is asked as well', `if strings_differ(own, tag) and tag${raises}`, undefined],
    ['of something else', `if strings_differ(tag, tag)${raises}`, undefined],
    ['whose answer is kept', `bad = strings_differ(own, tag)\n    data = s.recv(9)\n    if bad${raises}`, undefined],
    ['of what another function gives', `if strings_differ(own, tag)${raises}`, 'other(hmac.new(b"k", data).digest())'],
  ])('not: %s', (_name, body, tag) =>
    expect(differ(body, tag)).toEqual([expect.stringMatching(/flow pickle\.loads from socket$/)]),
  );
});
