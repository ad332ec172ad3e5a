// What the programs of this folder have in common: checks, programs that end, and the double of the Hub beside them.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');

/** Counts what is as it should be; `end` prints it and sets the exit code. */
export class Checks {
  #passed = 0;
  #failed = 0;

  expect(what, found, wanted) {
    const [a, b] = [found, wanted].map((value) => JSON.stringify(value));
    if (a === b) this.#passed += 1;
    else {
      this.#failed += 1;
      console.log(`FAILED: ${what}\n  found  ${a}\n  wanted ${b}`);
    }
  }

  end() {
    console.log(`${this.#passed} checks passed, ${this.#failed} failed`);
    if (this.#failed > 0) process.exitCode = 1;
  }
}

/** A program to its end: its exit code and what it printed. Nothing of the environment is passed on but what is named. */
export function run(file, args, env) {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env.PATH, ...env }, timeout: 120_000, maxBuffer: 2 ** 26 };
    const child = execFile(file, args, options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** The built command line. */
export const sentinel = (args, env) =>
  run(process.execPath, [join(root, 'packages/cli/dist/sentinel.cjs'), ...args], env);

/** The double of the Hub (serve.ts), bundled into a folder. `ask` says what was asked since. */
export async function served(folder, pageSize) {
  const bundle = join(folder, 'serve.mjs');
  execFileSync(process.execPath, [join(root, 'oracles/bundle.mjs'), join(here, 'serve.ts'), bundle]);
  const server = spawn(process.execPath, [bundle, String(pageSize)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: server.stdout });
  const next = async () => JSON.parse((await once(lines, 'line'))[0]);
  const asked = () => {
    const answer = next();
    server.stdin.write('\n');
    return answer;
  };
  return { ...(await next()), asked, close: () => server.stdin.end() };
}

/** Findings by file within the repository, and what is incomplete. */
export function summaryOf({ stdout }) {
  const { findings, incomplete, artifacts } = JSON.parse(stdout);
  const inside = (path) => path.replace(/^.*?@[^/]*\//, '');
  return {
    artifacts: artifacts.map(({ path }) => inside(path)),
    findings: findings.map(({ artifact, ruleId, fingerprint }) => [inside(artifact), ruleId, fingerprint]),
    incomplete: incomplete.map(({ path, reason }) => [inside(path), reason]),
  };
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
