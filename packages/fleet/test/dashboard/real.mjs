import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node22 } from '../../../../tools/node22.mjs';
import { go, openAs, root, settled, wrongs } from './browser.mjs';

const samples = join(root, 'fixtures/samples/models');

/** The dashboard as `serve` sends it: a file from the choice to the decision, over the real API, database and worker. */
export async function real({ browser, expect, screenshots }) {
  const fleet = await start();
  try {
    const { page, watched, close } = await openAs(browser, `${fleet.url}/`, fleet.token);
    await settled(page);
    expect(
      'nothing has entered yet, and it says what to do',
      /HF_ENDPOINT=/.test(await page.locator('#main').innerText()),
    );
    await page.setInputFiles('#choose-files', [
      join(samples, 'sentiment-finetuned.pt'),
      join(samples, 'image-head.pt'),
    ]);
    const row = (name) => page.locator('.table-row', { hasText: name });
    await row('image-head.pt').locator('.state:has-text("passed")').waitFor({ timeout: 60_000 });
    await row('sentiment-finetuned.pt').locator('.state:has-text("failed")').waitFor({ timeout: 60_000 });
    expect('files that are chosen are analysed, and their rows say how', true);
    await page.screenshot({ path: join(screenshots, 'real-entered.png') });

    await row('sentiment-finetuned.pt').locator('a').click();
    await page.waitForSelector('.finding h4');
    expect('the evidence of one that fails', /posix\.system/.test(await page.locator('.verdict').innerText()));
    await page.getByRole('button', { name: 'Waive a finding' }).click();
    await page.locator('#waiver-reason').fill('an inert sample');
    await page.locator('dialog').getByRole('button', { name: 'Waive' }).click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.locator('#reason').fill('it runs a command');
    await page.locator('dialog').getByRole('button', { name: 'Reject' }).click();
    await page.waitForSelector('.decide:has-text("rejected")');
    await page.waitForSelector('.history:has-text("it runs a command")');
    expect('it is waived in part and rejected, and the history says so', true);
    await page.screenshot({ path: join(screenshots, 'real-artifact.png'), fullPage: true });

    for (const [fragment, says] of [
      ['#/intakes', /image-head\.pt/],
      ['#/findings', /PICKLE-EXEC|TORCH-LOAD-UNTRUSTED|Nothing stands/],
      ['#/posture', /What entered, each day/],
      ['#/waivers', /an inert sample/],
      ['#/policy', /What held when/],
      ['#/audit', /artifact\.rejected/],
      ['#/access', /first administrator/],
    ]) {
      await go(page, fragment);
      const text = await page.locator('#main').innerText();
      expect(`${fragment}: the real answer is shown`, says.test(text), says.test(text) ? '' : text.slice(0, 200));
      expect(`${fragment}: nothing is refused`, (await page.locator('[role=alert]').count()) === 0);
    }
    await go(page, '#/intakes');
    await page.locator('.table-row a', { hasText: 'image-head.pt' }).click();
    await page.waitForSelector('#files-title');
    expect('a source lists its files', (await page.locator('.table-row').count()) === 1);
    await go(page, '#/audit');
    await page.getByRole('button', { name: 'Check the chain' }).click();
    await page.waitForSelector('.verify .tone-good');
    expect('the chain of the log holds', true);
    await go(page, '#/policy');
    await page.getByRole('button', { name: 'Change' }).click();
    await page.locator('#policy-text').fill('nonsense: [');
    await page.getByRole('button', { name: 'Check and put in force' }).click();
    const refusal = await page.waitForSelector('[role=alert]');
    expect(
      'a policy that is none is refused in words',
      (await refusal.innerText()).length > 10,
      await refusal.innerText(),
    );
    const wrong = await wrongs(page, watched, fleet.url);
    expect('no error, violation or request to others', wrong.length === 0, wrong.join('; '));
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForSelector('#token');
    expect('signed out', true);
    await close();
  } finally {
    await fleet.stop();
  }
}

/** The fleet with its own database, in a folder of its own, as a user starts it. */
async function start() {
  const data = mkdtempSync(join(tmpdir(), 'sentinel-dashboard-'));
  // Where root starts it, the database is another user's.
  chmodSync(data, 0o755);
  const program = join(root, 'packages/fleet/dist/main.js');
  const child = spawn(node22(), [program, 'serve', '--data', data, '--listen', '127.0.0.1:0', '--workers', '1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  let said = '';
  const ready = (async () => {
    for await (const chunk of child.stdout) {
      said += chunk;
      const url = /listens on (\S+)/.exec(said)?.[1];
      const token = /shown once: (\S+)/.exec(said)?.[1];
      if (url !== undefined && token !== undefined) return { url, token };
    }
    throw new Error(`the fleet ended: ${said}`);
  })();
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  try {
    return { ...(await ready), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
