import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RULES } from '../../packages/core/src/rules/index.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sentinel-docs-'));
const site = join(folder, 'site');
let pages: { path: string; html: string }[] = [];

beforeAll(() => {
  execFileSync(process.execPath, [join(here, 'build.mjs'), site]);
  pages = readdirSync(site, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html'))
    .map((path) => ({ path, html: readFileSync(join(site, path), 'utf8') }));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('every relative link and anchor of the documents resolves', () => {
  const output = execFileSync(process.execPath, [join(here, 'links.mjs')], { encoding: 'utf8' });
  expect(output).toMatch(/^\d{2,} documents, \d{3,} relative links, 0 broken\n$/);
});

test('the README is short', () => {
  expect(readFileSync(join(here, '../../README.md'), 'utf8').split('\n').length).toBeLessThan(150);
});

test('each rule and each document of the index has a page', () => {
  const titles = pages.map(({ html }) => /<title>([^<]*)<\/title>/.exec(html)?.[1]);
  for (const { meta } of RULES) expect(titles).toContain(`${meta.id}: ${meta.title} · Sentinel`);
  const paths = pages.map(({ path }) => path);
  for (const path of ['index.html', 'search.html', 'docs/index.html', 'docs/verdicts.html', 'docs/scorecard.html'])
    expect(paths).toContain(path);
});

test('links of the site lead to files and anchors of the site', () => {
  const ids = new Map(
    pages.map(({ path, html }) => [path, new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id))]),
  );
  let followed = 0;
  for (const { path, html } of pages)
    for (const [, href = ''] of html.matchAll(/<a href="([^"]*)"/g)) {
      if (/^https?:/.test(href)) continue;
      followed += 1;
      const [target = '', anchor = ''] = href.split('#');
      const file = target === '' ? path : posix.join(dirname(path), target);
      expect(existsSync(join(site, file)), `${path}: ${href}`).toBe(true);
      if (anchor !== '') expect(ids.get(file)?.has(decodeURIComponent(anchor)), `${path}: ${href}`).toBe(true);
    }
  expect(followed).toBeGreaterThan(1000);
});

test('pages load nothing, and only the search page has a script', () => {
  for (const { path, html } of pages) {
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)?.[1] ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src data:; (script-src 'sha256-[^']+'; )?base-uri 'none'$/,
    );
    expect(html, path).not.toMatch(/<(?:link|iframe|object|embed|base)\b|<script src|\son\w+="/);
    for (const [, source = ''] of html.matchAll(/ src="([^"]*)"/g)) expect(source).toMatch(/^data:image\//);
    expect(policy.includes('script-src'), path).toBe(path === 'search.html');
    expect(html.includes('<script'), path).toBe(path === 'search.html');
  }
});

/** The search page's script, with the few parts of a document that it uses. */
function search(query: string): string[] {
  const html = pages.find(({ path }) => path === 'search.html')?.html ?? '';
  const index = /<script type="application\/json" id="index">([^<]*)<\/script>/.exec(html)?.[1] ?? '';
  const script = /<script>([^]*?)<\/script>/.exec(html)?.[1] ?? '';
  const found: { children: { href?: string }[] }[] = [];
  const element = () => ({
    children: [] as unknown[],
    append(...children: unknown[]) {
      this.children.push(...children);
    },
  });
  const parts: Record<string, unknown> = {
    index: { textContent: index },
    results: { replaceChildren: (...entries: typeof found) => void found.push(...entries) },
    query: { value: '', addEventListener: () => {}, focus: () => {} },
  };
  const document = { getElementById: (id: string) => parts[id], createElement: element };
  runInNewContext(script, { document, location: { search: `?q=${query}` }, URLSearchParams, JSON });
  return found.map(({ children }) => children[0]?.href ?? '');
}

test('the search finds headings first, without a server', () => {
  expect(search('PICKLE-EXEC')[0]).toBe('packages/core/src/rules/pickle/exec.html');
  expect(search('accepted+risks')).toContain('docs/policy.html#accepted-risks');
  expect(search('no-such-word-anywhere')).toEqual([]);
  for (const url of search('fingerprint')) expect(existsSync(join(site, url.split('#')[0] ?? ''))).toBe(true);
  expect(relative(site, join(site, search('exit+codes')[0] ?? ''))).toContain('docs/command-line.html');
});
