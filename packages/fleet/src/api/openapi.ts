import * as z from 'zod';
import * as apiShapes from '../model/api-shapes.js';
import * as shapes from '../model/shapes.js';
import type { Route } from './route.js';

/*
 * OpenAPI 3.1, whose schemas are those of JSON Schema 2020-12, from the table of routes. Shapes that have a name here are
 * components; the others stand where they are used.
 */

type Json = Record<string, unknown>;

const NAMED: readonly (readonly [string, z.ZodType])[] = [
  ['Sha256', shapes.sha256],
  ['Problem', shapes.problem],
  ['Finding', shapes.shortFinding],
  ['Verdict', shapes.verdictAnswer],
  ['VerdictWord', shapes.verdictWord],
  ['Intake', shapes.intake],
  ['IntakeState', shapes.intakeState],
  ['Artifact', shapes.artifact],
  ['ArtifactState', shapes.artifactState],
  ['Waiver', shapes.waiver],
  ['AuditEntry', shapes.auditEntry],
  ['Policy', apiShapes.policyAnswer],
  ['Token', apiShapes.apiToken],
  ['Webhook', apiShapes.webhook],
  ['InboundHook', apiShapes.inboundHook],
  ['Session', apiShapes.session],
  ['Stats', apiShapes.stats],
];

const names = new Map<unknown, string>(NAMED.map(([name, shape]) => [shape, name]));

/** A schema whose named parts are references. */
function schemaOf(shape: z.ZodType, io: 'input' | 'output'): Json {
  const name = names.get(shape);
  return name === undefined ? inline(shape, io) : { $ref: `#/components/schemas/${name}` };
}

function inline(shape: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const name = names.get(zodSchema);
      if (name === undefined || isTop(zodSchema, shape)) return;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key as keyof typeof jsonSchema];
      jsonSchema.$ref = `#/components/schemas/${name}`;
    },
  }) as Json;
  return schema;
}

function isTop(one: unknown, shape: z.ZodType): boolean {
  return one === shape;
}

function parametersOf(where: 'path' | 'query', shape: z.ZodType | null): Json[] {
  if (shape === null) return [];
  const schema = inline(shape, 'input');
  const required = Array.isArray(schema['required']) ? (schema['required'] as readonly unknown[]) : [];
  return Object.entries((schema['properties'] ?? {}) as Record<string, Json>).map(
    ([name, { description, ...rest }]) => ({
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: rest,
    }),
  );
}

function bodyOf({ body, bodyKind }: Route): Json {
  if (bodyKind === 'stream')
    return { requestBody: { required: true, content: { 'application/octet-stream': { schema: {} } } } };
  if (bodyKind === 'raw') return { requestBody: { required: true, content: { 'application/json': { schema: {} } } } };
  if (body === null) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } };
}

function answerOf({ answer }: Route): Json {
  if ('shape' in answer)
    return { description: 'Done', content: { 'application/json': { schema: schemaOf(answer.shape, 'output') } } };
  if ('types' in answer)
    return { description: 'Done', content: Object.fromEntries(answer.types.map((type) => [type, { schema: {} }])) };
  return { description: answer.status === 302 ? 'Elsewhere' : 'Done' };
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'The request is not understood',
  401: 'Nobody is known by this token, session or signature',
  403: 'The role does not suffice, or the CSRF token is missing',
  404: 'There is no such thing',
  408: 'The body comes too slowly',
  409: 'Its state does not allow it',
  413: 'The body is too large',
  415: 'The media type is not taken',
  429: 'Too many requests; Retry-After says when',
  500: 'An error of the service',
  502: 'The provider does not answer',
  503: 'The database does not answer',
};

function problemsOf({ access, refuses = [] }: Route): Json {
  const always = access === 'anyone' ? [400, 429, 500] : [400, 401, 403, 429, 500];
  const statuses = [...new Set([...always, ...refuses])].sort((a, b) => a - b);
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    statuses.map((status) => [String(status), { description: REASONS[status] ?? 'Refused', content }]),
  );
}

function securityOf(access: Route['access']): Json[] {
  if (access === 'anyone') return [];
  return access === 'worker' ? [{ worker: [] }] : [{ token: [] }, { session: [] }];
}

export function openApiDocument(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = {
      operationId: route.id,
      summary: route.summary,
      'x-role': route.access,
      security: securityOf(route.access),
      parameters: [...parametersOf('path', route.params), ...parametersOf('query', route.query)],
      ...bodyOf(route),
      responses: { [route.answer.status]: answerOf(route), ...problemsOf(route) },
    };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Sentinel fleet',
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: 'Whether a file is allowed, by which catalogue, and since when.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: Object.fromEntries(NAMED.map(([name, shape]) => [name, inline(shape, 'output')])),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-sentinel',
          description: 'A session; requests that change something carry x-csrf-token',
        },
        worker: { type: 'http', scheme: 'bearer', description: 'The secret of workers, which lies in the database' },
      },
    },
  };
}
