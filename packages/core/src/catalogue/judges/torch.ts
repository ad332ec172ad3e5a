import { areConstantBytes } from './builtins.js';
import { eachCall, isReduce, worst } from './judge.js';

/** `_load_from_bytes(b'...')`: the bytes are a checkpoint, which the engine analyses like any stream. */
export const nestedCheckpoint = eachCall((call) =>
  isReduce(call) && call.args.length === 1 && areConstantBytes(call.args[0]) ? 'allowed' : 'dangerous',
);

/**
 * `_rebuild_from_type(function, type, args, state)` calls the function, and `__setstate__` of what it returns with
 * the state: only torch's own rebuild functions, which return a new tensor, may stand there.
 */
export const rebuildFromType = eachCall((call, { classOf }) => {
  const [callable, type] = call.args;
  if (!isReduce(call) || call.args.length !== 4 || callable?.kind !== 'global' || type?.kind !== 'global')
    return 'dangerous';
  const rebuilds = callable.module === 'torch._utils' && callable.name.startsWith('_rebuild_');
  return rebuilds ? worst([classOf(callable.module, callable.name), classOf(type.module, type.name)]) : 'dangerous';
});
