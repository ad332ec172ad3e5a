import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isModelBundle, readModelBundle, checkSignature } from '../../packages/cli/src/model-signing/bundle.js';
import { checkChain, readTrusted } from '../../packages/cli/src/model-signing/certificates.js';
import {
  certificateParts,
  DerError,
  hasFirstBit,
  pathLength,
  purposes,
} from '../../packages/cli/src/model-signing/der.js';
import { readManifest, refuseEarliest } from '../../packages/cli/src/model-signing/manifest.js';
import { openBundle, readLines } from '../../packages/cli/src/attest/bundle.js';
import { checkStatement } from '../../packages/cli/src/attest/check-statement.js';
import { Refusal, Unsupported } from '../../packages/cli/src/attest/dsse.js';
import { statementOf } from '../../packages/cli/src/attest/statement.js';
import { openBaseline } from '../../packages/cli/src/baseline/open-baseline.js';
import { readEarlierReport } from '../../packages/cli/src/retest/read-report.js';
import { torchRequirement } from '../../packages/core/src/python/requirements.js';
import { bytecodeNames } from '../../packages/core/src/formats/torchscript/bytecode.js';
import { scriptCode } from '../../packages/core/src/formats/torchscript/code.js';
import { executorchNames } from '../../packages/core/src/formats/torchscript/executorch.js';
import { exportedNames } from '../../packages/core/src/formats/torchscript/exported-program.js';
import { memorySource } from '../../packages/core/src/bytes/source.js';
import type { SourceNeighbours } from '../../packages/core/src/model/neighbours.js';
import type { RunReport } from '../../packages/core/src/model/report.js';
import { scan } from '../../packages/core/src/scan.js';
import type { Random } from '../../packages/core/test/random-pickle.js';
import { loadGateConfig } from '../../packages/gate/src/config/load.js';
import { changedJson } from './json.js';
import { enlarged, mutated } from './mutate.js';
import type { Target } from './target.js';

/*
 * What is half trusted: reports, statements, signatures and certificates that others hand over, configurations, and the
 * texts in archives that say which operators they use.
 */

const toText = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const toBytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Errors that the command line has words for, beside those of the core. */
export const REFUSALS: readonly (new (message: string) => Error)[] = [Refusal, Unsupported, DerError];

const RUN: RunReport = {
  startedAt: '2026-01-01T00:00:00.000Z',
  paths: ['m.pkl'],
  rules: [],
  policy: null,
  policyFiles: [{ path: 'p.yml', sha256: '0'.repeat(64), trusted: true, by: 'found' }],
  maxAcceptableSeverity: null,
  alsoAllow: [],
  timeoutSeconds: null,
  requireArtifacts: false,
};

async function reportSeed(): Promise<Record<string, unknown>> {
  const bytes = toBytes('cos\nsystem\n(Va\ntR.');
  const report = await scan([{ path: 'm.pkl', source: memorySource(bytes), size: bytes.length }], {
    command: 'sentinel artifact m.pkl',
    run: RUN,
    today: '2026-01-01',
  });
  const artifacts = report.artifacts.map((artifact) => ({ ...artifact, sha256: '1'.repeat(64), notHashed: null }));
  return JSON.parse(JSON.stringify({ ...report, artifacts })) as Record<string, unknown>;
}

function closureSeed(report: Record<string, unknown>): Record<string, unknown> {
  const state = { path: 'm.pkl', sha256: '1'.repeat(64), notHashed: null };
  const [finding] = report['findings'] as Record<string, unknown>[];
  return {
    schemaVersion: 1,
    kind: 'closure',
    tool: report['tool'],
    command: 'sentinel retest r.json',
    time: RUN.startedAt,
    outcome: 'closed',
    report: { path: 'r.json', sha256: '2'.repeat(64), tool: report['tool'], command: '', startedAt: RUN.startedAt },
    run: RUN,
    settings: [],
    policy: { before: [], after: [], changes: [] },
    counts: { closed: 1, removed: 0, open: 0, unverifiable: 0, new: 0 },
    findings: [{ ...finding, status: 'closed', reason: 'gone', before: state, after: state, action: null }],
    newFindings: [],
    scan: { verdict: 'pass', reasons: [], artifacts: [state], incomplete: [] },
    notes: [],
  };
}

const folder = mkdtempSync(join(tmpdir(), 'sentinel-fuzz-'));
const file = join(folder, 'document');

/** For readers of files. */
function written(bytes: Uint8Array): string {
  writeFileSync(file, bytes);
  return file;
}

/** Three quarters with other values, the rest with other bytes. */
function documents(seeds: readonly unknown[]): Target['make'] {
  const texts = seeds.map((seed) => toBytes(JSON.stringify(seed)));
  return (random) =>
    random(4) === 0
      ? mutated(random, texts, [])
      : toBytes(JSON.stringify(changedJson(random, seeds[random(seeds.length)])) ?? '');
}

