"""The reader: BERT (Devlin et al. 2019) over question and passage, with three heads."""

from __future__ import annotations

from typing import NamedTuple, cast

import torch
from torch import Tensor, nn

from geungeo.evals.train_reader.pretrained import Pretrained


class Readings(NamedTuple):
    """``answers``, of shape (batch,), are log-odds that a window answers; ``sentences``, of shape
    (batch, sentences), that a sentence does; ``spans``, of shape (batch, tokens, 2), scores of
    the first and the last token of the answer."""

    answers: Tensor
    sentences: Tensor
    spans: Tensor


class Layer(nn.Module):
    """One layer of the encoder, normalised after each half."""

    def __init__(self, width: int, heads: int, inner: int, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.q, self.k, self.v = (nn.Linear(width, width) for _ in range(3))
        self.ao = nn.Linear(width, width)
        self.aln = nn.LayerNorm(width, epsilon)
        self.fi, self.fo = nn.Linear(width, inner), nn.Linear(inner, width)
        self.oln = nn.LayerNorm(width, epsilon)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

        mixed = nn.functional.scaled_dot_product_attention(
            split(self.q(x)), split(self.k(x)), split(self.v(x)), attn_mask=mask,
            dropout_p=self.dropout if self.training else 0.0,
        )  # fmt: skip
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        x = self.aln(x + self.drop(self.ao(mixed)))
        inner: Tensor = self.fo(nn.functional.gelu(self.fi(x)))
        return cast(Tensor, self.oln(x + self.drop(inner)))


class Network(nn.Module):
    """Reads embedded words, since the words' own vectors are not trained; of the layers of the
    model that it starts from it keeps the first."""

    def __init__(self, start: Pretrained, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        width = len(start.floats("emb.ln.w"))
        inner = len(start.floats("l0.fi.b"))
        positions = start.floats("emb.pos").reshape(-1, width)
        types = start.floats("emb.type").reshape(-1, width)
        self.positions = nn.Parameter(torch.from_numpy(positions + types[:1]))
        self.norm = nn.LayerNorm(width, start.epsilon)
        with torch.no_grad():
            self.norm.weight.copy_(torch.from_numpy(start.floats("emb.ln.w")))
            self.norm.bias.copy_(torch.from_numpy(start.floats("emb.ln.b")))
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(
            Layer(width, start.heads, inner, start.epsilon, dropout) for _ in range(layers)
        )
        for place, layer in enumerate(self.layers):
            _fill(layer, start, place)
        self.of_window, self.of_sentence = nn.Linear(width, width), nn.Linear(2 * width, width)
        self.answers = nn.Linear(2 * width, 1)
        self.sentences = nn.Linear(width, 1)
        self.spans = nn.Linear(width, 2)

    def forward(self, words: Tensor, mask: Tensor, members: Tensor) -> Readings:
        """``words`` of shape (batch, tokens, width); ``mask`` (batch, tokens), true for tokens;
        ``members`` (batch, sentences, tokens), for each sentence the share that each of its
        tokens has in it."""
        x = self.drop(self.norm(words + self.positions[: words.shape[1]]))
        attended = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, attended)
        first = x[:, 0]
        own = torch.matmul(members.to(x.dtype), x)
        whole = first[:, None, :].expand(-1, own.shape[1], -1)
        told = torch.tanh(self.of_sentence(self.drop(torch.cat([own, whole], dim=2))))
        there = members.sum(dim=2) > 0
        best = told.masked_fill(~there[:, :, None], -1.0).amax(dim=1)
        window = torch.tanh(self.of_window(self.drop(first)))
        answers = self.answers(self.drop(torch.cat([window, best], dim=1)))[:, 0]
        return Readings(answers, self.sentences(self.drop(told))[:, :, 0], self.spans(x))


def _fill(layer: nn.Module, start: Pretrained, place: int) -> None:
    with torch.no_grad():
        for name, parameter in layer.named_parameters():
            part, kind = name.rsplit(".", 1)
            stored = start.floats(f"l{place}.{part}.{kind[0]}")
            parameter.copy_(torch.from_numpy(stored).view_as(parameter))
