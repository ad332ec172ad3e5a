"""Repositories of tiny models that diffusers, PEFT and sentence-transformers save themselves, weights and all.

Used by honest.py (none may have a finding) and by oracles/loaders (what loading them runs).
"""

import os


def tokenizer(folder):
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    own = Tokenizer(models.WordLevel({"[UNK]": 0, "a": 1}, unk_token="[UNK]"))
    own.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(tokenizer_object=own, unk_token="[UNK]", pad_token="[UNK]").save_pretrained(folder)


def bert(folder, **options):
    """A BERT of some kilobytes; returns it."""
    from transformers import BertConfig, BertModel

    model = BertModel(BertConfig(vocab_size=8, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8))
    model.save_pretrained(folder, **options)
    tokenizer(folder)
    return model


def diffusers_saves(root):
    from diffusers import AutoencoderKL, DDPMPipeline, DDPMScheduler, PNDMScheduler, StableDiffusionPipeline, UNet2DConditionModel, UNet2DModel
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

    unet = UNet2DModel(sample_size=8, block_out_channels=(4, 4), layers_per_block=1, norm_num_groups=2, down_block_types=("DownBlock2D",) * 2, up_block_types=("UpBlock2D",) * 2)
    DDPMPipeline(unet, DDPMScheduler()).save_pretrained(os.path.join(root, "ddpm"))
    DDPMPipeline(unet, DDPMScheduler()).save_pretrained(os.path.join(root, "ddpm-pickled"), safe_serialization=False)
    condition = UNet2DConditionModel(
        sample_size=8, block_out_channels=(4, 4), layers_per_block=1, norm_num_groups=2, cross_attention_dim=8, attention_head_dim=2, down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D")
    )
    vae = AutoencoderKL(block_out_channels=(4,), norm_num_groups=2, sample_size=8)
    text = CLIPTextModel(CLIPTextConfig(vocab_size=8, hidden_size=8, intermediate_size=8, num_hidden_layers=1, num_attention_heads=1, max_position_embeddings=8))
    pipeline = StableDiffusionPipeline(
        vae=vae, text_encoder=text, tokenizer=clip_tokenizer(CLIPTokenizer, root), unet=condition, scheduler=PNDMScheduler(), safety_checker=None, feature_extractor=None, requires_safety_checker=False
    )
    pipeline.save_pretrained(os.path.join(root, "stable-diffusion"))
    unet.save_pretrained(os.path.join(root, "unet-only"))


def clip_tokenizer(cls, root):
    """Of a vocabulary of its own: nothing is downloaded."""
    import json
    import shutil

    folder = os.path.join(root, "vocabulary")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "vocab.json"), "w") as file:
        json.dump({"<|startoftext|>": 0, "<|endoftext|>": 1, "a</w>": 2}, file)
    with open(os.path.join(folder, "merges.txt"), "w") as file:
        file.write("#version: 0.2\n")
    own = cls(os.path.join(folder, "vocab.json"), os.path.join(folder, "merges.txt"))
    shutil.rmtree(folder)
    return own


def peft_saves(root):
    from peft import IA3Config, LoraConfig, PrefixTuningConfig, get_peft_model
    from transformers import GPT2Config, GPT2LMHeadModel

    def base():
        return GPT2LMHeadModel(GPT2Config(vocab_size=8, n_positions=8, n_embd=8, n_layer=1, n_head=1))

    base().save_pretrained(os.path.join(root, "base"))
    configs = {
        "lora": LoraConfig(task_type="CAUSAL_LM", r=2, target_modules=["c_attn"]),
        "lora-saved-modules": LoraConfig(task_type="CAUSAL_LM", r=2, target_modules=["c_attn"], modules_to_save=["lm_head"]),
        "ia3": IA3Config(task_type="CAUSAL_LM", target_modules=["c_attn"], feedforward_modules=[]),
        "prefix": PrefixTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=2),
    }
    for name, config in configs.items():
        get_peft_model(base(), config).save_pretrained(os.path.join(root, name))
    get_peft_model(base(), configs["lora"]).save_pretrained(os.path.join(root, "lora-pickled"), safe_serialization=False)


def sentence_transformers_saves(root):
    from sentence_transformers import CrossEncoder, SentenceTransformer, models
    from transformers import BertConfig, BertForSequenceClassification

    base = os.path.join(root, "base")
    bert(base)
    for name, more in (("mean", []), ("normalized", [models.Normalize()]), ("dense", [models.Dense(8, 4)])):
        modules = [models.Transformer(base), models.Pooling(8), *more]
        SentenceTransformer(modules=modules, device="cpu").save_pretrained(os.path.join(root, name))
    cross = os.path.join(root, "cross-base")
    config = BertConfig(vocab_size=8, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8, num_labels=1)
    BertForSequenceClassification(config).save_pretrained(cross)
    tokenizer(cross)
    CrossEncoder(cross, device="cpu").save_pretrained(os.path.join(root, "cross-encoder"))
