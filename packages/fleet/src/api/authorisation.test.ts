import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeFleet } from '../../test/database.js';
import { ABC, testApi, WORKER_SECRET, type TestApi } from '../../test/api.js';
import { mayAct, ROLES, type Role } from '../model/roles.js';
import type { Route } from './route.js';
import { ROUTES } from './routes/index.js';

/** A request that is in order as far as the guard sees it. */
function requestOf(route: Route) {
  const values: Readonly<Record<string, string>> = { id: randomUUID(), sha256: ABC, name: 'model.pkl', number: '1' };
  const url = route.path.replace(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? 'x');
  const type = route.bodyKind === 'stream' ? 'application/octet-stream' : 'application/json';
  const hasBody = route.body !== null || (route.bodyKind ?? 'json') !== 'json';
  return { method: route.method, url, ...(hasBody ? { headers: { 'content-type': type }, payload: '{}' } : {}) };
}

const REFUSED = new Set([401, 403]);
const named = ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const);

describeFleet('authorisation: each route and each role', () => {
  let api: TestApi;
  beforeAll(async () => void (api = await testApi()));
  afterAll(() => api.close());

  const send = async (route: Route, authorization: string | null): Promise<number> => {
    // The table is about who, not about how often.
    await api.db.pool.query('DELETE FROM buckets');
    const { headers, ...request } = { headers: {}, ...requestOf(route) };
    const all = authorization === null ? headers : { ...headers, authorization };
    return (await api.server.inject({ ...request, headers: all })).statusCode;
  };

  for (const [name, route] of named) {
    test(`${name} is for ${route.access}`, async () => {
      const statuses = new Map<Role | 'nobody' | 'worker' | 'unknown token', number>();
      statuses.set('nobody', await send(route, null));
      statuses.set('unknown token', await send(route, `Bearer snt_${'A'.repeat(43)}`));
      statuses.set('worker', await send(route, `Bearer ${WORKER_SECRET}`));
      for (const role of ROLES) statuses.set(role, await send(route, `Bearer ${api.tokens[role]}`));
      const { access } = route;
      for (const [who, status] of statuses) {
        if (access === 'anyone') {
          // A sign-in or a delivery without its secret is refused by the route itself.
          const ownRefusal = ['/v1/hooks/{id}', '/v1/session'].includes(route.path);
          expect(ownRefusal || !REFUSED.has(status), `${who}: ${status}`).toBe(true);
        } else if (access === 'worker') expect([who, status === 401]).toEqual([who, who !== 'worker']);
        else if (who === 'nobody' || who === 'unknown token' || who === 'worker')
          expect([who, status]).toEqual([who, 401]);
        else expect([who, status === 403]).toEqual([who, !mayAct(who, access)]);
        expect(status, who).not.toBe(500);
        expect(status, who).not.toBe(429);
      }
    });
  }

  test('a route that does not say who may ask keeps the server from starting', async () => {
    const other = await testApi();
    other.server.get('/open', () => 'open');
    await expect(other.server.ready()).rejects.toThrow('/open does not say who may ask');
    await other.db.close();
  });

  test('what is no route is 404, whoever asks', async () => {
    for (const headers of [{}, api.as('admin')])
      for (const url of ['/v1/nothing', '/v1/tokens/../audit/', '/V1/tokens', '/v1/tokens/', '//v1/tokens', '/.env'])
        expect((await api.server.inject({ url, headers })).statusCode).toBe(404);
  });

  test('HEAD and OPTIONS open nothing', async () => {
    for (const method of ['HEAD', 'OPTIONS', 'PATCH', 'DELETE'] as const)
      expect((await api.server.inject({ method, url: '/v1/policy' })).statusCode).toBe(404);
  });
});

test('docs/fleet/api.md has a row for each route, with its role', async () => {
  const page = await readFile(new URL('../../../../docs/fleet/api.md', import.meta.url), 'utf8');
  const rows = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  for (const { method, path, access, summary } of ROUTES)
    expect(rows).toContainEqual(['', `\`${method} ${path}\``, access, summary, '']);
});
