import type { CollectOptions } from '../../collect.js';
import { IN_NAMES } from '../../model/interest.js';
import { IN_FINDINGS } from '../../rules/standing.js';
import { describe, expect, test } from 'vitest';
import { collected, lines } from '../../../test/collected-kit.js';
import { op, pickle } from '../../../test/kit.js';
import { budgetOf } from '../../../test/open-container.js';
import { bytesOf, concat } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { LimitError } from '../../model/errors.js';
import type { Fact } from '../../model/fact.js';
import { MAX_TEXT_BYTES, PADDING_BYTES } from '../../model/limits.js';
import { ARTIFACT, ENTRY, IN_TEXT, type Origin } from '../../model/origin.js';
import type { StreamResult } from '../../streams/stream-result.js';
import type { Look } from './look.js';
import { pickleInput, streamFound, usesOf } from './streams.js';

/** Nine bytes that name a global of `os`. */
const NAMES = pickle(op.proto(2), op.global('os', 'f'), op.stop);
const NONE = pickle(op.proto(2), op.none, op.stop);
/** One byte for each character. */
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const asText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const zeros = (count: number): Uint8Array => new Uint8Array(count);
const base64 = (bytes: Uint8Array): Uint8Array => bytesOf(`model = "${Buffer.from(bytes).toString('base64')}"`);

const NESTED: [string, Uint8Array, string[]][] = [
  [
    'bytes',
    pickle(op.proto(3), op.binBytes(NAMES), op.stop),
    [
      'format pickle',
      'pickle.structure nested-pickle a.pkl@7',
      'stream a.pkl plain 0+17 stop: ',
      'stream a.pkl!<bytes @7> embedded 0+9 stop: os',
    ],
  ],
  [
    'bytes that it loads',
    pickle(op.proto(3), op.global('pickle', 'loads'), op.binBytes(NAMES), op.tuple1, op.reduce, op.stop),
    ['format pickle', 'stream a.pkl plain 0+33 stop: pickle', 'stream a.pkl!<bytes @21> embedded 0+9 stop: os'],
  ],
  [
    'a text in UTF-8',
    pickle(op.proto(2), op.binUnicode(asText(NAMES)), op.stop),
    [
      'format pickle',
      'pickle.structure nested-pickle a.pkl@7',
      'stream a.pkl plain 0+18 stop: ',
      'stream a.pkl!<bytes @7> embedded 0+9 stop: os',
    ],
  ],
  [
    'a line with escapes',
    pickle(op.unicode(latin1(asText(NAMES).replaceAll('\n', '\\u000a'))), op.stop),
    [
      'format pickle',
      'pickle.structure nested-pickle a.pkl@1',
      'stream a.pkl plain 0+22 stop: ',
      'stream a.pkl!<bytes @1> embedded 0+9 stop: os',
    ],
  ],
  [
    'a text in quotes',
    pickle(op.string(latin1(`'${asText(NAMES).replaceAll('\n', '\\n')}'`)), op.stop),
    ['format pickle', 'stream a.pkl plain 0+16 stop: '],
  ],
  [
    'bytes of bytes',
    pickle(op.proto(3), op.binBytes(pickle(op.proto(3), op.binBytes(NAMES), op.stop)), op.stop),
    [
      'format pickle',
      'pickle.structure nested-pickle a.pkl@7',
      'pickle.structure nested-pickle a.pkl!<bytes @7>@7',
      'stream a.pkl plain 0+25 stop: ',
      'stream a.pkl!<bytes @7> embedded 0+17 stop: ',
      'stream a.pkl!<bytes @7>!<bytes @7> embedded 0+9 stop: os',
    ],
  ],
  [
    'bytes that break off',
    pickle(op.proto(3), op.binBytes(NAMES.subarray(0, 8)), op.stop),
    [
      'format pickle',
      'pickle.structure nested-pickle a.pkl@7',
      'stream a.pkl plain 0+16 stop: ',
      'stream a.pkl!<bytes @7> embedded 0+8 error: os',
    ],
  ],
  [
    'bytes that break off and are loaded',
    pickle(op.proto(3), op.global('pickle', 'loads'), op.binBytes(NAMES.subarray(0, 8)), op.tuple1, op.reduce, op.stop),
    [
      'format pickle',
      'stream a.pkl plain 0+32 stop: pickle',
      'stream a.pkl!<bytes @21> embedded 0+8 error: os',
      'truncated a.pkl!<bytes @21>@8: truncated: an opcode is expected, the data ends without STOP',
    ],
  ],
];

