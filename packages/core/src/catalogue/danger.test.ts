import { describe, expect, test } from 'vitest';
import { classifyName } from './classify.js';
import { entriesOf } from '../../../../tools/catalogue/tables.js';
import { judgeDanger } from './danger.js';
import { findDangerModule, findDangerNames } from './lookup.js';

describe('the data', () => {
  test('no module lies inside another', () => {
    const known = new Set(entriesOf('danger-module').map(({ words: [module = ''] }) => module));
    const inside = [...known].filter((module) =>
      module.split('.').some((_, i, parts) => i > 0 && known.has(parts.slice(0, i).join('.'))),
    );
    expect(inside).toEqual([]);
  });
  test('what the look-up finds is what the tables say', () => {
    for (const { words, text } of entriesOf('danger-module')) {
      const [module = '', hazard, primitive] = words;
      expect(findDangerModule(module)).toEqual({ hazard, why: text, primitive: primitive !== undefined });
    }
    for (const { words, text, fields } of entriesOf('danger-name')) {
      const [name = '', hazard, primitive] = words;
      for (const module of fields.get('modules')?.split(' ') ?? [])
        expect(findDangerNames(module)?.get(name), `${module} ${name}`).toEqual({
          hazard,
          why: text,
          primitive: primitive !== undefined,
        });
    }
  });
  test('it is no short list', () => {
    expect(entriesOf('danger-module').length).toBeGreaterThan(800);
    expect(entriesOf('danger-name').length).toBeGreaterThan(1000);
  });
});

/**
 * Globals that got past a released scanner: the published advisories of picklescan (GHSA-m273-6v24-x4m4,
 * GHSA-955r-x9j8-7rhh, GHSA-46h3-79wf-xr6c, GHSA-4675-36f9-wf6r, GHSA-84r2-jw7c-4r5q, GHSA-vqmv-47xg-9wpr,
 * GHSA-hgrh-qx5j-jfwx, GHSA-r8g5-cgf2-4m4m, GHSA-vvpj-8cmc-gx39, GHSA-g38g-8gr9-h9xp, GHSA-7wx9-6375-f5wh,
 * CVE-2025-1716, CVE-2025-10155, CVE-2025-10156, CVE-2025-10157) and of fickling (GHSA-r7v6-mfhq-g3m2,
 * GHSA-wfq2-52f7-7qvj, GHSA-q5qq-mvfm-j35x, GHSA-p523-jq9w-64x9, GHSA-5hvc-6wx8-mvv4, GHSA-h4rm-mm56-xf63,
 * GHSA-5hwf-rc88-82xm, GHSA-mhc9-48gj-9gp3, GHSA-m6fh-58r7-x697, GHSA-6ggj-6f2q-f7mx, GHSA-5j3x-jp52-966f), and
 * modelscan's published gaps. The names are facts of those reports.
 */
