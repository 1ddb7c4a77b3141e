"""``geungeo bench``: what it costs on this machine."""

from __future__ import annotations

from importlib.resources import as_file, files
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from geungeo.ui.cli.console import FAILED, print_json, read_settings
from geungeo.ui.cli.options import JsonOption, StoreOption

bench_app = typer.Typer(no_args_is_help=True, help="Measure speed on this machine.")


@bench_app.command("embed")
def bench_embed(
    passages: Annotated[int, typer.Option(min=1, help="How many passages.")] = 512,
    as_json: JsonOption = False,
) -> None:
    """Passages of 400 characters that the encoder embeds in a second, beside the package's own."""
    from geungeo.evals.bench.embed import measure

    result = measure(passages)
    if as_json:
        print_json(result)
        return
    for name, value in result.items():
        typer.echo(
            f"{name:<28} {value:,.3f}" if isinstance(value, float) else f"{name:<28} {value}"
        )


@bench_app.command("search")
def bench_search(
    passages: Annotated[int, typer.Option(min=100, help="How many passages.")] = 10_000,
    questions: Annotated[int, typer.Option(min=1, help="How many questions.")] = 200,
    index: Annotated[
        str, typer.Option(help="embedded, or milvus: milvus-lite too, and whether both agree.")
    ] = "embedded",
    stock: Annotated[
        bool, typer.Option(help="Encode every text, and measure LangChain's usual recipe too.")
    ] = False,
    folder: Annotated[
        Path | None, typer.Option(help="Keep the stores here; those that are here are not built.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Time, memory and disk of a large collection of generated text, and how well it answers.

    Its vectors are made up, so that a million passages take three quarters of an hour of a
    processor; with `--stock` they are the encoder's, and 100,000 take half an hour.
    Example: `geungeo bench search --passages 1000000`
    """
    if index not in ("embedded", "milvus"):
        raise typer.BadParameter(f"--index is embedded or milvus, not {index!r}")
    if stock and (folder or index != "embedded"):
        raise typer.BadParameter("--stock goes with neither --index nor --folder")
    if stock:
        from geungeo.evals.bench.stock import measure as beside_stock

        result = beside_stock(passages, questions)
    else:
        from geungeo.evals.bench.search import measure

        result = measure(passages, questions, with_milvus=index == "milvus", kept=folder)
    if as_json:
        print_json(result)
        return
    _print_beside(result)


@bench_app.command("ingest")
def bench_ingest(
    documents: Annotated[int, typer.Option(min=2, help="How many files.")] = 500,
    stock: Annotated[bool, typer.Option(help="Measure LangChain's usual recipe too.")] = True,
    as_json: JsonOption = False,
) -> None:
    """Files of generated text that are ingested in a second, by stage, and peak memory, beside
    LangChain's usual loaders and splitter with the same encoder."""
    from geungeo.evals.bench.ingest import measure

    with TemporaryDirectory(prefix="geungeo-bench-") as folder:
        result = measure(Path(folder), documents, stock)
    if as_json:
        print_json(result)
        return
    _print_beside(result)


@bench_app.command("start")
def bench_start(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Where the time goes before a first answer: by stage, and until `geungeo ask` has answered
    and the page of `geungeo chat` is there.

    Example: `geungeo bench start --store .geungeo`
    """
    from geungeo.evals.bench.start import measure

    result = measure(read_settings(store).store)
    if as_json:
        print_json(result)
        return
    typer.echo(f"{'':<24}{'seconds':>10}{'CPU':>10}")
    for name, stage in result.items():
        typer.echo(f"{name:<24}{stage['seconds']:>10.2f}{stage['cpu']:>10.2f}")


@bench_app.command("ocr")
def bench_ocr(
    folder: Annotated[Path, typer.Argument(help="Documents whose text is drawn on pages.")],
    pages: Annotated[int, typer.Option(min=1, help="How many pages.")] = 2,
    as_json: JsonOption = False,
) -> None:
    """The share of characters that are read wrong on scanned pages, beside Tesseract's own way.

    Example: `geungeo bench ocr sample/documents`
    """
    from geungeo.evals.bench.ocr import measure

    result = measure(folder, pages)
    if as_json:
        print_json(result)
        return
    kinds = list(next(iter(result.values())))
    typer.echo(f"{'':<18}" + "".join(f"{kind:>10}" for kind in kinds))
    for way, figures in result.items():
        typer.echo(f"{way:<18}" + "".join(f"{figures[kind]:>10.3f}" for kind in kinds))


@bench_app.command("pdf")
def bench_pdf(
    folder: Annotated[Path, typer.Argument(help="Texts whose lines are drawn as PDF pages.")],
    as_json: JsonOption = False,
) -> None:
    """How many sentences are read from a PDF as from its text, and how many pages in a second,
    beside pypdf and LangChain.

    Example: `geungeo bench pdf sample/documents`
    """
    from geungeo.evals.bench.pdf import measure

    result = measure(folder)
    if as_json:
        print_json(result)
        return
    for layout, figures in result.items():
        shown = "  ".join(f"{name} {value:,.3f}" for name, value in figures.items())
        typer.echo(f"{layout:<12} {shown}")


@bench_app.command("readers")
def bench_readers(
    servers: Annotated[list[str], typer.Argument(help="Addresses of page servers that run.")],
    readers: Annotated[int, typer.Option(min=1, help="How many ask at once.")] = 200,
    seconds: Annotated[float, typer.Option(min=1, help="For how long.")] = 60,
    pause: Annotated[
        float, typer.Option(min=0, help="Seconds that a reader pauses before one, at most.")
    ] = 0.0,
    gold: Annotated[
        Path | None, typer.Option(help="A gold file with the questions.  [the sample's]")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Answers in a second, seconds of an answer, and errors of many readers: of the first server
    alone, then of all with the readers dealt out among them.

    The servers ask for no account (`--open`) and let one address ask often
    (`GEUNGEO_QUESTIONS_PER_MINUTE=0`). On one machine with what asks them they share its cores.
    Example: `geungeo bench readers http://one:7860 http://other:7860 --readers 200`
    """
    from geungeo.evals.bench.readers import Load, measure

    with as_file(files("geungeo.sample").joinpath("questions.jsonl")) as sample:
        result = measure(servers, gold or sample, Load(readers, seconds, pause))
    if as_json:
        print_json(result)
        return
    typer.echo(f"{'':<14}" + "".join(f"{name:>24}" for name in result))
    for name in result["1 server"]:
        cells = (figures[name] for figures in result.values())
        typer.echo(f"{name:<14}" + "".join(f"{_shown(cell):>24}" for cell in cells))


@bench_app.command("soak")
def bench_soak(
    minutes: Annotated[float, typer.Option(min=0.01, help="For how long.")] = 60,
    readers: Annotated[int, typer.Option(min=1, help="How many readers.")] = 20,
    pause: Annotated[
        float, typer.Option(min=0, help="Seconds that a reader pauses before a question, at most.")
    ] = 10.0,
    documents: Annotated[
        Path | None,
        typer.Option(
            help="A folder of documents, which is copied.  [the sample's]",
            exists=True,
            file_okay=False,
        ),
    ] = None,
    gold: Annotated[
        Path | None, typer.Option(help="A gold file with the questions.  [the sample's]")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Memory, open files, seconds and errors of a page server that readers ask for an hour while
    each minute a document comes, changes or goes.

    It starts a server of its own over a store of its own, which no setting touches. Exit code 1
    where anything failed, or was not told as it was after an ingest.
    """
    from geungeo.evals.bench.soak import Plan, measure
    from geungeo.evals.bench.soaking.figures import is_sound

    plan = Plan(minutes, readers, pause)
    sample = files("geungeo.sample")
    with (
        as_file(sample.joinpath("questions.jsonl")) as asked,
        as_file(sample.joinpath("documents")) as read,
        TemporaryDirectory(prefix="geungeo-soak-") as folder,
    ):
        result = measure(Path(folder), documents or read, gold or asked, plan)
    if as_json:
        print_json(result)
    else:
        for name, value in result.items():
            typer.echo(f"{name:<28} {_shown(value)}")
    if not is_sound(result):
        raise typer.Exit(FAILED)


def _print_beside(result: dict[str, dict[str, float]]) -> None:
    """A row for each figure, a column for each system."""
    typer.echo(f"{'':<24}" + "".join(f"{system:>12}" for system in result))
    for name in dict.fromkeys(chain.from_iterable(result.values())):
        row = (figures.get(name) for figures in result.values())
        cells = ("–" if value is None else f"{value:,}" for value in row)
        typer.echo(f"{name:<24}" + "".join(f"{cell:>12}" for cell in cells))


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{count} {error}" for error, count in value.items()) or "–"
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value) or "–"
    return "–" if value is None else str(value)
