import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanReport, comparedReport, fullReport } from '../../test/sample-reports.js';
import { UsageError } from '../model/errors.js';
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

describe('a file that is no whole report is refused with its place', () => {
  const report = fullReport();
  const [first, ...rest] = report.findings;
  test.each([
    ['an empty file', '', /^old\.json is no report of Sentinel: it is not JSON \(/],
    ['half a report', renderJson(report).slice(0, 2000), /it is not JSON/],
    ['null', 'null', /^old\.json is no report of Sentinel: write one with sentinel artifact --format json$/],
    ['a list', '[]', /is no report of Sentinel/],
    ['SARIF', '{"version":"2.1.0","runs":[]}', /is no report of Sentinel/],
    ['the report of another tool', JSON.stringify({ ...report, tool: { name: 'x' } }), /is no report of Sentinel/],
    ['another schema version', JSON.stringify({ ...report, schemaVersion: 2 }), /schema version 2; .* reads version 1/],
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
    ['an inherited key', '{"__proto__":{"schemaVersion":1,"tool":{"name":"sentinel"}}}', /is no report of Sentinel/],
  ])('%s', (_name, json, message) => {
    expect(() => readReport(json, 'old.json')).toThrow(UsageError);
    expect(() => readReport(json, 'old.json')).toThrow(message);
  });

  test('whatever JSON comes, it is a report or a UsageError', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(40), fc.anything(), (json, at, value) => {
        const broken: Record<string, unknown> = { ...report };
        const keys = Object.keys(broken);
        broken[keys[at % keys.length] ?? ''] = value;
        const texts = [json, JSON.stringify(broken, (_key, item: unknown) => (typeof item === 'bigint' ? 0 : item))];
        for (const text of texts) {
          try {
            expect(readReport(text, 'x').schemaVersion).toBe(1);
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
