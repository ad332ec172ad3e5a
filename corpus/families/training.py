"""transformers' and accelerate's training state: what a Trainer leaves in its checkpoint folders."""

import json
import random

import numpy as np
import torch

from store import torch_bytes


def build(store, options):
    import transformers
    from transformers import TrainingArguments

    makers = {
        "plain": {}, "cosine": {"lr_scheduler_type": "cosine", "warmup_steps": 10}, "evaluating": {"eval_strategy": "steps", "eval_steps": 5, "save_strategy": "steps", "save_steps": 5, "load_best_model_at_end": True}, "adafactor": {"optim": "adafactor"}, "accumulating": {"gradient_accumulation_steps": 2, "gradient_checkpointing": True}, "seeded": {"seed": 1, "data_seed": 2, "label_names": ["labels"]},
        "scheduler-arguments": {"lr_scheduler_type": "cosine_with_restarts", "lr_scheduler_kwargs": {"num_cycles": 2}}, "debug": {"debug": "underflow_overflow"}, "hub": {"hub_strategy": "every_save"},
    }
    for name, given in makers.items():
        value = store.attempt("training/" + name, lambda: TrainingArguments(output_dir="out", report_to=[], use_cpu=True, **given))
        if value is None:
            value = store.attempt("training/" + name, lambda: TrainingArguments(output_dir="out", report_to=[], **given))
        if value is None:
            continue
        store.bytes("training/%s/training_args.bin" % name, torch_bytes(value, True))
        store.bytes("training/%s-legacy/training_args.bin" % name, torch_bytes(value, False))
    for module, cls in (("transformers", "Seq2SeqTrainingArguments"),):
        value = store.attempt("training/" + cls, lambda: getattr(transformers, cls)(output_dir="out", report_to=[]))
        if value is not None:
            store.bytes("training/seq2seq/training_args.bin", torch_bytes(value, True))
    net = torch.nn.Linear(4, 2)
    optimiser = torch.optim.AdamW(net.parameters())
    net(torch.ones(1, 4)).sum().backward()
    optimiser.step()
    for name in "linear cosine constant constant_with_warmup polynomial cosine_with_restarts inverse_sqrt".split():
        scheduler = store.attempt("training/" + name, lambda: transformers.get_scheduler(name, optimiser, 2, 10))
        if scheduler is not None:
            store.bytes("training/%s/scheduler.pt" % name, torch_bytes(scheduler.state_dict(), True))
    store.bytes("training/optimizer.pt", torch_bytes(optimiser.state_dict(), True))
    store.bytes("training/pytorch_model.bin", torch_bytes(net.state_dict(), True))
    states = {"python": random.getstate(), "numpy": np.random.get_state(), "cpu": torch.random.get_rng_state()}
    store.bytes("training/rng_state.pth", torch_bytes(states, True))
    store.bytes("training/scaler.pt", torch_bytes(torch.amp.GradScaler("cpu").state_dict(), True))
    store.bytes("training/random_states_0.pkl", torch_bytes({"step": 3, "random_state": random.getstate(), "numpy_random_seed": np.random.get_state(), "torch_manual_seed": torch.get_rng_state()}, True))
    state = transformers.TrainerState(epoch=1.0, global_step=3, log_history=[{"loss": 0.5}])
    store.bytes("training/trainer_state.bin", torch_bytes(vars(state), True))
    store.pickled("training/trainer_state", state, [2, 4])
    store.pickled("training/outputs", {"metrics": {"eval_loss": 0.5}, "predictions": np.ones((3, 2), "f4"), "label_ids": np.arange(3)}, [4])
