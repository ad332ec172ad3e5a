// Who may import whom. bytes → members → facts → findings → decision → report reads from top to bottom; each stage
// knows the words (`model`), not its neighbours, and only collect.ts and scan.ts know the order.

const CORE = '^packages/core/src';
/** What each package is imported by: its public names, and those for our own packages. */
const CORE_ENTRIES = `${CORE}/(?:index|internal)\\.ts$`;
const NODE_ENTRIES = '^packages/core/node/(?:index|internal)\\.ts$';
const TEST = '\\.test\\.ts$';
/** What says of a format how it is recognised and opened. */
const MODULE = '/formats/[^/]+/module\\.ts$';

/** Folders of the core, each with the folders and files that it may import besides itself. */
const FOLDERS = {
  model: [],
  bytes: ['model', 'platform.ts'],
  codecs: ['model', 'bytes', 'platform.ts'],
  catalogue: ['model'],
  // The machines.
  pickle: ['model', 'bytes', 'catalogue', 'platform.ts'],
  // Whether bytes are a pickle, and what a machine found is meant.
  plausibility: ['model', 'bytes', 'catalogue', 'pickle'],
  // The streams of a member, under every reader, and their facts.
  streams: ['model', 'bytes', 'pickle', 'plausibility', 'platform.ts'],
  // What loading a stream does, as a digest.
  fingerprint: ['model', 'bytes', 'pickle', 'streams', 'platform.ts'],
  // Python sources: what is written, what names stand for, which calls there are.
  python: ['model', 'bytes', 'catalogue'],
  // What a Python module does when it is imported.
  'import-effects': ['model', 'catalogue', 'python'],
  // Chat templates: their syntax, and what rendering them would reach.
  jinja: ['model'],
  // Which bytes get into a loader.
  flow: ['model', 'catalogue', 'python'],
  formats: [
    'model',
    'bytes',
    'codecs',
    'catalogue',
    'pickle',
    'plausibility',
    'streams',
    'fingerprint',
    'python',
    'flow',
    'jinja',
    'import-effects',
  ],
  // The files around sources, by their names and folders.
  neighbours: ['model'],
  // What loading a repository would run, from what its files say.
  repository: ['model', 'catalogue'],
  rules: ['model', 'catalogue'],
  // Commands that people paste.
  command: ['model'],
  policy: ['model', 'catalogue', 'rules', 'command'],
  report: ['model', 'command'],
  closure: ['model', 'policy', 'report'],
  // Reviews entries of the allowlist: by their names, by their source, by what a file needs.
  allow: ['model', 'bytes', 'catalogue', 'python', 'rules', 'report', 'collect.ts'],
  // A reporter of its own over the machine's steps; it shows values as the findings do.
  trace: ['model', 'pickle', 'streams', 'catalogue', 'rules', 'report'],
  // Lists of what lies in an artifact: members, tensors.
  contents: ['model', 'bytes', 'pickle', 'formats'],
  // The library: checks what callers give it, and hands it on.
  api: ['model', 'bytes', 'policy', 'rules', 'report', 'platform.ts', 'collect.ts', 'scan.ts', 'trace.ts'],
};

/**
 * Folders of the formats that may import others besides `members`, which is common to all of them. Each names only folders
 * above it, so that they form no circle. Any other folder is a format by itself and needs no row. Only the table of formats
 * imports a `module.ts`.
 */
const FORMATS = {
  zip: [],
  tar: [],
  torchscript: [],
  torch: ['zip', 'torchscript'],
  executorch: ['torch'],
  keras: ['zip'],
  repository: ['keras'],
  'pickle-file': ['torch'],
  data: ['pickle-file'],
  // What a zip or a tar is to PyTorch, Keras, numpy and pandas.
  archives: ['zip', 'tar', 'torch', 'pickle-file', 'keras', 'repository'],
};

for (const [folder, allowed] of Object.entries(FORMATS)) {
  const above = Object.keys(FORMATS).slice(0, Object.keys(FORMATS).indexOf(folder));
  const below = allowed.filter((name) => !above.includes(name));
  if (below.length > 0)
    throw new Error(`FORMATS of .dependency-cruiser.cjs: ${folder} may not import ${below.join(', ')}`);
}

