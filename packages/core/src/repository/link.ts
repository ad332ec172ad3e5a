import { together, UNKNOWN } from '../model/identity.js';
import { MAX_REPOSITORY_USES } from '../model/limits.js';
import type {
  RepoCodeFact,
  RepoPythonFact,
  RepositoryFact,
  RepositoryFile,
  RepoShardFact,
} from '../model/repository.js';
import { isWeak, type Repository } from './group.js';
import type { FileNames } from './names.js';
import { folderOf, nameOf, resolveIn } from './paths.js';

/** A repository whose facts say how its files belong together. */
export interface LinkedRepository extends Repository {
  readonly facts: readonly RepositoryFact[];
}

/** Fills in what depends on other files: whether what is named is there, and which Python files are run. */
export function linkRepository(repository: Repository, names: FileNames): LinkedRepository {
  const weak = isWeak(repository);
  const pythons = new Map<string, RepositoryFile>();
  for (const file of repository.files)
    if (file.facts.some(({ kind }) => kind === 'repo.python')) pythons.set(file.path, file);
  const namedBy = namedFiles(repository, pythons);
  const facts: RepositoryFact[] = [];
  for (const file of repository.files) {
    for (const fact of file.facts) {
      if (weak && !(fact.kind === 'repo.python' && (fact.role === 'site' || fact.role === 'hubconf'))) continue;
      if (fact.kind === 'repo.code') facts.push(linkedCode(fact, names, pythons));
      else if (fact.kind === 'repo.python') facts.push(linkedPython(fact, namedBy.get(file.path) ?? []));
      else facts.push(fact);
    }
    if (!weak) for (const fact of missingShards(file, names)) facts.push(fact);
  }
  return { ...repository, facts };
}

/** The paths that a name of code may mean, in the folder of the configuration. */
function pathsOf({ at, file, repository }: RepoCodeFact): readonly string[] {
  if (file === null || repository !== null) return [];
  const folder = folderOf(at.path);
  const module = file.replace(/\.py$/, '');
  const forms = new Set([file, `${module.replaceAll('.', '/')}.py`, `${module.split('.', 1)[0]}.py`]);
  return [...forms].flatMap((form) => resolveIn(folder, form) ?? []);
}

function linkedCode(fact: RepoCodeFact, names: FileNames, pythons: ReadonlyMap<string, RepositoryFile>): RepoCodeFact {
  const paths = pathsOf(fact);
  if (paths.length === 0) return fact;
  const states = paths.map((path) => names.has(path));
  const linked = states.includes('present') ? 'present' : states.includes('unknown') ? 'unknown' : 'missing';
  const named = paths.flatMap((path) => pythons.get(path)?.facts ?? []);
  // Who accepts it accepts the code that is named, as it is now.
  const identity =
    named.length === 0 ? fact.identity : together([fact.identity, ...named.map((one) => one.identity ?? UNKNOWN)]);
  return { ...fact, linked, identity };
}

/** For each Python file, the files that have it run: configurations, manifests, and Python that imports it. */
function namedFiles(
  repository: Repository,
  pythons: ReadonlyMap<string, RepositoryFile>,
): ReadonlyMap<string, readonly string[]> {
  const namedBy = new Map<string, string[]>();
  const waiting: RepositoryFile[] = [];
  const name = (path: string, by: string): void => {
    const file = pythons.get(path);
    if (file === undefined) return;
    const known = namedBy.get(path);
    if (known !== undefined) {
      if (known.length < MAX_REPOSITORY_USES && !known.includes(by)) known.push(by);
      return;
    }
    namedBy.set(path, [by]);
    waiting.push(file);
  };
  for (const file of repository.files) {
    for (const fact of file.facts)
      if (fact.kind === 'repo.code') for (const path of pathsOf(fact)) name(path, file.path);
    if (file.marker === 'torchserve')
      for (const handler of file.names) name(`${repository.root}${handler.split(':', 1)[0]}`, file.path);
    if (file.marker === 'mlflow') nameCode(file, pythons, name);
    if (file.marker === 'torch-hub') waiting.push(file);
  }
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop())
    for (const own of file.names) {
      const path = resolveIn(folderOf(file.path), own);
      if (path !== null) name(path, file.path);
    }
  return namedBy;
}

/** MLflow puts the folder of code in front of sys.path and imports the loader module. */
function nameCode(
  { path, facts }: RepositoryFile,
  pythons: ReadonlyMap<string, RepositoryFile>,
  name: (path: string, by: string) => void,
): void {
  const folder = folderOf(path);
  const folders = facts.flatMap((fact) =>
    fact.kind === 'repo.dependency' && fact.problem === 'code' ? [fact.text] : [],
  );
  const loaders = facts.flatMap((fact) =>
    fact.kind === 'repo.dependency' && fact.problem === 'loader-module' ? [fact.text] : [],
  );
  for (const code of folders) {
    const at = resolveIn(folder, code);
    if (at === null) continue;
    if (at.endsWith('.py')) name(at, path);
    for (const python of pythons.keys())
      if (python.startsWith(`${at}/`) || python.startsWith(`${at}\\`)) name(python, path);
  }
  for (const loader of loaders) name(`${folder}${loader.replaceAll('.', '/')}.py`, path);
}

function linkedPython(fact: RepoPythonFact, namedBy: readonly string[]): RepoPythonFact {
  return { ...fact, linked: namedBy };
}

/** One fact for all shards of an index that are not there. */
function missingShards(file: RepositoryFile, names: FileNames): readonly RepoShardFact[] {
  if (!/\.index(?:\.[\w-]+)?\.json$/i.test(nameOf(file.path)) || file.names.length === 0) return [];
  const folder = folderOf(file.path);
  const missing = file.names.filter((name) => {
    const path = resolveIn(folder, name);
    return path !== null && names.has(path) === 'missing';
  });
  const [first] = missing;
  if (first === undefined) return [];
  const [known] = file.facts;
  const identity = known?.identity ?? { of: 'unknown' as const, digest: '' };
  const at = { path: file.path, offset: null, line: null };
  return [{ kind: 'repo.shard', at, identity, problem: 'missing', shard: first, count: missing.length }];
}
