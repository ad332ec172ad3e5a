import { describe, expect, test } from 'vitest';
import { sourceErrorOf } from '../../test/source-kit.js';
import { HttpClient } from '../http/client.js';
import type { TransportRequest } from '../http/transport.js';
import { parseOciAddress } from './address.js';
import { RegistryApi } from './api.js';

const BEARER = 'Bearer realm="https://auth.example.com/token",service="r"';

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
}

/** A registry of a company, before a client whose answers are those of a table; `asked`: what was sent, and to whom. */
function registry(
  { auth = null, challenge = BEARER }: { auth?: Readonly<Record<string, unknown>> | null; challenge?: string },
  reply: (request: TransportRequest) => Reply | null = () => null,
) {
  const asked: string[] = [];
  const bodies: string[] = [];
  const answer = (request: TransportRequest): Reply => {
    const own = reply(request);
    if (own !== null) return own;
    if (request.url.pathname === '/token') return { status: 200, text: '{"token":"t"}' };
    return request.headers['authorization'] === undefined
      ? { status: 401, headers: { 'www-authenticate': challenge } }
      : { status: 200, text: 'bytes' };
  };
  const client = new HttpClient({
    backOffMs: 1,
    transport: {
      send: async (request) => {
        asked.push(`${request.method} ${request.url.href} ${request.headers['authorization'] ?? '-'}`);
        if (request.body !== undefined) bodies.push(new TextDecoder().decode(request.body));
        const { status, headers = {}, text = '' } = answer(request);
        return {
          status,
          header: (name) => headers[name] ?? null,
          body: (async function* body() {
            yield new TextEncoder().encode(text);
          })(),
          close: () => undefined,
        };
      },
    },
  });
  const config = auth === null ? null : JSON.stringify({ auths: { 'reg.example.com': auth } });
  const context = {
    client,
    variable: (name: string) => (name === 'HOME' ? '/h' : undefined),
    readText: () => config,
    signal: new AbortController().signal,
  };
  const api = new RegistryApi(context, parseOciAddress('oci://reg.example.com/org/model'));
  const get = (): Promise<number> =>
    api.get(['blobs', 'sha256:0'], {}, undefined, async (one) => {
      if (one.status !== 200) throw await api.error('here', one);
      return one.status;
    });
  return { get, asked, bodies };
}
const BLOB = 'https://reg.example.com/v2/org/model/blobs/sha256:0';
const SCOPE = 'scope=repository%3Aorg%2Fmodel%3Apull';
const BASIC = `Basic ${btoa('a:b')}`;
const LOGIN = { auth: btoa('a:b') };

