import { showBytes } from '@artifact-sentinel/core/internal';
import { BYTE_KINDS, type ByteKind, type Segment } from '../model/byte-map.js';
import { lastPart, shownName } from '../model/names.js';
import { VirtualList } from './virtual-list.js';

const ROW = 26;
/** Segments that are drawn one by one; of more, the smallest would be thinner than a line. */
const DRAWN = 400;

/** The coverage ledger, drawn: the file from its first byte to its last, and the same as a list. */
export function ByteMap(props: {
  readonly segments: readonly Segment[];
  readonly shares: readonly { readonly kind: ByteKind; readonly bytes: number }[];
  readonly selected: number | null;
  /** Where findings lie, from 0 to 1. */
  readonly pins: readonly number[];
  readonly onSelect: (index: number) => void;
}) {
  const { segments, shares, selected, pins, onSelect } = props;
  const drawn = drawnOf(segments, selected);
  return (
    <div class="byte-map">
      <div class="strip-box" aria-hidden="true">
        {pins.map((pin) => (
          <span key={pin} class="pin" style={{ left: `${pin * 100}%` }} />
        ))}
        <div class="strip">
          {drawn.map(({ segment, index }) => (
            <span
              key={segment.start}
              class={`bytes ${segment.kind} ${index === selected ? 'is-chosen' : ''}`}
              style={{ flexGrow: segment.end - segment.start }}
              title={`${segment.start}–${segment.end}: ${labelOf(segment)}`}
              onClick={() => onSelect(index)}
            />
          ))}
        </div>
      </div>
      <ul class="legend">
        {shares.map(({ kind, bytes }) => (
          <li key={kind}>
            <span class={`swatch bytes ${kind}`} aria-hidden="true" />
            {BYTE_KINDS[kind]} <span class="soft">{showBytes(bytes)}</span>
          </li>
        ))}
      </ul>
      <VirtualList
        label="Bytes of the file, from the first to the last"
        className="segments"
        count={segments.length}
        rowHeight={ROW}
        selected={selected}
        onSelect={onSelect}
        row={(at) => {
          const segment = segments[at];
          if (segment === undefined) return null;
          return (
            <div class="segment">
              <span class="offset">{segment.start}</span>
              <span class={`swatch bytes ${segment.kind}`} />
              <span class="ellipsis">{labelOf(segment)}</span>
              <span class="soft size">{showBytes(segment.end - segment.start)}</span>
            </div>
          );
        }}
      />
    </div>
  );
}

/** The segments that are drawn: where there are too many, the largest, in their order, and the chosen one. */
function drawnOf(segments: readonly Segment[], selected: number | null) {
  const all = segments.map((segment, index) => ({ segment, index }));
  if (all.length <= DRAWN) return all;
  const size = ({ segment }: { readonly segment: Segment }): number => segment.end - segment.start;
  const least = size(
    all.toSorted((a, b) => size(b) - size(a))[DRAWN - 1] ?? { segment: { start: 0, end: 0 } as Segment },
  );
  return all.filter((one) => one.index === selected || size(one) >= least).slice(0, DRAWN * 2);
}

function labelOf({ kind, member, packed, tensor, moreTensors }: Segment): string {
  const parts: string[] = [];
  if (tensor !== null) {
    const more = moreTensors === 0 ? '' : ` and ${moreTensors} more`;
    parts.push(`${shownName(tensor.name).text} ${tensor.dtype} [${tensor.shape.join(', ')}]${more}`);
  } else if (member !== null) parts.push(shownName(lastPart(member)).text);
  parts.push(`${BYTE_KINDS[kind]}${packed ? ', packed' : ''}`);
  if (member === null && tensor === null && kind === 'parsed') return 'structure, parsed';
  return parts.join(': ');
}
