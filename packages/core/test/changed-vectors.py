"""Writes changed-vectors.ts: compressed bytes that were changed, and what the reference libraries make of them.

Run with Python 3.11 and the packages lz4 and zstandard:
    python changed-vectors.py > changed-vectors.ts
"""
import base64, hashlib, lzma, random, zlib
import lz4.frame, zstandard

random.seed(11)
WORDS = [bytes(random.choices(range(97, 123), k=random.randrange(2, 9))) for _ in range(40)]
COUNT = 200


def text(length):
    out = bytearray()
    while len(out) < length:
        out += random.choice(WORDS) + b' ' if random.random() < 0.95 else random.randbytes(3)
    return bytes(out[:length])


def low(length):
    """Symbols of small values, whose Huffman weights need no table of their own."""
    return bytes(random.choices(range(12), weights=[30, 20, 15, 10, 8, 6, 4, 3, 2, 1, 1, 1], k=length))


def zstd(data, level):
    parameters = zstandard.ZstdCompressionParameters.from_level(
        level, write_checksum=0, write_content_size=0, write_dict_id=0, window_log=17
    )
    compressor = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    # As a stream, whose header has a window and nothing else.
    return compressor.compress(data) + compressor.flush()


def unzstd(data):
    decoder = zstandard.ZstdDecompressor().decompressobj()
    out = decoder.decompress(data)
    return out if decoder.eof else None


LZMA1 = [{'id': lzma.FILTER_LZMA1, 'dict_size': 4096, 'lc': 3, 'lp': 0, 'pb': 2}]
LZMA2 = [{'id': lzma.FILTER_LZMA2, 'dict_size': 4096, 'lc': 1, 'lp': 2, 'pb': 1}]


def unlzma(kind, filters=None):
    """Byte by byte, so that what comes before a fault is known."""

    def decode(data):
        decoder = lzma.LZMADecompressor(kind, filters=filters)
        out = bytearray()
        try:
            while not decoder.eof:
                piece = decoder.decompress(data, max_length=1)
                data = b''
                if not piece and not decoder.eof:
                    break
                out += piece
        except lzma.LZMAError:
            pass
        return bytes(out) if decoder.eof else Refused(out)

    return decode


class Refused(bytes):
    """What was decoded before a fault."""


def inflate(data):
    decoder = zlib.decompressobj(-15)
    out = bytearray()
    try:
        while not decoder.eof:
            piece = decoder.decompress(data, 1)
            data = decoder.unconsumed_tail
            if not piece and not data and not decoder.eof:
                break
            out += piece
    except zlib.error:
        pass
    return bytes(out) if decoder.eof else Refused(out)


def unlz4(data):
    decoder = lz4.frame.LZ4FrameDecompressor()
    out = decoder.decompress(data)
    return out if decoder.eof else None


def deflate(data):
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    return compressor.compress(data) + compressor.flush()


#: name: bytes, where changes may begin, decoder
CASES = {
    # Fewer than 256 literals are one stream.
    'zstd text': (zstd(text(240), 19), 6, unzstd),
    'zstd low': (zstd(low(220), 3), 6, unzstd),
    'zstd long': (zstd(text(700) * 3 + low(3000), 7), 6, unzstd),
    'lzma alone': (lzma.compress(text(600), lzma.FORMAT_ALONE, filters=LZMA1), 13, unlzma(lzma.FORMAT_ALONE)),
    'lzma2': (lzma.compress(text(300) + low(300), lzma.FORMAT_RAW, filters=LZMA2), 0, unlzma(lzma.FORMAT_RAW, LZMA2)),
    'deflate': (deflate(text(600)), 0, inflate),
    'lz4': (
        lz4.frame.compress(text(600) * 2, content_checksum=False, block_checksum=False, store_size=False),
        7,
        unlz4,
    ),
}


def changed(data, start):
    """One to three bytes, most of them near the beginning, where the tables are."""
    out = bytearray(data)
    changes = []
    for _ in range(random.choice([1, 1, 2, 3])):
        at = start + min(int(random.expovariate(3 / (len(data) - start))), len(data) - start - 1)
        value = random.randrange(256)
        out[at] = value
        changes.append((at, value))
    if random.random() < 0.1:
        cut = random.randrange(start, len(data))
        return bytes(out[:cut]), changes, cut
    return bytes(out), changes, len(data)


def main():
    print('/** What the reference libraries make of changed bytes; written by changed-vectors.py. */')
    print('export interface ChangedVector {')
    print('  /** The bytes as they were, in base64. */')
    print('  readonly bytes: string;')
    print('  /**')
    print('   * By change: `AT=VALUE ...:LENGTH>DIGEST`, in hexadecimal digits; no digest where they are refused, or')
    print('   * `!LENGTH.DIGEST` of what comes before the fault.')
    print('   */')
    print('  readonly changes: string;')
    print('}')
    print()
    print('// oxfmt-ignore: a table')
    print('export const CHANGED: Readonly<Record<string, ChangedVector>> = {')
    for name, (data, start, decode) in CASES.items():
        assert decode(data) is not None
        rows = []
        while len(rows) < COUNT:
            bad, changes, length = changed(data, start)
            try:
                out = decode(bad)
            except Exception:
                out = None
            digest = '' if out is None else hashlib.sha256(out).hexdigest()[:6]
            if isinstance(out, Refused):
                digest = f'!{len(out):x}.{digest}'
            rows.append(' '.join(f'{at:x}={value:x}' for at, value in changes) + f':{length:x}>{digest}')
        print(f"  '{name}': {{")
        print(f"    bytes: '{base64.b64encode(data).decode()}',")
        print(f"    changes: '{','.join(rows)}',")
        print('  },')
    print('};')


main()
