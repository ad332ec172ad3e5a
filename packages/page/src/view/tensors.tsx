import { showBytes, type TensorContent } from '@artifact-sentinel/core/internal';
import { useMemo, useState } from 'preact/hooks';
import { counted, shownName } from '../model/names.js';
import { VirtualList } from './virtual-list.js';

const ROW = 28;

/** Name, dtype, shape and size, as in any viewer of models. */
export function Tensors(props: {
  readonly tensors: readonly TensorContent[];
  readonly onSelect: (tensor: TensorContent) => void;
}) {
  const { tensors, onSelect } = props;
  const [wanted, setWanted] = useState('');
  const [selected, setSelected] = useState<number | null>(null);
  const shown = useMemo(
    () => (wanted === '' ? tensors : tensors.filter(({ name }) => name.includes(wanted))),
    [tensors, wanted],
  );
  const values = useMemo(
    () => tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
    [tensors],
  );
  const bytes = useMemo(() => tensors.reduce((sum, tensor) => sum + (tensor.bytes ?? 0), 0), [tensors]);
  if (tensors.length === 0) return null;
  return (
    <section class="tensors" aria-labelledby="tensors-title">
      <div class="title-row">
        <h3 id="tensors-title">
          {counted(tensors.length, 'tensor')}{' '}
          <span class="soft">
            {counted(values, 'value')}, {showBytes(bytes)}
          </span>
        </h3>
        <label class="filter">
          <span class="hidden">Names that contain</span>
          <input
            type="search"
            placeholder="Filter names"
            value={wanted}
            onInput={(event) => {
              setWanted(event.currentTarget.value);
              setSelected(null);
            }}
          />
        </label>
      </div>
      <div class="tensor head" aria-hidden="true">
        <span>Name</span>
        <span>Type</span>
        <span>Shape</span>
        <span class="size">Size</span>
      </div>
      <VirtualList
        label={`Tensors, ${shown.length} shown`}
        className="tensor-list"
        count={shown.length}
        rowHeight={ROW}
        selected={selected}
        onSelect={(at) => {
          setSelected(at);
          const tensor = shown[at];
          if (tensor !== undefined) onSelect(tensor);
        }}
        row={(at) => {
          const tensor = shown[at];
          if (tensor === undefined) return null;
          return (
            <div class="tensor">
              <span class="ellipsis">{shownName(tensor.name).text}</span>
              <span>{shownName(tensor.dtype).text}</span>
              <span>{tensor.shape.length === 0 ? 'scalar' : tensor.shape.join(' × ')}</span>
              <span class="size">{tensor.bytes === null ? '' : showBytes(tensor.bytes)}</span>
            </div>
          );
        }}
      />
    </section>
  );
}
