"""Layouts after the shape that the documentation of a library gives: timm, spaCy, MLflow, NeMo, GGUF, TorchServe, ONNX, MLX."""

import io
import json
import os
import struct
import tarfile
import zipfile

import numpy
from safetensors.numpy import save

WEIGHTS = save({"weight": numpy.zeros((2, 2), dtype=numpy.float32)})


def put(folder, files):
    for name, value in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(value if isinstance(value, bytes) else value.encode() if isinstance(value, str) else json.dumps(value).encode())


def gguf(template):
    def text(value):
        return struct.pack("<Q", len(value)) + value

    pairs = [(b"general.architecture", b"llama"), (b"general.name", b"Tiny"), (b"tokenizer.chat_template", template)]
    return b"GGUF" + struct.pack("<IQQ", 3, 0, len(pairs)) + b"".join(text(k) + struct.pack("<I", 8) + text(v) for k, v in pairs)


MLMODEL = """artifact_path: model
flavors:
  python_function:
    env:
      conda: conda.yaml
      virtualenv: python_env.yaml
    loader_module: {loader}
    model_path: model.{suffix}
    python_version: 3.11.7
  {flavor}:
    code: null
    serialization_format: cloudpickle
mlflow_version: 3.1.0
model_uuid: 0123456789abcdef0123456789abcdef
utc_time_created: '2026-01-05 10:00:00.000000'
"""
CONDA = """channels:
- conda-forge
dependencies:
- python=3.11.7
- pip<=25.0
- pip:
  - mlflow==3.1.0
  - numpy==2.3.1
name: mlflow-env
"""
PYTHON_ENV = """python: 3.11.7
build_dependencies:
- pip==25.0
- setuptools==80.0.0
dependencies:
- -r requirements.txt
"""
NEMO = """target: nemo.collections.asr.models.ctc_bpe_models.EncDecCTCModelBPE
nemo_version: 2.4.0
sample_rate: 16000
preprocessor:
  _target_: nemo.collections.asr.modules.AudioToMelSpectrogramPreprocessor
  features: 80
encoder:
  _target_: nemo.collections.asr.modules.ConformerEncoder
  n_layers: 16
decoder:
  _target_: nemo.collections.asr.modules.ConvASRDecoder
optim:
  name: adamw
  sched:
    name: CosineAnnealing
spec_augment:
  _target_: nemo.collections.asr.modules.SpectrogramAugmentation
"""
LDM = """model:
  base_learning_rate: 1.0e-04
  target: ldm.models.diffusion.ddpm.LatentDiffusion
  params:
    unet_config:
      target: ldm.modules.diffusionmodules.openaimodel.UNetModel
      params:
        image_size: 32
    first_stage_config:
      target: ldm.models.autoencoder.AutoencoderKL
      params:
        lossconfig:
          target: torch.nn.Identity
"""


TIMM = ("resnet50", "vit_base_patch16_224", "convnext_tiny", "efficientnet_b0", "swin_tiny_patch4_window7_224", "mixer_b16_224")