describe('a token', () => {
  test('is asked for once, with the login, for many requests', async () => {
    const { get, asked } = registry({ auth: LOGIN });
    expect(await Promise.all([get(), get()])).toEqual([200, 200]);
    expect(await get()).toBe(200);
    expect(asked.filter((line) => line.includes('/token'))).toEqual([
      `GET https://auth.example.com/token?service=r&${SCOPE} ${BASIC}`,
    ]);
    expect(asked.at(-1)).toBe(`GET ${BLOB} Bearer t`);
  });

  test('of a server without a service, or under its other name', async () => {
    const { get, asked } = registry({ challenge: 'Bearer realm="https://auth.example.com/token?a=b"' }, ({ url }) =>
      url.pathname === '/token' ? { status: 200, text: '{"access_token":"other"}' } : null,
    );
    expect(await get()).toBe(200);
    expect(asked.slice(1)).toEqual([`GET https://auth.example.com/token?a=b&${SCOPE} -`, `GET ${BLOB} Bearer other`]);
  });

  test('is had for one of another kind, which is no password', async () => {
    const { get, asked, bodies } = registry({ auth: { ...LOGIN, identitytoken: 'id' } });
    expect(await get()).toBe(200);
    expect(asked[1]).toBe('POST https://auth.example.com/token -');
    expect(Object.fromEntries(new URLSearchParams(bodies[0]))).toEqual({
      grant_type: 'refresh_token',
      client_id: 'sentinel',
      service: 'r',
      scope: 'repository:org/model:pull',
      refresh_token: 'id',
    });
  });

  test.each([LOGIN, { identitytoken: 'id' }])('of a server of somebody else is asked for without %j', async (auth) => {
    const { get, asked } = registry({ auth, challenge: BEARER.replace('example.com', 'example.org') });
    expect(await get()).toBe(200);
    expect(asked[1]).toBe(`GET https://auth.example.org/token?service=r&${SCOPE} -`);
  });

  test.each([
    [LOGIN, true],
    [{ identitytoken: 'id' }, true],
    [null, false],
  ])('that somebody else does not give: with %j it is said that no login was sent, %s', async (auth, isSaid) => {
    const refusing = registry({ auth, challenge: BEARER.replace('example.com', 'example.org') }, ({ url }) =>
      url.pathname === '/token' ? { status: 403 } : null,
    );
    const { code, message } = await sourceErrorOf(refusing.get());
    expect([code, message.includes('gives no token (403)')]).toEqual(['unauthorized', true]);
    expect(message.includes('the login is not sent to auth.example.org')).toBe(isSaid);
    // Its own server had the login.
    const own = registry({ auth }, ({ url }) => (url.pathname === '/token' ? { status: 403 } : null));
    expect((await sourceErrorOf(own.get())).message).not.toContain('is not sent');
  });

  test.each(['{}', '5', '{', '{"token":""}', '{"token":5}', '{"token":"a b"}', `{"token":"${'x'.repeat(65_000)}x"`])(
    'is none in %j',
    async (text) => {
      const { get } = registry({}, ({ url }) => (url.pathname === '/token' ? { status: 200, text } : null));
      expect(await sourceErrorOf(get())).toMatchObject({
        code: 'bad-answer',
        message: expect.stringContaining('no token'),
      });
    },
  );

  test('that does not help is an error', async () => {
    const { get, asked } = registry({}, ({ url }) =>
      url.pathname === '/token' ? null : { status: 401, headers: { 'www-authenticate': BEARER } },
    );
    expect((await sourceErrorOf(get())).message).toContain('access is refused (401)');
    expect(asked).toHaveLength(3);
  });
});

describe('a password', () => {
  test('is sent where it is asked for', async () => {
    const { get, asked } = registry({ auth: LOGIN, challenge: 'Basic realm="x"' });
    expect(await get()).toBe(200);
    expect(asked).toEqual([`GET ${BLOB} -`, `GET ${BLOB} ${BASIC}`]);
  });

  test.each([null, { identitytoken: 'id' }])('that there is not: %j', async (auth) => {
    const { get, asked } = registry({ auth, challenge: 'Basic realm="x"' });
    expect((await sourceErrorOf(get())).message).toContain('the registry asks for a password (401)');
    expect(asked).toHaveLength(1);
  });
});

test.each([
  [404, '{"errors":[{"code":"A","message":"b"},{"code":"C"}]}', 'here: it does not exist (404): A: b'],
  [404, '{"errors":[{"code":5,"message":"b"}]}', 'here: it does not exist (404): b'],
  [404, '{"errors":[]}', 'here: it does not exist (404)'],
  [404, '{"errors":{}}', 'here: it does not exist (404)'],
  [404, '[]', 'here: it does not exist (404)'],
  [404, `{"errors":[{"code":"A"}], "x": "${'x'.repeat(5_000)}"}`, 'here: it does not exist (404)'],
  [418, 'no', 'here: the server answers with status 418'],
])('an answer of status %i with %j', async (status, text, message) => {
  const { get } = registry({}, () => ({ status, text }));
  expect(await sourceErrorOf(get())).toMatchObject({ status, message });
});
