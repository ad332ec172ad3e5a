// The licences of the packages that are bundled into the command line, as one text.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Installed with their dependencies: nothing of theirs is bundled. */
const INSTALLED = new Set(['fleet']);
const modules = join(dirname(fileURLToPath(import.meta.url)), '../node_modules');
const packages = join(modules, '../packages');
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** What our packages depend on, and what that depends on: more than what is bundled, never less. */
export function bundledPackages() {
  const found = new Set();
  const open = readdirSync(packages)
    .filter((name) => !INSTALLED.has(name))
    .flatMap((name) => Object.keys(read(join(packages, name, 'package.json')).dependencies ?? {}));
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name.startsWith('@artifact-sentinel/') || found.has(name)) continue;
    found.add(name);
    open.push(...Object.keys(read(join(modules, name, 'package.json')).dependencies ?? {}));
  }
  return [...found].toSorted((one, other) => (one < other ? -1 : 1));
}

/** Packages that have no file with their licence: the notices of their sources, with the text that these name. */
const NOTICES = { '@bufbuild/protobuf': join(packages, '../tools/licences/bufbuild-protobuf.txt') };

export function bundledLicences() {
  const texts = bundledPackages().map((name) => {
    const folder = join(modules, name);
    const { version, license } = read(join(folder, 'package.json'));
    const file = ['LICENSE', 'LICENSE.md', 'LICENCE', 'license']
      .map((one) => join(folder, one))
      .concat(NOTICES[name] ?? [])
      .find((path) => existsSync(path));
    if (file === undefined) throw new Error(`${name} has no file with its licence`);
    return `${name} ${version} (${license})\n\n${readFileSync(file, 'utf8').trim()}\n`;
  });
  return `This program contains the following packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