const BYPASSES = `
_aix_support _read_cmd_output
_frozen_importlib _gcd_import
_imp create_dynamic
_interpreters run_string
_io FileIO
_io open
_io open_code
_operator attrgetter
_operator itemgetter
_operator methodcaller
_osx_support _find_build_tool
_osx_support _read_output
_pickle Unpickler
_pickle load
_pickle loads
_posixsubprocess fork_exec
_pyrepl.pager pipe_pager
_signal pthread_kill
_thread start_new_thread
_winapi CreateProcess
_xxsubinterpreters run_string
aiohttp ClientSession
asyncio run
asyncio.unix_events _UnixSubprocessTransport._start
atexit register
bdb Bdb.run
bdb Bdb.runcall
bdb Bdb.runeval
builtins __import__
builtins breakpoint
builtins compile
builtins eval
builtins eval.__call__
builtins exec
builtins getattr
builtins globals
builtins open
builtins vars
__builtin__ apply
__builtin__ eval
__builtin__ execfile
cProfile run
cProfile runctx
cgitb lookup
cloudpickle.cloudpickle _make_function
code InteractiveInterpreter.runcode
code InteractiveInterpreter.runsource
code interact
codeop compile_command
commands getoutput
commands getstatusoutput
compileall compile_dir
ctypes CDLL
ctypes CFUNCTYPE
ctypes PyDLL
ctypes.util find_library
dill loads
dill._dill _create_function
distutils.file_util write_file
distutils.spawn spawn
doctest debug_script
ensurepip _run_pip
ensurepip bootstrap
fileinput FileInput
functools reduce
ftplib FTP
gc get_objects
glob glob
http.client HTTPSConnection
httplib HTTPSConnection
idlelib.autocomplete AutoComplete.fetch_completions
idlelib.autocomplete AutoComplete.get_entity
idlelib.calltip Calltip.fetch_tip
idlelib.calltip get_entity
idlelib.debugobj ObjectTreeItem.SetText
idlelib.pyshell ModifiedInterpreter.runcode
idlelib.pyshell ModifiedInterpreter.runcommand
idlelib.run Executive.runcode
imaplib IMAP4_stream
imp load_source
importlib import_module
importlib.util module_from_spec
inspect getattr_static
io open
io open_code
joblib load
lib2to3.pgen2.grammar Grammar.load
lib2to3.pgen2.grammar Grammar.loads
lib2to3.pgen2.pgen ParserGenerator.make_label
linecache getline
logging FileHandler
logging.config listen
mailcap findmatch
marshal loads
mmap mmap
multiprocessing.util spawnv_passfds
nt system
numpy load
numpy.ctypeslib load_library
numpy.f2py.crackfortran _eval_length
numpy.f2py.crackfortran getlincoef
numpy.f2py.crackfortran myeval
numpy.f2py.crackfortran param_eval
numpy.testing._private.utils runstring
numpy.testing._private.utils measure
operator attrgetter
operator itemgetter
operator methodcaller
os execv
os popen
os system
pandas eval
pandas read_pickle
pandas.io.pickle read_pickle
pdb run
pdb runeval
pexpect run
pickle Unpickler
pickle load
pickle loads
pip main
pip._internal main
pipes Template
pkgutil resolve_name
platform _syscmd_ver
platform popen
posix system
posix execve
profile Profile.run
profile Profile.runctx
profile run
pty spawn
py_compile compile
pydoc locate
pydoc pipepager
pydoc safeimport
requests.api get
runpy _run_code
runpy run_module
runpy run_path
select select
selectors DefaultSelector
shelve open
shutil rmtree
shutil copyfile
signal signal
site addpackage
site addsitedir
site execsitecustomize
smtplib SMTP
socket create_connection
socketserver TCPServer
sqlite3 connect
ssl get_server_certificate
subprocess Popen
subprocess check_output
subprocess getoutput
sys settrace
sys modules
sysconfig get_config_vars
syslog syslog
tarfile open
telnetlib Telnet
tempfile mktemp
test.support.script_helper assert_python_ok
threading Thread
timeit timeit
timeit main
torch load
torch._dynamo.guards GuardBuilder.get
torch._inductor.codecache compile_file
torch.fx.experimental.symbolic_shapes ShapeEnv.evaluate_guards_expression
torch.fx.graph_module _forward_from_src
torch.hub load
torch.jit.unsupported_tensor_ops execWrapper
torch.package PackageImporter
torch.serialization load
torch.utils._config_module ConfigModule.load_config
torch.utils.bottleneck.__main__ run_autograd_prof
torch.utils.bottleneck.__main__ run_cprofile
torch.utils.collect_env run
torch.utils.cpp_extension load_inline
torch.utils.data.datapipes.utils.decoder basichandlers
torch.utils.model_zoo load_url
trace Trace.run
trace Trace.runctx
types CodeType
types FunctionType
unittest.mock _importer
urllib.request urlopen
urllib2 urlopen
uuid _get_command_stdout
venv create
webbrowser open
xmlrpc.client ServerProxy
zipfile ZipFile
zipimport zipimporter
`
  .trim()
  .split('\n')
  .map((line) => line.split(' ') as [string, string]);

describe('published bypasses', () => {
  test('there are many of them', () => expect(BYPASSES.length).toBeGreaterThanOrEqual(120));
  test.each(BYPASSES)('%s %s is dangerous', (module, name) => {
    expect(classifyName(module, name, true).class).toBe('dangerous');
    expect(classifyName(module, name, false).class).toBe('dangerous');
  });
});

