import { EffectLog, type Id } from './effect-log.js';
import { TOKEN, type Hashing } from './effect-tokens.js';
import type { NameKnowledge } from '../pickle/machine-state.js';
import { opcodesOf } from '../pickle/opcodes.js';
import { isAscii, utf8, utf8Surrogates } from '../pickle/text.js';
import { ValueMachine } from '../pickle/value-machine.js';

const STOP = 0x2e;

type Names = Pick<NameKnowledge, 'mapPython2'>;

/** Arguments of more bytes are hashed as they are read; texts have to be looked at as a whole. */
const LONG_ARGUMENT = 256 * 1024;

/** Kinds of the opcodes that may have a long argument. */
const LONG_KINDS: Readonly<Record<number, number>> = {
  0x42: TOKEN.bytes, // BINBYTES
  0x8e: TOKEN.bytes, // BINBYTES8
  0x54: TOKEN.oldText, // BINSTRING
  0x96: TOKEN.bytearray, // BYTEARRAY8
};

/** `more`: the window ends within an opcode. `long`: an argument is to be hashed. `broken`: not plain, or no reader goes on. */
type Step = 'more' | 'long' | 'stopped' | 'broken';

const DIALECT = { opcodes: opcodesOf(), maxValues: Infinity, maxOpcodes: Infinity };

/** Runs a stream from window to window and writes down its effects. */
export class EffectMachine extends ValueMachine<Id> {
  /** Bytes of the window that were taken. */
  used = 0;
  /** Of a long argument. */
  length = 0;
  digest = '';
  private readonly names: Names;
  private readonly log: EffectLog;
  private base = 0;
  private longKind = 0;

  constructor(names: Names, platform: Hashing) {
    super(DIALECT);
    this.names = names;
    this.log = new EffectLog(platform, this);
  }

  /** Offset of the opcode that is run. */
  get offset(): number {
    return this.base + this.opcodeAt;
  }

  /** Offset of the opcode that is run, or behind STOP. */
  get reached(): number {
    return this.code === STOP ? this.base + this.at : this.offset;
  }

  /** Offset of the last opcode that had an effect; -1 for none. */
  get last(): number {
    return this.log.last;
  }

  run(bytes: Uint8Array, base: number): Step {
    this.base = base;
    const outcome = this.runFrom(bytes, 0);
    this.used = outcome === 'stopped' ? this.at : this.opcodeAt;
    if (outcome === 'more') return this.isLong() ? 'long' : 'more';
    if (outcome === 'ended' || this.result === null) return 'broken';
    this.digest = this.log.finish(this.result);
    return 'stopped';
  }

  private isLong(): boolean {
    const { bytes, opcodeAt, header } = this;
    const kind = LONG_KINDS[bytes[opcodeAt] as number];
    if (kind === undefined || !header.decode(bytes, opcodeAt)) return false;
    this.longKind = kind;
    this.length = header.to - header.from;
    if (this.length > LONG_ARGUMENT) this.used = header.from;
    return this.length > LONG_ARGUMENT;
  }

  /** A long argument, whose bytes the caller has hashed. */
  takeLong(hex: string): void {
    const { tokens } = this.log;
    const kind = this.longKind === TOKEN.bytearray ? TOKEN.bytes : this.longKind;
    const content = tokens.addDigest(kind, this.length, hex);
    this.push(this.longKind === TOKEN.bytearray ? this.arrayOf(content) : content);
  }

  protected fault(): null {
    return null;
  }

  protected constant(value: boolean | null): Id {
    const { tokens } = this.log;
    return value === null ? tokens.none : value ? tokens.true : tokens.false;
  }

  protected int(value: number): Id {
    return this.log.tokens.int(value);
  }

  protected long(bytes: Uint8Array, from: number, to: number): Id {
    return this.log.tokens.intOfBytes(bytes.subarray(from, to));
  }

  protected float(bytes: Uint8Array, from: number): Id {
    return this.log.tokens.add(TOKEN.float, bytes.subarray(from, from + 8));
  }

  /** Every reader stops at bytes that are no text. */
  protected text(bytes: Uint8Array, from: number, to: number): Id | null {
    const text = bytes.subarray(from, to);
    return isAscii(text) || utf8Surrogates(text) !== null ? this.log.tokens.add(TOKEN.text, text) : null;
  }

  protected override oldText(bytes: Uint8Array, from: number, to: number): Id {
    return this.log.tokens.add(TOKEN.oldText, bytes.subarray(from, to));
  }

  protected override byteString(bytes: Uint8Array, from: number, to: number): Id {
    return this.log.tokens.add(TOKEN.bytes, bytes.subarray(from, to));
  }

  protected override byteArray(bytes: Uint8Array, from: number, to: number): Id {
    return this.arrayOf(this.byteString(bytes, from, to));
  }

  private arrayOf(content: Id): Id {
    return this.log.container(TOKEN.bytearray, [content]);
  }

