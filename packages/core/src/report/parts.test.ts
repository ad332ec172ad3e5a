import { describe, expect, test } from 'vitest';
import { fullReport } from '../../test/sample-reports.js';
import type { Finding } from '../model/report.js';
import { artifactOf } from './artifact-of.js';
import { palette } from './palette.js';
import { codeFlowsOf, fixesOf, logicalLocations, regionOf } from './sarif-location.js';
import { artifactLocation, checkoutPath } from './sarif-uri.js';
import { wrap } from './wrap.js';
import { element, xmlLines } from './xml.js';

const [FINDING] = fullReport().findings;
if (FINDING === undefined) throw new Error('no finding');
const at = (location: Finding['location'], artifact = 'a.py'): Finding => ({ ...FINDING, artifact, location });

test('the artifact of a path is the longest that is one', () => {
  const all = new Set(['a.zip', 'b!c', 'b']);
  expect(['a.zip', 'a.zip!x!y', 'b!c', 'b!d', 'b!c!d', 'z!a.zip', 'c'].map((path) => artifactOf(path, all))).toEqual([
    'a.zip',
    'a.zip',
    'b!c',
    'b',
    'b',
    null,
    null,
  ]);
});

test('lines are as long as a terminal is wide', () => {
  expect(wrap('one `two` three', '  ')).toEqual(['  one two three']);
  const word = 'w'.repeat(47);
  expect(wrap(`${word} ${word}`, '')).toEqual([`${word} ${word}`]);
  expect(wrap(`${word} ${word}w`, '')).toEqual([`${word} ${word}w`]);
  expect(wrap(`${word} ${word}ww`, '')).toEqual([word, `${word}ww`]);
  expect(wrap('l'.repeat(200), '    ')).toEqual([`    ${'l'.repeat(200)}`]);
  expect(wrap(`a ${'l'.repeat(200)} b`, ' ')).toEqual([' a', ` ${'l'.repeat(200)}`, ' b']);
});

test('XML has no markup of an artifact', () => {
  expect(element('a', { b: `<&>"'`, c: 3 }, '')).toBe('<a b="&lt;&amp;&gt;&quot;&apos;" c="3"/>');
  expect(element('a', {}, '<b/>')).toBe('<a><b/></a>');
  expect(xmlLines(['a]]>', 'b'])).toBe('a]]&gt;\nb');
  expect(xmlLines(['a\u0000\ufffe'])).not.toMatch(/[\0\ufffe]/);
});

test('colours are those of a terminal, or none', () => {
  const paint = palette(true);
  const [red, yellow, green] = [31, 33, 32].map((code) => `\u001b[${code}mx\u001b[39m`);
  expect([paint.severity('CRITICAL', 'x'), paint.severity('HIGH', 'x')]).toEqual([
    `\u001b[1m${red}\u001b[22m`,
    `\u001b[1m${red}\u001b[22m`,
  ]);
  expect([paint.severity('MEDIUM', 'x'), paint.severity('LOW', 'x')]).toEqual([yellow, yellow]);
  expect(([0, 1, 2, 3, 5] as const).map((level) => paint.level(level, 'x'))).toEqual([green, yellow, yellow, red, red]);
  expect([paint.good('x'), paint.bad('x'), paint.warn('x'), paint.dim('x')]).toEqual([
    green,
    red,
    yellow,
    '\u001b[2mx\u001b[22m',
  ]);
  const plain = palette(false);
  expect([
    plain.severity('HIGH', 'x'),
    plain.level(5, 'x'),
    plain.bold('x'),
    plain.dim('x'),
    plain.good('x'),
    plain.bad('x'),
    plain.warn('x'),
  ]).toEqual(Array.from({ length: 7 }, () => 'x'));
});

