import { Decoder } from './decode.js';
import { EffectLog, type Id } from './effect-log.js';
import { floatLine, intLine, SIZED_KINDS, TOKEN, unicodeLine, type Hashing } from './effect-tokens.js';
import type { NameKnowledge } from './machine-state.js';
import { LENGTH_BYTES, LINES, opcode } from './opcodes.js';
import { isAscii, latin1Text, quotedString, utf8, utf8Surrogates } from './text.js';

const STOP = 0x2e;

type Names = Pick<NameKnowledge, 'mapPython2'>;

/** Arguments of more bytes are hashed as they are read; texts have to be looked at as a whole. */
const LONG_ARGUMENT = 256 * 1024;

/** `more`: the window ends within an opcode. `long`: an argument is to be hashed. `broken`: not plain, or no reader goes on. */
type Step = 'more' | 'long' | 'stopped' | 'broken';

/** Runs a stream from window to window and writes down its effects. */
export class EffectMachine {
  /** Bytes of the window that were taken. */
  used = 0;
  /** Offset of the opcode that is run, or behind STOP. */
  reached = 0;
  /** Of a long argument. */
  length = 0;
  digest = '';
  last = -1;
  readonly #names: Names;
  readonly #log: EffectLog;
  readonly #stack: Id[] = [];
  readonly #marks: number[] = [];
  readonly #header = new Decoder();
  readonly #memo: Id[] = [];
  readonly #farMemo = new Map<number, Id>();
  #memoCount = 0;
  #protocol = 0;
  #longKind = 0;

  constructor(names: Names, platform: Hashing) {
    this.#names = names;
    this.#log = new EffectLog(platform);
  }

  run(bytes: Uint8Array, base: number): Step {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; ;) {
      this.used = at;
      this.reached = base + at;
      const code = bytes[at];
      if (code === undefined) return 'more';
      if (opcode(code) === undefined) return 'broken';
      const effects = this.#log.count;
      const header = this.#header;
      if (!header.decode(bytes, at)) return 'more';
      const { from, to, next } = header;
      let done: boolean;
      if (LENGTH_BYTES[code] !== 0) {
        const kind = SIZED_KINDS[code] ?? 0;
        if (to - from > LONG_ARGUMENT && kind !== TOKEN.int && kind !== TOKEN.text) {
          this.used = from;
          this.length = to - from;
          this.#longKind = kind;
          return 'long';
        }
        if (next > bytes.length) return 'more';
        done = this.#pushSized(kind, bytes.subarray(from, to));
      } else if (next > bytes.length) return 'more';
      else if (LINES[code] === 1) done = this.#line(code, bytes.subarray(from, to));
      else if (LINES[code] === 2)
        done = this.#named(code, bytes.subarray(from, to), bytes.subarray(header.secondFrom, header.secondTo));
      else if (next > from) done = this.#fixed(code, view, from);
      else if (code === STOP) {
        this.reached = base + next;
        return this.#stop(next);
      } else done = this.#plain(code);
      if (!done) return 'broken';
      if (this.#log.count > effects) this.last = base + at;
      at = next;
    }
  }

  /** A long argument, whose bytes the caller has hashed. */
  takeLong(hex: string): void {
    const { tokens } = this.#log;
    if (this.#longKind === TOKEN.bytearray) this.#pushBytearray(tokens.addDigest(TOKEN.bytes, this.length, hex));
    else this.#stack.push(tokens.addDigest(this.#longKind, this.length, hex));
  }

  #stop(used: number): Step {
    this.used = used;
    const value = this.#top();
    if (value === undefined) return 'broken';
    this.digest = this.#log.finish(value);
    return 'stopped';
  }

