"""The reader: how texts are laid out for it, and that it learns, from examples that are made."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers

from geungeo.evals.train_reader.batches import Data, States, batch_of
from geungeo.evals.train_reader.examples import Example, Packer
from geungeo.evals.train_reader.exporting import export
from geungeo.evals.train_reader.files import START as START_FILE
from geungeo.evals.train_reader.files import TOKENIZER
from geungeo.evals.train_reader.network import Encoder, Layers, Matcher, Network
from geungeo.evals.train_reader.pretrained import Blocks, Pretrained
from geungeo.evals.train_reader.states import states_of
from geungeo.evals.train_reader.training import Plan, Trainer, TrainingError
from geungeo.rag.reading.layout import END, SENTENCES, START, Layout, Text
from geungeo.rag.reading.reader import Reader
from geungeo.vectorstore import Passage
from geungeo.vectorstore.models import ModelError

WIDTH, LETTERS = 32, "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(scope="module")
def layout() -> Layout:
    """Every letter is a word of its own."""
    marks = ["<s>", "<pad>", "</s>", "<unk>"]
    pieces = [(piece, 0.0) for piece in marks] + [(f"▁{c}", -1.0) for c in LETTERS]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return Layout(tokenizer)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Threads that wait for each other take longer than this network does."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def spaced(text: str) -> str:
    return " ".join(text)


def test_windows_hold_whole_sentences(layout: Layout) -> None:
    sentences = [spaced("ab" * 40), spaced("cd" * 40), spaced("ef" * 60), spaced("g" * 300)]
    windows = layout.windows(Text("t", "", tuple(sentences)))
    assert [(one.first, one.last) for one in windows] == [(0, 2), (2, 3), (3, 4)]
    first = windows[0]
    head = 1 + len(layout.pieces(["t"])[0]) + 1
    assert first.places == (-1,) * head + (0,) * 80 + (1,) * 80 + (-1,)
    assert first.tokens[-1] == END
    assert sum(place >= 0 for place in windows[2].places) == SENTENCES
    assert layout.question("a b")[0] == START


def test_a_passage_of_no_sentences_has_no_windows(layout: Layout) -> None:
    assert layout.windows(Text("t", "s", ())) == []


def blocks(rng: np.random.Generator, rows: int) -> Blocks:
    nibbles = rng.integers(0, 256, (rows, WIDTH // 32, 16), dtype=np.uint8)
    return Blocks(np.full((rows, WIDTH // 32), 0.1, np.float16), nibbles)


@pytest.fixture(scope="module")
def start() -> Pretrained:
    rng = np.random.default_rng(0)

    def normal(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.1, shape).astype(np.float32).ravel()

    tensors = {"emb.pos": normal(512, WIDTH), "emb.type": normal(2, WIDTH)}
    sizes = {"q": (WIDTH, WIDTH), "k": (WIDTH, WIDTH), "v": (WIDTH, WIDTH), "ao": (WIDTH, WIDTH)}
    sizes |= {"fi": (2 * WIDTH, WIDTH), "fo": (WIDTH, 2 * WIDTH)}
    for name, shape in sizes.items():
        tensors[f"l0.{name}.w"], tensors[f"l0.{name}.b"] = normal(*shape), normal(shape[0])
    for name in ("emb.ln", "l0.aln", "l0.oln"):
        tensors[f"{name}.w"] = np.ones(WIDTH, np.float32)
        tensors[f"{name}.b"] = np.zeros(WIDTH, np.float32)
    return Pretrained(1, 2, 1e-12, blocks(rng, 4 + len(LETTERS)), tensors)


@pytest.fixture(scope="module")
def data(layout: Layout, tmp_path_factory: pytest.TempPathFactory) -> Data:
    """A passage answers where a sentence has the letter that is asked for, and that one does."""
    rng = random.Random(0)
    packer = Packer(layout)
    for number in range(120):
        asked = rng.choice(LETTERS[:6])
        others = [c for c in LETTERS[:12] if c != asked]
        texts = [spaced("".join(rng.sample(others, 4))) for _ in range(3)]
        told = rng.randrange(3) if number % 2 else None
        if told is not None:
            texts[told] = f"{asked} {texts[told][2:]}"
        packer.questions.append(layout.question(asked))
        packer.windows += layout.windows(Text("", "", tuple(texts)))
        marked = () if told is None else (told,)
        packer.examples.append(Example(number, number, int(told is not None), marked))
        packer.folds.append("korean")
    file = tmp_path_factory.mktemp("examples") / "examples.npz"
    packer.save(file)
    return Data.read(file)


PLAN = Plan(epochs=40, rate=1e-2, rate_of_layers=1e-3)


@pytest.fixture(scope="module")
def states(data: Data, start: Pretrained, tmp_path_factory: pytest.TempPathFactory) -> States:
    file = tmp_path_factory.mktemp("states") / "states.npy"
    said: list[str] = []
    first = states_of(data, start, 0, file, "cpu", said.append)
    assert said
    again = states_of(data, start, 0, file, "cpu", said.append)
    assert np.array_equal(first.windows, again.windows)
    return first


def trainer_of(data: Data, states: States, start: Pretrained, plan: Plan) -> Trainer:
    """Its one layer is trained."""
    last = Layers(start, range(1))
    return Trainer(data, states, last, plan, np.arange(len(data.arrays["examples"])))


def trained(
    data: Data, states: States, start: Pretrained, plan: Plan, kept: Path
) -> tuple[Trainer, list[str]]:
    said: list[str] = []
    trainer = trainer_of(data, states, start, plan)
    trainer.run(kept, said.append)
    return trainer, said


def test_it_learns_which_windows_and_sentences_answer(
    data: Data, states: States, start: Pretrained, tmp_path: Path
) -> None:
    trainer, said = trained(data, states, start, PLAN, tmp_path / "state")
    assert len(said) == PLAN.epochs
    pairs = np.array([(i, i) for i in range(120)])
    answers, sentences = trainer.read(pairs)
    labels = data.arrays["examples"][:, 2] == 1
    assert np.mean((answers > 0) == labels) > 0.9
    told = data.arrays["told"]
    right = [
        int(own.argmax()) == int(told[i]).bit_length() - 1
        for i, own in enumerate(sentences)
        if labels[i]
    ]
    assert np.mean(right) > 0.9


def test_what_was_broken_off_ends_as_if_it_had_not_been(
    data: Data, states: States, start: Pretrained, tmp_path: Path
) -> None:
    plan = Plan(epochs=3, rate=1e-3)
    whole, _ = trained(data, states, start, plan, tmp_path / "whole")

    class StoppedError(Exception):
        pass

    def stop(line: str) -> None:
        if line.startswith("epoch 2"):
            raise StoppedError

    first = trainer_of(data, states, start, plan)
    with pytest.raises(StoppedError):
        first.run(tmp_path / "broken", stop)
    again, said = trained(data, states, start, plan, tmp_path / "broken")
    assert [line.split(":")[0] for line in said] == ["epoch 2", "epoch 3"]
    for name, own in whole.network.state_dict().items():
        torch.testing.assert_close(own, again.network.state_dict()[name], msg=name)


def test_a_state_of_another_training_is_named(
    data: Data, states: States, start: Pretrained, tmp_path: Path
) -> None:
    trained(data, states, start, Plan(epochs=1), tmp_path / "state")
    with pytest.raises(TrainingError, match="state"):
        trained(data, states, start, Plan(epochs=2), tmp_path / "state")


def test_marks_are_no_words_of_a_batch(data: Data, states: States) -> None:
    batch = batch_of(data, states, data.rarity(), np.array([(0, 0), (1, 1)]))
    asked, shown = (data.lengths(kind)[:2] - 2 for kind in ("question", "window"))
    assert batch.asked.words.sum(dim=1).tolist() == asked.tolist()
    assert batch.shown.words.sum(dim=1).tolist() == shown.tolist()
    assert bool((batch.members.any(dim=1) <= batch.shown.words).all())


def test_the_start_is_kept_as_it_was(start: Pretrained, tmp_path: Path) -> None:
    start.save(tmp_path / "start.npz")
    again = Pretrained.load(tmp_path / "start.npz")
    assert np.array_equal(again.words.floats(), start.words.floats())
    assert np.array_equal(again.floats("l0.q.w"), start.floats("l0.q.w"))


def test_the_exported_file_says_what_the_network_says(
    layout: Layout, start: Pretrained, tmp_path: Path
) -> None:
    torch.manual_seed(1)
    encoder, last = Encoder(start, 0).eval(), Layers(start, range(1)).eval()
    rarity = np.linspace(0, 3, 4 + len(LETTERS), dtype=np.float32)
    matcher = Matcher(torch.full((WIDTH,), 0.1)).eval()
    start.save(tmp_path / START_FILE)
    (tmp_path / TOKENIZER).write_text(layout.tokenizer.to_str(), encoding="utf-8")
    network = Network(last, matcher)
    weights = {name: own.numpy() for name, own in network.state_dict().items()}
    np.savez(tmp_path / "weights.npz", kept=0, rarity=rarity, **weights)
    export(tmp_path, tmp_path / "weights.npz", tmp_path / "reader.onnx")

    texts = (spaced("abc"), spaced("defgh"))
    (window,) = layout.windows(Text("t", "", texts))
    asked = layout.question("a b")
    words = torch.from_numpy(start.words.floats())

    def read(tokens: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor]:
        inner = torch.ones(1, len(tokens)).bool()
        states = last(encoder(words[list(tokens)][None], inner), inner)
        inner[0, [0, -1]] = False
        return states, inner

    members = torch.tensor([[place == i for place in window.places] for i in range(2)])[None]
    with torch.inference_mode():
        (own, asks), (shown, shows) = read(asked), read(window.tokens)
        rare = torch.from_numpy(rarity[list(asked)])[None]
        said = matcher(own, rare, asks, shown, shows, members)

    text = "\n".join(texts)
    spans = ((0, len(texts[0])), (len(texts[0]) + 1, len(text)))
    passage = Passage(1, "d", "d", "t", "", "", "", "en", "", 1, 0, len(text), text, spans)
    reader = Reader(tmp_path / "reader.onnx")
    for _ in range(2):
        (reading,) = reader.read("a b", [passage])
        assert reading.answers == pytest.approx(float(said.answers[0]), abs=0.05)
        assert reading.sentences == pytest.approx(said.sentences[0].tolist(), abs=0.05)


def test_a_file_that_is_no_reader_is_named(tmp_path: Path) -> None:
    file = tmp_path / "reader.onnx"
    file.write_bytes(b"no model")
    with pytest.raises(ModelError, match=r"GEUNGEO_READER=.*reader\.onnx"):
        Reader(file).load()
