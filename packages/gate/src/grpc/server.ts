import type { GrpcConfig } from '../config/gate-config.js';
import type { MakeListener } from '../proxy/gate.js';
import { headRefusal } from '../proxy/problem.js';
import { peerOf } from '../proxy/recorder.js';
import { randomUUID } from 'node:crypto';
import { Call, type GrpcContext } from './call.js';
import { CallInspector } from './call-inspector.js';
import { HardenedServer } from './http2-server.js';
import { GrpcUpstream } from './upstream.js';

/** The gate for gRPC: HTTP/2 in clear before a gRPC server. */
export function grpcServer(
  grpc: GrpcConfig,
  { listen, upstream: url }: NonNullable<GrpcConfig['server']>,
): MakeListener {
  return (shared) => {
    const { config, metrics, held, pool } = shared;
    const upstream = new GrpcUpstream(url, config.timeouts.connectMs);
    const recorder = shared.recorderFor(upstream.address);
    const inspector = new CallInspector(pool, metrics, grpc);
    const context: GrpcContext = { config, grpc, inspector, upstream, recorder, metrics, held };
    const server = new HardenedServer(
      {
        connections: config.limits.connections,
        streams: grpc.streams,
        headerBytes: config.limits.headerBytes,
        idleMs: config.timeouts.idleMs,
      },
      {
        onStream: (stream, headers, rawHeaders) => {
          const call = new Call(stream, headers, rawHeaders, context);
          // A fault of ours costs the call that met it, and no other one.
          call.run().catch((error: unknown) => call.crashed(error));
        },
        onAbuse: (signal, socket) =>
          recorder.record(headRefusal('GATE-HTTP', signal, 'a connection of HTTP/2 that was ended for what it sent'), {
            requestId: randomUUID(),
            route: null,
            disposition: 'denied',
            client: peerOf(socket),
            request: null,
            bytes: 0,
            sha256: null,
          }),
      },
    );
    return {
      name: 'grpc',
      listen: () => server.listen(listen, 'grpc.listen'),
      stop: async (ms) => {
        await server.stop(ms);
        upstream.close();
      },
    };
  };
}
