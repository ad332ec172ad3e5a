import { showBytes } from '@artifact-sentinel/core/internal';
import type { MemberRow } from '../model/member-tree.js';
import { Name, SeverityMark } from './parts.js';
import { VirtualList } from './virtual-list.js';

const ROW = 28;
/** Deeper members are drawn no further to the right; their level is said. */
const DEEPEST = 8;

/** Containers in containers. */
export function Members(props: {
  readonly rows: readonly MemberRow[];
  readonly selected: string;
  readonly onSelect: (path: string) => void;
}) {
  const { rows, selected, onSelect } = props;
  const index = rows.findIndex(({ path }) => path === selected);
  return (
    <VirtualList
      label="Members"
      className="members"
      count={rows.length}
      rowHeight={ROW}
      selected={index < 0 ? null : index}
      onSelect={(at) => {
        const row = rows[at];
        if (row !== undefined) onSelect(row.path);
      }}
      level={(at) => (rows[at]?.depth ?? 0) + 1}
      row={(at) => {
        const row = rows[at];
        if (row === undefined) return null;
        return (
          <div class="member" style={{ paddingInlineStart: `${Math.min(row.depth, DEEPEST) * 1.1 + 0.5}rem` }}>
            <span class="ellipsis">
              <Name name={row.name} />
            </span>
            {row.worst === null ? null : <SeverityMark severity={row.worst} short />}
            {row.isIncomplete ? (
              <span class="severity high">
                <span aria-hidden="true">?</span>
                <span class="hidden"> not all read</span>
              </span>
            ) : null}
            <span class="soft">{row.format ?? ''}</span>
            <span class="soft size">{row.size === null ? '' : showBytes(row.size)}</span>
          </div>
        );
      }}
    />
  );
}
