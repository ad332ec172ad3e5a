import type { Location, Notice } from '../../model/fact.js';
import type { SourceFlowFact } from '../../model/flow-fact.js';
import type { SourceNeighbours } from '../../model/neighbours.js';
import type { SourceCallFact, SourceFactKind, SourceRequirement } from '../../model/source-fact.js';
import { flowFacts } from '../../flow/flow-facts.js';
import { mayLoad } from '../../flow/may-load.js';
import { ModuleFlow, settle } from '../../flow/module-flow.js';
import { PackageImports } from '../../flow/package-imports.js';
import { PathOrigins } from '../../flow/path-origins.js';
import { PrivateNames } from '../../flow/private-names.js';
import { receivedIn } from '../../flow/received.js';
import { isTestPath } from '../../flow/test-path.js';
import { TreeConstants } from '../../flow/tree-constants.js';
import { FlowTree, NOTHING_ELSE } from '../../flow/tree.js';
import { MAX_SOURCE_FACTS } from '../../python/limits.js';
import { PythonModule } from '../../python/module.js';
import { cellPosition, readNotebook, type Notebook } from '../../python/notebook.js';
import { Reexports } from '../../python/reexports.js';
import { sharedModulesOf } from '../../python/shared-modules.js';
import { torchRequirement } from '../../python/requirements.js';
import { sourceFacts, type SourceContext } from '../../python/source-facts.js';
import { perObject } from '../../model/lazy.js';

export { MAX_SOURCE_BYTES } from '../../python/limits.js';

/** A source as a scan comes upon it. */
export interface SourceInput {
  /** Its own name: `hubconf.py`. */
  readonly name: string;
  /** As shown to people. */
  readonly path: string;
  readonly checkTime: () => void;
  /** The files around it, where it lies among files. */
  readonly neighbours: SourceNeighbours | null;
  /** The facts that somebody asks for. */
  readonly wanted: readonly SourceFactKind[];
}

/** The facts of a source one by one, and in the end why nothing, or not everything, could be read. */
export type InspectedSource = Generator<SourceCallFact | SourceFlowFact, Unread>;
type Unread = Pick<Notice, 'offset' | 'cause' | 'reason'> | null;

/** What a source or a notebook calls of the watched names. Throws the errors of its reader. */
export function inspectSource(bytes: Uint8Array, input: SourceInput): InspectedSource {
  if (/\.ipynb$/i.test(input.name)) {
    const notebook = readNotebook(bytes);
    const module = PythonModule.readText(notebook.text, { checkTime: input.checkTime });
    return inspectModule(module, input, 'notebook', (from, to) => inNotebook(notebook, input.path, from, to));
  }
  const module = readModule(bytes, input);
  const role = /^hubconf\.py$/i.test(input.name) ? 'hubconf' : 'module';
  return inspectModule(module, input, role, (from, to) => inFile(module, input.path, from, to));
}

/** Throws the errors of its reader. */
function readModule(
  bytes: Uint8Array,
  { path, neighbours, checkTime }: Pick<SourceInput, 'path' | 'neighbours' | 'checkTime'>,
): PythonModule {
  if (neighbours === null) return PythonModule.read(bytes, { checkTime });
  return sharedModulesOf(neighbours)
    .spend(checkTime)
    .read(bytes, { path, ...neighbours.moduleOf(path) });
}

function* inspectModule(
  module: PythonModule,
  input: SourceInput,
  role: SourceContext['role'],
  locate: SourceContext['locate'],
): InspectedSource {
  const { path, checkTime, wanted } = input;
  let count = 0;
  let cut: string | null = null;
  if (input.neighbours !== null) {
    // What a source that broke off left there is not of this one.
    reexportsOf(input.neighbours).takeUnread();
  }
  const wantsFlow = wanted.includes('source.flow');
  const dataFlow = new DataFlow(module, input, locate);
  if (wanted.includes('source.call')) {
    for (const fact of callsOf(module, input, role, locate, dataFlow)) {
      if ((count += 1) > MAX_SOURCE_FACTS) break;
      yield fact;
    }
    cut = input.neighbours === null ? null : reexportsOf(input.neighbours).takeUnread();
  }
  const flow = count <= MAX_SOURCE_FACTS && wantsFlow ? dataFlow.flow : dataFlow.known;
  if (flow !== null) {
    const packages = input.neighbours === null ? null : packagesOf(input.neighbours);
    const around = {
      talk: () => packages?.talkOf(path, checkTime) ?? null,
      opensConnections: () => packages?.opensConnections(path, checkTime) === true,
    };
    for (const fact of wantsFlow ? flowFacts(flow, path, around) : []) {
      if ((count += 1) > MAX_SOURCE_FACTS) break;
      yield fact;
    }
    cut ??= flow.unread ?? dataFlow.cut;
  }
  if (count > MAX_SOURCE_FACTS) cut = `more than ${MAX_SOURCE_FACTS} calls and loads to tell of in one source`;
  const unread = unreadOf(module, count > 0, locate);
  return unread !== null || cut === null ? unread : { offset: 0, cause: 'limit', reason: cut };
}

/** The data flow of a module: gone through when somebody asks for it, and once. */
class DataFlow {
  readonly #module: PythonModule;
  readonly #input: SourceInput;
  readonly #locate: SourceContext['locate'];
  #found: { readonly flow: ModuleFlow; readonly cut: string | null } | null | undefined;

  constructor(module: PythonModule, input: SourceInput, locate: SourceContext['locate']) {
    this.#module = module;
    this.#input = input;
    this.#locate = locate;
  }

