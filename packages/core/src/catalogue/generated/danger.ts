// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.

/** Per line: module, hazard (`!`: calling anything in it is the attack), reason. */
export const DANGER_MODULES = `BaseHTTPServer	network	Listens for HTTP (Python 2).
Bastion	execution	Wraps objects for the long withdrawn restricted mode of Python 2.
CGIHTTPServer	process!	Runs scripts for HTTP requests (Python 2).
ConfigParser	file	Reads and writes configuration files (Python 2).
Cookie	loader	SerialCookie and SmartCookie unpickle cookie values (Python 2).
Cython	execution!	inline and the build helpers compile and run code.
DocXMLRPCServer	network	Serves function calls over HTTP (Python 2).
IPython	execution!	Runs code and shell commands.
MySQLdb	network	Opens database connections.
PIL.EpsImagePlugin	process!	Starts Ghostscript.
PIL.ImageGrab	process!	Starts screenshot programs.
PIL.ImageMath	execution!	eval evaluates expression text (CVE-2022-22817, CVE-2023-50447).
PIL.ImageShow	process!	Starts a viewer.
RestrictedPython	execution!	Compiles source text.
SimpleHTTPServer	network	Serves the file system over HTTP (Python 2).
SimpleXMLRPCServer	network	Serves function calls over HTTP (Python 2).
SocketServer	network	Listens and calls handlers (Python 2).
StringIO	state	Stream objects of Python 2; no data format names them.
Tkinter	execution!	Reads profile scripts of the home folder and evaluates Tcl (Python 2).
__builtin__	execution	The Python 2 name of builtins: eval, execfile, open, getattr and __import__.
__builtins__	execution	The builtins as modules see them: eval, exec, open, getattr and __import__.
__hello__	import	A frozen demonstration module that runs code at import.
__phello__	import	A frozen demonstration module that runs code at import.
_aix_support	process!	Runs a command through os.system to read its output.
_android_support	state	Replaces the standard streams of the process.
_apple_support	state	Replaces the standard streams of the process.
_ast	execution	The node classes behind ast, from which compile builds code.
_asyncio	execution	The C half of asyncio: tasks and futures that call what they are given.
_bootsubprocess	process!	A minimal subprocess built on fork and exec, used while Python itself is built.
_bz2	state	Codec objects that no data format names.
_cffi_backend	execution!	Loads shared libraries and calls any address in them.
_compat_pickle	state	Holds the name tables of pickle itself; a change redirects later lookups.
_crypt	state	A password hasher written in C that no data format needs.
_ctypes	execution!	Loads shared libraries and calls any address in them.
_ctypes_test	execution!	A native library full of call targets for tests.
_curses	file	Takes over the terminal and reads and writes window files.
_curses_panel	state	Takes over the terminal.
_dbm	file	Opens and creates database files.
_dill	loader!	The module under which dill names its own functions in some versions.
_distutils_hack	import	Replaces a module in the import system.
_dummy_thread	execution!	start_new_thread calls a function.
_frozen_importlib	import!	The import system itself: imports and runs modules by name.
_frozen_importlib_external	import!	The import system itself: reads, compiles and runs module files.
_fuzz	execution!	A test extension that feeds bytes to the compiler and to loaders.
_gdbm	file	Opens and creates database files.
_hotshot	execution!	Python 2 profiler that runs statements and writes log files.
_imp	import!	Creates and runs built-in and extension modules.
_importlib_modulespec	import	Part of the import system.
_interpchannels	state	Passes objects between interpreters.
_interpqueues	state	Passes objects between interpreters.
_interpreters	execution!	exec and run_string run source text in another interpreter.
_io	file	FileIO and open read and write files; the C half of io.
_ios_support	introspection	Loads system libraries through ctypes at import.
_locale	state	Changes the locale of the process.
_lsprof	execution	The C profiler, which installs hooks that call what they are given.
_lzma	state	Codec objects that no data format names.
_msi	file	Writes Windows installer packages.
_multiprocessing	process	Semaphores and raw sockets behind multiprocessing.
_osx_support	process!	Runs compilers and system tools through os.system.
_pickle	loader!	Loads a further pickle; the C half of pickle.
_posixshmem	file	Opens and removes shared memory by name.
_posixsubprocess	process!	fork_exec starts a program without any of the checks of subprocess.
_pyio	file	open and FileIO read and write files; the Python twin of io.
_pyrepl	execution!	The interactive prompt of newer Pythons; its pager pipes text through a shell command.
_pytest	execution!	Imports and runs tests.
_queue	state	Synchronised queues whose calls can block the loading thread for ever.
_remote_debugging	introspection!	Reads the memory of other Python processes and can have them run a script.
_scproxy	network	Reads the proxy settings of the machine.
_signal	process	The C half of signal: handlers that run later, signals to processes.
_sitebuiltins	import	Helpers of the prompt: they import modules by name, read files and end the process.
_socket	network	The C half of socket.
_sqlite3	file	Opens database files and can load shared libraries as extensions.
_ssl	network	The C half of ssl; reads key files.
_subprocess	process!	CreateProcess starts programs on Windows in Python 2.
_symtable	execution	Runs the compiler on given text.
_sysconfig	introspection	Exposes build settings for sysconfig; no data format names it.
_testbuffer	state	A test extension that is not part of any data format.
_testcapi	execution!	A test extension that runs code, crashes and edits interpreter internals on purpose.
_testclinic	execution	A test extension that is not part of any data format.
_testclinic_limited	execution	A test extension that is not part of any data format.
_testexternalinspection	introspection	A test extension that reads the memory of other processes.
_testinternalcapi	execution!	A test extension that edits interpreter internals on purpose.
_testlimitedcapi	execution!	A test extension that edits interpreter internals on purpose.
_testmultiphase	import	A test extension for module loading that is not part of any data format.
_testsinglephase	import	A test extension for module loading that is not part of any data format.
_thread	execution!	start_new_thread calls a function.
_threading_local	state	Serves threads; no data format names it.
_tkinter	execution!	Evaluates Tcl, which can start commands.
_winapi	process!	CreateProcess and its neighbours start programs and open handles on Windows.
_winreg	state	Reads and writes the Windows registry, which also starts programs at logon.
_wmi	process	Runs queries against the management interface of Windows.
_xxinterpchannels	state	Passes objects between interpreters.
_xxsubinterpreters	execution!	run_string runs source text in another interpreter.
_xxtestfuzz	execution!	run feeds bytes to the compiler and to loaders.
_yaml	loader!	The C half of yaml.
absl	process	app.run ends the process; flags read files.
accelerate.commands	process!	Starts workers.
accelerate.launchers	process!	Starts workers.
accelerate.test_utils	process!	Starts commands for tests.
accelerate.utils.launch	process!	Starts workers.
accelerate.utils.other	file	Saves and loads files and runs commands.
aifc	file	open reads and writes files.
aiofiles	file	Opens files.
aiohttp	network	Sends and serves HTTP.
antigravity	network	Importing it opens a web browser.
anydbm	file	Opens and creates database files (Python 2).
anyio	process!	run_process and open_process start commands.
ast	execution	Builds the trees that compile turns into code; parse runs the compiler on given text.
asteval	execution!	Interprets source text.
asynchat	network	Drives sockets by a text protocol.
asyncio	process!	Event loops start processes and connections; _UnixSubprocessTransport._start runs a command.
asyncore	network	Polls and dispatches sockets.
atexit	execution!	register runs a callable when the process ends.
autogluon	loader!	Loads predictors with pickle.
av	file	Opens media files.
azure	network	Calls cloud services with the credentials of the machine.
bdb	execution!	Bdb.run, runeval and runcall run statements, expressions and callables.
bentoml	loader!	Loads models with their code and starts servers.
billiard	process!	A fork of multiprocessing.
binhex	file	Reads and writes files.
black	file	Rewrites files and parses with a cached pickle.
blib2to3	loader!	Grammar.load unpickles a file.
bokeh	execution!	Runs scripts and serves them.
boto3	network	Calls cloud services with the credentials of the machine.
botocore	process!	Calls cloud services; credential providers can start a command.
bottle	execution!	load imports and evaluates; its templates run code.
bpython	execution!	An interactive prompt.
bsddb	file	Opens and creates database files (Python 2).
builtins	execution	Holds eval, exec, open, getattr and __import__; only the plain types that the allowlist names are fit.
bz2	file	open and BZ2File read and write files.
cPickle	loader!	Loads a further pickle (Python 2).
cProfile	execution!	run and runctx run statements under the profiler.
cStringIO	state	Stream objects of Python 2; no data format names them.
caffe2	execution!	Runs nets that contain Python operators.
catboost.datasets	network!	Downloads data sets.
catboost.dev_utils	process!	Builds catboost.
catboost.eval	file	Writes and removes folders of models.
catboost.plot_helpers	file	Reads and writes files of charts.
catboost.widget	execution	Starts a display in notebooks.
ce	process	The C half of os on Windows CE in Python 2: the same process and file calls.
celery	execution!	Sends and runs tasks by name.
cffi	execution!	Loads shared libraries, compiles C and calls any address.
cgi	file	Stores parts of requests in files and prints the environment.
cgitb	introspection	lookup evaluates names in frames; handlers write files and replace the exception hook.
chameleon	execution!	Templates compile to Python code and run.
chunk	file	Reads files in pieces.
clearml	process!	Starts tasks and uploads data.
click	process!	launch and edit start programs; commands call what they are given.
cloudpathlib	file	Opens remote files.
cloudpickle	loader!	Rebuilds functions and code objects from bytes.
cmd	execution	A command interpreter whose methods dispatch on attribute names.
cmdstanpy	process!	Compiles models and runs them.
code	execution!	interact, InteractiveInterpreter.runcode and runsource run source text.
codeop	execution!	Compiles source text into code objects.
comet_ml	network	Uploads data.
commands	process!	getoutput and getstatusoutput run a shell command in Python 2.
compileall	execution!	Compiles whole folders and writes the results.
compiler	execution!	Compiles Python 2 source into code objects.
compression	file	The compression modules of newer Pythons, all of which open files.
concurrent	execution!	Executors call what they are given, in threads, processes or interpreters.
conda	process!	Installs packages and runs scripts.
confection	execution!	Resolves configuration into calls.
configparser	file	Reads and writes configuration files.
contextlib	execution	ExitStack and closing call what they are given when they end.
cookiecutter	process!	Runs hooks of templates.
cookielib	file	Loads and saves cookie files (Python 2).
coremltools	loader!	Loads models and starts compilers.
coverage	execution!	Runs scripts under measurement.
crypt	state	A password hasher written in C that no data format needs.
ctypes	execution!	Loads shared libraries and calls any address in them.
cupy	execution!	RawKernel and RawModule compile source text; load unpickles files.
curio	process!	Starts processes and connections.
curses	state	Takes over the terminal.
cv2	file	Reads and writes images, videos and model files.
cython	execution!	inline compiles and runs code.
cytoolz	execution!	Combinators that call what they are given.
dash	network!	Starts a server.
dask.base	execution!	compute and its neighbours run graphs of callables.
dask.bytes	file!	Opens local and remote files.
dask.config	file	Reads and writes configuration files.
dask.core	execution!	get runs a graph of callables.
dask.dataframe.io	file!	Opens local and remote files.
dask.delayed	execution	Builds calls that run later.
dask.local	execution!	Runs a graph of callables.
dask.multiprocessing	process!	Runs a graph of callables in processes.
dask.optimization	execution!	SubgraphCallable runs a graph of callables.
dask.threaded	execution!	Runs a graph of callables.
dask.utils	execution!	apply calls what it is given; import_required imports by name.
datasets.builder	network!	Downloads and prepares data sets.
datasets.download	network!	Downloads and unpacks files.
datasets.load	network!	Downloads data sets and runs their scripts.
datasets.packaged_modules	file!	Reads data files with pickle among others.
datasets.utils	network!	Downloads files; its pickling helpers carry dill.
dbhash	file	Opens and creates database files (Python 2).
dbm	file	Opens and creates database files.
decorator	execution!	FunctionMaker runs generated source with exec.
decord	file	Opens media files.
deepspeed	process!	Starts workers and compiles operators.
delegator	process!	Runs shell commands.
diffusers	network!	Downloads pipelines and runs custom ones.
dill	loader!	Rebuilds functions, code, modules and files, and loads further pickles.
dircache	file	Lists folders in Python 2.
dis	introspection	Compiles text and takes code objects apart.
diskcache	loader!	Opens caches and unpickles values.
distributed	execution!	Runs functions on a cluster and unpickles what it is sent.
distutils	process!	Builds packages; spawn and exec_command run programs, run_setup a script.
django	execution!	import_string and its management commands import and run code by name.
dl	execution!	Loads shared libraries and calls their functions in Python 2.
docker	process!	Runs containers.
doctest	execution!	debug_script and its runners execute source text.
dulwich	network!	Clones repositories and runs hooks.
dumbdbm	file!	Opens and creates database files (Python 2) and evaluates their index with eval.
dummy_thread	execution!	start_new_thread calls a function (Python 2).
dummy_threading	execution	Thread calls a target when started.
easy_install	process!	Downloads and installs packages.
ensurepip	process!	Runs pip in a process of its own (_run_pip, bootstrap).
eventlet	process!	Starts connections and patches the standard library.
execjs	process!	Starts a JavaScript engine.
fabric	process!	Runs local and remote commands.
fairseq.tasks	import!	Imports user modules by path.
fairseq.utils	import!	import_user_module imports a path.
fastapi	network	Serves HTTP.
fastparquet	file	Opens files and unpickles object columns.
faulthandler	process	Writes tracebacks to file descriptors and contains calls that crash the process on purpose.
fcntl	file	Manipulates open file descriptors by number; ioctl can push keystrokes into a terminal.
ffmpeg	process!	Starts ffmpeg.
filecmp	file	Reads and compares files by path.
fileinput	file!	Opens the files that it is given, for writing too; hook_compressed opens by name.
fire	execution!	Fire calls members by name.
flask	execution!	Serves HTTP, runs templates, and loads configuration files by exec.
flax.serialization	loader	Restores objects through registered functions.
flax.training.checkpoints	loader!	Restores checkpoints from files.
formulaic	execution!	Formulas are evaluated as Python expressions.
fsspec	file!	Opens local and remote files by URL and imports implementations by name.
ftplib	network	Opens FTP connections; a URL of choice leaks data.
functorch	execution!	Transforms and compiles functions.
future.backports	network	Re-exports network modules of the standard library.
future.builtins	execution	Re-exports builtins.
future.moves	import	Re-exports modules of the standard library.
future.standard_library	import	Replaces the import system.
future.utils	execution!	Carries exec helpers.
future_builtins	execution	map and filter of Python 2 call what they are given.
gc	introspection	get_objects and get_referrers reach every object of the process.
gcsfs	network	Opens remote files.
gdbm	file	Opens and creates database files (Python 2).
gdown	network!	Downloads a URL to a file.
genericpath	file	Probes the file system on behalf of os.path.
genshi	execution!	Templates evaluate expressions.
gensim.downloader	network!	Downloads data sets and runs their scripts.
gensim.models.lda_dispatcher	process!	Serves calls over a network and ends the process.
gensim.models.lda_worker	process!	Serves calls over a network and ends the process.
gensim.models.lsi_dispatcher	process!	Serves calls over a network and ends the process.
gensim.models.lsi_worker	process!	Serves calls over a network and ends the process.
gensim.models.wrappers	process!	Starts external programs.
gensim.utils	loader!	unpickle and SaveLoad.load unpickle files; check_output runs a command.
getpass	state	Reads the terminal and the environment.
gettext	loader!	Opens catalogue files and evaluates their plural forms as code.
gevent	process!	Starts processes and connections and patches the standard library.
git	process!	Runs git with arguments of choice.
glob	file	Lists the file system by pattern.
google.cloud	network	Calls cloud services with the credentials of the machine.
gradio	network!	Starts a server.
graphviz	process!	Writes files and starts the layout programs and viewers.
grp	file	Reads the group database of the machine.
grpc	network	Opens remote procedure connections.
gunicorn	process!	Starts worker processes and imports applications by name.
gzip	file	open reads and writes files.
h2o	network!	Starts a server and loads models.
h5py	file	Opens HDF5 files, which can point to others.
hickle	loader!	Opens HDF5 files and unpickles parts of them.
hotshot	execution!	Python 2 profiler that runs statements and writes log files.
http	network	Clients, servers and cookie jars that read and write files; the CGI server runs scripts.
httpcore	network	Opens HTTP connections.
httplib	network	Opens HTTP connections (Python 2).
httplib2	network	Sends HTTP requests and caches them in files.
httpx	network	Sends HTTP requests to any address.
huggingface_hub	network!	Downloads files and logs in with stored credentials.
hydra	execution!	instantiate and call import and call what a configuration names.
hypothesis	execution	Calls strategies and writes example files.
idlelib	execution!	The bundled editor runs and evaluates source text in several of its classes.
ihooks	import!	Replaces the import system of Python 2.
imageio	file	Opens local and remote images.
imaplib	process!	IMAP4_stream starts the command that it is given.
imblearn.datasets	network!	Downloads data sets.
imghdr	file	Opens files to tell their kind.
imp	import!	load_source, load_module and load_dynamic run a file as a module.
importlib	import!	Imports any module by name, and importing already runs it.
imputil	import!	Replaces the import system of Python 2.
inspect	introspection	Reaches frames, globals and attributes by name; signature and getsource run and read on demand.
interpreters	execution!	Runs source text in another interpreter.
invoke	process!	Runs shell commands and imports task files.
io	file	open, FileIO and open_code read and write files; nothing that is data comes from it by this name.
ipykernel	execution!	Runs code.
ipywidgets	execution	Calls callbacks and loads scripts.
jax.experimental.compilation_cache	loader!	Reads compiled programs from files.
jax.experimental.host_callback	execution!	Calls functions of the host from programs.
jax.profiler	file	Starts servers and writes traces.
jedi	loader!	Reads caches with pickle and starts processes.
jinja2	execution!	Templates compile to Python code and run.
jnius	process!	Starts a Java machine.
joblib._cloudpickle_wrapper	loader!	Rebuilds functions with cloudpickle.
joblib._dask	execution!	Runs on a cluster.
joblib._memmapping_reducer	file	Maps files by name and removes folders.
joblib._multiprocessing_helpers	process	Leads on to multiprocessing.
joblib._parallel_backends	process!	Starts workers.
joblib._store_backends	loader!	Opens, loads and removes cached results.
joblib._utils	execution!	eval_expr evaluates expression text.
joblib.backports	file	Renames files and maps them.
joblib.compressor	file	Compressor wrappers open files by name and register others.
joblib.disk	file!	Creates and removes folders.
joblib.executor	process!	Starts worker processes.
joblib.externals	loader!	Carries cloudpickle and loky: rebuilds functions and starts processes.
joblib.func_inspect	introspection	Reads source files and calls filters.
joblib.hashing	loader	Pickles what it is given, which runs reducers.
joblib.logger	file	Writes logs to files.
joblib.memory	loader	Calls cached functions and loads their stored results.
joblib.my_exceptions	execution	Builds exception classes at run time.
joblib.numpy_pickle_utils	file	Opens files and reads raw data.
joblib.parallel	execution!	Calls what it is given in workers.
joblib.pool	process!	Starts worker processes and unpickles what they send.
joblib.test	execution	The tests of joblib.
joblib.testing	execution!	Helpers of the tests, which run commands.
jpype	process!	Starts a Java machine.
js2py	execution!	Translates JavaScript to Python and runs it (CVE-2024-28397).
jsonpickle	loader!	decode builds any object that the text names.
jupyter	execution!	Starts servers and kernels.
jupyter_client	process!	Starts kernels.
jupyter_core	process!	Starts subcommands.
jupyter_server	network!	Starts servers and kernels.
keras.datasets	network!	Downloads data sets.
keras.engine	loader!	Loads models and rebuilds layers by name.
keras.layers.core	execution!	Lambda layers hold byte code.
keras.models	loader!	load_model and model_from_config rebuild layers, Lambda code among them.
keras.saving	loader!	Loads models and rebuilds functions from byte code.
keras.src.callbacks.remote_monitor	network	Sends HTTP requests.
keras.src.datasets	network	Downloads data sets.
keras.src.legacy	loader!	Older loaders, which rebuild functions from byte code.
keras.src.saving	loader!	Loads models and rebuilds functions from byte code.
keras.src.utils	loader!	get_file downloads; python_utils.func_load builds functions from byte code.
keras.utils	loader!	get_file downloads; func_load builds functions from byte code.
keyring	file	Reads stored passwords.
klepto	loader!	Caches that unpickle with dill.
kombu	loader!	Receives messages and unpickles them; imports by name.
kubernetes	network!	Controls clusters, and its configuration can name a command to run.
langchain	execution!	Chains and tools that run code and requests; load builds objects by name.
langchain_community	execution!	Tools that run code, commands and requests.
langchain_core	execution!	load builds objects by name.
langchain_experimental	execution!	PythonREPL and its neighbours run source text.
lib2to3	loader!	Grammar.load and loadgrammar unpickle a file; refactoring imports fixers by name and rewrites files.
librosa	file	Opens sound files and downloads samples.
lightgbm.dask	execution!	Runs on a cluster.
lightgbm.libpath	execution	Loads the shared library.
lightning.fabric.accelerators.registry	import	Imports modules by name.
lightning.pytorch.cli	execution!	Imports and calls the classes that a configuration names.
lightning.pytorch.demos	network	Downloads data sets.
line_profiler	execution!	Runs statements under the profiler.
linecache	file!	getline returns the text of any file.
llama_cpp	execution!	Loads native models and libraries.
llama_index	execution!	Tools that run code and requests.
llvmlite	execution!	Turns text into machine code.
locale	state	Changes the locale of the process.
logging	file	Handlers open files and connections; logging.config imports and calls by name and listens.
loky	process!	Starts worker processes and unpickles what they send.
lupa	execution!	Runs Lua text.
lxml	loader	Its parsers open files and URLs; transformations can write files.
lzma	file	open and LZMAFile read and write files.
macpath	file	Probes the file system and leads on to os through its imports.
macurl2path	file	Turns URLs into local paths and imports urllib for it; no data format names it.
mailbox	file	Opens, locks and writes mail folders.
mailcap	process!	findmatch runs test commands of a table through os.system.
mako	execution!	Templates compile to Python code and run.
marshal	loader!	loads builds code objects from bytes.
matlab	execution!	Runs MATLAB code.
matplotlib.animation	process!	Starts encoders.
matplotlib.backends	process	Draws through external programs and windows.
matplotlib.cbook	file	Opens files and sample data.
matplotlib.dviread	process!	Starts TeX tools and opens files.
matplotlib.font_manager	file	Scans folders, opens fonts and caches.
matplotlib.pyplot	state	Starts the plotting machinery of the process and opens files.
matplotlib.rcsetup	execution	Evaluates settings.
matplotlib.sphinxext	execution!	Runs the source text of plots.
matplotlib.style	file	Opens style files and URLs.
matplotlib.testing	process!	Starts converters and other commands.
matplotlib.texmanager	process!	Starts TeX.
memory_profiler	execution!	Runs statements under the profiler.
mhlib	file	Opens and writes mail folders (Python 2).
mimetypes	file	Reads the tables that it is given by path.
mleap	loader	Loads pipelines from files.
mlflow	loader!	Loads models with their code and starts servers.
mmap	file	Maps open files and anonymous memory into the process.
mock	execution	Patches attributes and calls side effects.
modulefinder	execution	run_script and load_module read and analyse files by path.
moviepy	process!	Starts ffmpeg.
msgpack	loader	Calls hooks while it unpacks.
msgpack_numpy	loader!	Unpickles object arrays while it unpacks.
msilib	file	Writes Windows installer packages.
msvcrt	process	Reaches the C runtime of Windows: raw handles, console input and locking.
multiprocess	process!	A fork of multiprocessing that pickles with dill.
multiprocessing	process!	Starts processes, attaches shared memory and unpickles what they send.
mxnet.gluon.utils	network!	Downloads files.
mxnet.kvstore	network	Connects to servers.
mxnet.library	execution!	Loads shared libraries.
mxnet.model	loader!	Loads models from files.
mxnet.rtc	execution!	Compiles kernels from source text.
mxnet.test_utils	network!	Downloads files and runs commands.
nbclient	execution!	Executes notebooks.
nbconvert	execution!	Executes notebooks and runs converters.
nbformat	file	Reads and writes notebooks.
neptune	network	Uploads data.
netCDF4	file	Opens local and remote data files.
netrc	file	Reads stored passwords of the home folder.
networkx.lazy_imports	import!	Imports modules by name.
networkx.readwrite	loader!	Opens files and reads graphs, pickles among them.
new	execution!	Builds functions, methods and code objects in Python 2.
nis	network	Asks the network information service for account data.
nltk.app	process!	Starts graphical programs and servers.
nltk.classify.megam	process!	Starts a trainer program.
nltk.classify.tadm	process!	Starts a trainer program.
nltk.classify.weka	process!	Starts java.
nltk.corpus	file	Loads corpora from files.
nltk.data	loader!	load and find open local and remote files and unpickle them.
nltk.downloader	network!	Downloads and unpacks archives.
nltk.draw	process	Opens windows and starts converters.
nltk.inference	process!	Starts provers.
nltk.internals	process!	Starts java and other programs.
nltk.parse.corenlp	process!	Starts java and connects to it.
nltk.parse.malt	process!	Starts java.
nltk.parse.stanford	process!	Starts java.
nltk.tag.hunpos	process!	Starts a tagger program.
nltk.tag.senna	process!	Starts a tagger program.
nltk.tag.stanford	process!	Starts java.
nltk.twitter	network	Connects to a service.
nmap	process!	Starts a scanner with arguments of choice.
nntplib	network	Opens news connections and reads .netrc.
nose	execution!	Imports and runs tests.
notebook	network!	Starts servers and kernels.
nox	process!	Runs commands.
nt	process	The C half of os on Windows: the same process and file calls under another name.
ntpath	file	Probes the file system, expands environment variables and leads on to os through its imports.
nturl2path	file	Turns URLs into local paths and imports urllib for it; no data format names it.
numba	execution!	Compiles functions to machine code and unpickles them itself.
numexpr	execution!	evaluate compiles and evaluates expression text (CVE-2023-39631 shows how far that goes).
numpy._build_utils	process!	Builds numpy.
numpy._pyinstaller	execution	Hooks of a packaging tool.
numpy._pytesttester	execution!	Runs the tests of a package.
numpy.compat	file!	Carries open helpers and loaders of pickle and modules (npy_load_module).
numpy.ctypeslib	execution!	load_library loads a shared library; as_array reads raw memory.
numpy.distutils	process!	Runs compilers and other commands (exec_command, misc_util).
numpy.dual	execution	Replaces functions of numpy at run time.
numpy.f2py	execution!	Compiles Fortran, runs commands and evaluates text (crackfortran.myeval, param_eval, getlincoef).
numpy.lib._datasource	network!	Opens local files and URLs.
numpy.lib._format_impl	loader!	read_array can unpickle and open_memmap opens files.
numpy.lib._iotools	execution	Its converters call the functions that they are given.
numpy.lib._npyio_impl	file!	Opens, reads and writes arrays and text files; load can unpickle.
numpy.lib._utils_impl	execution	info and its neighbours import modules and print sources.
numpy.lib.format	loader!	read_array can unpickle and open_memmap opens files.
numpy.lib.introspect	introspection	Looks through the functions of numpy.
numpy.lib.npyio	file!	Opens, reads and writes arrays and text files; load can unpickle.
numpy.lib.utils	execution	safe_eval, source, lookfor and info read files, import modules and evaluate text.
numpy.random.examples	execution	Compiles and runs examples.
numpy.setup	process!	Builds numpy.
numpy.testing	execution!	runstring runs source text; rundocs, measure and the decorators run code.
numpy.typing	import	Serves type checkers; no save call names it.
oct2py	execution!	Runs Octave code.
omegaconf	loader!	Resolvers call functions and load files.
onnx	file	Opens model files.
onnxruntime	file!	Opens model files and custom operator libraries.
opcode	introspection	Tables of the byte code machine that no data format names.
openpyxl	file	Opens spreadsheets.
openvino	loader!	Loads models and extensions.
optuna._imports	import	Imports modules by name.
optuna.artifacts	file	Reads, writes and uploads files.
optuna.storages.journal	file	Reads and writes journals, and unpickles them.
orbax.checkpoint	loader!	Restores checkpoints from files.
os	process	Starts processes and removes, renames and opens files; it is the interface to the operating system.
os2emxpath	file	Probes the file system and leads on to os through its imports.
ossaudiodev	file	Opens sound devices.
oyaml	loader!	A variant of yaml with the same loaders.
packaging._manylinux	process	Loads the C library and reads program files.
packaging._musllinux	process!	Starts the loader that a file names.
paddle.base	execution!	Runs programs and compiles.
paddle.distributed	process!	Starts workers.
paddle.fluid.io	loader!	Loads further pickles.
paddle.framework.io	loader!	Loads further pickles.
paddle.hub	network!	Downloads a repository and runs its code.
paddle.jit	loader!	Loads programs and translates functions to source text.
paddle.utils	process!	Compiles extensions, downloads and imports.
pandas._config	state	Changes options, with callbacks that are called.
pandas._testing	execution	Helpers of the tests, which write files and call functions.
pandas.compat._optional	import!	import_optional_dependency imports a module by name.
pandas.core._numba	execution!	Compiles functions to machine code.
pandas.core.accessor	introspection	Delegates attribute access by name.
pandas.core.apply	execution!	Calls functions or methods by name.
pandas.core.common	execution	pipe and apply_if_callable call what they are given.
pandas.core.computation	execution!	Evaluates expression text.
pandas.core.config	state	Changes options, with callbacks that are called.
pandas.core.config_init	state	Changes options, with callbacks that are called.
pandas.core.util.numba_	execution!	Compiles functions to machine code.
pandas.io	file!	Reads and writes files, URLs, databases and pickles.
pandas.plotting	import!	Imports a plotting backend by name.
pandas.rpy	execution!	Runs R code.
pandas.sandbox	execution	Experiments that no save call names.
pandas.testing	execution	Helpers of the tests.
pandas.tests	execution	The tests of pandas.
pandas.util._decorators	execution	Wraps and calls functions.
pandas.util._print_versions	process!	Runs git and imports packages by name.
pandas.util._test_decorators	import	Imports modules by name.
pandas.util._tester	execution!	Runs the tests.
pandas.util.clipboard	process!	Starts clipboard programs.
pandas.util.testing	execution	Helpers of the tests, which open files and URLs.
pandas_gbq	network	Runs queries on a cloud database.
papermill	execution!	Executes notebooks.
paramiko	network!	Opens SSH connections and runs remote commands; ProxyCommand starts a local one.
parser	execution	Builds syntax trees that compile into code objects.
parso	loader!	Reads caches with pickle.
past.builtins	execution!	Carries execfile, reload and other builtins of Python 2.
past.translation	import!	Imports modules after rewriting them.
pathlib._os	file!	Copies files and their metadata.
pathos	process!	Starts processes and remote shells.
patsy	execution!	Formulas are evaluated as Python expressions.
pdb	execution!	The debugger runs statements and scripts.
pexpect	process!	spawn and run start commands.
pickle	loader!	Loads a further pickle, which a scanner of this one does not see.
pickle5	loader!	Loads further pickles; the backport of protocol 5.
pickletools	loader	Takes pickles apart and reads files from the command line.
pip	process!	Downloads and installs packages, which runs their code.
pipes	process!	Template builds and runs shell pipelines.
pkg_resources	import!	Loads entry points and runs scripts of installed packages.
pkgutil	import!	resolve_name imports a module and walks to any attribute; get_data reads files.
platform	process	Several of its helpers start commands to learn about the machine (popen, _syscmd_ver, _syscmd_file).
playwright	process!	Starts browsers.
plistlib	loader	Reads property lists from files and bytes.
plotly	process!	Starts a renderer and opens browsers.
plumbum	process!	Builds and runs commands.
ply	execution!	Builds parsers from modules and imports tables by name.
poetry	process!	Installs packages.
popen2	process!	popen2, popen3 and popen4 run a shell command in Python 2.
poplib	network	Opens POP3 connections.
posix	process	The C half of os on Unix: the same process and file calls under another name.
posixpath	file	Probes the file system, expands environment variables and leads on to os through its imports.
profile	execution!	run and Profile.runctx run statements under the profiler.
profiling	execution!	The profilers of newer Pythons run statements and attach to processes.
prophet.serialize	loader	Loads models.
pstats	loader	Stats reads a profile file with marshal.
psutil	process!	Popen starts, Process signals and inspects processes.
psycopg2	network	Opens database connections.
ptpython	execution!	An interactive prompt.
pty	process!	spawn runs a program on a new terminal.
ptyprocess	process!	Starts commands on a terminal.
pwd	file	Reads the user database of the machine.
py._builtin	execution!	Carries exec and execfile.
py._code	execution!	Compiles and runs source text.
py._path	file!	Reads and writes files, imports by path and starts processes.
py._process	process!	Starts commands and forks.
py4j	process!	Starts a Java gateway.
py_compile	execution!	Compiles a source file and writes the result to a path of choice.
pyarrow.cffi	execution!	Reaches native memory.
pyarrow.csv	file!	Opens files.
pyarrow.cuda	execution!	Reaches native memory of a device.
pyarrow.dataset	file!	Opens files and URLs.
pyarrow.feather	file!	Opens files.
pyarrow.flight	network!	Opens remote procedure connections.
pyarrow.fs	network!	Opens local and remote file systems.
pyarrow.hdfs	network!	Opens remote file systems.
pyarrow.ipc	loader!	Reads streams, whose extension types can unpickle (CVE-2023-47248).
pyarrow.json	file!	Opens files.
pyarrow.jvm	process!	Reaches a Java machine.
pyarrow.orc	file!	Opens files.
pyarrow.parquet	file!	Opens files and URLs.
pyarrow.plasma	process!	Starts an object store and unpickles from it.
pyarrow.serialization	loader!	Rebuilds objects with pickle.
pyautogui	process!	Controls keyboard and mouse.
pycaret	loader!	Loads models with pickle.
pyclbr	import	Finds and reads module files by name.
pycuda	execution!	Compiles source with a system compiler and loads the result.
pydoc	process!	locate imports by name, the pagers pipe text through a shell command.
pydoc_data	import	Help texts; no data format names them.
pydub	process!	Starts ffmpeg.
pyexpat	loader	Calls handlers while it parses and expands entities.
pyinstrument	execution!	Runs code under the profiler.
pylab	file	Re-exports matplotlib and numpy.
pymongo	network	Opens database connections.
pynput	process!	Controls keyboard and mouse.
pyodide	execution!	Runs Python and JavaScript text.
pyperclip	process!	Starts clipboard programs.
pyspark	process!	Starts a gateway process and carries cloudpickle.
pystan	execution!	Compiles models and runs them.
pytensor	execution!	Compiles C and runs it.
pytest	execution!	Imports and runs tests.
pythoncom	process!	Drives programs on Windows.
pytorch_lightning.cli	execution!	Imports and calls the classes that a configuration names.
pytorch_lightning.demos	network	Downloads data sets.
pytorch_lightning.trainer	execution	Runs training and restores checkpoints.
pyximport	import!	Compiles and imports Cython modules on the fly.
queue	state	Synchronised queues whose calls can block the loading thread for ever.
ray	execution!	Runs functions on a cluster and unpickles with cloudpickle.
readline	file	Reads and writes history files and installs completion callbacks.
redis	network	Opens database connections.
regrtest	execution!	Runs the tests of Python 2 by module name.
requests	network	Sends HTTP requests to any address.
resource	state	Changes the limits of the running process.
rexec	execution!	Runs code in the long withdrawn restricted mode of Python 2.
rlcompleter	execution!	Completer evaluates expressions with eval to complete them.
robotparser	network	Fetches URLs (Python 2).
rpy2	execution!	Runs R code.
ruamel	loader!	Its unsafe loaders build any object that the text names.
runpy	execution!	Runs a module or a script file.
s3fs	network	Opens remote files.
sarge	process!	Runs shell commands.
scapy	network!	Sends raw packets and runs its own console.
sched	execution	scheduler.run calls the queued callables.
scipy._lib._ccallback	execution!	Calls native functions by address.
scipy._lib._testutils	execution!	Runs the tests of a package.
scipy._lib._tmpdirs	file!	Changes the working folder and removes folders.
scipy._lib.uarray	execution	Dispatches to functions that it is given.
scipy.datasets	network!	Downloads sample data.
scipy.io	file	Reads and writes data files.
scipy.misc	file	Opens files and downloads sample data.
scipy.setup	process!	Builds scipy.
scipy.special._precompute	file	Scripts that write source files.
scipy.weave	execution!	inline compiles and runs C++.
seaborn	network	load_dataset downloads.
select	file	Waits on and registers file descriptors by number.
selectors	file	Waits on and registers file descriptors by number.
selenium	process!	Starts browsers.
send2trash	file!	Removes files.
sentence_transformers.util	network!	Downloads files; its helpers unpickle and import.
setuptools	process!	Builds and installs packages; its helpers run scripts and commands.
sh	process!	Each attribute starts the program of that name.
shelve	loader!	Opens a database file and unpickles its values.
shlex	file	A lexer that opens source files that the text names.
shutil	file!	Copies, moves and removes whole folders and unpacks archives.
signal	process	Installs handlers that run later and sends signals to processes.
simpleeval	execution!	Evaluates expression text.
site	execution!	addsitedir reads .pth files, whose lines starting with import are executed.
sitecustomize	import	A module of the local installation that runs at import; it is no part of any library.
six.moves	execution!	Leads on to builtins, urllib, subprocess and other modules.
skimage.io	file	Opens local and remote images.
skl2onnx	file	Writes model files.
sklearn._build_utils	process!	Builds scikit-learn.
sklearn.datasets	file!	Loads files and downloads data sets.
sklearn.externals._arff	file	Reads data files.
sklearn.externals.joblib.disk	file!	Creates and removes folders.
sklearn.externals.joblib.memory	loader	Calls cached functions and loads their stored results.
sklearn.externals.joblib.parallel	execution!	Calls what it is given in workers.
sklearn.externals.joblib.pool	process!	Starts worker processes and unpickles what they send.
sklearn.setup	process!	Builds scikit-learn.
sklearn.utils._show_versions	process	Reads the state of the machine.
sklearn.utils._testing	execution!	Runs code and scripts for tests.
sklearn.utils.discovery	import	Imports every module of the package.
sklearn.utils.estimator_checks	execution	Calls estimators and checks by name.
sklearn.utils.testing	execution!	Runs code and scripts for tests.
skops.io	loader!	Loads files and imports the types that they name.
sktime.benchmarking	file	Writes and removes folders of results.
smart_open	file!	Opens local and remote files by URL.
smtpd	network	Listens for mail.
smtplib	network	Sends mail.
sndhdr	file	Opens files to tell their kind.
socket	network	Opens connections and listens.
socketserver	network	Listens and calls handlers.
soundfile	file	Opens sound files.
spacy.cli	process!	Downloads and installs models.
spacy.training.initialize	loader	Reads vectors and archives by path.
spacy.training.loop	file	Trains, and copies and removes folders.
spacy.util	loader!	Loads models and runs commands.
spwd	file	Reads the shadow password database of the machine.
sqlalchemy.engine	network!	Opens database connections.
sqlalchemy.ext.declarative	execution	Evaluates text to resolve names.
sqlalchemy.ext.serializer	loader!	Loads further pickles.
sqlalchemy.orm.clsregistry	execution	Evaluates text to resolve names.
sqlalchemy.testing	execution	Helpers of the tests.
sqlalchemy.util	execution!	Generates source text and runs it.
sqlite3	file	Opens database files and can load shared libraries as extensions.
srsly	loader!	Carries loaders of pickle and YAML.
ssl	network	Opens encrypted connections, reads key files, fetches certificates.
starlette	network	Serves HTTP and files.
statsmodels.datasets	network!	Downloads data sets.
statsmodels.iolib	loader!	load_pickle unpickles a file; the other readers open files.
statsmodels.tools.print_version	process!	Runs commands to learn about the machine.
statsmodels.tools.web	process!	Opens a web browser.
statvfs	file	Serves file system probes in Python 2.
streamlit	network!	Starts a server and runs scripts.
subprocess	process!	Starts commands with arguments that the caller chooses.
sunau	file	open reads and writes files.
surprise.builtin_datasets	network	Downloads data sets.
symbol	introspection	Grammar tables that no data format names.
sympy	execution!	Its constructors turn what they are given into expressions, which evaluates text (sympify), and compute with the parts while they are loaded; parse_expr and lambdify run text.
symtable	execution	Runs the compiler on given text.
sys	introspection	Holds every loaded module, every frame, the import path and the trace hooks.
sysconfig	import	_init_posix and get_config_vars import a module by computed name and read build files.
syslog	state	Writes forged lines into the log of the system.
tables	file	Opens HDF5 files and unpickles their attributes.
tabnanny	file	Reads the files and folders that it is given.
tarfile	file	Opens and extracts archives, by default outside the target folder in older Pythons.
telnetlib	network	Opens connections to any port.
tempfile	file	Creates files and folders.
tensorboard	process!	Starts servers and commands.
tensorboardX	file	Writes event files.
tensorflow.data	file	Opens data files and calls functions over them.
tensorflow.io	file!	Opens, reads and writes files.
tensorflow.keras.models	loader!	Loads models and rebuilds functions from byte code.
tensorflow.keras.utils	loader!	get_file downloads; deserialisers rebuild functions.
tensorflow.python.autograph	execution!	Translates functions to source text and runs it.
tensorflow.python.debug	execution!	Debuggers that run commands and evaluate expressions.
tensorflow.python.distribute	network!	Starts servers and workers.
tensorflow.python.eager.profiler	file!	Writes profiles and listens.
tensorflow.python.framework.load_library	execution!	Loads shared libraries.
tensorflow.python.keras.engine	loader	Rebuilds models by layer name.
tensorflow.python.keras.layers.core	execution!	Lambda layers hold byte code.
tensorflow.python.keras.models	loader!	Loads models and rebuilds functions from byte code.
tensorflow.python.keras.saving	loader!	Loads models and rebuilds functions from byte code.
tensorflow.python.keras.utils	loader!	data_utils downloads; generic_utils.func_load builds functions from byte code.
tensorflow.python.lib.io	file!	Opens, reads and writes files.
tensorflow.python.ops.io_ops	file!	Reads and writes files in a graph.
tensorflow.python.ops.script_ops	execution!	Runs Python functions from a graph.
tensorflow.python.platform	file!	gfile opens files; app.run ends the process.
tensorflow.python.saved_model	loader!	Loads models with code.
tensorflow.python.tools	process!	Command line tools that evaluate input expressions.
tensorflow.python.training	loader!	Restores checkpoints from files.
tensorflow.saved_model	loader!	Loads models with code.
tensorflow_hub	network!	Downloads and loads models.
tensorrt	loader!	Loads engines, which hold native code.
termios	state	Changes the terminal and can push input into it.
test	process!	Tests of Python itself, which start programs, run text and crash on purpose.
tf_keras	loader!	Loads models and rebuilds functions from byte code.
theano	execution!	Compiles C and runs it.
thinc.util	loader	Imports and loads by name.
this	import	Importing it prints text; nothing in it is data.
thread	execution!	start_new_thread calls a function (Python 2).
threading	execution	Thread and Timer call a target when started; settrace and excepthook install callables.
threadpoolctl	process!	Loads shared libraries and imports modules by name.
timeit	execution!	timeit and Timer run source text or a callable.
tkinter	execution!	Reads profile scripts of the home folder with exec and evaluates Tcl.
token	introspection	Token tables that no data format names.
tokenize	file	open reads a file by name; the rest serves the compiler.
toolz	execution!	Combinators that call what they are given.
torch._appdirs	file	Finds folders of the user.
torch._classes	execution!	Looks native classes up by name and loads shared libraries.
torch._compile	execution	Defers to the compiler.
torch._custom_op	execution	Registers operators that call functions.
torch._custom_ops	execution	Registers operators that call functions.
torch._decomp	execution	Registers functions for operators.
torch._deploy	loader!	Saves and loads objects with code.
torch._dynamo	execution!	Traces, compiles and runs functions; GuardBuilder evaluates source text.
torch._export	execution!	Loads exported programs.
torch._functorch	execution!	Compiles and calls functions.
torch._guards	execution	Evaluates guards.
torch._higher_order_ops	execution!	Operators that call functions.
torch._import_utils	import!	Imports modules and reads their files.
torch._inductor	execution!	Writes source files, compiles and loads them.
torch._lazy	execution	Runs delayed computations.
torch._library	execution	Registers operators that call functions.
torch._lobpcg	execution	Runs a solver with callbacks.
torch._logging	state	Changes logging and writes trace files.
torch._namedtensor_internals	state	Internal helpers that no save call writes.
torch._ops	execution!	Looks operators up by name and loads shared libraries.
torch._prims	execution	Executes graphs.
torch._refs	execution	Wraps functions for operators.
torch._running_with_deploy	state	Internal helpers that no save call writes.
torch._sources	introspection	Reads and parses the source of functions.
torch._strobelight	process!	Starts a profiler program.
torch._vendor	import	Copies of other packages that no save call names.
torch._weights_only_unpickler	loader!	Loads a further pickle.
torch.ao.ns	execution	Compares and runs modules.
torch.ao.pruning._experimental	execution	Experiments that open files.
torch.ao.quantization.fx	execution!	Rewrites traced modules.
torch.autograd.functional	execution!	Calls the function that it is given.
torch.autograd.gradcheck	execution!	Calls the function that it is given.
torch.autograd.graph	execution	Hooks that call functions and save tensors to disk.
torch.autograd.profiler	file	Records and exports traces to files.
torch.backends._coreml	execution	Converts and runs modules.
torch.backends._nnapi	execution	Converts and runs modules.
torch.backends.xeon	process!	run_cpu starts commands.
torch.classes	execution!	Looks native classes up by name; load_library loads a shared library.
torch.contrib	file	Writes event files.
torch.cuda._annotate_cuda_graph_trace	loader!	Unpickles and writes trace files.
torch.cuda._gpu_trace	execution	Registers callbacks.
torch.cuda._memory_viz	loader!	Reads snapshot files with pickle and fetches scripts.
torch.cuda._sanitizer	execution	Installs dispatch hooks.
torch.cuda._utils	execution!	Compiles kernels from source text.
torch.cuda.graphs	execution	Calls what it is given to capture it.
torch.cuda.jiterator	execution!	Compiles kernels from source text.
torch.cuda.profiler	file	Writes profiles to files.
torch.cuda.tunable	file!	Reads and writes tuning files.
torch.distributed._tools	execution	Runs and measures functions.
torch.distributed.argparse_util	state	Reads the environment for the launcher.
torch.distributed.benchmarks	execution	Runs benchmarks.
torch.distributed.checkpoint	loader!	Reads and writes checkpoints; its metadata classes are listed one by one.
torch.distributed.debug	network!	Serves the state of the process over HTTP.
torch.distributed.distributed_c10d	loader!	Opens connections and unpickles objects that it receives.
torch.distributed.elastic	process!	Starts worker processes and servers.
torch.distributed.flight_recorder	execution!	Evaluates text and unpickles dumps.
torch.distributed.launch	process!	Starts worker processes.
torch.distributed.launcher	process!	Starts worker processes.
torch.distributed.nn	execution!	Generates source files and imports them.
torch.distributed.pipelining	execution!	Runs traced modules on other machines.
torch.distributed.remote_device	network	Names devices of other machines.
torch.distributed.rendezvous	network	Opens stores by URL.
torch.distributed.rpc	execution!	Calls functions on other machines and unpickles what they send.
torch.distributed.run	process!	Starts worker processes.
torch.export	execution!	Loads exported programs.
torch.func	execution	Transforms and calls functions.
torch.fx	execution!	Generates source text and runs it with exec (_forward_from_src, _exec_with_source).
torch.hub	network!	Downloads a repository and runs its hubconf.py.
torch.jit	execution!	Compiles source, loads archives and calls wrapped functions.
torch.library	execution	Registers operators that call functions.
torch.monitor	execution	Calls handlers.
torch.mps.profiler	file	Records traces.
torch.multiprocessing	process!	Starts processes, attaches shared memory and rebuilds objects from handles.
torch.nn.utils._expanded_weights	execution	Calls functions for samples.
torch.numa.binding	process	Wraps the commands of workers and reads system files.
torch.onnx	execution!	Runs exports and opens files.
torch.ops	execution!	Looks operators up by name; load_library loads a shared library.
torch.package	import!	Imports modules out of an archive and runs them.
torch.profiler	file	Calls handlers and writes trace files.
torch.serialization	loader!	load loads a further checkpoint; its helpers open files and change what is trusted.
torch.sparse._triton_ops_meta	execution!	Runs tuning code and rewrites its own file.
torch.testing	execution!	Helpers of the tests: run commands, compile and compare.
torch.utils._config_module	loader!	ConfigModule.load_config unpickles bytes.
torch.utils._content_store	loader!	Loads and writes storages by path.
torch.utils._cpp_embed_headers	file	Reads source files.
torch.utils._cpp_extension_versioner	file	Serves the compiler of extensions.
torch.utils._cxx_pytree	execution	Registers functions and calls them over trees.
torch.utils._get_clean_triton	process!	Rewrites and runs source files.
torch.utils._python_dispatch	execution	Dispatch modes that call functions.
torch.utils._pytree	execution	tree_map calls what it is given; treespec_loads imports by name.
torch.utils._strobelight	process!	Starts a profiler.
torch.utils._sympy	execution	Builds and evaluates expressions.
torch.utils._thunk	execution!	Thunk calls what it is given.
torch.utils._traceback	introspection	Reaches frames.
torch.utils._triton	execution	Leads on to the kernel compiler.
torch.utils.benchmark	execution!	Timer runs statements and compiles C++.
torch.utils.bottleneck	execution!	run_cprofile runs source text under the profiler.
torch.utils.bundled_inputs	execution!	Evaluates source text inside a module.
torch.utils.checkpoint	execution!	checkpoint calls the function that it is given.
torch.utils.collect_env	process!	run and its neighbours start the command that they are given.
torch.utils.cpp_backtrace	introspection	Reads native frames.
torch.utils.cpp_extension	execution!	Compiles C++ and loads the result.
torch.utils.data._utils	execution!	Workers call functions of the data set.
torch.utils.data.backward_compatibility	execution	Serves workers.
torch.utils.data.datapipes	loader!	Pipes call functions and read files; the decoders of utils.decoder unpickle.
torch.utils.data.graph	loader	traverse pickles what it is given.
torch.utils.data.graph_settings	loader	Walks and changes pipes.
torch.utils.file_baton	file	Creates and removes lock files.
torch.utils.hipify	file!	Rewrites source trees.
torch.utils.jit	execution	Runs compiled graphs.
torch.utils.mobile_optimizer	execution	Rewrites compiled modules.
torch.utils.model_dump	loader!	Opens and unpickles model files.
torch.utils.model_zoo	network!	Downloads and unpickles a file.
torch.utils.pytree	execution	Maps functions over trees.
torch.utils.show_pickle	loader!	Dumps pickles and opens files.
torch.utils.tensorboard	file	Writes event files.
torch.utils.throughput_benchmark	execution	Runs modules in threads.
torch.utils.viz	introspection	Walks the objects of the process.
torch.utils.weak	state	Weak containers that no save call writes.
torch_geometric.datasets	network	Downloads data sets and loads them.
torchgen	execution!	Generates and writes source files.
tornado	process!	Starts processes, serves HTTP and compiles templates to code.
tox	process!	Runs commands.
tpot	execution!	Builds pipelines from text with eval.
trace	execution!	Trace.run, runctx and runfunc run statements and callables.
tracemalloc	state	Changes the memory hooks of the interpreter and reads snapshot files with pickle.
transformers.agents	execution!	Runs code that a model wrote.
transformers.cli	process!	Starts commands.
transformers.commands	process!	Starts commands.
transformers.dynamic_module_utils	import!	Downloads modules and imports them.
transformers.file_utils	network!	Downloads and caches files.
transformers.generation	loader!	Loads configuration and custom generation code.
transformers.hf_argparser	file	Reads configuration files.
transformers.modeling_utils	network!	from_pretrained downloads and unpickles weights.
transformers.models.auto	network!	from_pretrained downloads and may run code of the repository.
transformers.onnx	execution	Exports models.
transformers.pipelines	network!	Downloads models and runs custom pipelines.
transformers.testing_utils	process!	Starts commands for tests.
transformers.tools	execution!	Runs code that a model wrote.
transformers.utils.hub	network!	Downloads and caches files.
transformers.utils.import_utils	import!	Imports modules by name.
trio	process!	run_process starts commands, the loop opens connections.
triton	execution!	Compiles kernels with a system compiler and loads the result.
tslearn.datasets	network	Downloads data sets.
tty	state	Changes the mode of the terminal that the process runs on.
turtle	file	Reads configuration files and evaluates their values; opens windows.
turtledemo	execution!	Runs demonstration scripts.
twine	network	Uploads packages.
twisted	process!	Starts processes and connections; its persistence helpers load code.
typer	process!	launch starts programs; commands call what they are given.
umap.parametric_umap	loader	Unpickles models and trains networks.
unittest	execution!	Runs callables by name, imports modules, and its mocks patch attributes.
urllib	network	Opens URLs, local files among them, and stores downloads.
urllib2	network	Opens URLs, local files among them (Python 2).
urllib3	network	Opens HTTP connections.
urlparse	network	The URL half of urllib in Python 2; no data format names it.
usercustomize	import	A module of the user that runs at import; it is no part of any library.
uu	file	decode writes to a file named by the data.
uvicorn	import!	Imports an application by name and serves it.
venv	process!	create writes an environment and runs its interpreter.
virtualenv	process!	Writes environments and runs their interpreter.
vllm	process!	Starts servers and workers.
wandb	process!	Starts a service and uploads data.
watchdog	file!	Watches folders and runs commands on a change.
wave	file	open reads and writes files.
weasel	process!	Runs the commands of a project.
weave	execution!	inline compiles and runs C++.
webbrowser	process!	Starts a browser with a command line that can be chosen.
websocket	network	Opens web socket connections.
websockets	network	Opens and serves web socket connections.
werkzeug	import!	import_string imports by name; its debugger runs code.
wget	network!	Downloads a URL to a file.
wheel	process	Builds and unpacks packages.
whichdb	file	Opens files to tell their kind (Python 2).
win32api	process!	Calls Windows directly.
win32com	process!	Drives programs on Windows.
win32process	process!	Starts processes on Windows.
winreg	state	Reads and writes the Windows registry, which also starts programs at logon.
winsound	file	PlaySound opens a file by name.
wmi	process!	Starts processes on Windows.
wrapt	execution!	Wrappers call what they are given and patch attributes.
wsgiref	network	Serves HTTP and runs applications.
xarray.backends	file!	Opens local and remote data files.
xarray.testing	execution	Helpers of the tests.
xarray.tutorial	network!	Downloads data sets.
xdrlib	loader	A decoder that no data format names.
xgboost.collective	network	Opens connections to workers.
xgboost.dask	execution!	Runs on a cluster.
xgboost.libpath	file	Finds the shared library.
xgboost.rabit	network	Opens connections to workers.
xgboost.spark	execution!	Runs on a cluster.
xgboost.testing	execution	Helpers of the tests, which download data.
xgboost.tracker	network	Listens for workers.
xlrd	file	Opens spreadsheets.
xml.dom	loader	Its parsers open files and URLs and expand entities; registered builders are imported.
xml.etree	loader	parse opens files; XInclude loads others.
xml.parsers	loader	Calls handlers while it parses and expands entities.
xml.sax	loader	Its parsers open files and URLs, create handlers by name and expand entities.
xmlrpc	network	Calls remote servers, and serves calls by dotted attribute names.
xmlrpclib	network	Calls remote servers (Python 2).
xonsh	process!	A shell that is a program of Python, too.
yaml	loader!	Its unsafe loaders build any object and call any function that the text names.
zipapp	file	Writes executable archives to a path of choice.
zipfile	file	Opens, writes and extracts archives; PyZipFile compiles modules.
zipimport	import!	Imports and runs modules out of an archive.
zipp	file	Opens files inside archives.
zmq	network	Opens sockets and unpickles messages (recv_pyobj).
zodbpickle	loader!	Loads further pickles.`;

