import { InputError, LimitError } from '../../model/errors.js';
import type { NativeName } from './code.js';
import { MAX_EXECUTORCH_ENTRIES } from '../../model/limits.js';

/*
 * An ExecuTorch program (executorch/schema/program.fbs): a FlatBuffer with the identifier "ET" and two digits.
 *
 *   Program        { version, execution_plan: [ExecutionPlan], … }
 *   ExecutionPlan  { name, container_meta_type, values, inputs, outputs, chains, operators: [Operator], delegates, … }
 *   Operator       { name: "aten::add", overload: "out" }
 *
 * Delegates hold data for a back end of the device; their format is the back end's own.
 */
const PLANS = 1;
const OPERATORS = 6;
const NAME = 0;

export function executorchNames(bytes: Uint8Array): NativeName[] {
  const buffer = new FlatBuffer(bytes);
  const names: NativeName[] = [];
  for (const plan of buffer.vector(buffer.root(), PLANS)) {
    for (const operator of buffer.vector(plan, OPERATORS)) {
      const { text, at } = buffer.text(operator, NAME);
      const split = text.indexOf('::');
      names.push({
        what: 'operator',
        name: text,
        namespace: split < 0 ? '' : text.slice(0, split),
        offset: at,
        line: null,
      });
    }
  }
  return names;
}

/** Tables, vectors and strings by https://flatbuffers.dev/internals; every offset is checked. */
class FlatBuffer {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #entries = 0;
  #named = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  root(): number {
    return this.#follow(0);
  }

  /** Offsets of the tables in a vector of them; none where the table has no such field. */
  vector(table: number, field: number): number[] {
    const at = this.#field(table, field);
    if (at === null) return [];
    const start = this.#follow(at);
    const length = this.#number(start, 4);
    if ((this.#entries += length) > MAX_EXECUTORCH_ENTRIES)
      throw new LimitError(
        'MAX_EXECUTORCH_ENTRIES',
        `more than ${MAX_EXECUTORCH_ENTRIES} entries in an ExecuTorch program`,
      );
    return Array.from({ length }, (_, i) => this.#follow(start + 4 + 4 * i));
  }

  text(table: number, field: number): { readonly text: string; readonly at: number } {
    const at = this.#field(table, field);
    if (at === null) throw new InputError('an operator without a name', table);
    const start = this.#follow(at);
    const end = start + 4 + this.#number(start, 4);
    if (end > this.#bytes.length)
      throw new InputError('truncated: a name of an ExecuTorch program is cut', start, 'truncated');
    // Honest names lie apart; 100,000 that all reach to the end of the file would be read for hours.
    if ((this.#named += end - start) > this.#bytes.length)
      throw new InputError('the names of an ExecuTorch program share their bytes', start);
    return { text: new TextDecoder().decode(this.#bytes.subarray(start + 4, end)), at: start + 4 };
  }

  #field(table: number, field: number): number | null {
    const vtable = table - this.#signed(table);
    const size = this.#number(vtable, 2);
    const slot = 4 + 2 * field;
    if (slot + 2 > size) return null;
    const offset = this.#number(vtable + slot, 2);
    return offset === 0 ? null : table + offset;
  }

  #follow(at: number): number {
    return at + this.#number(at, 4);
  }

  #number(at: number, length: 2 | 4): number {
    this.#check(at, length);
    return length === 2 ? this.#view.getUint16(at, true) : this.#view.getUint32(at, true);
  }

  #signed(at: number): number {
    this.#check(at, 4);
    return this.#view.getInt32(at, true);
  }

  #check(at: number, length: number): void {
    if (at < 0 || at + length > this.#bytes.length)
      throw new InputError('truncated: an ExecuTorch program points behind its end', Math.max(0, at), 'truncated');
  }
}
