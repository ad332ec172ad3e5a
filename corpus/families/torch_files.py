"""torch: state dicts, checkpoints, optimisers, schedulers, whole modules of torch's own layers, TorchScript, in both formats."""

import collections
import io
import os
import random
import tempfile
import warnings

import numpy as np
import torch
from torch import nn
from torch.optim import lr_scheduler

from store import torch_bytes

warnings.simplefilter("ignore")


def network():
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.1), nn.Linear(8, 2))
    net(torch.ones(3, 4)).sum().backward()
    return net


def tensors():
    made = {}
    for name, dtype in sorted(vars(torch).items()):
        if isinstance(dtype, torch.dtype):
            try:
                made["dtype-" + name] = torch.zeros(3, dtype=dtype)
            except Exception:
                continue
    base = torch.arange(12.0).reshape(3, 4)
    made.update({
        "views": [base, base[1:], base.t(), base[:, ::2]], "scalar": torch.tensor(1.5), "empty": torch.empty(0), "sparse": torch.eye(3).to_sparse(), "csr": torch.eye(3).to_sparse_csr(), "csc": torch.eye(3).to_sparse_csc(), "bsr": torch.eye(4).to_sparse_bsr((2, 2)),
        "quantised": torch.quantize_per_tensor(base, 0.1, 0, torch.qint8), "per-channel": torch.quantize_per_channel(base, torch.ones(3), torch.zeros(3), 0, torch.quint8), "parameter": nn.Parameter(base.clone()), "no-grad-parameter": nn.Parameter(base.clone(), requires_grad=False), "buffer": nn.Buffer(base.clone()) if hasattr(nn, "Buffer") else base,
        "meta": torch.ones(2, device="meta"), "conjugate": torch.ones(2, dtype=torch.complex64).conj(), "negative": torch.ones(2, dtype=torch.complex64).conj().imag, "nested": torch.nested.nested_tensor([torch.ones(1), torch.ones(2)]), "requires-grad": torch.ones(2, requires_grad=True),
        "channels-last": torch.ones(1, 2, 3, 3).contiguous(memory_format=torch.channels_last), "expanded": torch.ones(1).expand(5), "uninitialised": nn.UninitializedParameter(), "storage": torch.ones(3).untyped_storage(), "typed-storage": torch.ones(3).storage(), "with-attribute": _marked(torch.ones(1)),
        "values": {"size": torch.Size([1, 2]), "device": torch.device("cpu"), "dtype": torch.float16, "layout": torch.strided, "format": torch.channels_last, "version": torch.__version__, "finfo": 1e-7}, "named-tuple-free": collections.OrderedDict(a=base), "generator": torch.Generator(), "packed": torch.nn.utils.rnn.pack_sequence([torch.ones(2, 1), torch.ones(1, 1)]),
        "numpy-mixed": {"a": np.arange(3), "t": base, "n": np.float32(2)},
    })
    return made


def _marked(tensor):
    tensor.note = "kept"
    return tensor


def optimisers(net):
    for name, cls in sorted(vars(torch.optim).items()):
        if isinstance(cls, type) and issubclass(cls, torch.optim.Optimizer) and cls is not torch.optim.Optimizer:
            def make(cls=cls):
                optimiser = cls(net.parameters(), lr=0.01)
                try:
                    optimiser.step(lambda: torch.tensor(0.0))
                except Exception:
                    pass
                return optimiser
            yield name, make


def schedulers(net):
    def sgd():
        return torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)

    def double(epoch):
        return 0.9

    yield "StepLR", lambda: lr_scheduler.StepLR(sgd(), 2)
    yield "MultiStepLR", lambda: lr_scheduler.MultiStepLR(sgd(), [2, 4])
    yield "ExponentialLR", lambda: lr_scheduler.ExponentialLR(sgd(), 0.9)
    yield "CosineAnnealingLR", lambda: lr_scheduler.CosineAnnealingLR(sgd(), 10)
    yield "CosineAnnealingWarmRestarts", lambda: lr_scheduler.CosineAnnealingWarmRestarts(sgd(), 5)
    yield "ReduceLROnPlateau", lambda: lr_scheduler.ReduceLROnPlateau(sgd())
    yield "OneCycleLR", lambda: lr_scheduler.OneCycleLR(sgd(), 0.1, total_steps=5)
    yield "CyclicLR", lambda: lr_scheduler.CyclicLR(sgd(), 0.01, 0.1)
    yield "LinearLR", lambda: lr_scheduler.LinearLR(sgd())
    yield "ConstantLR", lambda: lr_scheduler.ConstantLR(sgd())
    yield "PolynomialLR", lambda: lr_scheduler.PolynomialLR(sgd())
    yield "LambdaLR", lambda: lr_scheduler.LambdaLR(sgd(), double)
    yield "MultiplicativeLR", lambda: lr_scheduler.MultiplicativeLR(sgd(), double)

    def sequential():
        optimiser = sgd()
        return lr_scheduler.SequentialLR(optimiser, [lr_scheduler.ConstantLR(optimiser), lr_scheduler.ExponentialLR(optimiser, 0.9)], [2])

    yield "SequentialLR", sequential
    yield "ChainedScheduler", lambda: lr_scheduler.ChainedScheduler([lr_scheduler.ConstantLR(sgd())])


