import { availableParallelism } from 'node:os';
import { PolicyError } from '@artifact-sentinel/core';
import { didYouMean } from '@artifact-sentinel/core/internal';
import { Lexer, LineCounter, parseAllDocuments, Parser, type Document, isMap, isScalar, type Node, visit } from 'yaml';
import type { $ZodIssue } from 'zod/v4/core';
import { compileSchema } from '../inspect/schema.js';
import {
  DEFAULT_INSPECTION_LIMITS,
  MAX_CONFIG_CHARACTERS,
  MAX_CONFIG_NESTING,
  type InspectionLimits,
} from '../model/limits.js';
import type { Exception } from '../model/route-policy.js';
import { DIALECTS, type Operation } from './dialects.js';
import { fillIn, plainValue, type Environment } from './environment.js';
import { DEFAULTS, type Address, type GateConfig, type Route, type UpstreamConfig } from './gate-config.js';
import { compilePath } from './match.js';
import { isNetwork } from './network.js';
import { gateDocument, type GateDocument } from './schema.js';
import { servicesOf, type Path } from './services.js';

type RouteDocument = GateDocument['routes'][number];
type OwnRoute = Extract<RouteDocument, { path: string }>;

/**
 * Reads sentinel-gate.yml. Anything that is not understood is a PolicyError with line and column; nothing is guessed.
 * `${NAME}` and `${NAME:-default}` in values are taken from the environment.
 */
export function loadGateConfig(text: string, file: string, environment: Environment = process.env): GateConfig {
  const source = new Source(text, file, environment);
  const value = source.value();
  const parsed = gateDocument.safeParse(value);
  if (!parsed.success) throw source.explain(parsed.error.issues, value);
  const builder = new Builder(parsed.data, source);
  const config = builder.config();
  builder.checkExceptions();
  return config;
}

/** The composer of the YAML library recurses: what lies too deep is refused before it sees anything. */
function refuseDeep(text: string, file: string): void {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > MAX_CONFIG_NESTING)
      throw new PolicyError(`lists and maps lie more than ${MAX_CONFIG_NESTING} deep in each other`, file, 1, 1);
  }
}

class Source {
  readonly #document: Document;
  readonly #lines = new LineCounter();
  readonly #file: string;

  constructor(text: string, file: string, environment: Environment) {
    this.#file = file;
    if (text.length > MAX_CONFIG_CHARACTERS)
      throw new PolicyError(`a gate configuration has at most ${MAX_CONFIG_CHARACTERS} characters`, file, 1, 1);
    refuseDeep(text, file);
    const documents = parseAllDocuments(text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      version: '1.2',
      schema: 'core',
      logLevel: 'silent',
      uniqueKeys: true,
    });
    const [document, second] = documents;
    if (document === undefined) throw new PolicyError('the file is empty', file, 1, 1);
    this.#document = document;
    if (second !== undefined) throw this.errorAt(second.range[0], 'a gate configuration is one YAML document');
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem !== undefined) throw this.errorAt(problem.pos[0], problem.message);
    if (document.contents === null) throw new PolicyError('the file is empty', file, 1, 1);
    this.#fillIn(environment);
  }

  /** The environment's values, in place of their names. Schemas are left as they are: `$` has a meaning there. */
  #fillIn(environment: Environment): void {
    visit(this.#document, {
      Pair: (_key, { key }) => (isScalar(key) && key.value === 'schema' ? visit.SKIP : undefined),
      Scalar: (key, node) => {
        if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${')) return;
        const filled = fillIn(node.value, environment, (message) => this.errorAt(node.range?.[0] ?? 0, message));
        node.value = node.type === 'PLAIN' ? plainValue(filled) : filled;
      },
    });
  }

  value(): unknown {
    try {
      return this.#document.toJS({ maxAliasCount: 64 });
    } catch (error) {
      // yaml's error for aliases that multiply.
      if (error instanceof ReferenceError) throw this.errorAt(0, error.message);
      throw error;
    }
  }

  error(path: Path, message: string): PolicyError {
    return this.errorAt(this.#offsetOf(path), message);
  }

  errorAt(offset: number, message: string): PolicyError {
    const { line, col } = this.#lines.linePos(offset);
    return new PolicyError(message, this.#file, Math.max(1, line), Math.max(1, col));
  }

  explain(issues: readonly $ZodIssue[], root: unknown): PolicyError {
    const issue = deepest(issues, root);
    const name = nameOf(issue.path);
    if (issue.code === 'unrecognized_keys') {
      const [key = ''] = issue.keys;
      const known = knownKeys(issue.path, root);
      return this.errorAt(
        this.#offsetOfKey(issue.path, key),
        `unknown key "${key}" of ${name}; it may have ${known.join(', ')}.${didYouMean(key, known)}`,
      );
    }
    const value = valueAt(root, issue.path);
    if (value === undefined && issue.path.length > 0)
      return this.error(
        issue.path.slice(0, -1),
        `${nameOf(issue.path.slice(0, -1))} lacks "${String(issue.path.at(-1))}"`,
      );
    return this.error(issue.path, `${name} ${complaint(issue, value)}`);
  }

  #offsetOf(path: Path): number {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = (
        length === 0 ? this.#document.contents : this.#document.getIn(path.slice(0, length) as unknown[], true)
      ) as Node | null | undefined;
      if (node?.range?.[0] !== undefined) return node.range[0];
    }
    return 0;
  }

  #offsetOfKey(path: Path, key: string): number {
    const node = path.length === 0 ? this.#document.contents : this.#document.getIn(path as unknown[], true);
    if (isMap(node)) {
      for (const pair of node.items)
        if (isScalar(pair.key) && String(pair.key.value) === key && pair.key.range) return pair.key.range[0];
    }
    return this.#offsetOf(path);
  }
}

