"""Colours, fonts and behaviour in the browser; nothing is fetched from outside."""

from __future__ import annotations

from importlib.resources import files

import gradio as gr

_FONTS = (
    "Pretendard", "Noto Sans KR", "Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic",
    "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "system-ui", "sans-serif",
)  # fmt: skip
_SCRIPTS = ("page.js", "evidence.js", "rows.js", "drop.js", "messages.js")
_MONOSPACE = ("ui-monospace", "Consolas", "monospace")


def theme() -> gr.themes.Base:
    return gr.themes.Soft(
        primary_hue="blue", neutral_hue="slate", font=_FONTS, font_mono=_MONOSPACE
    )


def css() -> str:
    return (files("geungeo.ui.page") / "style.css").read_text(encoding="utf-8")


def script() -> str:
    """The page's own scripts, each a function, as one."""
    own = [(files("geungeo.ui.page") / name).read_text(encoding="utf-8") for name in _SCRIPTS]
    return f"() => {{ {' '.join(f'({one.strip()})();' for one in own)} }}"
