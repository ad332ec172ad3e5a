import { describe, expect, test } from 'vitest';
import { at, globalFact } from '../../test/fact-kit.js';
import { CONTEXT, reportOf, TODAY } from '../../test/report-kit.js';
import type { Policy } from '../model/policy.js';
import type { Report } from '../model/report.js';
import { acceptStates } from '../policy/accept.js';
import { DEFAULT_POLICY } from '../policy/defaults.js';
import { RULES } from '../rules/index.js';
import { eachReporter, type ReportContext } from './reporters.js';

const metas = RULES.map((rule) => rule.meta);

/** Plain words, for any text that a format has to escape. */
function plain(text: string): string {
  return text.replace(/&#(\d+);/g, (_match, code: string) => String.fromCharCode(Number(code)));
}
const WITH_RULES: ReportContext = { ...CONTEXT, rules: metas, catalogue: metas };
const FORMATS = await Promise.all(
  eachReporter().map(async ([name, { load }]) => [name, WITH_RULES, await load()] as const),
);
const QUIET = FORMATS.map(([name, context, render]) => [`quiet ${name}`, { ...context, quiet: true }, render] as const);

const FACTS = [globalFact('mylib', 'Net', [], { at: at('a.pkl') })];
const [finding] = reportOf('a.pkl', FACTS).findings;
if (finding === undefined) throw new Error('no finding');
const { fingerprint } = finding;

function accepting(expires: string): Report {
  const policy: Policy = {
    ...DEFAULT_POLICY,
    accept: [{ fingerprint, owner: 'release board', why: 'runs sandboxed', expires, sha256: null, origin: 'p.yml:3' }],
  };
  const report = reportOf('a.pkl', FACTS, policy);
  return { ...report, accept: acceptStates(policy, report.findings, report.artifacts, TODAY) };
}

describe.each([...FORMATS, ...QUIET])('%s', (_name, context, render) => {
  test('an accepted finding stays, with who, why and until when', () => {
    const text = plain(render(accepting('2027-01-31'), context));
    for (const part of ['PICKLE-GLOBAL-IMPORT', fingerprint, 'release board', 'runs sandboxed', '2027-01-31'])
      expect(text).toContain(part);
  });

  test('an expired acceptance is shown beside the finding that counts again', () => {
    const report = accepting('2026-05-31');
    expect(report.verdict).toBe('fail');
    const text = plain(render(report, context));
    for (const part of ['PICKLE-GLOBAL-IMPORT', 'release board', '2026-05-31', 'expired']) expect(text).toContain(part);
  });
});
