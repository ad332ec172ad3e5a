// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'great_expectations 1.24.1',
  groups: [
    {
      why: 'An Enum: the call looks a member up by a value, which it hashes and compares; the value must be plain.',
      insideDanger: true,
      names: `
great_expectations.core.result_format: ResultFormat
great_expectations.expectations.metadata_types: FailureSeverity`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
great_expectations.core.expectation_validation_result: ExpectationValidationResult
great_expectations.expectations.expectation_configuration: ExpectationConfiguration`,
    },
    {
      why: 'Updates __dict__ and sets _owner to None.',
      insideDanger: true,
      names: `
great_expectations.core.expectation_suite: ExpectationSuite`,
    },
  ],
  uses: `
ExpectColumnToExist: n0() bD(gdoupe)l_
ExpectColumnValuesToBeBetween: n0() bD(gdoupe)l_
ExpectColumnValuesToNotBeNull: n0() bD(gdoupe)l_
FailureSeverity!: r1()
ResultFormat!: r1()`,
  members: `
great_expectations.core.expectation_suite.ExpectationSuite _save_expectation`,
  shapes: `
great_expectations.expectations.core.expect_column_to_exist ExpectColumnToExist: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
great_expectations.expectations.core.expect_column_values_to_be_between ExpectColumnValuesToBeBetween: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
great_expectations.expectations.core.expect_column_values_to_not_be_null ExpectColumnValuesToNotBeNull: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}`,
  refused: '',
};
