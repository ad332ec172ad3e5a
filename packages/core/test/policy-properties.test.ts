import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../src/bytes/source.js';
import type { ScanInput } from '../src/collect.js';
import { PolicyError } from '../src/model/errors.js';
import type { AllowEntry, Policy } from '../src/model/policy.js';
import { streamsOf, type Finding, type GlobalReport, type Report, type RunReport } from '../src/model/report.js';
import { CATEGORIES } from '../src/model/rule.js';
import { SAFETY_LEVELS, SEVERITIES } from '../src/model/severity.js';
import { actionFor, askedBy, isStricter } from '../src/policy/action.js';
import { contradictions } from '../src/policy/contradictions.js';
import { DEFAULT_POLICY } from '../src/policy/defaults.js';
import { loadPolicy } from '../src/policy/load.js';
import { maximumFor } from '../src/policy/maximum.js';
import { tighten } from '../src/policy/tighten.js';
import { RULES } from '../src/rules/index.js';
import { scan } from '../src/scan.js';
import { sized } from '../../../oracles/full-size.js';
import { op, pickle, type Op } from './kit.js';
import { randomPickle, seeded } from './random-pickle.js';
import { TODAY } from './report-kit.js';
import { STILL } from './still-platform.js';

const input = (bytes: Uint8Array, path = 'in/m.pkl'): ScanInput => ({
  path,
  source: memorySource(bytes),
  size: bytes.length,
});
const scanned = (inputs: readonly ScanInput[], policy: Policy): Promise<Report> =>
  scan(inputs, { policy, today: TODAY, platform: STILL });

const entry = (name: string): AllowEntry => ({
  entry: name,
  role: 'bare',
  why: 'w',
  owner: null,
  expires: null,
  sha256: null,
  origin: 'p.yml:1',
});

/** Names of a user's library, spelt so that one could be taken for another. */
const OWN = [
  ['mylib', 'Net'],
  ['mylib', 'net'],
  ['mylib.Net', 'Net'],
  ['mylib', 'Net.Net'],
  ['mylib', 'run'],
  ['UserString', 'UserString'],
] as const;
const KNOWN = [
  ['os', 'system'],
  ['collections', 'OrderedDict'],
  ['functools', 'partial'],
  ['builtins', 'getattr'],
  ['numpy', 'sin'],
  ['torch._tensor', '_rebuild_from_type_v2'],
] as const;

const nameOp = fc
  .constantFrom(...OWN, ...KNOWN)
  .chain(([module, name]) =>
    fc.constantFrom<Op>(
      op.global(module, name),
      pickle(op.shortBinUnicode(module), op.shortBinUnicode(name), op.stackGlobal),
    ),
  );
const text = fc.constantFrom('x', 'y').map((value) => op.shortBinUnicode(value));
const value: fc.Arbitrary<Op> = fc.letrec<{ value: Op }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    nameOp,
    text,
    fc.tuple(nameOp, tie('value')).map(([callee, arg]) => pickle(callee, arg, op.tuple1, op.reduce)),
    fc
      .tuple(nameOp, nameOp, tie('value'))
      .map(([callee, arg, state]) => pickle(callee, arg, op.tuple1, op.reduce, state, op.build)),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => pickle(a, b, op.tuple2)),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => pickle(a, op.pop, b)),
  ),
})).value;
const stream = fc.oneof(
  value.map((body) => pickle(op.proto(4), body, op.stop)),
  fc.tuple(fc.integer(), fc.integer({ min: 1, max: 25 })).map(([seed, length]) => randomPickle(seeded(seed), length)),
);

/** What tells a finding and all that is decided about it. */
const keyOf = ({ fingerprint, action, severity, safety, evidence }: Finding): string =>
  JSON.stringify({ fingerprint, action, severity, safety, evidence });

function globalsOf(report: Report): GlobalReport[] {
  return report.artifacts.flatMap((artifact) => streamsOf(artifact).flatMap((item) => item.globals));
}

/** A global that goes by the entry's name, in the stream or where Python 3 looks for it. */
function goesBy(module: string, name: string, wanted: string): boolean {
  return `${module}.${name}` === wanted || (module === 'UserString' && wanted === 'collections.UserString');
}

