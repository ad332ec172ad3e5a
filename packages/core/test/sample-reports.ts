import { markAgainst } from '../src/closure/baseline.js';
import type { Report } from '../src/model/report.js';
import { safety } from '../src/model/severity.js';
import { DEFAULT_POLICY } from '../src/policy/defaults.js';
import { RULES } from '../src/rules/index.js';
import { at, call, globalFact, str, structFact } from './fact-kit.js';
import { artifact, reportOf } from './report-kit.js';

const MEMBER = 'models/a b.pt!archive/data.pkl';
const EVIL = 'models/\u202eevil\u001b[2J.pkl';

const ACCEPTED = { owner: 'board', why: 'known | <b>', expires: '2027-01-01', sha256: null, origin: 'p.yml:3' };
const NO_ENTRY = { why: null, owner: null, expires: null, sha256: null, origin: '--also-allow', role: 'bare' } as const;

/** A report with something of everything. */
export function fullReport(): Report {
  const facts = [
    structFact('trailing-pickle', { at: at(MEMBER, 70), detail: '12 bytes' }),
    globalFact('posix', 'system', [call([str('id')])], {
      at: at(MEMBER, 31),
      via: 'STACK_GLOBAL',
      chain: [
        { opcode: 'STACK_GLOBAL', offset: 31, text: 'imports posix.system' },
        { opcode: 'BINGET', offset: 12, text: 'takes the module from memo slot 3' },
      ],
    }),
    globalFact('mylib', 'Net', [], { at: at('models/a b.pt', 5) }),
  ];
  const first = reportOf('models/a b.pt', facts);
  const report = reportOf(
    'models/a b.pt',
    facts,
    {
      ...DEFAULT_POLICY,
      accept: [{ ...ACCEPTED, fingerprint: first.findings[0]?.fingerprint ?? '' }],
    },
    {
      incomplete: [{ path: `${EVIL}!x`, offset: 4, reason: 'member is encrypted' }],
      allowUse: [
        {
          entry: 'a.B',
          role: 'maker',
          state: 'used',
          detail: null,
          why: 'reviewed',
          owner: 'platform | <b>',
          expires: '2027-06-30',
          sha256: 'b'.repeat(64),
          origin: 'p.yml:2',
        },
        { ...NO_ENTRY, entry: 'a.C', state: 'expired', detail: 'its last day was 2026-05-31', expires: '2026-05-31' },
        { ...NO_ENTRY, entry: 'a.D', state: 'shadowed', detail: 'the entry at p.yml:2 says the same' },
      ],
      acceptUse: [
        { ...ACCEPTED, fingerprint: first.findings[0]?.fingerprint ?? '', state: 'used', findings: 1 },
        { ...ACCEPTED, fingerprint: `v2-${'e'.repeat(32)}`, expires: '2026-05-01', state: 'expired', findings: 2 },
        { ...ACCEPTED, fingerprint: `v2-${'f'.repeat(32)}`, state: 'unused', findings: 0 },
      ],
      notes: ['A note.'],
    },
  );
  const stream = {
    kind: 'stream' as const,
    path: MEMBER,
    role: 'torch-zip' as const,
    offset: 0,
    length: 80,
    protocol: 2,
    end: 'stop' as const,
    error: null,
    sha256: 'a'.repeat(64),
    safety: safety(5),
    globals: [
      {
        module: 'posix',
        name: 'system',
        class: 'dangerous' as const,
        offset: 31,
        count: 1,
        called: true,
        via: 'STACK_GLOBAL' as const,
        userAllowed: false,
      },
    ],
  };
  const artifacts = report.artifacts.map((item) => ({
    ...item,
    parts: [stream, { kind: 'opaque' as const, path: `${item.path}!x.png`, format: 'png', size: 20, reason: 'None.' }],
  }));
  return { ...report, artifacts: [...artifacts, artifact(EVIL, 3, { status: 'incomplete' })] };
}

/** The full report compared with an earlier one: something new, unchanged, absent and not compared. */
export function comparedReport(failOnNew = false): Report {
  const report = fullReport();
  const [first, second, third] = report.findings;
  if (first === undefined || second === undefined || third === undefined) throw new Error('three findings');
  const before: Report = {
    ...report,
    run: null,
    findings: [
      first,
      third,
      {
        ...second,
        fingerprint: `v2-${'1'.repeat(32)}`,
        evidence: { ...second.evidence, signal: 'GLOBAL os.\u202ego\u001b' },
      },
      { ...second, fingerprint: `v2-${'2'.repeat(32)}`, artifact: 'else/b.pt', location: at('else/b.pt', 3) },
    ],
  };
  const { findings, baseline, notes } = markAgainst(
    { file: 'old.json', report: before, failOnNew },
    { ...report, rules: new Set(RULES.map((rule) => rule.meta.id)), catalogue: report.tool.rules },
  );
  return { ...report, findings, baseline, notes: [...notes, ...report.notes] };
}

export const cleanReport = (): Report => reportOf('models/clean.pkl', []);
