import { plural } from '@artifact-sentinel/core/internal';
import { FAMILIES, type MatrixRow } from '../model/matrix.js';
import { lastPart } from '../model/names.js';
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
      <h2 id="files-title">{plural(rows.length, 'file')}, the worst first</h2>
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
        rowLabel={(at) => wordsOf(rows[at])}
        row={(at) => {
          const row = rows[at];
          if (row === undefined) return null;
          return (
            <div class={`matrix-row ${row.standing}`} style={{ '--columns': shown.length }}>
              <span class="file">
                <span class="standing">{STANDING_SIGNS[row.standing]}</span>
                <span class="ellipsis">
                  <Name name={lastPart(row.path)} />
                </span>
                <span class="standing-words">{row.standingWords}</span>
              </span>
              {row.cells
                .filter(({ family }) => shown.includes(family))
                .map(({ family, worst, count, mark }) => (
                  <span key={family} class={`cell ${worst === null ? 'none' : worst.toLowerCase()}`}>
                    {mark}
                    {count > 1 ? <small> {count}</small> : null}
                  </span>
                ))}
            </div>
          );
        }}
      />
    </section>
  );
}

function wordsOf(row: MatrixRow | undefined): string {
  if (row === undefined) return '';
  const found = row.cells.filter(({ count }) => count > 0).map(({ words }) => words);
  return [lastPart(row.path), row.standingWords, ...found].join('; ');
}
