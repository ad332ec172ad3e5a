import type { Call, Value } from '../../model/fact.js';
import { fitsShapes, shapesIn } from '../call-shapes.js';
import { findShapesOfFull, isKeptMember, isNestedName } from '../lookup.js';
import { eachCall, isReduce, text } from './judge.js';

/** The owner of a getattr: a class named by the stream, or an instance that a call of the class made. */
function ownerOf(value: Value | undefined): string | null {
  if (value?.kind === 'global') return `${value.module}.${value.name}`;
  return value?.kind === 'call' ? value.callee : null;
}

/** The full name of a member that `getattr` fetched: `module.Class.member`. */
export function memberOf(value: Value | undefined): string | null {
  if (value?.kind !== 'call' || !/^(?:builtins|__builtin__)\.getattr$/.test(value.callee)) return null;
  const owner = ownerOf(value.args?.[0]);
  const member = text(value.args?.[1]);
  return owner === null || member === null || value.args?.length !== 2 ? null : `${owner}.${member}`;
}

/** A class within a class that is named by the stream: protocol 4 has a name for it. */
function isNested(owner: Value | undefined, member: string): boolean {
  return owner?.kind === 'global' && !member.includes('.') && isNestedName(owner.module, `${owner.name}.${member}`);
}

function isShapedMember(full: string, call: Call): boolean {
  const forms = findShapesOfFull(full, true);
  const { via, offset, args, argsKnown } = call;
  return forms !== undefined && fitsShapes({ via, offset, args, argsKnown }, shapesIn(forms));
}

/**
 * `getattr(owner, 'member')` for exactly the pairs that real saves hold: below protocol 4 pickle names nested
 * functions like this (`pickle._Pickler.save_global`), and methods of an object in every protocol
 * (`method_reduce` in CPython's classobject.c). The list comes out of the generator's recordings.
 */
export const getattrMember = eachCall((call) => {
  const called = memberOf(call.on);
  // Of a class: what an instance gives may be of the stream's choice.
  if (called !== null && call.on?.kind === 'call' && call.on.args?.[0]?.kind === 'global')
    return isShapedMember(called, call) ? 'allowed' : 'dangerous';
  const owner = ownerOf(call.args[0]);
  const member = text(call.args[1]);
  if (!isReduce(call) || call.args.length !== 2 || owner === null || member === null) return 'dangerous';
  return isKeptMember(owner, member) ||
    findShapesOfFull(`${owner}.${member}`, true) !== undefined ||
    isNested(call.args[0], member)
    ? 'allowed'
    : 'dangerous';
});
