import type { SafetyLevel, Severity } from '../model/severity.js';

type Paint = (text: string) => string;

export interface Palette {
  readonly severity: (severity: Severity, text: string) => string;
  readonly level: (level: SafetyLevel, text: string) => string;
  readonly bold: Paint;
  readonly dim: Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly warn: Paint;
}

const plain = (text: string): string => text;
const sgr =
  (open: number, close: number) =>
  (text: string): string =>
    `\u001b[${open}m${text}\u001b[${close}m`;

const PLAIN: Palette = {
  severity: (_, text) => text,
  level: (_, text) => text,
  bold: plain,
  dim: plain,
  good: plain,
  bad: plain,
  warn: plain,
};

const red = sgr(31, 39);
const yellow = sgr(33, 39);
const green = sgr(32, 39);
const bold = sgr(1, 22);
const dim = sgr(2, 22);

const COLOUR: Palette = {
  severity: (severity, text) => (severity === 'CRITICAL' || severity === 'HIGH' ? bold(red(text)) : yellow(text)),
  level: (level, text) => (level === 0 ? green(text) : level < 3 ? yellow(text) : red(text)),
  bold,
  dim,
  good: green,
  bad: red,
  warn: yellow,
};

/** Colours of a terminal, or none. Text from artifacts is escaped before it gets here. */
export function palette(color: boolean): Palette {
  return color ? COLOUR : PLAIN;
}
