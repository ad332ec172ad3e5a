import { describe, expect, test } from 'vitest';
import { at, globalFact } from '../test/fact-kit.js';
import { ggufOf } from '../test/gguf-builder.js';
import { op, pickle } from '../test/kit.js';
import { zipOf } from '../test/zip-builder.js';
import { memorySource } from './bytes/source.js';
import { collect, notCollected, type Collected, type ScanInput } from './collect.js';
import { MAX_FINDINGS } from './model/limits.js';
import type { ArchiveBombFact } from './model/fact.js';
import type { AllowEntry, Policy } from './model/policy.js';
import type { Report } from './model/report.js';
import type { Match, Rule } from './model/rule.js';
import { DEFAULT_POLICY } from './policy/defaults.js';
import { portablePlatform } from './platform.js';
import { RULES } from './rules/index.js';
import { judge, judgeEach, scan, scanEach, type Progress, type RunOptions } from './scan.js';

const input = (path: string, bytes: Uint8Array): ScanInput => ({
  path,
  size: bytes.length,
  source: memorySource(bytes),
});
const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const UNKNOWN = pickle(op.global('mylib', 'Thing'), op.stop);
const SYSTEM = latin1("cos\nsystem\n(S'id'\ntR.");

/** The report on what was collected elsewhere. */
function judged(found: readonly Collected[], options: RunOptions = {}): Promise<Report> {
  return judge(
    (async function* () {
      for (const one of found) yield { path: one.path, collected: () => Promise.resolve(one) };
    })(),
    options,
  );
}

async function collected(path: string, bytes: Uint8Array): Promise<Collected> {
  return collect(input(path, bytes), { digests: true, repositories: true });
}

function bomb(problem: ArchiveBombFact['problem'], detail: string): ArchiveBombFact {
  return { kind: 'archive.bomb', at: at('a.zip'), problem, detail, identity: { of: 'bytes', digest: detail } };
}

describe('what counts as an artifact', () => {
  test('a file that nobody knows is skipped; one that says nothing harmful is complete, an opaque one has no level', async () => {
    const safetensors = Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{}')]);
    const report = await scan([
      input('notes.txt', latin1('hello\n')),
      input('m.pkl', pickle(op.none, op.stop)),
      input('m.safetensors', safetensors),
    ]);
    expect(report.artifacts.map(({ path, status, safety }) => [path, status, safety?.level ?? null])).toEqual([
      ['m.pkl', 'complete', 0],
      ['m.safetensors', 'opaque', null],
    ]);
    expect(report.summary.skipped).toBe(1);
  });

  test('a template without a finding makes no artifact, and any other fact does', async () => {
    const gguf = await collected('a.gguf', ggufOf({ keys: [['tokenizer.chat_template', { text: '{{ messages }}' }]] }));
    expect(gguf.facts.map(({ kind }) => kind)).toEqual(['template.chat']);
    expect((await judged([gguf])).artifacts).toMatchObject([{ status: 'opaque', safety: null }]);
    const template = { ...gguf, format: null, opaque: [] };
    expect((await judged([template])).artifacts).toEqual([]);
    const two = await judged([{ ...template, facts: [...gguf.facts, bomb('nesting', 'deep')] }]);
    expect(two.artifacts.map(({ format, status, safety }) => [format, status, safety?.level])).toEqual([
      ['unknown', 'complete', 3],
    ]);
  });

  test('what is missing makes it incomplete, of level 3, whatever else was found', async () => {
    const report = await judged([notCollected('a.pkl', 10, { cause: 'unreadable', reason: 'gone' })]);
    expect(report.artifacts).toMatchObject([{ status: 'incomplete', safety: { level: 3 }, format: 'unknown' }]);
    expect(report.incomplete).toEqual([{ path: 'a.pkl', offset: null, cause: 'unreadable', reason: 'gone' }]);
  });

  test('only bytes of files that were opened are a part of the whole', async () => {
    const opened = await collected('a.pkl', pickle(op.none, op.stop));
    const { summary } = await judged([opened, notCollected('b.pkl', 1_000, { cause: 'unreadable', reason: 'gone' })]);
    expect([summary.bytesTotal, summary.bytesRead]).toEqual([2, opened.bytesRead]);
  });
});

