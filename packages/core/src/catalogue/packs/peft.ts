// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'peft 0.21.2',
  groups: [
    {
      why: 'An enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process.',
      insideDanger: true,
      names: `
peft.tuners.prompt_tuning.config: PromptTuningInit
peft.utils.peft_types: PeftType TaskType`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
peft.tuners.adalora.config: AdaLoraConfig
peft.tuners.ia3.config: IA3Config
peft.tuners.loha.config: LoHaConfig
peft.tuners.lora.config: LoraConfig LoraRuntimeConfig
peft.tuners.lora.variants: DoraLinearVariant
peft.tuners.prefix_tuning.config: PrefixTuningConfig
peft.tuners.prompt_tuning.config: PromptTuningConfig`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
peft.peft_model: PeftModel
peft.tuners.ia3.layer: Linear
peft.tuners.ia3.model: IA3Model
peft.tuners.loha.layer: Linear
peft.tuners.loha.model: LoHaModel
peft.tuners.lora.dora: DoraLinearLayer
peft.tuners.lora.layer: Linear
peft.tuners.lora.model: LoraModel`,
    },
  ],
  uses: `
PeftType!: r1()
PromptTuningInit!: r1()
TaskType!: r1()`,
  members: '',
  shapes: '',
  refused: '',
};