const BEHIND: [string, Uint8Array, string[]][] = [
  [
    'others',
    concat(NONE, NAMES, NONE),
    [
      'format pickle',
      'stream a.pkl plain 0+4 stop: ',
      'stream a.pkl plain 4+9 stop: os',
      'stream a.pkl plain 13+4 stop: ',
    ],
  ],
  [
    'others and something',
    concat(NONE, NAMES, bytesOf('junk')),
    [
      'format pickle',
      'pickle.structure trailing-bytes a.pkl@13',
      'stream a.pkl plain 0+4 stop: ',
      'stream a.pkl plain 4+9 stop: os',
    ],
  ],
  [
    'zeros and others',
    concat(NONE, zeros(9), NAMES, NAMES, zeros(1), NAMES),
    [
      'format pickle',
      'pickle.structure trailing-bytes a.pkl@4',
      'stream a.pkl plain 0+4 stop: ',
      'stream a.pkl plain 13+9 stop: os',
      'stream a.pkl plain 22+9 stop: os',
      'stream a.pkl plain 32+9 stop: os',
    ],
  ],
  [
    'zeros and something else',
    concat(NONE, zeros(9), bytesOf('junk'), zeros(9), NAMES),
    ['format pickle', 'pickle.structure trailing-bytes a.pkl@4', 'stream a.pkl plain 0+4 stop: '],
  ],
  [
    'zeros',
    concat(NONE, zeros(9)),
    ['format pickle', 'pickle.structure trailing-bytes a.pkl@4', 'stream a.pkl plain 0+4 stop: '],
  ],
  [
    'something and zeros',
    concat(NONE, bytesOf('j'), zeros(9), NAMES),
    ['format pickle', 'pickle.structure trailing-bytes a.pkl@4', 'stream a.pkl plain 0+4 stop: '],
  ],
  [
    'as many zeros as are read',
    concat(NONE, zeros(PADDING_BYTES - 1), NAMES),
    [
      'format pickle',
      'pickle.structure trailing-bytes a.pkl@4',
      'stream a.pkl plain 0+4 stop: ',
      'stream a.pkl plain 65539+9 stop: os',
    ],
  ],
  [
    'one zero more',
    concat(NONE, zeros(PADDING_BYTES), NAMES),
    ['format pickle', 'pickle.structure trailing-bytes a.pkl@4', 'stream a.pkl plain 0+4 stop: '],
  ],
  [
    'something that names a global',
    concat(NONE, bytesOf('junk'), NAMES),
    ['format pickle', 'pickle.structure trailing-bytes a.pkl@4', 'stream a.pkl plain 0+4 stop: '],
  ],
];

describe.each([
  ['a pickle that holds', NESTED],
  ['a pickle in front of', BEHIND],
])('%s', (_, cases) => {
  test.each(cases)('%s', async (_title, bytes, expected) => {
    expect(await lines('a.pkl', bytes)).toEqual(expected);
  });
});

test('a pickle in base64 is one that lies in another', async () => {
  // Fewer characters are no token.
  const long = pickle(op.proto(2), op.none, op.pop, op.none, op.pop, op.global('os', 'f'), op.stop);
  expect(await lines('a.txt', base64(long))).toEqual([
    'format pickle',
    'stream a.txt!<base64 @9> embedded 0+13 stop: os',
  ]);
});

test('a text that is too long to decode is not passed over', async () => {
  // Its beginning is enough for a candidate.
  const text = bytesOf(`\x80\x02N.${'a'.repeat(MAX_TEXT_BYTES - 4)}`);
  expect(text.length).toBe(MAX_TEXT_BYTES + 1);
  expect(await lines('a.pkl', pickle(op.proto(2), op.binUnicode(text), op.stop))).toContainEqual(
    'limit a.pkl@7: bytes that may be a pickle are written as text too long to decode',
  );
});

test('a global says in which bytes its pickle lies, and who loads them', async () => {
  const outer = async (bytes: Uint8Array): Promise<unknown[]> =>
    (await collected('a.pkl', bytes)).streams.map(({ facts }) =>
      facts.map((fact) => ('outer' in fact ? fact.outer : null)),
    );
  expect(await outer(NESTED[0]?.[1] ?? NONE)).toEqual([
    [],
    ['this pickle lies in the bytes @7 of a.pkl: nothing there loads them'],
  ]);
  expect(await outer(NESTED[1]?.[1] ?? NONE)).toEqual([
    [null],
    ['this pickle lies in the bytes @21 of a.pkl: there REDUCE @31 gives them to pickle.loads'],
  ]);
});

