"""Buckets and registries that others wrote: moto with signatures checked (IAM), and docker-registry with what oras pushed.

Usage: run.py [--registry PATH]   PATH: the program docker-registry; its part is skipped, in a clear word, where it is not there.
"""
import argparse
import hashlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import boto3
import oras.client
from botocore.exceptions import ClientError

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = ["node", str(ROOT / "packages/cli/dist/sentinel.cjs")]
SYSTEM = b"cos\nsystem\n(S'id'\ntR."
CLEAN = b"\x80\x02ccollections\nOrderedDict\n)R."
NAMES = ["a b.pkl", "a+b.pkl", "\u00fcn\u00ef \u6f22\u5b57.pkl", "quote'(1)*!.pkl", "percent%2F.pkl", "tag<&>\".pkl", "deep/er/x.pkl", "a//b.pkl", "q?x=1#y.pkl"]
problems = []


def expect(what, found, wanted):
    if found == wanted:
        print(f"ok: {what}")
        return
    problems.append(what)
    print(f"FAILED: {what}\n  found:  {found!r}\n  wanted: {wanted!r}")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(url):
    for _ in range(200):
        try:
            return urllib.request.urlopen(url, timeout=2).status
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} does not answer")


def sentinel(*words, **env):
    keep = {name: os.environ[name] for name in ("PATH",)}
    done = subprocess.run([*COMMAND, *words], capture_output=True, text=True, timeout=120, env={**keep, "HOME": "/nonexistent", **env})
    return done.returncode, done.stdout, done.stderr


def scanned(address, **env):
    code, out, err = sentinel("artifact", address, "--allow-private", "-f", "json", **env)
    if not out:
        return code, None, err
    return code, json.loads(out), err


def buckets(folder):
    port = free_port()
    endpoint = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": "100000"},
    )
    try:
        wait_for(f"{endpoint}/moto-api/")
        common = {"endpoint_url": endpoint, "region_name": "us-east-1", "aws_access_key_id": "x", "aws_secret_access_key": "y"}
        iam = boto3.client("iam", **common)
        iam.create_user(UserName="reader")
        allow = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetObject", "s3:GetObjectVersion"], "Resource": "*"}]}
        iam.put_user_policy(UserName="reader", PolicyName="read", PolicyDocument=json.dumps(allow))
        key = iam.create_access_key(UserName="reader")["AccessKey"]
        s3 = boto3.client("s3", **common)
        # moto computes signatures over decoded queries and paths, and so refuses boto3 as well where a prefix has a slash or a
        # name has other characters: buckets are listed whole, and what boto3 may read has to be what we may.
        for bucket in ("names", "many", "honest"):
            s3.create_bucket(Bucket=bucket)
        for name in NAMES:
            s3.put_object(Bucket="names", Key=name, Body=SYSTEM)
        for i in range(1005):
            s3.put_object(Bucket="many", Key=f"{i:04}.txt", Body=b"x")
        s3.put_object(Bucket="many", Key="last.pkl", Body=SYSTEM)
        s3.put_object(Bucket="honest", Key="model.pkl", Body=CLEAN)
        s3.put_object(Bucket="honest", Key="config.json", Body=b"{}")
        open_env = {"AWS_ENDPOINT_URL_S3": endpoint, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y"}
        code, report, err = scanned("s3://names", **open_env)
        expect("names of objects, no signature checked: exit code", (code, err), (1, ""))
        expect("names of objects, no signature checked: each found", sorted(f["artifact"] for f in report["findings"]), sorted(f"s3://names/{n}" for n in NAMES))
        expect("names of objects, no signature checked: nothing incomplete", report["incomplete"], [])
        # From here on every request has to be signed by a key that may do what it asks for.
        urllib.request.urlopen(urllib.request.Request(f"{endpoint}/moto-api/reset-auth", data=b"0", method="POST", headers={"content-type": "text/plain"}))
        env = {"AWS_ENDPOINT_URL_S3": endpoint, "AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"], "AWS_REGION": "us-east-1"}
        refuses_writes(endpoint, key)
        code, report, err = scanned("s3://names", **env)
        readable = [name for name in NAMES if is_readable(endpoint, key, name)]
        expect("names of objects, signatures checked: those that boto3 reads", sorted(f["artifact"] for f in report["findings"]), sorted(f"s3://names/{n}" for n in readable))
        expect("names of objects, signatures checked: the others are incomplete", len(report["incomplete"]), len(NAMES) - len(readable))
        code, report, err = scanned("s3://many", **env)
        expect("two pages: the object on the second one is found", (code, [f["artifact"] for f in report["findings"]]), (1, ["s3://many/last.pkl"]))
        code, report, err = scanned("s3://honest/model.pkl", **env)
        expect("one object", (code, [a["path"] for a in report["artifacts"]], err), (0, ["s3://honest/model.pkl"], ""))
        code, report, err = scanned("s3://honest", **{**env, "AWS_SECRET_ACCESS_KEY": "wrong"})
        expect("a wrong key: exit code", code, 2)
        expect("a wrong key: its word", "SignatureDoesNotMatch" in json.dumps(report["incomplete"]), True)
        to = folder / "bucket"
        code, out, err = sentinel("fetch", "s3://honest", "--to", str(to), "--allow-private", "-q", **env)
        expect("fetch from a bucket", (code, (to / "model.pkl").read_bytes(), (to / "config.json").read_bytes()), (0, CLEAN, b"{}"))
        expect("its lock", sentinel("artifact", str(to), "--locked", "-q")[0], 0)
        code, out, err = sentinel("fetch", "s3://names", "--to", str(folder / "none"), "--allow-private", "-q", **env)
        expect("nothing is fetched of what does not pass", (code, (folder / "none").exists()), (1, False))
    finally:
        server.terminate()
        server.wait()


