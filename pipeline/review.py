"""A person's review of a piece: who looked at it, when, and at which text. Any change to the text voids it.

`review.yaml` beside the piece; like every file beside it, it may be somebody else's and is read with care.
"""

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.text import plain_yaml
from pipeline.text.markdown import Document

FILE = "review.yaml"
_LARGEST = 10_000
_LONGEST = 200
_READ = ("title", "description", "keyphrase", "slug", "stage")


@dataclass(frozen=True, slots=True)
class Review:
    by: str
    when: str
    """ISO 8601."""
    sha256: str
    """Of the text that was reviewed, as `text_hash` gives it."""


def text_hash(document: Document) -> str:
    """Of all a reader is told: title, description, every block with its links, the sources. The disclosure is left out,
    since it tells of the review; so are dates, verdict and word count.
    """
    disclosure = document.front.get("disclosure")
    told = " ".join(disclosure.split()) if isinstance(disclosure, str) else ""
    fields = [str(document.front.get(name, "")) for name in _READ]
    blocks = [
        [b.kind, b.level, b.text, *b.links]
        for b in document.blocks
        if not (b.apparatus and " ".join(b.text.split()) == told)
    ]
    text = unicodedata.normalize("NFC", json.dumps([fields, blocks], ensure_ascii=False))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def read(piece: Path, text_sha256: str) -> Review | None:
    """The review beside a piece, where it holds for this very text."""
    found = told(piece)
    return found if found and found.sha256 == text_sha256 else None


def told(piece: Path) -> Review | None:
    """The review beside a piece, for whichever text; None where there is none that can be read."""
    import yaml

    path = piece.with_name(FILE)
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        data = plain_yaml.load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    by, when, sha256 = (data.get(name) for name in ("by", "when", "sha256"))
    if not (isinstance(by, str) and isinstance(when, str) and isinstance(sha256, str) and by.strip()):
        return None
    try:
        datetime.fromisoformat(when)
    except ValueError:
        return None
    return Review(" ".join(by.split())[:_LONGEST], when, sha256)


def write(piece: Path, review: Review) -> Path:
    """Put it beside the piece; an older one gives way."""
    import yaml

    from pipeline.publish.folder import put_page

    path = piece.with_name(FILE)
    fields = {"by": review.by, "when": review.when, "sha256": review.sha256}
    put_page(path, yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=10_000))
    return path


def stated(markdown: str, disclosure: str, review: Review | None, wish: str) -> str:
    """The text with its disclosure as the settings want it: with who reviewed it, or left out where that may be.

    Without a review, or where the text does not end with its disclosure, it is left as it is.
    """
    head, gap, last = markdown.rstrip().rpartition("\n\n")
    if review is None or not gap or not disclosure or " ".join(last.split()) != " ".join(disclosure.split()):
        return markdown
    if wish == "never":
        return f"{head}\n"
    from pipeline.text.calendar import day
    from pipeline.text.slots import escape

    moment = datetime.fromisoformat(review.when)
    when = day(moment.year, moment.month, moment.day)
    return f"{head}\n\n{last.rstrip().rstrip('.')}, relu par {escape(review.by)} le {when}.\n"
