import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { Refusal } from '../model/rules.js';
import { headRefusal } from './problem.js';

/** Bodies up to this size go out together with their head. */
const ONE_PACKET = 16 * 1024;

/** Node joins a head with text, not with bytes: one write instead of two. Latin-1 stands for each byte as it is. */
export function endWith(message: ClientRequest | ServerResponse, body: Buffer): void {
  if (body.length === 0) message.end();
  else if (body.length <= ONE_PACKET) message.end(body.toString('latin1'), 'latin1');
  else message.end(body);
}

/** The same of a body in pieces, which go out together as well. */
export function endWithPieces(message: ClientRequest, pieces: readonly Buffer[]): void {
  const [last] = pieces.slice(-1);
  if (last === undefined) {
    message.end();
    return;
  }
  message.cork();
  for (const piece of pieces.slice(0, -1)) message.write(piece);
  endWith(message, last);
  message.uncork();
}

/** Bytes of an answer's body, as its head tells them; null where only its end does (RFC 9112, section 6.3). */
function bodyLength(method: string | undefined, { statusCode, headers }: IncomingMessage): number | null {
  if (method === 'HEAD' || statusCode === 204 || statusCode === 304) return 0;
  const length = headers['content-length'];
  return length === undefined ? null : Number(length);
}

/** The end of a stream of events as OpenAI's servers write it; their clients read no further. */
const LAST_EVENTS = ['data: [DONE]', 'data:[DONE]'];
const LAST_EVENT_BYTES = 32;

/**
 * The body of an answer, as fast as the client takes it, behind a head that is written. By hand: a pipeline costs more
 * than all else of a small request. Null once the client has all of it, or what broke off; then both sides are closed.
 */
export function passAnswer(
  method: string | undefined,
  answer: IncomingMessage,
  response: ServerResponse,
): Promise<Refusal | null> {
  return new Promise((resolve) => {
    const failed = (refusal: Refusal): void => {
      resolve(refusal);
      answer.destroy();
      response.destroy();
    };
    const announced = bodyLength(method, answer);
    // Servers write the head and the body of a short answer one after the other; here they are one packet, so that a
    // client that asks for the status only does not hang up in between.
    const isShort = announced !== null && announced <= ONE_PACKET;
    let sent = 0;
    let isLast = false;
    answer.on('data', (chunk: Buffer) => {
      sent += chunk.length;
      if (isShort && sent === announced) {
        endWith(response, chunk);
        return;
      }
      const end = chunk.toString('latin1', Math.max(0, chunk.length - LAST_EVENT_BYTES)).trimEnd();
      isLast = LAST_EVENTS.some((event) => end.endsWith(event));
      if (!response.write(chunk)) answer.pause();
    });
    response.on('drain', () => answer.resume());
    answer.on('end', () => {
      if (!response.writableEnded) response.end();
    });
    answer.on('error', () => failed(headRefusal('GATE-UPSTREAM', 'answer-cut', 'the answer broke off')));
    answer.on('close', () => {
      if (!answer.complete) failed(headRefusal('GATE-UPSTREAM', 'answer-cut', 'the answer broke off'));
    });
    response.on('finish', () => resolve(null));
    response.on('close', () => {
      if (response.writableFinished) return;
      // A client that has all that was announced may hang up before the end of the answer is noticed here.
      if (response.headersSent && (response.writableEnded || sent === announced || isLast)) {
        answer.destroy();
        resolve(null);
      } else failed(headRefusal('GATE-ABORTED', 'aborted', 'the client left before the answer was complete'));
    });
    // An event stream begins with its head, however long its first event takes.
    setImmediate(() => {
      if (!isShort && !response.destroyed && !response.writableEnded) response.flushHeaders();
    });
  });
}
