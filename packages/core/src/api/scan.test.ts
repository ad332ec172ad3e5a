import { describe, expect, test, vi } from 'vitest';
import { op, pickle } from '../../test/kit.js';
import { BLOB_READS, FILE_READS, REMOTE_READS } from '../bytes/read-profile.js';
import { blobSource, memorySource, type ByteSource } from '../bytes/source.js';
import { RULES } from '../rules/index.js';
import type { ScanInput, ScanInputs } from './input.js';
import { loadPolicy } from './policy.js';
import { scan, type ScanOptions } from './scan.js';
import { trace } from './trace.js';

const HOSTILE = pickle(op.global('os', 'system'), op.mark, op.unicode('id'), op.tuple, op.reduce, op.stop);
const CLEAN = pickle(op.global('collections', 'OrderedDict'), op.emptyTuple, op.reduce, op.stop);

const input = (path: string, bytes: Uint8Array): ScanInput => ({ path, source: memorySource(bytes) });

/** Inputs that say how far they were asked for, and whether they were left. */
function watched(count: number): { inputs: AsyncGenerator<ScanInput>; given: string[]; state: { ended: boolean } } {
  const given: string[] = [];
  const state = { ended: false };
  async function* generate(): AsyncGenerator<ScanInput> {
    try {
      for (let i = 0; i < count; i += 1) {
        given.push(`${i}.pkl`);
        yield input(`${i}.pkl`, i % 2 === 0 ? CLEAN : HOSTILE);
      }
    } finally {
      state.ended = true;
    }
  }
  return { inputs: generate(), given, state };
}

describe('a scan', () => {
  test('gives the report when it is awaited', async () => {
    const report = await scan([
      input('a.pkl', HOSTILE),
      { path: 'b.pkl', source: blobSource(new Blob([CLEAN.slice()])) },
    ]);
    expect(report.verdict).toBe('fail');
    expect(report.artifacts.map(({ path, size, status }) => [path, size, status])).toEqual([
      ['a.pkl', HOSTILE.length, 'complete'],
      ['b.pkl', CLEAN.length, 'complete'],
    ]);
  });

  test('gives what was found in an artifact before the next one is asked for, and the report at the end', async () => {
    const { inputs, given } = watched(3);
    const running = scan(inputs);
    const seen: unknown[] = [];
    for await (const { artifact, findings, incomplete } of running)
      seen.push([artifact.path, given.length, findings.map(({ ruleId, action }) => [ruleId, action]), incomplete]);
    expect(seen).toEqual([
      ['0.pkl', 1, [], []],
      ['1.pkl', 2, [['PICKLE-EXEC', 'fail']], []],
      ['2.pkl', 3, [], []],
    ]);
    const report = await running;
    expect(report.artifacts).toHaveLength(3);
    expect(await running).toBe(report);
    expect((await running.then(({ verdict }) => verdict)) === 'fail').toBe(true);
  });

  test('reads nothing before it is awaited or iterated', async () => {
    const { inputs, given } = watched(1);
    const running = scan(inputs);
    await new Promise((resolve) => void setTimeout(resolve, 5));
    expect(given).toEqual([]);
    await running;
    expect(given).toEqual(['0.pkl']);
  });

  test('scans the rest when it is awaited in the loop', async () => {
    const running = scan(watched(3).inputs);
    let count = 0;
    for await (const _ of running) {
      count += 1;
      expect((await running).artifacts).toHaveLength(3);
    }
    expect(count).toBe(1);
  });

  test('ends when the loop is left, and has no report then', async () => {
    const { inputs, given, state } = watched(3);
    const running = scan(inputs);
    for await (const _ of running) break;
    expect(given).toEqual(['0.pkl']);
    expect(state.ended).toBe(true);
    await expect(running).rejects.toThrow('left before its end');
  });

  test('has no report when it is left before it began', async () => {
    const running = scan(watched(1).inputs);
    await running[Symbol.asyncIterator]().return();
    await expect(running).rejects.toThrow('left before its end');
  });

  test('rejects with what its inputs throw, to whoever waits', async () => {
    async function* failing(): AsyncGenerator<ScanInput> {
      yield input('a.pkl', CLEAN);
      throw new Error('the listing failed');
    }
    await expect(scan(failing())).rejects.toThrow('the listing failed');
    const running = scan(failing());
    const loop = async (): Promise<void> => {
      for await (const _ of running);
    };
    await expect(loop()).rejects.toThrow('the listing failed');
    await expect(running).rejects.toThrow('the listing failed');
    const ended = vi.fn<() => void>();
    await running.finally(ended).catch((error: unknown) => expect(error).toBeInstanceOf(Error));
    expect(ended).toHaveBeenCalledTimes(1);
  });

  test('tells of its progress before each artifact', async () => {
    const told: unknown[] = [];
    await scan([input('a.pkl', CLEAN), input('b.pkl', CLEAN)], { onProgress: (progress) => told.push(progress) });
    expect(told).toEqual([
      { artifacts: 0, bytesRead: 0, current: 'a.pkl' },
      { artifacts: 1, bytesRead: CLEAN.length, current: 'b.pkl' },
    ]);
  });
});