describe('adding an allow entry', () => {
  const candidates = [
    ...OWN.map(([module, name]) => `${module}.${name}`),
    'collections.UserString',
    'numpy.sin',
    'numpy.core',
  ];

  test('removes findings about exactly that global and changes nothing about any other', async () => {
    let removed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(stream, { minLength: 1, maxLength: 3 }),
        fc.subarray(candidates),
        fc.constantFrom(...candidates),
        async (streams, others, added) => {
          const inputs = (): ScanInput[] => streams.map((bytes, i) => input(bytes, `in/${i}.pkl`));
          const allow = others.filter((name) => name !== added).map(entry);
          const before = await scanned(inputs(), { ...DEFAULT_POLICY, allow });
          const after = await scanned(inputs(), { ...DEFAULT_POLICY, allow: [...allow, entry(added)] });

          const left = new Set(after.findings.map(keyOf));
          const known = new Set(before.findings.map(keyOf));
          expect([...left].filter((finding) => !known.has(finding))).toEqual([]);
          for (const finding of before.findings.filter((item) => !left.has(keyOf(item)))) {
            removed += 1;
            expect(finding.ruleId).toBe('PICKLE-GLOBAL-IMPORT');
            const at = globalsOf(before).find(
              (item) => finding.evidence.signal === `${item.via} ${item.module}.${item.name}`,
            );
            // The global itself, or a callable whose one fault is that it was given that global.
            const about = at !== undefined && goesBy(at.module, at.name, added);
            expect(about || finding.evidence.call?.includes(added) === true, keyOf(finding)).toBe(true);
          }

          expect(after.incomplete).toEqual(before.incomplete);
          expect(after.notes).toEqual(before.notes);
          globalsOf(before).forEach((was, index) => {
            const is = globalsOf(after)[index];
            if (was.class !== 'unexpected') expect(is).toEqual(was);
          });
          before.artifacts.forEach((artifact, index) => {
            const own = after.findings.filter((finding) => finding.artifact === artifact.path);
            const highest = Math.max(0, ...own.map((finding) => finding.safety.level));
            const level = after.artifacts[index]?.safety?.level ?? -1;
            expect(level).toBeGreaterThanOrEqual(highest);
            const same = own.length === before.findings.filter((finding) => finding.artifact === artifact.path).length;
            if (same) expect(level).toBe(artifact.safety?.level);
          });
        },
      ),
      { numRuns: sized(300, 80) },
    );
    // The property says nothing where no entry ever counts.
    expect(removed).toBeGreaterThan(sized(20, 4));
  });
});

const severities = fc.subarray([...SEVERITIES]);
const level = fc.constantFrom('strict', 'moderate', 'permissive', ...SAFETY_LEVELS);
const part = fc.record(
  { fail_on: severities, ticket_on: severities, owner: fc.constant('o'), retest: fc.constant('r') },
  { requiredKeys: [] },
);
const day = fc.constantFrom('2026-05-31', '2026-06-01', '2099-12-31');
const paths = fc.array(
  fc.record({
    match: fc.constantFrom(['**'], ['in/**', '!in/a/**'], ['*.pkl', '**/b.pkl']),
    max_acceptable_severity: level,
  }),
  { maxLength: 2 },
);
const rules = fc
  .subarray(RULES.map(({ meta }) => meta.id))
  .chain((ids) => fc.tuple(...ids.map((id) => part.map((own) => [id, own] as const))))
  .map((pairs) => Object.fromEntries(pairs));
const allowed = fc.uniqueArray(
  fc.record({ entry: fc.constantFrom('mylib.Net', 'mylib.net', 'mylib.run'), why: fc.constant('w'), expires: day }),
  { selector: (item) => item.entry },
);
const accepted = (fingerprints: readonly string[]): fc.Arbitrary<object[]> =>
  fc.uniqueArray(
    fc.record({
      fingerprint: fc.constantFrom(`${'0'.repeat(31)}a`, ...fingerprints),
      owner: fc.constant('o'),
      why: fc.constant('w'),
      expires: day,
    }),
    { selector: (item) => item.fingerprint },
  );

