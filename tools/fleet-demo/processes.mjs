// The processes beside the fleet in its demo: the double of the Hub, and a bucket of moto.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

/** The double of the Hub in a process of its own. `asked` says what was asked since. */
export async function startHub(root, folder, count) {
  const bundle = join(folder, 'hub.mjs');
  const options = { bundle: true, format: 'esm', platform: 'node', logLevel: 'warning' };
  await build({ ...options, entryPoints: [join(root, 'tools/fleet-demo/hub.ts')], outfile: bundle });
  // In a session of its own: Ctrl-C ends it when the fleet has ended.
  const stdio = ['pipe', 'pipe', 'inherit'];
  const server = spawn(process.execPath, [bundle, String(count), join(root, 'fixtures')], { stdio, detached: true });
  const lines = createInterface({ input: server.stdout });
  const next = async () => {
    const [line] = await once(lines, 'line');
    return JSON.parse(line);
  };
  const asked = () => {
    const answer = next();
    server.stdin.write('\n');
    return answer;
  };
  return { ...(await next()), asked, stop: () => stopped(server, () => server.stdin.end()) };
}

async function stopped(child, end) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  end();
  await ended;
}

/** A Python environment with moto, made where there is none; null where there is no Python. */
function motoServer(root) {
  const venv = join(root, '.cache/storage-venv');
  const requirements = join(root, 'oracles/storage/requirements.txt');
  const stamp = join(venv, 'stamp');
  const program = join(venv, 'bin/python');
  if (existsSync(stamp) && readFileSync(stamp).equals(readFileSync(requirements))) return program;
  try {
    execFileSync('python3', ['-m', 'venv', venv], { stdio: 'ignore' });
    console.log('Installing moto, which plays the bucket, into .cache/storage-venv ...');
    execFileSync(program, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements], {
      stdio: 'ignore',
    });
  } catch {
    return null;
  }
  cpSync(requirements, stamp);
  return program;
}

const KEYS = { accessKeyId: 'demo', secretAccessKey: 'demo-secret' };

/** A bucket with models; null where moto cannot be installed. */
export async function startBucket(root, folder, objects) {
  const python = motoServer(root);
  if (python === null) return null;
  const port = await freePort();
  const code = 'from moto.server import main; main()';
  const server = spawn(python, ['-c', code, '-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    detached: true,
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint, server);
  // moto takes requests without a signature; those of the fleet have one.
  await put(`${endpoint}/models`, null);
  for (const [key, bytes] of objects) await put(`${endpoint}/models/${key}`, bytes);
  const env = {
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    AWS_REGION: 'us-east-1',
  };
  return { endpoint, env, stop: () => stopped(server, () => server.kill('SIGTERM')) };
}

async function put(url, body) {
  const response = await fetch(url, { method: 'PUT', body });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
}

async function answering(url, server) {
  for (let tries = 0; tries < 300; tries += 1) {
    if (server.exitCode !== null) throw new Error('moto ended before it answered');
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('moto does not answer');
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
