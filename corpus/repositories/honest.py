"""Writes layouts of honest model repositories, as the libraries themselves save them.

    python corpus/repositories/honest.py FOLDER

Needs transformers, tokenizers, safetensors, numpy; diffusers and peft (requirements.txt) and sentence-transformers where they are
installed. `saved.py` has tiny models that these save whole. In the other layouts weights are one small tensor each: nothing reads
them here. Layouts of libraries that are not installed are written after the shape that their documentation gives (`shapes.py`).
"""

import importlib
import importlib.util
import inspect
import json
import os
import sys
import warnings

import numpy
from safetensors.numpy import save_file

warnings.filterwarnings("ignore")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")

WEIGHTS = {"weight": numpy.zeros((2, 2), dtype=numpy.float32)}


def write(folder, name, value):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(value if isinstance(value, str) else json.dumps(value, indent=2))


def weights(folder, shards=1, stem="model"):
    if shards == 1:
        save_file(WEIGHTS, os.path.join(folder, f"{stem}.safetensors"), {"format": "pt"})
        return
    names = [f"{stem}-{i + 1:05}-of-{shards:05}.safetensors" for i in range(shards)]
    for name in names:
        save_file(WEIGHTS, os.path.join(folder, name), {"format": "pt"})
    index = {"metadata": {"total_size": 16 * shards}, "weight_map": {f"layer.{i}.weight": n for i, n in enumerate(names)}}
    write(folder, f"{stem}.safetensors.index.json", index)


def tokenizer(folder, template=None):
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    own = Tokenizer(models.WordLevel({"[UNK]": 0, "a": 1}, unk_token="[UNK]"))
    own.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(tokenizer_object=own, unk_token="[UNK]")
    if template is not None:
        fast.chat_template = template
    fast.save_pretrained(folder)


CHATML = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


def transformers_layouts(root):
    from transformers import GenerationConfig
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING
    from transformers.models.auto.image_processing_auto import IMAGE_PROCESSOR_MAPPING_NAMES

    for i, model_type in enumerate(sorted(CONFIG_MAPPING.keys())):
        folder = os.path.join(root, "transformers", model_type)
        try:
            config = CONFIG_MAPPING[model_type]()
            config.architectures = [type(config).__name__.replace("Config", "Model")]
            config.save_pretrained(folder)
        except Exception as error:  # a configuration that needs arguments of its own
            print(f"left out {model_type}: {error}".split("\n")[0][:120])
            continue
        weights(folder, 1 + i % 3)
        GenerationConfig(max_new_tokens=20).save_pretrained(folder)
        tokenizer(folder, CHATML if i % 2 == 0 else None)
        image = IMAGE_PROCESSOR_MAPPING_NAMES.get(model_type)
        name = next((n for n in (image.values() if isinstance(image, dict) else image or ()) if isinstance(n, str)), None)
        try:
            if name is not None:
                getattr(importlib.import_module("transformers"), name)().save_pretrained(folder)
        except Exception:
            pass


def defaults_of(cls):
    """The configuration that a class of diffusers has by the defaults of its arguments."""
    values = {}
    for name, parameter in inspect.signature(cls.__init__).parameters.items():
        default = parameter.default
        if name != "self" and (default is None or isinstance(default, (bool, int, float, str, list, tuple))):
            values[name] = default
    return values


def diffusers_layouts(root):
    import diffusers

    for name in sorted(dir(diffusers)):
        if not name.endswith("Pipeline") or name.startswith(("Auto", "Flax", "Onnx")):
            continue
        try:
            cls = getattr(diffusers, name)
            parameters = {k: p for k, p in inspect.signature(cls.__init__).parameters.items() if k != "self"}
        except Exception:
            continue
        folder = os.path.join(root, "diffusers", name)
        index = {"_class_name": name, "_diffusers_version": diffusers.__version__}
        for part, parameter in parameters.items():
            kind = parameter.annotation
            if isinstance(kind, str) or not inspect.isclass(kind):
                args = getattr(kind, "__args__", ())
                kind = next((a for a in args if inspect.isclass(a) and a is not type(None)), None)
            if kind is None or kind.__module__.split(".")[0] not in ("diffusers", "transformers"):
                if parameter.default is not inspect.Parameter.empty and isinstance(parameter.default, (bool, int, float)):
                    index[part] = parameter.default
                continue
            module = kind.__module__.split(".")
            library = module[-2] if module[:2] == ["diffusers", "pipelines"] and len(module) > 3 else module[0]
            index[part] = [library, kind.__name__]
            own = os.path.join(folder, part)
            if kind.__module__.startswith("diffusers"):
                stem = "scheduler_config.json" if "scheduler" in part else "config.json"
                write(own, stem, {"_class_name": kind.__name__, "_diffusers_version": diffusers.__version__, **defaults_of(kind)})
            else:
                write(own, "config.json", {"model_type": "clip", "architectures": [kind.__name__]})
            if "scheduler" not in part:
                os.makedirs(own, exist_ok=True)
                weights(own, stem="diffusion_pytorch_model")
        write(folder, "model_index.json", index)


def peft_layouts(root):
    import peft

    for name in sorted(dir(peft)):
        cls = getattr(peft, name)
        if not (inspect.isclass(cls) and issubclass(cls, peft.PeftConfig)) or cls in (peft.PeftConfig, peft.PromptLearningConfig):
            continue
        folder = os.path.join(root, "peft", name)
        try:
            config = cls(task_type="CAUSAL_LM", base_model_name_or_path="org/base")
            config.save_pretrained(folder)
        except Exception:
            continue
        weights(folder, stem="adapter_model")
    folder = os.path.join(root, "peft", "auto-mapping")
    own = peft.LoraConfig(base_model_name_or_path="org/base", auto_mapping={"base_model_class": "BertModel", "parent_library": "transformers.models.bert.modeling_bert"})
    own.save_pretrained(folder)
    weights(folder, stem="adapter_model")


def saved_layouts(root):
    """Tiny models that the libraries make and save themselves. Where a library is installed and one of them fails, the run fails."""
    import saved

    for library, save in (("diffusers", saved.diffusers_saves), ("peft", saved.peft_saves), ("sentence_transformers", saved.sentence_transformers_saves)):
        if importlib.util.find_spec(library) is None:
            print(f"{library} is not installed")
        else:
            save(os.path.join(root, f"saved-by-{library}"))


def main():
    root = sys.argv[1]
    from shapes import shape_layouts

    for layouts in (shape_layouts, peft_layouts, transformers_layouts, diffusers_layouts, saved_layouts):
        try:
            layouts(root)
        except ImportError as error:
            print(f"{layouts.__name__}: {error}")
    count = sum(len(os.listdir(os.path.join(root, kind))) for kind in os.listdir(root))
    print(f"{count} repositories in {root}")


if __name__ == "__main__":
    main()
