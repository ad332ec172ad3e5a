"""sentence-transformers: what its trainers leave in their checkpoint folders, and weights outside of safetensors."""

import os
import tempfile
from pathlib import Path

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] the cat sat on mat dog ran".split()
ANCHORS = ["the cat sat", "the dog ran"] * 4
POSITIVES = ["cat on mat", "dog ran"] * 4


def build(store, options):
    from datasets import Dataset
    from sentence_transformers import (
        CrossEncoder,
        CrossEncoderTrainer,
        CrossEncoderTrainingArguments,
        SentenceTransformer,
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
        SparseEncoderTrainingArguments,
    )
    from sentence_transformers.cross_encoder import losses as cross_losses
    from sentence_transformers.sentence_transformer import losses
    from sentence_transformers.sentence_transformer.modules import Dense, Pooling, Transformer
    from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizerFast

    from store import torch_bytes

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        # Paths stand in the arguments that are saved: they must not name the folder of this run.
        before = os.getcwd()
        os.chdir(folder)
        try:
            for name, kind in (("encoder", BertModel), ("classifier", BertForSequenceClassification)):
                base = root / name
                base.mkdir()
                (base / "vocab.txt").write_text("\n".join(WORDS) + "\n")
                BertTokenizerFast(str(base / "vocab.txt")).save_pretrained(base)
                shape = {"vocab_size": len(WORDS), "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
                kind(BertConfig(num_labels=1, **shape)).save_pretrained(base)
            common = {"max_steps": 4, "save_steps": 2, "per_device_train_batch_size": 2, "use_cpu": True, "report_to": []}

            model = SentenceTransformer(modules=[Transformer("encoder"), Pooling(8), Dense(8, 4)], device="cpu")
            model.save("saved", safe_serialization=False)
            data = Dataset.from_dict({"anchor": ANCHORS, "positive": POSITIVES})
            for name, given in (("sentences", {}), ("prompts", {"prompts": {"anchor": "query: "}, "batch_sampler": "no_duplicates", "multi_dataset_batch_sampler": "round_robin"})):
                arguments = SentenceTransformerTrainingArguments(output_dir=name, **common, **given)
                loss = losses.MultipleNegativesRankingLoss(model)
                SentenceTransformerTrainer(model=model, args=arguments, train_dataset=data, loss=loss).train()

            ranker = CrossEncoder("classifier", device="cpu")
            pairs = Dataset.from_dict({"query": ANCHORS, "answer": POSITIVES, "label": [1.0, 0.0] * 4})
            arguments = CrossEncoderTrainingArguments(output_dir="ranker", **common)
            CrossEncoderTrainer(model=ranker, args=arguments, train_dataset=pairs, loss=cross_losses.BinaryCrossEntropyLoss(ranker)).train()

        finally:
            os.chdir(before)
        for path in sorted(root.rglob("*")):
            if path.suffix in (".bin", ".pt", ".pth"):
                store.bytes("sentences/%s" % path.relative_to(root), path.read_bytes())
    store.bytes("sentences/sparse/training_args.bin", torch_bytes(SparseEncoderTrainingArguments(output_dir="out", report_to=[]), True))
    store.pickled("sentences/embeddings", model.encode(ANCHORS[:2]), [2, 4, 5])
    store.bytes("sentences/embeddings.pt", torch_bytes(model.encode(ANCHORS[:2], convert_to_tensor=True), True))
