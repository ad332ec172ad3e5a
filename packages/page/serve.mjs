// Serves the built page on loopback, and nothing else. The headers say what the page says itself, and what a page cannot say.
//
//   node packages/page/serve.mjs [PORT]
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const page = readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'dist/index.html'));
const packed = gzipSync(page, { level: 9 });
const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page.toString('utf8'))?.[1];
if (policy === undefined) throw new Error('the page has no policy: npm run build');
const port = Number(process.argv[2] ?? 8737);

const server = createServer(({ method, url, headers }, response) => {
  if ((method !== 'GET' && method !== 'HEAD') || url !== '/') {
    response.writeHead(404).end();
    return;
  }
  const isPacked = /\bgzip\b/.test(headers['accept-encoding'] ?? '');
  const body = isPacked ? packed : page;
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': body.length,
    ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
    vary: 'accept-encoding',
    'content-security-policy': `${policy}; frame-ancestors 'none'`,
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  response.end(method === 'HEAD' ? undefined : body);
});
server.on('error', (error) => {
  process.stderr.write(`cannot serve the page on port ${port}: ${error.message}\n`);
  process.exitCode = 1;
});
server.listen(port, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${port}/\n`));