describe('the level', () => {
  test('of an artifact is the highest of its facts, and each stream has its own', async () => {
    const report = await scan([
      input(
        'a.zip',
        zipOf([
          { name: 'one.pkl', data: pickle(op.none, op.stop) },
          { name: 'two.pkl', data: UNKNOWN },
          { name: 'three.pkl', data: SYSTEM },
        ]),
      ),
    ]);
    const [artifact] = report.artifacts;
    expect(artifact?.parts.map((part) => [part.path, part.kind === 'stream' ? part.safety.level : null])).toEqual([
      ['a.zip!one.pkl', 0],
      ['a.zip!two.pkl', 3],
      ['a.zip!three.pkl', 5],
    ]);
    expect(artifact?.safety?.level).toBe(5);
  });

  test('of a stream that breaks off is 3 at least', async () => {
    const report = await scan([input('a.pkl', pickle(op.proto(4), op.none, op.reduce))]);
    const [stream] = report.artifacts[0]?.parts ?? [];
    expect(stream).toMatchObject({ kind: 'stream', end: 'error' });
    expect(stream?.kind === 'stream' && stream.safety.level).toBeGreaterThanOrEqual(3);
  });
});

describe('the globals of a stream', () => {
  test('are listed with how often they stand there, and whether they are called', async () => {
    const bytes = pickle(op.global('a', 'B'), op.pop, op.global('a', 'B'), op.emptyTuple, op.reduce, op.stop);
    const report = await scan([input('a.pkl', bytes)]);
    expect(report.artifacts[0]?.parts).toMatchObject([
      { globals: [{ module: 'a', name: 'B', class: 'unexpected', offset: 0, count: 2, called: true, via: 'GLOBAL' }] },
    ]);
    const stored = await scan([input('a.pkl', UNKNOWN)]);
    expect(stored.artifacts[0]?.parts).toMatchObject([{ globals: [{ count: 1, called: false, userAllowed: false }] }]);
  });

  test('whose name is computed stand there once, and nobody allowed them', async () => {
    const bytes = pickle(
      op.proto(4),
      op.global('operator', 'add'),
      op.shortBinUnicode('o'),
      op.shortBinUnicode('s'),
      op.tuple2,
      op.reduce,
      op.shortBinUnicode('system'),
      op.stackGlobal,
      op.stop,
    );
    const report = await scan([input('a.pkl', bytes)]);
    const globals = report.artifacts[0]?.parts.flatMap((part) => (part.kind === 'stream' ? part.globals : [])) ?? [];
    expect(globals.find((one) => one.class === 'dynamic')).toEqual({
      module: '?',
      name: 'system',
      class: 'dynamic',
      offset: bytes.length - 2,
      count: 1,
      called: false,
      via: 'STACK_GLOBAL',
      userAllowed: false,
    });
  });
});

describe('allow entries', () => {
  const entry = (sha256: string | null): AllowEntry => ({
    entry: 'mylib.Thing',
    role: 'bare',
    why: 'ours',
    owner: 'me',
    expires: null,
    sha256,
    origin: 'p.yml:1',
  });
  const policy = (sha256: string | null): Policy => ({ ...DEFAULT_POLICY, allow: [entry(sha256)] });

  test('that are pinned count for their artifact alone; the use for another one is refused', async () => {
    const own = await collected('a.pkl', UNKNOWN);
    const sha256 = 'a'.repeat(64);
    const report = await judged(
      [
        { ...own, sha256 },
        { ...own, path: 'b.pkl', sha256: 'b'.repeat(64) },
      ],
      {
        policy: policy(sha256),
      },
    );
    const allowed = report.artifacts.map(({ path, parts: [part] }) => [
      path,
      part?.kind === 'stream' && part.globals[0]?.userAllowed,
    ]);
    expect(allowed).toEqual([
      ['a.pkl', true],
      ['b.pkl', false],
    ]);
    expect(report.findings.map(({ artifact, ruleId }) => [artifact, ruleId])).toEqual([
      ['b.pkl', 'PICKLE-GLOBAL-IMPORT'],
    ]);
  });

  test('without a pin count for all, and no artifact is hashed for them', async () => {
    const report = await scan([input('a.pkl', UNKNOWN), input('b.pkl', UNKNOWN)], { policy: policy(null) });
    expect(report.findings).toEqual([]);
    expect(report.artifacts.map(({ sha256, notHashed }) => [sha256, notHashed])).toEqual([
      [null, 'not asked for'],
      [null, 'not asked for'],
    ]);
  });

  test('that are pinned have artifacts hashed in which the name stands', async () => {
    const report = await scan([input('a.pkl', UNKNOWN), input('b.pkl', pickle(op.none, op.stop))], {
      policy: policy('c'.repeat(64)),
    });
    expect(report.artifacts.map(({ sha256 }) => sha256?.length ?? null)).toEqual([64, null]);
    expect(report.artifacts[0]?.notHashed).toBeNull();
  });
});