/** A route is one of two kinds: the error is of the kind that its keys suggest. Recursion: as deep as the schema. */
function deepest(issues: readonly $ZodIssue[], root: unknown): $ZodIssue {
  const unknown = issues.find(({ code }) => code === 'unrecognized_keys');
  const [first] = unknown === undefined ? issues : [unknown];
  if (first === undefined) throw new TypeError('no issue');
  if (first.code !== 'invalid_union') return first;
  const value = valueAt(root, first.path);
  const isObject = typeof value === 'object' && value !== null;
  const kind = first.path[0] === 'routes' ? (isObject && 'dialect' in value ? 0 : 1) : isObject ? 1 : 0;
  const inner = first.path[0] === 'routes' || first.path[0] === 'upstream' ? first.errors[kind] : undefined;
  return inner === undefined || inner.length === 0
    ? first
    : deepest(
        inner.map((issue) => ({ ...issue, path: [...first.path, ...issue.path] })),
        root,
      );
}

const KEYS: Readonly<Record<string, readonly string[]>> = {
  document: Object.keys(gateDocument.shape),
  dialect: ['dialect', 'prefix', 'mode', 'body_limit', 'timeout_ms', 'responses', 'spool', 'stream'],
  route: [
    'path',
    'methods',
    'content_types',
    'schema',
    'any_json',
    'upgrade',
    'mode',
    'body_limit',
    'timeout_ms',
    'responses',
    'spool',
    'stream',
  ],
  spool: ['above'],
  upstream: ['servers', 'health', 'tls', 'preserve_host'],
  'upstream.health': ['path', 'every_ms', 'timeout_ms'],
  'upstream.tls': ['ca', 'cert', 'key', 'server_name'],
  tls: Object.keys(gateDocument.shape.tls.unwrap().shape),
  clients: Object.keys(gateDocument.shape.clients.unwrap().shape),
  access_log: ['to'],
  otlp: Object.keys(gateDocument.shape.otlp.unwrap().shape),
  events: ['to', 'format'],
  exceptions: ['rule', 'route', 'field', 'owner', 'why', 'expires'],
  inspection: Object.keys(gateDocument.shape.inspection.unwrap().shape),
  timeouts: Object.keys(gateDocument.shape.timeouts.unwrap().shape),
  limits: Object.keys(gateDocument.shape.limits.unwrap().shape),
  grpc: Object.keys(gateDocument.shape.grpc.unwrap().shape),
  ext_proc: Object.keys(gateDocument.shape.ext_proc.unwrap().shape),
};

function knownKeys(path: Path, root: unknown): readonly string[] {
  if (path.length === 0) return KEYS['document'] ?? [];
  if (path[0] !== 'routes') return KEYS[path.filter((step) => typeof step === 'string').join('.')] ?? [];
  if (path.at(-1) === 'spool' || path.at(-1) === 'stream') return KEYS['spool'] ?? [];
  const route = valueAt(root, path);
  return KEYS[typeof route === 'object' && route !== null && 'dialect' in route ? 'dialect' : 'route'] ?? [];
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    root,
  );
}

