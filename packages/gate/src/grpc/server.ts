import { randomUUID } from 'node:crypto';
import { perObject, UsageError } from '@artifact-sentinel/core/internal';
import type { GateConfig, GrpcConfig } from '../config/gate-config.js';
import type { MakeListener } from '../proxy/gate.js';
import type { Generation } from '../proxy/generation.js';
import { headRefusal } from '../proxy/problem.js';
import { peerOf } from '../proxy/recorder.js';
import { readClientTls } from '../proxy/tls-files.js';
import { Call, type GrpcContext } from './call.js';
import { CallInspector } from './call-inspector.js';
import { HardenedServer } from './http2-server.js';
import { GrpcUpstream } from './upstream.js';

/** The gate for gRPC: HTTP/2 before a gRPC server, with TLS where clients are served with it. */
export function grpcServer(
  grpc: GrpcConfig,
  { listen, upstream: url }: NonNullable<GrpcConfig['server']>,
): MakeListener {
  return (shared) => {
    const { config } = shared;
    const upstream = new GrpcUpstream(url, config.timeouts.connectMs);
    const contextOf = perObject(({ config: { grpc: own }, context, pool }: Generation): GrpcContext => {
      if (own === null) throw new Error('gRPC cannot go away while it is served');
      return { ...context, grpc: own, inspector: new CallInspector(pool, context.metrics, own), upstream };
    });
    const server = new HardenedServer(
      {
        connections: config.limits.connections,
        streams: grpc.streams,
        headerBytes: config.limits.headerBytes,
        idleMs: config.timeouts.idleMs,
        tls:
          config.tls === null
            ? null
            : {
                files: readClientTls(config.tls),
                asks: config.tls.clientCa !== null,
                clientCert: config.tls.clientCert,
                handshakeMs: config.timeouts.headersMs,
              },
      },
      {
        onStream: (stream, headers, rawHeaders) => {
          const { generation, leave } = shared.enter();
          stream.once('close', leave);
          const call = new Call(stream, headers, rawHeaders, contextOf(generation));
          // A fault of ours costs the call that met it, and no other one.
          call.run().catch((error: unknown) => call.crashed(error));
        },
        onAbuse: (signal, socket) => {
          const { generation, leave } = shared.enter();
          const refusal = headRefusal('GATE-HTTP', signal, 'a connection of HTTP/2 that was ended for what it sent');
          generation.context.recorder.record(refusal, {
            requestId: randomUUID(),
            route: null,
            disposition: 'denied',
            client: peerOf(socket),
            request: null,
            bytes: 0,
            sha256: null,
            server: upstream.address,
          });
          leave();
        },
        onTlsError: () => shared.metrics.tlsErrors.add({}),
      },
    );
    return {
      name: 'grpc',
      listen: () => server.listen(listen, 'grpc.listen'),
      stop: async (ms) => {
        await server.stop(ms);
        upstream.close();
      },
      reload: (next, check) => {
        if (check) refuseChange(grpc, next);
        else if (next.tls !== null) server.renew(readClientTls(next.tls));
      },
    };
  };
}

/** What the listening server and its connection to the upstream hold. */
function refuseChange(before: GrpcConfig, { grpc }: GateConfig): void {
  const { server } = before;
  const isSame =
    grpc?.server?.listen.host === server?.listen.host &&
    grpc?.server?.listen.port === server?.listen.port &&
    grpc?.server?.upstream.href === server?.upstream.href &&
    grpc?.streams === before.streams;
  if (!isSame)
    throw new UsageError(
      'grpc.listen, grpc.upstream and grpc.streams cannot change while the gate runs; start it again',
    );
}
