import { branchFilter, type BranchDecoder, type Filter } from './filters.js';

/*
 * Encoders have replaced the relative targets of branches by absolute ones, which compress better; the decoders here
 * bring the relative ones back (xz file format 1.2, section 5.3.2). All arithmetic is modulo 2^32.
 */

/** Where an x86 operand's top byte must lie for the encoder to have touched it: the targets are near. */
function isNear(byte: number): boolean {
  return byte === 0 || byte === 0xff;
}

/**
 * x86: CALL and JMP (e8, e9) with four bytes of operand. As operands may themselves hold e8 and e9, the encoder skips
 * opcodes by a mask of which of the last bytes were opcodes: bit 1 to 3 for the bytes 1 to 3 before, bit 4 where
 * the skipped operand looked near.
 */
function x86(): BranchDecoder {
  const allowed = [true, true, true, false, true, false, false, false];
  const lowestByte = [0, 1, 2, 2, 3, 3, 3, 3];
  let mask = 0;
  let lastOpcode = -5;
  return (bytes, position) => {
    // The distance to the last opcode matters only up to 5; both numbers wrap at 2^32.
    if ((position - lastOpcode) >>> 0 > 5) lastOpcode = (position - 5) | 0;
    let at = 0;
    while (at + 5 <= bytes.length) {
      const opcode = bytes[at]!;
      if (opcode !== 0xe8 && opcode !== 0xe9) {
        at += 1;
        continue;
      }
      const distance = (position + at - lastOpcode) >>> 0;
      lastOpcode = (position + at) | 0;
      if (distance > 5) mask = 0;
      else for (let i = 0; i < distance; i += 1) mask = (mask & 0x77) << 1;
      const top = bytes[at + 4]!;
      if (!isNear(top) || mask >>> 1 >= 0x10 || !allowed[(mask >>> 1) & 7]) {
        mask |= isNear(top) ? 0x11 : 1;
        at += 1;
        continue;
      }
      let operand = bytes[at + 1]! | (bytes[at + 2]! << 8) | (bytes[at + 3]! << 16) | (top << 24);
      let target = (operand - (position + at + 5)) | 0;
      while (mask !== 0) {
        const bits = lowestByte[mask >>> 1]! * 8;
        if (!isNear((target >>> (24 - bits)) & 0xff)) break;
        operand = target ^ (2 ** (32 - bits) - 1);
        target = (operand - (position + at + 5)) | 0;
      }
      bytes[at + 1] = target;
      bytes[at + 2] = target >>> 8;
      bytes[at + 3] = target >>> 16;
      bytes[at + 4] = (target >>> 24) & 1 ? 0xff : 0;
      at += 5;
      mask = 0;
    }
    return at;
  };
}

/** Runs `rewrite` on every whole instruction of four bytes. */
function everyFour(rewrite: (bytes: Uint8Array, at: number, position: number) => void): BranchDecoder {
  return (bytes, position) => {
    let at = 0;
    for (; at + 4 <= bytes.length; at += 4) rewrite(bytes, at, (position + at) | 0);
    return at;
  };
}

/** PowerPC, big-endian: `bl` with an absolute bit of 0. */
const powerPc = everyFour((bytes, at, position) => {
  if (bytes[at]! >>> 2 !== 0x12 || (bytes[at + 3]! & 3) !== 1) return;
  const source = ((bytes[at]! & 3) << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | (bytes[at + 3]! & 0xfc);
  const target = source - position;
  bytes[at] = 0x48 | ((target >>> 24) & 3);
  bytes[at + 1] = target >>> 16;
  bytes[at + 2] = target >>> 8;
  bytes[at + 3] = (target & 0xfc) | 1;
});

/** ARM: `bl` with 24 bits of words, counted from two instructions on. */
const arm = everyFour((bytes, at, position) => {
  if (bytes[at + 3] !== 0xeb) return;
  const source = (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)) << 2;
  const target = (source - (position + 8)) >>> 2;
  bytes[at] = target;
  bytes[at + 1] = target >>> 8;
  bytes[at + 2] = target >>> 16;
});

/** ARM Thumb: a pair of halves f000 f800 with 11 bits each. */
const armThumb: BranchDecoder = (bytes, position) => {
  let at = 0;
  for (; at + 4 <= bytes.length; at += 2) {
    if ((bytes[at + 1]! & 0xf8) !== 0xf0 || (bytes[at + 3]! & 0xf8) !== 0xf8) continue;
    const high = ((bytes[at + 1]! & 7) << 8) | bytes[at]!;
    const low = ((bytes[at + 3]! & 7) << 8) | bytes[at + 2]!;
    const target = (((high << 12) | (low << 1)) - (position + at + 4)) >>> 1;
    bytes[at] = target >>> 11;
    bytes[at + 1] = 0xf0 | ((target >>> 19) & 7);
    bytes[at + 2] = target;
    bytes[at + 3] = 0xf8 | ((target >>> 8) & 7);
    at += 2;
  }
  return at;
};

