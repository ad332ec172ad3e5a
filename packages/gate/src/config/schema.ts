import * as z from 'zod';
import { EXCEPTABLE } from '../model/rules.js';
import { MANAGEMENT_METHODS } from '../protobuf/methods.js';
import { DIALECT_NAMES } from './dialects.js';

const line = z.string().min(1);
const count = z.int().min(1);
const milliseconds = z.int().min(1).max(86_400_000);
const address = z.string().regex(/^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):\d{1,5}$/);

const origin = z.string().regex(/^https?:\/\/[^/?#@]+\/?$/);
const server = origin.describe('http://host:port of the model server; no path, no user.');

const methods = z.array(z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])).min(1);
const mode = z.enum(['enforce', 'observe']).describe('observe: what would be refused is forwarded, with its event.');
const bodyLimit = z
  .union([z.int().min(0), z.string().regex(/^\d{1,6}(?:\.\d+)?\s?(?:B|KiB|MiB|GiB)$/)])
  .describe('Bytes, or text such as 8MiB.');
const responses = z.enum(['pass', 'inspect']).describe('inspect: an answer with an executable object becomes a 502.');

const common = {
  mode: mode.optional(),
  body_limit: bodyLimit.optional(),
  timeout_ms: milliseconds.optional().describe('Until the answer of the upstream begins.'),
  responses: responses.optional(),
  spool: z
    .strictObject({ above: bodyLimit })
    .optional()
    .describe(
      'Bodies of bytes or parts that are larger go to a private file, are inspected there, and then forwarded.',
    ),
  stream: z
    .strictObject({ above: bodyLimit })
    .optional()
    .describe(
      'Bodies that are larger are forwarded while they are inspected, each byte behind its inspection; what cannot be decided like this is refused.',
    ),
};

