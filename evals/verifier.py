"""How well the verifier tells right sentences from wrong ones: ``geungeo eval verifier``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from geungeo.errors import GeungeoError
from geungeo.evals.shares import share
from geungeo.lang.detect import Language
from geungeo.rag.answer.verification import Grounds, Verdict, Verifier
from geungeo.vectorstore import Store


class CasesError(GeungeoError):
    """A file of claims cannot be read; the message names the file and the line."""


class Claim(BaseModel):
    """A sentence about some evidence; ``wrong`` says in what detail it is wrong."""

    model_config = ConfigDict(frozen=True)

    lang: Language
    text: str
    supported: bool
    wrong: str = ""


class ClaimCase(BaseModel):
    """Evidence from a document of a title and a date, and claims about it."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    date: str
    evidence: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class JudgedClaim:
    evidence: str
    claim: Claim
    verdict: Verdict


def read_cases(file: Path) -> list[ClaimCase]:
    """Raises ``CasesError`` for a file that cannot be read or a line that is no case."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CasesError(f"{file}: it cannot be read: {error}") from error
    cases = []
    for number, line in enumerate(lines, 1):
        try:
            cases.append(ClaimCase.model_validate_json(line))
        except ValidationError as error:
            raise CasesError(f"{file}:{number}: {error.errors()[0]['msg']}") from error
    return cases


def evaluate(cases: Sequence[ClaimCase], store: Store) -> list[JudgedClaim]:
    """Every claim against its evidence, with the words of the store's glossary."""
    verifier = Verifier.of(store)
    return [
        JudgedClaim(
            case.evidence,
            claim,
            verifier.verify(claim.text, [Grounds(case.evidence, case.title, date=case.date)]),
        )
        for case in cases
        for claim in case.claims
    ]


def figures(judged: Sequence[JudgedClaim]) -> dict[str, dict[str, Any]]:
    """``caught``, the share of wrong claims that fail, and ``kept``, that of right ones that
    pass: by language, by what is wrong, and for ``all``."""
    groups: dict[str, list[JudgedClaim]] = {}
    for one in judged:
        groups.setdefault(one.claim.lang, []).append(one)
    for one in judged:
        if one.claim.wrong:
            groups.setdefault(one.claim.wrong, []).append(one)
    groups["all"] = list(judged)
    return {name: _figures(group) for name, group in groups.items()}


def _figures(judged: Sequence[JudgedClaim]) -> dict[str, Any]:
    wrong = [not one.verdict.supported for one in judged if not one.claim.supported]
    right = [one.verdict.supported for one in judged if one.claim.supported]
    return {"claims": len(judged), "caught": share(wrong), "kept": share(right)}
