"""Writes codec-vectors.ts: small compressed files made by the reference libraries.

Run with Python 3.11, the packages lz4, zstandard and py7zr, and the programs xz 5.4 and lz4:
    python codec-vectors.py > codec-vectors.ts
"""
import base64, bz2, glob, gzip, hashlib, io, lzma, random, re, struct, subprocess, tempfile, zlib
import lz4.frame, py7zr, zstandard

random.seed(7)
WORDS = [bytes(random.choices(range(97, 123), k=random.randrange(2, 9))) for _ in range(60)]


def text(length):
    out = bytearray()
    while len(out) < length:
        out += random.choice(WORDS) + b' ' if random.random() < 0.97 else random.randbytes(3)
    return bytes(out[:length])


HELLO = b'hello hello hello, sentinel\n'
MIXED = text(3000)
LONG = text(2000) * 150  # several blocks of every format, and matches far back
CODE = bytearray(text(4096))


def machine_code(kind):
    code = bytearray(CODE)
    for at in range(0, len(code) - 16, 16):
        if random.random() < 0.5:
            continue
        if kind == 'x86':
            code[at + random.randrange(8)] = random.choice([0xE8, 0xE9])
            code[at + 5] = random.choice([0, 0xFF])
            code[at + 9] = random.choice([0xE8, 0, 0xFF])
        if kind == 'powerpc':
            code[at], code[at + 3] = 0x48 | random.getrandbits(2), code[at + 3] & 0xFC | 1
        if kind == 'arm':
            code[at + 3] = 0xEB
        if kind == 'armthumb':
            code[at + 1], code[at + 3] = 0xF0 | random.getrandbits(3), 0xF8 | random.getrandbits(3)
        if kind == 'sparc':
            code[at : at + 2] = random.choice([[0x40, code[at + 1] & 0x3F], [0x7F, code[at + 1] | 0xC0]])
        if kind == 'arm64':
            code[at + 3] = 0x94 | random.getrandbits(2)
            word = 0x90000000 | random.getrandbits(5) | random.getrandbits(2) << 29 | (random.choice([0, -1]) & 0xFC0000 | random.getrandbits(18) << 5) & 0xFFFFE0
            code[at + 4 : at + 8] = struct.pack('<I', word & 0xFFFFFFFF)
        if kind == 'ia64':
            bundle = int.from_bytes(code[at : at + 16], 'little') & ~0x1F | random.randrange(16, 32)
            for slot in range(3):
                first = 5 + 41 * slot
                bundle = bundle & ~((0xF << 37 | 7 << 9) << first) | 5 << (37 + first)
            code[at : at + 16] = (bundle & (1 << 128) - 1).to_bytes(16, 'little')
    return bytes(code)


