/** What @artifact-sentinel/gate publishes, by name. */
import type { GateConfig } from './config/gate-config.js';
import type { EventSink } from './events/sinks.js';
import { publishedInspectors, startIn, type InspectorFiles } from './isolation/start.js';
import type { StartInspector } from './isolation/pool.js';
import { extProcServer } from './ext-proc/server.js';
import { grpcServer } from './grpc/server.js';
import { Gate, type MakeListener } from './proxy/gate.js';
import { middlewareOf, type GateMiddleware } from './proxy/middleware.js';

export type { Address, EventTarget, GateConfig, Mode, Route } from './config/gate-config.js';
export { DIALECT_NAMES, type DialectName } from './config/dialects.js';
export { loadGateConfig } from './config/load.js';
export { gateJsonSchema } from './config/schema.js';
export type { GateEvent } from './events/event.js';
export { toEcs } from './events/ecs.js';
export { toOcsf } from './events/ocsf.js';
export type { EventSink } from './events/sinks.js';
export { GATE_RULES, type GateRule, type Refusal } from './model/rules.js';
export { GRPC_SERVICES } from './protobuf/methods.js';
export type { InspectorFiles } from './isolation/start.js';
export type { Gate } from './proxy/gate.js';
export { tlsFilesOf } from './proxy/tls-files.js';
export type { GateMiddleware, Next } from './proxy/middleware.js';

export interface CreateOptions {
  readonly config: GateConfig;
  /** Where events go besides the targets of the configuration. */
  readonly sinks?: readonly EventSink[];
  /** Where the inspectors' entries lie; needed where this module is part of a bundle. */
  readonly inspectors?: InspectorFiles;
}

function filesOf({ inspectors }: CreateOptions): InspectorFiles {
  return inspectors ?? publishedInspectors(import.meta.url);
}

function start(options: CreateOptions): (config: GateConfig) => StartInspector {
  const files = filesOf(options);
  return ({ inspection: { isolation, memoryMb } }) => startIn({ isolation, memoryMb, inspectors: files });
}

/** The reverse proxy: `listen()`, and `stop()` when it is to end. */
export function createGate(options: CreateOptions): Gate {
  const { config, sinks = [] } = options;
  const { grpc, extProc } = config;
  const listeners: MakeListener[] = [];
  if (grpc?.server) listeners.push(grpcServer(grpc, grpc.server));
  if (extProc !== null) listeners.push(extProcServer(extProc));
  return new Gate({ config, sinks, startInspector: start(options), adminThread: filesOf(options).admin, listeners });
}

/** The same as middleware of a Node server. */
export function createMiddleware(options: CreateOptions): GateMiddleware {
  const { config, sinks = [] } = options;
  return middlewareOf({ config, sinks, startInspector: start(options)(config) });
}
