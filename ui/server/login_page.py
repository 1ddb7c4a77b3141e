"""The page on which one logs in, without any script, in each language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from geungeo.lang.detect import Language
from geungeo.lang.languages import LANGUAGES
from geungeo.ui.strings import PAGE_TITLE, STRINGS

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class LoginPage:
    """What is shown: ``wanted`` is where one gets to, ``given`` the name that was typed, and
    ``problem`` what went wrong."""

    language: Language
    wanted: str = "/"
    given: str = ""
    problem: str = ""

    def wrong(self) -> str:
        return STRINGS[self.language].login_wrong

    def too_often(self) -> str:
        return STRINGS[self.language].login_too_often

    def failed_elsewhere(self) -> str:
        return STRINGS[self.language].login_failed_elsewhere

    def as_html(self, elsewhere: str = "") -> str:
        """``elsewhere`` is the address at which one logs in elsewhere, if one can."""
        source = (files("geungeo.ui.server") / "login.html.jinja").read_text(encoding="utf-8")
        environment = Environment(autoescape=True, undefined=StrictUndefined)
        return environment.from_string(source).render(
            page=self, title=PAGE_TITLE, say=STRINGS[self.language], elsewhere=elsewhere,
            languages=LANGUAGES.values(),
        )  # fmt: skip


def language_wanted(chosen: str, accepted: str) -> Language:
    """The language that was chosen, else the first that the browser speaks."""
    wanted = (chosen, *(part.strip()[:2] for part in accepted.split(",")))
    return next((one for want in wanted for one in STRINGS if one == want), "ko")
