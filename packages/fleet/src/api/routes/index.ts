import * as z from 'zod';
import { openApiDocument } from '../openapi.js';
import { route, type Route } from '../route.js';
import { ADMINISTRATION_ROUTES } from './administration.js';
import { ARTIFACT_ROUTES } from './artifacts.js';
import { INTAKE_ROUTES } from './intakes.js';
import { JUDGING_ROUTES } from './judging.js';
import { SESSION_ROUTES } from './sessions.js';
import { SYSTEM_ROUTES } from './system.js';
import { VERDICT_ROUTES } from './verdicts.js';

/** Every route of the API. What Fastify serves, what OpenAPI describes and what the test of authorisation asks come from here. */
export const ROUTES: readonly Route[] = [
  ...INTAKE_ROUTES,
  ...ARTIFACT_ROUTES,
  ...VERDICT_ROUTES,
  ...JUDGING_ROUTES,
  ...ADMINISTRATION_ROUTES,
  ...SESSION_ROUTES,
  ...SYSTEM_ROUTES,
  route({
    id: 'getOpenApi',
    method: 'GET',
    path: '/openapi.json',
    access: 'anyone',
    summary: 'This description',
    answer: { status: 200, shape: z.record(z.string(), z.unknown()) },
    handle: () => Promise.resolve(fleetOpenApi()),
  }),
];

/** The OpenAPI description: schemas/fleet.openapi.json. */
export function fleetOpenApi(): Record<string, unknown> {
  return openApiDocument(ROUTES);
}
