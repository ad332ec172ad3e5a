import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastify, {
  LogController,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify';
import { createSerializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Writable } from 'node:stream';
import type { Caller } from '../access/caller.js';
import { BODY_MS, HEADERS_MS, MAX_DELIVERY_BYTES, MAX_HEADER_BYTES, MAX_JSON_BYTES } from '../limits.js';
import { RefusedError } from '../model/errors.js';
import { dashboard } from './dashboard.js';
import { Guard } from './guard.js';
import { DASHBOARD_POLICY } from './headers.js';
import { answerProblem } from './problems.js';
import type { Access, BodyKind, Route } from './route.js';
import { ROUTES } from './routes/index.js';
import type { Services } from './services.js';
import { Tracer, type Span } from '../traces/tracer.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null in routes for anyone and for workers. */
    caller: Caller | null;
    span: Span;
  }
  interface FastifyContextConfig {
    /** Who may ask. With a route that does not say it the server does not start: nothing is open by accident. */
    access?: Access;
    /** Not limited for strangers: what orchestrators ask every second. */
    isFree?: boolean;
  }
}

export interface ServerOptions {
  readonly services: Services;
  /** The folder of the dashboard; null for none. */
  readonly dashboardFolder: string | null;
  /** The proxy before this service, whose X-Forwarded-For is believed; false for none. */
  readonly trustProxy?: boolean | string;
  /** Lines of JSON; standard output unless given, null for none. */
  readonly log?: Writable | null;
  readonly tracer?: Tracer;
  /** The gate of the Hub, whose routes ask by `authenticate` who it is. */
  readonly gate?: (authenticate: Authenticate) => FastifyPluginAsync;
}

/** A token of the role `client` or a higher one. Throws a RefusedError. */
export type Authenticate = (request: FastifyRequest, reply: FastifyReply) => Promise<Caller>;

/** The server, not listening yet. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { services, dashboardFolder, trustProxy = false, log, gate, tracer = new Tracer() } = options;
  const server = fastify({
    trustProxy,
    bodyLimit: MAX_JSON_BYTES,
    // Of the whole request: an upload takes what it takes, and everything else is timed below.
    requestTimeout: 0,
    http: {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_MS,
      requireHostHeader: true,
      insecureHTTPParser: false,
    },
    routerOptions: { maxParamLength: 4_096, caseSensitive: true, ignoreTrailingSlash: false },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    return503OnClosing: true,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => crypto.randomUUID(),
    // An ID that a stranger sends would stand in our log.
    requestIdHeader: false,
    logger:
      log === null
        ? false
        : { level: 'info', ...(log === undefined ? {} : { stream: log }), serializers: { err: plainError } },
  });
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(createSerializerCompiler());
  server.setErrorHandler(answerProblem);
  server.setNotFoundHandler((request, reply) =>
    answerProblem(new RefusedError(404, 'not-found', 'there is no such route'), request, reply),
  );
  server.decorateRequest('caller', null);
  server.decorateRequest('span');
  await server.register(cookie);
  await server.register(helmet, {
    contentSecurityPolicy: DASHBOARD_POLICY,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
    hsts: new URL(services.config.publicUrl).protocol === 'https:' ? { maxAge: 31_536_000 } : false,
  });
  const guard = new Guard(services);
  watchRequests(server, services, guard, tracer);
  for (const kind of ['json', 'raw', 'stream'] as const)
    await server.register(async (scope) => {
      takeBodies(scope, kind);
      for (const route of ROUTES) if ((route.bodyKind ?? 'json') === kind) addRoute(scope, services, route);
    });
  if (gate !== undefined)
    await server.register(async (scope) => {
      scope.addHook('onRoute', (route) => void (route.config = { ...route.config, access: 'itself' }));
      await scope.register(gate((request, reply) => guard.bearer(request, reply, 'client')));
    });
  if (dashboardFolder !== null) await server.register(dashboard, { folder: dashboardFolder });
  return server;
}

/** Hooks of all routes, those of plugins included. */
function watchRequests(server: FastifyInstance, services: Services, guard: Guard, tracer: Tracer): void {
  const routes: RouteOptions[] = [];
  server.addHook('onRoute', (route) => void routes.push(route));
  server.addHook('onReady', async () => {
    const open = routes.find(({ config }) => config?.access === undefined);
    if (open !== undefined) throw new Error(`the route ${open.url} does not say who may ask`);
  });
  server.addHook('onRequest', async (request, reply) => {
    request.span = tracer.begin(request.method, 'server', headerOf(request, 'traceparent'));
    void reply.header('traceparent', request.span.traceparent);
    void reply.header('x-request-id', request.id);
    // What one person is answered is for no cache.
    void reply.header('cache-control', 'no-store');
    const { access, isFree = false } = request.routeOptions.config;
    // Of no route: answered 404, and nothing more is said.
    if (request.is404) return;
    if (access === undefined) throw new RefusedError(403, 'forbidden', 'nobody may ask this');
    request.caller = await guard.admit(request, reply, access, isFree);
  });
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, caller, span } = request;
    // The pattern, not what was asked for: addresses and queries may have secrets in them (CWE-532).
    const route = routeOptions.url ?? 'none';
    span.end({
      name: `${method} ${route}`,
      attributes: {
        'http.request.method': method,
        'http.route': route,
        'http.response.status_code': reply.statusCode,
        'sentinel.request_id': request.id,
      },
      isError: reply.statusCode >= 500,
    });
    const seconds = reply.elapsedTime / 1_000;
    services.metrics.requests.observe({ route, method, status: String(reply.statusCode) }, seconds);
    request.log.info(
      {
        method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        caller: caller?.name,
        trace: span.traceId,
      },
      'answered',
    );
  });
  server.addHook('onError', async (_request, _reply, error) => {
    if (error instanceof RefusedError) services.metrics.refused.inc({ code: error.code });
  });
}

