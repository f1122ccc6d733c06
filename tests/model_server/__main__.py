"""`python -m tests.model_server --port 8009 --fault 'cut:stage=write'` serves until it is interrupted."""

import argparse
import signal
import sys
from pathlib import Path

from tests.model_server.calls import Call
from tests.model_server.faults import USUAL, Fault, parse_fault
from tests.model_server.pieces import ROOT
from tests.model_server.server import ModelServer


def _fault(text: str) -> Fault:
    try:
        return parse_fault(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.model_server",
        description="A scripted model that speaks OpenAI chat completions on 127.0.0.1.",
        epilog=f"Faults: {', '.join(USUAL)}. Options of a fault: see tests/model_server/README.md.",
    )
    parser.add_argument("--port", type=int, default=0, help="default: any free one")
    parser.add_argument("--fault", type=_fault, action="append", default=[], metavar="KIND:NAME=VALUE:…")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds a whole answer takes")
    parser.add_argument("--first-token", type=float, help="seconds before a stream begins")
    parser.add_argument("--batch-polls", type=int, default=0, help="a batch is done after so many looks")
    parser.add_argument("--log", type=Path, metavar="FILE", help="append every call to this JSONL file")
    parser.add_argument("--references", type=Path, default=ROOT / "tests" / "reference")
    parser.add_argument("--seeds", type=Path, default=ROOT / "seeds")
    return parser.parse_args()


def _show(call: Call) -> None:
    if call.t_done is not None:
        took = call.t_done - call.t_received
        faults = " ".join(call.faults)
        print(f"{call.n} {call.kind} {call.seed or '-'} {call.status} {took:.2f}s {faults}", file=sys.stderr)


def main() -> None:
    given = _arguments()
    server = ModelServer(
        given.fault,
        port=given.port,
        latency=given.latency,
        first_token=given.first_token,
        log=given.log,
        references=given.references,
        seeds=given.seeds,
        listener=_show,
        batch_polls=given.batch_polls,
    )
    # Blocked before the first thread starts, so that every thread leaves them to sigwait.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    with server:
        print(server.base_url, flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main()