describe('an AbortSignal', () => {
  const reason = new Error('enough');

  test('that is aborted already lets nothing be read', async () => {
    const { inputs, given } = watched(1);
    await expect(scan(inputs, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(given).toEqual([]);
  });

  test('ends a scan between two artifacts', async () => {
    const controller = new AbortController();
    const { inputs, given, state } = watched(9);
    const running = scan(inputs, {
      signal: controller.signal,
      onProgress: ({ artifacts }) => artifacts === 2 && controller.abort(reason),
    });
    await expect(running).rejects.toBe(reason);
    expect(given).toHaveLength(3);
    expect(state.ended).toBe(true);
  });

  test.each([undefined, REMOTE_READS])('ends a read that is never answered, and closes the input', async (profile) => {
    const controller = new AbortController();
    const source: ByteSource = { size: 1e6, profile, read: () => new Promise<never>(() => undefined) };
    const close = vi.fn<() => null>(() => null);
    setTimeout(() => controller.abort(reason), 5);
    await expect(scan([{ path: 'a.pkl', source, close }], { signal: controller.signal })).rejects.toBe(reason);
    expect(close).toHaveBeenCalledTimes(1);
  });

  /** Opcodes without end, or as good as: 1 GB of NONE and POP that lies nowhere. */
  const endless = (): ByteSource => ({
    size: 2 ** 30,
    read: (offset, length) => Uint8Array.from({ length }, (_, i) => ((offset + i) % 2 === 0 ? 0x4e : 0x30)),
  });

  test('is heard in a long analysis of bytes that are at hand', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 20);
    await expect(scan([{ path: 'a.pkl', source: endless() }], { signal: controller.signal })).rejects.toBe(reason);
  });

  test('ends a trace', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 20);
    const lines = trace('a.pkl', endless(), { signal: controller.signal });
    await expect(lines.next()).rejects.toBe(reason);
  });

  test('that is never aborted changes nothing of the report', async () => {
    const { signal } = new AbortController();
    const inputs = (): ScanInput[] => [input('a.pkl', HOSTILE), input('b.pkl', new Uint8Array(400_000))];
    const timeless = { platform: { now: () => 0 } };
    expect(await scan(inputs(), { signal, ...timeless })).toEqual(await scan(inputs(), timeless));
  });
});

