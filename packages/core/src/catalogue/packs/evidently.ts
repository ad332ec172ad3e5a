// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'evidently 0.7.23',
  groups: [
    {
      why: 'An Enum: the call looks a member up by a value, which it hashes and compares; the value must be plain',
      insideDanger: true,
      names: `
evidently.legacy.core: ColumnType`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update',
      insideDanger: true,
      names: `
evidently.core.datasets: BinaryClassification CategoricalColumnStats ColumnStats DatasetStats GeneralColumnStats LabelStats NumericalColumnStats PandasDataset Regression StatCountValue
evidently.core.report: Context Report Snapshot SnapshotItem
evidently.metrics.column_statistics: DriftedColumnCalculation ValueDriftCalculation`,
    },
  ],
  uses: `
ColumnType: r1()`,
  members: '',
  refused: '',
};
