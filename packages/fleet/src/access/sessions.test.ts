import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testApi, type TestApi } from '../../test/api.js';
import { describeFleet } from '../../test/database.js';
import { CLIENT, testProvider, type TestProvider } from '../../test/oidc-provider.js';
import { Oidc } from './oidc.js';
import { beginSession, callerOfSession } from './sessions.js';
import { createToken, revokeToken } from './tokens.js';

const PUBLIC = 'https://sentinel.example';
const SESSION = '__Host-sentinel';

describeFleet('sessions and OpenID Connect', () => {
  let provider: TestProvider;
  let api: TestApi;
  beforeAll(async () => {
    provider = await testProvider();
    const config = {
      issuer: provider.issuer,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      roleClaim: 'groups',
      roles: { 'ml-security': 'reviewer', 'ml-admins': 'admin', staff: 'viewer' } as const,
      otherwise: null,
      allowInsecure: true,
    };
    api = await testApi({ config: { publicUrl: PUBLIC }, oidc: new Oidc(config, PUBLIC) });
  });
  afterAll(async () => {
    await api.close();
    await provider.close();
  });
  beforeEach(async () => {
    for (const key of Object.keys(provider.answers)) delete provider.answers[key as keyof typeof provider.answers];
    provider.answers.claims = { groups: ['staff', 'ml-security'], email: 'ann@example.org', email_verified: true };
    await api.db.pool.query('DELETE FROM buckets');
  });

  type Cookies = Record<string, string>;
  const cookiesOf = (answer: { cookies: readonly { name: string; value: string }[] }): Cookies =>
    Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));

  /** A browser up to the redirect back from the provider. */
  const goToProvider = async (cookies: Cookies = {}) => {
    const login = await api.server.inject({ url: '/auth/login', cookies });
    expect(login.statusCode).toBe(302);
    const back = await fetch(login.headers.location ?? '', { redirect: 'manual' });
    const { pathname, search } = new URL(back.headers.get('location') ?? '');
    return { url: pathname + search, cookies: { ...cookies, ...cookiesOf(login) } };
  };
  const signIn = async (cookies: Cookies = {}) => api.server.inject(await goToProvider(cookies));
  const sessionOf = async (): Promise<{ cookies: Cookies; csrf: string }> => {
    const cookies = { [SESSION]: cookiesOf(await signIn())[SESSION] ?? '' };
    const { csrf } = (await api.server.inject({ url: '/v1/session', cookies })).json<{ csrf: string }>();
    return { cookies, csrf };
  };

  /** What the audit log says of the session that was begun last. */
  const begunBy = async (): Promise<unknown> => {
    const log = `SELECT detail FROM audit WHERE action = 'session.begun' ORDER BY number DESC LIMIT 1`;
    return (await api.db.pool.query<{ detail: unknown }>(log)).rows[0]?.detail;
  };

  test('a person signs in and has the highest of the roles that their groups give', async () => {
    const answer = await signIn();
    expect([answer.statusCode, answer.headers.location]).toEqual([302, '/']);
    const cookies = { [SESSION]: cookiesOf(answer)[SESSION] ?? '' };
    const session = await api.server.inject({ url: '/v1/session', cookies });
    expect(session.json()).toMatchObject({ name: 'ann@example.org', role: 'reviewer', via: 'session' });
    expect(await begunBy()).toEqual({ role: 'reviewer', by: 'oidc' });
  });

  test.each([
    ['an address that nobody verified', { email: 'boss@example.org' }, 'boss@example.org (subject-1)'],
    [
      'a word for a verified one',
      { email: 'boss@example.org', email_verified: 'true' },
      'boss@example.org (subject-1)',
    ],
    ['a name of the fleet', { preferred_username: 'worker' }, 'worker (subject-1)'],
    ['an empty address', { email: '', email_verified: true, preferred_username: 'ann' }, 'ann (subject-1)'],
    ['what is no text', { email: 5, preferred_username: ['ann'], name: 'Ann' }, 'Ann (subject-1)'],
    ['nothing', {}, 'subject-1'],
  ])('the log does not call a person by %s alone', async (_what, claims, name) => {
    provider.answers.claims = { groups: ['ml-security'], ...claims };
    const cookies = { [SESSION]: cookiesOf(await signIn())[SESSION] ?? '' };
    expect((await api.server.inject({ url: '/v1/session', cookies })).json()).toMatchObject({ name });
  });

  test('a session whose token was revoked while it began is none', async () => {
    const { token } = await createToken(api.db.pool, { name: 'gone', role: 'viewer', days: 1 }, { name: 'test' });
    const wanted = { subject: 'x', name: 'gone', role: 'viewer' as const, token: token.id, until: null };
    const before = await beginSession(api.db.pool, wanted, null);
    expect(await callerOfSession(api.db.pool, before)).toMatchObject({ name: 'gone' });
    await revokeToken(api.db.pool, token.id, { name: 'test' });
    const after = await beginSession(api.db.pool, wanted, null);
    expect(await callerOfSession(api.db.pool, before)).toBeNull();
    expect(await callerOfSession(api.db.pool, after)).toBeNull();
  });

  test('the cookie is HttpOnly, Secure, SameSite=Lax, of this host only, and its value stands nowhere in the database', async () => {
    const answer = await signIn();
    const cookie = answer.cookies.find(({ name }) => name === SESSION);
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
    expect(cookie?.domain).toBeUndefined();
    const { rows } = await api.db.pool.query('SELECT * FROM sessions');
    expect(JSON.stringify(rows)).not.toContain(cookie?.value);
    expect(answer.headers['strict-transport-security']).toContain('max-age');
  });

  test.each([
    ['another state', (url: string) => url.replace(/state=[^&]+/, 'state=other')],
    ['no state', (url: string) => url.replace(/&?state=[^&]+/, '')],
    ['a code that was never given', (url: string) => url.replace(/code=[^&]+/, 'code=other')],
    ['an error of the provider', () => '/auth/callback?error=access_denied'],
  ])('%s is refused', async (_what, change) => {
    const { url, cookies } = await goToProvider();
    const answer = await api.server.inject({ url: change(url), cookies });
    expect(answer.statusCode).toBe(403);
    expect(cookiesOf(answer)[SESSION]).toBeUndefined();
  });

  test.each([
    ['another nonce', { nonce: 'other' }],
    ['another issuer', { issuer: 'https://evil.example' }],
    ['another audience', { audience: 'another-client' }],
    ['a signature of another key', { hasOtherKey: true }],
    ['no group of ours', { claims: { groups: ['guests'] } }],
    ['groups that are names of prototypes', { claims: { groups: ['__proto__', 'constructor', 'toString'] } }],
    ['no claim', { claims: {} }],
  ])('an ID token with %s is refused', async (_what, change) => {
    Object.assign(provider.answers, change);
    const answer = await signIn();
    expect(answer.statusCode).toBe(403);
    expect(cookiesOf(answer)[SESSION]).toBeUndefined();
  });

  test('a callback belongs to the browser that began, and holds once', async () => {
    const { url, cookies } = await goToProvider();
    expect((await api.server.inject({ url })).statusCode).toBe(403);
    expect((await api.server.inject({ url, cookies })).statusCode).toBe(302);
    expect((await api.server.inject({ url, cookies })).statusCode).toBe(403);
  });

  test('a session that was planted is not the one after the sign-in, and ends (fixation)', async () => {
    const planted = cookiesOf(await signIn())[SESSION] ?? '';
    const after = cookiesOf(await signIn({ [SESSION]: planted }))[SESSION] ?? '';
    expect(after).not.toBe(planted);
    expect((await api.server.inject({ url: '/v1/session', cookies: { [SESSION]: planted } })).statusCode).toBe(401);
    expect((await api.server.inject({ url: '/v1/session', cookies: { [SESSION]: after } })).statusCode).toBe(200);
  });

  test('what a session changes needs its CSRF token, and comes from this site', async () => {
    const { cookies, csrf } = await sessionOf();
    const other = await sessionOf();
    const post = (headers: Record<string, string>) =>
      api.server.inject({ method: 'POST', url: '/v1/verdicts', cookies, headers, payload: { questions: [] } });
    expect((await post({})).json()).toMatchObject({ code: 'csrf' });
    expect((await post({ 'x-csrf-token': other.csrf })).statusCode).toBe(403);
    expect((await post({ 'x-csrf-token': csrf, 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect((await post({ 'x-csrf-token': csrf, 'sec-fetch-site': 'same-site' })).statusCode).toBe(403);
    expect((await post({ 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200);
  });

  test('a form of another site changes nothing: its media types are not taken', async () => {
    const { cookies, csrf } = await sessionOf();
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])
      expect(
        (
          await api.server.inject({
            method: 'POST',
            url: '/v1/verdicts',
            cookies,
            headers: { 'content-type': type, 'x-csrf-token': csrf },
            payload: '{"questions":[]}',
          })
        ).statusCode,
      ).toBe(415);
  });

  test('a session ends: by itself, by its person, with its token', async () => {
    const { cookies, csrf } = await sessionOf();
    const ended = await api.server.inject({
      method: 'POST',
      url: '/v1/session/end',
      cookies,
      headers: { 'x-csrf-token': csrf },
    });
    expect(ended.json<{ url: string }>().url).toContain(`${provider.issuer}/end`);
    expect((await api.server.inject({ url: '/v1/session', cookies })).statusCode).toBe(401);

    const late = await sessionOf();
    await api.db.pool.query(`UPDATE sessions SET expires_at = now() - interval '1 second'`);
    expect((await api.server.inject({ url: '/v1/session', cookies: late.cookies })).statusCode).toBe(401);
  });

  test('a token begins a session of its role, which ends when the token is revoked', async () => {
    const made = await api.server.inject({
      method: 'POST',
      url: '/v1/tokens',
      headers: api.as('admin'),
      payload: { name: 'for a browser', role: 'viewer', days: 1 },
    });
    const { id, secret } = made.json<{ id: string; secret: string }>();
    const begun = await api.server.inject({ method: 'POST', url: '/v1/session', payload: { token: secret } });
    expect(begun.statusCode).toBe(204);
    const cookies = { [SESSION]: cookiesOf(begun)[SESSION] ?? '' };
    const session = await api.server.inject({ url: '/v1/session', cookies });
    expect(session.json()).toMatchObject({ role: 'viewer', via: 'session' });
    expect(await begunBy()).toEqual({ role: 'viewer', by: `token:${id}` });
    const url = `/v1/tokens/${id}`;
    expect((await api.server.inject({ method: 'DELETE', url, headers: api.as('admin') })).statusCode).toBe(204);
    expect((await api.server.inject({ url: '/v1/session', cookies })).statusCode).toBe(401);
    expect(
      (await api.server.inject({ method: 'POST', url: '/v1/session', payload: { token: secret } })).statusCode,
    ).toBe(401);
  });

  test('another site cannot sign a browser in', async () => {
    const answer = await api.server.inject({
      method: 'POST',
      url: '/v1/session',
      headers: { 'sec-fetch-site': 'cross-site' },
      payload: { token: api.tokens.viewer },
    });
    expect(answer.statusCode).toBe(403);
  });
});