  /** As far as somebody asked for it. */
  get known(): ModuleFlow | null {
    return this.#found?.flow ?? null;
  }

  /** Null where the module has no loader, and reaches none. */
  get flow(): ModuleFlow | null {
    if (this.#found === undefined) this.#found = this.#make();
    return this.#found?.flow ?? null;
  }

  /** Why not all is known of the functions of other files that it calls; null where it is. */
  get cut(): string | null {
    return this.#found?.cut ?? null;
  }

  #make(): { readonly flow: ModuleFlow; readonly cut: string | null } | null {
    const { path, checkTime, neighbours } = this.#input;
    if (neighbours !== null) return treeOf(neighbours).flowOf(this.#module, path, this.#locate, checkTime);
    if (!mayLoad(this.#module)) return null;
    const flow = new ModuleFlow({ module: this.#module, locate: this.#locate }, NOTHING_ELSE, checkTime);
    settle([flow]);
    return { flow, cut: null };
  }
}

/** Where the paths of the loaders of a module come from, with what the data flow knows of their bytes. */
function originsIn(module: PythonModule, { path, checkTime, neighbours }: SourceInput, data: DataFlow): PathOrigins {
  let received: ReturnType<typeof receivedIn> | undefined;
  return new PathOrigins(module, {
    checkTime,
    received: (call) => (received ??= receivedIn(data.flow)).get(call.from) ?? [],
    textsElsewhere: (name) => (neighbours === null ? null : constantsOf(neighbours).textsOf(name, path, checkTime)),
    isNamedElsewhere: (name) =>
      neighbours === null || privateNamesOf(neighbours).isNamedElsewhere(name, path, checkTime),
  });
}

function* callsOf(
  module: PythonModule,
  input: SourceInput,
  role: SourceContext['role'],
  locate: SourceContext['locate'],
  data: DataFlow,
): Generator<SourceCallFact> {
  const { path, checkTime, neighbours } = input;
  const origins = originsIn(module, input, data);
  const reexports = neighbours === null ? null : reexportsOf(neighbours).spend(checkTime);
  const own = role === 'notebook' ? null : (neighbours?.moduleOf(path)?.module ?? null);
  const found = sourceFacts(module, {
    role,
    module: own,
    locate,
    checkTime,
    originsOf: (site, target, given) => origins.ofCall(site, target, given),
    isTest: isTestPath(path),
    ...(reexports === null
      ? {}
      : {
          follow: (name: string) => reexports.follow(name, path),
          isTreeModule: (name: string) => reexports.leadsOn(name, path),
        }),
  });
  let requirement: SourceRequirement | null | undefined;
  for (const fact of found) {
    if (neighbours === null || !fact.target.startsWith('torch.')) {
      yield fact;
      continue;
    }
    if (requirement === undefined) requirement = torchRequirement(path, neighbours, checkTime);
    yield requirement === null ? fact : { ...fact, requirement };
  }
}

/** What is known of a tree stays for as long as somebody scans it. */
const reexportsOf = perObject((neighbours: SourceNeighbours) => new Reexports(neighbours));
const packagesOf = perObject((neighbours: SourceNeighbours) => new PackageImports(neighbours));
const privateNamesOf = perObject((neighbours: SourceNeighbours) => new PrivateNames(neighbours));
const constantsOf = perObject((neighbours: SourceNeighbours) => new TreeConstants(neighbours));
const treeOf = perObject((neighbours: SourceNeighbours) => new FlowTree(neighbours));

/** Whether a source that has no loader of its own gives something to one of another file of its tree. */
export function reachesLoader(
  path: string,
  bytes: Uint8Array,
  neighbours: SourceNeighbours,
  checkTime: () => void,
): boolean {
  const module = readModule(bytes, { path, neighbours, checkTime });
  return treeOf(neighbours).mayReach(module, path, checkTime);
}

/** Whether what a source imports from the files around it may lead to a watched name. */
export function reachesWatched(
  path: string,
  bytes: Uint8Array,
  neighbours: SourceNeighbours,
  checkTime: () => void,
): boolean {
  return reexportsOf(neighbours).spend(checkTime).reaches(path, bytes);
}

/** A broken source is read as far as it goes; that nothing in it could be read, or that a limit was met, is said. */
function unreadOf(module: PythonModule, found: boolean, locate: SourceContext['locate']): Unread {
  const limit = module.problems.find((problem) => problem.limit);
  if (limit !== undefined) return { offset: locate(limit.at, limit.at).offset, cause: 'limit', reason: limit.message };
  const [first] = module.problems;
  const isEmpty =
    module.calls.length + module.imports.length + module.definitions.size + module.scope.bindings.size === 0;
  if (first === undefined || found || !isEmpty) return null;
  const { line, offset } = locate(first.at, first.at);
  const where = line === null ? '' : ` in line ${line}`;
  return { offset, cause: 'corrupt', reason: `nothing of it can be read as Python: ${first.message}${where}` };
}

function inFile(module: PythonModule, path: string, from: number, to: number): Location {
  const { line, column, offset } = module.position(from);
  const end = module.position(to);
  return { path, offset, line, column, endLine: end.line, endColumn: end.column };
}

function inNotebook(notebook: Notebook, path: string, from: number, to: number): Location {
  const { cell, line, column } = cellPosition(notebook, from);
  const end = cellPosition(notebook, to);
  // JSON escapes its texts, so that the bytes of the file say nothing about the position in the cell.
  return { path, offset: null, line, column, cell, endLine: end.line, endColumn: end.column };
}