describe('a wrong option is a TypeError with its name:', () => {
  const OPTIONS: readonly (readonly [string, unknown, string])[] = [
    ['unknown', { rule: RULES }, 'scan: unknown option "rule"; did you mean "rules"?'],
    ['an option of ours', { command: 'x' }, 'scan: unknown option "command"'],
    ['no object', 'strict', 'scan: options have to be an object, not the text "strict"'],
    ['a list', [], 'scan: options have to be an object, not an array'],
    ['null', null, 'scan: options have to be an object, not null'],
    [
      'rules by their names',
      { rules: ['PICKLE-EXEC'] },
      'scan: option "rules" has to be a list of at least one of RULES, not an array',
    ],
    ['no rules', { rules: [] }, 'scan: option "rules" has to be a list of at least one of RULES, not an array'],
    [
      'a policy as text',
      { policy: 'defaults: {}' },
      'scan: option "policy" has to be a policy as loadPolicy gives it, not the text "defaults: {}"',
    ],
    [
      'half a policy',
      { policy: { defaults: {} } },
      'scan: option "policy" has to be a policy as loadPolicy gives it, not an object',
    ],
    ['a limit that there is not', { limits: { dept: 3 } }, 'scan: unknown option "limits.dept"; did you mean "depth"?'],
    [
      'a limit that is no number',
      { limits: { depth: '3' } },
      'scan: option "limits.depth" has to be a number from 0 on, not the text "3"',
    ],
    [
      'a limit that is NaN',
      { limits: { depth: NaN } },
      'scan: option "limits.depth" has to be a number from 0 on, not NaN',
    ],
    [
      'a limit below zero',
      { limits: { artifactMs: -1 } },
      'scan: option "limits.artifactMs" has to be a number from 0 on, not -1',
    ],
    ['limits as a number', { limits: 5 }, 'scan: option "limits" has to be an object, not 5'],
    [
      'a controller',
      { signal: new AbortController() },
      'scan: option "signal" has to be an AbortSignal, not an instance of AbortController',
    ],
    ['a day', { today: new Date() }, 'scan: option "today" has to be a day as YYYY-MM-DD, not an instance of Date'],
    ['a hash', { hash: 'some' }, 'scan: option "hash" has to be one of none, findings, all, not the text "some"'],
    ['a text for true', { thorough: 'yes' }, 'scan: option "thorough" has to be true or false, not the text "yes"'],
    ['no function', { onProgress: true }, 'scan: option "onProgress" has to be a function, not true'],
    ['a platform', { platform: { now: 5 } }, 'scan: option "platform.now" has to be a function, not 5'],
  ];

  test.each(OPTIONS)('%s', async (_what, options, message) => {
    const { inputs, given } = watched(1);
    const error: unknown = await scan(inputs, options as ScanOptions).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toContain(message);
    expect(given).toEqual([]);
  });

  test('an option that is undefined is not given', async () => {
    const options = Object.fromEntries(
      ['policy', 'rules', 'limits', 'signal', 'today', 'platform', 'onProgress', 'thorough', 'hash'].map((name) => [
        name,
        undefined,
      ]),
    );
    expect((await scan([input('a.pkl', HOSTILE)], options)).verdict).toBe('fail');
  });

  test('limits and sizes of nothing are numbers', async () => {
    const limited = await scan([input('a.pkl', HOSTILE)], { limits: { depth: 0 } });
    expect(limited.artifacts).toHaveLength(1);
    const empty = await scan([{ path: 'a.pkl', source: memorySource(new Uint8Array(0)), size: 0 }]);
    expect(empty.verdict).not.toBe('fail');
    const closed = await scan([{ path: 'a.pkl', source: null, problem: { cause: 'unreadable', reason: 'locked' } }]);
    expect(closed.summary.bytesTotal).toBe(0);
  });

  test('of a policy are those of its file and its folder', () => {
    expect(loadPolicy('', 'p.yml', '/a')).toMatchObject({ file: 'p.yml', folder: '/a' });
    expect(loadPolicy('', 'p.yml', null)).toMatchObject({ folder: null });
    expect(() => loadPolicy('', 'p.yml', 5 as unknown as null)).toThrow(
      new TypeError('loadPolicy: folder has to be a text or null, not 5'),
    );
  });

  test('a policy has a list where the defaults have one, and a text or null where they have null', async () => {
    const policy = loadPolicy('', 'p.yml');
    for (const wrong of [{ allow: {} }, { file: 5 }, { maxAcceptableSeverity: '1' }, { defaults: 'x' }])
      await expect(async () =>
        scan([], { policy: { ...policy, ...wrong } as unknown as typeof policy }),
      ).rejects.toThrow(TypeError);
    for (const right of [{ file: null }, { file: 'x' }, { allow: [] }])
      expect((await scan([], { policy: { ...policy, ...right } })).artifacts).toEqual([]);
  });

  test('what was given is named by its kind', async () => {
    const kinds: readonly (readonly [unknown, string])[] = [
      [new Map(), 'an instance of Map'],
      [Object.create(null), 'an object'],
      [() => null, 'a function'],
      [5n, 'a bigint'],
      ['x'.repeat(61), `the text "${'x'.repeat(60)}"`],
    ];
    for (const [thorough, shown] of kinds)
      await expect(async () => scan([], { thorough } as ScanOptions)).rejects.toThrow(
        new TypeError(`scan: option "thorough" has to be true or false, not ${shown}`),
      );
  });

  test('of trace and loadPolicy', () => {
    const source = memorySource(CLEAN);
    expect(() => trace('a.pkl', source, { colour: true } as object)).toThrow(
      new TypeError('trace: unknown option "colour"; did you mean "color"?'),
    );
    expect(() => trace(5 as unknown as string, source)).toThrow(new TypeError('trace: path has to be a text, not 5'));
    expect(() => trace('a.pkl', CLEAN as unknown as ByteSource)).toThrow(TypeError);
    expect(() => loadPolicy(CLEAN as unknown as string)).toThrow(
      new TypeError('loadPolicy: text has to be a text, not an instance of Uint8Array'),
    );
  });
});