def randomised_bzip2(data):
    """A stream of one randomised block, as no encoder since 0.9.5 makes it: naive, with one Huffman code for all."""
    library = next(iter(glob.glob('/usr/lib/*/libbz2.so.*') + glob.glob('/lib/*/libbz2.so.*')))
    raw = open(library, 'rb').read()
    distances = struct.unpack_from('<512i', raw, raw.index(struct.pack('<3i', 619, 720, 127)))
    flipped, to_go, place = bytearray(data), 0, 0
    for i in range(len(data)):
        if to_go == 0:
            to_go, place = distances[place], (place + 1) % 512
        to_go -= 1
        flipped[i] ^= to_go == 1
    n = len(flipped)
    order = sorted(range(n), key=lambda i: flipped[i:] + flipped[:i])
    last = bytes(flipped[i - 1] for i in order)
    used = sorted(set(last))
    front, symbols, run = list(used), [], 0
    for byte in last + b'':
        where = front.index(byte)
        if where == 0:
            run += 1
            continue
        while run > 0:
            symbols.append(1 - run % 2)
            run = (run - 1) // 2 if run % 2 else (run - 2) // 2
        symbols.append(where + 1)
        front.insert(0, front.pop(where))
    while run > 0:
        symbols.append(1 - run % 2)
        run = (run - 1) // 2 if run % 2 else (run - 2) // 2
    symbols.append(len(used) + 1)
    count = len(used) + 2
    width = (count - 1).bit_length()
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc >> 31 else 0)) & 0xFFFFFFFF
    crc ^= 0xFFFFFFFF
    bits = f'{0x314159265359:048b}{crc:032b}1{order.index(0):024b}'
    bits += ''.join('1' if any(b >> 4 == h for b in used) else '0' for h in range(16))
    for h in range(16):
        if any(b >> 4 == h for b in used):
            bits += ''.join('1' if h * 16 + l in used else '0' for l in range(16))
    groups = -(-len(symbols) // 50)
    bits += f'{2:03b}{groups:015b}' + '0' * groups
    bits += 2 * (f'{width:05b}' + '0' * count)
    bits += ''.join(f'{s:0{width}b}' for s in symbols)
    bits += f'{0x177245385090:048b}{crc:032b}'
    bits += '0' * (-len(bits) % 8)
    stream = b'BZh1' + int(bits, 2).to_bytes(len(bits) // 8, 'big')
    assert bz2.decompress(stream) == data
    return stream


def run(*command, data):
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def deflate(data, level=9):
    coder = zlib.compressobj(level, zlib.DEFLATED, -15)
    return coder.compress(data) + coder.flush()


def gzip_fields(data):
    head = b'\x1f\x8b\x08\x1e' + struct.pack('<IBB', 0, 0, 255) + struct.pack('<H', 5) + b'extra' + b'name\0' + b'comment\0'
    head += struct.pack('<H', zlib.crc32(head) & 0xFFFF)
    return head + deflate(data) + struct.pack('<II', zlib.crc32(data), len(data))


def xz(data, check=lzma.CHECK_CRC64, filters=None):
    return lzma.compress(data, format=lzma.FORMAT_XZ, check=check, filters=filters)


def alone_known_size(data):
    stream = run('xz', '--format=lzma', '-9', '-c', data=data)
    return stream[:5] + struct.pack('<Q', len(data)) + stream[13:]


def zfile(data, extra=b''):
    return b'ZF' + hex(len(data)).encode().ljust(19) + extra + zlib.compress(data)


def seven_zip(filters, files, **options):
    with tempfile.NamedTemporaryFile(suffix='.7z') as file:
        with py7zr.SevenZipFile(file.name, 'w', filters=filters, **options) as archive:
            for name, data in files.items():
                archive.writestr(data, name)
        return open(file.name, 'rb').read()


def seven_zip_two_folders():
    with tempfile.NamedTemporaryFile(suffix='.7z') as file:
        with py7zr.SevenZipFile(file.name, 'w', filters=[{'id': py7zr.FILTER_COPY}]) as archive:
            archive.writestr(HELLO, 'first.pkl')
        with py7zr.SevenZipFile(file.name, 'a') as archive:
            archive.writestr(MIXED, 'second.pkl')
        return open(file.name, 'rb').read()


def seven_zip_paths():
    """py7zr refuses such names: they are written over harmless ones, and the CRCs made right again."""
    with tempfile.NamedTemporaryFile(suffix='.7z') as file:
        with py7zr.SevenZipFile(file.name, 'w', filters=[{'id': py7zr.FILTER_COPY}]) as archive:
            archive.set_encoded_header_mode(False)
            for name in ('a/xx/xx/b.pkl', 'same.pkl', 'SAME.pkl', 'soon.pkl'):
                archive.writestr(HELLO, name)
        raw = open(file.name, 'rb').read()
    for before, after in (('a/xx/xx/b.pkl', 'a/../../b.pkl'), ('soon.pkl', 'same.pkl')):
        raw = raw.replace(before.encode('utf-16le'), after.encode('utf-16le'))
    offset, size = struct.unpack_from('<QQ', raw, 12)
    start = raw[12:28] + struct.pack('<I', zlib.crc32(raw[32 + offset : 32 + offset + size]))
    return raw[:8] + struct.pack('<I', zlib.crc32(start)) + start + raw[32:]


LZMA2 = {'id': lzma.FILTER_LZMA2, 'preset': 9}
FILES = {'a.txt': HELLO, 'models/b.pkl': MIXED, 'empty': b'', 'c.bin': machine_code('x86')}
P = py7zr
SEVEN_ZIP_FILTERS = {
    'Copy': [{'id': P.FILTER_COPY}],
    'Lzma': [{'id': P.FILTER_LZMA, 'preset': 6}],
    'Lzma2': [{'id': P.FILTER_LZMA2, 'preset': 6}],
    'Deflate': [{'id': P.FILTER_DEFLATE}],
    'Bzip2': [{'id': P.FILTER_BZIP2}],
    'Zstd': [{'id': P.FILTER_ZSTD, 'level': 3}],
    'Delta': [{'id': P.FILTER_DELTA, 'dist': 4}, {'id': P.FILTER_LZMA2, 'preset': 6}],
    'Bcj': [{'id': P.FILTER_X86}, {'id': P.FILTER_LZMA2, 'preset': 6}],
    'Arm': [{'id': P.FILTER_ARM}, {'id': P.FILTER_LZMA, 'preset': 6}],
    'Ppmd': [{'id': P.FILTER_PPMD, 'order': 6, 'mem': 24}],
    'Brotli': [{'id': P.FILTER_BROTLI, 'level': 5}],
}
BRANCHES = dict(x86=lzma.FILTER_X86, powerpc=lzma.FILTER_POWERPC, ia64=lzma.FILTER_IA64, arm=lzma.FILTER_ARM, armthumb=lzma.FILTER_ARMTHUMB, sparc=lzma.FILTER_SPARC)

vectors = []


def add(name, data, packed):
    vectors.append((name, data, packed))


for label, data in (('Empty', b''), ('Hello', HELLO), ('Mixed', MIXED), ('Long', LONG)):
    add(f'deflate{label}', data, deflate(data))
    add(f'zlib{label}', data, zlib.compress(data))
    add(f'gzip{label}', data, gzip.compress(data, mtime=0))
    add(f'bzip2{label}', data, bz2.compress(data, 1))
    add(f'lzmaAlone{label}', data, lzma.compress(data, format=lzma.FORMAT_ALONE))
    add(f'xz{label}', data, xz(data))
    add(f'lz4{label}', data, lz4.frame.compress(data, block_size=lz4.frame.BLOCKSIZE_MAX64KB, block_linked=True, content_checksum=True, block_checksum=True))
    add(f'zstd{label}', data, zstandard.ZstdCompressor(level=9, write_checksum=True).compress(data))
add('gzipFields', HELLO, gzip_fields(HELLO))
add('zlibDictionary', HELLO, (lambda c: c.compress(HELLO) + c.flush())(zlib.compressobj(zdict=b'sentinel')))
RANDOMISED = re.sub(rb'(.)\1\1+', rb'\1', text(2500))  # the naive encoder knows no run lengths
add('bzip2Randomised', RANDOMISED, randomised_bzip2(RANDOMISED))
add('bzip2Runs', (RUNS := b'a' * 1000 + b'aaaabaaaa' + b'\0' * 300 + b'ab' * 40), bz2.compress(RUNS))
add('lzmaAloneKnown', MIXED, alone_known_size(MIXED))
add('lzmaAloneLclp', MIXED, lzma.compress(MIXED, format=lzma.FORMAT_ALONE, filters=[{'id': lzma.FILTER_LZMA1, 'lc': 0, 'lp': 2, 'pb': 0, 'dict_size': 4096}]))
add('xzNone', MIXED, xz(MIXED, lzma.CHECK_NONE))
add('xzCrc32', MIXED, xz(MIXED, lzma.CHECK_CRC32))
add('xzSha256', MIXED, xz(MIXED, lzma.CHECK_SHA256))
add('xzRandom', (RANDOM := random.randbytes(3000)), xz(RANDOM))
add('xzBlocks', MIXED, run('xz', '--block-size=1000', '-T1', '-c', data=MIXED))
add('xzSizes', MIXED, run('xz', '--block-size=1500', '-T2', '-c', data=MIXED))
add('xzDelta', MIXED, xz(MIXED, filters=[{'id': lzma.FILTER_DELTA, 'dist': 3}, LZMA2]))
add('xzX86Start', FILES['c.bin'], xz(FILES['c.bin'], filters=[{'id': lzma.FILTER_DELTA, 'dist': 256}, {'id': lzma.FILTER_X86, 'start_offset': 4096}, LZMA2]))
for branch, number in BRANCHES.items():
    add(f'xz_{branch}', (CODE_OF := machine_code(branch)), xz(CODE_OF, filters=[{'id': number}, LZMA2]))
add('xz_arm64', (CODE_OF := machine_code('arm64')), run('xz', '--arm64', '--lzma2', '-c', data=CODE_OF))
add('lz4Independent', LONG, lz4.frame.compress(LONG, block_size=lz4.frame.BLOCKSIZE_MAX64KB, block_linked=False, store_size=True))
add('lz4Stored', RANDOM, lz4.frame.compress(RANDOM))
add('lz4Legacy', MIXED, run('lz4', '-l', '-c', data=MIXED))
for level in (1, 3, 19):
    add(f'zstdLevel{level}', LONG, zstandard.ZstdCompressor(level=level).compress(LONG))
add('zstdStream', MIXED, (lambda c: c.compress(MIXED[:1000]) + c.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK) + c.compress(MIXED[1000:]) + c.flush())(zstandard.ZstdCompressor(level=12).compressobj()))
add('zstdRandom', RANDOM, zstandard.ZstdCompressor().compress(RANDOM))
add('zstdRun', b'\0' * 300_000, zstandard.ZstdCompressor().compress(b'\0' * 300_000))
add('zstdDictionary', HELLO, zstandard.ZstdCompressor(dict_data=zstandard.train_dictionary(1024, [text(200) for _ in range(200)])).compress(HELLO))
add('zfileHello', HELLO, zfile(HELLO))
add('zfileSpace', HELLO, zfile(HELLO, b' '))
for label, filters in SEVEN_ZIP_FILTERS.items():
    add(f'sevenZip{label}', b'', seven_zip(filters, FILES))
add('sevenZipFolders', b'', seven_zip_two_folders())
add('sevenZipEncrypted', b'', seven_zip(None, {'a.txt': HELLO}, password='x'))
add('sevenZipHidden', b'', seven_zip(None, {'a.txt': HELLO}, password='x', header_encryption=True))
add('sevenZipPaths', b'', seven_zip_paths())

print('/** Written by codec-vectors.py. By name: compressed bytes in base64, size and SHA-256 (16 digits) of what they hold. */')
print('export const VECTORS = {')
for name, data, packed in vectors:
    print(f"  {name}: ['{base64.b64encode(packed).decode()}', {len(data)}, '{hashlib.sha256(data).hexdigest()[:16]}'],")
print('} as const satisfies Record<string, readonly [string, number, string]>;')
print('\n/** The files in the 7z archives: size and SHA-256 (16 digits). */')
print('export const SEVEN_ZIP_FILES = {')
for name, data in FILES.items():
    print(f"  '{name}': [{len(data)}, '{hashlib.sha256(data).hexdigest()[:16]}'],")
print('} as const;')
