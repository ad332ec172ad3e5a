import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanReport, comparedReport, fullReport } from '../../test/sample-reports.js';
import { UsageError } from '../model/errors.js';
import { streamsOf, type Report } from '../model/report.js';
import { renderJson } from '../report/json.js';
import { readReport } from './read-report.js';

const read = (value: unknown) => readReport(JSON.stringify(value), 'old.json');

test.each([
  ['full', fullReport()],
  ['clean', cleanReport()],
  ['compared', comparedReport()],
])('the %s report reads back as it was', (_name, report) => {
  expect(readReport(renderJson(report), 'old.json')).toEqual(report);
  expect(readReport(`\ufeff${renderJson(report)}`, 'old.json')).toEqual(report);
});

test('keys of a later version are left out', () => {
  expect(read({ ...cleanReport(), later: 1 })).toEqual(cleanReport());
});

describe('a report of schema version 1', () => {
  const text = readFileSync(new URL('../../test/reports/version-1.json', import.meta.url), 'utf8');
  const old = JSON.parse(text) as Record<string, unknown> & { artifacts: readonly Record<string, unknown>[] };

  test('is read as what it says, and what it does not say is unknown', () => {
    const report = readReport(text, 'old.json');
    expect(report).toMatchObject({ schemaVersion: 4, verdict: 'fail', summary: { artifacts: 3, opaque: 0 } });
    expect(report.artifacts.map(({ path, status, coverage }) => [path, status, coverage.totals])).toEqual([
      ['clean.pkl', 'complete', [{ kind: 'unread', reason: null, bytes: 6 }]],
      ['cut.pkl', 'incomplete', [{ kind: 'unread', reason: null, bytes: 5 }]],
      ['evil.pkl', 'complete', [{ kind: 'unread', reason: null, bytes: 40 }]],
    ]);
    expect(report.artifacts.flatMap(streamsOf).map(({ kind, path, end }) => [kind, path, end])).toEqual([
      ['stream', 'clean.pkl', 'stop'],
      ['stream', 'cut.pkl', 'error'],
      ['stream', 'evil.pkl', 'stop'],
    ]);
    expect(report.findings.map(({ fingerprint }) => fingerprint)).toEqual(
      (old['findings'] as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint),
    );
  });

  test('says no more and no less once it is written by this version', () => {
    const report = readReport(text, 'old.json');
    expect(readReport(renderJson(report), 'new.json')).toEqual(report);
  });

  test('may be of an early version, which said less', () => {
    const { policy: _policy, ...early } = old;
    const findings = (old['findings'] as Record<string, unknown>[]).map(({ covers: _covers, ...finding }) => finding);
    const allow = (old['allow'] as Record<string, unknown>[]).map(({ role: _role, ...entry }) => entry);
    const report = read({ ...early, findings, allow });
    expect([report.policy, report.findings[0]?.covers, report.allow[0]?.role]).toEqual([null, 'unknown', 'maker']);
  });

  test('is not one of version 2, nor the other way round', () => {
    expect(() => read({ ...old, schemaVersion: 2 })).toThrow(/damaged report/);
    expect(() => read({ ...cleanReport(), schemaVersion: 1 })).toThrow(/damaged report/);
    const [first] = old.artifacts;
    expect(() => read({ ...old, artifacts: [{ ...first, streams: undefined }] })).toThrow(/artifacts\[0\]\.streams/);
  });
});

describe('a report as the first commit of its schema version wrote it', () => {
  const stored = (version: number): string =>
    readFileSync(new URL(`../../test/reports/version-${version}.json`, import.meta.url), 'utf8');
  const objectOf = (version: number) => JSON.parse(stored(version)) as Report & Record<string, unknown>;

  test.each([
    [2, { atlas: [] }],
    [3, {}],
  ])('version %i is read as what it says; what it does not say is unknown', (version, unknown) => {
    const { findings, ...rest } = objectOf(version);
    expect(rest.schemaVersion).toBe(version);
    expect(readReport(stored(version), 'old.json')).toEqual({
      ...rest,
      schemaVersion: 4,
      repositories: [],
      findings: findings.map((finding) => ({ ...finding, ...unknown })),
    });
  });

  test.each([
    [2, 3, /findings\[0\]\.atlas: expected a list, found nothing/],
    [3, 4, /repositories: expected a list, found nothing/],
  ])('version %i is not one of version %i', (version, other, message) => {
    expect(() => read({ ...objectOf(version), schemaVersion: other })).toThrow(message);
  });
});

