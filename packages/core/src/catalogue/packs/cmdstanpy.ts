// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'cmdstanpy 1.2.0 1.3.2',
  groups: [
    {
      why: 'An Enum: the call looks a member up by a value, which it hashes and compares; the value must be plain.',
      insideDanger: true,
      names: `
cmdstanpy.cmdstan_args: Method`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
cmdstanpy.cmdstan_args: CmdStanArgs OptimizeArgs
cmdstanpy.compilation: CompilerOptions
cmdstanpy.model: CmdStanModel
cmdstanpy.stanfit.metadata: InferenceMetadata
cmdstanpy.stanfit.runset: RunSet`,
    },
  ],
  uses: `
Method: r1()`,
  members: '',
  shapes: `
cmdstanpy.stanfit.mle CmdStanMLE: new(); state {stan_variable!, *}`,
  refused: '',
};
