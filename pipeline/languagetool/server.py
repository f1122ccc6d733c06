"""The one LanguageTool of a run: started in the background, warmed, started again once, ended with the run."""

import atexit
import os
from collections.abc import Sequence
from threading import BoundedSemaphore, Condition, Thread
from time import monotonic
from typing import Self

from pipeline.languagetool import installed, java, process
from pipeline.languagetool.chunks import chunks
from pipeline.languagetool.client import Client, ServerLost
from pipeline.languagetool.match import GrammarUnavailable, Match
from pipeline.text.web_address import without_secrets

# Start and first check take 9 to 20 s on two busy cores.
_READY_SECONDS = 120
# All of one text: 1,000 words take half a second.
_TEXT_SECONDS = 180
_LIVES = 2
# It loads the rules: agreement, spelling, elision.
_WARM_UP = "Les élus ont votés, et la maire s’est dite ravi : « Le vote de la Assemblée est clair. »"


class Grammar:
    """LanguageTool for the articles of one run, from any thread.

    `Grammar()` starts nothing yet; `start` returns at once. With a `url` nothing is started: that server is
    asked. Use it in a `with` block, or `close` it. On Linux the server ends even when the run is killed.
    """

    def __init__(self, url: str | None = None) -> None:
        self._url = url
        self._state = Condition()
        self._keeper: Thread | None = None
        self._process: process.Process | None = None
        self._client: Client | None = None
        self._failure: GrammarUnavailable | None = None
        self._lives = 0
        # More at once than cores only makes each slower, and a slow answer looks like a hanging server.
        self._places = BoundedSemaphore(max(2, os.cpu_count() or 2))

    def start(self) -> Self:
        """Begin in the background; starting twice is no error."""
        with self._state:
            if self._keeper is None and self._failure is None:
                # A thread of its own, which lives as long as the run: Linux ends the server with it.
                self._keeper = Thread(target=self._keep, name="languagetool", daemon=True)
                self._keeper.start()
                atexit.register(self.close)
        return self

    def can_start(self) -> bool:
        """Whether it is worth a try, without trying: a server is named, or Java and LanguageTool are here."""
        return self._url is not None or (installed() is not None and java.find() is not None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the server, whatever it is doing; who waits for it gets `GrammarUnavailable`."""
        with self._state:
            self._fail(GrammarUnavailable("The run has ended.", "Run it again."))
            keeper, running = self._keeper, self._process
        if running:
            running.kill()
        if keeper:
            keeper.join(timeout=10)
            atexit.unregister(self.close)

    @property
    def pid(self) -> int | None:
        """Of the Java process, while there is one."""
        with self._state:
            return self._process.pid if self._process else None

    def ready(self) -> str:
        """Wait until it can be asked; its address. Raises `GrammarUnavailable`."""
        self.start()
        return self._ready()[0].url

    def check(self, parts: Sequence[str]) -> tuple[tuple[Match, ...], ...]:
        """The remarks on each part. Raises `GrammarUnavailable`; never waits for ever."""
        self.start()
        found: list[list[Match]] = [[] for _ in parts]
        end: float | None = None
        for chunk in chunks(parts):
            for match in self._ask(chunk.text):
                if home := chunk.home(match):
                    found[home[0]].append(home[1])
            end = end or monotonic() + _TEXT_SECONDS
            if monotonic() > end:
                raise GrammarUnavailable(
                    f"LanguageTool was not through with the text after {_TEXT_SECONDS} s.",
                    "Give it a shorter text.",
                )
        return tuple(tuple(matches) for matches in found)

    def _ask(self, text: str) -> tuple[Match, ...]:
        while True:
            client, life = self._ready()
            try:
                with self._places:
                    return client.ask(text)
            except ServerLost:
                with self._state:
                    if life == self._lives:  # else another thread said so, and it lives again
                        self._client = None
                        self._state.notify_all()

    def _ready(self) -> tuple[Client, int]:
        with self._state:
            there = self._state.wait_for(lambda: self._client or self._failure, timeout=_READY_SECONDS)
            if self._failure:
                raise GrammarUnavailable(self._failure.why, self._failure.remedy)
            if not there or self._client is None:
                self._fail(
                    GrammarUnavailable(f"LanguageTool was not ready after {_READY_SECONDS} s.", "Try again.")
                )
                raise GrammarUnavailable(
                    f"LanguageTool was not ready after {_READY_SECONDS} s.", "Try again."
                )
            return self._client, self._lives

    def _fail(self, failure: GrammarUnavailable) -> None:
        """The first failure stays: it says why. Called with the state in hand."""
        self._failure = self._failure or failure
        self._client = None
        self._state.notify_all()

    def _keep(self) -> None:
        """The keeper's whole life; however it ends, nobody waits for it any longer."""
        failure = GrammarUnavailable("LanguageTool ended.", "Run: marbre doctor")
        try:
            failure = self._serve()
        except GrammarUnavailable as error:
            failure = error
        finally:
            self._end_process()
            with self._state:
                self._fail(failure)

    def _serve(self) -> GrammarUnavailable:
        """Open, wait until the server is lost or the run ends, open once more; then why that was all."""
        why = ""
        for life in range(1, _LIVES + 1):
            try:
                client = self._open()
            except ServerLost as lost:
                why = str(lost)
            else:
                self._until_lost(client, life)
            if self._failure:
                break
        return self._given_up(why)

    def _open(self) -> Client:
        """A server that has answered once."""
        client = Client(self._url or self._start_process())
        client.ask(_WARM_UP)
        return client

    def _start_process(self) -> str:
        for _ in range(5):  # another run may take the port between our choosing and using it
            self._end_process()
            running = process.spawn()
            with self._state:
                self._process = running
                ended = self._failure is not None
            if ended:
                running.kill()
            if running.wait():
                return running.url
        raise GrammarUnavailable("LanguageTool found no free port.", "Try again.")

    def _until_lost(self, client: Client, life: int) -> None:
        """Serve until somebody finds the server lost, or the run ends."""
        with self._state:
            if self._failure is None:
                self._client, self._lives = client, life
                self._state.notify_all()
            self._state.wait_for(lambda: self._client is None)

    def _end_process(self) -> None:
        with self._state:
            running, self._process = self._process, None
        if running:
            running.kill()

    def _given_up(self, why: str) -> GrammarUnavailable:
        if self._url:
            return GrammarUnavailable(
                f"No LanguageTool answers at {without_secrets(self._url)}.",
                "Start it, or take languagetool_url away.",
            )
        told = f" ({why[:80]})" if why else ""
        return GrammarUnavailable(f"LanguageTool ended twice in this run{told}.", "Run: marbre doctor")
