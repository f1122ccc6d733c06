"""Talking to a LanguageTool server, ours or one at a URL, through `language-tool-python`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from pipeline.languagetool.match import GrammarUnavailable, Match
from pipeline.text.web_address import without_secrets

if TYPE_CHECKING:
    from language_tool_python import LanguageTool

# The server gives up after 40 s (server.properties); what says nothing for longer hangs.
ANSWER_SECONDS = 50
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
# LanguageTool counts UTF-16 units. With one unit a character, its offsets are ours.
_ASTRAL = "\u25a1"
_Answer = TypeVar("_Answer")


class ServerLost(Exception):  # noqa: N818 - says what happened
    """The server does not answer any more, or hangs."""


class Client:
    """Raises `ServerLost` when nobody answers, `GrammarUnavailable` when what answers is of no use."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._tool = self._answered(lambda: _tool(url))

    def ask(self, text: str) -> tuple[Match, ...]:
        """The remarks on a text, in reading order."""
        plain = "".join(c if c <= "\uffff" else _ASTRAL for c in text)
        found = self._answered(lambda: self._tool.check(plain))
        matches = (
            Match(
                m.offset,
                m.offset + m.error_length,
                m.rule_id,
                m.category,
                m.message,
                tuple(m.replacements[:5]),
            )
            for m in found
        )
        return tuple(sorted(matches, key=lambda m: (m.start, m.end)))

    def _answered(self, question: Callable[[], _Answer]) -> _Answer:
        from language_tool_python.exceptions import LanguageToolError

        shown = without_secrets(self.url)
        try:
            return question()
        except LanguageToolError as error:
            if isinstance(error.__cause__, OSError):
                raise ServerLost(str(error.__cause__)) from None
            said = str(error).replace(self.url, shown)[:120]
            raise GrammarUnavailable(
                f"LanguageTool at {shown} refused the text: {said}.", "Try again."
            ) from None
        except (AttributeError, KeyError, TypeError, ValueError):
            raise GrammarUnavailable(
                f"What answers at {shown} is no LanguageTool with French.", "Look at languagetool_url."
            ) from None


def _tool(url: str) -> "LanguageTool":
    from language_tool_python import LanguageTool

    class Patient(LanguageTool):
        _TIMEOUT = ANSWER_SECONDS  # type: ignore[assignment]  # the library waits 300 s, and offers no setting

    # An article under embargo must not go through a proxy to reach the machine it is on.
    here = urlsplit(url).hostname in _LOOPBACK
    base = url.rstrip("/").removesuffix("/v2") + "/"
    return Patient("fr", remote_server=base, proxies={"http": "", "https": ""} if here else None)
