"""transformers against the gate. With `make FOLDER` it saves a small model; else it loads what is there and what is refused."""

import json
import sys

import torch
from transformers import AutoConfig, AutoModel, AutoTokenizer, BertConfig, BertModel

if sys.argv[1] == "make":
    torch.manual_seed(1)
    config = BertConfig(vocab_size=50, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    BertModel(config).save_pretrained(sys.argv[2])
    sys.exit()


def error_of(call, *arguments, **options) -> list[str]:
    try:
        call(*arguments, **options)
    except Exception as error:  # noqa: BLE001 - its name and text are the answer
        return [type(error).__name__, str(error)]
    return ["none", ""]


model = AutoModel.from_pretrained("org/tiny")
local = AutoModel.from_pretrained(sys.argv[1])
same = all(torch.equal(a, b) for a, b in zip(model.state_dict().values(), local.state_dict().values(), strict=True))
refused = {
    "AutoConfig": error_of(AutoConfig.from_pretrained, "org/tiny-bad"),
    "AutoModel": error_of(AutoModel.from_pretrained, "org/tiny-bad"),
    "BertModel": error_of(BertModel.from_pretrained, "org/tiny-bad"),
    "AutoTokenizer": error_of(AutoTokenizer.from_pretrained, "org/tiny-bad"),
    "pending": error_of(AutoConfig.from_pretrained, "org/new"),
}
print(json.dumps({"same": same, "refused": refused, "version": __import__("transformers").__version__}))