describe('SARIF', () => {
  test.each([
    ['models/a b.pt', null, 'models/a b.pt'],
    ['./models/a', null, 'models/a'],
    ['/work/m/a', '/work', 'm/a'],
    ['/work/m/a', '/work//', 'm/a'],
    ['/works/a', '/work', '/works/a'],
    ['C:\\w\\a', 'C:\\w', 'a'],
    ['C:\\w\\a', null, 'C:/w/a'],
    ['w\\a', null, 'w\\a'],
    ['w\\a', 'C:\\w', 'w/a'],
  ])('%s in %s is %s', (path, root, shown) => expect(checkoutPath(path, root)).toBe(shown));

  test.each([
    ['a b/ü.pt', { uri: 'a%20b/%C3%BC.pt', uriBaseId: '%SRCROOT%' }],
    ['/a/b', { uri: 'file:///a/b' }],
    ['C:\\a b', { uri: 'file:///C:/a%20b' }],
    ['a-._~\n', { uri: 'a-._~%0A', uriBaseId: '%SRCROOT%' }],
  ])('%s lies at %j', (path, location) => expect(artifactLocation(path, null)).toEqual(location));

  const path = 'a.py';
  test('a region is of the file, or its first line', () => {
    expect(regionOf(at({ path, offset: null, line: 3, column: 2, endLine: 4, endColumn: 5 }))).toEqual({
      startLine: 3,
      startColumn: 2,
      endLine: 4,
      endColumn: 5,
    });
    expect(regionOf(at({ path, offset: null, line: 3 }))).toEqual({ startLine: 3 });
    expect(regionOf(at({ path, offset: 7, line: null }))).toEqual({ startLine: 1, byteOffset: 7 });
    expect(regionOf(at({ path, offset: null, line: null }))).toEqual({ startLine: 1 });
    expect(regionOf(at({ path: 'a.py!b', offset: 7, line: null }))).toEqual({ startLine: 1 });
    expect(regionOf(at({ path, offset: null, line: 3, cell: 1 }))).toEqual({ startLine: 1 });
  });

  test('a member or a cell is a logical place', () => {
    expect(logicalLocations(at({ path, offset: null, line: 3 }))).toEqual({});
    expect(logicalLocations(at({ path: 'a.py!b', offset: 1, line: null }))).toEqual({
      logicalLocations: [{ fullyQualifiedName: 'a.py!b', kind: 'member' }],
    });
    expect(logicalLocations(at({ path, offset: null, line: 3, cell: 2 }))).toEqual({
      logicalLocations: [{ fullyQualifiedName: 'a.py!cell 2', kind: 'cell', properties: { line: 3 } }],
    });
  });

  test('an insertion is a fix where the file has the line', () => {
    const insertion = { at: { line: 3, column: 9 }, text: 'x', description: 'd' } as NonNullable<Finding['insertion']>;
    const one = { ...at({ path, offset: null, line: 3 }), insertion };
    const region = { startLine: 3, startColumn: 9, endLine: 3, endColumn: 9 };
    expect(fixesOf(one, null).fixes?.[0]).toEqual({
      description: { text: 'd' },
      artifactChanges: [
        {
          artifactLocation: artifactLocation(path, null),
          replacements: [{ deletedRegion: region, insertedContent: { text: 'x' } }],
        },
      ],
    });
    expect(fixesOf({ ...one, location: { ...one.location, line: null } }, null)).toEqual({});
    expect(fixesOf(at({ path, offset: null, line: 3 }), null)).toEqual({});
  });

  test('a flow is one thread, its ends essential', () => {
    const step = (line: number | null, more: object = {}) => ({
      at: { path, offset: null, line, ...more },
      text: 't',
      code: 'c',
    });
    const flow = [
      step(1, { column: 2, endLine: 3, endColumn: 4 }),
      step(5, { cell: 1 }),
      step(6, { path: 'b.py' }),
      step(null),
    ];
    const of = (steps: NonNullable<Finding['flow']>) =>
      codeFlowsOf({ ...at({ path, offset: null, line: 9 }), flow: steps }, null).codeFlows?.[0];
    const locations = of(flow)?.threadFlows[0]?.locations ?? [];
    expect(locations.map(({ importance }) => importance)).toEqual(['essential', 'important', 'important', 'essential']);
    expect(locations.map(({ location }) => location?.physicalLocation?.region)).toEqual([
      { startLine: 1, startColumn: 2, endLine: 3, endColumn: 4 },
      { startLine: 1 },
      { startLine: 6 },
      { startLine: 1 },
    ]);
    expect(locations.map(({ location }) => location?.physicalLocation?.artifactLocation?.uri)).toEqual([
      'a.py',
      'a.py',
      'b.py',
      'a.py',
    ]);
    expect(locations[0]?.location?.message?.text).toBe('t: c');
    expect(codeFlowsOf(at({ path, offset: null, line: 9 }), null)).toEqual({});
  });
});