#: Constructor arguments to try on a layer, in turn.
LAYER_ARGUMENTS = [(), (4,), (4, 4), (4, 4, 3), (4, 2), (2, 4, 4), (4, 4, 4), ([4],), (1, 4), (4, 2, 8, 0.1), (2, (3, 3)), (0.5, 0.5)]


def layers():
    for name, cls in sorted(vars(nn).items()):
        if not (isinstance(cls, type) and issubclass(cls, nn.Module)) or cls is nn.Module:
            continue
        if name in ("TransformerEncoder", "TransformerDecoder"):
            part = nn.TransformerEncoderLayer(4, 2, 4) if "En" in name else nn.TransformerDecoderLayer(4, 2, 4)
            yield name, cls(part, 1)
            continue
        if name == "DataParallel":
            yield name, cls(nn.Linear(2, 2))
            continue
        if name == "AdaptiveLogSoftmaxWithLoss":
            yield name, cls(4, 8, [2, 4])
            continue
        if name == "Transformer":
            yield name, cls(4, 2, 1, 1, 4)
            continue
        for arguments in LAYER_ARGUMENTS:
            try:
                yield name, cls(*arguments)
                break
            except Exception:
                continue


class Scripted(nn.Module):
    """Scripted only, never pickled: TorchScript keeps its code, not its class."""

    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(4, 4)
        self.scale = 2.0

    def forward(self, x: torch.Tensor, flag: bool = True) -> torch.Tensor:
        if flag:
            x = x * self.scale
        return torch.relu(self.inner(x))


def scripts(store):
    net = network().eval()
    jobs = {
        "script": lambda: torch.jit.script(Scripted()), "traced": lambda: torch.jit.trace(net, torch.ones(1, 4)), "script-sequential": lambda: torch.jit.script(net), "frozen": lambda: torch.jit.freeze(torch.jit.script(Scripted().eval())),
        "script-conv": lambda: torch.jit.script(nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.MaxPool2d(2))), "script-lstm": lambda: torch.jit.script(nn.LSTM(4, 4)), "script-embedding": lambda: torch.jit.script(nn.EmbeddingBag(5, 3)), "script-attention": lambda: torch.jit.script(nn.MultiheadAttention(4, 2)),
    }
    for name, make in jobs.items():
        module = store.attempt("torch/" + name, make)
        if module is None:
            continue
        store.file("torch/%s.pt" % name, lambda path: torch.jit.save(module, path))
        store.file("torch/%s-extra.pt" % name, lambda path: torch.jit.save(module, path, _extra_files={"labels.json": "[1, 2]"}))
        store.file("torch/%s-mobile.ptl" % name, lambda path: module._save_for_lite_interpreter(path))
    store.file("torch/quantised-script.pt", lambda path: torch.jit.save(torch.jit.script(torch.ao.quantization.quantize_dynamic(nn.Sequential(nn.Linear(4, 4)), {nn.Linear}, torch.qint8)), path))
    program = store.attempt("torch/export", lambda: torch.export.export(net, (torch.ones(3, 4),)))
    if program is not None:
        store.file("torch/exported.pt2", lambda path: torch.export.save(program, path))


def distributed(store, net):
    import torch.distributed.checkpoint as dcp

    states = {"model": {"model": net.state_dict()}, "training": {"model": net.state_dict(), "optimiser": torch.optim.Adam(net.parameters()).state_dict(), "step": 7}}
    for name, state in states.items():
        with tempfile.TemporaryDirectory() as folder:
            try:
                dcp.save(state, storage_writer=dcp.FileSystemWriter(folder), no_dist=True)
            except Exception as problem:
                store.skip("torch/dcp-" + name, problem)
                continue
            for file in sorted(os.listdir(folder)):
                with open(os.path.join(folder, file), "rb") as opened:
                    store.bytes("torch/dcp-%s/%s" % (name, file), opened.read())


