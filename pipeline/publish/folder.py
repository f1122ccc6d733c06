"""Pieces as folders on disk, each whole or not there.

A folder is built under a temporary name and moved into place last. Where an older version stands, it is
first set aside under `.marbre/aside/`; a crash between the two moves is mended by the next run (`recover`).
"""

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    fell: Sequence[str] = (),
) -> Path:
    """Write a piece's files as `out/slug`. The older version, of this or another slug, goes to `history/<n>/`, with the
    reason, what fell with it of a person's word, and the `difference` for who wants to read it.
    """
    target, fresh = out / slug, out / _WORK / f"{slug}.{uuid4().hex[:8]}"
    try:
        fresh.mkdir(parents=True)
        for name, text in files.items():
            write(fresh / name, text)
        past = out / (older or slug)
        if past.is_dir():
            told = {"why": why, "replaced": replaced_at} | ({"fell": [*fell]} if fell else {})
            _keep_history(past, fresh, told, difference)
            _keep(past, fresh, but=(*_OURS, "history"))
        _move_into_place(out, fresh, target)
    except OSError as error:
        raise not_written(target, error) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)  # moved away when all went well
    return target


def renew(out: Path, slug: str, files: Mapping[str, str]) -> None:
    """Give a piece that lies there these files, all at once; what else is in its folder stays, and no version is kept."""
    target, fresh = out / slug, out / _WORK / f"{slug}.{uuid4().hex[:8]}"
    try:
        changed = {name: text for name, text in files.items() if not _holds(target / name, text)}
        if not changed:
            return
        fresh.mkdir(parents=True)
        for name, text in changed.items():
            write(fresh / name, text)
        _keep(target, fresh)
        _move_into_place(out, fresh, target)
    except OSError as error:
        raise not_written(target, error) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def bring(out: Path, slug: str, files: Mapping[str, bytes], older: str | None = None) -> None:
    """Write a piece that was made elsewhere, with its history; what others put beside it stays, or beside the `older` slug
    whose place it takes. Raises `StorageError`.
    """
    target, fresh = out / slug, out / _WORK / f"{slug}.{uuid4().hex[:8]}"
    try:
        for name, data in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            _write_bytes(fresh / name, data)
        for past in filter(Path.is_dir, (target, out / (older or slug))):
            _keep(past, fresh, but=(*_OURS, "history"))
        _move_into_place(out, fresh, target)
    except OSError as error:
        raise not_written(target, error) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def not_written(place: Path, error: OSError) -> StorageError:
    return StorageError(
        "output",
        f"{place} cannot be written: {error.strerror or error}.",
        "Look at its rights and the disk space, then run it again: nothing is paid twice.",
    )


def put_page(path: Path, text: str, *, alone: bool = False) -> None:
    """Write one file if it differs from what is there. `alone`: nobody else writes it meanwhile, so that what a killed
    program left half written is written over.
    """
    fresh = path.with_name(f".{path.name}.{'0' * 8 if alone else uuid4().hex[:8]}")
    try:
        if _holds(path, text):
            fresh.unlink(missing_ok=True)
            return
        write(fresh, text)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise not_written(path, error) from None


def put_parts(path: Path, parts: Iterable[str]) -> None:
    """Write one file that may be too long to hold at once, for who writes it alone; what was there before is replaced whole."""
    fresh = path.with_name(f".{path.name}.{'0' * 8}")
    try:
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise not_written(path, error) from None


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def remove(out: Path, slug: str) -> None:
    """Take a piece away whose place another has taken; what cannot be removed is left to the user."""
    shutil.rmtree(out / slug, ignore_errors=True)


def is_whole(out: Path, slug: str) -> bool:
    return all((out / slug / name).is_file() for name in FILES)


def holds_pieces(out: Path) -> bool:
    return out.is_dir() and any(is_whole(out, place.name) for place in out.iterdir())


def read(out: Path, slug: str) -> dict[str, str]:
    """The files that every piece has, as they lie there. Raises `OSError`."""
    return {name: _read(out / slug / name) for name in FILES}


