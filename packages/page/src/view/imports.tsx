import { plural } from '@artifact-sentinel/core/internal';
import { shownName } from '../model/names.js';
import type { ImportRow } from '../model/what-was-read.js';
import { VirtualList } from './virtual-list.js';

const ROW = 28;
const SIGNS: Readonly<Record<ImportRow['standing'], string>> = {
  dangerous: '✕',
  computed: '▲',
  unexpected: '▲',
  'allowed by you': '✓',
  allowed: '✓',
};

/** The names that loading would look up, with what the catalogue says of each. */
export function Imports(props: {
  readonly rows: readonly ImportRow[];
  /** What is chosen of the artifact: a name is, where its own offset is. */
  readonly member: string;
  readonly offset: number | null;
  readonly onSelect: (row: ImportRow) => void;
}) {
  const { rows, member, offset, onSelect } = props;
  const index = rows.findIndex((row) => row.path === member && row.offset === offset);
  if (rows.length === 0) return null;
  return (
    <section class="imports" aria-labelledby="imports-title">
      <h3 id="imports-title">Loading would look up {plural(rows.length, 'name')}</h3>
      <VirtualList
        label="Names that loading would look up"
        className="import-list"
        count={rows.length}
        rowHeight={ROW}
        selected={index < 0 ? null : index}
        onSelect={(at) => {
          const row = rows[at];
          if (row !== undefined) onSelect(row);
        }}
        row={(at) => {
          const row = rows[at];
          if (row === undefined) return null;
          return (
            <div class={`import ${row.standing.replaceAll(' ', '-')}`}>
              <span class="sign">{SIGNS[row.standing]}</span>
              <code class="ellipsis" dir="ltr">
                {shownName(row.name).text}
              </code>
              <span class="soft">
                {row.standing}
                {row.isCalled ? ', called' : ''}
                {row.count > 1 ? ` × ${row.count}` : ''}
              </span>
            </div>
          );
        }}
      />
    </section>
  );
}
