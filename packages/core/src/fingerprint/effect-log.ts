import { latin1 } from '../bytes/read.js';
import { MAX_EFFECT_ITEMS, MAX_EFFECT_NODES } from '../model/limits.js';
import type { Sha256Stream } from '../model/sha256.js';
import { Pieces, TOKEN, TooLarge, Tokens, type Hashing } from './effect-tokens.js';

/** A value: from 0 on the offset of a constant's token, below it a node. */
export type Id = number;

interface Node {
  readonly kind: number;
  /** Items that no effect has met yet; keys and values by turns. */
  items: Id[];
  /** Its number in the order in which effects met it; 0: none has. */
  number: number;
}

const NO_ITEMS: Id[] = [];

/** Who runs the opcodes. `offset`: of the one that is run. */
interface Position {
  readonly offset: number;
}

/**
 * The effects of a stream in their order, each with all that it is given. A container is written with its items where the
 * first effect meets it; what is put into it later is an effect of its own, since the object that has it sees that. What
 * no effect meets, the plain data that loading gives back, is not written.
 */
export class EffectLog {
  readonly tokens: Tokens;
  readonly #nodes: Node[] = [];
  readonly #hash: Sha256Stream;
  readonly #tape: Pieces;
  #numbers = 0;
  #items = 0;
  readonly #position: Position;
  /** Offset of the last opcode that had an effect; -1 for none. */
  last = -1;

  constructor(platform: Hashing, position: Position) {
    this.#position = position;
    this.tokens = new Tokens(platform);
    this.#hash = platform.sha256Stream();
    this.#tape = new Pieces(this.#hash);
  }

  /** A container that nothing has met. */
  container(kind: number, items: Id[]): Id {
    this.#count(items.length);
    return this.#node({ kind, items, number: 0 });
  }

  /** A tuple or frozenset: a constant where it holds constants only. Sets of texts have no order that a file decides. */
  sealed(kind: typeof TOKEN.tuple | typeof TOKEN.frozenset, items: Id[]): Id {
    if (items.every((item) => item >= 0))
      return this.tokens.collection(kind, kind === TOKEN.frozenset ? this.#unordered(items) : items);
    return this.container(kind === TOKEN.tuple ? TOKEN.openTuple : TOKEN.openFrozenset, items);
  }

  kindOf(id: Id): number {
    return id >= 0 ? this.tokens.kindOf(id) : (this.#nodes[-id - 1] as Node).kind;
  }

  /** Puts one item into a container of its own kind: in silence while no effect has met the container. */
  put(target: Id, effect: number, item: Id, value?: Id): void {
    const node = this.#nodes[-target - 1] as Node;
    // Hashing and comparing a key that is no constant runs its methods.
    const isKey = effect !== TOKEN.append;
    if (node.number === 0 && !(isKey && item < 0)) {
      this.#count(2);
      node.items.push(item);
      if (value !== undefined) node.items.push(value);
      return;
    }
    this.effect(effect, [target, item], value === undefined ? NO_ITEMS : [value]);
  }

  /** An effect with what it is given. */
  effect(code: number, values: readonly Id[], items: readonly Id[] = NO_ITEMS): void {
    this.last = this.#position.offset;
    this.#tape.byte(code);
    for (const value of values) this.#write(value);
    for (const item of items) this.#write(item);
    this.#tape.byte(TOKEN.end);
  }

  /** What an effect gave. */
  result(): Id {
    this.#numbers += 1;
    return this.#node({ kind: TOKEN.reference, items: NO_ITEMS, number: this.#numbers });
  }

  /** Closes the log with the objects that are handed back, in their order. */
  finish(value: Id): string {
    this.#tape.byte(TOKEN.stop);
    this.#writeObjects(value);
    this.#tape.flush();
    return this.#hash.hex();
  }

  #node(node: Node): Id {
    if (this.#nodes.length >= MAX_EFFECT_NODES) throw new TooLarge('the objects of the stream');
    return -this.#nodes.push(node);
  }

  #count(items: number): void {
    this.#items += items;
    if (this.#items > MAX_EFFECT_ITEMS) throw new TooLarge('the items of the stream');
  }

  #write(id: Id): void {
    const open: { readonly items: readonly Id[]; next: number }[] = [];
    const one = (value: Id): void => {
      if (value >= 0) {
        this.#tape.add(this.tokens.tokenAt(value));
        return;
      }
      const node = this.#nodes[-value - 1] as Node;
      if (node.number > 0) {
        this.#tape.byte(TOKEN.reference);
        this.#tape.number(node.number);
        return;
      }
      this.#numbers += 1;
      node.number = this.#numbers;
      this.#tape.byte(node.kind);
      const items = node.kind === TOKEN.set ? this.#unordered(node.items) : node.items;
      node.items = NO_ITEMS;
      open.push({ items, next: 0 });
    };
    one(id);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const item = top.items[top.next];
      top.next += 1;
      if (item === undefined) {
        this.#tape.byte(TOKEN.end);
        open.pop();
      } else one(item);
    }
  }

  /** The references in a value that is handed back, without its plain data. */
  #writeObjects(id: Id): void {
    const open: { readonly items: readonly Id[]; next: number }[] = [{ items: [id], next: 0 }];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const item = top.items[top.next];
      top.next += 1;
      if (item === undefined) open.pop();
      else if (item < 0) {
        const node = this.#nodes[-item - 1] as Node;
        if (node.number > 0) {
          this.#tape.byte(TOKEN.reference);
          this.#tape.number(node.number);
        } else {
          const { items } = node;
          node.items = NO_ITEMS;
          open.push({ items, next: 0 });
        }
      }
    }
    this.#tape.byte(TOKEN.end);
  }

  /** Texts and bytes are hashed with a seed that differs from process to process: sets of them have no order. */
  #unordered(items: readonly Id[]): readonly Id[] {
    const hasOrder = items.some((item) => {
      const kind = this.kindOf(item);
      return kind !== TOKEN.text && kind !== TOKEN.bytes;
    });
    if (hasOrder) return items;
    const keys = items.map((item) => ({ item, key: latin1(this.tokens.tokenAt(item)) }));
    return keys.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
  }
}
