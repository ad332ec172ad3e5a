import type { StructSignal } from '../../model/fact.js';
import type { SignalRow } from '../signal-row.js';

const finding = (sentence: string): SignalRow => ({ level: 3, report: 'finding', sentence });
const suspicious = (sentence: string): SignalRow => ({ level: 2, report: 'finding', sentence });
const oddity = (sentence: string): SignalRow => ({ level: 1, report: 'level', sentence });

/** Every structural signal and what is made of it; changed by measuring honest files, not by taste. */
export const STRUCT_TABLE: Readonly<Record<StructSignal, SignalRow>> = {
  'call-of-call-result': finding(
    'What is called was itself returned by a call, so that the name of the target never appears in the stream',
  ),
  'build-on-global': finding(
    'BUILD writes attributes into something imported, not into a new object: it patches a function, class or module for the whole process',
  ),
  'setitem-on-global': finding(
    'Items are stored into something imported, not into a new object: it changes a table of a module for the whole process',
  ),
  'attribute-state': finding(
    'The state carries a second part that is set attribute by attribute, for a class that never writes one',
  ),
  'unused-call-result': suspicious(
    'The result of a call is thrown away or left behind: the call was made for its effect, not for a value',
  ),
  'foreign-persistent-id': suspicious(
    "A persistent ID stands outside a checkpoint or has another shape than PyTorch's storage record, and the loader decides what it means",
  ),
  'stack-underflow': finding('An opcode takes more from the stack than lies there'),
  'mark-underflow': finding('An opcode looks for a mark that was never set'),
  'wrong-operand': finding('An opcode finds another kind of object on the stack than it works on'),
  'values-left-at-stop': finding('Objects besides the result are left on the stack when the stream stops'),
  'proto-missing': oddity('A stream with binary opcodes opens without PROTO'),
  'proto-repeated': finding('PROTO comes more than once, so that readers differ on the protocol in force'),
  'proto-misplaced': finding('PROTO comes after other opcodes, where no pickler writes it'),
  'proto-unknown': finding('PROTO names a protocol that no pickler writes'),
  'invalid-opcode': finding('A byte that is no opcode ends the stream, after the opcodes before it have run'),
  truncated: finding(
    'The stream breaks off before its STOP; what came before it has already run when a loader notices',
  ),
  'frame-mismatch': finding('A FRAME announces another length than the opcodes in it have'),
  'memo-missing': finding('A memo slot is read that was never written'),
  'memo-rewritten': finding('A memo slot is written again with another object, a way to swap what later opcodes name'),
  'opcode-newer-than-protocol': finding('An opcode is newer than the protocol that the stream declares'),
  'extension-code': finding(
    'The name is in the extension registry of the loading process, not in the file: what it imports depends on the machine',
  ),
  'legacy-instance-opcode': finding(
    'INST or OBJ builds an instance in a protocol in which picklers no longer write them',
  ),
  'malformed-name': finding('A module or a name is empty, no text, or holds control characters'),
  'bad-number': finding('A number is written in a form that the readers take differently or refuse'),
  'trailing-pickle': finding('Another pickle follows the end, where the format has none'),
  'trailing-bytes': oddity('Bytes that are no pickle follow the end'),
  'nested-pickle': finding('A byte string or text of the stream is itself a pickle, ready for a second load'),
  'exponential-growth': finding(
    'Loading builds an object far larger than the stream, by using its own parts again and again',
  ),
  uncanonical: oddity(
    'Items or a state are given to an object through another reference than the one it was made with, which no pickler does',
  ),
  'dtype-state': finding(
    'A numpy.dtype is made or given a state as numpy never writes it: its flags decide whether the bytes of an array are pointers',
  ),
  'array-state': finding(
    'The state of an array does not fit together: fewer objects than its shape holds, or a type that is not known',
  ),
  'reader-divergence': finding("The stream loads differently in Python's C and pure-Python unpicklers"),
};
