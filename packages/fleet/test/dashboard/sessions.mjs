import { go, open, openAs, settled } from './browser.mjs';
import { fakeApi } from './fake-api.mjs';

const NAV = {
  client: [],
  viewer: ['Entered', 'Sources', 'Findings', 'Posture', 'Waivers', 'Policy'],
  submitter: ['Entered', 'Sources', 'Findings', 'Posture', 'Waivers', 'Policy'],
  reviewer: ['Entered', 'Sources', 'Findings', 'Posture', 'Waivers', 'Policy', 'Audit'],
  admin: ['Entered', 'Sources', 'Findings', 'Posture', 'Waivers', 'Policy', 'Audit', 'Access'],
};
const BUTTONS = {
  viewer: [],
  submitter: ['Retest'],
  reviewer: ['Promote', 'Reject', 'Waive a finding', 'Retest'],
  admin: ['Promote', 'Reject', 'Waive a finding', 'Retest'],
};

/** Sign-in and its end, and what each role is shown. */
export async function sessions({ browser, expect, reports }) {
  const api = await fakeApi({ count: 300, reports });
  const failed = api.artifacts.find(({ state, address }) => state === 'failed' && address.startsWith('hf:'));

  const stranger = await open(browser, api.url);
  await stranger.page.fill('#token', 'wrong');
  await stranger.page.press('#token', 'Enter');
  await stranger.page.waitForSelector('[role=alert]');
  const refusal = await stranger.page.locator('[role=alert]').innerText();
  expect('a wrong token is refused in words', /unknown, revoked/.test(refusal), refusal);
  expect(
    'there is no button of a provider where there is none',
    (await stranger.page.locator('a[href="/auth/login"]').count()) === 0,
  );
  await stranger.close();

  for (const [role, titles] of Object.entries(NAV)) {
    const { page, close } = await openAs(browser, api.url, role);
    const shown = await page.locator('.rail nav a').allInnerTexts();
    expect(`${role}: views`, shown.join() === titles.join(), shown.join());
    if (role !== 'client') {
      await go(page, `#/artifacts/${failed.id}`);
      const buttons = await page.locator('.decide button').allInnerTexts();
      expect(`${role}: decisions`, buttons.join() === BUTTONS[role].join(), buttons.join());
      expect(
        `${role}: history`,
        (await page.locator('.history').count()) === (role === 'reviewer' || role === 'admin' ? 1 : 0),
      );
      await go(page, '#/');
      expect(`${role}: takes in`, (await page.locator('.take-in').count()) === (role === 'viewer' ? 0 : 1));
      await go(page, '#/policy');
      expect(
        `${role}: changes the policy`,
        (await page.locator('.heading button').count()) === (role === 'admin' ? 1 : 0),
      );
      await go(page, '#/waivers');
      const revoke = await page.locator('.waivers button').count();
      expect(`${role}: revokes waivers`, revoke > 0 === (role === 'reviewer' || role === 'admin'), String(revoke));
    }
    if (role !== 'admin') {
      await go(page, '#/access');
      expect(`${role}: no tokens`, /needs the role admin/.test(await page.locator('#main').innerText()));
    }
    const stored = await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
    expect(`${role}: nothing of the sign-in is kept where scripts read`, stored === 0);
    await close();
  }
  expect(
    'no request carries the token but the one that signs in',
    api.asked.every(({ authorization }) => authorization === null),
  );

  const { page, close } = await openAs(browser, api.url, 'admin');
  await go(page, '#/findings');
  api.endSessions();
  await page.evaluate(() => {
    location.hash = '#/waivers';
  });
  await page.waitForSelector('#token');
  expect('a session that ended is said so', /has ended/.test(await page.locator('main').innerText()));
  await page.fill('#token', 'viewer');
  await page.press('#token', 'Enter');
  await page.waitForSelector('.rail');
  await settled(page);
  expect('and the view is the one that was asked for', (await page.locator('h1').innerText()) === 'Waivers');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForSelector('#token');
  const [end] = api.asked.filter(({ path }) => path === '/v1/session/end');
  expect('signing out ends the session at the server, with its CSRF token', end !== undefined && end.csrf !== null);
  await page.reload();
  expect('and after a reload nobody is signed in', (await page.waitForSelector('#token')) !== null);
  await close();
  await api.close();

  const withProvider = await fakeApi({ count: 0, oidc: true });
  const opened = await open(browser, withProvider.url);
  expect('a provider has its button', (await opened.page.waitForSelector('a[href="/auth/login"]')) !== null);
  await opened.close();
  await withProvider.close();
}
