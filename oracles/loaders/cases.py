"""Repositories that name code, and how their users load them: what the table of loaders says of them is tried here.

A payload writes a file that is named in the environment and does nothing else.
"""

import json
import os
import shutil

#: The table of loaders (catalogue/data/loaders.txt) has the versions; the environment of the corpus has the newest of each.
MARK = "import os\nopen(os.environ['MARKER'] + '-{name}', 'w').close()\n"


class Mark:
    """Pickled, it writes the file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (open, (self.path, "w"))


def copy(base, folder):
    shutil.copytree(base, folder)
    return folder


def write(folder, name, value):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(value if isinstance(value, str) else json.dumps(value))


def edit(folder, name, **values):
    path = os.path.join(folder, name)
    with open(path) as file:
        known = json.load(file)
    write(folder, name, {**known, **values})


def pickled(path, marker):
    import torch

    torch.save({"weight": torch.zeros(1), "x": Mark(marker)}, path)


def template(name):
    text = "open(%r, 'w').close()" % (os.environ["MARKER"] + "-" + name)
    return "{{ cycler.__init__.__globals__.__builtins__.exec(%r) }}" % text


def make(base, folder, name):
    """The repository of a case. `base`: the folder with those that the libraries saved (corpus/repositories/saved.py)."""
    marker = os.environ["MARKER"] + "-" + name
    mark = MARK.format(name=name)
    kind = name.split("/")[0]
    if kind in ("config", "tokenizer", "model", "sentence-auto-map"):
        copy(os.path.join(base, "bert"), folder)
        write(folder, "own.py", mark + CLASSES)
        names = {"AutoConfig": "own.C", "AutoModel": "own.M"} if kind != "tokenizer" else {}
        edit(folder, "config.json", model_type="of-its-own" if kind != "tokenizer" else "bert", auto_map=names)
        if kind == "tokenizer":
            edit(folder, "tokenizer_config.json", tokenizer_class="T", auto_map={"AutoTokenizer": ["own.T", None]})
    elif kind == "pipeline":
        copy(os.path.join(base, "bert"), folder)
        write(folder, "own.py", mark + "from transformers import Pipeline\nclass P(Pipeline):\n    pass\n")
        edit(folder, "config.json", custom_pipelines={"own-task": {"impl": "own.P", "pt": ["AutoModel"], "tf": []}})
    elif kind == "kernel":
        copy(os.path.join(base, "bert"), folder)
        edit(folder, "config.json", _attn_implementation="attacker/kernel", _attn_implementation_internal="attacker/kernel")
    elif kind == "template":
        copy(os.path.join(base, "bert"), folder)
        edit(folder, "tokenizer_config.json", chat_template=template(name))
        shutil.rmtree(os.path.join(folder, "chat_template.jinja"), ignore_errors=True)
    elif kind == "preferred":
        copy(os.path.join(base, "bert"), folder)
        pickled(os.path.join(folder, "pytorch_model.bin"), marker)
    elif kind == "pickled":
        copy(os.path.join(base, "bert"), folder)
        os.remove(os.path.join(folder, "model.safetensors"))
        pickled(os.path.join(folder, "pytorch_model.bin"), marker)
    elif kind == "modules":
        copy(os.path.join(base, "st/mean"), folder)
        write(folder, "own.py", mark + "from sentence_transformers.models import Normalize\nclass Own(Normalize):\n    pass\n")
        write(folder, "2_Own/config.json", {})
        with open(os.path.join(folder, "modules.json")) as file:
            modules = json.load(file)
        write(folder, "modules.json", [*modules, {"idx": 2, "name": "2", "path": "2_Own", "type": "own.Own"}])
    elif kind == "diffusers-pipeline":
        copy(os.path.join(base, "diffusers/ddpm"), folder)
        write(folder, "own_pipeline.py", mark + "from diffusers import DDPMPipeline\nclass Own(DDPMPipeline):\n    pass\n")
        edit(folder, "model_index.json", _class_name=["own_pipeline", "Own"])
    elif kind == "diffusers-component":
        copy(os.path.join(base, "diffusers/ddpm"), folder)
        write(folder, "unet/own_unet.py", mark + "from diffusers import UNet2DModel\nclass Own(UNet2DModel):\n    pass\n")
        edit(folder, "model_index.json", unet=["own_unet", "Own"])
    elif kind == "diffusers-library":
        copy(os.path.join(base, "diffusers/ddpm"), folder)
        # Importable, as an installed package is.
        write(os.environ["INSTALLED"], f"installed_{name.split('/')[1]}.py", mark + "class Own:\n    pass\n")
        edit(folder, "model_index.json", unet=[f"installed_{name.split('/')[1]}", "Own"])
    elif kind == "diffusers-preferred":
        copy(os.path.join(base, "diffusers/ddpm"), folder)
        pickled(os.path.join(folder, "unet/diffusion_pytorch_model.bin"), marker)
    elif kind == "diffusers-pickled":
        copy(os.path.join(base, "diffusers/ddpm-pickled"), folder)
        pickled(os.path.join(folder, "unet/diffusion_pytorch_model.bin"), marker)
    elif kind == "peft-pickled":
        copy(os.path.join(base, "peft/lora-pickled"), folder)
        edit(folder, "adapter_config.json", base_model_name_or_path=os.path.join(base, "peft/base"))
        pickled(os.path.join(folder, "adapter_model.bin"), marker)
    elif kind == "peft-honest":
        copy(os.path.join(base, "peft/lora-pickled"), folder)
        edit(folder, "adapter_config.json", base_model_name_or_path=os.path.join(base, "peft/base"))
    else:
        raise ValueError(name)
    return folder


CLASSES = """
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast


