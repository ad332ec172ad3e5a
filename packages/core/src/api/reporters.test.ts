import { describe, expect, test } from 'vitest';
import { cleanReport, fullReport } from '../../test/sample-reports.js';
import type { Report } from '../model/report.js';
import { RULES } from '../rules/index.js';
import {
  renderCycloneDx,
  renderGitlab,
  renderHtml,
  renderJson,
  renderJunit,
  renderMarkdown,
  renderSarif,
  renderText,
} from './reporters.js';

type Render = (report: Report, options?: object) => string;

const ALL: readonly (readonly [string, Render])[] = [
  ['renderText', renderText],
  ['renderJson', renderJson],
  ['renderMarkdown', renderMarkdown],
  ['renderSarif', renderSarif],
  ['renderJunit', renderJunit],
  ['renderHtml', renderHtml],
  ['renderCycloneDx', renderCycloneDx],
  ['renderGitlab', renderGitlab],
];

describe.each(ALL)('%s', (name, render) => {
  test('needs no options', () => {
    for (const report of [fullReport(), cleanReport()]) expect(render(report)).not.toBe('');
  });

  test.each([
    [null, 'null'],
    ['pass', 'the text "pass"'],
    [{}, 'an object'],
    [{ artifacts: {} }, 'an object'],
  ])('%j is no report', (given, shown) => {
    expect(() => render(given as unknown as Report)).toThrow(
      new TypeError(`${name}: report has to be a report, not ${shown}`),
    );
  });
});

const WRONG: readonly (readonly [string, Render, object, string])[] = [
  ['renderText', renderText, { colour: true }, 'unknown option "colour"; did you mean "color"?'],
  ['renderText', renderText, { color: 1 }, 'option "color" has to be true or false, not 1'],
  ...[0, -1, 1.5, '80'].map(
    (width) =>
      [
        'renderText',
        renderText,
        { width },
        `option "width" has to be a whole number of columns or null, not ${typeof width === 'string' ? 'the text "80"' : width}`,
      ] as const,
  ),
  [
    'renderMarkdown',
    renderMarkdown,
    { rules: [] },
    'option "rules" has to be a list of at least one of RULES, not an array',
  ],
  ['renderSarif', renderSarif, { root: 5 }, 'option "root" has to be a path or null, not 5'],
  ['renderSarif', renderSarif, { checkout: 'x' }, 'option "checkout" has to be a checkout or null, not the text "x"'],
  ['renderGitlab', renderGitlab, { rules: RULES }, 'unknown option "rules"'],
];

test.each(WRONG)('%s refuses a wrong option %#', (name, render, options, message) => {
  expect(() => render(fullReport(), options)).toThrow(new TypeError(`${name}: ${message}`));
});

test('the text has neither colours nor more than it needs unless asked', () => {
  const plain = renderText(fullReport());
  expect(plain).not.toContain('\u001b[');
  expect(plain).toBe(renderText(fullReport(), { color: false, verbose: false, quiet: false }));
  expect(renderText(fullReport(), { color: true })).toContain('\u001b[');
  expect(renderText(fullReport(), { quiet: true }).length).toBeLessThan(plain.length);
  expect(renderText(fullReport(), { verbose: true }).length).toBeGreaterThan(plain.length);
  for (const width of [null, 1, 80]) expect(renderText(fullReport(), { width })).not.toBe('');
});

test('paths are made relative to a root, and null leaves them', () => {
  const [first] = fullReport().findings;
  if (first === undefined) throw new Error('no finding');
  const report = { ...fullReport(), findings: [{ ...first, artifact: '/data/models/a.pkl' }] };
  expect(renderGitlab(report, { root: '/data' })).toContain('"models/a.pkl"');
  expect(renderGitlab(report, { root: null })).not.toContain('"models/a.pkl"');
  expect(renderSarif(report, { root: '/data', checkout: null })).toContain('"models/a.pkl"');
});
