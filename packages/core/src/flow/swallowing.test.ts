import { expect, test } from 'vitest';
import { flows } from '../../test/flow-kit.js';

/** What stands behind a `with` is reached where its manager may swallow exceptions, and what the block checks is open then. */

const HEAD = `import contextlib, hmac, pickle, socket, tempfile, threading
from contextlib import contextmanager, suppress
import other
s = socket.create_connection(("h", 1))
class Quiet:
    def __exit__(self, *a): return True
class Logs:
    def __exit__(self, *a): log(a)
class Refuses:
    def __exit__(self, *a):
        if a: return False
@contextmanager
def quiet():
    try: yield
    except Exception: pass
@contextmanager
def timed():
    try: yield
    finally: stop()
`;

function take(body: string): string[] {
  const lines = body.split('\n').map((line) => `    ${line}\n`);
  return flows(`${HEAD}def take(self, tag, fast):\n    data = s.recv(9)\n${lines.join('')}`).map((line) =>
    line.replace(/^\d+:\d+ /, '').replace(/ (?:\d+ .*|\+\d+)/, ''),
  );
}

const FLOW = 'flow pickle.loads from socket';

test.each([
  'suppress(OSError)',
  'contextlib.suppress(KeyError)',
  'contextlib.ExitStack()',
  'Quiet()',
  'quiet()',
  'other.scope()',
  'a, suppress(E)',
])('behind a return in `with %s` code is reached', (manager) => {
  expect(take(`with ${manager}:\n    return decode(data)\nreturn pickle.loads(data)`)).toEqual([FLOW]);
  expect(take(`async def inner():\n    async with ${manager}:\n        raise E\n    pickle.loads(data)`)).toEqual([
    FLOW,
  ]);
});

test.each([
  'open("f")',
  'tempfile.TemporaryDirectory()',
  'threading.Lock()',
  'self._lock',
  's',
  'Logs()',
  'Refuses()',
  'timed()',
  'contextlib.closing(x)',
])('behind a return in `with %s` nothing runs', (manager) => {
  expect(take(`with ${manager}:\n    return decode(data)\nreturn pickle.loads(data)`)).toEqual([]);
});

const CHECK = 'if not hmac.compare_digest(hmac.new(b"k", data).digest(), tag):\n        raise E';

test.each(['suppress(E)', 'Quiet()', 'quiet()'])('a check in `with %s` vouches for nothing behind it', (manager) => {
  expect(take(`with ${manager}:\n    ${CHECK}\npickle.loads(data)`)).toEqual([FLOW]);
  expect(take(`with ${manager}:\n    ${CHECK}\n    pickle.loads(data)`)).toEqual([`${FLOW} guard`]);
});

test.each(['self.lock', 'other.scope()', 'Logs()', 'timed()'])('a check in `with %s` holds behind it', (manager) => {
  expect(take(`with ${manager}:\n    ${CHECK}\npickle.loads(data)`)).toEqual([`${FLOW} guard`]);
});

test('a name may have either value behind a block that was left', () => {
  expect(take(`x = data\nwith suppress(E):\n    x = b""\npickle.loads(x)`)).toEqual([FLOW]);
  expect(take(`x = b""\nwith suppress(E):\n    x = data\npickle.loads(x)`)).toEqual([FLOW]);
  expect(take(`x = data\nwith self.lock:\n    x = b""\npickle.loads(x)`)).toEqual([]);
});