const either =
  (...makers: Target['make'][]): Target['make'] =>
  (random: Random) =>
    (makers[random(makers.length)] as Target['make'])(random);
const changed =
  (seeds: readonly Uint8Array[], words: readonly Uint8Array[] = []): Target['make'] =>
  (random) =>
    mutated(random, seeds, words);
const large =
  (seeds: readonly Uint8Array[], words: readonly Uint8Array[] = []): Target['make'] =>
  (random) =>
    enlarged(random, seeds, words);

const RULES = {
  rules: [],
  policy: null,
  anyPolicy: false,
  anyVerdict: false,
  allowIncomplete: false,
  type: undefined,
  maxAgeDays: 30,
  anyCatalogue: false,
  now: new Date('2026-01-02'),
} as const;
const LENIENT = { ...RULES, anyPolicy: true, anyVerdict: true, anyCatalogue: true, maxAgeDays: undefined } as const;

/** Both makers, since the first refusal ends one of them. */
function statement(bytes: Uint8Array): void {
  try {
    checkStatement(bytes, LENIENT);
  } finally {
    checkStatement(bytes, RULES);
  }
}

const NOW = new Date('2026-01-02');

/** A signature as `verify` reads it, up to where the files of the model are looked at. */
function modelTargets(root: string): Target[] {
  const base = join(root, 'fixtures/model-signing');
  const names = readdirSync(base).toSorted();
  const bundles = names.filter((name) => name.endsWith('.sig')).map((name) => readFileSync(join(base, name), 'utf8'));
  const parsed = bundles.map((text) => JSON.parse(text) as unknown);
  const read = parsed.map(readModelBundle);
  const chains = read.flatMap(({ chain }) => chain ?? []);
  const extensions = chains.flatMap((one) => [...certificateParts(one).extensions.values()].map(({ value }) => value));
  const trusted = readTrusted([join(base, 'root.crt.pem')]);
  const key = createPublicKey(readFileSync(join(base, 'p256.pub.pem')));
  const manifests = read.map(({ payload }) => JSON.parse(payload.toString('utf8')) as unknown);
  const der = (bytes: Uint8Array): void => {
    const all = Buffer.from(bytes);
    for (const reader of [hasFirstBit, pathLength, purposes]) attempt(() => void reader(all));
    for (const { value } of certificateParts(all).extensions.values())
      for (const reader of [hasFirstBit, pathLength, purposes]) attempt(() => void reader(value));
  };
  const pem = names.filter((name) => name.endsWith('.crt.pem')).map((name) => readFileSync(join(base, name)));
  return [
    { name: 'signed model: bundle', share: 4, make: documents(parsed), run: (bytes) => bundle(bytes, key) },
    { name: 'signed model: DER', share: 12, make: changed([...chains, ...extensions]), run: der },
    {
      name: 'signed model: chain',
      share: 2,
      make: changed(chains),
      run: (bytes) => void checkChain([Buffer.from(bytes), ...chains.slice(1, 3)], trusted, NOW),
    },
    { name: 'signed model: trusted', share: 2, make: changed(pem), run: (bytes) => void readTrusted([written(bytes)]) },
    { name: 'signed model: manifest', share: 6, make: documents(manifests), run: manifest },
  ];
}

/** Each reader by itself: one that refuses does not keep the next from its bytes. */
function attempt(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
  }
}

function bundle(bytes: Uint8Array, key: Parameters<typeof checkSignature>[1]): void {
  for (const { value } of readLines(toText(bytes))) {
    if (!isModelBundle(value)) continue;
    const read = readModelBundle(value);
    if (read.chain === null) checkSignature(read, key);
    else checkChain(read.chain, [], NOW);
  }
}

function manifest(bytes: Uint8Array): void {
  refuseEarliest(bytes);
  readManifest(bytes);
}