function nameOf(path: Path): string {
  const name = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
  return name === '' ? 'the document' : name;
}

function complaint(issue: $ZodIssue, value: unknown): string {
  const shown = typeof value === 'object' ? 'this value' : JSON.stringify(value);
  switch (issue.code) {
    case 'invalid_type':
      return `has to be ${issue.expected}, not ${shown}`;
    case 'invalid_value': {
      const known = issue.values.map(String);
      return `has to be one of ${known.join(', ')}, not ${shown}.${typeof value === 'string' ? didYouMean(value, known) : ''}`;
    }
    case 'too_small':
      return `is too small or empty (at least ${String(issue.minimum)})`;
    case 'too_big':
      return `is too large (at most ${String(issue.maximum)})`;
    default:
      return `is not understood: ${shown}`;
  }
}

const UNITS: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

export function bytesOf(value: number | string): number {
  if (typeof value === 'number') return value;
  const match = /^([\d.]+)\s?(\w+)$/.exec(value);
  return Math.floor(Number(match?.[1] ?? 0) * (UNITS[match?.[2] ?? ''] ?? 0));
}

/** Dialects with bodies of bytes: tensors behind a short JSON, uploads. */
const STREAMED: ReadonlySet<string> = new Set(['kserve-v2', 'triton', 'torchserve']);

class Builder {
  readonly #document: GateDocument;
  readonly #source: Source;
  readonly #limits: InspectionLimits;
  /** Exceptions that a route was found for. */
  readonly #used = new Set<number>();

