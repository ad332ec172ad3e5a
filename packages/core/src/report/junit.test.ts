import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, globalFact } from '../../test/fact-kit.js';
import { artifact, reportOf } from '../../test/report-kit.js';
import { cleanReport, comparedReport, fullReport } from '../../test/sample-reports.js';
import { junitErrors, parseXml, type Element } from '../../test/xml-kit.js';
import type { Report } from '../model/report.js';
import { RULES } from '../rules/index.js';
import { renderJunit } from './junit.js';
import { MAX_CASES } from '../model/limits.js';
import { NO_PROOF } from './words.js';

const metas = RULES.map((rule) => rule.meta);
const parse = (report: Report): Element => parseXml(renderJunit(report, metas));
const suiteOf = (report: Report, name: string): Element => {
  const found = parse(report).children.find((suite) => suite.attributes['name'] === name);
  if (found === undefined) throw new Error(`no suite ${name}`);
  return found;
};
const caseOf = (suite: Element, name: string): Element | undefined =>
  suite.children.find((child) => child.name === 'testcase' && child.attributes['name'] === name);
const kinds = (element: Element | undefined): string[] => (element?.children ?? []).map((child) => child.name);

test.each([
  ['full', fullReport()],
  ['clean', cleanReport()],
  ['compared', comparedReport()],
  ['empty', { ...cleanReport(), artifacts: [] }],
])('the %s report follows the schema, and its counts are right', (_name, report) => {
  const root = parse(report);
  expect(junitErrors(root)).toEqual([]);
  const count = (suite: Element, kind: string) =>
    suite.children.filter((child) => child.children.some((item) => item.name === kind)).length;
  let tests = 0;
  for (const suite of root.children) {
    const cases = suite.children.filter((child) => child.name === 'testcase');
    tests += cases.length;
    expect(suite.attributes).toMatchObject({
      tests: String(cases.length),
      failures: String(count(suite, 'failure')),
      errors: String(count(suite, 'error')),
      skipped: String(count(suite, 'skipped')),
    });
  }
  expect(root.attributes['tests']).toBe(String(tests));
});

const applicable = (categories: readonly string[]): string[] =>
  metas.filter(({ category }) => categories.includes(category)).map(({ id }) => id);

describe('an artifact', () => {
  const suite = suiteOf(fullReport(), 'models/a b.pt');

  test('has a case for each applied rule that could find something in its format', () => {
    expect(suite.children.filter((child) => child.name === 'testcase').map((item) => item.attributes['name'])).toEqual([
      'complete analysis',
      ...applicable(['PICKLE', 'TORCH']),
    ]);
  });

  test.each([
    ['python', ['TORCH', 'SERVING']],
    ['npy', ['PICKLE', 'TORCH']],
    ['zip', ['PICKLE', 'ARCHIVE', 'TORCH', 'KERAS', 'REPO', 'SERVING']],
    ['a format of tomorrow', ['PICKLE', 'ARCHIVE', 'TORCH', 'KERAS', 'REPO', 'SERVING']],
  ])('%s has cases for %j, and for any rule with a finding', (format, categories) => {
    const [one] = fullReport().artifacts;
    if (one === undefined) throw new Error('no artifact');
    const report = { ...fullReport(), artifacts: [{ ...one, format }], findings: [] };
    const names = (of: Report): unknown[] =>
      suiteOf(of, one.path).children.flatMap((child) => (child.name === 'testcase' ? [child.attributes['name']] : []));
    expect(names(report)).toEqual(['complete analysis', ...applicable(categories)]);
    const odd = fullReport().findings.map((finding) => ({ ...finding, ruleId: 'SERVING-BIND-ALL' }));
    expect(names({ ...report, findings: odd })).toContain('SERVING-BIND-ALL');
  });

  test('fails by a finding that fails the run, with evidence, decision and retest', () => {
    const [failure] = caseOf(suite, 'PICKLE-EXEC')?.children ?? [];
    expect(failure?.name).toBe('failure');
    expect(failure?.attributes).toMatchObject({
      type: 'CRITICAL',
      message: expect.stringMatching(/^Dangerous Pickle Execution: Loading this calls posix\.system/) as string,
    });
    for (const part of [
      'signal: STACK_GLOBAL posix.system',
      'decision: Block release',
      "retest: sentinel artifact 'models/a b.pt' --rule PICKLE-EXEC",
    ])
      expect(failure?.text).toContain(part);
  });

  test('an accepted finding is skipped with who, why and until when, and stays in full', () => {
    const struct = caseOf(suite, 'PICKLE-STRUCT');
    expect(kinds(struct)).toEqual(['skipped', 'system-out']);
    expect(struct?.children[0]?.attributes['message']).toBe('accepted by board until 2027-01-01: known | <b>');
    expect(struct?.children[1]?.text).toContain('signal: trailing-pickle');
  });

  test('that is incomplete is an error, and its rules have not passed', () => {
    const report = reportOf('b.pkl', [], undefined, {
      artifacts: [artifact('b.pkl', 3, { status: 'incomplete' })],
      incomplete: [{ path: 'b.pkl!x', offset: 4, reason: 'member is encrypted' }],
    });
    const incomplete = suiteOf(report, 'b.pkl');
    expect(caseOf(incomplete, 'complete analysis')?.children[0]).toMatchObject({
      name: 'error',
      attributes: { message: 'b.pkl!x @4: member is encrypted' },
    });
    for (const id of applicable(['PICKLE', 'TORCH'])) expect(kinds(caseOf(incomplete, id))).toEqual(['skipped']);
  });

  test('passes with a ticket in its output', () => {
    const [finding] = fullReport().findings;
    if (finding === undefined) throw new Error('no finding');
    const report: Report = { ...fullReport(), findings: [{ ...finding, action: 'ticket', accepted: null }] };
    const ticket = caseOf(suiteOf(report, 'models/a b.pt'), finding.ruleId);
    expect(kinds(ticket)).toEqual(['system-out']);
    expect(ticket?.children[0]?.text).toContain('action: needs a ticket');
  });
});

