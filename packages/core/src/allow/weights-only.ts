import type { Fact, TorchLoadFact, TorchRefusal } from '../model/fact.js';

/** What `torch.load(weights_only=True)` makes of a file. */
export interface WeightsOnlyReport {
  /** The PyTorch whose rules were applied. */
  readonly torch: string;
  readonly outcome: TorchLoadFact['outcome'];
  /** What it refuses, in the order of the file. */
  readonly refusals: readonly TorchRefusal[];
  /** The smallest list for `torch.serialization.add_safe_globals`; null where none is needed or none helps. */
  readonly safeGlobals: readonly string[] | null;
  /** Why no list helps, what the list may lack, or why the file fails with every loader. */
  readonly remarks: readonly string[];
}

/** Null for a file that holds no checkpoint; the checkpoints of an archive that is none itself are taken together. */
export function weightsOnlyReport(path: string, facts: readonly Fact[]): WeightsOnlyReport | null {
  const all = facts.filter((fact) => fact.kind === 'torch.load').filter(isCheckpoint);
  const own = all.filter((fact) => fact.checkpoint === path);
  const loads = own.length > 0 ? own : all;
  const [first] = loads;
  if (first === undefined) return null;
  const hopeless = loads.flatMap((load) => load.hopeless ?? []);
  const needs = [...new Set(loads.flatMap((load) => load.safeGlobals ?? []))];
  return {
    torch: first.torch,
    outcome: worst(loads.map((load) => load.outcome)),
    refusals: loads.flatMap((load) => load.refusals),
    safeGlobals: hopeless.length > 0 || needs.length === 0 ? null : needs,
    remarks: [
      ...new Set([...hopeless.map((reason) => `No list helps: ${reason}.`), ...loads.flatMap((load) => load.remarks)]),
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
