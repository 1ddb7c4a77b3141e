"""The reader: a BERT (Devlin et al. 2019), kept as it is or with its last layers trained, reads
question and passage each for itself, and a small network that is trained compares their words.

Every word of the question looks for its like in each sentence (late interaction, Khattab and
Zaharia 2020); how well the words find it is told in kernels (Xiong et al. 2017), the rare and
telling words weighing more; beside it stands what kind of thing is asked for and what kind of
sentence it is.
"""

from __future__ import annotations

from typing import NamedTuple, cast

import torch
from torch import Tensor, nn

from geungeo.evals.train_reader.batches import Batch
from geungeo.evals.train_reader.pretrained import Pretrained

# Cosines around which they are counted, and how widely.
_KERNELS, _WIDTH = (-0.2, 0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.0), 0.08
# How much the words that find least tell in the mean of them.
_STRICTNESS = 6.0
# States are brought to this length before they are looked at.
_LENGTH = 4.0
_LOWEST = -1e4


class Readings(NamedTuple):
    """``answers``, of shape (batch,), are log-odds that a window answers; ``sentences``, of shape
    (batch, sentences), that a sentence does."""

    answers: Tensor
    sentences: Tensor


class Layer(nn.Module):
    """One layer of the encoder, normalised after each half."""

    def __init__(self, width: int, heads: int, inner: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v = (nn.Linear(width, width) for _ in range(3))
        self.ao = nn.Linear(width, width)
        self.aln = nn.LayerNorm(width, epsilon)
        self.fi, self.fo = nn.Linear(width, inner), nn.Linear(inner, width)
        self.oln = nn.LayerNorm(width, epsilon)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

        mixed = nn.functional.scaled_dot_product_attention(
            split(self.q(x)), split(self.k(x)), split(self.v(x)), attn_mask=mask
        )
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        x = self.aln(x + self.ao(mixed))
        inner: Tensor = self.fo(nn.functional.gelu(self.fi(x)))
        return cast(Tensor, self.oln(x + inner))


class Layers(nn.Module):
    """Some layers of the model that it starts from, by their places in it."""

    def __init__(self, start: Pretrained, places: range) -> None:
        super().__init__()
        width, inner = len(start.floats("emb.ln.w")), len(start.floats("l0.fi.b"))
        self.layers = nn.ModuleList()
        for place in places:
            layer = Layer(width, start.heads, inner, start.epsilon)
            _fill(layer, start, place)
            self.layers.append(layer)

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        """``x`` of shape (batch, tokens, width), ``there`` (batch, tokens), true for tokens."""
        for layer in self.layers:
            x = layer(x, there[:, None, None, :])
        return x


class Encoder(nn.Module):
    """The first layers of the model that it starts from, over words that are embedded; they are
    not trained."""

    def __init__(self, start: Pretrained, layers: int) -> None:
        super().__init__()
        self.width = len(start.floats("emb.ln.w"))
        positions = start.floats("emb.pos").reshape(-1, self.width)
        types = start.floats("emb.type").reshape(-1, self.width)
        self.positions = nn.Parameter(torch.from_numpy(positions + types[:1]))
        self.norm = nn.LayerNorm(self.width, start.epsilon)
        with torch.no_grad():
            self.norm.weight.copy_(torch.from_numpy(start.floats("emb.ln.w")))
            self.norm.bias.copy_(torch.from_numpy(start.floats("emb.ln.b")))
        self.layers = Layers(start, range(layers))
        self.requires_grad_(False)

    def forward(self, words: Tensor, there: Tensor) -> Tensor:
        """``words`` of shape (batch, tokens, width), ``there`` (batch, tokens), true for tokens."""
        states: Tensor = self.layers(self.norm(words + self.positions[: words.shape[1]]), there)
        return states


class Matcher(nn.Module):
    """Compares the states of a question's words with those of a window's.

    ``mean`` is that of the states, of shape (width,).
    """

    def __init__(
        self, mean: Tensor, rank: int = 64, kind: int = 48, hidden: int = 64, dropout: float = 0.1
    ) -> None:
        super().__init__()
        width = len(mean)
        self.mean = nn.Buffer(mean)
        self.kernels = nn.Buffer(torch.tensor(_KERNELS))
        self.of_asked, self.of_shown = _Turn(width, rank), _Turn(width, rank)
        self.telling = nn.Linear(width, 1)
        nn.init.zeros_(self.telling.weight)
        self.of_rarity = nn.Parameter(torch.tensor(0.25))
        self.attention = nn.Linear(width, 1)
        self.kind_asked, self.kind_shown = nn.Linear(width, kind), nn.Linear(width, kind)
        found = len(_KERNELS) + 2
        self.hidden = nn.Sequential(
            nn.Dropout(dropout), nn.Linear(4 * found + 3 * kind, hidden), nn.GELU(),
            nn.Linear(hidden, hidden), nn.GELU(),
        )  # fmt: skip
        self.sentences = nn.Linear(hidden, 1)
        self.answers = nn.Sequential(nn.Linear(hidden + found, 32), nn.GELU(), nn.Linear(32, 1))

    def forward(
        self, asked: Tensor, rarity: Tensor, asks: Tensor, shown: Tensor, shows: Tensor,
        members: Tensor,
    ) -> Readings:  # fmt: skip
        """``asked`` of shape (batch, question, width) with the ``rarity`` of its words, of shape
        (batch, question), and ``asks``, true for its words; ``shown`` (batch, window, width) with
        ``shows``, true for its words, and ``members`` (batch, sentences, window), true for the
        words of each sentence."""
        asked, shown = self._level(asked), self._level(shown)
        alike = self.of_asked(asked) @ self.of_shown(shown).transpose(1, 2)
        telling = torch.exp(self.telling(asked)[..., 0] + self.of_rarity * rarity)
        telling = telling * asks
        telling = telling / telling.sum(dim=1, keepdim=True).clamp(min=1e-6)
        anywhere = alike.masked_fill(~shows[:, None], -1.0).amax(dim=2)
        within = alike[:, None].masked_fill(~members[:, :, None], -1.0).amax(dim=3)
        of_window = self._pooled(anywhere, telling)
        of_sentence = self._pooled(within, telling[:, None].expand_as(within))
        none = torch.zeros_like(of_sentence[:, :1])
        before = torch.cat([none, of_sentence[:, :-1]], dim=1)
        after = torch.cat([of_sentence[:, 1:], none], dim=1)
        attention = self.attention(asked)[..., 0].masked_fill(~asks, _LOWEST).softmax(dim=1)
        kind = (torch.tanh(self.kind_asked(asked)) * attention[..., None]).sum(dim=1)
        share = members.float()
        share = share / share.sum(dim=2, keepdim=True).clamp(min=1)
        kinds = share @ torch.tanh(self.kind_shown(shown))
        wanted = kind[:, None].expand_as(kinds)
        window = of_window[:, None].expand_as(of_sentence)
        told = self.hidden(
            torch.cat([of_sentence, before, after, window, wanted, kinds, wanted * kinds], dim=2)
        )
        there = members.any(dim=2)
        best = told.masked_fill(~there[..., None], _LOWEST).amax(dim=1)
        answers = self.answers(torch.cat([best, of_window], dim=1))[:, 0]
        return Readings(answers, self.sentences(told)[..., 0])

    def _level(self, states: Tensor) -> Tensor:
        apart = states - self.mean
        level: Tensor = apart / apart.norm(dim=2, keepdim=True).clamp(min=1e-3) * _LENGTH
        return level

    def _pooled(self, found: Tensor, telling: Tensor) -> Tensor:
        """What the words of a question find, over their last dimension: how many find how much,
        how much they find in the mean, and in a mean that heeds those that find least."""
        counted = torch.exp(-((found[..., None] - self.kernels) ** 2) / (2 * _WIDTH**2))
        counted = (counted * telling[..., None]).sum(dim=-2)
        mean = (found * telling).sum(dim=-1, keepdim=True)
        strict = -torch.logsumexp(-found * _STRICTNESS + torch.log(telling + 1e-6), dim=-1)
        return torch.cat([counted, mean, strict[..., None] / _STRICTNESS], dim=-1)


class Network(nn.Module):
    """What is trained: the last layers of the encoder, and the matcher over what they say."""

    def __init__(self, last: Layers, matcher: Matcher) -> None:
        super().__init__()
        self.last, self.matcher = last, matcher

    def forward(self, batch: Batch) -> Readings:
        """What is found for the pairs of a batch."""
        # Half the time where a processor multiplies in it.
        with torch.autocast(batch.rarity.device.type, torch.bfloat16):
            asked, shown = (self.last(one.states, one.there) for one in (batch.asked, batch.shown))
        question, window = batch.pairs.T
        found: Readings = self.matcher(
            asked.float()[question], batch.rarity[question], batch.asked.words[question],
            shown.float()[window], batch.shown.words[window], batch.members[window],
        )  # fmt: skip
        return found


class _Turn(nn.Module):
    """Unit vectors, turned a little: at first not at all."""

    def __init__(self, width: int, rank: int) -> None:
        super().__init__()
        self.down, self.up = nn.Linear(width, rank, bias=False), nn.Linear(rank, width, bias=False)
        nn.init.zeros_(self.up.weight)

    def forward(self, x: Tensor) -> Tensor:
        turned: Tensor = nn.functional.normalize(x + self.up(self.down(x)), dim=2)
        return turned


def _fill(layer: nn.Module, start: Pretrained, place: int) -> None:
    with torch.no_grad():
        for name, parameter in layer.named_parameters():
            part, kind = name.rsplit(".", 1)
            stored = start.floats(f"l{place}.{part}.{kind[0]}")
            parameter.copy_(torch.from_numpy(stored).view_as(parameter))
