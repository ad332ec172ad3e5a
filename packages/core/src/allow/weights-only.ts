import { decideWeightsOnly, type Refusal, type WeightsOnlyDecision } from '../analysis/torch/weights-only.js';
import type { ByteSource } from '../bytes/source.js';
import { judgeDanger } from '../catalogue/danger.js';
import { WEIGHTS_ONLY_VERSION } from '../catalogue/weights-only.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import type { Fact, StreamFacts, StreamRole } from '../model/fact.js';

/** What `torch.load(weights_only=True)` makes of a checkpoint. */
export interface WeightsOnlyReport {
  /** The PyTorch whose rules were applied. */
  readonly torch: string;
  readonly outcome: WeightsOnlyDecision['outcome'];
  /** What it refuses, in the order of the file. */
  readonly refusals: readonly (Refusal & { readonly path: string })[];
  /** The smallest list for `torch.serialization.add_safe_globals`; null where none is needed or none helps. */
  readonly safeGlobals: readonly string[] | null;
  /** Why no list helps, what the list may lack, or why the file fails with every loader. */
  readonly remarks: readonly string[];
}

/** A pickle of a checkpoint that is read whole (CWE-400): the largest honest ones have 30 MB. */
const MAX_PICKLE_BYTES = 128 * 1024 * 1024;

/** Collects the decisions on the pickles of one file, as `CollectOptions.onStream`. */
export class WeightsOnlyCollector {
  readonly #decisions: { readonly path: string; readonly decision: WeightsOnlyDecision }[] = [];
  readonly #remarks: string[] = [];
  /** Why PyTorch takes nothing of the file, whatever its pickles hold. */
  #whole: string | null = null;

  readonly onStream = async (stream: StreamFacts, source: ByteSource): Promise<void> => {
    const { role, offset, path } = stream;
    this.#whole ??= WHOLE[role] ?? null;
    // In a zip PyTorch reads one pickle only, and nothing behind it.
    if (role !== 'torch-legacy' && !(role === 'torch-zip' && offset === 0)) return;
    const known = stream.end === 'stop' ? stream.length : MAX_PICKLE_BYTES;
    const left = Number.isFinite(source.size) ? source.size - offset : known;
    const length = Math.min(known, left, MAX_PICKLE_BYTES);
    if (stream.length > MAX_PICKLE_BYTES) {
      this.#remarks.push(`${path}: a pickle of more than ${MAX_PICKLE_BYTES} bytes was not looked at`);
      return;
    }
    try {
      const bytes = (await source.read(offset, length)).slice();
      this.#decisions.push({ path, decision: decideWeightsOnly(bytes, role === 'torch-legacy') });
    } catch (error) {
      // The analysis of the stream says so.
      if (!(error instanceof InputError || error instanceof UnsupportedError)) throw error;
      this.#remarks.push(`${path}: ${error.message}`);
    }
  };

  /** Null for a file that is no checkpoint. `facts`: those of the file and its archives. */
  report(facts: readonly Fact[]): WeightsOnlyReport | null {
    const torch = WEIGHTS_ONLY_VERSION;
    const whole = this.#whole;
    if (whole !== null)
      return { torch, outcome: 'refused', refusals: [], safeGlobals: null, remarks: [`No list helps: ${whole}.`] };
    if (this.#decisions.length === 0 && this.#remarks.length === 0) return null;
    const decisions = this.#decisions.map(({ decision }) => decision);
    const refusals = this.#decisions.flatMap(({ path, decision }) =>
      decision.refusals.map((refusal) => ({ ...refusal, path })),
    );
    const hopeless = refusals.filter(({ listable, global }) => !listable || isDangerous(global));
    const needs = [...new Set(decisions.flatMap((decision) => decision.needs))];
    const remarks = [...this.#remarks];
    for (const { reason, global, listable } of hopeless) {
      remarks.push(
        listable ? `No list helps: ${global ?? ''} is dangerous and must not be listed.` : `No list helps: ${reason}.`,
      );
    }
    for (const { failure, doubts } of decisions) {
      if (failure !== null) remarks.push(`It fails with every loader: ${failure}.`);
      for (const doubt of doubts) remarks.push(`The list may not be all: ${doubt}.`);
    }
    const ambiguous = facts.find((fact) => fact.kind === 'archive.ambiguous' && fact.problem !== 'crc-differs');
    if (ambiguous?.kind === 'archive.ambiguous')
      remarks.push(
        `Readers take this archive in different ways (${ambiguous.detail}): which pickle PyTorch would read is not told here.`,
      );
    const outcomes = decisions.map((decision) => decision.outcome);
    return {
      torch,
      outcome: ambiguous === undefined ? worst(outcomes, this.#remarks.length > 0) : 'unknown',
      refusals,
      safeGlobals: hopeless.length > 0 || needs.length === 0 ? null : needs,
      remarks: [...new Set(remarks)],
    };
  }
}

const WHOLE: Readonly<Partial<Record<StreamRole, string>>> = {
  torchscript: 'PyTorch refuses every TorchScript archive there',
  'torch-tar': 'PyTorch refuses the tar format there',
};

function isDangerous(global: string | null): boolean {
  if (global === null) return false;
  const dot = global.lastIndexOf('.');
  // numpy's rebuild functions are what honest files need: they hand nothing on once their parts are listed.
  if (/^numpy\.(?:_?core)\.multiarray\.(?:scalar|_reconstruct)$/.test(global)) return false;
  return judgeDanger(global.slice(0, dot), global.slice(dot + 1), false) !== null;
}

function worst(outcomes: readonly WeightsOnlyDecision['outcome'][], partly: boolean): WeightsOnlyDecision['outcome'] {
  for (const outcome of ['refused', 'fails', 'unknown'] as const) if (outcomes.includes(outcome)) return outcome;
  return partly ? 'unknown' : 'loads';
}