/** Files beside the folders, with the folders and files that they may import. */
const FILES = {
  'platform.ts': ['model'],
  'collect.ts': ['model', 'bytes', 'formats', 'platform.ts'],
  'scan.ts': ['model', 'bytes', 'catalogue', 'repository', 'rules', 'command', 'policy', 'collect.ts', 'platform.ts'],
  'trace.ts': ['model', 'bytes', 'pickle', 'streams', 'rules', 'report', 'trace', 'formats', 'platform.ts'],
  'contents.ts': ['model', 'bytes', 'formats', 'contents', 'platform.ts'],
  // The machine alone, on bytes that are still coming.
  'follow.ts': ['model', 'bytes', 'catalogue', 'pickle', 'plausibility', 'rules', 'platform.ts'],
  // The public names.
  'index.ts': ['api', 'model', 'bytes', 'rules', 'scan.ts', 'trace.ts', 'platform.ts'],
  // What our own packages share besides.
  'internal.ts': [
    ...Object.keys(FOLDERS).filter((folder) => folder !== 'trace' && folder !== 'contents'),
    'collect.ts',
    'scan.ts',
    'trace.ts',
    'contents.ts',
    'follow.ts',
    'platform.ts',
  ],
};

/** Folders of the fleet. Its dashboard is a program of its own. */
const FLEET = {
  model: [],
  database: ['model'],
  audit: ['database'],
  traces: ['model'],
  queue: ['model', 'database'],
  objects: ['model', 'database'],
  verdicts: ['model', 'database'],
  intake: ['model', 'database', 'audit', 'queue', 'verdicts'],
  worker: ['model', 'database', 'audit', 'traces', 'queue', 'objects', 'verdicts', 'intake'],
  access: ['model', 'database', 'audit'],
  webhooks: ['model', 'database', 'audit', 'traces', 'queue', 'verdicts', 'access'],
  hub: ['model', 'database', 'audit'],
  api: ['model', 'database', 'audit', 'traces', 'queue', 'objects', 'verdicts', 'intake', 'access', 'webhooks'],
};

/** Folders of the gate. What inspects knows nothing of clients, upstreams and events. */
const GATE = {
  model: [],
  inspect: ['model'],
  protobuf: ['model'],
  isolation: ['model', 'inspect', 'protobuf'],
  config: ['model', 'inspect', 'protobuf'],
  events: ['model', 'config'],
  proxy: ['model', 'inspect', 'isolation', 'config', 'events'],
  grpc: ['model', 'inspect', 'protobuf', 'isolation', 'config', 'events', 'proxy'],
  'ext-proc': ['model', 'protobuf', 'isolation', 'config', 'events', 'proxy', 'grpc'],
};

/** Folders of the remote sources. A provider knows neither another one nor Node; open-source.ts knows all of them. */
const SOURCES = {
  model: [],
  http: ['model'],
  hub: ['model', 'http', 'range-source.ts', 'source.ts', 'source-input.ts'],
  s3: ['model', 'http', 'range-source.ts', 'source.ts', 'source-input.ts'],
  oci: ['model', 'http', 'range-source.ts', 'source.ts', 'source-input.ts'],
  https: ['model', 'http', 'hub', 'range-source.ts', 'source.ts', 'source-input.ts'],
};

/** Rooms of the page, each with those that it may import besides itself. */
const PAGE = {
  engine: ['limits.ts'],
  input: ['engine', 'limits.ts'],
  model: ['engine', 'state.ts', 'limits.ts'],
  view: ['model', 'engine', 'state.ts', 'limits.ts'],
  // The second page only: what reads from a network.
  remote: ['engine', 'view', 'limits.ts', 'start-page.tsx'],
};

/** Rooms of the dashboard, each with those that it may import besides itself. */
const DASHBOARD = {
  api: [],
  model: ['api', 'limits.ts'],
  view: ['api', 'model', 'limits.ts'],
};
const DASHBOARD_FOLDER = '^packages/fleet/src/dashboard/';

/** What each package takes from npm, and the one folder that does. */
const PACKAGES = {
  pako: '^packages/core/src/codecs/',
  fzstd: '^packages/core/src/codecs/',
  yaml: '^packages/(?:core/src/(?:policy|formats/repository)|gate/src/(?:config|inspect))/',
  zod: '^packages/(?:core/src/(?:policy|closure|model/shape)/|core/src/model/(?:batch|closure|lock|report)\\.ts$|gate/src/config/|fleet/src/)',
  ajv: '^packages/gate/src/inspect/',
  '@bufbuild/protobuf': '^packages/gate/src/(?:protobuf|ext-proc)/',
  commander: '^packages/(?:cli/src/|fleet/src/main\\.ts$)',
  preact: '^packages/(?:page/src/(?:view/|remote/|start-page\\.tsx$)|fleet/src/dashboard/(?:view/|main\\.tsx$))',
  aws4fetch: '^packages/sources/src/s3/',
};

