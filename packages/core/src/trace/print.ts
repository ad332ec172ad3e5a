import { cut, escapeText } from '../model/escape.js';
import type { TraceItem, TraceLine } from '../model/trace.js';
import type { Palette } from '../report/palette.js';

const PATH_LENGTH = 400;
const OFFSET_WIDTH = 8;

function showPath(path: string, offset: number | null): string {
  return `${cut(escapeText(path), PATH_LENGTH)}${offset === null ? '' : ` @${offset}`}`;
}

/** An item as a terminal shows it: `isFirst` says whether it is the first stream. Its texts are escaped already. */
export function* printItem(item: TraceItem, isFirst: boolean, colours: Palette): Generator<string> {
  switch (item.kind) {
    case 'stream':
      if (!isFirst) yield '';
      yield `${colours.bold(showPath(item.path, item.offset))} (${item.about})`;
      return;
    case 'line':
      yield* printLine(item, colours);
      return;
    case 'gap':
      yield indented(item.text, colours);
      return;
    case 'remark': {
      const { path, offset, text, incomplete } = item;
      const printed = path === null ? text : `${showPath(path, offset)}: ${incomplete ? 'incomplete: ' : ''}${text}`;
      yield incomplete ? colours.bad(printed) : printed;
    }
  }
}

function* printLine(item: TraceLine, colours: Palette): Generator<string> {
  const { offset, text, stops, again } = item;
  const printed = `${colours.dim(String(offset).padStart(OFFSET_WIDTH))}  ${text}${tail(item, colours)}`;
  yield stops ? colours.bad(printed) : printed;
  if (again === null) return;
  const upTo = again.variable === null ? '' : ` (up to ${again.variable})`;
  yield indented(`… the same ${again.count} more times, the last @${again.offset}${upTo}`, colours);
}

function indented(text: string, colours: Palette): string {
  return `${' '.repeat(OFFSET_WIDTH)}  ${colours.dim(text)}`;
}

/** What stands behind `#`. */
function tail({ mark, note }: TraceLine, colours: Palette): string {
  const parts: string[] = [];
  if (mark !== null) parts.push((mark.tone === 'dangerous' ? colours.bad : colours.warn)(`# ${mark.text}`));
  if (note !== null) parts.push((note.warns ? colours.warn : colours.dim)(`# ${note.text}`));
  return parts.map((part) => `  ${part}`).join('');
}
