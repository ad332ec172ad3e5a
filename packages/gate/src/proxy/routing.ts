import type { GateConfig, Route } from '../config/gate-config.js';
import { type Matcher, normalPath } from '../config/match.js';
import type { RoutePolicy } from '../model/route-policy.js';
import type { Refusal } from '../model/rules.js';
import { headRefusal } from './problem.js';

export interface Routes {
  readonly matcher: Matcher<Route>;
  /** What takes requests that no route does, while everything is only observed; null otherwise. */
  readonly fallback: Route | null;
}

export interface Routed {
  readonly route: Route | null;
  /** Why no route has it. */
  readonly refusal: Refusal | null;
  /** What the path would take, where it was the method that no route has. */
  readonly methods: readonly string[];
}

/** The route of a request, or why it has none. Behind a refusal `route` is the one by which it is observed. */
export function routeOf({ matcher, fallback }: Routes, method: string, target: string): Routed {
  const path = normalPath(target);
  if (path === null)
    return {
      route: null,
      refusal: headRefusal('GATE-HTTP', 'target', 'a request target that servers could read differently'),
      methods: [],
    };
  const found = matcher.find(path, method);
  if (found.route !== null) return { route: found.route, refusal: null, methods: [] };
  const methods = [...new Set(found.methods)];
  const refusal =
    methods.length > 0
      ? headRefusal('GATE-METHOD', 'method', `the methods are ${methods.join(', ')}`)
      : headRefusal('GATE-ROUTE', 'route', 'no route of the gate has this path');
  return { route: fallback, refusal, methods };
}

/** While every route only observes, a path without a route is observed as well. */
export function fallbackOf(config: Pick<GateConfig, 'routes'>): Route | null {
  if (config.routes.some(({ mode }) => mode === 'enforce')) return null;
  const [first] = config.routes;
  if (first === undefined) return null;
  const policy: RoutePolicy = {
    id: 'unrouted',
    protocol: 'plain',
    contentTypes: ['*/*'],
    schema: null,
    schemaIsLight: true,
    limits: first.policy.limits,
    observes: true,
  };
  return {
    ...first,
    id: 'unrouted',
    path: '/**',
    methods: [],
    dialect: null,
    mode: 'observe',
    spoolAbove: null,
    streamAbove: null,
    upgrades: false,
    inspectResponses: false,
    policy,
  };
}

/**
 * The same route for what its schema and types do not hold for: messages of a WebSocket without a schema, the head of an
 * upgrade, trailers. Its mode and its exceptions hold.
 */
export function bareRoute(route: Route): Route {
  const { limits, observes, exceptions } = route.policy;
  const policy: RoutePolicy = {
    id: `bare ${route.policy.id}`,
    protocol: 'plain',
    contentTypes: ['*/*'],
    schema: null,
    schemaIsLight: true,
    readsAsPython: true,
    limits,
    ...(observes === undefined ? {} : { observes }),
    ...(exceptions === undefined ? {} : { exceptions }),
  };
  return { ...route, policy };
}
