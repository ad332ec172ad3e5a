// The servers of the benchmark, each in a process of its own: `node servers.mjs upstream|proxy PORT [UPSTREAM]`.
import { Agent, createServer, request as ask } from 'node:http';

const [role, port, upstream] = process.argv.slice(2);

/** Reads the body and answers with as little as can be. */
function answer(request, response) {
  let size = 0;
  request.on('data', (chunk) => {
    size += chunk.length;
  });
  request.on('end', () => {
    const body = `{"bytes":${size}}`;
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
    response.end(body);
  });
}

/** What a reverse proxy is at the least: one pool, headers passed on, streams piped. */
const agent = new Agent({ keepAlive: true });
function forward(request, response) {
  const out = ask({
    host: '127.0.0.1',
    port: upstream,
    path: request.url,
    method: request.method,
    headers: request.headers,
    agent,
  });
  out.on('response', (from) => {
    response.writeHead(from.statusCode, from.headers);
    from.pipe(response);
  });
  out.on('error', () => response.destroy());
  request.pipe(out);
}

const server = createServer(role === 'upstream' ? answer : forward);
server.keepAliveTimeout = 60_000;
server.listen(Number(port), '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