  protected tuple(items: Id[]): Id {
    return items.length === 0 ? this.log.tokens.emptyTuple : this.log.sealed(TOKEN.tuple, items);
  }

  protected list(items: Id[]): Id {
    return this.log.container(TOKEN.list, items);
  }

  protected dict(): Id {
    return this.log.container(TOKEN.dict, []);
  }

  protected override set(): Id {
    return this.log.container(TOKEN.set, []);
  }

  protected override frozenset(items: Id[]): Id {
    const made = this.log.sealed(TOKEN.frozenset, items);
    // What is no constant is hashed.
    if (made < 0) this.log.effect(TOKEN.add, [made]);
    return made;
  }

  protected append(target: Id, item: Id): boolean {
    if (this.log.kindOf(target) === TOKEN.list) this.log.put(target, TOKEN.append, item);
    else this.log.effect(TOKEN.append, [target, item]);
    return true;
  }

  protected extend(target: Id, items: Id[]): boolean {
    if (this.log.kindOf(target) !== TOKEN.list) this.log.effect(TOKEN.extend, [target], items);
    else for (const item of items) this.log.put(target, TOKEN.append, item);
    return true;
  }

  protected setItems(target: Id, items: Id[]): boolean {
    if (items.length % 2 === 1) return false;
    const isDict = this.log.kindOf(target) === TOKEN.dict;
    for (let i = 0; i < items.length; i += 2) {
      const [key, value] = [items[i] as Id, items[i + 1] as Id];
      if (isDict) this.log.put(target, TOKEN.setItem, key, value);
      else this.log.effect(TOKEN.setItem, [target, key, value]);
    }
    return true;
  }

  protected override addItems(target: Id, items: Id[]): boolean {
    if (this.log.kindOf(target) !== TOKEN.set) this.log.effect(TOKEN.add, [target], items);
    else for (const item of items) this.log.put(target, TOKEN.add, item);
    return true;
  }

  protected reduce(callee: Id, args: Id): Id {
    return this.effect(TOKEN.call, [callee, args]);
  }

  protected newObject(type: Id, args: Id): Id {
    return this.effect(TOKEN.make, [type, args]);
  }

  protected override newObjectEx(type: Id, args: Id, named: Id): Id {
    return this.effect(TOKEN.makeEx, [type, args, named]);
  }

  protected override instantiate(items: Id[]): Id {
    return this.effect(TOKEN.instantiate, items);
  }

  protected build(target: Id, state: Id): Id {
    this.log.effect(TOKEN.build, [target, state]);
    return target;
  }

  protected persistent(id: Id): Id {
    return this.effect(TOKEN.persistent, [id]);
  }

  protected override persistentLine(id: Uint8Array): Id {
    return this.persistent(this.log.tokens.add(TOKEN.text, id));
  }

  protected override buffer(): Id {
    return this.effect(TOKEN.buffer, []);
  }

  protected override readOnly(buffer: Id): Id {
    return this.effect(TOKEN.readonly, [buffer]);
  }

  protected override extension(code: number): Id {
    return this.effect(TOKEN.extension, [this.log.tokens.int(code)]);
  }

  protected global(module: Uint8Array, name: Uint8Array): Id {
    const { tokens } = this.log;
    return this.stackGlobal(tokens.add(TOKEN.text, module), tokens.add(TOKEN.text, name));
  }

  /** Every lookup counts: what was patched meanwhile is another object under the same name. */
  protected override stackGlobal(module: Id, name: Id): Id {
    const { tokens } = this.log;
    const isText = [module, name].every((id) => id >= 0 && tokens.kindOf(id) === TOKEN.text);
    const words = isText ? [tokens.payloadAt(module), tokens.payloadAt(name)] : [null, null];
    const [inModule, ofName] = words.map((bytes) => (bytes === null ? null : utf8(bytes)));
    // Up to protocol 3 a name is one attribute, whatever dots it has.
    const walks = this.protocol >= 4 && (typeof ofName !== 'string' || ofName.includes('.'));
    let names = [module, name];
    if (this.protocol < 3 && typeof inModule === 'string') {
      // No name of the table is too long to stand in its token: of a longer one the module alone is mapped.
      const mapped = this.names.mapPython2(inModule, ofName ?? '');
      const text = (word: string): Id => tokens.add(TOKEN.text, new TextEncoder().encode(word));
      if (mapped !== null) names = [text(mapped.module), typeof ofName === 'string' ? text(mapped.name) : name];
    }
    // What is computed is mapped when it is there.
    const isMappedLater = this.protocol < 3 && !isText;
    return this.effect(isMappedLater ? TOKEN.lookupPython2 : walks ? TOKEN.walk : TOKEN.lookup, names);
  }

  /** What the effect gives. */
  private effect(code: number, values: readonly Id[]): Id {
    this.log.effect(code, values);
    return this.log.result();
  }
}
