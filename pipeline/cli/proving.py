"""`marbre review` and `marbre provenance`: a person's word on a piece, and whether a file is one of ours."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from pipeline.cli.base import FORMAT, LEDGER, NOW, SETTINGS, cli, print_json, settings_of, time_of
from pipeline.errors import ExitCode, SourceError, UsageError
from pipeline.files import FileError, name_of, read_bounded

_LARGEST = 50_000_000
_CODES = {
    "unchanged": ExitCode.READY,
    "changed": ExitCode.NEEDS_WORK,
    "unknown": ExitCode.NOT_WRITTEN,
}


@cli.command()
@click.argument("piece", type=click.Path(path_type=Path))
@click.option("--by", required=True, help="Who has read it and answers for it: a person's name.")
@NOW
@FORMAT
def review(piece: Path, by: str, now: str | None, style: str) -> None:
    """Record that a person has reviewed a piece: who, when, and which text. Any change to the text voids it.

    The next run names the reviewer in the disclosure, or leaves the disclosure out where the settings say so.

    \b
    Example:  marbre review outputs/aide-ukraine/article.md --by "Anne Petit"
    """
    from pipeline import review as reviews
    from pipeline.examine import read_piece
    from pipeline.settings import a_persons_name
    from pipeline.text.markdown import parse

    if str(piece) == "-":
        raise UsageError("review", "Standard input lies in no folder.", "Give article.md.")
    piece = piece / "article.md" if piece.is_dir() else piece
    name = " ".join(by.split())
    try:
        a_persons_name(name)
    except ValueError as error:
        raise UsageError("review", f"--by {name!r} will not do: {error}.", "Give a person's name.") from None
    if not name:
        raise UsageError("review", "Who has reviewed it must be told.", "Give --by NAME.")
    document = parse(read_piece(piece))
    if document.front.get("stage") == "working_draft":
        remedy = "Write the text, then take the line “stage: working_draft” out."
        raise UsageError("review", f"{piece} is a working draft: there is no text to review yet.", remedy)
    when = time_of(now).isoformat(timespec="seconds")
    made = reviews.Review(name[:200], when, reviews.text_hash(document))
    path = reviews.write(piece, made)
    if style == "json":
        print_json({"schema": "marbre.review/1", "by": made.by, "when": made.when, "sha256": made.sha256})
    else:
        click.echo(f"reviewed by {made.by}, {made.when}, text {made.sha256[:16]}: written to {path}")


@cli.command()
@click.argument("pieces", metavar="PIECE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), help="Whose ledger to ask [default: the piece's own]."
)
@LEDGER
@SETTINGS
@FORMAT
def provenance(pieces: tuple[Path, ...], style: str, settings_file: Path | None, **flags: Any) -> None:
    """Say whether a file is one that the ledger wrote, wherever it lies now: article.md, article.html, any format.

    Exit code 0: known and unchanged; 3: a piece of ours, changed since; 4: never written here.

    \b
    Example:  marbre provenance outputs/aide-ukraine/article.html
    """
    from pipeline import provenance as proofs
    from pipeline.ledger import FILE
    from pipeline.spending import existing_ledger

    paths = [p / "article.md" if p.is_dir() else p for p in pieces]
    home = paths[0].resolve().parent.parent
    if flags["out"] is None and flags["ledger"] is None and (home / FILE).is_file():
        flags["out"] = home
    with closing(existing_ledger(settings_of(flags, settings_file))) as ledger:
        known = [row.entry for row in ledger.pieces()]
        found = [proofs.verified(_bytes(p), p.name, p.resolve().parent.name, known) for p in paths]
    if style == "json":
        rows = zip(paths, found, strict=True)
        print_json({"schema": "marbre.verified/1", "files": [proofs.as_json(str(p), v) for p, v in rows]})
    else:
        for path, told in zip(paths, found, strict=True):
            click.echo(f"{path}: {told.state}: {told.told}")
    sys.exit(max(_CODES[told.state] for told in found))


def _bytes(path: Path) -> bytes:
    try:
        return read_bounded(path, _LARGEST)
    except FileError as error:
        raise SourceError(
            "unreadable", f"It cannot be read: {error}.", "Give a file.", about=name_of(path)
        ) from None