/** How bodies of one kind are taken; every other media type is answered 415. */
function takeBodies(scope: FastifyInstance, kind: BodyKind): void {
  if (kind === 'json') {
    scope.removeContentTypeParser('text/plain');
    timeBodies(scope);
    return;
  }
  scope.removeAllContentTypeParsers();
  if (kind === 'raw') {
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: MAX_DELIVERY_BYTES },
      (_request, body, done) => done(null, body),
    );
    timeBodies(scope);
  } else scope.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
}

/** A body that does not come within its time ends the connection. */
function timeBodies(scope: FastifyInstance): void {
  scope.addHook('preParsing', async (request, _reply, payload) => {
    const timer = setTimeout(() => request.raw.destroy(), BODY_MS);
    payload.once('end', () => clearTimeout(timer));
    payload.once('close', () => clearTimeout(timer));
    return payload;
  });
}

const FREE = new Set(['/healthz', '/readyz', '/openapi.json', '/auth/ways']);

function addRoute(scope: FastifyInstance, services: Services, route: Route): void {
  const { answer } = route;
  scope.route({
    method: route.method,
    url: route.path.replace(/\{(\w+)\}/g, ':$1'),
    exposeHeadRoute: false,
    config: { access: route.access, isFree: FREE.has(route.path) },
    schema: {
      ...(route.params === null ? {} : { params: route.params }),
      ...(route.query === null ? {} : { querystring: route.query }),
      ...(route.body === null ? {} : { body: route.body }),
      ...('shape' in answer ? { response: { [answer.status]: answer.shape } } : {}),
    },
    handler: async (request, reply) => {
      const said = await route.handle(services, {
        params: request.params,
        query: request.query,
        body: request.body,
        get caller() {
          if (request.caller === null) throw new TypeError('this route is for anyone');
          return { ...request.caller, trace: request.span.traceparent };
        },
        request,
        reply,
      });
      if (reply.sent || said === reply) return reply;
      return reply.code(answer.status).send(said);
    },
  });
}

function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** Statements of PostgreSQL are ours; the values that went with them stand in `detail` and `where`, which are left out. */
function plainError(error: Error): { type: string; message: string; stack: string } {
  return { type: error.name, message: error.message, stack: error.stack ?? '' };
}
