import { latin1 } from '../../bytes/read.js';

/** Extension of a name, lower case, and what runs such a file. Text: nothing in its bytes says so. */
const BY_NAME: ReadonlyMap<string, string> = new Map([
  ['sh', 'shell script'],
  ['bash', 'shell script'],
  ['zsh', 'shell script'],
  ['bat', 'batch script of Windows'],
  ['cmd', 'batch script of Windows'],
  ['ps1', 'PowerShell script'],
  ['psm1', 'PowerShell script'],
  ['vbs', 'script of Windows'],
  ['vbe', 'script of Windows'],
  ['wsf', 'script of Windows'],
  ['hta', 'HTML application of Windows'],
  ['jse', 'script of Windows'],
  ['com', 'program of DOS'],
]);

const ascii = (bytes: Uint8Array, start: number, text: string): boolean => {
  for (let i = 0; i < text.length; i += 1) if (bytes[start + i] !== text.charCodeAt(i)) return false;
  return true;
};

/** Magic numbers of Mach-O, 32 and 64 bit, both orders. The one of fat binaries is that of Java's classes, too. */
const MACH_O = [
  [0xfe, 0xed, 0xfa, 0xce],
  [0xfe, 0xed, 0xfa, 0xcf],
  [0xce, 0xfa, 0xed, 0xfe],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe],
];

/** The header of a shell link: its size and the class ID. */
const LINK = [0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0];

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}

/** Interpreters in a `#!` line whose scripts are analysed as Python. */
const PYTHON = /^#![^\n]*\bpython[\d.]*\b/;

/**
 * What program a file is by its first bytes, or by a name whose files are text; null where it is none. `isJar`: the archive
 * holds a manifest of Java.
 */
export function programOf(head: Uint8Array, name: string): string | null {
  if (startsWith(head, [0x7f, 0x45, 0x4c, 0x46])) return 'ELF program or library';
  // Actually portable executables, as llamafile has them, are for several systems at once.
  if (ascii(head, 0, 'MZqFpD') || ascii(head, 0, 'jartsr'))
    return 'portable executable for several systems (llamafile)';
  if (ascii(head, 0, 'MZ')) return 'Windows program or library';
  if (MACH_O.some((mark) => startsWith(head, mark))) return 'Mach-O program or library';
  if (startsWith(head, LINK)) return 'Windows shortcut';
  if (ascii(head, 0, '#!')) {
    const line = latin1(head.subarray(0, 128));
    return PYTHON.test(line) ? null : 'script with an interpreter line';
  }
  const extension = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (extension === 'jar' && ascii(head, 0, 'PK')) return 'Java program';
  if (extension === 'msi' && startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) return 'Windows installer';
  const script = BY_NAME.get(extension);
  return script !== undefined && head.length > 0 && !head.subarray(0, 64).includes(0) ? script : null;
}
