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
BaseWidgetInfo: n0() bD(gdoupe)l_
ColumnDataDriftMetrics: n0() bD(gdoupe)l_
ColumnType: r1()
CountValue: n0() bD(gdoupe)l_
DataDefinition: n0() bD(gdoupe)l_
DataDriftPreset: n0() bD(gdoupe)l_
DataDriftTableResults: n0() bD(gdoupe)l_
DataSummaryPreset: n0() bD(gdoupe)l_
DatasetColumns: n0() bD(gdoupe)l_
DatasetDriftMetricResults: n0() bD(gdoupe)l_
DatasetUtilityColumns: n0() bD(gdoupe)l_
Distribution: n0() bD(gdoupe)l_
DistributionIncluded: n0() bD(gdoupe)l_
DriftStatsField: n0() bD(gdoupe)l_
DriftedColumnsCount: n0() bD(gdoupe)l_
MaxValue: n0() bD(gdoupe)l_
MeanValue: n0() bD(gdoupe)l_
MetricConfig: n0() bD(gdoupe)l_
MetricValueLocation: n0() bD(gdoupe)l_
QuantileValue: n0() bD(gdoupe)l_
ScatterAggField: n0() bD(gdoupe)l_
SingleValue: n0() bD(gdoupe)l_
TabInfo: n0() bD(gdoupe)l_
ValueDrift: n0() bD(gdoupe)l_`,
  members: '',
  shapes: `
evidently.core.datasets DataDefinition: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.core.metric_types CountValue MetricConfig MetricValueLocation SingleValue: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.legacy.calculations.data_drift ColumnDataDriftMetrics DriftStatsField: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.legacy.metric_results DatasetColumns DatasetUtilityColumns Distribution DistributionIncluded ScatterAggField: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.legacy.metrics.data_drift.data_drift_table DataDriftTableResults: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.legacy.metrics.data_drift.dataset_drift_metric DatasetDriftMetricResults: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.legacy.model.widget BaseWidgetInfo TabInfo: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.metrics.column_statistics DriftedColumnsCount MaxValue MeanValue QuantileValue ValueDrift: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.presets.dataset_stats DataSummaryPreset: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.presets.drift DataDriftPreset: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}`,
  refused: '',
};