/** The text of a valid policy: JSON is YAML. */
function policyText(fingerprints: readonly string[] = []): fc.Arbitrary<string> {
  const first = fc.record(
    {
      fail_on: severities,
      ticket_on: severities,
      rules,
      max_acceptable_severity: level,
      paths,
      allow: allowed,
      accept: accepted(fingerprints),
      source_comments: fc.record({ accept: fc.constant(['**']) }),
    },
    { requiredKeys: [] },
  );
  const rest = fc
    .subarray([...CATEGORIES])
    .chain((names) => fc.tuple(...names.map((category) => part.map((own) => ({ ...own, category })))));
  return fc
    .tuple(first, rest)
    .map(([general, more]) => [general, ...more].map((document) => JSON.stringify(document)).join('\n---\n'));
}

const RUN: RunReport = {
  startedAt: '2026-06-01T00:00:00.000Z',
  paths: ['in'],
  rules: [],
  policy: null,
  policyFiles: [],
  maxAcceptableSeverity: null,
  alsoAllow: [],
  timeoutSeconds: null,
  requireArtifacts: false,
};

const LAX = `fail_on: []\nticket_on: []\nmax_acceptable_severity: OVERTLY_MALICIOUS\n`;

describe('no policy text makes an incomplete scan pass', () => {
  const system = pickle(op.proto(2), op.global('os', 'system'), op.shortBinUnicode('x'), op.tuple1, op.reduce, op.stop);
  const INCOMPLETE: readonly (readonly [string, ScanInput])[] = [
    ['truncated', input(system.subarray(0, system.length - 8))],
    ['a cut name', input(pickle(op.proto(2), op.global('mylib', 'Net')))],
    ['no file', { path: 'in/gone.pkl', source: null, size: 0, problem: { cause: 'unreadable', reason: 'gone' } }],
    [
      'an LFS pointer',
      input(new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n')),
    ],
  ];

  test.each(INCOMPLETE)('%s', async (_name, file) => {
    const first = await scanned([file], DEFAULT_POLICY);
    expect(first.incomplete.length).toBeGreaterThan(0);
    const fingerprints = first.findings.map((finding) => finding.fingerprint);
    const accept = fingerprints.map(
      (fingerprint) => `  - {fingerprint: '${fingerprint}', owner: o, why: w, expires: 2099-01-01}`,
    );
    const excused = await scanned(
      [file],
      loadPolicy(`${LAX}${accept.length > 0 ? `accept:\n${accept.join('\n')}\n` : ''}`, 'p.yml'),
    );
    expect(excused.verdict).toBe('incomplete');
    await fc.assert(
      fc.asyncProperty(policyText(fingerprints), async (written) => {
        const report = await scanned(
          [file, input(pickle(op.none, op.stop), 'in/fine.pkl')],
          loadPolicy(written, 'p.yml'),
        );
        expect(report.verdict).not.toBe('pass');
      }),
      { numRuns: sized(100, 20) },
    );
  });

  test('nor does a text that is no policy: it is refused, by an error of ours', () => {
    const words = fc.constantFrom(
      'fail_on',
      ': ',
      '[',
      ']',
      '{',
      '}',
      '\n',
      '- ',
      '  ',
      'HIGH',
      '---\n',
      '&a',
      '*a',
      '!!x',
      '"',
      '__proto__',
      'rules',
      '?',
      '|',
      '#',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words, { maxLength: 30 }).map((list) => list.join('')),
        ),
        (written) => {
          try {
            loadPolicy(written, 'p.yml');
          } catch (error) {
            expect(error).toBeInstanceOf(PolicyError);
          }
        },
      ),
      { numRuns: sized(3000, 500) },
    );
  });
});

const CALLS = `import torch
torch.load("a")  # sentinel: ignore[TORCH-LOAD-UNTRUSTED] read back what was written
`;