def hashes(out: Path, slug: str) -> dict[str, str]:
    """Of those of our files that lie there, by name. Raises `OSError`."""
    place = out / slug
    there = [name for name in _OURS if (place / name).is_file()]
    return {name: hashlib.sha256((place / name).read_bytes()).hexdigest() for name in there}


def text_of(out: Path, slug: str) -> str:
    """The piece as it lies there; empty where it does not."""
    try:
        return _read(out / slug / "article.md")
    except OSError:
        return ""


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def unfinished(out: Path) -> Iterator[Path]:
    """The folders that were being made, or had been set aside, when a run ended; or are at this moment."""
    for room in (out / _WORK, out / _ASIDE):
        yield from sorted(room.iterdir()) if room.is_dir() else ()


def is_aside(place: Path) -> bool:
    return place.parent.name == Path(_ASIDE).name


def recover(out: Path, now: float, busy: Collection[str] = ()) -> None:
    """Put back what a crash left aside, and sweep away what it left half made; not of the slugs that are `busy`.

    Half-made folders go a day after they were begun (`now` in seconds since 1970): another run may be at work.
    """
    for folder in list(unfinished(out)):
        slug = _slug_of(folder)
        if is_aside(folder) and slug not in busy:
            put_back(out, slug)
        elif not is_aside(folder):
            with suppress(OSError):  # another run may have finished it just now
                if now - folder.stat().st_mtime > _DAY:
                    shutil.rmtree(folder, ignore_errors=True)


def put_back(out: Path, slug: str) -> None:
    """The version that was set aside, where nothing has taken its place; else that has, and it goes."""
    for past in [p for p in unfinished(out) if is_aside(p) and _slug_of(p) == slug]:
        with suppress(OSError):
            if (out / slug).exists():
                shutil.rmtree(past, ignore_errors=True)
            else:
                past.rename(out / slug)


def sweep(out: Path, slug: str) -> None:
    """Take away what was half made of a piece. Nobody may be at work on it."""
    for half in [p for p in unfinished(out) if not is_aside(p) and _slug_of(p) == slug]:
        shutil.rmtree(half, ignore_errors=True)


def _slug_of(unfinished: Path) -> str:
    return unfinished.name.rsplit(".", 1)[0]


def _keep_history(target: Path, fresh: Path, told: Mapping[str, object], difference: str) -> None:
    past = target / "history"
    if past.is_dir():
        shutil.copytree(past, fresh / "history", symlinks=True, ignore=_odd, copy_function=_same)
    taken = [int(p.name) for p in (fresh / "history").glob("*") if p.name.isdecimal()]
    version = fresh / "history" / str(max(taken, default=0) + 1)
    version.mkdir(parents=True)
    for name in _OURS:
        if (target / name).is_file():
            _same(target / name, version / name)
    write(version / "why.json", json.dumps(told, ensure_ascii=False) + "\n")
    if difference:
        write(version / DIFFERENCE, difference)


def _keep(past: Path, fresh: Path, but: Collection[str] = ()) -> None:
    """What else lies there stays with the piece: an editor's pictures and notes."""
    for item in past.iterdir():
        if item.name in but or (fresh / item.name).exists():
            continue
        if item.is_dir() and not item.is_symlink():
            shutil.copytree(item, fresh / item.name, symlinks=True, ignore=_odd, copy_function=_same)
        elif item.is_symlink() or item.is_file():
            _same(item, fresh / item.name)


def _same(past: str | Path, fresh: str | Path) -> None:
    """The same file under its new place, for the old one is about to go; a copy where a file has one place only."""
    try:
        os.link(past, fresh, follow_symlinks=False)
    except OSError:
        shutil.copy2(past, fresh, follow_symlinks=False)


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
    try:
        fresh.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def write(path: Path, text: str) -> None:
    """Onto the disk, not only on its way there. Raises `OSError`."""
    _write_bytes(path, text.encode())


def _write_bytes(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
