"""`python -m tests.bench.faults [KIND …]`: each fault of the scripted model, once and for ever, on one article.

For each: what came of the article, how many calls the server saw, and the seconds it took. Grammar is not read;
"sound" says that nothing blocks. Timeouts are short, so that the table is done in three minutes.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.batch import open_run, process
from pipeline.items import item_of_file
from pipeline.model import Outcome
from pipeline.settings import Settings
from tests.model_server import Fault, ModelServer
from tests.model_server.faults import USUAL, VARIANTS

SEED = Path(__file__).parents[2] / "seeds" / "002_44b7f2dba8646b0b.txt"
SECONDS = {"timeout": 30.0, "slow": 0.01}
QUICK = {"timeout": 20.0, "timeout_first_token": 0.4, "timeout_silence": 0.4, "grammar": False}
# A family that is sent a parameter, or no parameter could be refused.
MODEL = "gpt-5-scripted"


@dataclass(frozen=True, slots=True)
class Row:
    outcome: str
    calls: int
    seconds: float


def rewrite(fault: Fault) -> Row:
    """One article from a server with this fault; where it spoils a continuation, the text is cut first."""
    begin = time.perf_counter()
    faults = [fault, Fault("cut")] if USUAL[fault.kind] == ("continue",) else [fault]
    with tempfile.TemporaryDirectory() as folder, ModelServer(faults, models=(MODEL,)) as server:
        settings = Settings(out=Path(folder), base_url=server.base_url, model=MODEL, **QUICK)
        (outcome,) = asyncio.run(_run(settings))
        return Row(told(outcome), len(server.calls), time.perf_counter() - begin)


async def _run(settings: Settings) -> list[Outcome]:
    now = datetime.now(UTC)
    async with open_run(settings, {}, "llm", now, lambda: iter(())) as run:
        return await process(run, [item_of_file(SEED)], lambda _: None)


def told(outcome: Outcome) -> str:
    if outcome.error:
        return f"not written: {outcome.error.code}"
    blocks = dict(outcome.findings)["block"]
    return f"needs work: {blocks} blocking" if blocks else "sound"


def cases(kinds: list[str]) -> Iterator[tuple[str, str]]:
    """Every fault with its variants; of a refused parameter those that are sent."""
    for kind in kinds or USUAL:
        for variant in VARIANTS.get(kind, ("",)):
            if kind != "bad_parameter" or variant in ("response_format", "stream_options", "stream"):
                yield kind, variant


def main() -> None:
    os.environ["OPENAI_API_KEY"] = "scripted"
    print(f"{'fault':30} {'once':28} {'calls':>5} {'s':>5}   {'always':28} {'calls':>5} {'s':>5}")
    for kind, variant in cases(sys.argv[1:]):
        once, always = (
            rewrite(Fault(kind, variant=variant, times=n, seconds=SECONDS.get(kind))) for n in (1, None)
        )
        cells = (f"{row.outcome:28} {row.calls:5} {row.seconds:5.1f}" for row in (once, always))
        print(f"{f'{kind} {variant}':30} {'   '.join(cells)}", flush=True)


if __name__ == "__main__":
    main()
