import { showLine } from '@artifact-sentinel/core/internal';
import { useEffect, useMemo } from 'preact/hooks';
import { hexRows, ROW_BYTES, windowAround } from '../model/hex.js';
import { lastPart, shownName } from '../model/names.js';
import type { ByteAccess } from './byte-access.js';

const ROWS = 32;

/** The bytes at the selection: of a member as it is decoded, or of the file. */
export function Hex(props: {
  readonly artifact: string;
  readonly member: string | null;
  readonly range: { readonly start: number; readonly end: number };
  readonly bytes: ByteAccess['bytes'];
  readonly onWant: ByteAccess['wantBytes'];
}) {
  const { artifact, member, range, bytes, onWant } = props;
  const { offset, length } = windowAround(range.start, ROWS);
  useEffect(() => onWant(member, offset, length), [artifact, member, offset, length]);
  const value = bytes.state === 'there' && bytes.value.member === member ? bytes.value : null;
  const rows = useMemo(() => (value === null ? [] : hexRows(value.bytes, value.offset)), [value]);
  const of = shownName(lastPart(member ?? artifact)).text;
  if (bytes.state === 'failed') return <p class="soft">{showLine(bytes.reason)}</p>;
  if (value !== null && rows.length === 0) return <p class="soft">There are no bytes at {range.start}.</p>;
  return (
    <div class="hex" role="group" aria-label={`Bytes of ${of} at ${range.start}`}>
      <pre tabIndex={0}>
        {rows.map(({ offset: at, digits, text }) => (
          <div key={at}>
            <span class="offset">{at.toString(16).padStart(8, '0')}</span>
            {digits.map((byte, index) => {
              const isIn = at + index >= range.start && at + index < range.end;
              return (
                <span key={index} class={isIn ? 'byte is-in' : 'byte'}>
                  {byte}
                </span>
              );
            })}
            {Array.from({ length: ROW_BYTES - digits.length }, (_, index) => (
              <span key={`empty-${index}`} class="byte" />
            ))}
            <span class="ascii">{text}</span>
          </div>
        ))}
      </pre>
    </div>
  );
}