  constructor(document: GateDocument, source: Source) {
    this.#document = document;
    this.#source = source;
    const { inspection } = document;
    this.#limits = {
      ...DEFAULT_INSPECTION_LIMITS,
      ...(inspection?.decoded_limit === undefined ? {} : { decodedBytes: bytesOf(inspection.decoded_limit) }),
      ...(inspection?.depth === undefined ? {} : { depth: inspection.depth }),
      engineMs: inspection?.deadline_ms ?? DEFAULTS.deadlineMs,
    };
  }

  config(): GateConfig {
    const {
      upstream,
      listen,
      admin,
      events,
      inspection = {},
      timeouts = {},
      limits = {},
      spool_folder,
      trust_forwarded,
      tls,
      clients,
      access_log,
      otlp,
    } = this.#document;
    for (const [index, proxy] of (trust_forwarded ?? []).entries())
      if (!isNetwork(proxy))
        throw this.#source.error(
          ['trust_forwarded', index],
          `trust_forwarded: ${JSON.stringify(proxy)} is neither an address nor a network such as 10.0.0.0/8`,
        );
    return {
      upstream: this.#upstream(upstream),
      listen: listen === 'none' ? null : this.#address(listen ?? DEFAULTS.listen, ['listen']),
      admin: this.#address(admin ?? DEFAULTS.admin, ['admin']),
      routes: this.#routes(),
      events: (events ?? [{ to: 'stdout' }]).map(({ to, format }) => ({ to, format: format ?? 'ocsf' })),
      inspection: {
        isolation: inspection.isolation ?? 'thread',
        workers: inspection.workers ?? Math.min(DEFAULTS.mostWorkers, Math.max(1, availableParallelism() - 1)),
        memoryMb: inspection.memory_mb ?? DEFAULTS.memoryMb,
        deadlineMs: inspection.deadline_ms ?? DEFAULTS.deadlineMs,
        queue: inspection.queue ?? DEFAULTS.queue,
        streams: inspection.streams ?? DEFAULTS.streams,
      },
      timeouts: {
        headersMs: timeouts.headers_ms ?? DEFAULTS.headersMs,
        bodyMs: timeouts.body_ms ?? DEFAULTS.bodyMs,
        idleMs: timeouts.idle_ms ?? DEFAULTS.idleMs,
        connectMs: timeouts.connect_ms ?? DEFAULTS.connectMs,
        stopMs: timeouts.stop_ms ?? DEFAULTS.stopMs,
      },
      limits: {
        connections: limits.connections ?? DEFAULTS.connections,
        spooledBytes: limits.spooled === undefined ? DEFAULTS.spooledBytes : bytesOf(limits.spooled),
        heldBytes: limits.held === undefined ? DEFAULTS.heldBytes : bytesOf(limits.held),
        headerBytes: limits.header_bytes ?? DEFAULTS.headerBytes,
      },
      spoolFolder: spool_folder ?? null,
      trustForwarded: trust_forwarded ?? [],
      tls:
        tls === undefined
          ? null
          : { cert: tls.cert, key: tls.key, clientCa: tls.client_ca ?? null, clientCert: tls.client_cert ?? 'require' },
      clients: {
        rate: clients?.rate ?? null,
        burst: clients?.burst ?? clients?.rate ?? null,
        concurrency: clients?.concurrency ?? null,
      },
      accessLog: access_log?.to ?? null,
      otlp:
        otlp === undefined
          ? null
          : {
              endpoint: otlp.endpoint.replace(/\/$/, ''),
              headers: otlp.headers ?? {},
              traces: otlp.traces ?? true,
              metrics: otlp.metrics ?? true,
              intervalMs: otlp.interval_ms ?? DEFAULTS.otlpMs,
              sample: otlp.sample ?? 1,
            },
      ...servicesOf(this.#document, this.#limits, {
        address: (text, path) => this.#address(text, path),
        url: (text, path) => this.#url(text, path),
        bytes: bytesOf,
        error: (path, message) => this.#source.error(path, message),
        exceptions: (name) => this.#exceptions(name, null),
      }),
    };
  }

  #url(text: string, path: Path): URL {
    try {
      return new URL(text);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw this.#source.error(path, `${nameOf(path)} is no URL`);
    }
  }

  #upstream(upstream: GateDocument['upstream']): UpstreamConfig {
    const given = typeof upstream === 'string' ? { servers: [upstream] } : upstream;
    const { health, tls } = given;
    const servers = given.servers.map((text, index) => {
      if (!URL.canParse(text))
        throw this.#source.error(
          typeof upstream === 'string' ? ['upstream'] : ['upstream', 'servers', index],
          `upstream: ${JSON.stringify(text)} is no URL`,
        );
      return new URL(text).origin;
    });
    if (new Set(servers).size < servers.length)
      throw this.#source.error(['upstream', 'servers'], 'upstream.servers names a server twice');
    if (tls !== undefined && servers.some((server) => server.startsWith('http:')))
      throw this.#source.error(['upstream', 'tls'], 'upstream.tls is for servers with https');
    if ((tls?.cert === undefined) !== (tls?.key === undefined))
      throw this.#source.error(['upstream', 'tls'], 'upstream.tls has one of cert and key: both or none');
    return {
      servers,
      health:
        health === undefined
          ? null
          : {
              path: health.path,
              everyMs: health.every_ms ?? DEFAULTS.healthEveryMs,
              timeoutMs: health.timeout_ms ?? DEFAULTS.healthTimeoutMs,
            },
      tls: {
        ca: tls?.ca ?? null,
        cert: tls?.cert ?? null,
        key: tls?.key ?? null,
        serverName: tls?.server_name ?? null,
      },
      preserveHost: given.preserve_host ?? false,
    };
  }

  #address(text: string, path: Path): Address {
    const at = text.lastIndexOf(':');
    const port = Number(text.slice(at + 1));
    if (port > 65_535) throw this.#source.error(path, `${nameOf(path)}: a port is at most 65535`);
    return { host: text.slice(0, at).replaceAll(/^\[|\]$/g, ''), port };
  }

  #routes(): Route[] {
    const seen = new Map<string, number>();
    const routes = this.#document.routes.flatMap((route, index) => {
      const made = 'dialect' in route ? this.#dialect(route, index) : [this.#own(route, index)];
      for (const one of made) {
        for (const method of one.methods) {
          const key = `${method} ${one.path.replaceAll(/\{[^}]*\}/g, '{}')}`;
          if (seen.has(key))
            throw this.#source.error(
              ['routes', index],
              `routes[${index}]: ${method} ${one.path} is routed already, by routes[${seen.get(key)}]`,
            );
          seen.set(key, index);
        }
      }
      return made;
    });
    return routes;
  }

  /** The exceptions that hold for a route. */
  #exceptions(path: string, dialect: string | null): Exception[] {
    return (this.#document.exceptions ?? []).flatMap(({ route, rule, field, owner, why, expires }, index) => {
      const isMeant = route === undefined || route === path || route === dialect;
      if (isMeant) this.#used.add(index);
      return isMeant ? [{ rule, field: field ?? null, owner, why, expires }] : [];
    });
  }

  /** An exception for a route that is not there is a mistake. */
  checkExceptions(): void {
    for (const [index, { route = '' }] of (this.#document.exceptions ?? []).entries())
      if (!this.#used.has(index))
        throw this.#source.error(
          ['exceptions', index, 'route'],
          `exceptions[${index}]: no route has the path or dialect ${JSON.stringify(route)}`,
        );
  }

  #shared(
    route: RouteDocument,
    index: number,
  ): Pick<Route, 'mode' | 'bodyLimit' | 'answerMs' | 'inspectResponses' | 'spoolAbove' | 'streamAbove'> {
    if (route.spool !== undefined && route.stream !== undefined)
      throw this.#source.error(['routes', index, 'stream'], `routes[${index}] has spool and stream: one of them`);
    return {
      mode: route.mode ?? this.#document.mode ?? 'enforce',
      bodyLimit: route.body_limit === undefined ? DEFAULTS.bodyBytes : bytesOf(route.body_limit),
      answerMs: route.timeout_ms ?? this.#document.timeouts?.answer_ms ?? DEFAULTS.answerMs,
      inspectResponses: route.responses === 'inspect',
      spoolAbove: route.spool === undefined ? null : bytesOf(route.spool.above),
      streamAbove: route.stream === undefined ? null : bytesOf(route.stream.above),
    };
  }

  #dialect(route: Extract<RouteDocument, { dialect: string }>, index: number): Route[] {
    if (route.spool !== undefined && route.dialect !== 'torchserve')
      throw this.#source.error(
        ['routes', index, 'spool'],
        `routes[${index}]: ${route.dialect} takes JSON, which is held to be read; spool is for bytes and parts`,
      );
    if (route.stream !== undefined && !STREAMED.has(route.dialect))
      throw this.#source.error(
        ['routes', index, 'stream'],
        `routes[${index}]: ${route.dialect} takes JSON, which is held for its schema; stream is for bytes, parts and binary tensors (${[...STREAMED].join(', ')})`,
      );
    const prefix = (route.prefix ?? '').replace(/\/$/, '');
    const shared = this.#shared(route, index);
    return DIALECTS[route.dialect].map((operation: Operation) => {
      const path = prefix + operation.path;
      this.#checkPath(path, index);
      const id = `${index}:${route.dialect}/${operation.name}`;
      return {
        ...shared,
        id,
        path,
        dialect: route.dialect,
        methods: operation.methods,
        upgrades: operation.upgrades === true,
        policy: {
          id,
          protocol: operation.protocol,
          contentTypes: operation.contentTypes,
          schema: operation.schema,
          schemaIsLight: true,
          limits: this.#limits,
          observes: shared.mode === 'observe',
          exceptions: this.#exceptions(path, route.dialect),
        },
      };
    });
  }

  #own(route: OwnRoute, index: number): Route {
    this.#checkPath(route.path, index);
    const id = `${index}:${route.path}`;
    const methods = route.methods ?? ['POST'];
    const upgrades = (route.upgrade ?? []).length > 0;
    const isBodiless = methods.every((method) => method === 'GET' || method === 'HEAD');
    // The messages of a WebSocket with a schema are JSON, whatever the request that opens it has.
    const contentTypes =
      route.content_types ?? (isBodiless && !(upgrades && route.schema !== undefined) ? [] : ['application/json']);
    const takesJson = contentTypes.some((type) => /json|\*/.test(type));
    const { schema } = route;
    if (schema !== undefined && route.any_json === true)
      throw this.#source.error(
        ['routes', index, 'any_json'],
        `routes[${index}] has a schema and any_json: one of them`,
      );
    if (schema === undefined && route.any_json !== true && takesJson)
      throw this.#source.error(['routes', index], `routes[${index}] takes JSON: give its schema, or any_json: true`);
    if (schema !== undefined) {
      try {
        compileSchema(schema);
      } catch (error) {
        // ajv throws plain errors on schemas that are none, strict ones too.
        if (!(error instanceof Error)) throw error;
        throw this.#source.error(['routes', index, 'schema'], `routes[${index}].schema: ${error.message}`);
      }
    }
    const shared = this.#shared(route, index);
    return {
      ...shared,
      id,
      path: route.path,
      dialect: null,
      methods,
      upgrades,
      policy: {
        id,
        protocol: 'plain',
        contentTypes,
        schema: schema ?? null,
        schemaIsLight: false,
        limits: this.#limits,
        observes: shared.mode === 'observe',
        exceptions: this.#exceptions(route.path, null),
      },
    };
  }

  #checkPath(path: string, index: number): void {
    const problem = compilePath(path);
    if (typeof problem === 'string') throw this.#source.error(['routes', index], `routes[${index}]: ${problem}`);
  }
}
