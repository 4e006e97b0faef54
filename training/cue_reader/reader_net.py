"""The cue reader in torch; `write.py` writes the same sums as ONNX.

The base weights are the word vectors and first layers of all-MiniLM-L6-v2, read as in
`training/event_model/net.py`, whose layers are used here.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from net import BASE, HIDDEN, Layer, copy, copy_layers
from safetensors.torch import load_file
from torch import Tensor, nn

ROLES = 3
"""Cue, and, in training alone, whether a token belongs to a source and to a content."""


@dataclass
class Batch:
    """Windows of like length as tensors ``(windows, pieces)``; the rest has one entry a token."""

    pieces: Tensor
    deps: Tensor
    tags: Tensor
    quoted: Tensor
    mask: Tensor
    row: Tensor
    """Window of a token."""
    place: Tensor
    """Where its first piece stands."""


class Net(nn.Module):
    """Word pieces with labels of their tokens in; logits of tokens out."""

    def __init__(self, layers: int, deps: int, tags: int, length: int) -> None:
        super().__init__()
        base = load_file(BASE / "model.safetensors")
        base = {k.removeprefix("bert."): v for k, v in base.items()}
        e = "embeddings."
        self.words = nn.Embedding(30522, HIDDEN)
        self.words.weight.data = base[e + "word_embeddings.weight"].clone()
        self.words.weight.requires_grad_(False)
        self.positions = nn.Embedding(length, HIDDEN)
        kind = base[e + "token_type_embeddings.weight"][0]
        self.positions.weight.data = base[e + "position_embeddings.weight"][:length] + kind
        self.deps, self.tags, self.quoted = (nn.Embedding(n, HIDDEN) for n in (deps, tags, 2))
        for table in (self.deps, self.tags, self.quoted):
            nn.init.zeros_(table.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        copy(self.norm, base, e + "LayerNorm")
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        copy_layers(self.layers, base)
        self.mix = nn.Linear(HIDDEN, HIDDEN)
        self.head = nn.Linear(HIDDEN, ROLES)

    def forward(self, batch: Batch, drop: float = 0.1) -> Tensor:
        """Return the logits of the tokens, ``(tokens, ROLES)``."""
        drop = drop if self.training else 0.0
        x = self.words(batch.pieces) + self.positions.weight[: batch.pieces.shape[1]]
        x = x + self.deps(batch.deps) + self.tags(batch.tags) + self.quoted(batch.quoted)
        x = nn.functional.dropout(self.norm(x), drop, self.training)
        seen = torch.zeros_like(batch.mask, dtype=x.dtype).masked_fill(~batch.mask, -1e4)
        for layer in self.layers:
            x = layer(x, seen[:, None, None].to(x.dtype), drop)
        h = torch.tanh(self.mix(x.float()[batch.row, batch.place]))
        return self.head(nn.functional.dropout(h, drop, self.training))
