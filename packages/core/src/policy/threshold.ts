import { UsageError } from '../model/errors.js';
import { SAFETY_LEVELS, type SafetyLevel } from '../model/severity.js';
import { didYouMean } from '../model/suggest.js';

/** Words for the first three levels, in their order, and the names of all six. */
const WORDS = ['strict', 'moderate', 'permissive'] as const;
export const THRESHOLDS = [...WORDS, ...SAFETY_LEVELS] as const;

/** The level behind `strict`, `moderate`, `permissive` or one of the six names, in any case. */
export function parseThreshold(name: string): SafetyLevel {
  const word = (WORDS as readonly string[]).indexOf(name.toLowerCase());
  if (word >= 0) return word as SafetyLevel;
  const level = (SAFETY_LEVELS as readonly string[]).indexOf(name.toUpperCase().replaceAll('-', '_'));
  if (level >= 0) return level as SafetyLevel;
  throw new UsageError(
    `"${name}" is no level of safety; known are ${THRESHOLDS.join(', ')}.${didYouMean(name, THRESHOLDS)}`,
  );
}
