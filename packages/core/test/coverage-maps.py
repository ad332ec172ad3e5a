"""Writes coverage-maps.ts: where each byte of some fixtures belongs, by readers that know nothing of Sentinel.

Run with Python 3.11 and nothing else:
    python coverage-maps.py > coverage-maps.ts
"""
import base64, io, pathlib, pickle, struct, tarfile, zipfile

FIXTURES = pathlib.Path(__file__).resolve().parents[3] / "fixtures"
SIZES = {"FloatStorage": 4, "LongStorage": 8, "DoubleStorage": 8, "IntStorage": 4, "ByteStorage": 1, "BoolStorage": 1}


class Stub:
    """Stands for every global of a pickle: none is looked up."""

    def __init__(self, *arguments):
        self.arguments = arguments

    def __call__(self, *arguments):
        return Stub(*arguments)

    def __setitem__(self, key, value):
        pass

    def __setstate__(self, state):
        self.state = state

    def append(self, value):
        pass


class Reader(pickle._Unpickler):
    """Reads a pickle without its globals. `arrays`: what joblib writes behind its wrappers, as [start, end)."""

    dispatch = dict(pickle._Unpickler.dispatch)

    def __init__(self, file):
        super().__init__(file)
        self.file, self.arrays, self.storages = file, [], {}

    def find_class(self, module, name):
        return type(name, (Stub,), {})

    def persistent_load(self, pid):
        if isinstance(pid, tuple) and pid[0] == "storage":
            self.storages[pid[2]] = (pid[1].__name__, pid[4])
        return Stub()

    def load_build(self):
        super().load_build()
        wrapper = self.stack[-1]
        if type(wrapper).__name__ != "NumpyArrayWrapper":
            return
        state = wrapper.__dict__.get("state") or vars(wrapper)
        start = self.file.tell()
        # One byte of length, and so many of padding.
        start += 1 + self.file.read(1)[0]
        count = 1
        for size in state["shape"]:
            count *= size
        end = start + count * int(state["dtype"].arguments[0][1:])
        self.file.seek(end)
        self.arrays.append((start, end))

    dispatch[pickle.BUILD[0]] = load_build


def joined(ranges):
    """Ranges in a row, with those of one account as one."""
    result = []
    for start, end, account in sorted(ranges):
        if start == end:
            continue
        if result and result[-1][2] == account and result[-1][1] == start:
            result[-1][1] = end
        else:
            result.append([start, end, account])
    return [f"{start}-{end} {account}" for start, end, account in result]


def around(size, ranges, account="parsed"):
    """The ranges, and `account` for what lies between them."""
    at, result = 0, []
    for start, end, own in sorted(ranges):
        result += [(at, start, account), (start, end, own)]
        at = end
    return [*result, (at, size, account)]


def members(found, account):
    """Of (start, data, name): the ranges of their contents. `account`: one for a name, or a reader of the data."""
    for start, data, name in found:
        own = account(name)
        if isinstance(own, str):
            yield (start, start + len(data), own)
        else:
            yield from ((start + first, start + last, inner) for first, last, inner in own(data))


