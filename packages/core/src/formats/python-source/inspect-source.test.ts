import { describe, expect, test } from 'vitest';
import type { SourceNeighbours } from '../../model/neighbours.js';
import type { SourceFactKind } from '../../model/source-fact.js';
import { MAX_INDENT } from '../../python/limits.js';
import { inspectSource } from './inspect-source.js';

/** The kinds of the facts, then what was not read. */
function inspected(
  text: string,
  wanted: readonly SourceFactKind[],
  name = 'a.py',
  neighbours: SourceNeighbours | null = null,
): [string[], string | null] {
  const found = inspectSource(new TextEncoder().encode(text), {
    name,
    path: name,
    checkTime: () => {},
    neighbours,
    wanted,
  });
  const kinds: string[] = [];
  let next = found.next();
  for (; next.done !== true; next = found.next()) kinds.push(next.value.kind);
  const unread = next.value;
  return [kinds, unread === null ? null : `${unread.cause} @${unread.offset}: ${unread.reason}`];
}

const CALL: SourceFactKind = 'source.call';
const FLOW: SourceFactKind = 'source.flow';
const SERVER = 'import pickle, socket, torch\npickle.loads(socket.create_connection(a).recv(9))\n';

describe('facts', () => {
  test.each<[string, SourceFactKind[], string[]]>([
    [`${SERVER}torch.load(b)\n`, [], []],
    [`${SERVER}torch.load(b)\n`, [CALL], [CALL]],
    [`${SERVER}torch.load(b)\n`, [FLOW], [FLOW]],
    [`${SERVER}torch.load(b)\n`, [CALL, FLOW], [CALL, FLOW]],
    ['import torch\ntorch.save(b)\n', [CALL, FLOW], []],
    ['import pickle\ndef _f(x):\n  pickle.loads(x.y)\n', [FLOW], [FLOW]],
  ])('%j for %j', (text, wanted, expected) => {
    expect(inspected(text, wanted)).toEqual([expected, null]);
  });
});

describe('what is not read', () => {
  const nested = (levels: number): string =>
    `${Array.from({ length: levels }, (_, i) => `${' '.repeat(i)}if 1:\n`).join('')}${' '.repeat(levels)}x\n`;
  const broken = 'nothing of it can be read as Python: ';
  test.each<[string, string | null]>([
    ['x = 1\n', null],
    ['(((', `corrupt @3: ${broken}an expression is expected in line 1`],
    ['1\n(((', `corrupt @5: ${broken}an expression is expected in line 2`],
    // A part of it can be read.
    ['f()\n(((', null],
    ['from x import *\n(((', null],
    ['from x import *\nf()\n(((', null],
    ['def f(): 0\n(((', null],
    ['x = 1\n(((', null],
    [nested(MAX_INDENT - 1), null],
  ])('%j', (text, expected) => {
    expect(inspected(text, [CALL])[1]).toBe(expected);
  });

  test('what tells of something was read, though it neither calls nor names anything', () => {
    expect(inspected('torch.ops.acme.boost\n(((', [CALL])).toEqual([[CALL], null]);
  });

  test('a limit is said, whatever was found before', () => {
    expect(inspected(`import torch\ntorch.load(b)\n${nested(MAX_INDENT + 1)}`, [CALL])).toEqual([
      [CALL],
      expect.stringMatching(new RegExp(`^limit @\\d+: more than ${MAX_INDENT} levels of indentation$`)),
    ]);
  });
});

describe('the package around a source', () => {
  const around = (text: string): SourceNeighbours => {
    const read = (): Uint8Array => new TextEncoder().encode(text);
    const modules = [{ path: 'b.py', module: 'b', isPackage: false, read }];
    return { moduleOf: () => null, find: () => null, requirements: () => [], packageOf: () => ({ root: '', modules }) };
  };
  const polled = 'def work(conn):\n  if conn.poll(1):\n    return conn.recv()\n';

  test.each<[string, string, string[]]>([
    [polled, 'from multiprocessing.connection import Listener', [FLOW]],
    [polled, 'import os', []],
  ])('%j beside %j', (text, beside, expected) => {
    expect(inspected(text, [FLOW], 'a.py', around(beside))).toEqual([expected, null]);
  });
});
