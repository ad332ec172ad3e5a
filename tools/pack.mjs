// npm packages as they are published, each complete: README, licence, licences of what is bundled, types. Build first.
// The folders of the workspace are private, since what `npm pack` makes of them lacks these.
//
//   node tools/pack.mjs [FOLDER]        (default: .cache/packages): prints the path of each package
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledLicences } from './licences.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = resolve(process.argv[2] ?? join(root, '.cache/packages'));
const stage = mkdtempSync(join(tmpdir(), 'sentinel-pack-'));

/** The manifest as it is published. What is bundled is no dependency, and nothing is run when it is installed. */
function published({ private: _private, scripts: _scripts, devDependencies: _dev, ...manifest }, isBundled) {
  if (!isBundled) return manifest;
  const { dependencies: _bundled, files, ...rest } = manifest;
  return { ...rest, files: [...files, 'THIRD-PARTY-LICENSES.txt'] };
}

mkdirSync(target, { recursive: true });
try {
  for (const name of ['core', 'sources', 'gate', 'cli']) {
    const from = join(root, 'packages', name);
    const to = join(stage, name);
    mkdirSync(to);
    const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
    const isBundled = manifest.bin !== undefined;
    writeFileSync(join(to, 'package.json'), `${JSON.stringify(published(manifest, isBundled), null, 2)}\n`);
    for (const file of ['README.md', ...manifest.files]) cpSync(join(from, file), join(to, file), { recursive: true });
    cpSync(join(root, 'LICENSE'), join(to, 'LICENSE'));
    if (isBundled) writeFileSync(join(to, 'THIRD-PARTY-LICENSES.txt'), bundledLicences());
    const options = ['--pack-destination', target, '--json', '--ignore-scripts', '--silent'];
    const packed = JSON.parse(execFileSync('npm', ['pack', ...options], { cwd: to, encoding: 'utf8' }));
    // A list, or in newer versions of npm an object with the names as keys.
    for (const { filename } of Object.values(packed)) console.log(join(target, filename));
  }
} finally {
  rmSync(stage, { recursive: true });
}