describe('a wrong input is a TypeError:', () => {
  const INPUTS: readonly (readonly [string, unknown, string])[] = [
    ['a path', './models/', 'scan: inputs have to be a list of { path, source }, not the text "./models/"'],
    ['one input', input('a.pkl', CLEAN), 'scan: inputs have to be a list of { path, source }, not an object'],
    ['bytes', CLEAN, 'scan: inputs have to be a list of { path, source }, not an instance of Uint8Array'],
    ['null', null, 'scan: inputs have to be a list of { path, source }, not null'],
    ['a list of paths', ['a.pkl'], 'scan: an input has to be { path, source }, not the text "a.pkl"'],
    ['no path', [{ source: memorySource(CLEAN) }], 'scan: `path` of an input has to be a text, not undefined'],
    ['bytes as the source', [{ path: 'a.pkl', source: CLEAN }], 'scan: `source` of a.pkl has to be a source'],
    [
      'a Blob as the source',
      [{ path: 'a.pkl', source: new Blob([CLEAN.slice()]) }],
      'scan: `source` of a.pkl has to be a source',
    ],
    ['no source', [{ path: 'a.pkl' }], 'scan: `source` of a.pkl has to be a source'],
    [
      'a size that is none',
      [{ path: 'a.pkl', source: { ...memorySource(CLEAN), size: NaN } }],
      '`size` is a whole number',
    ],
    [
      'a size without end',
      [{ path: 'a.pkl', source: { ...memorySource(CLEAN), size: Infinity } }],
      '`size` is a whole number',
    ],
    [
      'another size',
      [{ path: 'a.pkl', source: memorySource(CLEAN), size: 5 }],
      `scan: \`size\` of a.pkl has to be ${CLEAN.length}, the size of its source, not 5`,
    ],
  ];

  test.each(INPUTS)('%s', async (_what, inputs, message) => {
    const error: unknown = await scan(inputs as ScanInputs).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toContain(message);
  });

  test.each([
    ['an empty one', {}],
    ['a page of nothing', { ...REMOTE_READS, page: 0 }],
    ['a page that is no power of two', { ...REMOTE_READS, page: 3000 }],
    ['a size that is missing', { ...REMOTE_READS, most: undefined }],
    ['a size below zero', { ...REMOTE_READS, cached: -1 }],
    ['no word on its cost', { ...REMOTE_READS, remote: undefined }],
    ['null', null],
  ])('a profile: %s', async (_what, profile) => {
    const source = { ...memorySource(CLEAN), profile } as unknown as ByteSource;
    await expect(async () => scan([{ path: 'a.pkl', source }])).rejects.toThrow(
      /^scan: `source` of a\.pkl has to be a source whose `profile` is one as REMOTE_READS is, not /,
    );
  });

  test.each([REMOTE_READS, BLOB_READS, FILE_READS])('but no profile of ours %#', async (profile) => {
    const report = await scan([{ path: 'a.pkl', source: { ...memorySource(CLEAN), profile } }]);
    expect(report.verdict).toBe('pass');
  });

  test('but what could not be opened is not', async () => {
    const report = await scan([
      { path: 'a.pkl', source: null, problem: { cause: 'unreadable', reason: 'it is locked' } },
    ]);
    expect(report.incomplete).toEqual([{ path: 'a.pkl', offset: null, cause: 'unreadable', reason: 'it is locked' }]);
    expect(report.verdict).toBe('incomplete');
  });
});
