import { eachCall, type Judge, stateOf, text } from './judge.js';

/** An instance made by `cls.__new__(cls)` alone: its constructor, which can open a file, does not run. */
export const emptyInstance = eachCall((call) => {
  if (call.via === 'BUILD') return 'allowed';
  const empty = call.args.length === 0;
  return (call.via === 'NEWOBJ' || call.via === 'NEWOBJ_EX') && empty ? 'allowed' : 'dangerous';
});

/** What saves keep for the application, and what acts on whatever it is called with. */
export const neverCalled: Judge = (calls) => (calls.length === 0 ? 'allowed' : 'dangerous');

/** joblib before 0.10 keeps each array in a file of its own beside the pickle; a path would reach any other file. */
const SIBLING = /^[^/\\:\0]+\.(?:npy|npy\.z|z)$/;

export const siblingArray: Judge = (calls, names) => {
  const builds = calls.filter((call) => call.via === 'BUILD');
  if (builds.length === 0 || emptyInstance(calls, names) !== 'allowed') return 'dangerous';
  const plain = builds.every((call) => {
    const file = text(stateOf(call.args[0])?.get('filename'));
    return call.argsKnown && file !== null && SIBLING.test(file);
  });
  return plain ? 'allowed' : 'dangerous';
};
