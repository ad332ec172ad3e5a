// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'transformers 5.23.0',
  groups: [
    {
      why: 'A named tuple. Read in its source and tried.',
      insideDanger: true,
      names: `
transformers.trainer_utils: PredictionOutput`,
    },
    {
      why: 'An enumeration: looks its argument up among the members (_missing_ of transformers only raises); BUILD on it would change the member for the whole process.',
      insideDanger: true,
      names: `
transformers.utils.quantization_config: QuantizationMethod`,
    },
    {
      why: 'Its __getattr__ raises AttributeError for __setstate__ on an empty instance.',
      insideDanger: true,
      names: `
transformers.models.bert.tokenization_bert: BertTokenizer
transformers.tokenization_utils_tokenizers: TokenizersBackend`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
transformers.cache_utils: DynamicCache DynamicLayer
transformers.data.data_collator: DataCollatorWithPadding
transformers.generation.configuration_utils: GenerationConfig
transformers.image_utils: SizeDict
transformers.models.bert.configuration_bert: BertConfig
transformers.models.clip.configuration_clip: CLIPConfig CLIPTextConfig CLIPVisionConfig
transformers.models.distilbert.configuration_distilbert: DistilBertConfig
transformers.models.gpt2.configuration_gpt2: GPT2Config
transformers.models.llama.configuration_llama: LlamaConfig
transformers.models.mistral.configuration_mistral: MistralConfig
transformers.models.qwen2.configuration_qwen2: Qwen2Config
transformers.models.roberta.configuration_roberta: RobertaConfig
transformers.models.t5.configuration_t5: T5Config
transformers.models.vit.configuration_vit: ViTConfig
transformers.models.vit.image_processing_vit: ViTImageProcessor
transformers.models.whisper.configuration_whisper: WhisperConfig
transformers.models.whisper.feature_extraction_whisper: WhisperFeatureExtractor
transformers.utils.quantization_config: BitsAndBytesConfig`,
    },
    {
      why: 'Two fixed fields. Read in its source and tried.',
      insideDanger: true,
      names: `
transformers.tokenization_utils_base: BatchEncoding`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
transformers.activations: GELUActivation NewGELUActivation QuickGELUActivation SiLUActivation
transformers.models.bert.modeling_bert: BertAttention BertEmbeddings BertEncoder BertForSequenceClassification BertIntermediate BertLayer BertModel BertOutput BertPooler BertSelfAttention BertSelfOutput
transformers.models.clip.modeling_clip: CLIPAttention CLIPEncoder CLIPEncoderLayer CLIPMLP CLIPTextEmbeddings CLIPTextModel
transformers.models.distilbert.modeling_distilbert: DistilBertForSequenceClassification DistilBertModel DistilBertSelfAttention Embeddings FFN Transformer TransformerBlock
transformers.models.gpt2.modeling_gpt2: GPT2Attention GPT2Block GPT2LMHeadModel GPT2MLP GPT2Model
transformers.models.llama.modeling_llama: LlamaAttention LlamaDecoderLayer LlamaForCausalLM LlamaMLP LlamaModel LlamaRMSNorm LlamaRotaryEmbedding
transformers.models.mistral.modeling_mistral: MistralAttention MistralDecoderLayer MistralForCausalLM MistralMLP MistralModel MistralRMSNorm MistralRotaryEmbedding
transformers.models.qwen2.modeling_qwen2: Qwen2Attention Qwen2DecoderLayer Qwen2ForCausalLM Qwen2MLP Qwen2Model Qwen2RMSNorm Qwen2RotaryEmbedding
transformers.models.roberta.modeling_roberta: RobertaAttention RobertaEmbeddings RobertaEncoder RobertaForTokenClassification RobertaIntermediate RobertaLayer RobertaModel RobertaOutput RobertaSelfAttention RobertaSelfOutput
transformers.models.t5.modeling_t5: T5Attention T5Block T5DenseActDense T5ForConditionalGeneration T5LayerCrossAttention T5LayerFF T5LayerNorm T5LayerSelfAttention T5Stack
transformers.models.vit.modeling_vit: ViTAttention ViTEmbeddings ViTForImageClassification ViTLayer ViTMLP ViTModel ViTPatchEmbeddings
transformers.models.whisper.modeling_whisper: WhisperAttention WhisperDecoder WhisperDecoderLayer WhisperEncoder WhisperEncoderLayer WhisperForConditionalGeneration WhisperModel WhisperPositionalEmbedding
transformers.pytorch_utils: Conv1D`,
    },
  ],
  uses: `
PredictionOutput: n1(n,d) n3(d,d)
QuantizationMethod!: r1()`,
  members: '',
  shapes: '',
  refused: `
transformers.modeling_outputs SequenceClassifierOutput: __post_init__ iterates a first argument that is no tensor and sets attributes by its names; __setitem__ too`,
};