/** SPARC, big-endian: `call` whose 30 bits of words are within 22 bits and a sign. */
const sparc = everyFour((bytes, at, position) => {
  const sign = bytes[at + 1]! & 0xc0;
  if (!(bytes[at] === 0x40 && sign === 0) && !(bytes[at] === 0x7f && sign === 0xc0)) return;
  const source = ((bytes[at] ?? 0) << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  const words = ((source << 2) - position) >>> 2;
  const target = 0x4000_0000 | ((words & 0x40_0000 ? 0x3fc0_0000 : 0) | (words & 0x3f_ffff));
  bytes[at] = target >>> 24;
  bytes[at + 1] = target >>> 16;
  bytes[at + 2] = target >>> 8;
  bytes[at + 3] = target;
});

/** ARM64: `bl` with 26 bits of words, and `adrp` with pages within 512 MiB. */
const arm64 = everyFour((bytes, at, position) => {
  const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  let result = word;
  if (word >>> 26 === 0x25) {
    result = 0x9400_0000 | ((word - (position >>> 2)) & 0x3ff_ffff);
  } else if ((word & 0x9f00_0000) >>> 0 === 0x9000_0000) {
    const source = ((word >>> 29) & 3) | ((word >>> 3) & 0x1f_fffc);
    if ((source + 0x2_0000) & 0x1c_0000) return;
    const target = source - (position >>> 12);
    result =
      (word & 0x9000_001f) | ((target & 3) << 29) | ((target & 0x3_fffc) << 3) | (-(target & 0x2_0000) & 0xe0_0000);
  }
  bytes[at] = result;
  bytes[at + 1] = result >>> 8;
  bytes[at + 2] = result >>> 16;
  bytes[at + 3] = result >>> 24;
});

/** By the template in the first five bits of a bundle, from 16 on: which of its three slots hold branches. */
const IA64_BRANCH_SLOTS = [4, 4, 6, 6, 0, 0, 7, 7, 4, 4, 0, 0, 4, 4, 0, 0];

/** Itanium: bundles of 16 bytes with three slots of 41 bits. */
const ia64: BranchDecoder = (bytes, position) => {
  let at = 0;
  for (; at + 16 <= bytes.length; at += 16) {
    const slots = IA64_BRANCH_SLOTS[(bytes[at]! & 0x1f) - 16] ?? 0;
    for (let slot = 0; slot < 3; slot += 1) {
      if ((slots >>> slot) & 1) rewriteIa64Slot(bytes, at, slot, position);
    }
  }
  return at;
};

function rewriteIa64Slot(bytes: Uint8Array, bundle: number, slot: number, position: number): void {
  const firstBit = 5 + slot * 41;
  const at = bundle + (firstBit >>> 3);
  const shift = BigInt(firstBit & 7);
  let raw = 0n;
  for (let i = 5; i >= 0; i -= 1) raw = (raw << 8n) | BigInt(bytes[at + i]!);
  const instruction = raw >> shift;
  // Opcode 5, branch type 0: a call relative to the instruction pointer.
  if (((instruction >> 37n) & 15n) !== 5n || ((instruction >> 9n) & 7n) !== 0n) return;
  const source = Number((instruction >> 13n) & 0xfffffn) | (Number((instruction >> 36n) & 1n) << 20);
  const target = BigInt(((source << 4) - (position + bundle)) >>> 4);
  const cleared = instruction & ~(0x8fffffn << 13n);
  const rewritten = cleared | ((target & 0xfffffn) << 13n) | ((target & 0x100000n) << 16n);
  const result = (raw & ((1n << shift) - 1n)) | (rewritten << shift);
  for (let i = 0; i < 6; i += 1) bytes[at + i] = Number((result >> BigInt(8 * i)) & 0xffn);
}

const DECODERS = {
  x86,
  powerPc: () => powerPc,
  ia64: () => ia64,
  arm: () => arm,
  armThumb: () => armThumb,
  sparc: () => sparc,
  arm64: () => arm64,
};

export type Branch = keyof typeof DECODERS;

/** Undoes a branch filter for one processor; `start` is the address that the encoder gave to the first byte. */
export function branchDecoder(branch: Branch, start = 0): Filter {
  return branchFilter(DECODERS[branch](), start);
}
