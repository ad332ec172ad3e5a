import { describe, expect, test } from 'vitest';
import { at, globalFact } from '../../test/fact-kit.js';
import { reportOf, TODAY } from '../../test/report-kit.js';
import type { Policy } from '../model/policy.js';
import type { Report } from '../model/report.js';
import { acceptStates } from '../policy/accept.js';
import { DEFAULT_POLICY } from '../policy/defaults.js';
import { RULES } from '../rules/index.js';
import { renderCycloneDx } from './cyclonedx.js';
import { renderGitlab } from './gitlab.js';
import { renderHtml } from './html.js';
import { renderJson } from './json.js';
import { renderJunit } from './junit.js';
import { renderMarkdown } from './markdown.js';
import { renderSarif } from './sarif.js';
import { renderText } from './text.js';

const metas = RULES.map((rule) => rule.meta);

/** Plain words, for any text that a format has to escape. */
function plain(text: string): string {
  return text.replace(/&#(\d+);/g, (_match, code: string) => String.fromCharCode(Number(code)));
}
const FORMATS: readonly (readonly [string, (report: Report) => string])[] = [
  ['text', (report) => renderText(report)],
  ['quiet text', (report) => renderText(report, { color: false, verbose: false, quiet: true })],
  ['json', renderJson],
  ['sarif', (report) => renderSarif(report, { rules: metas })],
  ['markdown', (report) => renderMarkdown(report, metas)],
  ['junit', (report) => renderJunit(report, metas)],
  ['gitlab', (report) => renderGitlab(report)],
  ['cyclonedx', renderCycloneDx],
  ['html', (report) => renderHtml(report, metas)],
];

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

describe.each(FORMATS)('%s', (_name, render) => {
  test('an accepted finding stays, with who, why and until when', () => {
    const text = plain(render(accepting('2027-01-31')));
    for (const part of ['PICKLE-GLOBAL-IMPORT', fingerprint, 'release board', 'runs sandboxed', '2027-01-31'])
      expect(text).toContain(part);
  });

  test('an expired acceptance is shown beside the finding that counts again', () => {
    const report = accepting('2026-05-31');
    expect(report.verdict).toBe('fail');
    const text = plain(render(report));
    for (const part of ['PICKLE-GLOBAL-IMPORT', 'release board', '2026-05-31', 'expired']) expect(text).toContain(part);
  });
});