describe('dotted walks', () => {
  test.each([
    ['numpy', 'f2py.os.system'],
    ['numpy', 'f2py.crackfortran.myeval'],
    ['random', '_os.system'],
    ['collections', '_sys.modules'],
    ['torch', 'serialization.os.system'],
    ['torch', 'hub.load'],
    ['torch', 'load'],
    ['sklearn', 'utils.os.system'],
    ['sklearn.utils', 'x.numpy.f2py.crackfortran.myeval'],
    ['mylib', 'helpers.subprocess.Popen'],
    ['mylib', 'Net.__init__.__globals__'],
    ['mylib', 'Net.__class__.__mro__'],
    ['collections', 'OrderedDict.__reduce__'],
    ['logging', 'os.system'],
    ['pandas', 'DataFrame.query'],
  ])('%s %s is dangerous', (module, name) => {
    expect(classifyName(module, name, true).class).toBe('dangerous');
  });
  test.each([
    ['mylib', 'Outer.Inner'],
    ['__main__', 'Net'], // a class of the script that saved the file: unknown, like any custom class
    ['collections', 'OrderedDict.fromkeys'],
    ['numpy', 'core.multiarray._reconstruct'],
    ['datetime', 'datetime.now'],
    // The last part of a name is an attribute: `profile` and `code` are names as others.
    ['mylib', 'code'],
    ['mylib', 'tools.code'],
    ['mylib', 'tools.profile'],
  ])('%s %s is unexpected, not allowed', (module, name) => {
    expect(classifyName(module, name, true).class).toBe('unexpected');
  });
  test('an endless walk is dangerous, and cheap to judge', () => {
    expect(classifyName('mylib', 'a.'.repeat(1_000_000), true).class).toBe('dangerous');
    expect(classifyName('a.'.repeat(1_000_000), 'b', true).class).toBe('unexpected');
  });
  test('below protocol 4 a dotted name is one attribute', () => {
    expect(classifyName('numpy', 'random.os.system', false).class).toBe('unexpected');
    expect(classifyName('numpy', 'random.os.system', true).class).toBe('dangerous');
  });
  test('a dunder or a module object is dangerous in every protocol', () => {
    for (const [module, name] of [
      ['numpy', '__builtins__'],
      ['mylib', '__loader__'],
      ['random', '_os'],
      ['mylib', 'sys'],
    ] as const) {
      expect(classifyName(module, name, false).class).toBe('dangerous');
    }
  });
});

test('no listed name is deeper than the look-up goes', () => {
  for (const { words } of entriesOf('danger-name'))
    expect(words[0]?.split('.').length, words[0]).toBeLessThanOrEqual(2);
});

/** What reading the sources of the standard library (3.8 to 3.14) and of common libraries brought to light. */
const BY_READING = `
_fuzz run
_sitebuiltins _Helper
_warnings warn_explicit
catboost.eval FoldModel
copy replace
dataclasses _FuncBuilder
dataclasses _FuncBuilder.add_fns_to_class
dataclasses _set_new_attribute
difflib diff_bytes
graphviz.backend.execute run_check
lightning.pytorch.cli instantiate_class
mpmath identify
networkx.utils.decorators argmap
nltk.pathsec spawn_trusted
numpy._core._methods _dump
packaging._musllinux _get_musl_version
pathlib PosixPath.symlink_to
pathlib WindowsPath.write_bytes
pathlib._local PosixPath.chmod
pydantic.v1.utils import_string
pygments.lexers load_lexer_from_file
pyro.settings set
random _test_generator
scipy._lib._bunch _make_tuple_bunch
scipy._lib._uarray._backend unpickle_function
scipy._lib.array_api_compat._internal clone_module
scipy.odr ODR
scipy.optimize._nonlin _nonlin_wrapper
sklearn.utils._set_output check_library_installed
sktime.registry._craft craft
statsmodels.tsa.x13 run_spec
threadpoolctl ThreadpoolController
time clock_settime
torch.cuda.memory CUDAPluggableAllocator
torch.distributed.flight_recorder.components.builder transform_ft
torch.nn.attention.flex_attention _reconstruct_closure_fn
torch.nn.utils._deprecation_utils lazy_deprecated_import
traceback _safe_string
transformers.exporters.utils import_dotted_path
warnings _getcategory
xxsubtype bench
`
  .trim()
  .split('\n')
  .map((line) => line.split(' ') as [string, string]);

describe('names that lead to code, files, networks or processes', () => {
  test.each(BY_READING)('%s %s is dangerous', (module, name) => {
    expect(classifyName(module, name, true).class).toBe('dangerous');
  });
});

describe('reasons', () => {
  test("a name's own reason wins over its module's", () => {
    expect(judgeDanger('os', 'system', false)).toMatchObject({
      hazard: 'process',
      primitive: true,
      entry: 'os.system',
    });
    expect(judgeDanger('os', 'getpid', false)).toMatchObject({ entry: 'os' });
    expect(judgeDanger('os', 'getpid', false)?.primitive).toBeUndefined();
  });
  test.each(['eval', 'exec', 'compile', 'open', '__import__'])('calling builtins.%s is the attack itself', (name) => {
    expect(judgeDanger('builtins', name, false)?.primitive).toBe(true);
  });
  test('odd names are looked up unchanged', () => {
    expect(judgeDanger('', '', false)).toBeNull();
    expect(judgeDanger('os\r', 'system', false)).toBeNull();
    expect(judgeDanger('.os', 'x', true)).toBeNull();
    expect(judgeDanger('os.path', 'join', false)?.entry).toBe('os');
  });
});