describe('an identity', () => {
  const identities = async (bytes: Uint8Array, options: CollectOptions = {}): Promise<(string | undefined)[][]> => {
    const { facts, streams } = await collected('a.pkl', bytes, options);
    return [facts, ...streams.map((one) => one.facts)].map((some: readonly Fact[]) =>
      some.map(({ identity }) => identity?.digest),
    );
  };
  const has = async (bytes: Uint8Array): Promise<boolean[][]> =>
    (await identities(bytes, { interest: IN_FINDINGS })).map((some) => some.map((digest) => digest !== undefined));

  test('is made where a finding may come of a stream', async () => {
    expect(await has(NAMES)).toEqual([[], [true]]);
    expect(await has(pickle(op.proto(2), op.global('collections', 'OrderedDict'), op.stop))).toEqual([[], [false]]);
    // All facts of a stream have it if one has.
    expect(
      await has(pickle(op.proto(2), op.global('collections', 'OrderedDict'), op.pop, op.global('os', 'f'), op.stop)),
    ).toEqual([[], [true, true]]);
    // Signals that only raise a level have none; others have.
    expect(await has(pickle(op.none, op.stop, op.none))).toEqual([[false], []]);
    expect(await has(pickle(op.global('m', 'f'), op.pop, op.dup, op.stop))).toEqual([[], [true, true]]);
  });

  test('is made of every stream for facts that are stored', async () => {
    const allowed = pickle(op.proto(2), op.global('collections', 'OrderedDict'), op.stop);
    expect((await identities(allowed))[1]?.[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  test('of a pickle within another one is that of both', async () => {
    const within = async (name: string): Promise<string | undefined> =>
      (await identities(pickle(op.proto(3), op.global('m', name), op.binBytes(NAMES), op.tuple2, op.stop)))[2]?.[0];
    const [one, other] = [await within('f'), await within('g')];
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(other).not.toBe(one);
    expect(await within('f')).toBe(one);
  });
});

test('streams are parsed from their first byte on, and what lies between them is not', async () => {
  const ranges = async (bytes: Uint8Array): Promise<unknown[]> =>
    (await collected('a.pkl', bytes)).coverage.ranges.map(({ start, end, kind, reason }) => [
      start,
      end,
      reason ?? kind,
    ]);
  expect(await ranges(concat(NONE, NAMES))).toEqual([[0, 13, 'parsed']]);
  expect(await ranges(concat(NONE, NAMES, bytesOf('junk')))).toEqual([
    [0, 13, 'parsed'],
    [13, 17, 'data'],
  ]);
  expect(await ranges(concat(NONE, bytesOf('j'), NAMES))).toEqual([
    [0, 4, 'parsed'],
    [4, 14, 'data'],
  ]);
});

test('the role of a stream is that of its member, or what follows from its origin', () => {
  const roleOf = (origin: Origin, role?: 'npy'): string =>
    pickleInput(
      { path: 'm', name: 'm', source: memorySource(NONE), depth: 0, origin, ...(role === undefined ? {} : { role }) },
      { budget: budgetOf(), interest: IN_NAMES, digests: false, observe: undefined } as unknown as Look,
    ).role;
  expect(roleOf(ARTIFACT)).toBe('plain');
  expect(roleOf(ENTRY)).toBe('plain');
  expect(roleOf(IN_TEXT)).toBe('embedded');
  expect(roleOf({ from: 'embedded', reader: 'program' })).toBe('embedded');
  expect(roleOf({ from: 'embedded', reader: 'program' }, 'npy')).toBe('npy');
});

test('uses are the globals by name, and once more where they are called', () => {
  const global = (name: string, callCount: number) => ({ kind: 'pickle.global', module: 'm', name, callCount });
  const facts = [
    global('a', 0),
    global('b', 1),
    { kind: 'pickle.dynamic', module: 'm', name: 'c' },
    { kind: 'pickle.structure' },
  ];
  expect(usesOf({ facts } as unknown as StreamResult)).toEqual(['m\0a', 'm\0b', 'm\0b\0called', 'm\0c']);
});

test('a limit that ended a stream is thrown behind what was found before it', async () => {
  const limit = new LimitError('MAX_MEMO', 'too much');
  const result = (ended: LimitError | null): StreamResult =>
    ({
      stream: { path: 'm', offset: 0, length: 4 },
      runs: { arrays: [] },
      facts: [],
      inner: [],
      nested: [],
      notice: null,
      observers: [],
      limit: ended,
    }) as unknown as StreamResult;
  const member = { path: 'm', name: 'm', source: memorySource(NONE), depth: 0, origin: ARTIFACT };
  const kinds: string[] = [];
  const run = async (ended: LimitError | null): Promise<void> => {
    for await (const { kind } of streamFound(result(ended), member, {
      budget: budgetOf(),
      interest: IN_NAMES,
    } as unknown as Look))
      kinds.push(kind);
  };
  await run(null);
  await expect(run(limit)).rejects.toBe(limit);
  expect(kinds).toEqual(['stream', 'stream']);
});
