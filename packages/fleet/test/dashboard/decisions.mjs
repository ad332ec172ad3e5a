import { readFileSync } from 'node:fs';
import { go, openAs, settled, wrongs } from './browser.mjs';
import { fakeApi } from './fake-api.mjs';

/** What people change here, and that each change carries the CSRF token of the session. */
export async function decisions({ browser, expect, reports }) {
  const api = await fakeApi({ count: 300, reports });
  const { page, watched, close } = await openAs(browser, api.url, 'admin');
  const dialog = page.locator('dialog');
  const failed = api.artifacts.find(({ state, address }) => state === 'failed' && address.startsWith('hf:'));
  const passed = api.artifacts.find(({ state }) => state === 'passed');

  await go(page, `#/artifacts/${passed.id}`);
  await page.getByRole('button', { name: 'Promote' }).click();
  await dialog.getByRole('button', { name: 'Promote' }).click();
  await page.waitForSelector('.decide .tone-good:has-text("promoted")');
  expect('one that passed is promoted without a reason', passed.state === 'promoted');
  await page.waitForSelector('.history li:first-child:has-text("promoted")');
  expect('the history has it at once', true);

  await go(page, `#/artifacts/${failed.id}`);
  await page.getByRole('button', { name: 'Promote' }).click();
  await dialog.getByRole('button', { name: 'Promote' }).click();
  expect('one that failed is not promoted without a reason', failed.state === 'failed' && (await dialog.isVisible()));
  await page.keyboard.press('Escape');
  expect('Escape closes the question', (await dialog.count()) === 0 && failed.state === 'failed');
  await page.waitForTimeout(200);
  const focused = await page.evaluate(() => document.activeElement.textContent);
  expect('and the keyboard is where it was', focused === 'Promote', focused.slice(0, 40));
  await page.getByRole('button', { name: 'Waive a finding' }).click();
  await dialog.locator('#waiver-reason').fill('seen by two people');
  await dialog.getByRole('button', { name: 'Waive' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Reject' }).click();
  await dialog.locator('#reason').fill('it fails, and nobody needs it');
  await dialog.getByRole('button', { name: 'Reject' }).click();
  await page.waitForSelector('.decide:has-text("rejected")');
  expect('one is rejected with a reason', failed.reason === 'it fails, and nobody needs it');
  await page.getByRole('button', { name: 'Retest' }).click();
  await page.waitForSelector('.decide:has-text("received")');
  expect('one is read again', failed.state === 'received');

  await go(page, `#/artifacts/${passed.id}`);
  for (const [button, ending] of [
    ['SARIF', '.sarif'],
    ['JSON', '.json'],
  ]) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button, exact: true }).click(),
    ]);
    expect(
      `the report is saved as ${button}`,
      download.suggestedFilename().endsWith(ending) && readFileSync(await download.path()).length > 100,
    );
  }

  await go(page, '#/waivers');
  const before = await page.locator('.waivers tbody tr').count();
  expect('the waiver is listed', (await page.locator('.waivers').innerText()).includes('seen by two people'));
  await page.locator('.waivers tr:has-text("seen by two people") button').click();
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await page.waitForFunction((count) => document.querySelectorAll('.waivers tbody tr').length === count - 1, before);
  expect('and revoked', true);

  await go(page, '#/policy');
  await page.getByRole('button', { name: 'Change' }).click();
  await page.locator('#policy-text').fill('nonsense: true');
  await page.getByRole('button', { name: 'Check and put in force' }).click();
  await page.waitForSelector('[role=alert]');
  expect(
    'a policy that is not understood is refused in words',
    /no setting/.test(await page.locator('[role=alert]').innerText()),
  );
  await page.locator('#policy-text').fill('version: 1\nfail_on: [CRITICAL]\n');
  await page.getByRole('button', { name: 'Check and put in force' }).click();
  await page.waitForSelector('pre.text:has-text("fail_on: [CRITICAL]")');
  await page.waitForFunction(() => document.querySelectorAll('ol.plain li').length === 2);
  expect('a policy is put in force, and the one before it is listed', true);
  await page.locator('ol.plain summary').first().click();
  await page.waitForSelector('ol.plain pre.text:has-text("+ fail_on: [CRITICAL]")');
  expect('opened, it says what it changed', true);

  await go(page, '#/audit');
  await page.getByRole('button', { name: 'Check the chain' }).click();
  await page.waitForSelector('.verify .tone-good');
  expect('the chain is checked', /entries hold/.test(await page.locator('.verify').innerText()));

  await go(page, '#/access');
  await page.getByRole('button', { name: 'New token' }).click();
  await dialog.locator('#token-name').fill('pipeline');
  await dialog.locator('#token-role').selectOption('submitter');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.locator('pre').waitFor();
  const secret = await dialog.locator('pre').innerText();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.waitForSelector('tr:has-text("pipeline")');
  expect(
    'a token is shown once',
    secret.startsWith('sentinel_') && !(await page.locator('#main').innerText()).includes(secret),
  );
  await page.locator('tr:has-text("pipeline") button').click();
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await page.waitForSelector('tr:has-text("pipeline"):has-text("revoked")');
  expect('and revoked', true);
  await page.getByRole('button', { name: 'New webhook' }).click();
  await dialog.locator('#hook-url').fill('https://hooks.example/sentinel');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.waitForSelector('tr:has-text("hooks.example")');
  await page.getByRole('button', { name: 'New sender' }).click();
  await dialog.locator('#sender').selectOption('mlflow');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.locator('pre').waitFor();
  expect('a sender gets an address and a secret', (await dialog.locator('pre').innerText()).includes('/v1/hooks/'));
  await dialog.getByRole('button', { name: 'Done' }).click();

  await takesIn({ page, api, expect });
  const changes = api.asked.filter(({ method, path }) => method !== 'GET' && path !== '/v1/session');
  expect(
    'every change carries the CSRF token',
    changes.length >= 14 && changes.every(({ csrf }) => csrf !== null),
    `${changes.length} changes`,
  );
  expect(
    'no question does',
    api.asked.every(({ method, csrf }) => method !== 'GET' || csrf === null),
  );
  const wrong = await wrongs(page, watched, api.url);
  expect('no error, violation or request to others', wrong.length === 0, wrong.join('; '));
  await close();
  await api.close();
}

/** An address and a file from the page. */
async function takesIn({ page, api, expect }) {
  await go(page, '#/');
  await page.fill('#address', 'ftp://nowhere');
  await page.press('#address', 'Enter');
  await page.waitForSelector('.take-in [role=alert]');
  expect(
    'an address that is none is refused in words',
    /no address/.test(await page.locator('.take-in [role=alert]').innerText()),
  );
  await page.fill('#address', 'hf://org/new-model');
  await page.press('#address', 'Enter');
  await page.waitForSelector('.taken a');
  expect(
    'an address is taken in, with a link to it',
    (await page.locator('.taken').innerText()).includes('hf://org/new-model'),
  );
  await page.setInputFiles('#choose-files', [
    { name: 'a \u202E?#%.pkl', mimeType: '', buffer: Buffer.alloc(200_000) },
    { name: 'second.pt', mimeType: '', buffer: Buffer.from('abc') },
  ]);
  await page.waitForSelector('.taken a:nth-of-type(2)');
  const names = api.artifacts.slice(0, 2).map(({ path }) => path);
  expect(
    'files are sent under their names',
    names.includes('a \u202E?#%.pkl') && names.includes('second.pt'),
    names.join(', '),
  );
  await page.waitForSelector('.table.entered:has-text("second.pt")');
  await settled(page);
  expect('and stand in the list', true);
}