test('a policy in the tree that could not be read leaves its artifacts incomplete', async () => {
  const report = await scan([input('a.pkl', pickle(op.none, op.stop))], {
    policyFor: () => Promise.resolve({ policy: DEFAULT_POLICY, problem: 'cannot read the policy x' }),
  });
  expect([report.verdict, report.incomplete]).toEqual([
    'incomplete',
    [{ path: 'a.pkl', offset: null, cause: 'unreadable', reason: 'cannot read the policy x' }],
  ]);
});

test('progress says how many are done, and what was read of them, before each', async () => {
  const seen: Progress[] = [];
  const bytes = pickle(op.none, op.stop);
  await scan([input('a.pkl', bytes), input('b.pkl', bytes)], { onProgress: (progress) => seen.push(progress) });
  expect(seen).toEqual([
    { artifacts: 0, bytesRead: 0, current: 'a.pkl' },
    { artifacts: 1, bytesRead: bytes.length, current: 'b.pkl' },
  ]);
});

test('what was found is given artifact by artifact, and the report repeats it', async () => {
  const results = scanEach([input('a.pkl', SYSTEM), input('x.txt', latin1('hello\n')), input('b.pkl', UNKNOWN)]);
  const paths: string[] = [];
  for (;;) {
    const step = await results.next();
    if (step.done === true) {
      expect(step.value.artifacts.map(({ path }) => path)).toEqual(paths);
      break;
    }
    paths.push(step.value.artifact.path);
    expect(step.value.findings.every(({ artifact }) => artifact === step.value.artifact.path)).toBe(true);
  }
  expect(paths).toEqual(['a.pkl', 'b.pkl']);
});

describe('more than can be listed', () => {
  test('of one problem of archives the first is shown, and how many are like it', async () => {
    const own = await collected('a.zip', zipOf([{ name: 'a.txt', data: latin1('x') }]));
    const facts = [
      bomb('expansion', 'r1'),
      bomb('declared-size', 'd1'),
      bomb('expansion', 'r2'),
      bomb('expansion', 'r3'),
    ];
    const report = await judged([{ ...own, facts }]);
    expect(report.findings.map(({ evidence }) => evidence.signal)).toEqual(['expansion', 'declared-size']);
    const text = JSON.stringify(report.findings);
    expect(text).toContain('r1; 2 more like it');
    expect(text).not.toMatch(/d1;|r2|r3/);
  });

  test('the most severe are listed, in their order, and the artifact is incomplete', async () => {
    const own = await collected('a.pkl', pickle(op.none, op.stop));
    const [stream] = own.streams;
    if (stream === undefined) throw new Error('no stream');
    const fact = (module: string, offset: number) => globalFact(module, 'x', [], { at: at('a.pkl', offset) });
    const facts = Array.from({ length: MAX_FINDINGS }, (_, i) => fact('mylib', i));
    const all = await judged([{ ...own, streams: [{ ...stream, facts }] }]);
    expect([all.findings.length, all.incomplete]).toEqual([MAX_FINDINGS, []]);
    const system = { ...globalFact('os', 'system'), at: at('a.pkl', MAX_FINDINGS) };
    const cut = await judged([{ ...own, streams: [{ ...stream, facts: [...facts, system] }] }]);
    expect(cut.findings).toHaveLength(MAX_FINDINGS);
    expect(cut.findings.some(({ location }) => location.offset === MAX_FINDINGS)).toBe(true);
    expect(cut.incomplete).toEqual([
      {
        path: 'a.pkl',
        offset: null,
        cause: 'limit',
        reason: `only the ${MAX_FINDINGS} most severe of ${MAX_FINDINGS + 1} findings are listed`,
      },
    ]);
    expect(cut.artifacts[0]).toMatchObject({ status: 'incomplete', safety: { level: 4 } });
  });
});

