import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { artifact } from '../../test/report-kit.js';
import { cleanReport, comparedReport, fullReport } from '../../test/sample-reports.js';
import { MAX_HTML_FINDINGS } from '../model/limits.js';
import type { Finding, Report } from '../model/report.js';
import { RULES } from '../rules/index.js';
import { element, words } from './html-element.js';
import { STYLE_HASH } from './html-style.js';
import { renderHtml } from './html.js';

const metas = RULES.map((rule) => rule.meta);
const page = (report: Report): string => renderHtml(report, metas);
const REPORTS: readonly (readonly [string, Report])[] = [
  ['full', fullReport()],
  ['clean', cleanReport()],
  ['compared', comparedReport()],
];

/** Start and end tags with the names of their attributes, in their order. */
function tagsOf(html: string): string[] {
  return [...html.matchAll(/<(\/?[a-z0-9!]+)([^>]*)>/g)].map(([, name = '', attributes = '']) =>
    [name, ...[...attributes.matchAll(/ ([a-z-]+)(?==")/g)].map(([, attribute = '']) => attribute)].join(' '),
  );
}

const VOID = new Set(['meta', '!doctype']);
const ALLOWED = new Set(
  (
    'a bdi body caption code dd details div dl dt footer h1 h2 h3 head header html li main meta ol p section span style ' +
    'summary table tbody td th thead title tr ul !doctype'
  ).split(' '),
);

describe.each(REPORTS)('the page of the %s report', (_name, report) => {
  const html = page(report);

  test('has no script, no handler, nothing that loads', () => {
    for (const tag of tagsOf(html)) {
      const [name = '', ...attributes] = tag.split(' ');
      expect(ALLOWED).toContain(name.replace('/', ''));
      for (const attribute of attributes)
        expect('charset class content dir href http-equiv id lang name open rel scope'.split(' ')).toContain(attribute);
    }
    for (const [, address = ''] of html.matchAll(/href="([^"]*)"/g))
      expect(address).toMatch(/^(?:#[A-Z][A-Z0-9-]+|https:\/\/(?:cwe|atlas)\.mitre\.org\/[\w./]+)$/);
  });

  test('every element that is opened is closed, in order', () => {
    const open: string[] = [];
    for (const [name = ''] of tagsOf(html).map((tag) => tag.split(' '))) {
      if (VOID.has(name)) continue;
      if (name.startsWith('/')) expect(open.pop()).toBe(name.slice(1));
      else open.push(name);
    }
    expect(open).toEqual([]);
  });

  test('allows itself one style, by its hash', () => {
    expect(html.match(/<style>/g)).toHaveLength(1);
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'">`,
    );
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
  });

  test('has headings in their order, table heads and captions, and names each target of a link', () => {
    const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, at) => expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1));
    expect(html.match(/<table>/g)?.length).toBe(html.match(/<table><caption>[^<]+<\/caption><thead>/g)?.length);
    const ids = new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
    for (const [, target] of html.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  });

  test('is plain text to a terminal, and the same each time', () => {
    expect(html).toMatch(/^[ -~\n]*$/);
    expect(page(structuredClone(report))).toBe(html);
  });
});

test('the verdict comes first, then the worst finding', () => {
  const html = page(fullReport());
  const order = ['<h1>FAIL', '<h2>Findings', 'badge critical', 'badge high', '<h2>Artifacts', '<h2>Rules'];
  const offsets = order.map((text) => html.indexOf(text));
  expect(offsets).not.toContain(-1);
  expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
});

test('a finding has its evidence, weaknesses by name, and a rule that is shown once', () => {
  const html = page(fullReport());
  for (const text of [
    'posix.system(&#39;id&#39;)',
    'https://cwe.mitre.org/data/definitions/502.html',
    'https://atlas.mitre.org/techniques/AML.T0011.000',
    'User Execution: Unsafe AI Artifacts',
    'accepted by board until 2027-01-01: known | &lt;b&gt;',
    'models/\\u202eevil\\x1b[2J.pkl',
  ])
    expect(html).toContain(text);
  expect(html.match(/<h3 id="PICKLE-EXEC">/g)).toHaveLength(1);
});

test('artifacts have level, hash and coverage; clean ones are counted and folded', () => {
  const sha256 = 'd'.repeat(64);
  const clean = Array.from({ length: 3 }, (_, at) => artifact(`ok/${at}.pkl`, 0, { sha256, notHashed: null }));
  const html = page({ ...fullReport(), artifacts: [...fullReport().artifacts, ...clean] });
  const folded = html.slice(html.indexOf('3 artifacts analysed completely, without a finding'));
  expect(folded.indexOf('ok/0.pkl')).toBeGreaterThan(0);
  expect(html.indexOf('ok/0.pkl')).toBeGreaterThan(html.indexOf('3 artifacts analysed completely'));
  expect(folded).toContain(sha256);
  expect(folded).toContain('2.0 KiB parsed');
});

test('few findings are open, many are not', () => {
  const report = fullReport();
  const [one] = report.findings;
  if (one === undefined) throw new Error('no finding');
  const opened = (count: number): number =>
    page({ ...report, findings: Array.from({ length: count }, () => one) }).split('<details open="">').length - 1;
  expect([1, 3, 4].map(opened)).toEqual([1, 3, 0]);
});

test('of more findings than a page takes the worst are shown, and the others counted', () => {
  const report = fullReport();
  const worst = report.findings.find(({ severity }) => severity === 'CRITICAL');
  const other = report.findings.find(({ severity }) => severity === 'HIGH');
  if (worst === undefined || other === undefined) throw new Error('no finding');
  const many: Finding[] = Array.from({ length: MAX_HTML_FINDINGS + 7 }, () => other);
  const html = page({ ...report, findings: [...many, worst] });
  expect(html).toContain('8 more findings, none of them worse, are in the JSON report.');
  expect(html.match(/<summary><span class="badge critical">/g)).toHaveLength(1);
  // Its size is that of what is shown.
  expect(html.length / MAX_HTML_FINDINGS).toBeLessThan(4096);
});

test('no text of a report is markup, whatever it is', () => {
  const report = comparedReport();
  const benign = JSON.stringify(report);
  // Every text that an artifact, a policy or a baseline has a part in.
  const parts = ['posix.system', 'board', 'known | <b>', 'A note.', 'member is encrypted', 'archive/data.pkl', 'mylib'];
  const hostile = fc.oneof(
    fc.constantFrom(
      '</style><script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onload='x",
      '<!--',
      ']]>',
      '</title>',
      '&lt;script&gt;',
      'javascript:alert(1)',
      '\u202e\u0000\u001b[2J',
      '\ud800',
    ),
    fc.string({ unit: 'binary', maxLength: 30 }),
  );
  const shape = (html: string): string[] => tagsOf(html).filter((tag) => !/^\/?bdi/.test(tag));
  const expected = shape(page(report));
  fc.assert(
    fc.property(hostile, (text) => {
      const inside = JSON.stringify(text).slice(1, -1);
      const changed = parts.reduce((json, part) => json.replaceAll(part, () => inside), benign);
      const html = page(JSON.parse(changed) as Report);
      expect(shape(html)).toEqual(expected);
      expect(html).not.toMatch(/[\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
    }),
    { numRuns: 60 },
  );
});

test('letters that are written from the right are isolated', () => {
  expect(words('\u05d0\u05d1')).toEqual(element('bdi', {}, ['\u05d0\u05d1']));
  expect(words('a')).toBe('a');
});

test('each artifact with findings says what it is, and its digest where it has one', () => {
  const report = fullReport();
  const [first] = report.artifacts;
  if (first === undefined) throw new Error('no artifact');
  const facts = (more: Partial<typeof first>): boolean =>
    page({ ...report, artifacts: [{ ...first, ...more }, ...report.artifacts.slice(1)] }).includes(
      '<p class="soft">torch-zip, 3.0 KiB, ',
    );
  expect(facts({ format: 'torch-zip', size: 3072 })).toBe(true);
  expect(facts({ format: 'torch-tar', size: 3072 })).toBe(false);
});
