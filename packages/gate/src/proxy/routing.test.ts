import { expect, test } from 'vitest';
import { ANY_ROUTE } from '../../test/inspect-kit.ts';
import type { Route } from '../config/gate-config.ts';
import { bareRoute, fallbackOf, routeOf } from './routing.ts';

const route = (more: Partial<Route> = {}): Route =>
  ({ id: 'r', mode: 'observe', methods: ['POST'], policy: ANY_ROUTE, ...more }) as unknown as Route;

/** A matcher that has one path, and one method for it. */
const matcher = {
  find: (path: string, method: string) =>
    path !== '/a'
      ? { route: null, methods: [] }
      : method === 'POST'
        ? { route: route(), methods: [] }
        : { route: null, methods: ['POST', 'PUT', 'POST'] },
} as unknown as Parameters<typeof routeOf>[0]['matcher'];

test.each<[string, string, string | null, string | null, string[]]>([
  ['POST', '/a', 'r', null, []],
  ['GET', '/a', 'f', 'GATE-METHOD the methods are POST, PUT', ['POST', 'PUT']],
  ['POST', '/b', 'f', 'GATE-ROUTE no route of the gate has this path', []],
  ['POST', '/a/%2e%2e/b\\', null, 'GATE-HTTP a request target that servers could read differently', []],
])('%s %s', (method, target, id, said, methods) => {
  const found = routeOf({ matcher, fallback: route({ id: 'f' }) }, method, target);
  expect([
    found.route?.id ?? null,
    found.refusal === null ? null : `${found.refusal.rule} ${found.refusal.detail}`,
    found.methods,
  ]).toEqual([id, said, methods]);
});

test('a path without a route is observed as well, while every route only observes', () => {
  const limits = { ...ANY_ROUTE.limits, depth: 3 };
  const first = route({ policy: { ...ANY_ROUTE, limits } });
  const fallback = fallbackOf({ routes: [first, route()] });
  expect([fallback?.id, fallback?.mode, fallback?.upgrades, fallback?.inspectResponses]).toEqual([
    'unrouted',
    'observe',
    false,
    false,
  ]);
  expect(fallback?.policy).toMatchObject({ observes: true, schema: null, schemaIsLight: true, limits });
  expect(fallbackOf({ routes: [first, route({ mode: 'enforce' })] })).toBeNull();
  expect(fallbackOf({ routes: [] })).toBeNull();
});

test('a bare route has the limits and the exceptions of its own, and no schema', () => {
  const exceptions = [{ rule: 'GATE-CODE', field: null, owner: 'o', why: 'w', expires: '2999-01-01' }] as const;
  const policy = { ...ANY_ROUTE, id: 'x', schema: { type: 'object' }, contentTypes: ['a/b'] };
  expect(bareRoute(route({ policy })).policy).toEqual({
    id: 'bare x',
    protocol: 'plain',
    contentTypes: ['*/*'],
    schema: null,
    schemaIsLight: true,
    readsAsPython: true,
    limits: ANY_ROUTE.limits,
  });
  expect(bareRoute(route({ policy: { ...policy, observes: true, exceptions } })).policy).toMatchObject({
    observes: true,
    exceptions,
  });
});