/** A rule of our own on names of pickles, with what it makes of each. */
function ruleOn(match: (name: string) => Partial<Match> | undefined): Rule {
  const [rule] = RULES.filter(({ meta }) => meta.id === 'PICKLE-EXEC');
  if (rule === undefined) throw new Error('no such rule');
  const whole: Match = { signal: 's', call: null, chain: [], message: 'm', level: 1 };
  return {
    meta: rule.meta,
    on: ['pickle.global'],
    check: (fact) => {
      const own = fact.kind === 'pickle.global' ? match(fact.name) : undefined;
      return own === undefined ? undefined : { ...whole, ...own };
    },
  };
}

async function withNames(names: readonly string[]): Promise<Collected> {
  const own = await collected('a.pkl', pickle(op.none, op.stop));
  const facts = names.map((name, i) => globalFact('mylib', name, [], { at: at('a.pkl', i) }));
  return { ...own, streams: own.streams.map(({ stream }) => ({ stream, facts })) };
}

describe('which findings are the most severe', () => {
  // Enough of the middle one to push one of the others out.
  const middle = Array.from({ length: MAX_FINDINGS - 1 }, () => 'middle');

  test.each<[string, Partial<Match>, Partial<Match>, Partial<Match>]>([
    ['severity', { severity: 'LOW', level: 5 }, { severity: 'MEDIUM', level: 3 }, { severity: 'HIGH', level: 0 }],
    ['level', { severity: 'HIGH', level: 2 }, { severity: 'HIGH', level: 3 }, { severity: 'HIGH', level: 4 }],
  ])('is decided by the %s', async (_, low, mid, high) => {
    const rule = ruleOn((name) => (name === 'low' ? low : name === 'high' ? high : mid));
    const found = await withNames(['low', ...middle, 'high']);
    const { findings } = await judged([found], { rules: [rule] });
    expect([findings.length, findings[0]?.location.offset, findings.at(-1)?.location.offset]).toEqual([
      MAX_FINDINGS,
      1,
      MAX_FINDINGS,
    ]);
  });

  test('and what only raises a level is none of them', async () => {
    const rule = ruleOn((name) => (name === 'quiet' ? { quiet: true, level: 4 } : { severity: 'LOW', level: 1 }));
    const report = await judged([await withNames([...middle, 'one', 'quiet'])], { rules: [rule] });
    expect([report.findings.length, report.incomplete, report.artifacts[0]?.safety?.level]).toEqual([
      MAX_FINDINGS,
      [],
      4,
    ]);
  });
});

test('the level of a name is the highest that any rule gives it', async () => {
  const [high, low] = [ruleOn(() => ({ level: 4 })), ruleOn(() => ({ level: 1 }))];
  for (const rules of [
    [high, low],
    [low, high],
  ]) {
    const { artifacts } = await judged([await withNames(['a'])], { rules });
    expect(artifacts[0]?.safety?.level).toBe(4);
    expect(artifacts[0]?.parts).toMatchObject([{ safety: { level: 4 } }]);
  }
});

