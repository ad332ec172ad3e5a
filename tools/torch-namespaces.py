"""Writes packages/core/src/catalogue/data/torch/namespaces.txt: the namespaces of operators and of classes that
PyTorch and its domain libraries register.

    python3 tools/torch-namespaces.py

Imports the modules of torch that register operators from Python (but those for its own tests) and reads the
dispatcher's registry and that of the custom classes. The namespaces of the domain libraries stand in DOMAIN: no wheel of
them has to be installed that fits this PyTorch, and the result does not depend on what is.
"""

from __future__ import annotations

import importlib
import io
import re
import sys
import warnings
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent / "catalogue"))
from table import block, plain, write_table

#: Modules whose import starts something, or that define operators for torch's own tests.
SKIPPED = re.compile(r"(?:^|[._])(?:testing|tests?|__main__|benchmarks?|tutorials?)(?:$|[._])")

#: What a module that registers operators holds.
REGISTERS = re.compile(rb"\bLibrary\(|\bcustom_op\(|\blibrary\.define\(|\btriton_op\(|\bimpl_abstract\(")

#: Namespaces of the domain libraries, each with the line of its source that registers it.
DOMAIN = {
    "torchvision": "torchvision/csrc/ops/nms.cpp: TORCH_LIBRARY_FRAGMENT(torchvision, m)",
    "image": "torchvision/csrc/io/image/image.cpp: RegisterOperators of image::…",
    "video_reader": "torchvision/csrc/io/video_reader/video_reader.cpp: TORCH_LIBRARY(video_reader, m)",
    "torchaudio": "torchaudio/csrc/lfilter.cpp: TORCH_LIBRARY_FRAGMENT(torchaudio, m)",
    "_torchaudio": "torchaudio/csrc/utils.cpp: TORCH_LIBRARY_FRAGMENT(_torchaudio, m)",
    "torchtext": "torchtext/csrc/register_torchbindings.cpp: TORCH_LIBRARY_FRAGMENT(torchtext, m)",
    "fbgemm": "fbgemm_gpu/src/sparse_ops/sparse_ops_cpu.cpp: TORCH_LIBRARY_FRAGMENT(fbgemm, m); TorchRec's models need it",
}

#: Members of torch.ops and torch.classes that are no namespace of operators.
MEMBERS = ["higher_order", "loaded_libraries", "import_module"]


def namespaces() -> tuple[set[str], set[str]]:
    import torch

    failed = 0
    folder = Path(torch.__file__).parent
    for file in sorted(folder.rglob("*.py")):
        name = ".".join(("torch", *file.relative_to(folder).with_suffix("").parts)).removesuffix(".__init__")
        if SKIPPED.search(name) or not REGISTERS.search(file.read_bytes()):
            continue
        try:
            importlib.import_module(name)
        except (Exception, SystemExit):  # an optional dependency, another platform
            failed += 1
    print(f"torch {torch.__version__}, {failed} modules that do not import here", file=sys.__stderr__)
    operators = {name.split("::")[0] for name in torch._C._dispatch_get_all_op_names()}
    operators |= {schema.name.split("::")[0] for schema in torch._C._jit_get_all_schemas()}
    classes = set()
    # A class without methods stands in the schemas of operators only.
    for schema in [*torch._C._jit_get_custom_class_schemas(), *torch._C._jit_get_all_schemas()]:
        classes |= set(re.findall(r"__torch__\.torch\.classes\.(\w+)\.", str(schema)))
    return operators, classes


def main() -> int:
    warnings.simplefilter("ignore")
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        operators, classes = namespaces()
    import torch

    version = torch.__version__.split("+")[0]
    operators |= set(DOMAIN) | set(MEMBERS)
    classes |= {"loaded_libraries"} | ({"torchtext", "torchaudio", "torchvision", "fbgemm"} & set(DOMAIN))
    blocks = [
        block("torch-namespace", {"of": "operators"}, plain(operators)),
        block("torch-namespace", {"of": "classes"}, plain(classes)),
    ]
    comment = "Namespaces of operators and of classes that PyTorch and its domain libraries register."
    write_table("torch/namespaces.txt", "tools/torch-namespaces.py", blocks, comment, version)
    print(f"{len(operators)} namespaces of operators, {len(classes)} of classes", file=sys.__stdout__)
    return 0


if __name__ == "__main__":
    sys.exit(main())
