import type { Exception, RoutePolicy } from '../model/route-policy.js';
import type { PolicyError } from '@artifact-sentinel/core';
import type { InspectionLimits } from '../model/limits.js';
import { DEFAULTS, type Address, type GateConfig, type GrpcConfig } from './gate-config.js';
import type { GateDocument } from './schema.js';

export type Path = readonly PropertyKey[];

/** How values of the document are read; what is wrong with one is thrown with its line and column. */
export interface Readers {
  readonly address: (text: string, path: Path) => Address;
  readonly url: (text: string, path: Path) => URL;
  readonly bytes: (value: number | string) => number;
  readonly error: (path: Path, message: string) => PolicyError;
  /** The exceptions that name this instead of a path or a dialect. */
  readonly exceptions: (name: string) => readonly Exception[];
}

/** What is served beside HTTP. */
export function servicesOf(
  document: GateDocument,
  limits: InspectionLimits,
  readers: Readers,
): Pick<GateConfig, 'grpc' | 'extProc'> {
  const { listen, grpc, ext_proc } = document;
  if (listen === 'none' && grpc?.upstream === undefined && ext_proc === undefined)
    throw readers.error(['listen'], 'listen: none, and neither grpc with an upstream nor ext_proc: nothing is served');
  const inspecting = listen === 'none' ? document.routes.findIndex(({ responses }) => responses === 'inspect') : -1;
  if (inspecting !== -1)
    throw readers.error(
      ['routes', inspecting, 'responses'],
      'responses: inspect, and listen: none: only HTTP that the gate serves has answers',
    );
  return {
    grpc: grpc === undefined ? null : grpcOf(document, grpc, limits, readers),
    extProc: ext_proc === undefined ? null : { listen: readers.address(ext_proc.listen, ['ext_proc', 'listen']) },
  };
}

function grpcOf(
  { mode, timeouts, ext_proc }: GateDocument,
  grpc: NonNullable<GateDocument['grpc']>,
  limits: InspectionLimits,
  readers: Readers,
): GrpcConfig {
  const { address, url, bytes, error } = readers;
  const { upstream, listen } = grpc;
  if (upstream === undefined && ext_proc === undefined)
    throw error(['grpc'], 'grpc needs an upstream, or an ext_proc beside it');
  if (upstream === undefined && grpc.responses === 'inspect')
    throw error(['grpc', 'responses'], 'grpc.responses needs an upstream: ext_proc does not see answers');
  if (upstream === undefined && listen !== undefined) throw error(['grpc', 'listen'], 'grpc.listen needs an upstream');
  const policy: RoutePolicy = {
    id: 'grpc',
    protocol: 'v2-infer',
    contentTypes: ['*/*'],
    schema: null,
    schemaIsLight: true,
    limits,
    observes: (grpc.mode ?? mode) === 'observe',
  };
  return {
    server:
      upstream === undefined
        ? null
        : {
            listen: address(listen ?? DEFAULTS.grpcListen, ['grpc', 'listen']),
            upstream: url(upstream, ['grpc', 'upstream']),
          },
    mode: grpc.mode ?? mode ?? 'enforce',
    messageLimit: grpc.message_limit === undefined ? DEFAULTS.bodyBytes : bytes(grpc.message_limit),
    allow: grpc.allow ?? [],
    streams: grpc.streams ?? DEFAULTS.grpcStreams,
    answerMs: grpc.timeout_ms ?? timeouts?.answer_ms ?? DEFAULTS.answerMs,
    policy: { ...policy, exceptions: readers.exceptions('grpc') },
    // What is excepted of requests is not of answers, as over HTTP.
    answers: grpc.responses === 'inspect' ? { ...policy, id: 'grpc answer' } : null,
  };
}
