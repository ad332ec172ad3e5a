import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A bucket as the client of AWS asks it: objects in one request or in parts, and copies within it. */
export interface Bucket {
  readonly server: Server;
  /** By `/bucket/key`. */
  readonly objects: Map<string, Buffer>;
  /** Uploads in parts that were begun and neither completed nor aborted: what they hold is paid for. */
  readonly uploads: Map<string, Map<number, Buffer>>;
  /** How many parts came. */
  parts: number;
  /** Part that is refused with 403; null for none. */
  refusedPart: number | null;
}

export function bucketDouble(): Bucket {
  const bucket: Bucket = {
    server: createServer((request, response) => {
      void buffer(request).then((body) => answer(bucket, request, body, response));
    }),
    objects: new Map(),
    uploads: new Map(),
    parts: 0,
    refusedPart: null,
  };
  return bucket;
}

const xml = { 'content-type': 'application/xml' };

function answer(bucket: Bucket, request: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://s3');
  const key = decodeURIComponent(pathname);
  const { objects, uploads } = bucket;
  const uploadId = searchParams.get('uploadId');
  if (request.method === 'POST' && searchParams.has('uploads')) {
    const id = randomUUID();
    uploads.set(id, new Map());
    const said = `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`;
    response.writeHead(200, xml).end(said);
  } else if (uploadId !== null) answerUpload(bucket, request, { key, body, uploadId, searchParams }, response);
  else if (request.method === 'PUT') {
    const source = request.headers['x-amz-copy-source'];
    const from = typeof source === 'string' ? objects.get(`/${decodeURIComponent(source).replace(/^\//, '')}`) : body;
    if (from !== undefined) objects.set(key, from);
    if (typeof source === 'string') response.end('<CopyObjectResult><ETag>"1"</ETag></CopyObjectResult>');
    else response.writeHead(200, { etag: '"1"' }).end();
  } else if (request.method === 'DELETE') {
    objects.delete(key);
    response.writeHead(204).end();
  } else {
    const found = objects.get(key);
    if (found === undefined) response.writeHead(404, xml).end('<Error><Code>NoSuchKey</Code></Error>');
    else response.end(found);
  }
}

interface PartRequest {
  readonly key: string;
  readonly body: Buffer;
  readonly uploadId: string;
  readonly searchParams: URLSearchParams;
}

function answerUpload(
  bucket: Bucket,
  { method }: IncomingMessage,
  { key, body, uploadId, searchParams }: PartRequest,
  response: ServerResponse,
): void {
  const { objects, uploads } = bucket;
  const parts = uploads.get(uploadId);
  const number = Number(searchParams.get('partNumber'));
  if (parts === undefined) response.writeHead(404, xml).end('<Error><Code>NoSuchUpload</Code></Error>');
  else if (method === 'DELETE') {
    uploads.delete(uploadId);
    response.writeHead(204).end();
  } else if (method === 'POST') {
    const numbers = Array.from(body.toString().matchAll(/<PartNumber>(\d+)</g), ([, text]) => Number(text));
    objects.set(key, Buffer.concat(numbers.map((one) => parts.get(one) ?? Buffer.alloc(0))));
    uploads.delete(uploadId);
    const said = '<CompleteMultipartUploadResult><ETag>"1"</ETag></CompleteMultipartUploadResult>';
    response.writeHead(200, xml).end(said);
  } else if (number === bucket.refusedPart)
    response.writeHead(403, xml).end('<Error><Code>AccessDenied</Code></Error>');
  else {
    parts.set(number, body);
    bucket.parts += 1;
    response.writeHead(200, { etag: `"${number}"` }).end();
  }
}
