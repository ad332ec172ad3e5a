// Rooms, and which tests belong to a source file: those in its folder, or in a folder above it within its room, that import it,
// directly or through other files. A file and the folder of its name beside it have their tests in common.
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';

const ALIASES = new Map([
  ['@artifact-sentinel/core', 'packages/core/src/index.ts'],
  ['@artifact-sentinel/core/internal', 'packages/core/src/internal.ts'],
  ['@artifact-sentinel/core/node', 'packages/core/node/index.ts'],
  ['@artifact-sentinel/core/node/internal', 'packages/core/node/internal.ts'],
  ['@artifact-sentinel/gate', 'packages/gate/src/index.ts'],
  ['@artifact-sentinel/sources', 'packages/sources/src/index.ts'],
  ['@artifact-sentinel/sources/node', 'packages/sources/node/index.ts'],
]);

/** The folder of a room: the first below the sources, of formats each one. */
function roomFolder(path) {
  const [packages, pack, part, ...rest] = path.split('/');
  const folders = rest.slice(0, -1);
  const depth = pack === 'core' && folders[0] === 'formats' ? 2 : 1;
  return [packages, pack, part, ...folders.slice(0, depth)].join('/');
}

/** As people write it: `core/pickle`, `core/formats/zip`, `core/node`, `core/node/workers`. */
export function roomOf(path) {
  const [, pack, part, ...folders] = roomFolder(path).split('/');
  return [pack, ...(part === 'src' ? [] : [part]), ...folders].join('/');
}

function isAtOrAbove(folder, path) {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Whether a test may belong to a file by where it lies. `trace.ts` and `trace/` have their tests in common. */
function isNear(test, path) {
  const folder = dirname(test);
  if (folder === path.replace(/\.ts$/, '') || test === `${roomFolder(path)}.test.ts`) return true;
  return isAtOrAbove(folder, dirname(path)) && isAtOrAbove(roomFolder(path), folder);
}

/** Tests that start the bundled command line: they belong to the files of it that run in them. */
export function isOfProgram(path) {
  return /^packages\/cli\/test\/[^/]*\.test\.ts$/.test(path);
}

/** What a file imports of the repository, types left out where the import says that it is one. */
function importsOf(root, path) {
  const text = readFileSync(join(root, path), 'utf8');
  return ts.preProcessFile(text, true, true).importedFiles.flatMap(({ fileName }) => {
    const alias = ALIASES.get(fileName);
    if (alias !== undefined) return [alias];
    if (!fileName.startsWith('.')) return [];
    return [posix.join(dirname(path), fileName).replace(/\.js$/, '.ts')];
  });
}

/** `paths`: every TypeScript file of the repository, from its root. Gives the tests of one source file, nearest first. */
export function relatedTests(root, paths) {
  const known = new Set(paths);
  const imports = new Map();
  for (const path of paths) {
    imports.set(
      path,
      importsOf(root, path).filter((one) => known.has(one)),
    );
  }
  const tests = paths.filter((path) => path.endsWith('.test.ts'));
  const distances = new Map(tests.map((test) => [test, distancesFrom(test, imports)]));
  return (path) => {
    const own = path.replace(/\.ts$/, '.test.ts');
    const distance = (test) => (test === own ? 0 : distances.get(test).get(path));
    return tests
      .filter((test) => distance(test) !== undefined)
      .filter((test) => isNear(test, path))
      .toSorted((a, b) => distance(a) - distance(b) || (a < b ? -1 : 1));
  };
}

function distancesFrom(start, imports) {
  const distances = new Map([[start, 0]]);
  for (const path of distances.keys()) {
    for (const next of imports.get(path)) {
      if (!distances.has(next)) distances.set(next, distances.get(path) + 1);
    }
  }
  return distances;
}