/** Per line: modules, names, hazard, reason. */
export const DANGER_NAMES = `PIL PIL.Image	open	file!	Opens an image file.
PIL.FontFile	FontFile.save	file!	Writes a file.
PIL.Image	Image.save Image.show _getdecoder _getencoder	process!	Starts a viewer, writes a file, or dispatches by name.
PIL.ImageFile	ImageFile ImageFile.load	file!	Opens a file by path.
PIL.ImageFont	FreeTypeFont	file	Opens a font file by path.
PIL.ImageMorph	MorphOp.load_lut MorphOp.save_lut	file!	Reads or writes a file.
PIL.ImagePalette	ImagePalette.save load	file!	Reads or writes a file.
PIL.JpegImagePlugin	JpegImageFile.load_djpeg	process!	Starts a decoder.
PIL.PdfParser	PdfParser	file!	Opens a file by path, for writing too.
PIL.TarIO	TarIO	file!	Opens a file by path.
PIL.TiffImagePlugin	AppendingTiffWriter	file!	Opens a file for writing.
__builtin__ __builtins__ builtins	__build_class__	execution!	Calls a function as a class body.
__builtin__ __builtins__ builtins	__import__	import!	Imports a module by name, which runs it.
__builtin__ __builtins__ builtins	apply	execution!	Calls what it is given (Python 2).
__builtin__ __builtins__ builtins	breakpoint	execution!	Starts the debugger, or the function that the environment names instead.
__builtin__ __builtins__ builtins	buffer memoryview	introspection	Gives access to the memory of another object.
__builtin__ __builtins__ builtins	classmethod property staticmethod	introspection	Builds attributes that call functions when they are read.
__builtin__ __builtins__ builtins	compile	execution!	Turns source text into a code object.
__builtin__ __builtins__ builtins	delattr	state	Removes an attribute by name.
__builtin__ __builtins__ builtins	dir globals locals vars	introspection	Reaches a namespace and through it builtins.
__builtin__ __builtins__ builtins	eval	execution!	Evaluates expression text.
__builtin__ __builtins__ builtins	exec	execution!	Runs source text.
__builtin__ __builtins__ builtins	execfile	execution!	Runs a source file (Python 2).
__builtin__ __builtins__ builtins	exit quit	state	Ends the process.
__builtin__ __builtins__ builtins	file open	file!	Opens a file for reading or writing.
__builtin__ __builtins__ builtins	filter map	execution	Calls what it is given for every item.
__builtin__ __builtins__ builtins	getattr	introspection	Fetches an attribute by name, the usual step from a harmless object to code.
__builtin__ __builtins__ builtins	hasattr	introspection	Fetches an attribute by name, with all that its lookup runs.
__builtin__ __builtins__ builtins	help	process!	Starts the help system, which imports by name and runs a pager.
__builtin__ __builtins__ builtins	input raw_input	execution!	Reads the terminal; in Python 2 input evaluates what it read.
__builtin__ __builtins__ builtins	intern	state	Grows a table of the interpreter that is never emptied (Python 2).
__builtin__ __builtins__ builtins	iter next	execution	Calls what it is given until a value comes, and advances iterators built from harmful parts.
__builtin__ __builtins__ builtins	reduce	execution	Calls what it is given over the items (Python 2).
__builtin__ __builtins__ builtins	reload	import!	Runs a module again.
__builtin__ __builtins__ builtins	setattr	state	Replaces an attribute by name: patches a function or class for a later call.
__builtin__ __builtins__ builtins	super	introspection	Reaches the methods of a base class.
__builtin__ __builtins__ builtins	type	introspection	Builds classes, and with them methods that the interpreter calls by itself.
_catboost catboost catboost.core	CatBoost.load_model _CatBoost _PoolBase	loader!	Reads a model from a file or bytes.
_codecs codecs	decode	execution	Runs any codec of the registry, the expanding ones among them.
_codecs codecs	lookup lookup_error register register_error	state	Imports codecs by name, or installs functions that the interpreter calls.
_functools functools	cmp_to_key	execution	Calls a function whenever two keys are compared.
_functools functools	reduce	execution	Calls what it is given over the items.
_operator	call	execution!	Calls what it is given.
_operator	delitem getitem setitem	state	Reads, writes or removes an item of any object, a namespace among them.
_operator	iadd iconcat imul ior	state	Changes an object in place.
_operator operator	attrgetter	introspection!	Walks any dotted attribute path of an object.
_operator operator	itemgetter	introspection	Fetches items by key: from a namespace, any name in it.
_operator operator	methodcaller	execution!	Calls any method by name.
_warnings	warn_explicit	file	Reads the source lines of any file that an argument names.
_weakref	CallableProxyType ReferenceType proxy ref	execution	Calls a function when an object dies.
abc	ABCMeta	introspection	Builds classes at run time.
accelerate accelerate.accelerator	Accelerator	process	Sets up processes and devices.
accelerate accelerate.big_modeling	load_checkpoint_and_dispatch load_checkpoint_in_model	loader!	Loads weights from files.
accelerate.utils.deepspeed	HfDeepSpeedConfig	file	Opens a configuration file by path.
accelerate.utils.environment	check_cuda_fp8_capability get_driver_version get_gpu_info override_numa_affinity	process	Starts the tool of the graphics driver.
accelerate.utils.fsdp_utils	load_fsdp_model load_fsdp_optimizer merge_fsdp_weights save_fsdp_model save_fsdp_optimizer	loader!	Reads, writes and removes checkpoint folders.
accelerate.utils.modeling	load_checkpoint_in_model load_offloaded_weights load_state_dict	loader!	Loads weights from files.
accelerate.utils.offload	OffloadedWeightsLoader offload_state_dict save_offload_index	file!	Reads or writes weights in a folder.
accelerate.utils.operations	_neuron_broadcast_object_list _neuron_gather_object	loader!	Unpickles bytes of other workers.
accelerate.utils.torch_xla	install_xla	process!	Installs packages.
alembic.script.write_hooks	_run_hook console_script_runner exec_runner	process!	Starts programs.
annotationlib	ForwardRef call_annotate_function get_annotations	execution!	Evaluates annotation text.
annoy	AnnoyIndex.load	file!	Maps a file.
argparse	ArgumentParser _ActionsContainer	file	Reads files of arguments and calls converters.
argparse	FileType	file!	Opens the file that it is called with.
attr attrs	_make attrs define make_class	execution!	Generates source text for methods and runs it.
attr._make	_compile_and_eval _make_method _script_to_method	execution!	Runs generated source text.
base64	decode encode main test	file	Reads and writes file objects.
bisect	bisect bisect_left bisect_right insort	execution	Calls a key function.
catalogue._importlib_metadata	EntryPoint	import!	Imports what an entry point names.
catboost catboost.core	FeaturesData Pool cv train	file!	Reads data from a path.
catboost catboost.core	sample_gaussian_process	file!	Writes into the folder that an argument names.
catboost.core	CatBoost.compare _clear_training_files create_dir_if_not_exist	file!	Makes or removes files and folders.
catboost.utils	create_cd eval_metric read_cd	file!	Reads or writes a file.
clip	load	network!	Downloads and unpickles weights.
codecs	EncodedFile open	file!	Opens a file.
codecs	encode	execution	Runs any codec of the registry.
collections	_itemgetter	introspection	An import of operator.itemgetter.
collections	namedtuple	execution!	Builds a class from text, in older versions with exec.
copy	_deepcopy_dispatch _reconstruct copy deepcopy	execution	Calls the reducers of an object.
copy	replace	execution	Calls the method of an object that makes a changed copy.
copy_reg copyreg	add_extension clear_extension_cache remove_extension	state	Changes the registry through which later pickles name globals.
copy_reg copyreg	constructor dispatch_table pickle	state	Installs functions that later pickling calls.
csv	DictReader DictWriter reader writer	file	Reads or writes any object with the right methods.
dask dask.delayed	compute delayed	execution	Runs a graph of callables.
dask._compatibility	import_optional_dependency	import!	Imports a module by name.
dask.array.core	from_npy_stack	loader!	Unpickles a file of the folder.
dask.tokenize	_normalize_pickle	loader	Pickles and unpickles an object.
dataclasses	_FuncBuilder	execution!	Collects source text of methods and runs it.
dataclasses	_create_fn _process_class dataclass make_dataclass	execution!	Generates source text for methods and runs it.
dataclasses	_replace replace	execution	Calls the class of the object that it is given.
dataclasses	_set_new_attribute	introspection	Sets an attribute of a class by name.
datasets	Dataset.from_file load_dataset load_from_disk load_metric	network!	Downloads data sets, or opens them, and runs their scripts.
dateutil.tz dateutil.tz.tz	gettz tzfile	file!	Opens a time zone file by path.
dateutil.tz dateutil.tz.tz	tzical	file!	Opens a calendar file by path.
difflib	diff_bytes	execution!	Calls the comparison that it is given.
email	message_from_binary_file message_from_file	loader	Reads messages from file objects.
email.utils	make_msgid	network	Asks the resolver for the name of the machine.
encodings	normalize_encoding search_function	import	Imports codecs by name.
enum	EnumMeta EnumType	introspection	Builds classes at run time.
enum	_make_class_unpicklable _old_convert_	state	Sets attributes of a class, or names in a module.
enum	_simple_enum global_enum	state	Writes names into a module.
evaluate	load	network!	Downloads a metric and runs its script.
faiss	deserialize_index read_index write_index	file!	Reads or writes an index.
fontTools.ttLib.tables.otBase	BaseTable.compile BaseTable.decompile BaseTable.populateDefaults BaseTable.toXML2	execution!	Evaluates expressions of a table.
fontTools.ttLib.tables.otConverters	BaseConverter.isEnabled buildConverters	execution!	Evaluates expressions of a table.
fontTools.ttLib.ttFont	getCustomTableClass getTableModule	import!	Imports a module by name.
functools	_lru_cache_wrapper cache cached_property lru_cache	execution	Wraps and calls a function.
functools	partialmethod	execution	Binds a function that is called when the attribute is used.
functools	singledispatch singledispatchmethod	execution	Chooses and calls a function.
functools	total_ordering	state	Writes methods into a class.
functools	update_wrapper wraps	state	Copies attributes between objects by name.
gensim.models	KeyedVectors.load Word2Vec.load	loader!	Unpickles a file.
gensim.models._fasttext_bin	load save	file!	Reads or writes a model file.
gensim.models.ensemblelda	EnsembleLda	import	Imports the module of a model class by name.
gensim.similarities.docsim	Similarity.destroy	file!	Removes files.
gensim.similarities.nmslib	NmslibIndexer.load NmslibIndexer.save	loader!	Unpickles or writes an index.
gensim.utils	SaveLoad	loader	Loads and saves pickles.
geopandas._compat	import_optional_dependency	import!	Imports a module by name.
google.protobuf.json_format google.protobuf.text_format	Merge Parse	loader	Parses messages.
google.protobuf.message_factory google.protobuf.reflection	GetMessages MakeClass	introspection	Builds classes at run time.
heapq	merge nlargest nsmallest	execution	Calls a key function.
hyperopt	fmin space_eval	execution	Calls the function that it is given.
hyperopt.pyll.base	Apply rec_eval scope	execution!	Evaluates graphs of calls.
igraph	Graph.Read Graph.Read_Pickle	loader!	Opens a file, as a pickle among others.
imblearn.pipeline sklearn.pipeline	_fit_one _fit_transform_one _transform_one	execution	Calls methods of what it is given.
ipaddress	collapse_addresses summarize_address_range	state	Generators that no save call writes.
ipdb pudb	run runcall set_trace	execution!	Starts a debugger that runs statements.
itertools	accumulate	execution	Calls a function over the items.
itertools	dropwhile filterfalse groupby takewhile	execution	Calls a predicate for every item.
itertools	ifilter ifilterfalse imap	execution	Calls what it is given for every item (Python 2).
itertools	starmap	execution	Calls what it is given for every item.
jax	jit pmap pure_callback vmap	execution	Calls what it is given.
joblib	Parallel parallel_backend parallel_config register_parallel_backend	execution!	Calls what it is given in workers.
joblib joblib.numpy_pickle sklearn.externals.joblib sklearn.externals.joblib.numpy_pickle	dump	file!	Writes a file.
joblib sklearn.externals.joblib	MemorizedResult Memory	loader	Calls functions and loads stored results.
joblib sklearn.externals.joblib	cpu_count delayed hash register_compressor register_store_backend wrap_non_picklable_objects	execution	Wraps functions or changes the library.
joblib sklearn.externals.joblib	load	loader!	Loads a further pickle.
joblib._store_backends	StoreBackendBase	loader	Opens and loads stored results.
joblib.numpy_pickle	NumpyPickler NumpyUnpickler ZipNumpyUnpickler	loader!	A pickle reader or writer of its own.
joblib.numpy_pickle	read_zfile write_zfile	file	Reads or writes a file object.
joblib.numpy_pickle sklearn.externals.joblib.numpy_pickle	_unpickle load load_compatibility load_temporary_memmap	loader!	Loads a further pickle.
joblib.numpy_pickle_compat sklearn.externals.joblib.numpy_pickle_compat	ZipNumpyUnpickler	loader!	A pickle reader or writer of its own.
joblib.numpy_pickle_compat sklearn.externals.joblib.numpy_pickle_compat	hex_str read_zfile write_zfile	file	Reads or writes a file object.
joblib.numpy_pickle_compat sklearn.externals.joblib.numpy_pickle_compat	load_compatibility	loader!	Loads a further pickle.
json	JSONDecoder load	execution	Calls hooks while it decodes.
json	dump	file	Writes to any object with a write method.
json.decoder	JSONDecoder	execution	Calls hooks while it decodes.
json.tool quopri	main	file	Reads and writes the files that the command line names.
keras.layers keras.layers.core keras.src.layers.core.lambda_layer tensorflow.keras.layers	Lambda	execution!	A layer that holds byte code and runs it.
lazy_loader lazy_object_proxy lazyasd	Proxy attach lazyobject load	import!	Imports or calls on first use.
lightgbm lightgbm.basic	Booster.model_from_string Booster.save_model	file!	Reads or writes a model file.
lightgbm lightgbm.basic	Dataset Sequence _InnerPredictor	file!	Reads data from a path, or a model from a file.
lightgbm lightgbm.engine	CVBooster.save_model	file!	Writes a file.
lightgbm lightgbm.engine	cv train	execution	Calls objectives and callbacks.
lightgbm lightgbm.plotting	create_tree_digraph plot_tree	process	Starts a graph renderer.
lightgbm.basic	_dump_pandas_categorical _load_pandas_categorical	file!	Appends text to a file, or reads one.
lightgbm.basic	_load_lib cfloat32_array_to_numpy cint32_array_to_numpy	execution	Reaches the native library.
lightgbm.sklearn xgboost.sklearn	_EvalFunctionWrapper _ObjectiveFunctionWrapper	execution	Calls the function that it holds.
lightning lightning.pytorch pytorch_lightning	Trainer	execution	Runs training and restores checkpoints.
lightning.fabric.utilities.cloud_io lightning_fabric.utilities.cloud_io pytorch_lightning.utilities.cloud_io	_load get_filesystem load	loader!	Loads checkpoints from files and URLs.
lightning.pytorch.core.saving pytorch_lightning.core.saving	_load_from_checkpoint _load_state load_hparams_from_tags_csv load_hparams_from_yaml	loader!	Loads checkpoints and settings.
lightning_utilities.core.imports	LazyModule compare_version module_available	import!	Imports a module by name.
matplotlib	_get_executable_info	process	Starts a program.
matplotlib	_open_file_or_url	network!	Opens a file or an address.
matplotlib._internal_utils	graphviz_dump_transform	process!	Starts a program.
matplotlib.backend_bases	get_registered_canvas_class	import	Imports a module by name.
matplotlib.cbook	CallbackRegistry	execution	Holds what the events of a figure call: functions and methods of the state's choice.
matplotlib.cbook	Grouper	state	Joins the axes of a figure in the process; its state is taken apart by methods of what it holds.
models.experimental	attempt_load	loader!	Unpickles weights.
mpmath	identify	execution!	Evaluates formulas that are given as text.
mpmath.identification	identify	execution!	Evaluates formulas that are given as text.
mxnet.nd mxnet.ndarray	load save	file!	Reads or writes a file.
narwhals._spark_like.utils	_import_sqlframe_module	import!	Imports a module by name.
narwhals._utils	_import_native_namespace	import!	Imports a module by name.
networkx	read_edgelist read_gml read_gpickle read_graphml write_gpickle	loader!	Opens a file, as a pickle in older versions.
networkx.algorithms.isomorphism.matchhelpers	copyfunc	execution!	Builds a function from a code object.
networkx.utils.decorators	argmap	execution!	Compiles source text for a function and runs it.
ngboost.helpers	load_ngboost_model	loader!	Loads a file with joblib.
nltk nltk.downloader	download	network!	Downloads data sets and unpacks them.
nltk.decorators	decorator new_wrapper	execution!	Evaluates source text that holds the names of a function.
nltk.lazyimport	LazyModule	import!	Imports a module by name.
nltk.pathsec	remove_tree unlink	file!	Removes files and folders.
nltk.pathsec	spawn_trusted	process!	Starts a program.
nt os	chdir chmod chown chroot fchdir fchmod fchown lchmod lchown	file!	Changes rights or the folder in which names are resolved.
nt os	environ environb getenv getenvb	introspection	Holds the environment, secrets among it.
nt os	execl execle execlp execlpe execv execve execvp execvpe	process!	Replaces the process by another program.
nt os	fdopen open	file!	Opens a file by name or number.
nt os	fwalk listdir scandir walk	file	Lists folders.
nt os	link rename renames replace symlink truncate	file!	Moves, links or cuts a file.
nt os	makedirs mkdir mkfifo mknod	file!	Creates a node of the file system.
nt os	popen popen2 popen3 popen4	process!	Runs a command line in a shell and reads its output.
nt os	posix_spawn posix_spawnp spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe	process!	Starts a program.
nt os	remove removedirs rmdir unlink	file!	Removes a file or folder.
nt os	startfile	process!	Opens a file with the program registered for it.
nt os posix	_exit abort kill killpg	process!	Ends a process.
nt os posix	fork forkpty	process!	Splits the process in two.
nt os posix	pread pwrite read sendfile write	file!	Reads or writes an open file by number.
nt os posix	putenv unsetenv	state!	Changes the environment that later programs inherit.
nt os posix	setegid seteuid setgid setregid setreuid setuid	process!	Changes the identity of the process.
nt os posix	system	process!	Runs a command line in a shell.
numpy	DataSource	network!	Opens local files and URLs.
numpy	add_newdoc	import!	Imports a module by name.
numpy	apply_along_axis apply_over_axes	execution	Calls what it is given for every slice.
numpy	array2string array_repr array_str set_printoptions	execution	Calls formatters.
numpy	bmat	introspection	Looks the names in a text up in the frames of the caller.
numpy	broadcast nditer nested_iters	introspection	Iterators over the memory of arrays.
numpy	deprecate get_include info lookfor safe_eval show_config source who	execution	Reads sources, imports modules or evaluates text.
numpy	fromregex genfromtxt loadtxt mafromtxt ndfromtxt recfromcsv recfromtxt	file!	Opens a file and calls converters.
numpy	load	loader!	Opens a file and can unpickle it.
numpy	loads	loader!	Unpickles bytes (older numpy).
numpy	save savetxt savez savez_compressed	file!	Writes a file.
numpy	set_numeric_ops set_string_function setbufsize	state	Replaces functions of numpy for the whole process.
numpy	seterrcall seterrobj	execution	Installs a function that is called on numeric errors.
numpy	test	execution!	Runs the tests of numpy.
numpy numpy._core numpy.core	memmap	file!	Maps a file by name, and can create it.
numpy numpy._core._multiarray_umath numpy._core.multiarray numpy._core.records numpy.core._multiarray_umath numpy.core.multiarray numpy.core.records numpy.rec	fromfile	file!	Reads a file.
numpy numpy._core._multiarray_umath numpy._core.multiarray numpy.core._multiarray_umath numpy.core.multiarray	frombuffer fromiter fromstring	introspection	Builds arrays from iterators, texts or the memory of another object; no save call writes it.
numpy numpy._core._multiarray_umath numpy._core.umath numpy.core._multiarray_umath numpy.core.umath	frompyfunc	execution	Wraps a function that is called for every item.
numpy numpy._core.numeric numpy.core.numeric	fromfunction	execution	Calls what it is given with the indices.
numpy numpy.lib._function_base_impl numpy.lib.function_base	piecewise vectorize	execution	Calls what it is given for every item.
numpy._core._exceptions numpy.core._exceptions	_display_as_base _unpack_tuple	state	Internal helpers that no save call writes.
numpy._core._internal numpy.core._internal	_ctypes _missing_ctypes	execution	Reaches native memory.
numpy._core._methods numpy.core._methods	_dump	file!	Opens a file for writing and pickles into it.
numpy._core._multiarray_umath	_add_newdoc_ufunc _flagdict _place add_docstring	introspection	Internal entry of numpy; _vec_string calls a method by name.
numpy._core._multiarray_umath numpy._core.multiarray numpy.core._multiarray_umath numpy.core.defchararray numpy.core.multiarray	_vec_string	execution	Calls a method by name for every item.
numpy._core._multiarray_umath numpy._core.umath numpy.core._multiarray_umath numpy.core.umath	_extobj_contextvar seterrobj	execution	Installs a function that is called on numeric errors.
numpy._core.function_base numpy.core.function_base	_add_docstring	state	Writes into objects of the library.
numpy._core.function_base numpy.core.function_base	add_newdoc	import!	Imports a module by name.
numpy._core.memmap numpy.core.memmap	memmap	file!	Maps a file by name, and can create it.
numpy._core.multiarray	_flagdict _place add_docstring	introspection	Internal entry of numpy; _vec_string calls a method by name.
numpy._core.multiarray numpy.core.multiarray	set_numeric_ops set_string_function set_typeDict	state	Replaces functions of numpy for the whole process.
numpy._core.overrides	array_function_dispatch verify_matching_signatures	execution	Builds and calls dispatching functions.
numpy.core	_ufunc_reconstruct	import!	Imports a module by name and fetches an attribute of it.
numpy.core._multiarray_umath	_add_newdoc_ufunc _flagdict _insert _place add_docstring	introspection	Internal entry of numpy; _vec_string calls a method by name.
numpy.core._multiarray_umath	implement_array_function	execution	Builds and calls dispatching functions.
numpy.core.multiarray	_flagdict _insert _place add_docstring	introspection	Internal entry of numpy; _vec_string calls a method by name.
numpy.core.overrides	array_function_dispatch implement_array_function set_array_function_like_doc verify_matching_signatures	execution	Builds and calls dispatching functions.
numpy.lib._format_impl numpy.lib.format	read_array	loader!	Unpickles object arrays.
numpy.lib._index_tricks_impl numpy.lib.index_tricks	AxisConcatenator RClass c_ r_	introspection	Evaluates matrix text in the frames of the caller.
numpy.lib._shape_base_impl numpy.lib.shape_base numpy.ma numpy.ma.extras	apply_along_axis apply_over_axes	execution	Calls what it is given for every slice.
numpy.lib._stride_tricks_impl numpy.lib.stride_tricks	DummyArray as_strided	introspection	Builds views outside the memory of an array.
numpy.lib.arrayterator	Arrayterator	introspection	Fetches attributes of what it wraps.
numpy.lib.mixins	NDArrayOperatorsMixin	execution	Dispatches operators to other objects.
numpy.lib.recfunctions	rec_append_fields	execution	Dispatches operators to other objects.
numpy.linalg.linalg	lapack_lite	execution	Calls native functions with raw buffers.
numpy.ma	fromflex	execution	Wraps functions, looked up by name, and calls them.
numpy.ma.core	_MaskedBinaryOperation _MaskedUnaryOperation _convert2ma _frommethod fromfile fromflex	execution	Wraps functions, looked up by name, and calls them.
numpy.ma.mrecords	fromtextfile openfile	file!	Opens a file by path.
numpy.matrixlib.defmatrix	_convert_from_string _eval	execution!	Evaluates expression text (older numpy).
numpy.matrixlib.defmatrix	_from_string bmat	introspection	Looks the names in a text up in the frames of the caller.
operator	__call__ call	execution!	Calls what it is given.
operator	__delitem__ __getitem__ __setitem__ delitem getitem setitem	state	Reads, writes or removes an item of any object, a namespace among them.
operator	__iadd__ __iconcat__ __imul__ __ior__ iadd iconcat imul ior	state	Changes an object in place.
operator	isCallable sequenceIncludes	introspection	Probes objects in Python 2.
optparse	OptionParser	execution	Calls callbacks and ends the process.
optparse	Values.read_file Values.read_module	execution!	Runs a file, or imports a module, to read settings.
optuna	create_study delete_study load_study	network!	Opens a database.
os	add_dll_directory	import!	Changes where shared libraries are found.
packaging.tags	mac_platforms	process	Starts a program.
paddle	load save	loader!	Loads further pickles.
pandas	ExcelFile ExcelWriter to_pickle	file!	Writes or opens a file.
pandas	HDFStore read_hdf	loader!	Opens a file whose objects are unpickled.
pandas	crosstab pivot_table	execution	Calls functions or methods by name.
pandas	describe_option option_context reset_option set_option	state	Changes options, with callbacks that are called.
pandas	eval	execution!	Evaluates expression text.
pandas	read_clipboard read_csv read_excel read_feather read_fwf read_html read_iceberg read_json read_msgpack read_orc read_parquet read_sas read_spss read_stata read_table read_xml	file!	Opens a file or URL.
pandas	read_gbq read_sql read_sql_query read_sql_table	network!	Runs statements on a database.
pandas	read_pickle	loader!	Loads a further pickle.
pandas	show_versions test	execution!	Runs the tests, or commands and imports.
pandas pandas.core.frame	DataFrame.agg DataFrame.apply DataFrame.applymap DataFrame.map DataFrame.pipe DataFrame.transform	execution	Calls what it is given.
pandas pandas.core.frame	DataFrame.eval DataFrame.query	execution!	Evaluates expression text.
pandas pandas.core.frame	DataFrame.to_csv DataFrame.to_excel DataFrame.to_hdf DataFrame.to_html DataFrame.to_json DataFrame.to_parquet DataFrame.to_pickle DataFrame.to_sql	file!	Writes a file.
pandas pandas.core.series	Series.agg Series.apply Series.map Series.pipe Series.transform	execution	Calls what it is given.
pandas pandas.core.series	Series.to_csv Series.to_json Series.to_pickle	file!	Writes a file.
pandas._libs.lib	map_infer map_infer_mask	execution	Calls what it is given for every item.
pandas._libs.parsers	TextReader	file!	Opens and reads a file.
pandas._libs.reduce pandas._libs.reduction	SeriesGrouper apply_frame_axis0 reduce	execution	Calls what it is given over slices.
pandas.compat.pickle_compat	Unpickler load load_reduce loads patch_pickle	loader!	Loads a further pickle.
pandas.compat.pickle_compat	load_newobj load_newobj_ex	loader	Part of an unpickler.
pandas.core.algorithms	map_array	execution	Calls what it is given for every item.
pandas.core.groupby pandas.core.groupby.generic	DataFrameGroupBy GroupBy SeriesGroupBy	execution	Calls functions or methods by name over groups.
pandas.core.groupby.groupby	BaseGrouper DataFrameGroupBy GroupBy SeriesGroupBy	execution	Calls functions or methods by name over groups.
pandas.core.groupby.ops	BaseGrouper	execution	Calls functions or methods by name over groups.
pandas.core.internals.managers	BlockManager.apply BlockManager.reduce	execution	Calls functions or methods by name.
pandas.core.strings pandas.core.strings.accessor	StringMethods	execution	Calls functions for every text.
pandas.core.window pandas.core.window.rolling	Rolling	execution	Calls functions over windows.
pandas.util	hash_pandas_object	loader	Hashes objects and runs what their reducers do.
pathlib	_NormalAccessor _normal_accessor	file!	Holds functions of os that change files, under the names of methods.
pathlib pathlib._local	Path.chmod Path.copy Path.copy_into Path.hardlink_to Path.lchmod Path.link_to Path.mkdir Path.move Path.move_into Path.symlink_to Path.touch PosixPath.chmod PosixPath.copy PosixPath.copy_into PosixPath.hardlink_to PosixPath.lchmod PosixPath.link_to PosixPath.mkdir PosixPath.move PosixPath.move_into PosixPath.symlink_to PosixPath.touch WindowsPath.chmod WindowsPath.copy WindowsPath.copy_into WindowsPath.hardlink_to WindowsPath.lchmod WindowsPath.link_to WindowsPath.mkdir WindowsPath.move WindowsPath.move_into WindowsPath.symlink_to WindowsPath.touch	file!	Makes, changes, moves or copies files or folders.
pathlib pathlib._local	Path.open Path.read_bytes Path.read_text Path.write_bytes Path.write_text PosixPath.open PosixPath.read_bytes PosixPath.read_text PosixPath.write_bytes PosixPath.write_text	file!	Reads or writes a file.
pathlib pathlib._local	Path.rename Path.replace Path.rmdir Path.unlink PosixPath.rename PosixPath.replace PosixPath.rmdir PosixPath.unlink	file!	Removes or moves a file.
pathlib pathlib._local	WindowsPath.open WindowsPath.read_bytes WindowsPath.read_text WindowsPath.rename WindowsPath.replace WindowsPath.rmdir WindowsPath.unlink WindowsPath.write_bytes WindowsPath.write_text	file!	Reads, writes, removes or moves a file.
peft.tuners.lora.tp_layer	dispatch_megatron	import	Imports a module by name.
peft.utils.save_and_load	torch_load	loader!	Loads a file with torch.load.
pluggy	PluginManager	import	Loads plug-ins.
polars._dependencies	_LazyModule import_optional	import!	Imports a module by name.
posix	chdir chmod chown chroot fchdir fchmod fchown lchown	file!	Changes rights or the folder in which names are resolved.
posix	environ	introspection	Holds the environment, secrets among it.
posix	execv execve	process!	Replaces the process by another program.
posix	link rename replace symlink truncate	file!	Moves, links or cuts a file.
posix	listdir scandir	file	Lists folders.
posix	mkdir mkfifo mknod	file!	Creates a node of the file system.
posix	open	file!	Opens a file by name or number.
posix	posix_spawn posix_spawnp	process!	Starts a program.
posix	remove rmdir unlink	file!	Removes a file or folder.
pprint	PrettyPrinter pp pprint	file	Writes to any object with a write method.
py7zr py7zr.py7zr	SevenZipFile is_7zfile unpack_7zarchive	file!	Opens or unpacks an archive by path.
pyarrow	_has_pkg_config _read_pkg_config_variable	process	Starts pkg-config.
pyarrow pyarrow.lib	MemoryMappedFile OSFile PythonFile create_memory_map input_stream memory_map output_stream	file!	Opens a file.
pyarrow pyarrow.lib	PyExtensionType SerializationContext UnknownExtensionType deserialize deserialize_from read_serialized	loader!	Rebuilds objects with pickle (CVE-2023-47248).
pyarrow pyarrow.lib	foreign_buffer	introspection	Builds a view of memory at any address.
pyarrow.util	_download_requests _download_urllib download_tzdata_on_windows find_free_port	network!	Downloads a file and writes it.
pydantic	ImportString PyObject parse_file_as parse_raw_as	import!	Imports what a text names or loads files.
pydantic pydantic.v1	create_model	execution	Builds classes at run time.
pydantic._internal._git	git_revision have_git is_git_repo	process	Starts git.
pydantic._internal._validators	_import_string_logic import_string	import!	Imports a module by name and fetches an attribute.
pydantic.deprecated.parse pydantic.parse pydantic.v1.parse	load_file load_str_bytes	loader!	Loads data, pickles among them.
pydantic.utils pydantic.v1.utils	import_string	import!	Imports a module by name and fetches an attribute.
pygments.formatters	_load_formatters	import!	Imports a module by name.
pygments.formatters	load_formatter_from_file	execution!	Runs a file of source text.
pygments.lexers	_load_lexers	import!	Imports a module by name.
pygments.lexers	load_lexer_from_file	execution!	Runs a file of source text.
pygments.styles	get_style_by_name	import!	Imports a module by name.
pymc.sampling.parallel	_Process	loader!	Loads bytes with cloudpickle.
pymc.smc.parallel	_SMCProcess	loader!	Loads bytes with cloudpickle.
pyod.models.base_dl	BaseDeepLearningDetector.load	loader!	Unpickles a file.
pyod.models.embedding	resolve_detector	import!	Imports a module by name.
pyod.utils._detector_factory	build_detector_from_plan	import!	Imports a module by name.
pyod.utils.persistence	load	loader!	Loads a file with joblib.
pyro.settings	get set	import!	Imports a module by name and reads or sets an attribute.
pytz	open_resource	file	Opens a file of the package.
random	_os _sys	process!	An import of a dangerous module inside a harmless one.
random	_test _test_generator	execution!	Calls the function that it is given.
random	shuffle	state	Changes an object in place and calls its source.
re	Scanner	execution	Calls functions for every match.
re	sub subn	execution	Calls a function for every match.
re	template	state	A long withdrawn compiler entry.
reprlib	recursive_repr	execution	Wraps a function.
safetensors	safe_open	file!	Reads or writes a file.
safetensors.numpy	load_file safe_open save_file	file!	Reads or writes a file.
safetensors.torch	load_file load_model safe_open save_file	file!	Reads or writes a file.
scipy scipy._lib._ccallback	LowLevelCallable	execution!	Calls native functions by address.
scipy._external.array_api_compat._internal scipy._lib.array_api_compat._internal sklearn.externals.array_api_compat._internal	clone_module	import!	Imports a module by name and runs source text that holds it.
scipy._lib._bunch	_make_tuple_bunch	execution!	Builds a class from source text that holds its arguments.
scipy._lib._uarray._backend	unpickle_function	import!	Imports a module by name and walks attributes from there.
scipy._lib._util	FullArgSpec MapWrapper _FunctionWrapper getargspec_no_self	execution	Calls what it is given.
scipy._lib.decorator	FunctionMaker decorate decorator	execution!	Runs generated source text.
scipy._lib.deprecation	_sub_module_deprecation	import!	Imports modules by name and fetches attributes.
scipy._lib.pyprima.common.message	cpenmsg fmsg retmsg rhomsg	file!	Appends text to a file.
scipy.integrate	dblquad nquad odeint quad solve_ivp	execution	Calls the function that it is given.
scipy.ndimage	generic_filter generic_filter1d generic_laplace geometric_transform	execution	Calls the function that it is given.
scipy.ndimage._support_alternative_backends scipy.signal._support_alternative_backends	delegate_xp	import	Wraps a function, whose module it imports by name.
scipy.odr scipy.odr._odrpack	ODR	file!	Removes the report files that arguments name, and calls the model that it is given.
scipy.optimize	basinhopping brentq curve_fit differential_evolution fsolve least_squares minimize root	execution	Calls the function that it is given.
scipy.optimize scipy.optimize._optimize	show_options	import	Imports the module of a solver to show its text.
scipy.optimize._nonlin	_nonlin_wrapper	execution!	Runs source text that holds its arguments.
scipy.sparse scipy.sparse._matrix_io scipy.sparse.matrix_io	load_npz	loader!	Opens a file of arrays.
scipy.sparse scipy.sparse._matrix_io scipy.sparse.matrix_io	save_npz	file!	Writes a file.
scipy.stats	bootstrap monte_carlo_test permutation_test	execution	Calls the statistic that it is given.
scipy.stats._distn_infrastructure	rv_generic._attach_argparser_methods	execution!	Runs source text that an attribute holds.
scipy.stats._distn_infrastructure	rv_generic._construct_argparser	execution!	Builds a method from source text and runs it.
sentence_transformers	CrossEncoder SentenceTransformer	network!	Downloads a model.
shap._serializable	Deserializer Serializable	loader!	Unpickles what it reads.
six	_import_module add_metaclass add_move with_metaclass	import	Imports by name or builds classes.
six	exec_ reraise	execution!	Runs source text.
six	get_function_closure get_function_code get_function_globals get_method_function get_unbound_function	introspection	Reaches code and namespaces of functions.
sklearn sklearn._config	config_context set_config	state	Changes options of the process.
sklearn.ensemble._base sklearn.ensemble.base	_partition_estimators _set_random_states	state	Sets parameters by name.
sklearn.ensemble._forest	_parallel_build_trees	execution	Calls what it is given.
sklearn.ensemble.forest	_parallel_build_trees accumulate_prediction parallel_helper	execution	Calls what it is given.
sklearn.externals.joblib	Parallel parallel_backend register_parallel_backend	execution!	Calls what it is given in workers.
sklearn.externals.joblib.numpy_pickle	NumpyPickler NumpyUnpickler	loader!	A pickle reader or writer of its own.
sklearn.feature_extraction.image	extract_patches	introspection	Builds views outside the memory of an array.
sklearn.metrics.pairwise	_pairwise_callable _parallel_pairwise pairwise_distances pairwise_kernels	execution	Calls the metric that it is given.
sklearn.model_selection._validation	_fit_and_score _score cross_val_score cross_validate permutation_test_score	execution	Calls estimators and scorers.
sklearn.tree sklearn.tree._export sklearn.tree.export	export_graphviz	file!	Writes a file.
sklearn.utils	all_estimators deprecated gen_batches	import	Imports modules or wraps functions.
sklearn.utils._metadata_requests	RequestMethod process_routing	execution	Writes methods.
sklearn.utils._set_output	check_library_installed	import!	Imports a module by name.
sklearn.utils.fixes	delayed parallel_helper	execution	Calls methods by name, or what it is given.
sklearn.utils.metadata_routing	process_routing	execution	Writes methods.
sklearn.utils.metaestimators	_IffHasAttrDescriptor available_if if_delegate_has_method	introspection	Fetches attributes by name.
sklearn.utils.parallel	Parallel _FuncWrapper delayed	execution	Calls what it is given.
skops.card._model_card	_load_model	loader!	Loads a file with joblib or skops.
skops.card._parser	_get_pandoc_version parse_modelcard	process!	Starts pandoc.
skops.utils.importutils	import_or_raise	import!	Imports a module by name.
skorch.cli	_resolve_dotted_name parse_args	import!	Imports a module by name and fetches an attribute.
skorch.utils	_TorchLoadUnpickler	loader!	An unpickler that loads storages with torch.load.
sktime.base._base	BaseObject.load_from_path BaseObject.load_from_serial BaseObject.save deepcopy_func	loader!	Unpickles bytes or files, or writes them.
sktime.base._serialize	load	loader!	Unpickles bytes or files.
sktime.registry._craft	craft deps imports	execution!	Evaluates and runs source text.
sktime.utils.dependencies._placeholder	_attempt_import	import!	Imports a module by name.
sktime.utils.git_diff	get_changed_lines is_module_changed	process!	Starts git in a shell.
spacy	blank load	loader!	Loads a model and the code that it names.
sqlalchemy	create_engine text	network!	Opens database connections or runs statement text.
sqlalchemy.dialects	_auto_fn	import!	Imports a module by name.
statsmodels.api	load	loader!	Unpickles a file.
statsmodels.base.wrapper	ResultsWrapper.load	loader!	Unpickles a file.
statsmodels.tsa.x13	_find_x12 run_spec	process!	Starts a program by path.
string	Formatter	introspection	Walks attributes that a format text names.
surprise.dump	load	loader!	Unpickles a file.
sys	_current_frames _getframe exc_info	introspection	Reaches frames and through them globals.
sys	addaudithook setprofile settrace	execution!	Installs a function that is called on every event.
sys	breakpointhook displayhook excepthook unraisablehook	execution	A hook that the interpreter calls by itself.
sys	exit	state	Ends the process.
sys	intern	state	Grows a table of the interpreter that is never emptied.
sys	meta_path path path_hooks path_importer_cache	import	Decides where modules are found.
sys	modules	introspection	The table of all loaded modules: one lookup away from any of them.
sys	remote_exec	execution!	Runs a script in another process.
tensorflow	load_library load_op_library numpy_function py_function	execution!	Loads native code or runs Python functions.
thinc.shims.pytorch	default_deserialize_torch_model	loader!	Loads bytes with torch.load.
time	clock_settime clock_settime_ns tzset	state	Sets the clock or the time zone.
time	sleep	state	Stops the loading thread for the time that an argument names.
timm.models	create_model load_checkpoint load_pretrained	loader!	Downloads and unpickles weights.
timm.models._hub	load_model_config_from_hf load_state_dict_from_hf	network!	Downloads and unpickles weights.
toml tomli tomllib	load	file	Reads a file object or path.
torch	_import_dotted_name	import!	Imports a module by name and walks to an attribute.
torch	_load_global_deps _preload_cuda_lib	process!	Loads shared libraries.
torch	_register_device_module get_file_path is_storage prepare_multiprocessing_environment typename	state	Changes or reads the installation.
torch	compile	execution!	Compiles and runs a function.
torch	cond vmap while_loop	execution	Calls what it is given.
torch	from_dlpack	introspection	Builds a tensor over foreign memory.
torch	from_file	file!	Maps a file by name.
torch	load	loader!	Loads a further checkpoint, by default as a full pickle in older versions.
torch	manual_seed set_default_device set_default_dtype set_default_tensor_type set_float32_matmul_precision set_flush_denormal set_num_interop_threads set_num_threads set_printoptions set_warn_always use_deterministic_algorithms	state	Changes options of the process.
torch	save	file!	Writes a file.
torch torch._tensor	Tensor.__reduce_ex__ Tensor.register_hook Tensor.share_memory_	execution	Installs hooks or shares memory.
torch torch._tensor	Tensor.apply_ Tensor.map2_ Tensor.map_	execution	Calls a function for every element.
torch torch.storage	FloatStorage.from_file TypedStorage.from_file UntypedStorage._new_shared_filename_cpu UntypedStorage._new_using_filename_cpu UntypedStorage.from_file	file!	Maps a file by name.
torch torch.storage	UntypedStorage._load_from_bytes	loader!	Loads a further checkpoint.
torch._C	CompilationUnit PyTorchFileReader PyTorchFileWriter _import_ir_module_from_package _jit_compile _load_for_lite_interpreter import_ir_module import_ir_module_from_buffer	execution!	Compiles or loads native programs.
torch._C	_crash_if_csrc_asan _crash_if_csrc_ubsan _set_print_stack_traces_on_fatal_signal _storage_Use_Count	process	Reaches or crashes the process on purpose.
torch._C	_distributed_c10d _distributed_rpc	network!	Opens connections.
torch._C	_from_dlpack _to_dlpack	introspection	Reaches native memory.
torch._native	get_user_ordering_fn	import!	Imports a module by name.
torch._tensor	_convert _handle_torch_function_and_wrap_type_error_to_not_implemented	execution	Wraps and calls functions.
torch._tensor_docs torch._torch_docs	add_docstr parse_kwargs	state	Writes into objects of the library.
torch._utils	CallbackRegistry _ClassPropertyDescriptor classproperty render_call try_import	execution	Calls what it is given, or imports.
torch._utils	ExceptionWrapper KeyErrorMessage	execution	Builds and raises the exception class that it is given.
torch._utils	_augment_memory_snapshot_stack_traces	loader!	Unpickles a file.
torch._utils	_import_dotted_name	import!	Imports a module by name and walks to an attribute.
torch._utils_internal	compile_time_strobelight_meta get_file_path prepare_multiprocessing_environment resolve_library_path	file	Finds files, or wraps functions.
torch.ao.quantization torch.quantization	convert fuse_modules get_observer_state_dict prepare quantize quantize_dynamic	execution	Calls functions over modules.
torch.ao.quantization.observer	_PartialWrapper _with_args _with_callable_args	execution	Holds and calls functions.
torch.ao.quantization.qconfig	_PartialWrapper	execution	Holds and calls functions.
torch.autograd	Function NestedIOFunction	execution	Runs functions of its own forwards and backwards.
torch.autograd.function	Function FunctionMeta InplaceFunction NestedIOFunction _ContextMethodMixin once_differentiable	execution	Runs functions of its own forwards and backwards.
torch.autograd.profiler_util	EventList.export_chrome_trace EventList.export_stacks	file!	Writes a file.
torch.cuda	_compile_kernel	execution!	Compiles a kernel from source text.
torch.cuda	_lazy_call _register_triton_kernels	execution	Keeps functions and calls them when the device starts.
torch.cuda.comm	reduce_add	network	Connects to other devices.
torch.cuda.memory torch.xpu.memory	CUDAPluggableAllocator XPUPluggableAllocator	process!	Loads a shared library by path.
torch.cuda.memory torch.xpu.memory	_dump_snapshot _save_memory_usage _save_segment_usage	file!	Writes a file.
torch.cuda.nccl	init_rank	network	Connects to other devices.
torch.distributed	FileStore HashStore TCPStore all_gather_object broadcast_object_list gather_object init_process_group new_group recv_object_list scatter_object_list	network!	Connects to other processes and unpickles what they send.
torch.distributed._shard.checkpoint	FileSystemReader load_state_dict	loader!	Loads checkpoints.
torch.distributed.fsdp torch.distributed.fsdp.fully_sharded_data_parallel	FullyShardedDataParallel	network	Opens process groups when it is built.
torch.distributed.optim	DistributedOptimizer	execution	Calls functions on other machines.
torch.distributed.optim.optimizer	DistributedOptimizer _new_script_local_optimizer	execution	Calls functions on other machines.
torch.distributed.optim.zero_redundancy_optimizer	_broadcast_object	loader!	Loads bytes with torch.load.
torch.nn.attention._fa3	_fa3_import_module	import!	Imports a module by name.
torch.nn.attention._fa4	_fa4_import_module	import!	Imports a module by name.
torch.nn.attention.flex_attention	_reconstruct_closure_fn	execution!	Builds a function from a code object.
torch.nn.modules.module	register_module_backward_hook register_module_forward_hook register_module_forward_pre_hook register_module_full_backward_hook register_module_module_registration_hook register_module_parameter_registration_hook	execution!	Installs a function that every layer of the process calls.
torch.nn.parallel.data_parallel	data_parallel replicate	execution	Copies modules by name and calls them.
torch.nn.parallel.parallel_apply	parallel_apply	execution	Calls modules in threads.
torch.nn.parallel.replicate	replicate	execution	Copies modules by name and calls them.
torch.nn.utils	remove_spectral_norm remove_weight_norm	state	Rewrites attributes of a module by name.
torch.nn.utils._deprecation_utils	lazy_deprecated_import	import!	Imports a module by name and fetches attributes.
torch.nn.utils.parametrize	register_parametrization transfer_parametrizations_and_params type_before_parametrizations	execution	Rewrites the class of a module.
torch.nn.utils.prune	BasePruningMethod CustomFromMask custom_from_mask	execution	Rewrites modules by name and installs hooks.
torch.nn.utils.spectral_norm	remove_spectral_norm spectral_norm	state	Rewrites attributes of a module by name.
torch.nn.utils.weight_norm	remove_weight_norm weight_norm	state	Rewrites attributes of a module by name.
torch.overrides	TorchFunctionMode handle_torch_function resolve_name wrap_torch_function	execution	Dispatches to functions.
torch.storage	_StorageBase.from_file _share_memory_lock_protected	file!	Maps a file by name.
torch.utils	generate_methods_for_privateuse1_backend rename_privateuse1_backend set_module swap_tensors	state	Rewrites attributes of modules and classes.
torch.utils.backend_registration	_setup_privateuseone_for_python_backend rename_privateuse1_backend	state	Registers a device of its own.
torch.utils.data	DataLoader	process	Starts worker processes and calls functions of the data set.
torch.utils.data.dataloader	DataLoader _MultiProcessingDataLoaderIter	process	Starts worker processes and calls functions of the data set.
torch.utils.data.dataset	StackDataset	execution	Calls members of what it is given.
torch.utils.hooks	BackwardHook warn_if_has_hooks	execution	Calls hooks.
torchaudio	info load save	file!	Reads or writes a sound file.
torchvision._internally_replaced_utils	load_state_dict_from_url	network!	Downloads and unpickles a file.
torchvision.datasets.folder	default_loader pil_loader	file!	Opens an image file.
torchvision.datasets.utils	download_and_extract_archive download_url extract_archive	network!	Downloads and unpacks files.
torchvision.extension	_load_library	execution!	Loads a shared library.
torchvision.io	read_file read_image read_video write_file write_jpeg write_png	file!	Reads or writes a file.
tqdm	tqdm	file	Writes to any object with a write method.
tqdm._monitor	TMonitor	execution	Starts a thread that refreshes progress bars.
traceback	_compute_suggestion_error	import!	Imports the module that an exception names.
traceback	_safe_string	execution!	Calls the function that it is given.
traceback	extract_stack format_exc print_exc print_exception walk_stack	introspection	Reaches frames and source files.
traitlets	import_item	import!	Imports a module by name.
traitlets.config	Application PyFileConfigLoader	execution!	Runs configuration files.
transformers	AutoConfig AutoFeatureExtractor AutoImageProcessor AutoModel AutoModelForCausalLM AutoModelForSeq2SeqLM AutoModelForSequenceClassification AutoProcessor AutoTokenizer pipeline	network!	Downloads a model and can run code of its repository.
transformers transformers.trainer	Trainer	execution	Runs training and restores checkpoints.
transformers.configuration_utils	PretrainedConfig.from_pretrained	network!	Downloads files.
transformers.exporters.metadata	register_treespec_types	import!	Imports modules by name.
transformers.exporters.utils	import_dotted_path	import!	Imports a module by name and fetches an attribute.
transformers.integrations.hub_kernels	lazy_load_kernel use_kernel_func_from_hub_with_fallback	import!	Imports or downloads a module by name.
transformers.models.rag.retrieval_rag	LegacyIndex	loader!	Unpickles the files of an index.
transformers.tokenization_utils	PreTrainedTokenizer.from_pretrained	network!	Downloads files.
transformers.tokenization_utils_base	PreTrainedTokenizerBase.from_pretrained	network!	Downloads files.
transformers.trainer_pt_utils	atleast_1d	loader	Loads a further checkpoint.
transformers.trainer_pt_utils	remove_dummy_checkpoint	file!	Removes files.
transformers.trainer_utils	rotate_checkpoints	file!	Removes folders.
transformers.utils	cached_file cached_path get_file_from_repo	network!	Downloads files or compiles templates.
transformers.utils.chat_template_utils	_compile_jinja_template render_jinja_template	network!	Downloads files or compiles templates.
transformers.utils.generic	maybe_replace_from_package	import!	Imports a module by name.
tslearn.bases.bases	BaseModelPackage.from_pickle	loader!	Unpickles a file.
types	AsyncGeneratorType CoroutineType FrameType GeneratorType TracebackType	introspection	A frame type of the interpreter.
types	BuiltinFunctionType BuiltinMethodType ClassMethodDescriptorType GetSetDescriptorType MemberDescriptorType MethodDescriptorType MethodWrapperType WrapperDescriptorType	introspection	A descriptor type of the interpreter.
types	CellType	introspection	Builds closure cells.
types	ClassType InstanceType UnboundMethodType	execution	Builds old-style classes, instances and methods (Python 2).
types	CodeType	execution!	Builds a code object from bytes.
types	DictProxyType MappingProxyType	introspection	A view of a namespace.
types	DynamicClassAttribute	introspection	An attribute that calls a function when it is read.
types	FileType	file!	Opens a file (Python 2).
types	FunctionType LambdaType	execution!	Builds a function from a code object.
types	MethodType	execution	Binds a function to an object.
types	ModuleType	import	Builds a module object.
types	coroutine	execution	Rewrites a function.
types	new_class prepare_class resolve_bases	execution!	Builds a class by calling a function for its body.
typing	ForwardRef _eval_type evaluate_forward_ref get_type_hints	execution!	Evaluates annotation text.
typing	NamedTuple NewType	execution	Builds classes at run time.
typing_extensions	ForwardRef evaluate_forward_ref get_type_hints	execution!	Evaluates annotation text.
ultralytics.nn.tasks	attempt_load_weights parse_model torch_safe_load	loader!	Unpickles weights and evaluates model descriptions.
ultralytics.utils.checks	check_requirements	process!	Installs packages.
uuid	_arp_getnode _find_mac _ifconfig_getnode _ip_getnode _lanscan_getnode _load_system_functions _netstat_getnode _popen getnode uuid1	process	Starts commands to find the address of the machine.
uuid	_get_command_stdout	process!	Starts the command that its argument names (GHSA advisories of picklescan and fickling).
warnings	_getcategory _processoptions _setoption	import!	Imports the module that a text names.
warnings	filterwarnings showwarning simplefilter warn warn_explicit	import	Imports the category that a text names and reads source lines.
weakref	CallableProxyType ReferenceType WeakMethod proxy ref	execution	Calls a function when an object dies.
weakref	finalize	execution!	Calls a function when an object dies or the process ends.
whisper	load_model	network!	Downloads and unpickles weights.
wrapt.importer	resolve_path	import!	Imports a module by name.
xarray.core.duck_array_ops	_dask_or_eager_func	import!	Imports a module by name and wraps a function of it.
xarray.core.utils	attempt_import	import!	Imports a module by name.
xgboost xgboost.core	Booster.dump_model Booster.load_config Booster.load_model Booster.save_model	file!	Reads or writes a model file.
xgboost xgboost.core	DMatrix DataIter ExtMemQuantileDMatrix QuantileDMatrix	file!	Reads data from a path or URI.
xgboost xgboost.plotting	plot_importance plot_tree to_graphviz	process	Starts a graph renderer.
xgboost xgboost.training	cv train	execution	Calls objectives and callbacks.
xgboost.callback	TrainingCheckPoint.after_iteration	file!	Writes a file.
xgboost.core	_load_lib c_str ctypes2buffer ctypes2numpy from_pystr_to_cstr	execution	Reaches the native library.
xxsubtype	bench	execution!	Calls a method of an object by its name.
zlib	decompress decompressobj	loader	Expands compressed data without a bound, which hides payloads and exhausts memory (CWE-409).
zoneinfo	ZoneInfo.from_file	file	Reads a file object.
zoneinfo	reset_tzpath	file	Changes where time zone files are read.
zope.dottedname.resolve	resolve	import!	Imports a module by name.`;

/** Modules that a walk of attributes meets. */
export const DANGER_WALKS = '_pickle builtins ctypes importlib marshal nt os pickle posix runpy shutil socket subprocess sys';