def in_zip(data, account):
    """What is stored lies between headers, which are parsed, as is the directory."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            names = struct.unpack_from("<HH", data, info.header_offset + 26)
            start = info.header_offset + 30 + sum(names)
            found.append((start, data[start : start + info.compress_size], info.filename))
    return around(len(data), members(found, account))


def in_tar(data, account):
    """A header for each member, its data, and zeros up to the next block."""
    found, headers = [], []
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for info in archive.getmembers():
            headers.append((info.offset, info.offset_data, "parsed"))
            found.append((info.offset_data, data[info.offset_data :][: info.size], info.name))
    return around(len(data), [*headers, *members(found, account)], "padding")


def npy(data):
    """Magic, version, length of the header, header, array."""
    width, form = (2, "<H") if data[6] == 1 else (4, "<I")
    end = 8 + width + struct.unpack_from(form, data, 8)[0]
    descr = data[8 + width : end]
    return [(0, end, "parsed"), (end, len(data), "parsed" if b"'|O'" in descr else "array-data")]


def joblib(data):
    reader = Reader(io.BytesIO(data))
    reader.load()
    assert reader.file.tell() == len(data) and reader.arrays
    return around(len(data), [(start, end, "array-data") for start, end in reader.arrays])


def legacy(data):
    """Five pickles; for each storage that the fifth lists, a count in 8 bytes and its elements."""
    file = io.BytesIO(data)
    storages, keys = {}, []
    for _ in range(5):
        reader = Reader(file)
        keys = reader.load()
        storages.update(reader.storages)
    found = []
    for key in keys:
        kind, count = storages[key]
        assert struct.unpack("<q", file.read(8))[0] == count
        size = SIZES[kind]
        found.append((file.tell(), file.tell() + size * count, "tensor-storage"))
        file.seek(size * count, 1)
    assert file.tell() == len(data)
    return around(len(data), found)


def record(name):
    """The records of torch.save."""
    if name.endswith("/data.pkl"):
        return "parsed"
    return "tensor-storage" if "/data/" in name else "data"


def pickle_or_text(name):
    return "data" if name.endswith(".txt") else "parsed"


def whole(account):
    return lambda data: [(0, len(data), account)]


def gguf():
    """A header, one setting, one tensor of 10 numbers, which begins at a multiple of 32."""
    text = lambda value: struct.pack("<Q", len(value)) + value
    head = b"GGUF" + struct.pack("<IQQ", 3, 1, 1)
    head += text(b"general.name") + struct.pack("<I", 8) + text(b"a model")
    head += text(b"weight") + struct.pack("<IQIQ", 1, 10, 0, 0)
    start = len(head) + -len(head) % 32
    data = head.ljust(start, b"\0") + struct.pack("<10f", *range(10))
    return data, [(0, start, "parsed"), (start, len(data), "tensor-storage")]


FILES = [
    ("honest/wrapped/plain.tar", lambda data: in_tar(data, pickle_or_text)),
    ("honest/pandas/frame.pkl.tar", lambda data: in_tar(data, pickle_or_text)),
    ("honest/numpy/plain.npz", lambda data: in_zip(data, lambda name: npy)),
    ("honest/numpy/objects.npz", lambda data: in_zip(data, lambda name: npy)),
    ("honest/numpy/version2.npy", npy),
    ("honest/torch/checkpoint.pt", lambda data: in_zip(data, record)),
    ("honest/torch/views.pt", lambda data: in_zip(data, record)),
    ("honest/torch/legacy-checkpoint.pt", legacy),
    ("honest/torch/legacy-views.pt", legacy),
    ("honest/joblib/arrays-proto2.joblib", joblib),
    ("honest/joblib/fortran.joblib", joblib),
    ("hostile/containers/tar-payload.tar", lambda data: in_tar(data, pickle_or_text)),
    ("hostile/containers/npz-object.npz", lambda data: in_zip(data, lambda name: npy)),
    ("hostile/containers/torch-payload.pt", lambda data: in_zip(data, record)),
    ("hostile/containers/torch-legacy-object.pt", legacy),
    ("hostile/containers/joblib-payload-first.joblib", joblib),
    # Every opcode of a pickle without its end was read; packed data that break off give nothing, which is no reason to call them data.
    ("broken/pickle/no-stop-proto2.pkl", whole("parsed")),
    ("broken/gzip/in-body.pkl.gz", whole("unread")),
    ("broken/zstd/in-block.pkl.zst", whole("unread")),
    ("broken/numpy/in-header.npy", whole("unread")),
    ("broken/magic/unknown.joblib", whole("unread")),
]


def maps():
    for name, reader in FILES:
        data = (FIXTURES / name).read_bytes()
        yield name, None, joined(reader(data))
    data, ranges = gguf()
    yield "model.gguf", base64.b64encode(data).decode(), joined(ranges)


print("/** Where each byte of some files belongs: fixtures, or bytes in base64. Written by coverage-maps.py. */")
print("export const COVERAGE_MAPS: readonly { file: string; bytes?: string; ranges: readonly string[] }[] = [")
for name, data, ranges in maps():
    print("  {")
    print(f"    file: '{name}',")
    if data is not None:
        print(f"    bytes: '{data}',")
    print("    ranges: [")
    for line in ranges:
        print(f"      '{line}',")
    print("    ],")
    print("  },")
print("];")
