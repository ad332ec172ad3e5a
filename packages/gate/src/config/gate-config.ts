import type { DialectName } from './dialects.js';
import type { RoutePolicy } from '../model/route-policy.js';

export type Mode = 'enforce' | 'observe';

/** One route, ready to be matched. */
export interface Route {
  readonly id: string;
  readonly path: string;
  readonly dialect: DialectName | null;
  readonly methods: readonly string[];
  readonly mode: Mode;
  readonly bodyLimit: number;
  readonly answerMs: number;
  readonly inspectResponses: boolean;
  /** Bytes of a body that are held; what is larger lies on disk until its verdict. Null where all bodies are held. */
  readonly spoolAbove: number | null;
  /** Bytes of a body that are held; what is larger passes while it is inspected. Null where no body does. */
  readonly streamAbove: number | null;
  readonly upgrades: boolean;
  readonly policy: RoutePolicy;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface EventTarget {
  readonly to: string;
  readonly format: 'ocsf' | 'ecs';
}

export interface UpstreamConfig {
  /** `http://host:port` of each. */
  readonly servers: readonly string[];
  /** Null where only requests show whether a server answers. */
  readonly health: { readonly path: string; readonly everyMs: number; readonly timeoutMs: number } | null;
  /** Files in PEM, for servers with https: who is trusted, and what the gate shows of itself. */
  readonly tls: {
    readonly ca: string | null;
    readonly cert: string | null;
    readonly key: string | null;
    /** The name that their certificate has, where it is not the one in the URL. */
    readonly serverName: string | null;
  };
  /** Servers get the Host header that the client sent. */
  readonly preserveHost: boolean;
}

/** TLS towards clients; files in PEM. */
export interface ClientTls {
  readonly cert: string;
  readonly key: string;
  /** Certificates of clients are asked for, and have to come from these authorities. */
  readonly clientCa: string | null;
  readonly clientCert: 'require' | 'request';
}

/** Bounds of one client, by its address; null for none. */
export interface ClientLimits {
  /** Requests a second, over time. */
  readonly rate: number | null;
  /** Requests at once after a pause. */
  readonly burst: number | null;
  /** Requests in flight. */
  readonly concurrency: number | null;
}

/** OpenTelemetry, OTLP over HTTP. */
export interface OtlpConfig {
  /** Without the path: `http://collector:4318`. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly traces: boolean;
  readonly metrics: boolean;
  readonly intervalMs: number;
  /** The part of the traces that is kept, where the caller has not decided: 0 to 1. */
  readonly sample: number;
}

export interface GateConfig {
  readonly upstream: UpstreamConfig;
  readonly tls: ClientTls | null;
  readonly clients: ClientLimits;
  /** `stdout` or `file:PATH`. */
  readonly accessLog: string | null;
  readonly otlp: OtlpConfig | null;
  /** Null where HTTP is not served: the gate then is for gRPC or Envoy alone. */
  readonly listen: Address | null;
  readonly admin: Address;
  readonly routes: readonly Route[];
  readonly events: readonly EventTarget[];
  readonly inspection: {
    readonly isolation: 'thread' | 'process';
    readonly workers: number;
    readonly memoryMb: number;
    readonly deadlineMs: number;
    readonly queue: number;
    /** Bodies that pass at a time, each with an inspector of its own. */
    readonly streams: number;
  };
  readonly timeouts: {
    readonly headersMs: number;
    readonly bodyMs: number;
    readonly idleMs: number;
    readonly connectMs: number;
    readonly stopMs: number;
  };
  readonly limits: {
    readonly connections: number;
    readonly heldBytes: number;
    readonly spooledBytes: number;
    readonly headerBytes: number;
  };
  /** Where large bodies lie; null for the folder that the system has for it. */
  readonly spoolFolder: string | null;
  readonly trustForwarded: readonly string[];
  readonly grpc: GrpcConfig | null;
  readonly extProc: ExtProcConfig | null;
}

/** gRPC of the Open Inference Protocol. */
export interface GrpcConfig {
  /** Null where gRPC comes by Envoy's external processing alone. */
  readonly server: { readonly listen: Address; readonly upstream: URL } | null;
  readonly mode: Mode;
  /** Bytes of one message. */
  readonly messageLimit: number;
  /** Methods that manage the server and are forwarded all the same. */
  readonly allow: readonly string[];
  /** Calls of one connection at a time. */
  readonly streams: number;
  readonly answerMs: number;
  readonly policy: RoutePolicy;
  /** By which messages of the server are inspected; null where they pass. */
  readonly answers: RoutePolicy | null;
}

/** Envoy's external processing: the gate answers what Envoy asks about each request. */
export interface ExtProcConfig {
  readonly listen: Address;
}

/** What holds where the file says nothing. */
export const DEFAULTS = {
  listen: '127.0.0.1:8080',
  admin: '127.0.0.1:9090',
  /** Bodies of infer requests; an image in base64 fits. */
  bodyBytes: 8 * 2 ** 20,
  answerMs: 60_000,
  /** Beside the proxy itself, which keeps a core; more take memory, and one slow request does not keep the others waiting. */
  mostWorkers: 4,
  memoryMb: 512,
  deadlineMs: 5_000,
  queue: 1_024,
  streams: 4,
  headersMs: 10_000,
  bodyMs: 60_000,
  idleMs: 30_000,
  connectMs: 5_000,
  stopMs: 20_000,
  connections: 4_096,
  heldBytes: 256 * 2 ** 20,
  /** All large bodies that lie on disk at a time. */
  spooledBytes: 8 * 2 ** 30,
  headerBytes: 16_384,
  healthEveryMs: 5_000,
  healthTimeoutMs: 2_000,
  otlpMs: 30_000,
  grpcListen: '127.0.0.1:8081',
  /** Of one connection, as grpc-go and Envoy have it. */
  grpcStreams: 100,
} as const;
