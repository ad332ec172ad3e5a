// The double of the Hub as huggingface.co, over TLS at port 443 of a network of its own. Each line of its input is answered by
// what was asked since, as one line of JSON; the first line has the repositories.
import { readFileSync } from 'node:fs';
import { request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { createInterface } from 'node:readline';
import { HubDouble } from '../../packages/sources/test/hub-double.js';
import { addAll, COMPARED } from './repositories.js';

const [key = '', cert = ''] = process.argv.slice(2);
const HUB = 'https://huggingface.co';
const STORAGE = 'https://cdn-lfs.hf.co';
const double = await HubDouble.start();
addAll(double);

/** Addresses of the double as those of the Hub. */
function renamed(text: string): string {
  return text.replaceAll(double.endpoint, HUB).replaceAll(double.cdn, STORAGE);
}

function passOn(asked: IncomingMessage, response: ServerResponse): void {
  const origin = asked.headers.host === new URL(STORAGE).host ? double.cdn : double.endpoint;
  const { method = 'GET', url = '/' } = asked;
  const inner = forward(new URL(url, origin), { method, headers: asked.headers }, (answer) => {
    for (const name of ['location', 'link']) {
      const value = answer.headers[name];
      if (typeof value === 'string') answer.headers[name] = renamed(value);
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  // A client that goes away ends what it asked for.
  response.on('close', () => inner.destroy());
  inner.on('error', () => response.destroy());
  asked.pipe(inner);
}

createServer({ key: readFileSync(key), cert: readFileSync(cert) }, passOn).listen(443, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify(COMPARED)}\n`);
});
createInterface({ input: process.stdin })
  .on('line', () => {
    const asked = double.asked.splice(0);
    // What was asked of a file, by its address at the Hub; a redirect to itself is no second file.
    const files = asked.flatMap(({ path }) => {
      const found = /^\/(?:api\/resolve-cache\/models\/)?org\/[^/]+\/(?:resolve\/)?[^/]+\/(.+)$/.exec(path);
      return found?.[1] === undefined || !/\/resolve(?:-cache)?\//.test(path) ? [] : [decodeURIComponent(found[1])];
    });
    const bytes = asked.reduce((sum, one) => sum + one.bytes, 0);
    process.stdout.write(`${JSON.stringify({ requests: asked.length, bytes, files: new Set(files).size })}\n`);
  })
  .on('close', () => process.exit());
