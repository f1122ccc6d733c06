"""What LanguageTool says, and that it cannot say anything."""

from dataclasses import dataclass

from pipeline.errors import MarbreError


@dataclass(frozen=True, slots=True)
class Match:
    """One remark on a text; `start` and `end` count its characters."""

    start: int
    end: int
    rule: str
    """`ACCORD_SUJET_VERBE`, …"""
    category: str
    """`CAT_GRAMMAIRE`, `AGREEMENT`, `TYPOS`, …"""
    message: str
    """In French."""
    replacements: tuple[str, ...] = ()


class GrammarUnavailable(MarbreError):  # noqa: N818 - a state that a run goes on with
    """LanguageTool cannot be asked: why, and the command that mends it."""

    def __init__(self, why: str, remedy: str) -> None:
        super().__init__("no_grammar", why, remedy)

    @property
    def why(self) -> str:
        return self.message
