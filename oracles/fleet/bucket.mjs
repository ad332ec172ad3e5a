// A bucket of generated objects behind the part of the S3 protocol that Sentinel asks for: ListObjectsV2 and GetObject with ranges.
import { createServer } from 'node:http';
import { createHash } from 'node:crypto';

/** Frames of a pickle of protocol 2 that holds one text; the same number gives the same bytes. */
function plain(number) {
  const text = Buffer.from(`artifact number ${number}`);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([Buffer.from([0x80, 2, 0x58]), length, text, Buffer.from('.')]);
}

/** Would call os.system with a word that no shell knows; nothing here loads it. */
function hostile(number) {
  return Buffer.from(
    `\x80\x02cposix\nsystem\nX\x0c\x00\x00\x00inert${String(number).padStart(7, '0')}\x85R.`,
    'latin1',
  );
}

/**
 * `count` objects: one in ten hostile, and of the rest as many as `known` (0 to 1) the same bytes under other names. Which number has
 * which bytes follows from the number alone: a bucket of a million needs no memory.
 */
export function generated(count, known = 0.3) {
  const distinct = Math.max(1, Math.round(count * (1 - known)));
  const bytes = (at) => {
    const number = at % distinct;
    return number % 10 === 0 ? hostile(number) : plain(number);
  };
  return {
    count,
    distinct,
    name: (at) => `models/${String(at).padStart(8, '0')}.pkl`,
    bytes,
    isHostile: (at) => (at % distinct) % 10 === 0,
    sha256: (at) => createHash('sha256').update(bytes(at)).digest('hex'),
  };
}

const PAGE = 1000;

export async function serveBucket(objects) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://bucket');
    if (url.searchParams.has('list-type')) {
      const from = Number(url.searchParams.get('continuation-token') ?? 0);
      // One object that is looked up by its name, or all of them.
      const one = Number(/^models\/(\d{8})\.\w+$/.exec(url.searchParams.get('prefix') ?? '')?.[1] ?? -1);
      const isOne = one >= 0 && one < objects.count;
      const first = isOne ? one : from;
      const to = isOne ? one + 1 : Math.min(objects.count, from + PAGE);
      const rows = [];
      for (let at = first; at < to; at += 1)
        rows.push(
          `<Contents><Key>${objects.name(at)}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"${at}"</ETag><Size>${objects.bytes(at).length}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
        );
      const more = !isOne && to < objects.count;
      response.writeHead(200, { 'content-type': 'application/xml' });
      response.end(
        `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix></Prefix><KeyCount>${rows.length}</KeyCount><MaxKeys>${PAGE}</MaxKeys><IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${to}</NextContinuationToken>` : ''}${rows.join('')}</ListBucketResult>`,
      );
      return;
    }
    const at = Number(/models\/(\d{8})\.\w+$/.exec(url.pathname)?.[1] ?? -1);
    if (!(at >= 0 && at < objects.count)) {
      response.writeHead(404, { 'content-type': 'application/xml' }).end('<Error><Code>NoSuchKey</Code></Error>');
      return;
    }
    const bytes = objects.bytes(at);
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const headers = { etag: `"${at}"`, 'accept-ranges': 'bytes' };
    if (range === null) {
      response
        .writeHead(200, { ...headers, 'content-length': bytes.length })
        .end(request.method === 'HEAD' ? undefined : bytes);
      return;
    }
    const first = Number(range[1]);
    const last = Math.min(bytes.length - 1, range[2] === '' ? bytes.length - 1 : Number(range[2]));
    if (first >= bytes.length) {
      response.writeHead(416, { ...headers, 'content-range': `bytes */${bytes.length}` }).end();
      return;
    }
    response
      .writeHead(206, {
        ...headers,
        'content-length': last - first + 1,
        'content-range': `bytes ${first}-${last}/${bytes.length}`,
      })
      .end(bytes.subarray(first, last + 1));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
