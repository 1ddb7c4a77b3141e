"""Colours and fonts; nothing is fetched from outside."""

from __future__ import annotations

from importlib.resources import files

import gradio as gr

_FONTS = (
    "Pretendard", "Noto Sans KR", "Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic",
    "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "system-ui", "sans-serif",
)  # fmt: skip
_MONOSPACE = ("ui-monospace", "Consolas", "monospace")

# A chip brings up its source, and the dialogue follows its newest turn.
SCRIPT = """
() => {
  document.addEventListener('click', (event) => {
    const chip = event.target.closest('a.chip[href^="#source-"]');
    if (!chip) return;
    event.preventDefault();
    const source = document.querySelector(chip.getAttribute('href'));
    if (!source) return;
    document.querySelectorAll('.source.chosen').forEach((s) => s.classList.remove('chosen'));
    source.classList.add('chosen');
    const quote = source.querySelector('mark') || source;
    quote.scrollIntoView({behavior: 'smooth', block: 'center'});
    source.focus({preventScroll: true});
  });
  // A link to the last question, for another reader of the same server.
  window.geungeoShare = () => {
    const asked = [...document.querySelectorAll('#talk .q > p:first-child')].pop();
    if (!asked) return;
    const here = location.origin + location.pathname;
    const link = `${here}?q=${encodeURIComponent(asked.textContent)}`;
    navigator.clipboard?.writeText(link);
    history.replaceState(null, '', link);
  };
  const follow = () => {
    const talk = document.querySelector('#talk .talk');
    if (talk) talk.scrollTop = talk.scrollHeight;
  };
  const watch = () => {
    const panel = document.querySelector('#talk');
    if (!panel) return setTimeout(watch, 200);
    new MutationObserver(follow).observe(panel, {childList: true, subtree: true});
  };
  watch();
}
"""


def theme() -> gr.themes.Base:
    return gr.themes.Soft(
        primary_hue="blue", neutral_hue="slate", font=_FONTS, font_mono=_MONOSPACE
    )


def css() -> str:
    return (files("ui") / "style.css").read_text(encoding="utf-8")
