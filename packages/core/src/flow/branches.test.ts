import { expect, test } from 'vitest';
import { flows } from '../../test/flow-kit.js';

/** How the statements of a function change what its names hold, and what of it is checked. */

const CHECK = 'hmac.compare_digest(hmac.new(b"k", data).digest(), tag)';

/** A function whose `data` comes from a socket. `CHECK` is true where it is genuine; the first line of the body is line 5. */
function take(body: string): string {
  const lines = body.split('\n').map((line) => `    ${line.replaceAll('CHECK', CHECK)}\n`);
  const head =
    'import hmac, pickle, socket\ns = socket.create_connection(("h", 1))\ndef take(tag, fast):\n    data = s.recv(9)\n';
  return head + lines.join('');
}

/** The loads of a body, by line: what vouches for the bytes. Conditions are of another test. */
function loads(body: string): string[] {
  return flows(take(body)).map((line) =>
    line
      .replaceAll(CHECK, 'CHECK')
      .replace(/ \{.*\}/, '')
      .replace('pickle.loads from socket', '')
      .trimEnd(),
  );
}

test.each([
  [
    'a check that dominates, returning',
    `if not CHECK:\n    return None\npickle.loads(data)`,
    ['7:5 flow  guard 5 not CHECK'],
  ],
  [
    'a check in one branch only',
    `if fast:\n    if not CHECK:\n        return None\npickle.loads(data)`,
    ['8:5 flow  +1'],
  ],
  [
    'inside the branch',
    `if CHECK:\n    pickle.loads(data)\nelse:\n    pickle.loads(data)`,
    ['6:9 flow  guard 5 CHECK', '8:9 flow'],
  ],
  [
    'behind elif',
    `if fast:\n    return\nelif CHECK:\n    pickle.loads(data)\nelse:\n    raise ValueError\npickle.loads(data)`,
    ['8:9 flow  guard 7 CHECK', '11:5 flow  guard 7 CHECK'],
  ],
  ['and', `if fast and CHECK:\n    pickle.loads(data)`, ['6:9 flow  guard 5 fast and CHECK']],
  ['or', `if fast or CHECK:\n    pickle.loads(data)`, ['6:9 flow']],
  ['not or', `if not (fast or CHECK):\n    return\npickle.loads(data)`, ['7:5 flow']],
  ['not and', `if not (fast and CHECK):\n    return\npickle.loads(data)`, ['7:5 flow  guard 5 not (fast and CHECK)']],
  ['or refuses', `if fast or not CHECK:\n    return\npickle.loads(data)`, ['7:5 flow  guard 5 fast or not CHECK']],
  ['is True', `if CHECK is True:\n    pickle.loads(data)`, ['6:9 flow  guard 5 CHECK is True']],
  ['is False', `if CHECK is False:\n    pickle.loads(data)`, ['6:9 flow']],
  ['== False returns', `if CHECK == False:\n    return\npickle.loads(data)`, ['7:5 flow  guard 5 CHECK == False']],
  ['!= True returns', `if CHECK != True:\n    return\npickle.loads(data)`, ['7:5 flow  guard 5 CHECK != True']],
  ['is not True, loads', `if CHECK is not True:\n    pickle.loads(data)`, ['6:9 flow']],
  ['walrus', `if (ok := CHECK):\n    pickle.loads(data)`, ['6:9 flow  guard 5 ok := CHECK']],
  ['kept in a name', `ok = CHECK\nif ok:\n    pickle.loads(data)`, ['7:9 flow  guard 6 ok']],
  ['assigned again behind the check', `if not CHECK:\n    return\ndata = s.recv(9)\npickle.loads(data)`, ['8:5 flow']],
  ['assigned in one branch', `x = b""\nif fast:\n    x = data\npickle.loads(x)`, ['8:5 flow']],
  ['assigned in all branches', `x = data\nif fast:\n    x = b""\nelse:\n    x = b"1"\npickle.loads(x)`, []],
  ['assigned in a branch that returns', `x = b""\nif fast:\n    x = data\n    return x\npickle.loads(x)`, []],
  ['unreachable behind return', `return data\npickle.loads(data)`, []],
  ['unreachable behind raise', `raise ValueError\npickle.loads(data)`, []],
  ['unreachable behind continue', `for i in range(3):\n    continue\n    pickle.loads(data)`, []],
  ['unreachable behind exit', `import sys\nsys.exit(1)\npickle.loads(data)`, []],
  ['all branches return', `if fast:\n    return 1\nelse:\n    return 2\npickle.loads(data)`, []],
  ['loop: later iterations', `x = b""\nfor i in range(3):\n    pickle.loads(x)\n    x = data`, ['7:9 flow']],
  ['loop variable', `for part in [data]:\n    pickle.loads(part)`, ['6:9 flow']],
  ['loop with else', `x = b""\nwhile fast:\n    x = data\n    break\nelse:\n    pickle.loads(x)`, ['10:9 flow']],
  ['behind the loop', `x = data\nfor i in range(3):\n    x = b""\npickle.loads(x)`, ['8:5 flow']],
  ['two steps around', `x = b""\ny = b""\nwhile fast:\n    pickle.loads(y)\n    y = x\n    x = data`, ['8:9 flow']],
  [
    'try, except',
    `x = b""\ntry:\n    x = data\n    risky()\nexcept ValueError as e:\n    pickle.loads(x)`,
    ['10:9 flow'],
  ],
  ['try, both return', `try:\n    return 1\nexcept ValueError:\n    return 2\npickle.loads(data)`, []],
  [
    'try, else',
    `x = b""\ntry:\n    risky()\nexcept ValueError:\n    x = b"1"\nelse:\n    x = data\npickle.loads(x)`,
    ['12:5 flow'],
  ],
  ['try, finally', `x = b""\ntry:\n    x = data\n    return x\nfinally:\n    pickle.loads(x)`, ['10:9 flow']],
  [
    'except checks',
    `try:\n    ok = CHECK\nexcept ValueError:\n    ok = True\nif ok:\n    pickle.loads(data)`,
    ['10:9 flow'],
  ],
  ['except raises', `x = b""\ntry:\n    x = data\nexcept ValueError:\n    raise\npickle.loads(x)`, ['10:5 flow']],
  ['except clears', `try:\n    x = data\nexcept ValueError:\n    x = b""\npickle.loads(x)`, ['9:5 flow']],
  [
    'match',
    `match tag:\n    case [x]:\n        return\n    case {"a": data}:\n        pickle.loads(data)\npickle.loads(data)`,
    ['9:13 codec pickle.loads', '10:5 flow'],
  ],
  ['match subject', `match data:\n    case [x, y]:\n        pickle.loads(y)`, ['7:13 flow']],
  ['with', `with open("f", "wb") as f, wrap(data) as g:\n    pickle.loads(g)`, ['6:9 flow']],
  ['with, another one of two', `with open("f", "wb") as f, wrap(data) as g:\n    pickle.loads(f)`, []],
  ['with decode', `with decode(data) as g:\n    pickle.loads(g)`, ['6:9 flow']],
  ['tuple assignment', `a, b = b"", data\npickle.loads(a)\npickle.loads(b)`, ['7:5 flow']],
  ['tuple of one value', `a, *b = data, data\npickle.loads(b)`, ['6:5 flow']],
  ['chain of targets', `a = b = data\npickle.loads(a)\npickle.loads(b)`, ['6:5 flow', '7:5 flow']],
  ['augmented', `x = b""\nx += data\npickle.loads(x)`, ['7:5 flow']],
  ['annotated', `x: bytes = data\npickle.loads(x)`, ['6:5 flow']],
  ['subscript target', `d = {}\nd["x"] = data\npickle.loads(d["x"])`, ['7:5 flow']],
  ['attribute of an unknown object', `o = make()\no.x = data\npickle.loads(o.x)`, ['7:5 flow']],
  ['conditional', `x = data if fast else b""\npickle.loads(x)`, ['6:5 flow']],
  ['comparison gives none', `pickle.loads(data == b"1")`, []],
  ['not gives none', `pickle.loads(not data)`, []],
  ['or chooses', `pickle.loads(fast or data)`, ['5:5 flow']],
  ['addition', `pickle.loads(b"1" + data)`, ['5:5 flow']],
  ['f-string', `pickle.loads(f"{data}")`, ['5:5 flow']],
  ['comprehension', `pickle.loads([x for x in data])`, ['5:5 flow']],
  ['dict value', `pickle.loads({"a": data}["a"])`, ['5:5 flow']],
  ['starred', `pickle.loads(*[data])`, ['5:5 flow']],
  ['lambda', `f = lambda x: x\npickle.loads(f(data))`, ['6:5 flow']],
  ['lambda that loads', `f = lambda x: pickle.loads(x)\nf(data)`, ['5:19 flow']],
  ['recursive lambda', `f = lambda x, n: x if n else f(data, 1)\npickle.loads(f(b"", 0))`, ['6:5 flow']],
  ['lambda default scope', `g = lambda: pickle.loads(data)\ng()`, ['5:17 flow']],
  ['slice', `pickle.loads(data[4:])`, ['5:5 flow']],
  ['len is clean', `pickle.loads(len(data))`, []],
  ['member that is clean', `pickle.loads(data.shape)`, []],
  [
    'condition around',
    `if fast:\n    for i in range(2):\n        if tag == 1:\n            pickle.loads(data)`,
    ['8:17 flow'],
  ],
  [
    'except says yes',
    `try:\n    ok = CHECK\nexcept ValueError:\n    ok = True\nif ok:\n    pickle.loads(data)`,
    ['10:9 flow'],
  ],
  [
    'except says no',
    `try:\n    ok = CHECK\nexcept ValueError:\n    ok = False\nif ok:\n    pickle.loads(data)`,
    ['10:9 flow  guard 9 ok'],
  ],
  ['true before', `ok = True\nif fast:\n    ok = CHECK\nif ok:\n    pickle.loads(data)`, ['9:9 flow']],
  ['false before', `ok = False\nif fast:\n    ok = CHECK\nif ok:\n    pickle.loads(data)`, ['9:9 flow  guard 8 ok']],
  [
    'annotated false',
    `ok: bool = False\nif fast:\n    ok = CHECK\nif ok:\n    pickle.loads(data)`,
    ['9:9 flow  guard 8 ok'],
  ],
  ['conditional true', `ok = CHECK if fast else True\nif ok:\n    pickle.loads(data)`, ['7:9 flow']],
  ['conditional none', `ok = CHECK if fast else None\nif ok:\n    pickle.loads(data)`, ['7:9 flow  guard 6 ok']],
  ['or true', `ok = True or CHECK\nif ok:\n    pickle.loads(data)`, ['7:9 flow']],
  ['or false', `ok = CHECK or False\nif ok:\n    pickle.loads(data)`, ['7:9 flow  guard 6 ok']],
  ['and', `ok = True and CHECK\nif ok:\n    pickle.loads(data)`, ['7:9 flow  guard 6 ok']],
  [
    'a loop that says yes',
    `ok = CHECK\nfor i in range(2):\n    if ok:\n        pickle.loads(data)\n    ok = True`,
    ['8:13 flow  +1'],
  ],
  [
    'a loop that says yes, behind',
    `ok = CHECK\nfor i in range(2):\n    ok = True\nif ok:\n    pickle.loads(data)`,
    ['9:9 flow'],
  ],
  [
    'a loop that says no',
    `ok = CHECK\nfor i in range(2):\n    ok = False\nif ok:\n    pickle.loads(data)`,
    ['9:9 flow  guard 8 ok'],
  ],
  [
    'function true',
    `def good(x):\n    if fast:\n        return True\n    return hmac.compare_digest(hmac.new(b"k", x).digest(), tag)\nif good(data):\n    pickle.loads(data)`,
    ['10:9 flow'],
  ],
  [
    'function false',
    `def good(x):\n    if fast:\n        return False\n    return hmac.compare_digest(hmac.new(b"k", x).digest(), tag)\nif good(data):\n    pickle.loads(data)`,
    ['10:9 flow  guard 9 good(data)'],
  ],
  [
    'function bare',
    `def good(x):\n    if fast:\n        return\n    return hmac.compare_digest(hmac.new(b"k", x).digest(), tag)\nif good(data):\n    pickle.loads(data)`,
    ['10:9 flow  guard 9 good(data)'],
  ],
  ['a check that is added by |=', `ok = fast\nok |= CHECK\nif ok:\n    pickle.loads(data)`, ['8:9 flow']],
  ['to what was false', `ok = False\nok |= CHECK\nif ok:\n    pickle.loads(data)`, ['8:9 flow  guard 7 ok']],
  ['by +=', `ok = fast\nok += CHECK\nif ok:\n    pickle.loads(data)`, ['8:9 flow']],
  ['by &=', `ok = fast\nok &= CHECK\nif ok:\n    pickle.loads(data)`, ['8:9 flow  guard 7 ok']],
  ['by |', `if fast | CHECK:\n    pickle.loads(data)`, ['6:9 flow']],
  ['by | into a name', `ok = fast | CHECK\nif ok:\n    pickle.loads(data)`, ['7:9 flow']],
  ['by ^', `ok = fast ^ CHECK\nif ok:\n    pickle.loads(data)`, ['7:9 flow']],
  ['by &', `ok = fast & CHECK\nif ok:\n    pickle.loads(data)`, ['7:9 flow  guard 6 ok']],
  [
    'each key of several',
    `ok = False\nfor key in keys:\n    ok |= CHECK\nif ok:\n    pickle.loads(data)`,
    ['9:9 flow  guard 8 ok'],
  ],
  ['|= of an attribute', `self.ok = fast\nself.ok |= CHECK\nif self.ok:\n    pickle.loads(data)`, ['8:9 flow']],
  [
    'a code in one branch only',
    `if fast:\n    code = hmac.new(b"k", data).digest()\nelse:\n    code = b""\nif hmac.compare_digest(code, tag):\n    pickle.loads(data)`,
    ['10:9 flow'],
  ],
  [
    'a code before, nothing in a branch',
    `code = hmac.new(b"k", data).digest()\nif fast:\n    code = b""\nif not hmac.compare_digest(code, tag):\n    raise E\npickle.loads(data)`,
    ['10:5 flow'],
  ],
  [
    'a code or nothing',
    `code = hmac.new(b"k", data).digest() if fast else b""\nif hmac.compare_digest(code, tag):\n    pickle.loads(data)`,
    ['7:9 flow'],
  ],
  [
    'a code or another one',
    `code = hmac.new(b"k", data).digest() if fast else hmac.digest(b"k", data, "md5")\nif hmac.compare_digest(code, tag):\n    pickle.loads(data)`,
    ['7:9 flow  guard 6 hmac.compare_digest(code, tag)'],
  ],
  [
    'a code or None, which compares with nothing',
    `code = hmac.new(b"k", data).digest() if fast else None\nif hmac.compare_digest(code, tag):\n    pickle.loads(data)`,
    ['7:9 flow  guard 6 hmac.compare_digest(code, tag)'],
  ],
  [
    'a code of a function that has none for some',
    `def code(x):\n    if fast:\n        return b""\n    return hmac.new(b"k", x).digest()\nif hmac.compare_digest(code(data), tag):\n    pickle.loads(data)`,
    ['10:9 flow'],
  ],
  [
    'a code that a loop may lose',
    `code = hmac.new(b"k", data).digest()\nfor i in range(2):\n    if hmac.compare_digest(code, tag):\n        pickle.loads(data)\n    code = b""`,
    ['8:13 flow  +1'],
  ],
  [
    'other bytes behind the check, before its truth counts',
    `ok = CHECK\ndata = s.recv(8)\nif ok:\n    pickle.loads(data)`,
    ['8:9 flow'],
  ],
  [
    'other bytes behind the code',
    `code = hmac.new(b"k", data).digest()\ndata = s.recv(8)\nif hmac.compare_digest(code, tag):\n    pickle.loads(data)`,
    ['8:9 flow'],
  ],
  [
    'the same bytes, decoded behind the code',
    `import base64\ncode = hmac.new(b"k", data).digest()\ndata = base64.b64decode(data)\nif hmac.compare_digest(code, tag):\n    pickle.loads(data)`,
    ['9:9 flow  guard 8 hmac.compare_digest(code, tag)'],
  ],
  [
    'other bytes in the attribute that was checked',
    `o.x = data\nif not hmac.compare_digest(hmac.new(b"k", o.x).digest(), tag):\n    raise E\npickle.loads(o.x)\no.x = s.recv(9)\npickle.loads(o.x)`,
    ['8:5 flow  guard 8 a checked code', '10:5 flow  +1'],
  ],
  [
    'another object, whose attribute was not checked',
    `import zmq\nr = zmq.Context().socket(1)\no = r.recv_multipart()\nif not hmac.compare_digest(hmac.new(b"k", o[1]).digest(), tag):\n    raise E\no = r.recv_multipart()\npickle.loads(o[1])`,
    ['11:5 flow pickle.loads from ZeroMQ'],
  ],
  [
    'one of two functions checks',
    `def good(x):\n    return hmac.compare_digest(hmac.new(b"k", x).digest(), tag)\ncheck = good if fast else (lambda x: True)\nif check(data):\n    pickle.loads(data)`,
    ['9:9 flow'],
  ],
  [
    'the other one never says yes',
    `def good(x):\n    return hmac.compare_digest(hmac.new(b"k", x).digest(), tag)\ndef none(x):\n    raise E\ncheck = good if fast else none\nif check(data):\n    pickle.loads(data)`,
    ['11:9 flow  guard 10 check(data)'],
  ],
  [
    'loader is None first',
    `loads = None\ntry:\n    from pickle import loads\nexcept ImportError:\n    pass\nloads(data)`,
    ['10:5 flow'],
  ],
])('%s', (_name, body, expected) => {
  expect(loads(body)).toEqual(expected);
});
