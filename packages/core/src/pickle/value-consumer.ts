import { ValueStack } from './value-stack.js';

/**
 * What a consumer of opcodes makes of them. Each method is given the operands and returns what the opcode pushes, or null to
 * end the run. A method that a subclass leaves out belongs to an opcode that its dialect does not have.
 */
export abstract class ValueConsumer<V> extends ValueStack<V> {
  // Constants. A range lies in the bytes that come with it, which are not copied.
  protected abstract constant(value: boolean | null): V;
  protected abstract int(value: number): V;
  /** Two's complement, little endian. */
  protected abstract long(bytes: Uint8Array, from: number, to: number): V | null;
  /** A double of eight bytes, big endian. */
  protected abstract float(bytes: Uint8Array, from: number): V;
  /** UTF-8, unchecked; lone surrogates are allowed. */
  protected abstract text(bytes: Uint8Array, from: number, to: number): V | null;
  /** A `str` of Python 2. */
  protected oldText(_bytes: Uint8Array, _from: number, _to: number): V | null {
    return this.fault('opcode');
  }
  protected byteString(_bytes: Uint8Array, _from: number, _to: number): V | null {
    return this.fault('opcode');
  }
  protected byteArray(_bytes: Uint8Array, _from: number, _to: number): V | null {
    return this.fault('opcode');
  }

  // Containers. `items` belongs to the receiver.
  protected abstract tuple(items: V[]): V;
  protected abstract list(items: V[]): V;
  protected abstract dict(): V;
  protected set(): V | null {
    return this.fault('opcode');
  }
  protected frozenset(_items: V[]): V | null {
    return this.fault('opcode');
  }
  /** APPEND. False ends the run, here and below. */
  protected abstract append(target: V, item: V): boolean;
  /** APPENDS. */
  protected abstract extend(target: V, items: V[]): boolean;
  /** Keys and values by turns; the last key may have no value. */
  protected abstract setItems(target: V, items: V[]): boolean;
  /** ADDITEMS. */
  protected addItems(_target: V, _items: V[]): boolean {
    return this.fault('opcode') !== null;
  }

  // Globals, calls, persistent IDs, buffers.
  protected abstract global(module: Uint8Array, name: Uint8Array): V | null;
  protected stackGlobal(_module: V, _name: V): V | null {
    return this.fault('opcode');
  }
  /** A code of the copyreg registry. */
  protected extension(_code: number): V | null {
    return this.fault('opcode');
  }
  protected abstract reduce(callee: V, args: V): V | null;
  protected abstract newObject(type: V, args: V): V | null;
  protected newObjectEx(_type: V, _args: V, _named: V): V | null {
    return this.fault('opcode');
  }
  /** OBJ and INST: the class, then its arguments. */
  protected instantiate(_items: V[]): V | null {
    return this.fault('opcode');
  }
  /** What stands on the stack afterwards. */
  protected abstract build(target: V, state: V): V | null;
  protected abstract persistent(id: V): V | null;
  /** PERSID. */
  protected persistentLine(_id: Uint8Array): V | null {
    return this.fault('opcode');
  }
  protected buffer(): V | null {
    return this.fault('opcode');
  }
  protected readOnly(_buffer: V): V | null {
    return this.fault('opcode');
  }
}
