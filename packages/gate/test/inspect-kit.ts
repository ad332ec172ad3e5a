import type { Route } from '../src/config/gate-config.ts';
import { Held } from '../src/inspect/feed.ts';
import { inspectRequest } from '../src/inspect/walker.ts';
import { compileSchema } from '../src/inspect/schema.ts';
import { DEFAULT_INSPECTION_LIMITS, type InspectionLimits } from '../src/model/limits.ts';
import type { Refusal } from '../src/model/rules.ts';
import type { RoutePolicy } from '../src/model/route-policy.ts';
import type { Disguised } from './disguises.ts';

export const ANY_ROUTE: RoutePolicy = {
  id: 'any',
  protocol: 'plain',
  contentTypes: ['*/*'],
  schema: null,
  schemaIsLight: false,
  limits: DEFAULT_INSPECTION_LIMITS,
};

/** A route that enforces its policy, and has nothing else switched on. */
export const PLAIN_ROUTE: Route = {
  id: 'any',
  path: '/a',
  dialect: null,
  methods: ['POST'],
  mode: 'enforce',
  bodyLimit: 10,
  answerMs: 1_000,
  inspectResponses: false,
  spoolAbove: null,
  streamAbove: null,
  upgrades: false,
  policy: ANY_ROUTE,
};

export async function inspected(
  request: Partial<Disguised> & { readonly body: Buffer; readonly query?: string },
  route: Partial<RoutePolicy> = {},
  limits: Partial<InspectionLimits> = {},
): Promise<Refusal | null> {
  const policy: RoutePolicy = {
    ...ANY_ROUTE,
    ...(request.inferHeaderLength === undefined ? {} : { protocol: 'v2-infer' as const }),
    ...route,
    limits: { ...DEFAULT_INSPECTION_LIMITS, ...limits },
  };
  const { refusal } = await inspectRequest(
    {
      route: policy.id,
      contentType: request.contentType ?? 'application/json',
      contentEncoding: request.contentEncoding ?? null,
      inferHeaderLength: request.inferHeaderLength === '' ? null : (request.inferHeaderLength ?? null),
      query: request.query ?? '',
      body: request.body,
    },
    policy,
    policy.schema === null ? null : compileSchema(policy.schema),
    new Held(request.body),
  );
  return refusal;
}
