"""The page on which one logs in, without any script, in each language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from geungeo.lang.detect import Language
from geungeo.lang.languages import LANGUAGES
from geungeo.ui.strings import PAGE_TITLE, STRINGS

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.7 Pretendard, "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic",
       "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif;
       word-break: keep-all; max-width: 22rem; margin: 12vh auto 2rem; padding: 0 1rem }}
h1 {{ font-size: 1.5rem }} label, input, button, a.elsewhere {{ display: block; width: 100% }}
input, button {{ font: inherit; box-sizing: border-box; padding: .5rem; margin: .2rem 0 1rem }}
nav a {{ margin-right: 1rem }} .wrong {{ font-weight: 600 }}
</style></head><body><h1>{title}</h1>
{said}<form method="post" action="login">
<input type="hidden" name="next" value="{wanted}">
<input type="hidden" name="lang" value="{language}">
<label>{name}<input name="name" autocomplete="username" autocapitalize="none" required autofocus
 maxlength="64" value="{given}"></label>
<label>{password}<input name="password" type="password" autocomplete="current-password" required
 maxlength="200"></label>
<button type="submit">{log_in}</button></form>{elsewhere}<nav>{languages}</nav></body></html>
"""


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
        say = STRINGS[self.language]
        address = f"{elsewhere}?{urlencode({'next': self.wanted})}"
        link = f'<a class="elsewhere" href="{escape(address)}">{escape(say.log_in_elsewhere)}</a>'
        said = f'<p class="wrong" role="alert">{escape(self.problem)}</p>'
        return _PAGE.format(
            language=self.language, title=escape(PAGE_TITLE), wanted=escape(self.wanted),
            given=escape(self.given), name=escape(say.account_name), password=escape(say.password),
            log_in=escape(say.log_in), elsewhere=link if elsewhere else "",
            said=said if self.problem else "",
            languages="".join(self._link(one.code, one.own_name) for one in LANGUAGES.values()),
        )  # fmt: skip

    def _link(self, code: str, own_name: str) -> str:
        query = escape(urlencode({"lang": code, "next": self.wanted}))
        return f'<a href="login?{query}" lang="{code}" hreflang="{code}">{escape(own_name)}</a>'


def language_wanted(chosen: str, accepted: str) -> Language:
    """The language that was chosen, else the first that the browser speaks."""
    wanted = (chosen, *(part.strip()[:2] for part in accepted.split(",")))
    return next((one for want in wanted for one in STRINGS if one == want), "ko")
