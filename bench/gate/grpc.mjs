// What the gate adds to a ModelInfer of about 1 KB and of 1 MB over gRPC, on loopback, against the same server without it, in turns:
// `node bench/gate/grpc.mjs [--requests N] [--rounds N]`. Times are of the client: from the request to its trailers. Needs
// `npm run build`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:http2';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const { values, positionals } = parseArgs({
  options: { requests: { type: 'string', default: '200' }, rounds: { type: 'string', default: '10' } },
  allowPositionals: true,
});

/** The server: reads the message, answers with an empty one. */
function serve() {
  const server = createServer({ settings: { initialWindowSize: 2 ** 20 } });
  server.on('session', (session) => session.setLocalWindowSize(8 * 2 ** 20));
  server.on('stream', (stream) => {
    stream.resume();
    stream.on('end', () => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(Buffer.alloc(5));
    });
  });
  server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
}

/** A field of protobuf with bytes. */
function field(number, bytes) {
  const length = [];
  let rest = bytes.length;
  for (; rest > 127; rest = Math.floor(rest / 128)) length.push((rest % 128) + 128);
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length, rest]), bytes]);
}

/** A framed ModelInferRequest with one FP32 tensor of so many bytes, raw. */
function request(bytes) {
  const raw = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at += 4) raw.writeFloatLE(Math.sin(at), at);
  const shape = [];
  let rest = bytes / 4;
  for (; rest > 127; rest = Math.floor(rest / 128)) shape.push((rest % 128) + 128);
  const input = [field(1, Buffer.from('x')), field(2, Buffer.from('FP32')), field(3, Buffer.from([...shape, rest]))];
  const message = Buffer.concat([field(1, Buffer.from('m')), field(5, Buffer.concat(input)), field(7, raw)]);
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

async function times(session, body, count) {
  const found = [];
  for (let i = 0; i < count; i += 1) {
    const start = performance.now();
    const stream = session.request({
      ':method': 'POST',
      ':path': '/inference.GRPCInferenceService/ModelInfer',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    let status;
    stream.on('response', (headers) => (status ??= headers['grpc-status']));
    stream.on('trailers', (headers) => (status ??= headers['grpc-status']));
    stream.resume();
    stream.end(body);
    await once(stream, 'close');
    if (status !== '0') throw new Error(`status ${status}`);
    found.push(performance.now() - start);
  }
  return found;
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

async function main() {
  const folder = await mkdtemp(join(tmpdir(), 'sentinel-bench-'));
  const children = [];
  try {
    const server = spawn(process.execPath, [fileURLToPath(import.meta.url), 'serve'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(server);
    const [upstream] = await once(createInterface({ input: server.stdout }), 'line');
    const port = 20_000 + (process.pid % 20_000);
    const config = join(folder, 'sentinel-gate.yml');
    await writeFile(
      config,
      `version: 1\nupstream: http://127.0.0.1:1\nlisten: none\nadmin: 127.0.0.1:${port + 1}\nevents: []\nroutes: [{dialect: triton}]\n` +
        `grpc: {listen: "127.0.0.1:${port}", upstream: "http://127.0.0.1:${upstream}"}\n`,
    );
    const command = join(here, '../../packages/cli/dist/sentinel.cjs');
    const gate = spawn(process.execPath, [command, 'gate', '--config', config], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    children.push(gate);
    await once(createInterface({ input: gate.stderr }), 'line');
    for (;;) {
      if ((await fetch(`http://127.0.0.1:${port + 1}/readyz`)).status === 200) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const sessions = { direct: connect(`http://127.0.0.1:${upstream}`), gate: connect(`http://127.0.0.1:${port}`) };
    const report = {};
    for (const [name, bytes] of [
      ['1 KB', 1_000],
      ['1 MB', 1_000_000],
    ]) {
      const body = request(bytes);
      const found = { direct: [], gate: [] };
      for (const way of Object.keys(found)) await times(sessions[way], body, 50);
      for (let round = 0; round < Number(values.rounds); round += 1)
        for (const way of round % 2 === 0 ? ['direct', 'gate'] : ['gate', 'direct'])
          found[way].push(
            ...(await times(sessions[way], body, Math.ceil(Number(values.requests) / Number(values.rounds)))),
          );
      const [direct, through] = [median(found.direct), median(found.gate)];
      report[name] = { bytes: body.length, directMs: direct, gateMs: through, addedMs: through - direct };
    }
    for (const session of Object.values(sessions)) session.destroy();
    process.stdout.write(`${JSON.stringify({ node: process.version, ...report }, null, 2)}\n`);
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

if (positionals[0] === 'serve') serve();
else await main();
