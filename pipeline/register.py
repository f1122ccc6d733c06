"""The pieces of a desk by title, description and keyphrase: who has the same, without opening a file.

Made from what the ledger knows of each piece, and kept up to date while a run goes on. Working drafts are no pages
yet and are left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.text.fold import tokens
from pipeline.text.mentions import Phrase

if TYPE_CHECKING:
    from pipeline.checks.check import Neighbours

FIELDS = ("title", "description", "keyphrase")
_DRAFTS = "offline"


class Kept(Protocol):
    """What a run needs of the register, wherever it is kept."""

    def put(self, entry: Mapping[str, Any]) -> None: ...
    def forget(self, slug: str) -> None: ...
    def without(self, slugs: Iterable[str]) -> "Neighbours": ...


@dataclass(frozen=True, slots=True)
class Register:
    known: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """(field, what it says) -> the slugs of the pieces that say it, in the order they were told of."""
    told: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Slug -> its keys in `known`."""

    @classmethod
    def of(cls, entries: Iterable[Mapping[str, Any]]) -> "Register":
        """From the entries of the ledger."""
        register = cls()
        for entry in entries:
            register.put(entry)
        return register

    def put(self, entry: Mapping[str, Any]) -> None:
        """A piece written just now; what was known under its slug is forgotten."""
        slug = str(entry.get("slug", ""))
        self.forget(slug)
        if not slug or entry.get("writer") == _DRAFTS:
            return
        values = (entry.get("page_title"), entry.get("description"), entry.get("keyphrase"))
        keys = tuple(
            (name, said)
            for name, value in zip(FIELDS, values, strict=True)
            if (said := same(name, str(value or "")))
        )
        self.told[slug] = keys
        for key in keys:
            self.known[key] = (*self.known.get(key, ()), slug)

    def forget(self, slug: str) -> None:
        for key in self.told.pop(slug, ()):
            left = tuple(s for s in self.known[key] if s != slug)
            if left:
                self.known[key] = left
            else:
                del self.known[key]

    def without(self, slugs: Iterable[str]) -> "Others":
        """The register as a piece sees it: itself and its earlier versions left out."""
        return Others(self, frozenset(slugs))


@dataclass(frozen=True, slots=True)
class Others:
    """What `checks.check.Neighbours` asks for."""

    register: Register
    own: frozenset[str]

    def sharing(self, field: str, value: str) -> Sequence[str]:
        found = self.register.known.get((field, same(field, value)), ())
        return [slug for slug in found if slug not in self.own]

    def about(self, title: str, description: str, keyphrase: str) -> "Others":
        """The few pieces that share something with one; a whole register is megabytes."""
        keys = [(n, same(n, v)) for n, v in zip(FIELDS, (title, description, keyphrase), strict=True)]
        return Others(
            Register({k: self.register.known[k] for k in keys if k in self.register.known}), self.own
        )


def same(name: str, value: str) -> str:
    """What makes two values the same: case, accents and signs do not tell lines apart, nor forms and order a keyphrase."""
    if name == "keyphrase":
        return " ".join(sorted(Phrase.of(value).stems))
    return " ".join(token.text for token in tokens(value))
