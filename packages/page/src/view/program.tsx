import type { TraceItem } from '@artifact-sentinel/core/internal';
import { shownName } from '../model/names.js';
import type { ProgramRow } from '../model/program.js';
import { VirtualList } from './virtual-list.js';

const ROW = 24;

/** What loading would do, as a program: lines that the catalogue objects to are marked. */
export function Program(props: {
  readonly rows: readonly ProgramRow[];
  readonly selected: number | null;
  readonly onSelect: (index: number) => void;
}) {
  const { rows, selected, onSelect } = props;
  return (
    <VirtualList
      label="What loading would do, line by line"
      className="program"
      count={rows.length}
      rowHeight={ROW}
      selected={selected}
      onSelect={onSelect}
      row={(at) => {
        const row = rows[at];
        return row === undefined ? null : <Line row={row} />;
      }}
    />
  );
}

function Line({ row: { item, finding } }: { readonly row: ProgramRow }) {
  switch (item.kind) {
    case 'stream':
      return (
        <div class="line head">
          <span class="offset">{item.offset}</span>
          <span class="sign" />
          <span>
            {shownName(memberName(item.path)).text} <span class="soft">{item.about}</span>
          </span>
        </div>
      );
    case 'gap':
      return <Remark text={item.text} />;
    case 'remark':
      return (
        <Remark text={`${whereOf(item)}${item.incomplete ? 'not read: ' : ''}${item.text}`} isBad={item.incomplete} />
      );
    case 'line':
      return <Statement item={item} isEvidence={finding !== null} />;
  }
}

function Statement({
  item,
  isEvidence,
}: {
  readonly item: Extract<TraceItem, { kind: 'line' }>;
  readonly isEvidence: boolean;
}) {
  const { offset, text, mark, note, stops, again } = item;
  const tone =
    stops || mark?.tone === 'dangerous' ? 'dangerous' : mark !== null || note?.warns === true ? 'unexpected' : '';
  return (
    <div class={`line ${tone} ${isEvidence ? 'evidence' : ''}`}>
      <span class="offset">{offset}</span>
      <span class="sign">{tone === 'dangerous' ? '✕' : tone === 'unexpected' ? '▲' : ''}</span>
      <code dir="ltr">{text}</code>
      {again === null ? null : <span class="soft"> × {again.count + 1}</span>}
      {mark === null ? null : <span class="comment"> # {mark.text}</span>}
      {note === null ? null : <span class="soft"> # {note.text}</span>}
    </div>
  );
}

function Remark({ text, isBad = false }: { readonly text: string; readonly isBad?: boolean }) {
  return (
    <div class={`line ${isBad ? 'dangerous' : 'soft'}`}>
      <span class="offset" />
      <span class="sign">{isBad ? '?' : ''}</span>
      <span>{text}</span>
    </div>
  );
}

/** `data.pkl @12: ` */
function whereOf({ path, offset }: Extract<TraceItem, { kind: 'remark' }>): string {
  const where = [path === null ? '' : shownName(memberName(path)).text, offset === null ? '' : `@${offset}`];
  const text = where.filter((part) => part !== '').join(' ');
  return text === '' ? '' : `${text}: `;
}

function memberName(path: string): string {
  const at = path.indexOf('!');
  return at < 0 ? path.slice(path.lastIndexOf('/') + 1) : path.slice(at + 1);
}
