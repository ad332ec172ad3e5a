import { describe, expect, test } from 'vitest';
import { found, lines, marked, scanSource } from '../../../test/source-kit.js';

const RULE = 'TORCH-HUB-DYNAMIC-IMPORT';
const COMMIT = '6d7851bd5e2bedc294e40e90532f0e375fcfee04';

const SOURCE = `import torch
from torch import hub
REPO = "org/name"
REF = "${COMMIT}"
torch.hub.load("org/name", "m")  # FINDING
torch.hub.load("org/name:main", "m")  # FINDING
hub.load("org/name:v1.0", model="m")  # FINDING
torch.hub.load(repo_or_dir="org/name:${COMMIT.slice(0, 12)}", model="m")  # FINDING
torch.hub.load("org/name:${COMMIT}", "m")
torch.hub.load(f"{REPO}:{REF}", "m")
torch.hub.load(f"{REPO}:main", "m")  # FINDING
torch.hub.load(REPO + ":" + REF, "m")
torch.hub.load(f"org/{name}:${COMMIT}", "m")  # FINDING
torch.hub.load(f"org/name:{ref}", "m")  # FINDING
torch.hub.load(repo, "m")  # FINDING
torch.hub.load("org/name:${COMMIT}", "m", trust_repo=True)  # FINDING
torch.hub.load("org/name:${COMMIT}", "m", trust_repo="check")
torch.hub.load("./vendored", "m", source="local")
torch.hub.load("./vendored", "m", source="local", trust_repo=True)
torch.hub.load("./vendored", "m", source=where)  # FINDING
torch.hub.list("org/name")  # FINDING
torch.hub.help("org/name:main", "m")  # FINDING
torch.hub.list("org/name:${COMMIT}")
torch.hub.load_state_dict_from_url("https://example.org/a.pth")  # FINDING
torch.hub.load_state_dict_from_url("https://example.org/a-0123.pth", check_hash=True)
torch.hub.load_state_dict_from_url("https://example.org/a.pth", check_hash=True)  # FINDING
torch.hub.load_state_dict_from_url(URLS[name], check_hash=True)
torch.utils.model_zoo.load_url("https://example.org/a.pth")  # FINDING
torch.hub.set_dir("x")
`;

test('finds what can move, and what is not asked for its hash', async () => {
  expect(await lines(RULE, SOURCE)).toEqual(marked(SOURCE));
});

test.each([
  ['torch.hub.load("org/name", "m")', 'no revision is named'],
  ['torch.hub.load("org/name:main", "m")', 'main is a branch or a tag'],
  ['torch.hub.load(f"org/name:{ref}", "m")', 'the revision is no constant'],
  ['torch.hub.load(repo, "m")', 'which revision is fetched is no constant (repo)'],
  ['torch.hub.load("org/name", "m", skip_validation=True)', 'skip_validation=True'],
])('%s: %s', async (call, message) => {
  const [finding] = await found(RULE, `import torch\n${call}\n`);
  expect(finding).toMatchObject({ severity: 'MEDIUM', action: 'ticket' });
  expect(finding?.message).toContain(message);
});

test('asks for a ticket: by the default policy the run passes', async () => {
  expect((await scanSource('import torch\ntorch.hub.load("org/name", "m")\n')).verdict).toBe('pass');
});

describe('hubconf.py', () => {
  const HUBCONF = `dependencies = ["x"]
import importlib, os, subprocess, socket, urllib.request
import requests
from huggingface_hub import hf_hub_download
import torch
os.system("true")  # FINDING
subprocess.check_call(["true"])  # FINDING
exec(requests.get("https://example.org").text)  # FINDING
importlib.import_module("json")
importlib.import_module(os.environ["NAME"])  # FINDING
socket.gethostname()
socket.create_connection(("example.org", 80))  # FINDING
def model(pretrained=True):
    urllib.request.urlretrieve("https://example.org/a", "a")  # FINDING
    torch.hub.download_url_to_file("https://example.org/a", "a")  # FINDING
    torch.hub.download_url_to_file("https://example.org/a", "a", hash_prefix="0123")
    hf_hub_download("org/name", "a.bin")  # FINDING
    hf_hub_download("org/name", "a.bin", revision="${COMMIT}")
    return os.path.join("a", "b")
if __name__ == "__main__":
    os.system("true")
`;

  test('what runs on import, and what its entry points fetch', async () => {
    expect(await lines(RULE, HUBCONF, 'repo/hubconf.py')).toEqual(marked(HUBCONF));
    expect(await lines(RULE, HUBCONF, 'repo/other.py')).toEqual([]);
  });

  test('is read whether or not it names torch', async () => {
    const [finding] = await found(RULE, 'import os\nos.system("true")\n', 'hubconf.py');
    expect(finding?.message).toBe(
      'This hubconf.py starts a process (os.system) as soon as PyTorch imports it, to list its models as well as to load one.',
    );
    const [entry] = await found(RULE, 'import requests\ndef net():\n    requests.get("x")\n', 'hubconf.py');
    expect(entry?.message).toContain('when somebody loads the model net');
  });
});

test.each([
  ['a commit', `import torch\ntorch.hub.load("org/name:${COMMIT}", "m")\n`],
  ['a local folder', 'import torch\ntorch.hub.load("./vendored", "m", source="local")\n'],
  ['another hub', 'import torch, tensorflow_hub as hub\nhub.load("https://example.org")\n'],
])('is quiet on %s', async (_name, source) => {
  expect((await scanSource(source)).findings).toEqual([]);
});

test.each([
  ['gdown.cached_download(u, md5="x")', true],
  ['gdown.cached_download(u, md5=h)', true],
  ['gdown.cached_download(u, md5=None)', false],
  ['gdown.cached_download(u)', false],
  ['gdown.download(u, md5="x")', false],
  ['torch.hub.download_url_to_file(u, p, "abc")', true],
  ['torch.hub.download_url_to_file(u, p, None)', false],
  ['torch.hub.download_url_to_file(u, p)', false],
])('what a hubconf.py downloads with %s is pinned: %s', async (call, isPinned) => {
  const findings = await found('TORCH-HUB-DYNAMIC-IMPORT', `import gdown, torch\n${call}\n`, 'hubconf.py');
  expect(findings.length).toBe(isPinned ? 0 : 1);
});
