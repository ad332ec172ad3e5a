import { Readable } from 'node:stream';

/** The body of a route of the kind `stream`. */
export function streamOf(body: unknown): Readable {
  if (!(body instanceof Readable)) throw new TypeError('the route takes no stream');
  return body;
}

/** The body of a route of the kind `raw`. */
export function bytesOf(body: unknown): Uint8Array {
  if (!(body instanceof Uint8Array)) throw new TypeError('the route takes no bytes');
  return body;
}
