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
import { DEFAULT_POLICY } from './policy/defaults.js';
import { judge, scan, scanEach, type Progress, type RunOptions } from './scan.js';

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
