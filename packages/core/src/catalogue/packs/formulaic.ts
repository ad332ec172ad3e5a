// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'formulaic 1.0.1; formulaic 1.0.1 1.2.2; formulaic 1.2.2',
  groups: [
    {
      why: 'A named tuple: tuple.__new__ of the given fields.',
      insideDanger: true,
      names: `
formulaic.materializers.base: EncodedTermStructure`,
    },
    {
      why: 'An Enum: the call looks a member up by a value, which it hashes and compares; the value must be plain.',
      insideDanger: true,
      names: `
formulaic.formula: OrderingMethod
formulaic.materializers.types.enums: ClusterBy NAAction
formulaic.utils.sentinels: Sentinel`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
formulaic.formula: SimpleFormula
formulaic.materializers.types.evaluated_factor: EvaluatedFactor
formulaic.materializers.types.scoped_factor: ScopedFactor
formulaic.model_spec: ModelSpec
formulaic.parser.parser: DefaultFormulaParser DefaultOperatorResolver
formulaic.parser.types.term: Term
formulaic.transforms.contrasts: ContrastsState SumContrasts TreatmentContrasts`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update. Slots only: the second half of the state tuple is set by setattr.',
      insideDanger: true,
      names: `
formulaic.materializers.types.scoped_term: ScopedTerm
formulaic.parser.types.factor: Factor
formulaic.parser.types.token: Token`,
    },
    {
      why: 'Refuses names with an underscore in front, which is all that loading asks for.',
      insideDanger: true,
      names: `
formulaic.formula: StructuredFormula
formulaic.model_matrix: ModelMatrices
formulaic.model_spec: ModelSpecs`,
    },
    {
      why: 'Refuses names with an underscore in front, which is all that loading asks for; other names parse held formula texts (no evaluation).',
      insideDanger: true,
      names: `
formulaic.formula: Formula`,
    },
    {
      why: 'str.__new__ and a set of roles from an Enum; str(name) and iteration of roles run on the arguments, so they must be plain.',
      insideDanger: true,
      names: `
formulaic.utils.variables: Variable`,
    },
  ],
  uses: `
ClusterBy: r1()
EncodedTermStructure: n3(on,o)
Factor: bP(o)
Formula: bP(o)
ModelMatrices: bP(o)
ModelSpecs: bP(o)
NAAction: r1()
OrderingMethod: r1()
ScopedTerm: bP(o)
Sentinel: r1()
StructuredFormula: bP(o)
Token: bP(o)
Variable!: bD(gdoupe) k n1()
Variable.Role: k`,
  members: `
formulaic.parser.parser.DefaultFormulaParser FeatureFlags
formulaic.parser.types.factor.Factor EvalMethod
formulaic.parser.types.factor.Factor Kind
formulaic.parser.types.token.Token Kind
formulaic.utils.variables.Variable Role`,
  shapes: `
formulaic.model_matrix ModelMatrix: stored; call(<pandas>|<scipy.sparse>|<joblib.numpy_pickle.NumpyArrayWrapper>|data, none|<formulaic.model_spec.ModelSpec>)
formulaic.parser.parser DefaultFormulaParser.FeatureFlags: stored; call(constant)
formulaic.parser.types.factor Factor.EvalMethod Factor.Kind: stored; call(constant)
formulaic.parser.types.token Token.Kind: stored; call(constant)
formulaic.utils.variables Variable.Role: stored; call(constant)`,
  refused: '',
};
