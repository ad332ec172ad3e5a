import argparse
import pickle

import torch

parser = argparse.ArgumentParser()
parser.add_argument("source")
args = parser.parse_args()
state = torch.load(args.source, map_location="cpu")
with open(args.source, "rb") as f:
    weights = pickle.load(f)
torch.save(state, "out.pt")
