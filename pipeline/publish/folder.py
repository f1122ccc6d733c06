"""Pieces as folders on disk, each whole or not there.

A folder is built under a temporary name and moved into place last. Where an older version stands, it is
first set aside under `.marbre/aside/`; a crash between the two moves is mended by the next run (`recover`).
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from pipeline.errors import StorageError

FILES = ("article.md", "article.html", "report.json", "report.html")
FORMATS = ("hugo.md", "astro.md", "wordpress.html", "fragment.html")
"""Written beside them on request; ours too, so an older one never outlives its text."""
_OURS = (*FILES, *FORMATS)
DIFFERENCE = "difference.txt"
_WORK = ".marbre/new"
_ASIDE = ".marbre/aside"
_DAY = 86_400


def put(
    out: Path,
    slug: str,
    files: Mapping[str, str],
    *,
    why: str,
    replaced_at: str,
    older: str | None = None,
    difference: str = "",
) -> Path:
    """Write a piece's files as `out/slug`. The older version, of this or another slug, goes to `history/<n>/`, with the
    reason and the `difference` for who wants to read it.
    """
    target, fresh = out / slug, out / _WORK / f"{slug}.{uuid4().hex[:8]}"
    try:
        fresh.mkdir(parents=True)
        for name, text in files.items():
            _write(fresh / name, text)
        past = out / (older or slug)
        if past.is_dir():
            _keep_history(past, fresh, why, replaced_at, difference)
            _keep_what_others_put(past, fresh)
        _move_into_place(out, fresh, target)
    except OSError as error:
        raise _not_written(target, error) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)  # moved away when all went well
    return target


def bring(out: Path, slug: str, files: Mapping[str, bytes]) -> None:
    """Write a piece that was made elsewhere, with its history; what others put beside it stays. Raises `StorageError`."""
    target, fresh = out / slug, out / _WORK / f"{slug}.{uuid4().hex[:8]}"
    try:
        for name, data in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            _write_bytes(fresh / name, data)
        if target.is_dir():
            _keep_what_others_put(target, fresh)
        _move_into_place(out, fresh, target)
    except OSError as error:
        raise _not_written(target, error) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def put_page(path: Path, text: str) -> None:
    """Write one file if it differs from what is there."""
    fresh = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    try:
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            return
        _write(fresh, text)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise StorageError(
            "output",
            f"{path} cannot be written: {error.strerror or error}.",
            "Look at its rights and the disk.",
        ) from None


def remove(out: Path, slug: str) -> None:
    """Take a piece away whose place another has taken; what cannot be removed is left to the user."""
    shutil.rmtree(out / slug, ignore_errors=True)


def is_whole(out: Path, slug: str) -> bool:
    return all((out / slug / name).is_file() for name in FILES)


def unfinished(out: Path) -> Iterator[Path]:
    """The folders that were being made, or had been set aside, when a run ended; or are at this moment."""
    for room in (out / _WORK, out / _ASIDE):
        yield from sorted(room.iterdir()) if room.is_dir() else ()


def is_aside(place: Path) -> bool:
    return place.parent.name == Path(_ASIDE).name


def recover(out: Path, now: float) -> None:
    """Put back what a crash left aside, and sweep away what it left half made.

    Half-made folders go a day after they were begun (`now` in seconds since 1970): another run may be at work.
    """
    half_made = out / _WORK
    for folder in half_made.iterdir() if half_made.is_dir() else ():
        if now - folder.stat().st_mtime > _DAY:
            shutil.rmtree(folder, ignore_errors=True)
    aside = out / _ASIDE
    for folder in aside.iterdir() if aside.is_dir() else ():
        target = out / folder.name.rsplit(".", 1)[0]
        if target.exists():
            shutil.rmtree(folder, ignore_errors=True)
        else:
            with suppress(OSError):
                folder.rename(target)


def _keep_history(target: Path, fresh: Path, why: str, replaced_at: str, difference: str) -> None:
    past = target / "history"
    if past.is_dir():
        shutil.copytree(past, fresh / "history", symlinks=True, ignore=_odd)
    taken = [int(p.name) for p in (fresh / "history").glob("*") if p.name.isdecimal()]
    version = fresh / "history" / str(max(taken, default=0) + 1)
    version.mkdir(parents=True)
    for name in _OURS:
        if (target / name).is_file():
            shutil.copy2(target / name, version / name)
    _write(version / "why.json", json.dumps({"why": why, "replaced": replaced_at}, ensure_ascii=False) + "\n")
    if difference:
        _write(version / DIFFERENCE, difference)


def _keep_what_others_put(past: Path, fresh: Path) -> None:
    """An editor's pictures and notes stay with the piece."""
    for item in past.iterdir():
        if item.name in _OURS or item.name == "history" or (fresh / item.name).exists():
            continue
        if item.is_dir() and not item.is_symlink():
            shutil.copytree(item, fresh / item.name, symlinks=True, ignore=_odd)
        elif item.is_symlink() or item.is_file():
            shutil.copy2(item, fresh / item.name, follow_symlinks=False)


def _odd(folder: str, names: list[str]) -> list[str]:
    """Pipes and devices: they have no end, or nobody who writes into them."""
    paths = (Path(folder, name) for name in names)
    return [p.name for p in paths if not (p.is_symlink() or p.is_file() or p.is_dir())]


def _move_into_place(out: Path, fresh: Path, target: Path) -> None:
    if not target.exists():
        fresh.rename(target)
        return
    aside = out / _ASIDE / f"{target.name}.{uuid4().hex[:8]}"
    aside.parent.mkdir(parents=True, exist_ok=True)
    target.rename(aside)
    fresh.rename(target)
    shutil.rmtree(aside, ignore_errors=True)


def _not_written(target: Path, error: OSError) -> StorageError:
    return StorageError(
        "output",
        f"The folder {target} cannot be written: {error.strerror or error}.",
        "Look at its rights and the disk space, then run it again: nothing is paid twice.",
    )


def _write(path: Path, text: str) -> None:
    _write_bytes(path, text.encode())


def _write_bytes(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
