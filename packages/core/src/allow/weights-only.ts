import { proposed } from '../catalogue/safe-globals.js';
import type { Fact, TorchLoadFact, TorchRefusal } from '../model/fact.js';
import { safeGlobalsWords, type WithheldGlobals } from '../model/safe-globals.js';

/** What `torch.load(weights_only=True)` makes of a file. */
export interface WeightsOnlyReport {
  /** The PyTorch whose rules were applied. */
  readonly torch: string;
  readonly outcome: TorchLoadFact['outcome'];
  /** What it refuses, in the order of the file. */
  readonly refusals: readonly TorchRefusal[];
  /** The smallest list for `torch.serialization.safe_globals`; null where none is needed, none helps, or a name is withheld. */
  readonly safeGlobals: readonly string[] | null;
  /** The list with which PyTorch would take the file, where a name of it is not proposed. */
  readonly withheld: WithheldGlobals | null;
  /** What to do without a list, what the list may lack, or why the file fails with every loader. */
  readonly remarks: readonly string[];
}

/** Null for a file that holds no checkpoint; the checkpoints of an archive that is none itself are taken together. */
export function weightsOnlyReport(path: string, facts: readonly Fact[]): WeightsOnlyReport | null {
  const all = facts.filter((fact) => fact.kind === 'torch.load').filter(isCheckpoint);
  const own = all.filter((fact) => fact.checkpoint === path);
  const loads = own.length > 0 ? own : all;
  const [first] = loads;
  if (first === undefined) return null;
  const hopeless = loads.find((load) => load.hopeless !== null)?.hopeless ?? null;
  const lists = loads.flatMap(({ safeGlobals }) => safeGlobals ?? []);
  const names = loads.flatMap(({ safeGlobals }) => proposed(safeGlobals).withheld?.names ?? []);
  const list = hopeless === null && lists.length > 0 ? [...new Set(lists)] : null;
  const result = {
    safeGlobals: names.length === 0 ? list : null,
    withheld: list === null || names.length === 0 ? null : { list, names },
    listMayLack: loads.some((load) => load.listMayLack),
    hopeless,
  };
  const outcome = worst(loads.map((load) => load.outcome));
  return {
    torch: first.torch,
    outcome,
    refusals: loads.flatMap((load) => load.refusals),
    safeGlobals: result.safeGlobals,
    withheld: result.withheld,
    remarks: [
      ...(outcome === 'refused' ? [safeGlobalsWords(result)] : []),
      ...new Set(loads.flatMap((load) => load.remarks)),
    ],
  };
}

/** A pickle under the name of a checkpoint that is none is for other loaders. */
function isCheckpoint({ outcome, format }: TorchLoadFact): boolean {
  return outcome !== 'fails' || format !== 'pickle';
}

function worst(outcomes: readonly TorchLoadFact['outcome'][]): TorchLoadFact['outcome'] {
  for (const outcome of ['refused', 'fails', 'unknown'] as const) if (outcomes.includes(outcome)) return outcome;
  return 'loads';
}
