// Pictures of the dashboard, in .cache/fleet-demo, where there is a Chromium.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, launch } from '../../packages/page/test/browser.mjs';

const VIEWS = {
  entered: '/#/',
  sources: '/#/intakes',
  posture: '/#/posture',
  findings: '/#/findings',
  waivers: '/#/waivers',
  audit: '/#/audit',
  policy: '/#/policy',
};

/** `refused`: the address that a refusal of the gate names; null for none. */
export async function takeScreenshots(root, url, token, refused) {
  try {
    findChromium();
  } catch (error) {
    console.log(`No screenshots: ${error.message}`);
    return;
  }
  const folder = join(root, '.cache/fleet-demo');
  mkdirSync(folder, { recursive: true });
  const browser = await launch();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const signedIn = await context.request.post(`${url}/v1/session`, { data: { token } });
    if (!signedIn.ok()) throw new Error(`sign-in: ${signedIn.status()} ${await signedIn.text()}`);
    const page = await context.newPage();
    const views = { ...VIEWS, ...(refused === null ? {} : { refused: refused.slice(url.length) }) };
    for (const [name, path] of Object.entries(views)) {
      const answer = await page.goto(`${url}${path}`);
      // Null: the same page, another view.
      if (answer !== null && !answer.ok()) {
        console.log(`No screenshot of ${path}: ${answer.status()}`);
        continue;
      }
      // A view that is another one of the same page begins to load after that.
      await page.waitForTimeout(300);
      await page.waitForLoadState('networkidle');
      await page
        .getByText(/^Loading the \w+$/)
        .first()
        .waitFor({ state: 'detached', timeout: 15_000 });
      await page.screenshot({ path: join(folder, `${name}.png`) });
    }
    console.log(`Screenshots are in ${folder}`);
  } finally {
    await browser.close();
  }
}
