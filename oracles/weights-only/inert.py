"""Classes and functions that do nothing, for checkpoints that name somebody's own."""

from __future__ import annotations

import collections
import dataclasses
import enum

import torch


class Plain:
    def __init__(self, value=1):
        self.value = value


class Stateful:
    def __init__(self):
        self.seen = None

    def __getstate__(self):
        return {"seen": 3}

    def __setstate__(self, state):
        self.seen = state["seen"]


class Slots:
    __slots__ = ("left", "right")

    def __init__(self):
        self.left, self.right = 1, 2


class Reduced:
    def __reduce__(self):
        return make, (3,)


class ReducedState:
    def __reduce__(self):
        return make, (3,), {"extra": 1}


def make(value):
    return Plain(value)


class Mapping(dict):
    pass


class Items(list):
    pass


class Ordered(collections.OrderedDict):
    pass


class Tally(collections.Counter):
    pass


Pair = collections.namedtuple("Pair", "left right")


class Colour(enum.Enum):
    RED = 1


class Level(enum.IntEnum):
    LOW = 1


@dataclasses.dataclass
class Config:
    lr: float = 0.1
    layers: tuple = (1, 2)


class Weights(torch.Tensor):
    pass


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(2, 2)

    def forward(self, x):
        return self.layer(x)