def checkpoints(net):
    adam = torch.optim.AdamW(net.parameters())
    adam.step()
    scheduler = lr_scheduler.StepLR(adam, 2)
    scaler = torch.amp.GradScaler("cpu")
    random_state = {"python": random.getstate(), "numpy": np.random.get_state(), "torch": torch.get_rng_state(), "cuda": [torch.get_rng_state()]}
    full = {"epoch": 3, "global_step": 100, "model_state_dict": net.state_dict(), "optimizer_state_dict": adam.state_dict(), "scheduler": scheduler.state_dict(), "scaler": scaler.state_dict(), "loss": torch.tensor(0.5), "args": __import__("argparse").Namespace(lr=0.1), "rng": random_state}
    import datetime
    import pathlib

    return {
        "state-dict": net.state_dict(), "state-dict-half": net.half().float().state_dict(), "full": full, "rng": random_state, "rng-only": torch.get_rng_state(), "ema": torch.optim.swa_utils.AveragedModel(network()).state_dict(), "lightning": {"epoch": 1, "pytorch-lightning_version": "2.5.0", "state_dict": net.state_dict(), "loops": {"fit_loop": {"state_dict": {}}}, "callbacks": {"ModelCheckpoint{'monitor': None}": {"best_model_score": torch.tensor(0.1), "dirpath": "checkpoints"}}, "optimizer_states": [adam.state_dict()], "lr_schedulers": [scheduler.state_dict()], "hyper_parameters": {"lr": 0.1}},
        "embeddings": {"weights": torch.rand(50, 8), "vocabulary": ["w%d" % i for i in range(50)]}, "lora": {"base_model.model.q_proj.lora_A.weight": torch.ones(2, 4), "r": 2}, "nothing": None, "text-only": {"note": "no tensor", "when": datetime.datetime(2020, 1, 1), "where": pathlib.PurePosixPath("out")}, "nested-modules": {"generator": net, "discriminator": network()}, "averaged": torch.optim.swa_utils.AveragedModel(network()), "data-parallel": nn.DataParallel(network()),
        "swa-schedule": torch.optim.swa_utils.SWALR(torch.optim.SGD(net.parameters(), lr=0.1), 0.05).state_dict(), "dataset": torch.utils.data.TensorDataset(torch.ones(4, 2), torch.zeros(4)), "split": torch.utils.data.random_split(torch.utils.data.TensorDataset(torch.ones(4)), [3, 1], torch.Generator().manual_seed(0)), "normal": torch.distributions.Normal(torch.zeros(2), torch.ones(2)), "categorical": torch.distributions.Categorical(torch.ones(3) / 3), "scaler-object": scaler,
        "weight-norm": torch.nn.utils.weight_norm(nn.Linear(2, 2)), "spectral-norm": torch.nn.utils.spectral_norm(nn.Linear(2, 2)), "pruned": __import__("torch.nn.utils.prune", fromlist=["x"]).l1_unstructured(nn.Linear(2, 2), "weight", 0.5), "quantised-dynamic": torch.ao.quantization.quantize_dynamic(nn.Sequential(nn.Linear(4, 4)), {nn.Linear}, torch.qint8), "quantised-state": torch.ao.quantization.quantize_dynamic(nn.Sequential(nn.Linear(4, 4)), {nn.Linear}, torch.qint8).state_dict(), "module-with-channels-last": nn.Conv2d(2, 2, 3).to(memory_format=torch.channels_last),
        "distributions": [torch.distributions.Uniform(torch.zeros(1), torch.ones(1)), torch.distributions.MultivariateNormal(torch.zeros(2), torch.eye(2)), torch.distributions.Bernoulli(torch.tensor([0.5])), torch.distributions.Gamma(torch.ones(1), torch.ones(1)), torch.distributions.Beta(torch.ones(1), torch.ones(1)), torch.distributions.Dirichlet(torch.ones(3)), torch.distributions.Independent(torch.distributions.Normal(torch.zeros(2), torch.ones(2)), 1)],
    }


def both(store, name, value, every=False):
    """By the default format and by the one before 1.6; whole objects in one of them in turn."""
    store.turn += 1
    for zipped in (True, False) if every else (store.turn % 3 != 0,):
        data = store.attempt("torch/" + name, lambda: torch_bytes(value, zipped))
        if data is not None:
            store.bytes("torch/%s%s" % (name, ".pt" if zipped else ".legacy.pth"), data)


def build(store, options):
    net = network()
    for name, value in sorted(tensors().items()):
        both(store, "tensor-" + name, value, True)
    for name, value in checkpoints(net).items():
        both(store, "checkpoint-" + name, value, True)
    for name, make in list(optimisers(net)) + list(schedulers(net)):
        value = store.attempt("torch/" + name, make)
        if value is not None:
            both(store, "state-" + name, value.state_dict(), True)
            both(store, "object-" + name, value)
    for name, layer in layers():
        both(store, "layer-" + name, layer)
    whole = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.LSTM(4, 2, 2), nn.Transformer(4, 2, 1, 1, 4))
    both(store, "whole", whole, True)
    store.spread("torch/pickled-module", net)
    store.spread("torch/pickled-state", net.state_dict())
    store.bytes("torch/in-a-folder/pytorch_model.bin", torch_bytes(net.state_dict(), True))
    for protocol in (3, 4, 5):
        out = io.BytesIO()
        torch.save(net.state_dict(), out, pickle_protocol=protocol)
        store.bytes("torch/protocol-%d.ckpt" % protocol, out.getvalue())
    scripts(store)
    distributed(store, net)