describe('the report', () => {
  test('repeats the size, the parts and what the source claims', async () => {
    const own = await collected('a.pkl', pickle(op.none, op.stop));
    const claimedSha256 = 'c'.repeat(64);
    const report = await judged([
      { ...own, claimedSha256, moreOpaque: 7, opaque: [{ path: 'a.pkl!x', format: 'onnx', size: 3, reason: 'r' }] },
      {
        ...own,
        path: 'b.pkl',
        unread: [{ path: 'b.pkl!y', what: 'storage-headers', count: 1, ranges: [], reason: 'it only repeats z' }],
      },
    ]);
    const [first, second] = report.artifacts;
    expect(first).toMatchObject({ size: 2, claimedSha256, moreParts: 7, format: 'pickle' });
    expect(first?.parts).toMatchObject([{ kind: 'stream' }, { kind: 'opaque', path: 'a.pkl!x', format: 'onnx' }]);
    expect(second).not.toHaveProperty('claimedSha256');
    expect(report.notes).toContain('b.pkl!y: it only repeats z');
  });

  test('says how long the run took, by the clock of the host', async () => {
    let time = 1_000;
    const platform = { ...portablePlatform, now: () => time };
    const report = await judge(
      (async function* () {
        const one = await collected('a.pkl', pickle(op.none, op.stop));
        yield { path: one.path, collected: () => Promise.resolve(one) };
        time += 250.4;
      })(),
      { platform },
    );
    expect(report.summary.durationMs).toBe(250);
  });

  test('holds what a comparison made of the findings, and its notes before others', async () => {
    const own = await collected('a.pkl', SYSTEM);
    const baseline = {
      file: 'old.json',
      tool: { name: 'sentinel', version: '1', rules: '1' },
      startedAt: null,
      failOnNew: false,
      new: 0,
      unchanged: 0,
      absent: [],
      notCompared: [],
    } as const;
    const report = await judged(
      [{ ...own, unread: [{ path: 'a.pkl!y', what: 'storage-headers', count: 1, ranges: [], reason: 'r' }] }],
      {
        mark: ({ artifacts, findings, incomplete, rules }) => {
          expect([artifacts.length, findings.length, incomplete]).toEqual([1, 1, []]);
          expect(rules).toEqual(new Set(RULES.map(({ meta }) => meta.id)));
          return { findings: [], notes: ['compared'], baseline };
        },
      },
    );
    expect([report.findings, report.notes.slice(0, 2), report.baseline]).toEqual([
      [],
      ['compared', 'a.pkl!y: r'],
      baseline,
    ]);
  });

  test('names the artifact in the retest of each finding, and asks for none without findings', async () => {
    const asked: string[] = [];
    const report = await scan([input('a.pkl', SYSTEM), input('b.pkl', pickle(op.none, op.stop))], {
      retestTarget: (artifact) => {
        asked.push(artifact);
        return { paths: [`at/${artifact}`], policy: null };
      },
    });
    expect(report.findings.map(({ retest }) => retest)).toEqual(['sentinel artifact at/a.pkl --rule PICKLE-EXEC']);
    expect(asked).toEqual(['a.pkl']);
  });

  test('is broken off for an artifact by an error of who collects it: nothing is known of its size', async () => {
    const report = await judge(
      (async function* () {
        yield { path: 'a.pkl', collected: () => Promise.reject(new Error('gone')) };
      })(),
    );
    expect(report.artifacts).toMatchObject([{ path: 'a.pkl', size: 0, status: 'incomplete' }]);
    expect(report.summary).toMatchObject({ bytesTotal: 0, bytesRead: 0, skipped: 0 });
  });
});

describe('the highest level of a path', () => {
  const paths = [{ match: ['strict/**'], maxAcceptableSeverity: 1 as const, why: null, origin: 'p.yml:3' }];
  const policy: Policy = { ...DEFAULT_POLICY, maxAcceptableSeverity: 5, paths };

  test('is that of the policy, by the names that an artifact goes by', async () => {
    const rules = [ruleOn(() => ({ severity: 'LOW', level: 3 }))];
    const own = await withNames(['a']);
    const strict = { ...own, path: 'strict/a.pkl' };
    expect((await judged([own, strict], { policy, rules })).reasons).toEqual([
      expect.stringMatching(/^strict\/a\.pkl .*of p\.yml:3/),
    ]);
    const policyPaths = (): readonly string[] => ['strict/b.pkl'];
    expect((await judged([own], { policy, rules, policyPaths })).reasons).toHaveLength(1);
  });

  test('is lowered by a policy in the tree', async () => {
    const rules = [ruleOn(() => ({ severity: 'LOW', level: 3 }))];
    const none = { file: 'tree.yml', folder: null, defaults: {}, categories: {}, rules: {}, paths: [] };
    const tightened: Policy = {
      ...policy,
      paths: [],
      tightenedBy: [{ ...none, maxAcceptableSeverity: 2 }],
    };
    const report = await judged([await withNames(['a'])], {
      policy: { ...policy, paths: [] },
      rules,
      policyFor: () => Promise.resolve({ policy: tightened, problem: null }),
    });
    expect(report.reasons).toEqual([expect.stringMatching(/^a\.pkl .*of tree\.yml/)]);
    expect(report.incomplete).toEqual([]);
  });
});

