import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { open, root } from './browser.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** Another page that shows a report with the components, without state, workers or files of this one. */
const OTHER_PAGE = `
  import { h, render } from 'preact';
  import { StoredReport } from '@artifact-sentinel/page/components';
  const report = JSON.parse(document.querySelector('#report').textContent);
  render(h(StoredReport, { report, rules: [], title: 'stored' }), document.querySelector('main'));
`;

/** Another package of ours builds a page of the components: by the entry and the style that package.json names. */
export async function components({ browser, expect, sentinel, folder, screenshots }) {
  const { outputFiles } = await build({
    stdin: { contents: OTHER_PAGE, resolveDir: here, sourcefile: 'other-page.ts' },
    bundle: true,
    format: 'iife',
    platform: 'browser',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    write: false,
  });
  const [script] = outputFiles;
  const style = await build({
    entryPoints: ['@artifact-sentinel/page/style.css'],
    absWorkingDir: here,
    bundle: true,
    write: false,
  });
  const report = sentinel(['artifact', join(root, 'fixtures/samples/models'), '-f', 'json'], root);
  const file = join(folder, 'other.html');
  writeFileSync(
    file,
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title><style>${style.outputFiles[0].text}</style><main></main>
<script type="application/json" id="report">${report.replaceAll('<', '\\u003c')}</script>
<script>${script.text.replaceAll('</script', '<\\/script')}</script></html>`,
  );
  expect('the components bring no worker and no chooser', !/new Worker|webkitdirectory/.test(script.text));
  const { page, watched, close } = await open(browser, pathToFileURL(file).href);
  const { findings } = JSON.parse(report);
  await page.waitForSelector('.matrix .row');
  const heading = await page.locator('h1').innerText();
  expect('a stored report has its verdict', /do not load/i.test(heading), heading);
  const first = await page.locator('#artifact-title').innerText();
  await page.locator('.matrix-rows').focus();
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction((before) => document.querySelector('#artifact-title').innerText !== before, first);
  expect('another file is chosen', true, `${findings.length} findings`);
  await page.locator('.members, .segments').first().focus();
  await page.keyboard.press('End');
  expect('no error', watched.errors.length === 0, watched.errors.join('; '));
  await page.screenshot({ path: join(screenshots, 'components.png'), fullPage: true });
  await close();
}