class C(BertConfig):
    model_type = "of-its-own"


class M(BertModel):
    config_class = C


class T(PreTrainedTokenizerFast):
    pass
"""


def load(kind, folder, trust):
    """As their users call them; `trust` is what they add when they trust the repository."""
    more = {"trust_remote_code": True} if trust else {}
    if kind == "config":
        from transformers import AutoConfig

        return AutoConfig.from_pretrained(folder, **more)
    if kind == "tokenizer":
        from transformers import AutoTokenizer

        return AutoTokenizer.from_pretrained(folder, **more)
    if kind in ("model", "kernel", "preferred", "pickled"):
        from transformers import AutoModel

        return AutoModel.from_pretrained(folder, **more)
    if kind == "pipeline":
        from transformers import pipeline

        return pipeline("own-task", model=folder, **more)
    if kind == "template":
        from transformers import AutoTokenizer

        own = AutoTokenizer.from_pretrained(folder, **more)
        return own.apply_chat_template([{"role": "user", "content": "a"}], tokenize=False)
    if kind in ("modules", "sentence-auto-map"):
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(folder, device="cpu", **more)
    if kind.startswith("diffusers-"):
        from diffusers import DiffusionPipeline

        return DiffusionPipeline.from_pretrained(folder, **more)
    if kind.startswith("peft-"):
        from peft import AutoPeftModelForCausalLM

        return AutoPeftModelForCausalLM.from_pretrained(folder)
    raise ValueError(kind)


#: Each with the loader of the table, what loading runs by default and what with trust: `runs`, or not (`refuses` where loading
#: has to fail, `loads` where it has to work, `any` where nothing runs either way).
CASES = [
    ("config", "transformers", "refuses", "runs"),
    # BERT has tokenizers of its own, which stand in.
    ("tokenizer", "transformers", "any", "runs"),
    ("model", "transformers", "refuses", "runs"),
    ("pipeline", "transformers", "refuses", "runs"),
    ("kernel", "transformers", "any", "any"),
    ("template", "transformers", "refuses", "refuses"),
    ("preferred", "transformers", "loads", "loads"),
    ("pickled", "transformers", "refuses", "refuses"),
    ("modules", "sentence-transformers", "refuses", "runs"),
    ("sentence-auto-map", "sentence-transformers", "refuses", "runs"),
    ("diffusers-pipeline", "diffusers", "refuses", "runs"),
    ("diffusers-component", "diffusers", "refuses", "runs"),
    ("diffusers-library", "diffusers", "refuses", "refuses"),
    ("diffusers-preferred", "diffusers", "loads", "loads"),
    ("diffusers-pickled", "diffusers", "refuses", "refuses"),
    ("peft-pickled", None, "refuses", "refuses"),
    ("peft-honest", None, "loads", "loads"),
]