  #pushSized(kind: number, bytes: Uint8Array): boolean {
    const { tokens } = this.#log;
    // Every reader stops at bytes that are no text.
    if (kind === TOKEN.text && !isAscii(bytes) && utf8Surrogates(bytes) === null) return false;
    if (kind === TOKEN.int) this.#stack.push(tokens.intOfBytes(bytes));
    else if (kind === TOKEN.bytearray) this.#pushBytearray(tokens.add(TOKEN.bytes, bytes));
    else this.#stack.push(tokens.add(kind, bytes));
    return true;
  }

  #pushBytearray(content: Id): void {
    this.#stack.push(this.#log.container(TOKEN.bytearray, [content]));
  }

  #fixed(code: number, view: DataView, at: number): boolean {
    const { tokens } = this.#log;
    switch (code) {
      case 0x80: // PROTO
        this.#protocol = view.getUint8(at);
        return true;
      case 0x95: // FRAME
        return true;
      case 0x4b: // BININT1
        this.#stack.push(tokens.int(view.getUint8(at)));
        return true;
      case 0x4d: // BININT2
        this.#stack.push(tokens.int(view.getUint16(at, true)));
        return true;
      case 0x4a: // BININT
        this.#stack.push(tokens.int(view.getInt32(at, true)));
        return true;
      case 0x47: // BINFLOAT
        this.#stack.push(tokens.add(TOKEN.float, new Uint8Array(view.buffer, view.byteOffset + at, 8)));
        return true;
      case 0x68: // BINGET
        return this.#get(view.getUint8(at));
      case 0x6a: // LONG_BINGET
        return this.#get(view.getUint32(at, true));
      case 0x71: // BINPUT
        return this.#put(view.getUint8(at));
      case 0x72: // LONG_BINPUT
        return this.#put(view.getUint32(at, true));
      case 0x82: // EXT1
        return this.#extension(view.getUint8(at));
      case 0x83: // EXT2
        return this.#extension(view.getUint16(at, true));
      case 0x84: // EXT4
        return this.#extension(view.getInt32(at, true));
      default:
        return false;
    }
  }

  #line(code: number, line: Uint8Array): boolean {
    const { tokens } = this.#log;
    const push = (id: Id | null): boolean => {
      if (id !== null) this.#stack.push(id);
      return id !== null;
    };
    switch (code) {
      case 0x49: {
        // INT
        const text = latin1Text(line);
        if (text === '00' || text === '01') return push(text === '01' ? tokens.true : tokens.false);
        const value = intLine(text);
        return push(value === null ? null : tokens.intOfBytes(value));
      }
      case 0x4c: {
        // LONG
        const text = latin1Text(line);
        const value = intLine(text.endsWith('L') ? text.slice(0, -1) : text);
        return push(value === null ? null : tokens.intOfBytes(value));
      }
      case 0x46: {
        // FLOAT
        const value = floatLine(latin1Text(line));
        return push(value === null ? null : tokens.float(value));
      }
      case 0x56: {
        // UNICODE
        const value = unicodeLine(line);
        return push(value === null ? null : tokens.add(TOKEN.text, value));
      }
      case 0x53: {
        // STRING
        const value = quotedString(line);
        return push(value === null ? null : tokens.add(TOKEN.oldText, value));
      }
      case 0x50: // PERSID
        return this.#persistent(tokens.add(TOKEN.text, line));
      case 0x67: // GET
      case 0x70: {
        // PUT
        const digits = latin1Text(line.subarray(0, 16));
        if (line.length > 15 || !/^\d+$/.test(digits)) return false;
        return code === 0x67 ? this.#get(Number(digits)) : this.#put(Number(digits));
      }
      default:
        return false;
    }
  }

  /** GLOBAL and INST. */
  #named(code: number, module: Uint8Array, name: Uint8Array): boolean {
    const { tokens } = this.#log;
    const found = this.#lookUp(tokens.add(TOKEN.text, module), tokens.add(TOKEN.text, name));
    if (code === 0x69) {
      const items = this.#popMark();
      if (items === null) return false;
      this.#stack.push(this.#call(TOKEN.instantiate, [found], items));
      return true;
    }
    this.#stack.push(found);
    return true;
  }

  #plain(code: number): boolean {
    const log = this.#log;
    const { tokens } = log;
    const stack = this.#stack;
    switch (code) {
      case 0x28: // MARK
        this.#marks.push(stack.length);
        return true;
      case 0x4e: // NONE
        stack.push(tokens.none);
        return true;
      case 0x88: // NEWTRUE
        stack.push(tokens.true);
        return true;
      case 0x89: // NEWFALSE
        stack.push(tokens.false);
        return true;
      case 0x29: // EMPTY_TUPLE
        stack.push(tokens.emptyTuple);
        return true;
      case 0x5d: // EMPTY_LIST
        stack.push(log.container(TOKEN.list, []));
        return true;
      case 0x7d: // EMPTY_DICT
        stack.push(log.container(TOKEN.dict, []));
        return true;
      case 0x8f: // EMPTY_SET
        stack.push(log.container(TOKEN.set, []));
        return true;
      case 0x30: // POP
        if (this.#marks.length > 0 && this.#marks.at(-1) === stack.length) {
          this.#marks.pop();
          return true;
        }
        return this.#pop(1) !== null;
      case 0x31: // POP_MARK
        return this.#popMark() !== null;
      case 0x32: // DUP
        return this.#with(1, ([top]) => stack.push(top, top));
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        return this.#with(code - 0x84, (items) => stack.push(log.sealed(TOKEN.tuple, items)));
      case 0x74: // TUPLE
        return this.#withMark((items) => stack.push(log.sealed(TOKEN.tuple, items)));
      case 0x91: // FROZENSET
        return this.#withMark((items) => {
          const made = log.sealed(TOKEN.frozenset, items);
          // What is no constant is hashed.
          if (made < 0) log.effect(TOKEN.add, [made]);
          stack.push(made);
        });
      case 0x6c: // LIST
        return this.#withMark((items) => stack.push(log.container(TOKEN.list, items)));
      case 0x64: // DICT
        return this.#withMark((items) => {
          const made = log.container(TOKEN.dict, []);
          this.#setItems(made, items);
          stack.push(made);
        }, true);
      case 0x61: // APPEND
        return this.#with(2, ([target, item]) => {
          stack.push(target);
          if (log.kindOf(target) === TOKEN.list) log.put(target, TOKEN.append, item);
          else log.effect(TOKEN.append, [target, item]);
        });
      case 0x65: // APPENDS
        return this.#fill((target, items) => {
          if (log.kindOf(target) !== TOKEN.list) log.effect(TOKEN.extend, [target], items);
          else for (const item of items) log.put(target, TOKEN.append, item);
        });
      case 0x73: // SETITEM
        return this.#with(3, ([target, key, value]) => {
          stack.push(target);
          this.#setItems(target, [key, value]);
        });
      case 0x75: // SETITEMS
        return this.#fill((target, items) => this.#setItems(target, items), true);
      case 0x90: // ADDITEMS
        return this.#fill((target, items) => {
          if (log.kindOf(target) !== TOKEN.set) log.effect(TOKEN.add, [target], items);
          else for (const item of items) log.put(target, TOKEN.add, item);
        });
      case 0x52: // REDUCE
        return this.#with(2, (values) => stack.push(this.#call(TOKEN.call, values)));
      case 0x81: // NEWOBJ
        return this.#with(2, (values) => stack.push(this.#call(TOKEN.make, values)));
      case 0x92: // NEWOBJ_EX
        return this.#with(3, (values) => stack.push(this.#call(TOKEN.makeEx, values)));
      case 0x6f: // OBJ
        return this.#withMark((items) => stack.push(this.#call(TOKEN.instantiate, [], items)));
      case 0x62: // BUILD
        return this.#with(2, ([target, state]) => {
          stack.push(target);
          log.effect(TOKEN.build, [target, state]);
        });
      case 0x93: // STACK_GLOBAL
        return this.#with(2, ([module, name]) => stack.push(this.#lookUp(module, name)));
      case 0x94: // MEMOIZE
        return this.#put(this.#memoCount);
      case 0x51: // BINPERSID
        return this.#with(1, ([id]) => void this.#persistent(id));
      case 0x97: // NEXT_BUFFER
        stack.push(this.#call(TOKEN.buffer, []));
        return true;
      case 0x98: // READONLY_BUFFER
        return this.#with(1, (values) => stack.push(this.#call(TOKEN.readonly, values)));
      default:
        return false;
    }
  }

  #setItems(target: Id, items: readonly Id[]): void {
    const isDict = this.#log.kindOf(target) === TOKEN.dict;
    for (let i = 0; i + 1 < items.length; i += 2) {
      const [key, value] = [items[i] as Id, items[i + 1] as Id];
      if (isDict) this.#log.put(target, TOKEN.setItem, key, value);
      else this.#log.effect(TOKEN.setItem, [target, key, value]);
    }
  }

  #call(code: number, values: readonly Id[], items: readonly Id[] = []): Id {
    this.#log.effect(code, values, items);
    return this.#log.result();
  }

  /** Every lookup counts: what was patched meanwhile is another object under the same name. */
  #lookUp(module: Id, name: Id): Id {
    const { tokens } = this.#log;
    const isText = [module, name].every((id) => id >= 0 && tokens.kindOf(id) === TOKEN.text);
    const words = isText ? [tokens.payloadAt(module), tokens.payloadAt(name)] : [null, null];
    const [inModule, ofName] = words.map((bytes) => (bytes === null ? null : utf8(bytes)));
    // Up to protocol 3 a name is one attribute, whatever dots it has.
    const walks = this.#protocol >= 4 && (typeof ofName !== 'string' || ofName.includes('.'));
    let names = [module, name];
    if (this.#protocol < 3 && typeof inModule === 'string') {
      // No name of the table is too long to stand in its token: of a longer one the module alone is mapped.
      const mapped = this.#names.mapPython2(inModule, ofName ?? '');
      const text = (word: string): Id => tokens.add(TOKEN.text, new TextEncoder().encode(word));
      if (mapped !== null) names = [text(mapped.module), typeof ofName === 'string' ? text(mapped.name) : name];
    }
    // What is computed is mapped when it is there.
    const isMappedLater = this.#protocol < 3 && !isText;
    this.#log.effect(isMappedLater ? TOKEN.lookupPython2 : walks ? TOKEN.walk : TOKEN.lookup, names);
    return this.#log.result();
  }

  #extension(code: number): boolean {
    this.#log.effect(TOKEN.extension, [this.#log.tokens.int(code)]);
    this.#stack.push(this.#log.result());
    return true;
  }

  #persistent(id: Id): boolean {
    this.#stack.push(this.#call(TOKEN.persistent, [id]));
    return true;
  }

  #put(slot: number): boolean {
    const top = this.#top();
    if (top === undefined) return false;
    if (this.#held(slot) === undefined) this.#memoCount += 1;
    if (slot <= this.#memoCount * 2 + 4096 && !this.#farMemo.has(slot)) this.#memo[slot] = top;
    else this.#farMemo.set(slot, top);
    return true;
  }

  #get(slot: number): boolean {
    const value = this.#held(slot);
    if (value !== undefined) this.#stack.push(value);
    return value !== undefined;
  }

  #held(slot: number): Id | undefined {
    return this.#farMemo.get(slot) ?? this.#memo[slot];
  }

  /** The value on top, where no mark hides it. */
  #top(): Id | undefined {
    return this.#stack.length > this.#fence() ? this.#stack.at(-1) : undefined;
  }

  #fence(): number {
    return this.#marks.at(-1) ?? 0;
  }

  #pop(count: number): Id[] | null {
    if (this.#stack.length - count < this.#fence()) return null;
    return this.#stack.splice(this.#stack.length - count, count);
  }

  #popMark(): Id[] | null {
    const mark = this.#marks.pop();
    return mark === undefined ? null : this.#stack.splice(mark);
  }

  /** Takes values from the stack; false where they are not there. */
  #with(count: 1, use: (values: [Id]) => unknown): boolean;
  #with(count: 2, use: (values: [Id, Id]) => unknown): boolean;
  #with(count: 3, use: (values: [Id, Id, Id]) => unknown): boolean;
  #with(count: number, use: (values: Id[]) => unknown): boolean;
  #with(count: number, use: (values: never) => unknown): boolean {
    const values = this.#pop(count);
    if (values === null) return false;
    use(values as never);
    return true;
  }

  #withMark(use: (items: Id[]) => unknown, inPairs = false): boolean {
    const items = this.#popMark();
    if (items === null || (inPairs && items.length % 2 === 1)) return false;
    use(items);
    return true;
  }

  /** What lies above the mark, for what lies below it. */
  #fill(use: (target: Id, items: Id[]) => unknown, inPairs = false): boolean {
    const items = this.#popMark();
    const target = this.#top();
    if (items === null || target === undefined || (inPairs && items.length % 2 === 1)) return false;
    use(target, items);
    return true;
  }
}
