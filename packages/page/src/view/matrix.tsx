import { FAMILIES, type Family, type MatrixRow } from '../model/matrix.js';
import { counted, lastPart } from '../model/names.js';
import { Name } from './parts.js';
import { VirtualList } from './virtual-list.js';

const STANDING_SIGNS: Readonly<Record<MatrixRow['standing'], string>> = {
  fails: '✕',
  incomplete: '?',
  ticket: '!',
  noted: '○',
  opaque: '–',
  clean: '✓',
};

const ROW = 36;

/** File × family of rules, the worst first. */
export function Matrix(props: {
  readonly rows: readonly MatrixRow[];
  readonly selected: string | null;
  readonly onSelect: (path: string) => void;
}) {
  const { rows, selected, onSelect } = props;
  const index = rows.findIndex(({ path }) => path === selected);
  const columns = FAMILIES.filter(([family]) =>
    rows.some(({ cells }) => cells.some((cell) => cell.family === family && cell.count > 0)),
  );
  const shown = columns.length === 0 ? [] : columns.map(([family]) => family);
  return (
    <section class="matrix" aria-labelledby="files-title">
      <h2 id="files-title">{counted(rows.length, 'file')}, the worst first</h2>
      <div class="matrix-head" aria-hidden="true" style={{ '--columns': shown.length }}>
        <span>File</span>
        {columns.map(([family, title, about]) => (
          <span key={family} class="cell" title={about}>
            {title}
          </span>
        ))}
      </div>
      <VirtualList
        label="Files, the worst first"
        className="matrix-rows"
        count={rows.length}
        rowHeight={ROW}
        selected={index < 0 ? null : index}
        onSelect={(at) => {
          const row = rows[at];
          if (row !== undefined) onSelect(row.path);
        }}
        row={(at) => {
          const row = rows[at];
          if (row === undefined) return null;
          return (
            <div class={`matrix-row ${row.standing}`} style={{ '--columns': shown.length }}>
              <span class="file">
                <span class="standing" aria-hidden="true">
                  {STANDING_SIGNS[row.standing]}
                </span>
                <span class="ellipsis">
                  <Name name={lastPart(row.path)} />
                </span>
                <span class="standing-words">{row.standingWords}</span>
              </span>
              {row.cells
                .filter(({ family }) => shown.includes(family))
                .map(({ family, worst, count, mark, words }) => (
                  <span key={family} class={`cell ${worst === null ? 'none' : worst.toLowerCase()}`}>
                    <span aria-hidden="true">
                      {mark}
                      {count > 1 ? <small> {count}</small> : null}
                    </span>
                    {count > 0 ? (
                      <>
                        <span class="family" aria-hidden="true">
                          {titleOf(family)}
                        </span>
                        <span class="hidden">; {words}</span>
                      </>
                    ) : null}
                  </span>
                ))}
            </div>
          );
        }}
      />
    </section>
  );
}

function titleOf(family: Family): string {
  return FAMILIES.find(([one]) => one === family)?.[1] ?? family;
}
