import { expect, test } from 'vitest';
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