const CODE = [
  'op_version_set = 1\nclass M(Module):\n  __parameters__ = []\n  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n    _0 = ops.my.op(x, "a b", 1.0, [1, -2])\n    _1 = __torch__.torch.classes.a.B.__new__(__torch__.torch.classes.a.B)\n    if torch.eq(x, 1):\n      y = torch.add(x, x)\n    else:\n      y = x\n    return y\n',
  "def f(x: Tensor) -> Tuple[Tensor, str]:\n  z = annotate(List[int], [])\n  s = 'a\\'b'\n  return (x, s)\n",
].map(toBytes);
const CODE_WORDS = ['"', "'", '\\', 'ops.', '__torch__.torch.classes.', '(', ')', '[', '\n', '#', '"""', 'torch.'].map(
  toBytes,
);
const EXPORTED = [
  {
    graph_module: {
      graph: {
        nodes: [{ target: 'torch.ops.my.op.default', inputs: [{ name: 'x', arg: { as_tensor: { name: 'x' } } }] }],
      },
      signature: {},
    },
    opset_version: { aten: 10 },
    schema_version: { major: 8, minor: 2 },
  },
];
const REQUIREMENTS = [
  '# needs\ntorch>=1.13,<2.6; python_version > "3.8"\nnumpy\n',
  '[project]\ndependencies = ["torch ~= 2.1", \'pytorch[extra]==2.0\', "a"]\n',
  'dependencies:\n  - pytorch=2.5.1=py3_cuda\n',
].map(toBytes);
const REQUIREMENT_WORDS = ['torch', '>=', '==', '"', ',', '[', ']', '.', '1', ' ', '#', '\u2028', 'pytorch '].map(
  toBytes,
);
const GATE = [
  'upstream: http://127.0.0.1:8000\nlisten: 127.0.0.1:8443\nmode: enforce\nroutes:\n  - path: /v1/{name}\n    methods: [POST]\n    body: {max: 10MB}\nevents:\n  - file: events.jsonl\n',
  'upstream: http://127.0.0.1:8000\ndialects: [mlflow, torchserve]\nlimits: {body: 1GB}\n',
].map(toBytes);
const GATE_WORDS = [
  '&a ',
  '*a',
  '<<: ',
  '[',
  '{',
  '- ',
  '? ',
  '!!binary ',
  '|\n',
  '/{x}',
  'routes:\n',
  '10MB',
  '\t',
].map(toBytes);

function requirements(bytes: Uint8Array): void {
  const neighbours: Pick<SourceNeighbours, 'requirements'> = {
    requirements: () => [{ path: 'requirements.txt', text: toText(bytes) }],
  };
  torchRequirement('a.py', neighbours as SourceNeighbours, () => undefined);
}

function scriptTargets(pickles: readonly Uint8Array[]): Target[] {
  const bytecode = (bytes: Uint8Array): void => void bytecodeNames(bytes);
  const exported = (bytes: Uint8Array): void => void exportedNames(bytes);
  const code = (bytes: Uint8Array): void => void JSON.stringify(scriptCode(bytes));
  const gate = (bytes: Uint8Array): void => void loadGateConfig(toText(bytes), 'gate.yml');
  return [
    { name: 'torchscript: code', share: 2, make: changed(CODE, CODE_WORDS), run: code },
    { name: 'torchscript: bytecode', share: 12, make: changed(pickles), run: bytecode },
    { name: 'torchscript: executorch', share: 6, make: changed(pickles), run: (bytes) => void executorchNames(bytes) },
    { name: 'exported program', share: 6, make: documents(EXPORTED), run: exported },
    { name: 'requirements', share: 10, make: changed(REQUIREMENTS, REQUIREMENT_WORDS), run: requirements },
    { name: 'configuration of the gate', share: 4, make: changed(GATE, GATE_WORDS), run: gate },
    { name: 'large: torchscript code', share: 0.05, make: large(CODE, CODE_WORDS), run: code },
    { name: 'large: bytecode', share: 0.05, make: large(pickles), run: bytecode },
    {
      name: 'large: exported program',
      share: 0.05,
      make: large(
        EXPORTED.map((one) => toBytes(JSON.stringify(one))),
        ['[', '{"a":'].map(toBytes),
      ),
      run: exported,
    },
    { name: 'large: requirements', share: 0.05, make: large(REQUIREMENTS, REQUIREMENT_WORDS), run: requirements },
    { name: 'large: configuration of the gate', share: 0.05, make: large(GATE, GATE_WORDS), run: gate },
  ];
}

export async function documentTargets(root: string, pickles: readonly Uint8Array[]): Promise<Target[]> {
  const report = await reportSeed();
  const closure = closureSeed(report);
  const records = [report, closure];
  const statements = records.map(
    (record) => statementOf(written(toBytes(JSON.stringify(record)))).statement as unknown,
  );
  const { publicKey } = generateKeyPairSync('ed25519');
  const envelope = {
    payloadType: 'application/vnd.in-toto+json',
    payload: Buffer.from(JSON.stringify(statements[0])).toString('base64'),
    signatures: [{ keyid: 'k', sig: Buffer.alloc(64).toString('base64') }],
  };
  return [
    {
      name: 'report for a retest',
      share: 4,
      make: documents([report]),
      run: (bytes) => void readEarlierReport(written(bytes)),
    },
    {
      name: 'report for a baseline',
      share: 3,
      make: documents([report]),
      run: (bytes) => void openBaseline(written(bytes), true),
    },
    { name: 'record to attest', share: 4, make: documents(records), run: (bytes) => void statementOf(written(bytes)) },
    { name: 'statement', share: 5, make: documents(statements), run: statement },
    {
      name: 'envelope',
      share: 5,
      make: either(documents([envelope]), large([toBytes(JSON.stringify(envelope))], [toBytes('\n')])),
      run: (bytes) => void openBundle(readLines(toText(bytes)), { key: publicKey, id: 'k' }),
    },
    ...modelTargets(root),
    ...scriptTargets(pickles),
  ];
}
