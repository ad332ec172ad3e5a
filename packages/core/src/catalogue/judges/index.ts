import { arrowArray, oneText } from './arrow.js';
import { latin1Bytes, plainBytearray, plainKeys, plainNumber, plainSymbol, typeOfConstant } from './builtins.js';
import { emptyInstance, neverCalled, siblingArray } from './instances.js';
import type { Judge, JudgeName } from './judge.js';
import { getattrMember } from './members.js';
import { distribution, modelData } from './models.js';
import { bitGenerators, scalarOfBytes, ufuncByName } from './numpy.js';
import { newIndex, timestamp } from './pandas.js';
import { partialOfGlobal } from './partial.js';
import { nestedCheckpoint, rebuildFromType } from './torch.js';

/** A judge for each name that a row of the table may give. */
export const JUDGES: Readonly<Record<JudgeName, Judge>> = {
  arrowArray,
  bitGenerators,
  distribution,
  emptyInstance,
  getattrMember,
  latin1Bytes,
  modelData,
  nestedCheckpoint,
  neverCalled,
  newIndex,
  oneText,
  partialOfGlobal,
  plainBytearray,
  plainKeys,
  plainNumber,
  plainSymbol,
  rebuildFromType,
  scalarOfBytes,
  siblingArray,
  timestamp,
  typeOfConstant,
  ufuncByName,
};
