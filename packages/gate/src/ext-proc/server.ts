import { perObject, UsageError } from '@artifact-sentinel/core/internal';
import type { ExtProcConfig, GateConfig } from '../config/gate-config.js';
import { CallInspector } from '../grpc/call-inspector.js';
import { ClientSide } from '../grpc/client-side.js';
import { framed } from '../grpc/framing.js';
import { HardenedServer } from '../grpc/http2-server.js';
import { GRPC_STATUS } from '../grpc/status.js';
import type { MakeListener } from '../proxy/gate.js';
import type { Generation } from '../proxy/generation.js';
import { converse } from './conversation.js';
import type { EnvoyContext } from './envoy-request.js';
import { PROCESS_PATH } from './protocol.js';

/** Beside the body there are the headers, and fields around them. */
const ENVELOPE_BYTES = 2 ** 20;
/** Envoy has one stream for each request in flight on a connection or two. */
const STREAMS = 10_000;

const HEALTH_PATH = '/grpc.health.v1.Health/Check';
/** HealthCheckResponse with the status SERVING. */
const SERVING = framed(Buffer.from([0x08, 0x01]));

/** The gate as Envoy's external processor. */
export function extProcServer({ listen }: ExtProcConfig): MakeListener {
  return (shared) => {
    const { config } = shared;
    const contextOf = perObject(({ config: { grpc: own }, context, pool }: Generation): EnvoyContext => ({
      shared: context,
      grpc: own === null ? null : { config: own, inspector: new CallInspector(pool, context.metrics, own) },
    }));
    const server = new HardenedServer(
      {
        connections: config.limits.connections,
        streams: STREAMS,
        headerBytes: config.limits.headerBytes,
        idleMs: config.timeouts.idleMs,
        isTrusted: true,
      },
      {
        onStream: (stream, headers) => {
          const path = headers[':path'];
          if (path === PROCESS_PATH) {
            const { generation, leave } = shared.enter();
            stream.once('close', leave);
            void converse(stream, contextOf(generation), largestBody(generation.config) + ENVELOPE_BYTES);
            return;
          }
          const client = new ClientSide(stream);
          if (path !== HEALTH_PATH) {
            client.status(GRPC_STATUS.unimplemented, 'envoy.service.ext_proc.v3.ExternalProcessor is served here', '');
            return;
          }
          client.begin({ ':status': 200, 'content-type': 'application/grpc' }, false);
          client.write(SERVING, () => undefined);
          client.end({ 'grpc-status': '0' });
        },
        onAbuse: () => undefined,
      },
    );
    return {
      name: 'ext_proc',
      listen: () => server.listen(listen, 'ext_proc.listen'),
      stop: (ms) => server.stop(ms),
      reload: (next, check) => {
        const isSame = next.extProc?.listen.host === listen.host && next.extProc.listen.port === listen.port;
        if (check && !isSame) throw new UsageError('ext_proc.listen cannot change while the gate runs; start it again');
      },
    };
  };
}

/** Bodies are held here, whatever a route says of the disk. */
function largestBody({ routes, grpc, limits }: GateConfig): number {
  const largest = routes.reduce((most, { bodyLimit }) => Math.max(most, bodyLimit), grpc?.messageLimit ?? 0);
  return Math.min(largest, limits.heldBytes);
}
