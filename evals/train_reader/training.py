"""The training itself: seeded, and taken up again where it was broken off."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

from geungeo.errors import GeungeoError
from geungeo.evals.train_reader.batches import Batch, Data, batch_of, in_batches
from geungeo.evals.train_reader.network import Network, Readings
from geungeo.evals.train_reader.pretrained import Pretrained

_QUESTION, _WINDOW, _LABEL, _FIRST, _LAST, _POOL = range(6)
# Tokens of a pool, about.
_POOL_TOKENS = 2500
# The least log-odds, negated, that none of a pool answers.
_LEAST = 1e-7

Rows = npt.NDArray[Any]
Say = Callable[[str], None]


class TrainingError(GeungeoError):
    """Training cannot go on; the message names the file."""


@dataclass(frozen=True)
class Plan:
    """``tokens`` are those of a batch, padding included; ``rate`` is the greatest learning rate,
    reached after a twentieth of the steps; ``workers`` are processes that lay batches out."""

    layers: int = 12
    epochs: int = 4
    tokens: int = 32_000
    rate: float = 2e-4
    seed: int = 0
    workers: int = 0
    device: str = "cpu"


@dataclass(frozen=True)
class Targets:
    labels: Tensor
    told: Tensor
    spans: Tensor
    pools: Tensor

    def to(self, device: str) -> Targets:
        return Targets(*(getattr(self, one.name).to(device) for one in fields(self)))


class _Batches(Dataset[Any]):
    """Batches that are laid out when they are asked for."""

    def __init__(self, chosen: Sequence[Rows], lay_out: Callable[[Rows], Any]) -> None:
        self._chosen, self._lay_out = chosen, lay_out

    def __len__(self) -> int:
        return len(self._chosen)

    def __getitem__(self, place: int) -> Any:
        return self._lay_out(self._chosen[place])


class Trainer:
    """Trains a network on some of the examples of a file."""

    def __init__(self, data: Data, start: Pretrained, plan: Plan, chosen: Rows) -> None:
        torch.manual_seed(plan.seed)
        self._data, self._plan, self._chosen = data, plan, chosen
        self._examples = data.arrays["examples"]
        self._told = data.arrays["told"]
        self._words = torch.from_numpy(start.words.floats()).to(plan.device)
        self.network = Network(start, plan.layers).to(plan.device)
        decayed = [p for p in self.network.parameters() if p.ndim > 1]
        others = [p for p in self.network.parameters() if p.ndim <= 1]
        self._optimizer = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}],
            lr=plan.rate, betas=(0.9, 0.98),
        )  # fmt: skip

    @property
    def _fingerprint(self) -> str:
        """What a training that was broken off has to share with the one that goes on."""
        plan = self._plan
        settings = (plan.layers, plan.epochs, plan.tokens, plan.rate, plan.seed)
        examples = self._examples[self._chosen].tobytes()
        return hashlib.sha256(repr(settings).encode() + examples).hexdigest()

    def run(self, kept: Path, say: Say) -> None:
        """Train all epochs; after each the state is kept in a file, from which it goes on.

        Raises ``TrainingError`` where the file is of another training.
        """
        done = self._resume(kept)
        total = sum(len(list(self._epoch(epoch))) for epoch in range(self._plan.epochs))
        step = sum(len(list(self._epoch(epoch))) for epoch in range(done))
        for epoch in range(done, self._plan.epochs):
            began, losses = time.monotonic(), []
            self.network.train()
            for batch, targets in self._loader(list(self._epoch(epoch)), self._laid_out):
                for group in self._optimizer.param_groups:
                    group["lr"] = self._plan.rate * _share(step, total)
                losses.append(self._step(batch, targets))
                step += 1
            mean = float(torch.stack(losses).mean())
            say(f"epoch {epoch + 1}: loss {mean:.4f}, {time.monotonic() - began:.0f} s")
            self._keep(kept, epoch + 1)

    def _epoch(self, epoch: int) -> Iterator[Rows]:
        """The examples of each batch of an epoch; those of one pool stay together."""
        rng = np.random.default_rng((self._plan.seed, epoch))
        rows = self._examples[self._chosen]
        single = self._chosen[rows[:, _POOL] < 0]
        found = [single[own] for own in in_batches(self._lengths(single), self._plan.tokens, rng)]
        pools = np.unique(rows[rows[:, _POOL] >= 0, _POOL])
        rng.shuffle(pools)
        at_once = max(1, self._plan.tokens // _POOL_TOKENS)
        for start in range(0, len(pools), at_once):
            together = np.isin(rows[:, _POOL], pools[start : start + at_once])
            found.append(self._chosen[together])
        rng.shuffle(found)
        yield from found

    def _lengths(self, chosen: Rows) -> Rows:
        sizes = []
        for name, place in (("question_ends", _QUESTION), ("window_ends", _WINDOW)):
            own = np.diff(self._data.arrays[name], prepend=0)
            sizes.append(own[self._examples[chosen, place]])
        return np.asarray(sizes[0] + sizes[1])

    def _loader(self, batches: Sequence[Rows], lay_out: Callable[[Rows], Any]) -> DataLoader[Any]:
        return DataLoader(
            _Batches(batches, lay_out), batch_size=None, num_workers=self._plan.workers,
            prefetch_factor=4 if self._plan.workers else None,
        )  # fmt: skip

    def _laid_out(self, chosen: Rows) -> tuple[Batch, Targets]:
        rows = self._examples[chosen]
        pairs = [(int(row[_QUESTION]), int(row[_WINDOW])) for row in rows]
        batch = batch_of(self._data, pairs)
        bits = np.arange(batch.members.shape[1], dtype=np.uint64)
        told = (self._told[chosen][:, None] >> bits[None]) & np.uint64(1)
        asked = np.diff(self._data.arrays["question_ends"], prepend=0)[rows[:, _QUESTION]]
        spans = np.where(rows[:, [_FIRST]] >= 0, rows[:, [_FIRST, _LAST]] + asked[:, None], -1)
        return batch, Targets(
            torch.from_numpy(rows[:, _LABEL].astype(np.float32)),
            torch.from_numpy(told.astype(np.float32)),
            torch.from_numpy(spans.astype(np.int64)),
            torch.from_numpy(rows[:, _POOL].astype(np.int64)),
        )

    def _step(self, batch: Batch, targets: Targets) -> Tensor:
        device = self._plan.device
        batch = batch.to(device)
        targets = targets.to(device)
        with torch.autocast(device, torch.bfloat16, enabled=device != "cpu"):
            found = self.network(self._words[batch.words], batch.mask, batch.members)
        loss = _loss(Readings(*(x.float() for x in found)), batch, targets)
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimizer.step()
        return loss.detach()

    def read(self, pairs: Rows) -> tuple[npt.NDArray[np.float32], list[npt.NDArray[np.float32]]]:
        """Log-odds for questions with windows, and of each window's sentences."""
        self.network.eval()
        sizes = [np.diff(self._data.arrays[n], prepend=0) for n in ("question_ends", "window_ends")]
        lengths = sizes[0][pairs[:, 0]] + sizes[1][pairs[:, 1]]
        answers = np.zeros(len(pairs), np.float32)
        sentences: list[npt.NDArray[np.float32]] = [np.zeros(0, np.float32)] * len(pairs)
        batches = list(in_batches(lengths, self._plan.tokens * 2, None))

        def laid_out(chosen: Rows) -> Batch:
            return batch_of(self._data, [(int(q), int(w)) for q, w in pairs[chosen]])

        loader = self._loader(batches, laid_out)
        for chosen, laid in zip(batches, loader, strict=True):
            batch = laid.to(self._plan.device)
            with (
                torch.inference_mode(),
                torch.autocast(
                    self._plan.device, torch.bfloat16, enabled=self._plan.device != "cpu"
                ),
            ):
                found = self.network(self._words[batch.words], batch.mask, batch.members)
            answers[chosen] = found.answers.float().cpu().numpy()
            own, there = found.sentences.float().cpu().numpy(), batch.members.sum(dim=2).cpu() > 0
            for i, place in enumerate(chosen):
                sentences[place] = own[i][: int(there[i].numpy().nonzero()[0].max(initial=-1)) + 1]
        return answers, sentences

    def _resume(self, kept: Path) -> int:
        if not kept.exists():
            return 0
        state = torch.load(kept, map_location=self._plan.device, weights_only=True)
        if state["fingerprint"] != self._fingerprint:
            raise TrainingError(
                f"{kept}: begun with other settings or examples; remove it, or name another --out"
            )
        self.network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"].cpu())
        if self._plan.device != "cpu":
            torch.cuda.set_rng_state_all([one.cpu() for one in state["random_of_devices"]])
        return int(state["epochs"])

    def _keep(self, kept: Path, epochs: int) -> None:
        state = {
            "network": self.network.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "random": torch.get_rng_state(),
            "random_of_devices": (
                [] if self._plan.device == "cpu" else torch.cuda.get_rng_state_all()
            ),
            "fingerprint": self._fingerprint,
            "epochs": epochs,
        }
        torch.save(state, kept.with_suffix(".part"))
        kept.with_suffix(".part").rename(kept)


