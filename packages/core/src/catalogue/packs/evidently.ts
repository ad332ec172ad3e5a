// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'evidently 0.7.23',
  groups: [
    {
      why: 'An Enum: the call looks a member up by a value, which it hashes and compares; the value must be plain.',
      insideDanger: true,
      names: `
evidently.legacy.core: ColumnType`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
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
  refused: `
evidently.core.datasets DataDefinition: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.core.metric_types CountValue: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.core.metric_types MetricConfig: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.core.metric_types MetricValueLocation: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.core.metric_types SingleValue: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.legacy.calculations.data_drift ColumnDataDriftMetrics: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.legacy.calculations.data_drift DriftStatsField: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.legacy.metric_results DatasetColumns: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.legacy.metric_results DatasetUtilityColumns: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.legacy.metric_results Distribution: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.legacy.metric_results DistributionIncluded: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.legacy.metric_results ScatterAggField: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.legacy.metrics.data_drift.data_drift_table DataDriftTableResults: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.legacy.metrics.data_drift.dataset_drift_metric DatasetDriftMetricResults: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.legacy.model.widget BaseWidgetInfo: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.legacy.model.widget TabInfo: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.metrics.column_statistics DriftedColumnsCount: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.metrics.column_statistics MaxValue: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.metrics.column_statistics MeanValue: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.metrics.column_statistics QuantileValue: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.metrics.column_statistics ValueDrift: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.presets.dataset_stats DataSummaryPreset: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called
evidently.presets.drift DataDriftPreset: pydantic.v1 BaseModel.__setstate__ sets __dict__, then object.__setattr__ for every name in state['__private_attribute_values__']: names of the stream, __class__ among them, and its .items() is called`,
};
