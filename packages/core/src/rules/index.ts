import type { Rule } from '../model/rule.js';
import archiveAmbiguous from './archive/ambiguous.js';
import archiveBomb from './archive/bomb.js';
import archivePath from './archive/path.js';
import pickleExec from './pickle/exec.js';
import pickleGlobalImport from './pickle/global-import.js';
import pickleStruct from './pickle/struct.js';

/** The one list of rules, in the order in which they are shown. Ids are never used twice, even after removal. */
export const RULES: readonly Rule[] = [
  pickleExec,
  pickleGlobalImport,
  pickleStruct,
  archivePath,
  archiveAmbiguous,
  archiveBomb,
];
