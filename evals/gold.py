"""Questions with known answers, one JSON object a line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geungeo.errors import GeungeoError
from geungeo.evals.comparing import Nugget
from geungeo.lang.detect import Language


class GoldError(GeungeoError):
    """A gold file cannot be read; the message names the file and the line."""


class GoldCase(BaseModel):
    """One question.

    An answer is right when it contains one of ``answers`` and all of ``required``, or, where there
    are ``nuggets``, all vital ones of them. ``evidence`` holds verbatim stretches of the documents
    named in ``documents``, of which one is enough. ``history`` are the questions asked before it in
    the same conversation, and ``kind`` groups cases in reports. Cases of the split ``kept`` are for
    measuring alone: nothing is fitted on them.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    lang: Language
    question: str = Field(min_length=1)
    answerable: bool = True
    answers: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    kind: str = ""
    nuggets: tuple[Nugget, ...] = ()
    split: str = ""

    @property
    def wanted(self) -> tuple[str, ...]:
        """What a right answer holds, for people to read."""
        vital = (nugget.any[0] for nugget in self.nuggets if nugget.vital)
        return (*self.answers, *self.required, *vital)


def read_gold(file: Path) -> list[GoldCase]:
    """Raises ``GoldError`` when the file cannot be read or a line is not a case."""
    cases = []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{file}: the gold set cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                cases.append(GoldCase.model_validate_json(line))
            except ValidationError as error:
                problem = error.errors()[0]
                where = ".".join(map(str, problem["loc"]))
                raise GoldError(f"{file}:{number}: {where}: {problem['msg']}") from error
    if not cases:
        raise GoldError(f"{file}: no questions in it")
    return cases


def write_gold(file: Path, cases: Sequence[GoldCase]) -> None:
    """Write cases, one a line. Raises ``GoldError`` when the file cannot be written."""
    lines = (case.model_dump_json(exclude_defaults=True) + "\n" for case in cases)
    try:
        file.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise GoldError(f"{file}: the gold set cannot be written: {error}") from error
