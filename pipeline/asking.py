"""Whom an article asks: its writer and its judge, whose answers the ledger remembers and nobody pays twice."""

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.errors import (
    WriterError,
)
from pipeline.items import Item
from pipeline.ledger import Ledger, key_of
from pipeline.model import (
    Call,
    Source,
)
from pipeline.run import Run
from pipeline.shelf import OFFLINE
from pipeline.writers import Writer
from pipeline.writers.request import Ask, Request

if TYPE_CHECKING:
    from pipeline.writers.judge import Judge
    from pipeline.writers.models import Row


def writer_name(run: Run) -> str:
    """As `writer_of` names itself."""
    return run.settings.model if run.row else OFFLINE


def writer_of(run: Run, item: Item, source: Source, calls: list[Call]) -> Writer:
    """The writer of one article; its answers come from the ledger where it remembers them."""
    if run.row is None:
        from pipeline.writers.offline import OfflineWriter

        return OfflineWriter()
    from pipeline.writers.llm import LLMWriter

    ask = _asking(run, run.row, item, source, calls)
    return LLMWriter(run.settings.model, ask, run.row, run.settings.calls_per_article)


def judge_of(run: Run, item: Item, source: Source, calls: list[Call]) -> "Judge | None":
    """The second opinion, remembered and counted like the writer's calls."""
    if run.judge_row is None or run.settings.judge is None:
        return None
    from pipeline.writers.judge import Judge

    return Judge(run.settings.judge, _asking(run, run.judge_row, item, source, calls), run.judge_row)


def _asking(run: Run, row: "Row", item: Item, source: Source, calls: list[Call]) -> Ask:
    if run.economy:
        return run.economy.asking(run.ledger, source.sha256, item, calls)
    assert run.ask is not None  # noqa: S101 - who has a row has somebody to ask
    return remembering(run.ask, run.ledger, row, source.sha256, item.key, calls)


def remembering(ask: Ask, ledger: Ledger, row: "Row", article: str, source: str, calls: list[Call]) -> Ask:
    """An `Ask` that pays for an answer once: it is written down, with what it cost, before it is used."""
    from pipeline.writers.models import cost_of
    from pipeline.writers.shape import is_truncated

    async def answer(request: Request) -> Call:
        call = ledger.recall(key_of(request.decides()))
        if call is None:
            paid = await ask(request)
            call = replace(paid, cost=cost_of(paid, request, row))
            calls.append(call)  # it was paid for, whatever happens to the memory of it
            whole = not is_truncated(call, request)
            ledger.remember(call, request.decides(), article, source, usable=whole)
            if not whole:
                raise truncated(call)
        else:
            calls.append(call)
        return call

    return answer


def truncated(call: Call) -> WriterError:
    return WriterError(
        "truncated",
        f"The server read {call.usage.input:,} tokens of a longer prompt and left the rest out ({call.stage}); "
        "its answer is not used.",
        "Give the model a larger context: OLLAMA_CONTEXT_LENGTH=16384 (Ollama), -c 16384 (llama.cpp).",
    )
