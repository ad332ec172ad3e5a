import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { cleanReport, comparedReport, fullReport } from '../../test/sample-reports.js';
import { renderJson } from './json.js';

const schema = JSON.parse(
  readFileSync(new URL('../../../../schemas/report.schema.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv2020({ allErrors: true, strict: true, strictTypes: false }).compile(schema);

test.each([
  ['full', fullReport()],
  ['clean', cleanReport()],
  ['compared', comparedReport()],
])('the %s report follows its schema', (_name, report) => {
  const parsed: unknown = JSON.parse(renderJson(report));
  expect(parsed).toEqual(report);
  validate(parsed);
  expect(validate.errors ?? []).toEqual([]);
});

test('the schema refuses what the report does not have', () => {
  expect(validate({ ...cleanReport(), extra: 1 })).toBe(false);
  expect(validate({ ...cleanReport(), verdict: 'clean' })).toBe(false);
});
