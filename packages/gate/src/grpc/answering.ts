import { constants, type ClientHttp2Stream, type IncomingHttpHeaders } from 'node:http2';
import type { ClientSide } from './client-side.js';
import { answerMetadata } from './metadata.js';
import { GRPC_STATUS } from './status.js';

export type AnswerEnd =
  /** The upstream's own end, whatever status it has. */
  | 'answered'
  /** It ended without a status, or was reset: nothing, or half an answer, is with the client. */
  | 'broken'
  /** It refused the stream unprocessed (RFC 9113, section 8.7): it may be tried again. */
  | 'refused';

/** Hands the answer of the upstream to the client as it comes: head, messages, trailers. */
export function passAnswer(upstream: ClientHttp2Stream, client: ClientSide, onHead: () => void): Promise<AnswerEnd> {
  return new Promise((resolve) => {
    let trailers: IncomingHttpHeaders | null = null;
    let isAll = false;
    upstream.on('response', (headers, flags) => {
      onHead();
      isAll = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
      client.begin(answerMetadata(headers, false), isAll);
      if (isAll) resolve('answered');
    });
    upstream.on('trailers', (headers: IncomingHttpHeaders) => {
      trailers = headers;
    });
    upstream.on('data', (chunk: Buffer) => {
      if (!client.write(chunk, () => upstream.resume())) upstream.pause();
    });
    upstream.on('end', () => {
      if (isAll || trailers === null) return;
      client.end(answerMetadata(trailers, true));
      resolve('answered');
    });
    upstream.on('error', () => undefined);
    upstream.on('close', () => resolve(upstream.rstCode === constants.NGHTTP2_REFUSED_STREAM ? 'refused' : 'broken'));
  });
}

const RESETS: Readonly<Record<number, number>> = {
  [constants.NGHTTP2_REFUSED_STREAM]: GRPC_STATUS.unavailable,
  [constants.NGHTTP2_CANCEL]: GRPC_STATUS.cancelled,
  [constants.NGHTTP2_ENHANCE_YOUR_CALM]: GRPC_STATUS.resourceExhausted,
  [constants.NGHTTP2_INADEQUATE_SECURITY]: GRPC_STATUS.permissionDenied,
};

/** The status for a reset (PROTOCOL-HTTP2.md, "Errors"); null where the upstream was lost without one. */
export function statusOfReset(code: number | undefined): number | null {
  if (code === undefined || code === constants.NGHTTP2_NO_ERROR) return null;
  return RESETS[code] ?? null;
}
