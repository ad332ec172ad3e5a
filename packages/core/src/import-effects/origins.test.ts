import { expect, test } from 'vitest';
import { PythonModule } from '../python/module.js';
import { importEffects } from './import-effects.js';

const MODULES = 'import base64, os, requests, tempfile, socket, zlib, shutil\n';

/** The effects that are no ordinary ones, of a source behind the imports. */
function kinds(source: string): readonly string[] {
  const { effects, incomplete } = importEffects(PythonModule.readText(MODULES + source), []);
  expect(incomplete).toEqual([]);
  return effects.map(({ kind, name }) => `${kind} ${name}`);
}

/** Whether what `exec` is given comes out of a decoder. */
const isDecoded = (source: string): boolean => kinds(source).includes('decoded-payload builtins.exec');
const B = 'base64.b64decode("x")';

test.each([
  ['the call itself', `exec(${B})`],
  ['an argument', `exec(str(${B}))`],
  ['an argument by name', `exec(str(object=${B}))`],
  ['the callee', `exec((${B}).decode())`],
  ['an attribute', `exec((${B}).x)`],
  ['an item', `exec((${B})[0])`],
  ['an index', `exec(a[${B}])`],
  ['a slice', `exec(a[1:${B}])`],
  ['a list', `exec([1, ${B}][1])`],
  ['a dict', `exec({"a": ${B}}["a"])`],
  ['an operation', `exec("a" + ${B})`],
  ['a sign', `exec(not ${B})`],
  ['a condition', `exec(a if b else ${B})`],
  ['a name that is given here', `exec(y := ${B})`],
  ['a starred argument', `exec(*${B})`],
  ['a list of arguments', `exec(*[${B}])`],
  ['a name of arguments', `y = {"source": ${B}}\nexec(**y)`],
  ['text with fields', `exec(f"{${B}}")`],
  ['a comprehension', `exec([${B} for i in a])`],
  ['what a comprehension goes over', `exec([i for i in ${B}])`],
  ['a name', `y = ${B}\nexec(y)`],
  ['the default of a parameter', `def f(y=${B}):\n  exec(y)\nf()`],
  ['a name of a name', `y = ${B}\nz = y\nexec(z)`],
  ['a name of a pair', `y, z = 1, ${B}\nexec(z)`],
  ['what a name is added to', `y = ""\ny += ${B}\nexec(y)`],
  ['what a loop goes over', `for y in ${B}:\n  exec(y)`],
  ['parts of it', `y, *z = ${B}\nexec(z)`],
  ['what is opened', `with ${B} as y:\n  exec(y)`],
  ['a method that decodes', 'exec(bytes.fromhex("00"))'],
  ['a method of an unknown object', 'exec(a.decrypt("x"))'],
  ['a function that unpacks', 'exec(zlib.decompress(a))'],
])('what is decoded is found in %s', (_what, source) => expect(isDecoded(source)).toBe(true));

test.each([
  ['a text', 'exec("x")'],
  ['a call of another function', 'exec(str("x"))'],
  ['another name', `y = ${B}\nz = 1\nexec(z)`],
  ['a method that decodes nothing', 'exec(a.decode("x"))'],
  ['the key of a dict', `exec({${B}: "a"}["a"])`],
])('what is not decoded: %s', (_what, source) => {
  expect(kinds(source)).toContain('execution builtins.exec');
  expect(isDecoded(source)).toBe(false);
});

test('what comes from elsewhere is code that is downloaded, decoded or not', () => {
  expect(kinds('exec(requests.get("x").text)')).toContain('downloaded-code builtins.exec');
  expect(kinds('exec(base64.b64decode(requests.get("x").text))')).toContain('downloaded-code builtins.exec');
  expect(kinds('exec(open(a).read())')).toContain('execution builtins.exec');
});

test.each([
  ['requests.post("x", data=os.environ)', true],
  ['requests.post("x", data=os.environ["KEY"])', true],
  ['requests.post("x", data=os.getenv("KEY"))', true],
  ['requests.post("x", data=socket.gethostname())', true],
  ['requests.post("x", **{"data": os.environ})', true],
  ['y = os.environ\nrequests.post("x", data=y)', true],
  ['from os import environ\nrequests.post("x", data=environ)', true],
  ['requests.post("x", data=os.path)', false],
  ['requests.post("x", data="y")', false],
  ['requests.post("x", data=os.getcwd())', false],
])('%j takes what is in the environment away: %s', (source, isTaken) => {
  expect(kinds(source).includes('exfiltration requests.post')).toBe(isTaken);
});

test.each([
  ['shutil.copy("a", "b")', true],
  ['shutil.copy("a", tempfile.mkdtemp())', false],
  ['y = tempfile.mkdtemp()\nshutil.copy("a", y + "/b")', false],
  ['shutil.copy("a", mkdtemp())', true],
  ['open("a", "w")', true],
  ['open(tempfile.mktemp(), "w")', false],
  ['a.write_text("x")', true],
])('%j writes where something stays: %s', (source, isWrite) => {
  expect(kinds(source).some((kind) => kind.startsWith('write '))).toBe(isWrite);
});

test('a name of itself has an end', () => {
  expect(kinds('y = 1\ny = y + y\nexec(y)')).toContain('execution builtins.exec');
});