def _share(step: int, total: int) -> float:
    """Of the learning rate: rising over a twentieth of the steps, then falling to nothing."""
    warm = max(1, total // 20)
    return (
        (step + 1) / warm
        if step < warm
        else 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, total - warm)))
    )


def _loss(found: Readings, batch: Batch, targets: Targets) -> Tensor:
    """Whether windows answer, or one of a pool does, which sentences do, and where."""
    there = batch.members.sum(dim=2) > 0
    pooled = targets.pools >= 0
    if pooled.any():
        quiet = nn.functional.logsigmoid(-found.answers)
        none = torch.stack([quiet[targets.pools == p].sum() for p in torch.unique(targets.pools)])
        # The gradient goes on where all of a pool are sure not to answer.
        return -(torch.log(-torch.expm1(none.clamp(max=-_LEAST)))).mean()
    cross = nn.functional.binary_cross_entropy_with_logits
    answers = cross(found.answers, targets.labels)
    sentences = cross(found.sentences[there], targets.told[there]) * 2
    spans = found.spans.new_zeros(())
    own = targets.spans[:, 0] >= 0
    if own.any():
        inside = (batch.members.sum(dim=1) > 0)[own]
        for end in (0, 1):
            scores = found.spans[own][:, :, end].masked_fill(~inside, -1e4)
            spans = spans + nn.functional.cross_entropy(scores, targets.spans[own, end]) * 0.15
    return answers + sentences + spans