def refuses_writes(endpoint, key):
    """That the double checks at all: the reader may not write, and a wrong signature is told."""
    own = {"endpoint_url": endpoint, "region_name": "us-east-1", "aws_access_key_id": key["AccessKeyId"]}
    for secret, wanted in ((key["SecretAccessKey"], "AccessDenied"), ("wrong", "SignatureDoesNotMatch")):
        try:
            boto3.client("s3", aws_secret_access_key=secret, **own).put_object(Bucket="honest", Key="x", Body=b"")
            found = "written"
        except ClientError as error:
            found = error.response["Error"]["Code"]
        expect(f"moto refuses ({wanted})", found, wanted)


def is_readable(endpoint, key, name):
    own = {"endpoint_url": endpoint, "region_name": "us-east-1", "aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
    try:
        return boto3.client("s3", **own).get_object(Bucket="names", Key=name)["Body"].read() == SYSTEM
    except ClientError:
        return False


def registry(program, folder):
    port = free_port()
    config = folder / "registry.yml"
    config.write_text(f"version: 0.1\nlog: {{level: error}}\nstorage: {{filesystem: {{rootdirectory: {folder}/registry}}}}\nhttp: {{addr: 127.0.0.1:{port}}}\n")
    server = subprocess.Popen([program, "serve", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "OTEL_TRACES_EXPORTER": "none"})
    try:
        wait_for(f"http://127.0.0.1:{port}/v2/")
        work = folder / "push"
        work.mkdir()
        (work / "model.pkl").write_bytes(CLEAN)
        (work / "README.md").write_bytes(b"# a model\n")
        (work / "hostile.bin").write_bytes(SYSTEM)
        (work / "dir").mkdir()
        (work / "dir" / "inside.pkl").write_bytes(SYSTEM)
        host = f"127.0.0.1:{port}"
        client = oras.client.OrasClient(insecure=True)
        before = os.getcwd()
        os.chdir(work)
        try:
            client.push(target=f"{host}/org/honest:v1", files=["model.pkl:application/vnd.cncf.model.weight.v1.raw", "README.md:text/markdown"])
            client.push(target=f"{host}/org/hostile:v1", files=["model.pkl", "hostile.bin:text/plain", "dir"])
        finally:
            os.chdir(before)
        code, report, err = scanned(f"oci://{host}/org/honest:v1")
        expect("what oras pushed passes", (code, report["incomplete"], err), (0, [], ""))
        expect("its name has the digest", all("@sha256:" in a["path"] for a in report["artifacts"]) and len(report["artifacts"]) > 0, True)
        code, report, err = scanned(f"oci://{host}/org/hostile:v1")
        found = sorted({f["location"]["path"].rsplit("/org/hostile@", 1)[1][72:].split("!")[0] for f in report["findings"]})
        expect("every layer is looked at", (code, found), (1, ["dir", "hostile.bin"]))
        pinned = report["run"]["paths"][0]
        expect("pinned by a digest", pinned.startswith(f"oci://{host}/org/hostile@sha256:"), True)
        expect("and scanned again by it", scanned(pinned)[1]["findings"][0]["fingerprint"], report["findings"][0]["fingerprint"])
        expect("a tag that is not there", scanned(f"oci://{host}/org/honest:v2")[0], 2)
        to = folder / "artifact"
        code, out, err = sentinel("fetch", f"oci://{host}/org/honest:v1", "--to", str(to), "--allow-private", "-q")
        expect("fetch from a registry", (code, (to / "model.pkl").read_bytes()), (0, CLEAN))
        lock = json.loads((to / "sentinel.lock").read_text())
        hashes = {file["path"]: file["sha256"] for file in lock["files"]}
        expect("its lock", hashes["model.pkl"], hashlib.sha256(CLEAN).hexdigest())
    finally:
        server.terminate()
        server.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--registry", default=shutil.which("docker-registry"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        buckets(folder)
        if options.registry is None or not os.access(options.registry, os.X_OK):
            print("skipped: docker-registry is not installed here, so no registry but the double of the tests was asked")
        else:
            registry(options.registry, folder)
    if problems:
        raise SystemExit(f"{len(problems)} of the expectations do not hold")


main()
