import type { ByteSource } from '../bytes/source.js';
import { trace as traceLines, type TraceResult } from '../trace.js';
import { aBoolean, aText, checkArgument, checkedOptions, type OptionChecks } from './check.js';
import { COMMON_CHECKS, wholePlatform, type CommonOptions } from './common-options.js';
import { aSource } from './input.js';

export interface TraceOptions extends CommonOptions {
  /** Colours for a terminal; none otherwise. */
  readonly color?: boolean;
}

const TRACE_CHECKS: OptionChecks<TraceOptions> = { ...COMMON_CHECKS, color: aBoolean };

/**
 * What loading an artifact would do: a program in the manner of Python for each pickle stream in it, line by line. The
 * return value says whether something could not be read, which a line of its own says too. A wrong argument is a TypeError.
 */
export function trace(
  path: string,
  source: ByteSource,
  options: TraceOptions = {},
): AsyncGenerator<string, TraceResult, void> {
  checkArgument('trace', 'path', path, aText);
  checkArgument('trace', 'source', source, aSource);
  const checked = checkedOptions('trace', options, TRACE_CHECKS);
  return traceLines(path, source, { ...checked, platform: wholePlatform(checked.platform) });
}
