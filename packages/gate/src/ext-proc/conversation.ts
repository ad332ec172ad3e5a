import type { ServerHttp2Stream } from 'node:http2';
import { Refused, type Refusal } from '../model/rules.js';
import { ClientSide } from '../grpc/client-side.js';
import { framed } from '../grpc/framing.js';
import { IncomingMessages } from '../grpc/incoming.js';
import { GRPC_STATUS, messageOf, statusOf } from '../grpc/status.js';
import { PROBLEM_TYPE, problemOf } from '../proxy/problem.js';
import { peerOf } from '../proxy/recorder.js';
import { EnvoyRequest, type Answer, type EnvoyContext } from './envoy-request.js';
import { goOn, immediate, readMessage, type EnvoyPart } from './protocol.js';

/**
 * One stream of ExternalProcessor.Process: Envoy's messages about one request, each answered in its turn. Envoy goes on
 * without the gate where the stream ends well (external_processor.proto), so whatever goes wrong ends it with an error:
 * Envoy then answers 500, unless its failure_mode_allow says otherwise.
 */
export async function converse(stream: ServerHttp2Stream, context: EnvoyContext, limit: number): Promise<void> {
  const client = new ClientSide(stream);
  const left = new AbortController();
  const { config, held } = context.shared;
  const incoming = new IncomingMessages(stream, {
    limit,
    idleMs: config.timeouts.idleMs,
    totalMs: config.timeouts.bodyMs,
    isUnary: false,
    held,
  });
  const peer = peerOf(stream.session?.socket ?? { remoteAddress: undefined, remotePort: undefined });
  const request = new EnvoyRequest(context, peer, left.signal);
  let isRefused = false;
  let bodyMode: number | null = null;
  stream.on('close', () => {
    left.abort();
    incoming.dispose();
    request.ended();
  });
  client.begin({ ':status': 200, 'content-type': 'application/grpc' }, false);
  try {
    for (;;) {
      const next = await incoming.next();
      if (next === 'end') break;
      if ('rule' in next && (next.rule === 'GATE-SIZE' || next.rule === 'GATE-BUSY')) {
        const answer = request.unheld(next);
        const bytes = answer === null ? goOn('request_body') : refusalFor(answer, request);
        client.write(framed(bytes), () => undefined);
        // What is left of the message is thrown away.
        incoming.dispose();
        stream.once('end', () => client.end(OK));
        return;
      }
      if ('rule' in next) {
        client.status(statusOf(next), next.detail, request.id);
        return;
      }
      const { part, isObserving, bodyMode: declared } = readMessage(next.message);
      bodyMode ??= declared;
      const answer = part === null || isRefused ? null : await answerTo(part, request, bodyMode);
      incoming.release(next);
      if (answer !== null && !isObserving) isRefused = true;
      if (isObserving || part === null) continue;
      const bytes = answer === null ? goOn(part.kind) : refusalFor(answer, request);
      client.write(framed(bytes), () => undefined);
    }
    client.end(OK);
  } catch (error) {
    if (error instanceof Refused) client.status(statusOf(error.refusal), error.refusal.detail, request.id);
    else {
      request.crashed(error);
      client.status(GRPC_STATUS.internal, 'the request could not be handled', request.id);
    }
  }
}

const OK = { 'grpc-status': '0' };

function answerTo(part: EnvoyPart, request: EnvoyRequest, bodyMode: number | null): Promise<Answer> | Answer {
  switch (part.kind) {
    case 'request_headers':
      return request.headers(part.headers, part.isEnd, bodyMode);
    case 'request_body':
      return request.body(part.body, part.isEnd, bodyMode);
    case 'request_trailers':
      return request.trailers(part.headers);
    case 'response_headers':
      return request.response();
    default:
      return null;
  }
}

/** The problem document of the reverse proxy, or a status of gRPC. */
function refusalFor(refusal: Refusal, request: EnvoyRequest): Uint8Array {
  const { status, body } = problemOf(refusal, request.id);
  const details = `sentinel_${refusal.rule.toLowerCase().replaceAll('-', '_')}`;
  if (request.isCall)
    return immediate({
      status: 200,
      headers: [['x-request-id', request.id]],
      body: Buffer.from(messageOf(refusal, request.id)),
      grpcStatus: statusOf(refusal),
      details,
    });
  const headers = [
    ['content-type', PROBLEM_TYPE],
    ['cache-control', 'no-store'],
    ['x-content-type-options', 'nosniff'],
    ['x-request-id', request.id],
  ] as const;
  return immediate({ status, headers, body, grpcStatus: null, details });
}
