import { expect, test } from 'vitest';
import { CONTEXT } from '../../test/report-kit.js';
import { cleanReport } from '../../test/sample-reports.js';
import { eachReporter, formatOfFile } from './reporters.js';

test.each([
  ['out.json', 'json'],
  ['OUT.JSON', 'json'],
  ['bom.cdx.json', 'cyclonedx'],
  ['BOM.CDX.JSON', 'cyclonedx'],
  ['gl-code-quality-report.json', 'gitlab'],
  ['out/gl-code-quality-report.json', 'gitlab'],
  ['a.sarif', 'sarif'],
  ['a.sarif.json', 'json'],
  ['a.md', 'markdown'],
  ['a.markdown', 'markdown'],
  ['a.xml', 'junit'],
  ['a.htm', 'html'],
  ['a.html', 'html'],
  ['a.txt', 'text'],
  ['a', null],
  ['a.pdf', null],
])('%s is written as %s', (file, format) => {
  expect(formatOfFile(file)).toBe(format);
});

test('no two formats have one ending', () => {
  const endings = eachReporter().flatMap(([, reporter]) => reporter.endings);
  expect(new Set(endings).size).toBe(endings.length);
});

test('formats that are read by programs again show digests, and have artifacts hashed', () => {
  const rows = eachReporter().map(([format, { hash, showsDigests }]) => [format, hash, showsDigests]);
  expect(rows.filter(([, hash, showsDigests]) => hash !== 'none' || showsDigests)).toEqual([
    // A retest has to recognise the artifacts with findings, and the content of their streams.
    ['json', 'findings', true],
    ['cyclonedx', 'all', true],
    ['html', 'findings', false],
  ]);
});

test('each format has code that writes it', async () => {
  const heads = await Promise.all(
    eachReporter().map(async ([format, { load }]) => [format, (await load())(cleanReport(), CONTEXT).trimStart()[0]]),
  );
  expect(Object.fromEntries(heads)).toMatchObject({
    text: 'P',
    json: '{',
    sarif: '{',
    markdown: '#',
    junit: '<',
    gitlab: '[',
    cyclonedx: '{',
    html: '<',
  });
  expect(heads.filter(([, head]) => head === undefined)).toEqual([]);
});
