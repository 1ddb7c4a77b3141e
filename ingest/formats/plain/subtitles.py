"""Subtitles: what is said, without the times at which it is shown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.plain.text import decoded
from geungeo.ingest.formats.result import LoadError, Read
from geungeo.ingest.layout.breaks import joined
from geungeo.lang.ends import ends_speech

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}")
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+([^>]+)>", re.IGNORECASE)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<[\d:.]+>|\{\\[^}]*\}")
_TURN = re.compile(r"(?:[-–—]|>>+|&gt;&gt;)\s*")
_NAMED = re.compile(r"([^\s:：.,?!][^:：.,?!]{0,18}?)\s*[:：]\s+(?=\S)")
_PAUSE = 3.0
_LONGEST = 300


@dataclass
class _Turn:
    """What one person says without a pause, up to ``end`` seconds; ``is_new`` where a dash says
    that somebody else speaks."""

    speaker: str
    text: str
    end: float
    is_new: bool = False

    def takes(self, other: _Turn, start: float) -> bool:
        """Whether what comes next goes on with this."""
        if other.is_new or (other.speaker and other.speaker != self.speaker):
            return False
        if not ends_speech(self.text):
            return len(self.text) < _LONGEST or start - self.end < _PAUSE / 2
        is_same = self.speaker == other.speaker
        return is_same and start - self.end < _PAUSE and len(self.text) < _LONGEST


def read_subtitles(data: bytes, name: str) -> Read:
    """SubRip and WebVTT: a paragraph for each turn, with the speaker's name where it is given.

    Spec: WebVTT (W3C); SubRip has none, its files differ from it in the comma of their times.

    Raises:
        LoadError: the bytes are not text, or no times are in them.
    """
    turns: list[_Turn] = []
    for start, turn in _turns(decoded(data)):
        if turns and turns[-1].takes(turn, start):
            turns[-1].text = joined(turns[-1].text, turn.text)
            turns[-1].end = turn.end
        else:
            turns.append(turn)
    if not turns:
        raise LoadError("no subtitles in it: lines with times (00:01:02,000 --> …) are missing")
    texts = (f"{turn.speaker}: {turn.text}" if turn.speaker else turn.text for turn in turns)
    return Read(tuple(Block("paragraph", text) for text in texts), loader="subtitles")


def _turns(source: str) -> Iterator[tuple[float, _Turn]]:
    last = ""
    for start, end, lines in _cues(source):
        speaker = ""
        for number, line in enumerate(lines):
            voice = _VOICE.search(line)
            text = " ".join(html.unescape(_MARKUP.sub("", line)).split())
            turn = _TURN.match(text)
            text = text[turn.end() :] if turn else text
            # Captions that roll upwards show every line twice.
            if not text or (number == 0 and text == last):
                continue
            if voice:
                speaker = html.unescape(voice[1]).strip()
            elif turn:
                speaker = ""
            if not voice and (named := _NAMED.match(text)):
                speaker, text = named[1], text[named.end() :]
            yield start, _Turn(speaker, text, end, turn is not None)
        last = " ".join(html.unescape(_MARKUP.sub("", lines[-1])).split()) if lines else last


def _cues(source: str) -> Iterator[tuple[float, float, list[str]]]:
    """The beginning, the end and the lines of each; comments and styles have no times."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    times = [(n, found) for n, line in enumerate(lines) if (found := _TIMES.match(line))]
    for place, (number, found) in enumerate(times):
        following = times[place + 1][0] if place + 1 < len(times) else len(lines)
        own = lines[number + 1 : following]
        blank = next((n for n, line in enumerate(own) if not line.strip()), len(own))
        yield _seconds(found.groups()[:4]), _seconds(found.groups()[4:]), own[:blank]


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