describe('the run', () => {
  test('fails by a reason that no finding shows', () => {
    const report = { ...cleanReport(), reasons: ['a.pkl is SUSPICIOUS.', 'b.pkl too.'] };
    const [failure] = caseOf(suiteOf(report, 'Sentinel'), 'policy')?.children ?? [];
    expect(failure).toMatchObject({ name: 'failure', text: 'a.pkl is SUSPICIOUS.\nb.pkl too.' });
  });

  test('has an error for what belongs to no artifact', () => {
    const report = { ...cleanReport(), incomplete: [{ path: 'gone', offset: null, reason: 'unreadable' }] };
    expect(kinds(caseOf(suiteOf(report, 'Sentinel'), 'complete analysis'))).toEqual(['error']);
  });

  test('says what was accepted, what is expired, and what the baseline has', () => {
    const out = suiteOf(comparedReport(), 'Sentinel').children.find((child) => child.name === 'system-out')?.text;
    expect(out).toContain(`accepted risk v2-${'e'.repeat(32)} (p.yml:3)`);
    expect(out).toContain('It is expired and no longer counts');
    expect(out).toContain('absent: PICKLE-EXEC');
    expect(out).toContain('not compared: PICKLE-EXEC');
    expect(suiteOf(cleanReport(), 'Sentinel').children.at(-1)?.text).toContain(NO_PROOF);
  });
});

test('with any name of a file, the document is well-formed and moves no cursor', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      ']]>',
      '<!--',
      '&amp;',
      '\0',
      '\ud800',
      '\udc00x',
      '\ufffe',
      '\uffff',
      '\u{1fffe}',
      '\u001b[2J',
      '"\'<>',
    ),
  );
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (parts) => {
      const path = parts.join('');
      const report = reportOf(path, [globalFact(path, 'x', [], { at: at(path) })], undefined, {
        incomplete: [{ path, offset: null, reason: path }],
        notes: [path],
      });
      const xml = renderJunit(report, metas);
      expect(junitErrors(parseXml(xml))).toEqual([]);
      expect(xml).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Cs}/u);
    }),
    { numRuns: 100 },
  );
});

test('many artifacts: a clean one is one case, and one with findings is shown in full', () => {
  const { findings, artifacts } = fullReport();
  const many = Array.from({ length: MAX_CASES / (metas.length + 1) + 1 }, (_, i) => artifact(`m/${i}`));
  const xml = renderJunit({ ...fullReport(), findings, artifacts: [...artifacts, ...many] }, metas);
  const cases = xml.match(/<testcase /g)?.length ?? 0;
  expect(cases).toBeLessThan(many.length + 50);
  expect(xml).toContain('<testcase name="PICKLE-EXEC" classname="models/a b.pt"');
});
