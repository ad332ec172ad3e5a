"""The hooks of .pre-commit-hooks.yaml through the real pre-commit, installed from this repository's HEAD as it would be
from any clone. Releases until 4.6.1 run npm install (which builds), npm pack and npm install -g; later ones run
npm install -g git+file://, where npm builds without the packages that build it. The build tools come from the npm registry.

    python oracles/pre-commit/run.py PRE-COMMIT...
"""

import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLEAN = b"\x80\x02ccollections\nOrderedDict\n)R."
HOSTILE = b"cos\nsystem\n(S'true'\ntR."
NET = b"\x80\x02cmylib.model\nNet\n)\x81."
failures = 0


def run(*command, cwd, env=None):
    done = subprocess.run(command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def expect(what, held, output):
    global failures
    print(f"{'ok' if held else 'FAILED'}: {what}")
    if not held:
        failures += 1
        print(output)


def main(pre_commit):
    print(subprocess.check_output([pre_commit, "--version"], text=True).strip())
    head = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=ROOT, text=True).strip()
    if subprocess.check_output(["git", "status", "--porcelain"], cwd=ROOT, text=True):
        print(f"note: what is not committed is not in this test: {head}")
    with tempfile.TemporaryDirectory(prefix="sentinel hook ") as folder:
        project = pathlib.Path(folder) / "project"
        project.mkdir()
        env = {**os.environ, "PRE_COMMIT_HOME": f"{folder}/home", "GIT_CONFIG_GLOBAL": os.devnull, "NO_COLOR": "1"}

        def hook(files, hook_id="sentinel", args=None):
            """Exit code and output of `pre-commit run` in a new repository with these files."""
            for name in project.iterdir():
                run("rm", "-rf", "--", str(name), cwd=folder)
            run("git", "init", "-q", cwd=project)
            config = f"repos:\n- repo: {ROOT}\n  rev: {head}\n  hooks:\n  - id: {hook_id}\n"
            if args is not None:
                config += f"    args: {args}\n"
            (project / ".pre-commit-config.yaml").write_text(config)
            for name, content in files.items():
                (project / name).write_bytes(content)
            run("git", "add", "-A", cwd=project)
            return run(pre_commit, "run", "--all-files", "--color", "never", cwd=project, env=env)

        code, output = hook({"model.pkl": CLEAN, "notes.txt": b"text\n"})
        expect("it installs from a clone, and a clean model passes", code == 0 and "Passed" in output, output)
        if failures:
            return
        code, output = hook({"model.pkl": CLEAN, "bad.pkl": HOSTILE})
        expect("a hostile model fails with its finding", code == 1 and "PICKLE-EXEC CRITICAL" in output, output)
        code, output = hook({"notes.txt": HOSTILE})
        expect("a pickle under another name is not looked at by name", code == 0, output)
        code, output = hook({"notes.txt": HOSTILE}, "sentinel-all-files")
        expect("and is found by content", code == 1 and "PICKLE-EXEC" in output, output)
        code, output = hook({"cut.pkl": CLEAN[:-1]})
        expect("an incomplete model fails with exit code 2", code == 1 and "exit code: 2" in output, output)
        pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"4d" * 32 + b"\nsize 12345\n"
        code, output = hook({"model.pt": pointer})
        expect("a Git LFS pointer fails", code == 1 and "Git LFS pointer" in output, output)
        names = ["a b.pkl", "$(touch pwned).pkl", "'; touch pwned;'.pkl", "new\nline.pkl", "-x.pkl"]
        code, output = hook({name: CLEAN for name in names})
        expect("names with spaces, quotes, newlines and dashes are names", code == 0, output)
        expect("and nothing in them was run", not (project / "pwned").exists(), output)
        loose = b"allow:\n- entry: mylib.model.Net\n  why: x\nmax_acceptable_severity: OVERTLY_MALICIOUS\n"
        tricks = {"--policy=p.pkl": CLEAN, "p.pkl": loose, "--also-allow=mylib.model.Net": CLEAN, "net.pkl": NET}
        code, output = hook(tricks)
        expect("a file called like an option allows nothing", code == 1 and "PICKLE-GLOBAL-IMPORT" in output, output)
        code, output = hook({"net.pkl": NET}, args="[--also-allow, mylib.model.Net, --]")
        expect("args are options", code == 0, output)
        code, output = hook({"net.pkl": NET}, args="[--also-allow, mylib.model.Net]")
        expect("args without -- are refused", code == 1 and 'has to be "--"' in output, output)


for program in sys.argv[1:]:
    main(str(pathlib.Path(program).absolute()))
raise SystemExit(1 if failures else 0)
