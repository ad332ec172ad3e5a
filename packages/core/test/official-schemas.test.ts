import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { RULES, renderCycloneDx, renderJson, renderSarif, scanFiles, type Report } from '@artifact-sentinel/core/node';
import { beforeAll, expect, test } from 'vitest';
import { reportJsonSchema } from '../src/model/shape/report.js';
import { cycloneDxValidator, sarifValidator } from './schema-kit.js';

/** What a scan of real files writes, by the official schemas: the kit's reports do not have every field of one. */
const path = (name: string): string => fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url));
let report: Report;

beforeAll(async () => {
  report = await scanFiles([path('samples'), path('broken')]);
}, 120_000);

test('the scan has findings of several categories, and something incomplete', () => {
  const categories = new Set(report.findings.map(({ ruleId }) => ruleId.split('-', 1)[0]));
  expect([...categories]).toEqual(expect.arrayContaining(['PICKLE', 'TORCH', 'ARCHIVE']));
  expect(report.incomplete.length).toBeGreaterThan(0);
});

test('SARIF 2.1.0', () => {
  expect(sarifValidator()(JSON.parse(renderSarif(report, { rules: RULES })))).toEqual([]);
});

test('CycloneDX 1.6', () => {
  expect(cycloneDxValidator()(JSON.parse(renderCycloneDx(report)))).toEqual([]);
});

test('the schema of our own report', () => {
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(reportJsonSchema());
  validate(JSON.parse(renderJson(report)));
  expect(validate.errors ?? []).toEqual([]);
});