describe('a report', () => {
  const system = pickle(op.proto(2), op.global('os', 'system'), op.shortBinUnicode('x'), op.tuple1, op.reduce, op.stop);
  const files = (): ScanInput[] => [
    input(system, 'in/system.pkl'),
    input(system.subarray(0, -4), 'in/cut.pkl'),
    input(pickle(op.proto(2), op.global('mylib', 'Net'), op.stop), 'in/net.pkl'),
    input(new TextEncoder().encode(CALLS), 'in/a.py'),
  ];

  test('never contradicts itself, under any policy, tightened or not', async () => {
    const fingerprints = (await scanned(files(), DEFAULT_POLICY)).findings.map((finding) => finding.fingerprint);
    const runs = sized(150, 25);
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(policyText(fingerprints), policyText(), fc.boolean(), async (own, came, isTightened) => {
        const base = loadPolicy(own, 'own.yml');
        const run = { ...RUN, policyFiles: isTightened ? [{ path: 'found.yml', sha256: '', trusted: false }] : [] };
        const policy = isTightened ? tighten(base, loadPolicy(came, 'found.yml')).policy : base;
        const report = await scan(files().slice(0, isTightened ? 4 : 2), {
          policy: base,
          policyFor: () => Promise.resolve({ policy, problem: null }),
          today: TODAY,
          run,
        });
        expect(contradictions(report)).toEqual([]);
        for (const verdict of ['pass', 'fail', 'incomplete'] as const)
          if (verdict !== report.verdict) expect(contradictions({ ...report, verdict })).not.toEqual([]);
        passed += 1;
      }),
      { numRuns: runs },
    );
    expect(passed).toBe(runs);
  });

  test('whose findings were made harmless says so', async () => {
    const report = await scan(files(), { today: TODAY, run: RUN });
    expect(contradictions(report)).toEqual([]);
    for (const [index, finding] of report.findings.entries()) {
      for (const action of ['fail', 'ticket', 'note'] as const) {
        if (action === finding.action) continue;
        const findings = report.findings.map((item, i) => (i === index ? { ...item, action } : item));
        expect(contradictions({ ...report, findings }), `${finding.ruleId} ${action}`).not.toEqual([]);
      }
      expect(contradictions({ ...report, findings: report.findings.filter((_, i) => i !== index) })).not.toEqual([]);
    }
  });
});

describe('a policy that came with the files', () => {
  const meta = RULES.map((rule) => rule.meta);

  test('asks for exactly as much as the stricter of both', () => {
    fc.assert(
      fc.property(policyText(), policyText(), (own, came) => {
        const base = loadPolicy(own, 'own.yml', '/repo');
        const found = loadPolicy(came, 'found.yml', '/repo/in');
        const { policy } = tighten(base, found);
        const [asked] = policy.tightenedBy;
        expect(asked).toBeDefined();
        for (const rule of meta) {
          for (const severity of SEVERITIES) {
            const was = actionFor(rule, severity, base);
            const wanted = asked === undefined ? was : askedBy(asked, rule, severity);
            expect(actionFor(rule, severity, policy)).toBe(isStricter(wanted, was) ? wanted : was);
          }
        }
        for (const path of ['/repo/in/a.pkl', '/repo/a.pkl', '/repo/in/a/b.pkl']) {
          expect(maximumFor(policy, [path]).level).toBeLessThanOrEqual(maximumFor(base, [path]).level);
        }
        expect([policy.allow, policy.accept, policy.sourceComments]).toEqual([
          base.allow,
          base.accept,
          base.sourceComments,
        ]);
      }),
      { numRuns: sized(300, 50) },
    );
  });

  test('lets nothing pass that failed without it', async () => {
    const file = (): ScanInput => input(pickle(op.proto(2), op.global('mylib', 'Net'), op.stop));
    await fc.assert(
      fc.asyncProperty(policyText(), policyText(), async (own, came) => {
        const base = loadPolicy(own, 'own.yml');
        const before = await scanned([file()], base);
        const after = await scanned([file()], tighten(base, loadPolicy(came, 'found.yml')).policy);
        if (before.verdict !== 'pass') expect(after.verdict).toBe(before.verdict);
      }),
      { numRuns: sized(200, 30) },
    );
  });
});
