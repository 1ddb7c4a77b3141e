"""What grades answers. It imports nothing of ours, so that no mistake of the answerer is shared.

``forms`` finds words as they are written, ``values`` what numbers, dates and units mean in Korean,
Chinese and English, ``rightness`` compares an answer with known ones, ``nuggets`` with the facts
that it has to hold, and ``support`` a sentence with what it cites.
"""

from geungeo.evals.comparing.forms import holds, plain
from geungeo.evals.comparing.nuggets import Nugget
from geungeo.evals.comparing.rightness import contains
from geungeo.evals.comparing.support import Source, supports

__all__ = ["Nugget", "Source", "contains", "holds", "plain", "supports"]