const dialectRoute = z.strictObject({
  dialect: z.enum(DIALECT_NAMES).describe('The paths, methods, media types and schemas of a known protocol.'),
  prefix: z
    .string()
    .regex(/^\/[^?#]*$/)
    .optional()
    .describe('Stands before the paths of the dialect.'),
  ...common,
});

const ownRoute = z.strictObject({
  path: z
    .string()
    .regex(/^\/[^?#]*$/)
    .describe('`{name}` stands for one segment, `/**` at the end for all that follow.'),
  methods: methods.optional().describe('Default: POST.'),
  content_types: z
    .array(z.string().regex(/^(?:\*|[a-z0-9.+-]+)\/(?:\*|[a-z0-9.+-]+)$/))
    .optional()
    .describe('Default: application/json.'),
  schema: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('JSON Schema (2020-12) of JSON bodies. Objects with properties are closed.'),
  any_json: z
    .boolean()
    .optional()
    .describe('true: JSON without a schema. One of the two is needed where JSON is taken.'),
  upgrade: z
    .array(z.literal('websocket'))
    .optional()
    .describe('Protocols that the route may switch to. Messages are inspected one by one.'),
  ...common,
});

export const gateDocument = z.strictObject({
  version: z.literal(1),
  upstream: z
    .union([
      server,
      z.strictObject({
        servers: z.array(server).min(1).max(64).describe('Each request goes to one of those that answer.'),
        health: z
          .strictObject({
            path: z.string().regex(/^\/[^#]*$/),
            every_ms: milliseconds.optional().describe('Default: 5000.'),
            timeout_ms: milliseconds.optional().describe('Default: 2000.'),
          })
          .optional()
          .describe('Servers are asked for this path; a status from 200 to 399 is healthy.'),
        tls: z
          .strictObject({
            ca: line.optional().describe('Authorities that are trusted, in PEM; default: those of the system.'),
            cert: line.optional().describe('The certificate that the gate shows, in PEM.'),
            key: line.optional(),
            server_name: line.optional().describe('The name in the certificate of the servers.'),
          })
          .optional(),
        preserve_host: z.boolean().optional().describe('true: servers get the Host header of the client.'),
      }),
    ])
    .describe('The model server, or several of them.'),
  tls: z
    .strictObject({
      cert: line.describe('The certificate, with those between, in PEM.'),
      key: line,
      client_ca: line.optional().describe('Clients have to show a certificate of one of these authorities, in PEM.'),
      client_cert: z
        .enum(['require', 'request'])
        .optional()
        .describe('request: clients without a certificate are served. Default: require.'),
    })
    .optional()
    .describe('TLS towards clients.'),
  clients: z
    .strictObject({
      rate: z.number().min(0.001).max(1_000_000).optional().describe('Requests a second.'),
      burst: z.number().min(1).max(1_000_000).optional().describe('Requests at once. Default: the rate.'),
      concurrency: count.max(100_000).optional().describe('Requests in flight.'),
    })
    .optional()
    .describe('Bounds of one client, by its address.'),
  access_log: z
    .strictObject({ to: z.string().regex(/^(?:stdout|file:.+)$/) })
    .optional()
    .describe('A JSON line for each request.'),
  otlp: z
    .strictObject({
      endpoint: z
        .string()
        .regex(/^https?:\/\/[^?#@]+$/)
        .describe('http://host:4318 of a collector.'),
      headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), line).optional(),
      traces: z.boolean().optional().describe('Default: true.'),
      metrics: z.boolean().optional().describe('Default: true.'),
      interval_ms: milliseconds.optional().describe('Between two deliveries of metrics. Default: 30000.'),
      sample: z.number().min(0).max(1).optional().describe('The part of the traces that is kept. Default: 1.'),
    })
    .optional()
    .describe('Traces and metrics for OpenTelemetry, by OTLP over HTTP.'),
  listen: z
    .string()
    .regex(/^(?:none|(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):\d{1,5})$/)
    .optional()
    .describe('Default: 127.0.0.1:8080. none: no HTTP is served, where grpc or ext_proc is.'),
  admin: address.optional().describe('Metrics, health and readiness. Default: 127.0.0.1:9090.'),
  mode: mode.optional().describe('Default: enforce.'),
  routes: z
    .array(z.union([dialectRoute, ownRoute]))
    .min(1)
    .max(1_000),
  events: z
    .array(
      z.strictObject({
        to: z.string().regex(/^(?:stdout|file:.+|syslog\+(?:udp|tcp):\/\/[^/]+:\d+|syslog\+unix:\/.+)$/),
        format: z.enum(['ocsf', 'ecs']).optional().describe('Default: ocsf.'),
      }),
    )
    .max(8)
    .optional()
    .describe('Default: OCSF on standard output.'),
  inspection: z
    .strictObject({
      isolation: z.enum(['thread', 'process']).optional().describe('Default: thread.'),
      workers: count.max(64).optional(),
      memory_mb: z.int().min(64).max(4_096).optional(),
      deadline_ms: milliseconds.optional(),
      queue: count.max(100_000).optional(),
      streams: count
        .max(64)
        .optional()
        .describe('Bodies that are forwarded while they are inspected, at a time. Default: 4.'),
      decoded_limit: bodyLimit.optional(),
      depth: count.max(32).optional(),
    })
    .optional(),
  timeouts: z
    .strictObject({
      headers_ms: milliseconds.optional(),
      body_ms: milliseconds.optional(),
      idle_ms: milliseconds.optional(),
      connect_ms: milliseconds.optional(),
      answer_ms: milliseconds.optional(),
      stop_ms: milliseconds.optional(),
    })
    .optional(),
  limits: z
    .strictObject({
      connections: count.max(100_000).optional(),
      held: bodyLimit.optional().describe('Bytes of all bodies that are held at a time.'),
      spooled: bodyLimit.optional().describe('Bytes of all bodies that lie on disk at a time. Default: 8GiB.'),
      header_bytes: z.int().min(1_024).max(262_144).optional(),
    })
    .optional(),
  exceptions: z
    .array(
      z.strictObject({
        rule: z.enum(EXCEPTABLE),
        route: line.optional().describe('The path of a route, a dialect, or grpc. Default: all of them.'),
        field: line.optional().describe('The key, form field, part or header that holds the value. Default: any.'),
        owner: line,
        why: line,
        expires: z.iso.date().describe('The last day, in UTC.'),
      }),
    )
    .max(1_000)
    .optional()
    .describe('What passes in spite of a rule, with its event.'),
  spool_folder: line.optional().describe('Where large bodies lie until their verdict. Default: the temporary folder.'),
  trust_forwarded: z
    .array(line)
    .optional()
    .describe('Addresses or networks of proxies before the gate whose X-Forwarded-For counts.'),
  grpc: z
    .strictObject({
      upstream: origin
        .optional()
        .describe('http://host:port of the gRPC server. Without it gRPC is inspected in ext_proc only.'),
      listen: address.optional().describe('Default: 127.0.0.1:8081. HTTP/2 in clear, with prior knowledge.'),
      mode: mode.optional(),
      message_limit: bodyLimit.optional().describe('Bytes of one message. Default: 8MiB.'),
      allow: z
        .array(z.enum(MANAGEMENT_METHODS))
        .optional()
        .describe('Methods that manage the server and are forwarded. Default: none.'),
      streams: count.max(10_000).optional().describe('Calls of one connection at a time. Default: 100.'),
      timeout_ms: milliseconds.optional().describe('Until the answer of the upstream begins, but for streams.'),
      responses: z
        .enum(['pass', 'inspect'])
        .optional()
        .describe('inspect: a message of the server with an executable object ends the call.'),
    })
    .optional()
    .describe('KServe v2 and Triton over gRPC (inference.GRPCInferenceService, grpc.health.v1.Health).'),
  ext_proc: z
    .strictObject({ listen: address.describe('Where Envoy finds envoy.service.ext_proc.v3.ExternalProcessor.') })
    .optional()
    .describe('Answers Envoy about its requests, by the same routes.'),
});

export type GateDocument = z.infer<typeof gateDocument>;

/** For editors: schemas/gate.schema.json. */
export function gateJsonSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:sentinel:gate-configuration:1',
    title: 'sentinel-gate.yml',
    ...z.toJSONSchema(gateDocument, { target: 'draft-2020-12', io: 'input' }),
  };
}