describe('hashes', () => {
  const sha256 = 'a'.repeat(64);

  test.each([
    ['findings', null, 'no finding; --hash all hashes it'],
    ['all', sha256, null],
    ['none', sha256, null],
  ] as const)('asked for %s: an artifact without findings', async (hash, reported, why) => {
    const own = await collected('a.pkl', pickle(op.none, op.stop));
    const { artifacts } = await judged([{ ...own, sha256 }], { hash });
    expect(artifacts).toMatchObject([{ sha256: reported, notHashed: why }]);
  });

  test.each([
    ['findings', 'no finding; --hash all hashes it', 'it could not be read as a whole'],
    ['all', 'it could not be read as a whole', 'it could not be read as a whole'],
    ['none', 'not asked for', 'not asked for'],
  ] as const)('asked for %s: artifacts without one', async (hash, without, withFinding) => {
    const [own, hostile] = [await collected('a.pkl', pickle(op.none, op.stop)), await collected('b.pkl', SYSTEM)];
    const { artifacts } = await judged(
      [
        { ...own, sha256: null },
        { ...hostile, sha256: null },
      ],
      { hash },
    );
    expect(artifacts.map(({ notHashed }) => notHashed)).toEqual([without, withFinding]);
  });

  test('of which are asked by a scan', async () => {
    const hashed = async (hash?: 'none' | 'findings' | 'all'): Promise<unknown> => {
      const inputs = [input('a.pkl', pickle(op.none, op.stop)), input('b.pkl', SYSTEM)];
      const { artifacts } = await scan(inputs, hash === undefined ? {} : { hash });
      return artifacts.map((one) => one.sha256 !== null);
    };
    expect(await Promise.all([hashed(), hashed('none'), hashed('findings'), hashed('all')])).toEqual([
      [false, false],
      [false, false],
      [false, true],
      [true, true],
    ]);
  });

  test('of a pin of the policy are reported of artifacts without findings, too', async () => {
    const entry = { entry: 'x.Y', role: 'bare', why: null, owner: null, expires: null, sha256, origin: 'o' } as const;
    const own = await collected('a.pkl', pickle(op.none, op.stop));
    const policy: Policy = { ...DEFAULT_POLICY, allow: [entry] };
    const { artifacts } = await judged([{ ...own, sha256 }], { hash: 'findings', policy });
    expect(artifacts).toMatchObject([{ sha256, notHashed: null }]);
  });
});

describe('allow entries in the report', () => {
  const pinned = (sha256: string | null): Policy => ({
    ...DEFAULT_POLICY,
    allow: [{ entry: 'mylib.Thing', role: 'bare', why: null, owner: null, expires: null, sha256, origin: 'o' }],
  });

  test('are used where a name needs them', async () => {
    const own = await collected('a.pkl', UNKNOWN);
    expect((await judged([own], { policy: pinned(null) })).allow).toMatchObject([{ state: 'used', detail: null }]);
    const none = await collected('a.pkl', pickle(op.none, op.stop));
    expect((await judged([none], { policy: pinned(null) })).allow).toMatchObject([{ state: 'unused', detail: null }]);
  });

  test('are unused where another artifact than theirs names what they allow, which is said', async () => {
    const own = { ...(await collected('a.pkl', UNKNOWN)), sha256: 'b'.repeat(64) };
    const { allow } = await judged([own], { policy: pinned('a'.repeat(64)) });
    expect(allow).toMatchObject([
      { state: 'unused', detail: expect.stringMatching(/^pinned to another artifact: a\.pkl names it/) },
    ]);
    // What is dangerous, no entry would have let pass.
    const other = { ...(await collected('a.pkl', SYSTEM)), sha256: 'b'.repeat(64) };
    expect((await judged([other], { policy: pinned('a'.repeat(64)) })).allow).toMatchObject([{ detail: null }]);
  });
});

describe('an aborted run', () => {
  const reason = new Error('enough');

  test('asks for no artifact where it was aborted before', async () => {
    let asked = 0;
    const turns = (async function* () {
      asked += 1;
      yield { path: 'a.pkl', collected: () => collected('a.pkl', UNKNOWN) };
    })();
    await expect(judge(turns, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(asked).toBe(0);
  });

  test('ends behind the artifact that was being collected, and behind the last one', async () => {
    const abortedIn = async (when: 'collecting' | 'behind'): Promise<string[]> => {
      const controller = new AbortController();
      const given: string[] = [];
      const turns = (async function* () {
        yield {
          path: 'a.pkl',
          collected: async () => {
            if (when === 'collecting') controller.abort(reason);
            return collected('a.pkl', UNKNOWN);
          },
        };
        controller.abort(reason);
      })();
      await expect(
        (async () => {
          for await (const { artifact } of judgeEach(turns, { signal: controller.signal })) given.push(artifact.path);
        })(),
      ).rejects.toBe(reason);
      return given;
    };
    expect([await abortedIn('collecting'), await abortedIn('behind')]).toEqual([[], ['a.pkl']]);
  });
});
