import { describe, expect, test } from 'vitest';
import { at, globalFact } from '../../test/fact-kit.js';
import { artifact, CONTEXT, reportOf } from '../../test/report-kit.js';
import { cleanReport } from '../../test/sample-reports.js';
import type { Report } from '../model/report.js';
import { SAFETY_LEVELS, type SafetyLevel } from '../model/severity.js';
import { DEFAULT_POLICY } from '../policy/defaults.js';
import { RULES } from '../rules/index.js';
import { renderGitlab } from './gitlab.js';
import { eachReporter, type ReportContext } from './reporters.js';
import { renderSarif } from './sarif.js';
import { NO_PROOF, PASS_IS_NO_PROOF } from './words.js';

const rules = RULES.map((rule) => rule.meta);
const context: ReportContext = { ...CONTEXT, rules, catalogue: rules };
const FORMATS = await Promise.all(
  eachReporter().map(async ([name, { load }]) => {
    const render = await load();
    return [name, (report: Report) => render(report, context)] as const;
  }),
);

// GitLab's format lists findings only.
describe.each(FORMATS.filter(([name]) => name !== 'gitlab'))('%s', (_name, render) => {
  test('shows the level of each artifact, with and without findings', () => {
    const artifacts = SAFETY_LEVELS.map((_level, i) => artifact(`m/${i}.pkl`, i as SafetyLevel));
    const lines = render(reportOf('m/0.pkl', [], DEFAULT_POLICY, { artifacts }));
    for (const name of SAFETY_LEVELS) expect(lines).toContain(name);
  });
});

test('GitLab, which lists findings only, has the level of each', () => {
  const report = reportOf('a.pkl', [globalFact('mylib', 'Net', [], { at: at('a.pkl') })]);
  expect(renderGitlab(report)).toContain('Level: LIKELY_UNSAFE (3).');
});

/** JSON is for programs. */
const PASSES = FORMATS.filter(([name]) => name !== 'gitlab' && name !== 'json');

test.each(PASSES)('%s says of a clean result, and of a pass with findings, that it is no proof', (_name, render) => {
  const facts = [globalFact('mylib', 'Net', [], { at: at('a.pkl') })];
  const [finding] = reportOf('a.pkl', facts).findings;
  const accepted = reportOf('a.pkl', facts, {
    ...DEFAULT_POLICY,
    accept: [
      {
        fingerprint: finding?.fingerprint ?? '',
        owner: 'o',
        why: 'w',
        expires: '2027-01-01',
        sha256: null,
        origin: 'p.yml:1',
      },
    ],
  });
  expect(accepted).toMatchObject({ verdict: 'pass', findings: [{ action: 'note' }] });
  const shown = (report: Report): string => render?.(report).replaceAll('&#58;', ':') ?? '';
  expect(shown(cleanReport())).toContain(NO_PROOF);
  expect(shown(accepted)).toContain(PASS_IS_NO_PROOF);
  expect(shown(reportOf('a.pkl', facts))).not.toMatch(/no proof/);
});

test('SARIF names artifacts once, with level, size and state', () => {
  const log = JSON.parse(renderSarif(cleanReport(), { rules })) as { runs: { artifacts?: object[] }[] };
  expect(log.runs[0]?.artifacts).toEqual([
    {
      location: expect.objectContaining({ uri: 'models/clean.pkl' }) as object,
      length: 2048,
      properties: { safety: 'LIKELY_SAFE', level: 0, status: 'complete', format: 'pickle' },
    },
  ]);
  expect(log.runs.slice(1).every((run) => run.artifacts === undefined)).toBe(true);
});
