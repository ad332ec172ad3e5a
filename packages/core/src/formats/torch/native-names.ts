import { bytecodeNames } from '../torchscript/bytecode.js';
import { scriptCode, type NativeName } from '../torchscript/code.js';
import { executorchNames } from '../torchscript/executorch.js';
import { exportedNames } from '../torchscript/exported-program.js';
import { identityOfBytes } from '../../bytes/identity.js';
import { latin1 } from '../../bytes/read.js';
import { isBuiltinOperator } from '../../catalogue/lookup.js';
import type { Member } from '../members/container.js';
import type { TorchNativeFact } from '../../model/fact.js';
import type { Identity } from '../../model/identity.js';
import { noticeOf, type Found, type Look } from '../members/look.js';
import { MAX_NATIVE_BYTES, MAX_NATIVE_NAMES } from '../../model/limits.js';

/** What a model asks of native code: operators and classes by name, libraries that lie beside it or are to be loaded. */

const LIBRARY_NAME = /\.(?:so(?:\.\d+)*|dylib|dll|pyd|o|obj|a|node|wasm|cubin|hsaco|metallib)$/i;
/** ELF, Mach-O (both orders, both sizes, fat), WebAssembly. PE is known by its name and by `MZ`. */
const LIBRARY_MAGIC = [
  '\x7fELF',
  '\xfe\xed\xfa\xce',
  '\xfe\xed\xfa\xcf',
  '\xce\xfa\xed\xfe',
  '\xcf\xfa\xed\xfe',
  '\0asm',
];
const LOAD_HINT = /load_library|cpp_extension|ctypes\s*\.\s*(?:CDLL|cdll)|dlopen|LoadLibrary[AEW]/;

export type NativeFormat = 'code' | 'bytecode' | 'exported-program' | 'executorch' | 'other';

/** What kind of member it is, by its name in the archive's folder. */
export function nativeFormat(record: string): NativeFormat {
  if (/^code\/.*\.py$/i.test(record)) return 'code';
  if (/^bytecode\.pkl$/i.test(record)) return 'bytecode';
  if (/^(?:models\/.*|serialized_exported_program|data\/aotinductor\/.*)\.json$/i.test(record))
    return 'exported-program';
  return 'other';
}

/** Operators, classes and hints of one member. A fault of its bytes is a notice. */
export async function* nativeNames(member: Member, format: NativeFormat, look: Look): AsyncGenerator<Found> {
  const library = await libraryOf(member);
  if (library !== null) {
    look.budget.ledger.claim(member.source, 0, member.source.size, 'not-analysed');
    yield nativeFact(member, {
      what: 'library',
      name: member.name,
      namespace: '',
      offset: 0,
      line: null,
      detail: library,
      identity: await identityOfBytes(member.source, 0, member.source.size, look.budget),
    });
    return;
  }
  look.budget.checkTime();
  const bytes = (await member.source.read(0, MAX_NATIVE_BYTES + 1)).slice();
  if (bytes.length > MAX_NATIVE_BYTES) {
    const reason = `more than ${MAX_NATIVE_BYTES} bytes, which were not searched for operators`;
    yield noticeOf(member.path, null, 'limit', reason);
    return;
  }
  let digest: string | null = null;
  // The names say what is called, and the member with what.
  const identity = (): Identity => ({ of: 'bytes', digest: (digest ??= look.budget.platform.sha256(bytes)) });
  const hint = LOAD_HINT.exec(latin1(bytes));
  if (hint !== null) {
    const common = { offset: hint.index, line: null, detail: '' };
    yield nativeFact(member, { what: 'load-hint', name: hint[0], namespace: '', ...common, identity: identity() });
  }
  if (format === 'other') return;
  look.budget.ledger.claim(member.source, 0, bytes.length, 'parsed');
  const names = yield* namesOf(member, bytes, format);
  const counted = new Map<string, { name: NativeName; count: number }>();
  for (const name of names) {
    const key = `${name.what} ${name.name}`;
    const known = counted.get(key);
    if (known === undefined) counted.set(key, { name, count: 1 });
    else known.count += 1;
  }
  if (counted.size > MAX_NATIVE_NAMES) {
    const reason = `more than ${MAX_NATIVE_NAMES} operators and classes`;
    yield noticeOf(member.path, null, 'limit', reason);
  }
  for (const { name, count } of [...counted.values()].slice(0, MAX_NATIVE_NAMES)) {
    // Nearly all there are.
    if (name.what === 'operator' && isBuiltinOperator(name.namespace, name.name.slice(name.namespace.length + 2)))
      continue;
    yield nativeFact(member, { ...name, detail: name.text ?? '', identity: identity() }, count);
  }
}

async function* namesOf(
  member: Member,
  bytes: Uint8Array,
  format: Exclude<NativeFormat, 'other'>,
): AsyncGenerator<Found, readonly NativeName[]> {
  if (format === 'bytecode') return bytecodeNames(bytes);
  if (format === 'exported-program') return exportedNames(bytes);
  if (format === 'executorch') return executorchNames(bytes);
  const { names, problem } = scriptCode(bytes);
  if (problem !== null)
    yield noticeOf(
      member.path,
      problem.offset,
      'corrupt',
      `not all of this TorchScript source could be read: ${problem.message}`,
    );
  return names;
}

async function libraryOf(member: Member): Promise<string | null> {
  const head = latin1((await member.source.read(0, 4)).slice());
  if (LIBRARY_MAGIC.some((magic) => head.startsWith(magic))) return 'its first bytes are those of native code';
  if (LIBRARY_NAME.test(member.name)) return 'its name is that of native code';
  return null;
}

function nativeFact(
  { path }: Member,
  {
    what,
    name,
    namespace,
    offset,
    line,
    detail,
    identity,
  }: Pick<TorchNativeFact, 'what' | 'name' | 'namespace' | 'detail' | 'identity'> & {
    readonly offset: number;
    readonly line: number | null;
  },
  count = 1,
): Found {
  const at = { path, offset, line };
  return {
    kind: 'fact',
    fact: {
      kind: 'torch.native',
      at,
      what,
      name,
      namespace,
      detail,
      count,
      ...(identity === undefined ? {} : { identity }),
    },
  };
}
