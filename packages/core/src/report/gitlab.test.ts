import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { cleanReport, comparedReport, fullReport } from '../../test/sample-reports.js';
import type { Report } from '../model/report.js';
import { renderGitlab } from './gitlab.js';

/** The fields that GitLab's documentation asks for. */
const validate = new Ajv({ allErrors: true }).compile({
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        additionalProperties: false,
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', minLength: 1 },
          lines: {
            type: 'object',
            additionalProperties: false,
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
});

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string };
}
const issues = (report: Report, root: string | null = null) =>
  JSON.parse(renderGitlab(report, { root })) as readonly Issue[];

test.each([
  ['full', fullReport()],
  ['clean', cleanReport()],
  ['compared', comparedReport()],
])('the %s report has the fields that GitLab reads', (_name, report) => {
  validate(issues(report));
  expect(validate.errors ?? []).toEqual([]);
});

test('every finding and everything incomplete is an issue; accepted ones are info and say by whom', () => {
  expect(issues(fullReport()).map((issue) => [issue.check_name, issue.severity, issue.location.path])).toEqual([
    ['PICKLE-EXEC', 'blocker', 'models/a b.pt'],
    ['PICKLE-STRUCT', 'info', 'models/a b.pt'],
    ['PICKLE-GLOBAL-IMPORT', 'critical', 'models/a b.pt'],
    ['INCOMPLETE', 'critical', 'models/\u202eevil\u001b[2J.pkl'],
    ['ACCEPTANCE-EXPIRED', 'major', 'p.yml'],
    ['ACCEPTANCE-UNUSED', 'info', 'p.yml'],
  ]);
  expect(issues(fullReport())[1]?.description).toContain('accepted by board until 2027-01-01: known | <b>');
  expect(renderGitlab(fullReport())).toMatch(/^[\n -~]*$/);
});

test('a missed threshold is an issue', () => {
  expect(issues({ ...cleanReport(), reasons: ['a.pkl is SUSPICIOUS.'] })).toMatchObject([
    { check_name: 'SAFETY-LEVEL', severity: 'critical', description: 'a.pkl is SUSPICIOUS.' },
  ]);
});

test('a stale acceptance points at its line in the policy', () => {
  const [expired] = issues(fullReport()).filter((issue) => issue.check_name === 'ACCEPTANCE-EXPIRED');
  expect(expired).toMatchObject({ location: { path: 'p.yml', lines: { begin: 3 } } });
  expect(expired?.description).toContain('It is expired and no longer counts');
});

test('equal fingerprints are numbered: GitLab shows one issue for each', () => {
  const report = fullReport();
  const twice = issues({ ...report, findings: [...report.findings, ...report.findings] });
  expect(new Set(twice.map((issue) => issue.fingerprint)).size).toBe(twice.length);
  expect(twice[0]?.fingerprint).toBe(report.findings[1]?.fingerprint);
});

test('paths are relative to the working folder', () => {
  const [finding] = fullReport().findings;
  if (finding === undefined) throw new Error('no finding');
  const report = { ...cleanReport(), findings: [{ ...finding, artifact: '/srv/ci/models/a.pt' }] };
  expect(issues(report, '/srv/ci').map((issue) => issue.location.path)).toEqual(['models/a.pt']);
});