describe('a file that is no whole report is refused with its path', () => {
  const report = fullReport();
  const [first, ...rest] = report.findings;
  test.each([
    ['an empty file', '', /^old\.json is no report of Sentinel: it is not JSON \(/],
    ['half a report', renderJson(report).slice(0, 2000), /it is not JSON/],
    ['null', 'null', /^old\.json is no report of Sentinel: write one with sentinel artifact --format json$/],
    ['a list', '[]', /is no report of Sentinel/],
    ['SARIF', '{"version":"2.1.0","runs":[]}', /is no report of Sentinel/],
    ['the report of another tool', JSON.stringify({ ...report, tool: { name: 'x' } }), /is no report of Sentinel/],
    [
      'another schema version',
      JSON.stringify({ ...report, schemaVersion: 5 }),
      /schema version 5; .* reads versions 1 to 4/,
    ],
    ['no findings', JSON.stringify({ ...report, findings: undefined }), /findings: expected a list, found nothing/],
    [
      'a fingerprint that is none',
      JSON.stringify({ ...report, findings: [{ ...first, fingerprint: 'XYZ' }, ...rest] }),
      /findings\[0\]\.fingerprint: expected text like .*, found "XYZ"/,
    ],
    [
      'a severity that is none',
      JSON.stringify({ ...report, findings: [...rest, { ...first, severity: 'INFO' }] }),
      /findings\[2\]\.severity: expected "CRITICAL" or "HIGH" or "MEDIUM" or "LOW", found "INFO"/,
    ],
    ['a finding that somebody took out', JSON.stringify({ ...report, findings: rest }), /summary counts 2 HIGH/],
    ['a text for a list', JSON.stringify({ ...report, findings: 'x' }), /findings: expected a list, found "x"$/],
    ['a list for a text', JSON.stringify({ ...report, command: [] }), /command: expected string, found a list$/],
    ['an object for a text', JSON.stringify({ ...report, command: {} }), /command: expected string, found an object$/],
    ['null for a text', JSON.stringify({ ...report, command: null }), /command: expected string, found null$/],
    [
      'a value that is too long to repeat',
      JSON.stringify({ ...report, findings: 'x'.repeat(99) }),
      new RegExp(`findings: expected a list, found "${'x'.repeat(59)}$`),
    ],
    [
      'a number within a list of objects',
      JSON.stringify({ ...report, findings: [{ ...first, location: { ...first?.location, offset: 'x' } }, ...rest] }),
      /findings\[0\]\.location\.offset: expected /,
    ],
    [
      'another name of the tool',
      JSON.stringify({ ...report, tool: { ...report.tool, name: 'x' } }),
      /is no report of Sentinel/,
    ],
    ['no version', JSON.stringify({ ...report, schemaVersion: undefined }), /is no report of Sentinel/],
    ['version 1.5', JSON.stringify({ ...report, schemaVersion: 1.5 }), /schema version 1\.5/],
    ['an inherited key', '{"__proto__":{"schemaVersion":1,"tool":{"name":"sentinel"}}}', /is no report of Sentinel/],
  ])('%s', (_name, json, message) => {
    expect(() => readReport(json, 'old.json')).toThrow(UsageError);
    expect(() => readReport(json, 'old.json')).toThrow(message);
  });

  test('any JSON is a report or a UsageError', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(40), fc.anything(), (json, at, value) => {
        const broken: Record<string, unknown> = { ...report };
        const keys = Object.keys(broken);
        broken[keys[at % keys.length] ?? ''] = value;
        const texts = [json, JSON.stringify(broken, (_key, item: unknown) => (typeof item === 'bigint' ? 0 : item))];
        for (const text of texts) {
          try {
            expect(readReport(text, 'x').schemaVersion).toBe(4);
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
