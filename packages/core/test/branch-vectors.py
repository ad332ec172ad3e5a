"""Writes branch-vectors.ts: what liblzma's branch filters make of bytes in which the opcodes of branches are frequent.

Run with Python 3.11 and the program xz 5.4:
    python branch-vectors.py > branch-vectors.ts
"""
import base64, random, struct, subprocess

random.seed(5)
LENGTH = 400


def dense(kind):
    if kind == 'x86':
        # Opcodes within the operands of others, near and far ones.
        choices = [0xE8, 0xE9, 0, 0xFF, 0xE8, 0xFF, 0, 1, 0x7F]
        return bytes(random.choice(choices) if random.random() < 0.9 else random.getrandbits(8) for _ in range(2 * LENGTH))
    code = bytearray(random.randbytes(LENGTH))
    for at in range(0, LENGTH - 16, 4):
        if random.random() < 0.3:
            continue
        if kind == 'powerPc':
            code[at], code[at + 3] = 0x48 | random.getrandbits(2), code[at + 3] & 0xFC | 1
        if kind == 'arm':
            code[at + 3] = 0xEB
        if kind == 'armThumb':
            code[at + 1], code[at + 3] = 0xF0 | random.getrandbits(3), 0xF8 | random.getrandbits(3)
        if kind == 'sparc':
            code[at : at + 2] = random.choice([[0x40, random.getrandbits(6)], [0x7F, 0xC0 | random.getrandbits(6)]])
        if kind == 'arm64':
            page = random.choice([0, 0x1C0000]) | random.getrandbits(18)
            adrp = 0x90000000 | random.getrandbits(5) | (page & 3) << 29 | (page >> 2) << 5
            call = 0x94000000 | random.getrandbits(26)
            code[at : at + 4] = struct.pack('<I', random.choice([adrp, adrp, call]))
        if kind == 'ia64' and at % 16 == 0:
            bundle = random.getrandbits(128) & ~0x1F | random.randrange(32)
            for slot in range(3):
                first = 5 + 41 * slot
                if random.random() < 0.8:
                    bundle = bundle & ~((0xF << 37 | 7 << 9) << first) | 5 << (37 + first)
            code[at : at + 16] = (bundle & (1 << 128) - 1).to_bytes(16, 'little')
    return bytes(code)


def decoded(kind, start, code):
    """The filter decodes what stored chunks of LZMA2 hold."""
    chunks = b'\x01' + struct.pack('>H', len(code) - 1) + code + b'\x00'
    option = f'--{kind.lower()}=start={start}'
    done = subprocess.run(
        ['xz', '--format=raw', '--decompress', '--stdout', option, '--lzma2=dict=4KiB'],
        input=chunks,
        capture_output=True,
        check=True,
    )
    return done.stdout


def main():
    print("/** What liblzma's branch filters make of bytes; written by branch-vectors.py. */")
    print('export const BRANCH_VECTORS = [')
    for kind in ['x86', 'powerPc', 'ia64', 'arm', 'armThumb', 'sparc', 'arm64']:
        for start in [0, 0x12345670, 0xFFFFFF00]:
            code = dense(kind)
            out = decoded(kind, start, code)
            print('  {')
            print(f"    branch: '{kind}',")
            print(f'    start: {start},')
            print(f"    code: '{base64.b64encode(code).decode()}',")
            print(f"    decoded: '{base64.b64encode(out).decode()}',")
            print('  },')
    print('] as const;')


main()