const either = (names) =>
  `(?:${names.map((name) => (/\.tsx?$/.test(name) ? `${name.replace('.', '\\.')}$` : `${name}/`)).join('|')})`;

function direction(name, own, allowed) {
  const isFile = name.endsWith('.ts');
  return {
    name: `core-${name}`,
    comment: `${name} may import ${allowed.length === 0 ? 'nothing of the core' : allowed.join(', ')}`,
    severity: 'error',
    from: { path: `${CORE}/${own}`, pathNot: TEST },
    to: { path: `${CORE}/`, pathNot: `${CORE}/${either(isFile ? allowed : [name, ...allowed])}` },
  };
}

module.exports = {
  forbidden: [
    ...Object.entries(FOLDERS).map(([folder, allowed]) => direction(folder, `${folder}/`, allowed)),
    ...Object.entries(FORMATS).map(([folder, allowed]) => ({
      name: `format-${folder}`,
      comment: `formats/${folder} may import members, ${allowed.join(', ')}`,
      severity: 'error',
      from: { path: `${CORE}/formats/${folder}/`, pathNot: TEST },
      to: { path: `${CORE}/formats/`, pathNot: `${CORE}/formats/${either([folder, 'members', ...allowed])}` },
    })),
    {
      name: 'format-folder',
      comment:
        'a format knows members and no other format, unless the table FORMATS of .dependency-cruiser.cjs says which',
      severity: 'error',
      from: {
        path: `${CORE}/formats/([^/]+)/`,
        pathNot: [`${CORE}/formats/${either(Object.keys(FORMATS))}`, TEST],
      },
      to: { path: `${CORE}/formats/`, pathNot: `${CORE}/formats/(?:members|$1)/` },
    },
    {
      name: 'format-modules',
      comment: 'only the table of formats imports their modules',
      severity: 'error',
      from: { path: `${CORE}/`, pathNot: [`${CORE}/formats/index\\.ts$`, TEST] },
      to: { path: MODULE },
    },
    ...Object.entries(FILES).map(([file, allowed]) => direction(file, `${file.replace('.', '\\.')}$`, allowed)),
    {
      name: 'core-folder',
      comment: 'a new folder or file of the core needs its row in the table of .dependency-cruiser.cjs',
      severity: 'error',
      from: {
        path: `${CORE}/`,
        pathNot: [`${CORE}/${either([...Object.keys(FOLDERS), ...Object.keys(FILES)])}`, TEST],
      },
      to: {},
    },
    {
      name: 'catalogue-look-up',
      comment:
        'the tables are asked through catalogue/lookup.ts and allowed.ts: nobody else reads what is generated from them',
      severity: 'error',
      from: { path: `${CORE}/`, pathNot: [`${CORE}/catalogue/`, TEST] },
      to: { path: `${CORE}/catalogue/(?:generated/|name-table|rows|source-rows|sinks|weights-only|torch-operators)` },
    },
    {
      name: 'facts-without-opinions',
      comment:
        'facts are collected without asking which names are allowed: they are stored, and judged by later tables (docs/decisions/22-fleet.md)',
      severity: 'error',
      from: { path: `${CORE}/collect\\.ts$` },
      to: {
        path: `${CORE}/catalogue/(?:allowed|classify|generated/allow|generated/pack-names)\\.ts$`,
        reachable: true,
      },
    },
    {
      name: 'core-runs-anywhere',
      comment: 'the core runs in browsers: what needs Node lives in packages/core/node',
      severity: 'error',
      from: { path: `${CORE}/`, pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-stands-alone',
      comment: 'the core knows neither its Node part nor any other package of ours',
      severity: 'error',
      from: { path: `${CORE}/`, pathNot: TEST },
      to: { path: '^packages/', pathNot: `${CORE}/` },
    },
    {
      name: 'core-node-uses-the-entries',
      comment:
        'packages/core/node imports @artifact-sentinel/core and @artifact-sentinel/core/internal, never another file of it',
      severity: 'error',
      from: { path: '^packages/core/node/', pathNot: TEST },
      to: { path: '^packages/', pathNot: [CORE_ENTRIES, '^packages/core/node/'] },
    },
    {
      name: 'cli-uses-the-entries',
      comment: 'packages/cli imports the entries of the core (index.ts, internal.ts), never another file of it',
      severity: 'error',
      from: { path: '^packages/cli/src/', pathNot: TEST },
      to: {
        path: '^packages/',
        pathNot: [
          CORE_ENTRIES,
          NODE_ENTRIES,
          '^packages/gate/src/index\\.ts$',
          '^packages/sources/(?:src|node)/index\\.ts$',
          '^packages/cli/src/',
        ],
      },
    },
    {
      name: 'cli-sources',
      comment: 'packages/cli/src/sources collects what lies at addresses, and knows no command',
      severity: 'error',
      from: { path: '^packages/cli/src/sources/', pathNot: TEST },
      to: {
        path: '^packages/cli/src/',
        pathNot:
          '^packages/cli/src/(?:sources/|artifact/input-turn\\.ts$|hashes/add-hashes\\.ts$|limits\\.ts$|version\\.ts$)',
      },
    },
    {
      name: 'gate-uses-the-entries',
      comment: 'packages/gate imports the entries of the core (index.ts, internal.ts), never another file of it',
      severity: 'error',
      from: { path: '^packages/gate/src/', pathNot: TEST },
      to: {
        path: '^packages/',
        pathNot: [CORE_ENTRIES, NODE_ENTRIES, '^packages/gate/src/'],
      },
    },
    {
      name: 'sources-use-the-entries',
      comment: 'packages/sources/src imports the entries of the core and no other package of ours',
      severity: 'error',
      from: { path: '^packages/sources/src/', pathNot: TEST },
      to: { path: '^packages/', pathNot: [CORE_ENTRIES, '^packages/sources/src/'] },
    },
    {
      name: 'sources-run-anywhere',
      comment: 'remote sources run in browsers: what needs Node lives in packages/sources/node',
      severity: 'error',
      from: { path: '^packages/sources/src/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'sources-node-uses-the-entries',
      comment: 'packages/sources/node imports the entries of the core and of packages/sources/src',
      severity: 'error',
      from: { path: '^packages/sources/node/', pathNot: TEST },
      to: {
        path: '^packages/',
        pathNot: [CORE_ENTRIES, NODE_ENTRIES, '^packages/sources/src/index\\.ts$', '^packages/sources/node/'],
      },
    },
    {
      name: 'cli-fetch',
      comment: 'fetch is a room of its own: only its command starts it',
      severity: 'error',
      from: { path: '^packages/cli/src/', pathNot: ['^packages/cli/src/(?:fetch/|commands/fetch\\.ts$)', TEST] },
      to: { path: '^packages/cli/src/fetch/' },
    },
    {
      name: 'cli-attest',
      comment: 'signed records and signed models are rooms of their own: only their commands start them',
      severity: 'error',
      from: {
        path: '^packages/cli/src/',
        pathNot: ['^packages/cli/src/(?:(?:attest|model-signing)/|commands/attest\\.ts$)', TEST],
      },
      to: { path: '^packages/cli/src/(?:attest|model-signing)/' },
    },
    {
      name: 'cli-batch',
      comment: 'batch is a room of its own: only its command starts it',
      severity: 'error',
      from: {
        path: '^packages/cli/src/',
        pathNot: ['^packages/cli/src/(?:batch/|commands/(?:batch|shard)\\.ts$)', TEST],
      },
      to: { path: '^packages/cli/src/batch/' },
    },
    {
      name: 'sources-folder',
      comment: 'a new folder of packages/sources/src needs its row in the table of .dependency-cruiser.cjs',
      severity: 'error',
      from: {
        path: '^packages/sources/src/[^/]+/',
        pathNot: [`^packages/sources/src/${either(Object.keys(SOURCES))}`, TEST],
      },
      to: {},
    },
    ...Object.entries(SOURCES).map(([name, allowed]) => ({
      name: `sources-${name}`,
      comment: `${name} may import ${allowed.length === 0 ? 'nothing of the sources' : allowed.join(', ')}`,
      severity: 'error',
      from: { path: `^packages/sources/src/${name}/`, pathNot: TEST },
      to: { path: '^packages/sources/src/', pathNot: `^packages/sources/src/${either([name, ...allowed])}` },
    })),
    ...Object.entries(GATE).map(([name, allowed]) => ({
      name: `gate-${name}`,
      comment: `${name} may import ${allowed.length === 0 ? 'nothing of the gate' : allowed.join(', ')}`,
      severity: 'error',
      from: { path: `^packages/gate/src/${name}/`, pathNot: TEST },
      to: { path: '^packages/gate/src/', pathNot: `^packages/gate/src/${either([name, ...allowed])}` },
    })),
    ...Object.entries(FLEET).map(([name, allowed]) => ({
      name: `fleet-${name}`,
      comment: `${name} may import ${allowed.length === 0 ? 'nothing of the fleet' : allowed.join(', ')}`,
      severity: 'error',
      from: { path: `^packages/fleet/src/${name}/`, pathNot: TEST },
      to: {
        path: '^packages/fleet/src/',
        pathNot: `^packages/fleet/src/${either([name, 'limits.ts', ...allowed])}`,
      },
    })),
    {
      name: 'page-uses-the-entries',
      comment: 'packages/page imports the entries of the core and no other package of ours',
      severity: 'error',
      from: { path: '^packages/page/src/', pathNot: `^packages/page/src/remote/|${TEST}|\\.test\\.tsx$` },
      to: { path: '^packages/', pathNot: [CORE_ENTRIES, '^packages/page/src/'] },
    },
    {
      name: 'page-remote-uses-the-entries',
      comment: 'what reads from a network imports the entries of the core and of the sources',
      severity: 'error',
      from: { path: '^packages/page/src/remote/', pathNot: TEST },
      to: { path: '^packages/', pathNot: [CORE_ENTRIES, '^packages/sources/src/index\\.ts$', '^packages/page/src/'] },
    },
    {
      name: 'page-without-a-network',
      comment: 'the page that is delivered has nothing of what reads from a network',
      severity: 'error',
      from: { path: '^packages/page/src/', pathNot: '^packages/page/src/remote/' },
      to: { path: '^packages/(?:page/src/remote|sources)/' },
    },
    {
      name: 'page-runs-in-browsers',
      comment: 'the page uses no Node API',
      severity: 'error',
      from: { path: '^packages/page/src/', pathNot: `${TEST}|\\.test\\.tsx$` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'page-folder',
      comment: 'a new folder of packages/page/src needs its row in the table of .dependency-cruiser.cjs',
      severity: 'error',
      from: { path: '^packages/page/src/[^/]+/', pathNot: [`^packages/page/src/${either(Object.keys(PAGE))}`, TEST] },
      to: {},
    },
    ...Object.entries(PAGE).map(([name, allowed]) => ({
      name: `page-${name}`,
      comment: `${name} may import ${allowed.join(', ')}`,
      severity: 'error',
      from: { path: `^packages/page/src/${name}/`, pathNot: `${TEST}|\\.test\\.tsx$` },
      to: { path: '^packages/page/src/', pathNot: `^packages/page/src/${either([name, ...allowed])}` },
    })),
    {
      name: 'dashboard-uses-the-entries',
      comment:
        'the dashboard knows the roles of the fleet, the types of its API, the components of the page, and types of the core',
      severity: 'error',
      from: { path: DASHBOARD_FOLDER, pathNot: TEST },
      to: {
        path: '^packages/',
        pathNot: [
          CORE_ENTRIES,
          DASHBOARD_FOLDER,
          '^packages/page/src/components\\.ts$',
          '^packages/fleet/src/(?:model/roles|openapi)\\.ts$',
        ],
      },
    },
    {
      name: 'fleet-knows-no-dashboard',
      comment: 'the server sends the built files of the dashboard, and imports nothing of it',
      severity: 'error',
      from: { path: '^packages/', pathNot: [DASHBOARD_FOLDER, TEST] },
      to: { path: DASHBOARD_FOLDER },
    },
    ...Object.entries(DASHBOARD).map(([name, allowed]) => ({
      name: `dashboard-${name}`,
      comment: `${name} may import ${allowed.length === 0 ? 'nothing of the dashboard' : allowed.join(', ')}`,
      severity: 'error',
      from: { path: `${DASHBOARD_FOLDER}${name}/`, pathNot: TEST },
      to: { path: DASHBOARD_FOLDER, pathNot: `${DASHBOARD_FOLDER}${either([name, ...allowed])}` },
    })),
    {
      name: 'no-test-in-the-product',
      comment: 'tests and their helpers are imported by tests only',
      severity: 'error',
      from: { path: '^packages/[^/]+/(?:src|node)/', pathNot: TEST },
      to: { path: [TEST, '^packages/[^/]+/test/', '^(?:bench|tools|fixtures)/'] },
    },
    ...Object.entries(PACKAGES).map(([name, folder]) => ({
      name: `npm-${name}`,
      comment: `${name} is used in ${folder.slice(1)} only`,
      severity: 'error',
      from: { path: '^packages/[^/]+/(?:src|node)/', pathNot: [folder, TEST] },
      to: { path: `node_modules/${name}/` },
    })),
    {
      name: 'npm-declared',
      comment: 'the product uses what package.json of its package declares; types alone may come from elsewhere',
      severity: 'error',
      from: { path: '^packages/[^/]+/(?:src|node)/', pathNot: TEST },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown'],
        dependencyTypesNot: ['type-only', 'npm'],
      },
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.test.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/dist(?:-node|-types)?/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'default'] },
  },
};