def shape_layouts(root):
    for name in TIMM:
        pretrained = {"tag": "a1_in1k", "input_size": [3, 224, 224], "interpolation": "bicubic", "classifier": "fc", "url": "", "custom_load": False}
        config = {"architecture": name, "num_classes": 1000, "num_features": 8, "pretrained_cfg": pretrained}
        put(f"{root}/timm/{name}", {"config.json": config, "model.safetensors": WEIGHTS, "README.md": "# Model\n"})
    for flavor, loader in (("sklearn", "mlflow.sklearn"), ("pytorch", "mlflow.pytorch"), ("xgboost", "mlflow.xgboost"), ("transformers", "mlflow.transformers"), ("lightgbm", "mlflow.lightgbm"), ("onnx", "mlflow.onnx"), ("pyfunc", "mlflow.pyfunc.model")):
        put(f"{root}/mlflow/{flavor}", {"MLmodel": MLMODEL.format(flavor=flavor, loader=loader, suffix="bin"), "conda.yaml": CONDA, "python_env.yaml": PYTHON_ENV, "requirements.txt": "mlflow==3.1.0\nnumpy==2.3.1\n"})
    for name in ("asr", "tts", "nlp"):
        os.makedirs(f"{root}/nemo/{name}", exist_ok=True)
        with tarfile.open(f"{root}/nemo/{name}/{name}.nemo", "w") as archive:
            for member, data in (("./model_config.yaml", NEMO.replace(".asr.", f".{name}.").encode()), ("./tokenizer.model", b"\x0a\x0btokens"), ("./vocab.txt", b"a\nb\n")):
                info = tarfile.TarInfo(member)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    for name, template in (("chatml", b"{% for m in messages %}{{ m.role }}: {{ m.content | trim }}\n{% endfor %}"), ("plain", b"{{ messages[0]['content'] }}")):
        put(f"{root}/gguf/{name}", {"model-Q4_K_M.gguf": gguf(template), "README.md": "# Model\n", "config.json": {"model_type": "llama"}})
    meta = {"lang": "en", "name": "core_web_sm", "version": "3.8.0", "spacy_version": ">=3.8.0,<3.9.0", "pipeline": ["tok2vec", "tagger"], "requirements": []}
    put(f"{root}/spacy/en_core_web_sm", {"meta.json": meta, "config.cfg": "[nlp]\nlang = \"en\"\n\n[components.tagger]\nfactory = \"tagger\"\n", "tokenizer": b"\x80", "vocab/strings.json": [], "tagger/cfg": {"labels": ["NN"]}})
    put(f"{root}/diffusion/ldm", {"v1-inference.yaml": LDM, "model_index.json": {"_class_name": "StableDiffusionPipeline", "_diffusers_version": "0.6.0", "safety_checker": ["stable_diffusion", "StableDiffusionSafetyChecker"], "vae": ["diffusers", "AutoencoderKL"], "scheduler": [None, None]}})
    put(f"{root}/mlx/quantized", {"config.json": {"model_type": "llama", "quantization": {"group_size": 64, "bits": 4}}, "model.safetensors": WEIGHTS})
    put(f"{root}/onnx/optimum", {"config.json": {"model_type": "bert", "architectures": ["BertModel"]}, "onnx/model.onnx": ONNX, "ort_config.json": {"optimum_version": "1.25.0"}})
    put(f"{root}/training/run", {"config.json": {"model_type": "gpt2"}, "model.safetensors": WEIGHTS, "train.py": TRAIN, "README.md": PROSE, "requirements.txt": "torch>=2.6\ntransformers==5.23.0\n-r more.txt\n"})
    put(f"{root}/remote-code/custom", {"config.json": {"model_type": "mine", "auto_map": {"AutoConfig": "configuration_mine.MineConfig", "AutoModel": "modeling_mine.MineModel"}}, "configuration_mine.py": CONFIGURATION, "modeling_mine.py": MODELING, "model.safetensors": WEIGHTS})
    os.makedirs(f"{root}/torchserve/mar", exist_ok=True)
    with zipfile.ZipFile(f"{root}/torchserve/mar/model.mar", "w") as archive:
        archive.writestr("MAR-INF/MANIFEST.json", json.dumps({"runtime": "python", "model": {"modelName": "m", "handler": "handler.py", "modelVersion": "1.0"}, "archiverVersion": "0.12.0"}))
        archive.writestr("handler.py", HANDLER)


# As onnx 1.23 writes it: helper.make_model(helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "g", ...), producer_name="pytorch").
ONNX = bytes.fromhex("080e 1207 7079746f726368 3a3b 0a0c0a0178120179220452656c75 120167 5a130a0178120e0a0c080112080a0208010a020803 62130a0179120e0a0c080112080a0208010a020803 4202101c")
PROSE = "# Model\n\nPayloads that reach `__class__.__mro__` or call os.system are refused.\n"
TRAIN = """import argparse
import os
import subprocess

import torch
from transformers import AutoModelForCausalLM, Trainer


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default=os.environ.get("OUT", "out"))
    args = parser.parse_args()
    revision = subprocess.check_output(["git", "rev-parse", "HEAD"])
    model = AutoModelForCausalLM.from_pretrained("gpt2")
    Trainer(model=model).train()
    torch.save({"revision": revision}, os.path.join(args.out, "state.pt"))


if __name__ == "__main__":
    main()
"""
CONFIGURATION = """from transformers import PretrainedConfig


class MineConfig(PretrainedConfig):
    model_type = "mine"

    def __init__(self, hidden_size=8, **kwargs):
        self.hidden_size = hidden_size
        super().__init__(**kwargs)
"""
MODELING = """import importlib
import math
import os

import torch
from torch import nn
from transformers import PreTrainedModel
from transformers.utils import logging

from .configuration_mine import MineConfig

logger = logging.get_logger(__name__)

try:
    flash = importlib.import_module("flash_attn")
except ImportError:
    flash = None

if os.environ.get("MINE_COMPILE") == "1":
    nn.functional.gelu = torch.compile(nn.functional.gelu)


class MineModel(PreTrainedModel):
    config_class = MineConfig

    def __init__(self, config):
        super().__init__(config)
        self.scale = math.sqrt(config.hidden_size)
        self.layer = nn.Linear(config.hidden_size, config.hidden_size)
        self.eval()

    def forward(self, inputs):
        return self.layer(inputs) / self.scale
"""
HANDLER = """import torch
from ts.torch_handler.base_handler import BaseHandler


class Handler(BaseHandler):
    def initialize(self, context):
        super().initialize(context)

    def preprocess(self, data):
        return torch.tensor([row["data"] for row in data])
"""
