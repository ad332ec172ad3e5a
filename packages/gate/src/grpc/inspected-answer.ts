import { constants, type ClientHttp2Stream, type IncomingHttpHeaders, type IncomingHttpStatusHeader } from 'node:http2';
import type { Refusal } from '../model/rules.js';
import { headRefusal } from '../proxy/problem.js';
import type { AnswerEnd } from './answering.js';
import type { ClientSide } from './client-side.js';
import type { Frame } from './framing.js';
import { IncomingMessages, type IncomingOptions } from './incoming.js';
import { answerMetadata } from './metadata.js';

export interface AnswerInspection {
  readonly options: Omit<IncomingOptions, 'isUnary'>;
  /** The answer has begun. */
  readonly onHead: () => void;
  /** False where the call was refused for a message. */
  readonly mayPass: (frame: Frame, encoding: string | undefined) => Promise<boolean>;
  /** It is no answer that could be inspected. */
  readonly onFault: (refusal: Refusal) => void;
}

/** `application/grpc`, with a message format or without one (PROTOCOL-HTTP2.md). */
const GRPC_TYPE = 'application/grpc';

/**
 * Hands the answer of the upstream to the client message by message, each when it may pass: the head with the first of them, or
 * as soon as it comes where a stream is open.
 */
export async function passInspected(
  upstream: ClientHttp2Stream,
  client: ClientSide,
  { options, onHead, mayPass, onFault }: AnswerInspection,
): Promise<AnswerEnd> {
  let head: AnswerHead | null = null;
  let trailers: IncomingHttpHeaders | null = null;
  let isAll = false;
  const incoming = new IncomingMessages(upstream, { ...options, isUnary: false });
  upstream.on('response', (headers, flags) => {
    onHead();
    head = headers;
    isAll = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    // Without messages, or what is no answer of gRPC: there is nothing to inspect, and nothing of the latter goes on.
    if (isAll || isGrpcAnswer(headers)) client.begin(answerMetadata(headers, false), isAll);
  });
  upstream.on('trailers', (headers: IncomingHttpHeaders) => {
    trailers = headers;
  });
  try {
    for (;;) {
      const next = await incoming.next();
      if (isAll) return 'answered';
      if (client.isEnded) return 'broken';
      if (next === 'end') {
        if (trailers === null || head === null || !isGrpcAnswer(head)) return 'broken';
        client.end(answerMetadata(trailers, true));
        return 'answered';
      }
      if ('rule' in next) {
        if (next.rule !== 'GATE-ABORTED') onFault(faultOf(next));
        return upstream.rstCode === constants.NGHTTP2_REFUSED_STREAM ? 'refused' : 'broken';
      }
      if (head === null || !isGrpcAnswer(head)) return 'broken';
      if (!(await mayPass(next, head['grpc-encoding']))) return 'broken';
      await client.written(next.bytes);
      incoming.release(next);
    }
  } finally {
    incoming.dispose();
  }
}

type AnswerHead = IncomingHttpHeaders & IncomingHttpStatusHeader;

function isGrpcAnswer(headers: AnswerHead): boolean {
  const type = headers['content-type'] ?? '';
  return headers[':status'] === 200 && (type === GRPC_TYPE || /^application\/grpc[+;]/.test(type));
}

/** Why a message of the server did not come whole: that is no fault of the client. */
function faultOf({ rule, signal, detail }: Refusal): Refusal {
  if (rule === 'GATE-SLOW') return headRefusal('GATE-UPSTREAM-TIMEOUT', 'answer-timeout', detail);
  if (rule === 'GATE-SIZE' || rule === 'GATE-BUSY')
    return headRefusal('GATE-UPSTREAM', 'answer', 'the answer could not be held, as its inspection needs');
  return headRefusal('GATE-UPSTREAM', signal, detail);
}
