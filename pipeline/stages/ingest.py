"""Files, standard input and web pages to a `Source`: bytes decoded, nothing of the content judged yet."""

import hashlib
import io
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import SourceError
from pipeline.model import Source
from pipeline.reading.decoding import decode, looks_like_utf16
from pipeline.reading.fetch import Fetched

_DOCX = "application/docx"  # ours: what is registered has 71 characters, more than a ledger keeps of a type
_MEDIA = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".docx": _DOCX,
}
SUFFIXES = tuple(_MEDIA)
_KNOWN = {
    **{media: media for media in _MEDIA.values()},
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _DOCX,
    "application/xhtml+xml": "text/html",
    "text/x-markdown": "text/markdown",
}
_UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-download"})

MAX_BYTES = 20_000_000
MAX_TEXT = 1_000_000
# Pages carry scripts and styles: the same text needs more room.
MAX_MARKUP = 5_000_000
# A long page has some thousands of tags; more of them only cost time (10 s for 100,000).
MAX_TAGS = 50_000

_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "a zip archive"),
)


def read_file(path: Path, ref: str) -> Source:
    """A file as a `Source`; raises `SourceError` not_found, unreadable, unknown_type or as `read_bytes`."""
    data, media = bytes_of(path, ref)
    return read_bytes(data, ref, media)


def bytes_of(path: Path, ref: str) -> tuple[bytes, str]:
    """A file's bytes and their type, which its name tells; raises as `read_file`."""
    if not _exists(path, ref):
        raise SourceError(
            "not_found", "There is no such file.", "Check the path and its spelling.", about=ref
        )
    if not path.is_file():
        raise SourceError(
            "unreadable", "This is not a file.", "Give a file, or use batch for a folder.", about=ref
        )
    media = _MEDIA.get(path.suffix.lower())
    if media is None:
        raise _unknown(ref, f"Files of type {path.suffix or 'no suffix'} are not read.")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(ref)
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(ref) from error
    return data, media


def _exists(path: Path, ref: str) -> bool:
    try:
        return path.exists()
    except OSError as error:  # its folder may not be entered
        raise _unreadable(ref) from error


def _unreadable(ref: str) -> SourceError:
    remedy = "Check that you may read the file."
    return SourceError("unreadable", "The file could not be read.", remedy, about=ref)


def suffix_of(media: str) -> str:
    """The end of a name that tells that type; empty for one that no file of ours has."""
    return next((suffix for suffix, told in _MEDIA.items() if told == media), "")


def read_fetched(fetched: Fetched, url: str) -> Source:
    """A page that was fetched, as a `Source`; raises as `read_bytes`."""
    media = (fetched.media or "").partition(";")[0].strip().lower()
    if media in _UNTOLD or media == "text/plain":
        by_name = _MEDIA.get(PurePosixPath(urlsplit(fetched.url).path).suffix.lower())
        return read_bytes(fetched.data, url, _with_charset(by_name or media or None, fetched.media))
    return read_bytes(fetched.data, url, fetched.media)


def read_bytes(data: bytes, ref: str, media: str | None) -> Source:
    """Bytes as a `Source`; `media` may be a whole Content-Type, None means: find out.

    Raises `SourceError` empty, binary, too_large, unreadable or unknown_type.
    """
    name, charset = _content_type(media)
    if len(data) > MAX_BYTES:
        raise _too_large(ref)
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise SourceError("empty", "The source is empty.", "Check that the right file was saved.", about=ref)
    kind = _KNOWN.get(name)
    if name not in _UNTOLD and kind is None:
        raise _unknown(ref, f"Sources of type {name} are not read.")
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(b"PK") and _is_docx(data):
        return _docx(data, ref, digest)
    _refuse_binary(data, ref)
    if kind == _DOCX:
        raise SourceError("unreadable", "This is no Word document.", "Save it again as .docx.", about=ref)
    decoded = decode(data, charset)
    _refuse_noise(decoded.text, data, ref)
    kind = kind if kind and kind != "text/plain" else _sniffed(decoded.text)
    if len(decoded.text) > (MAX_MARKUP if kind == "text/html" else MAX_TEXT):
        raise _too_large(ref)
    if kind == "text/html" and decoded.text.count("<") > MAX_TAGS:
        raise _too_large(ref)
    return Source(ref, kind, decoded.text, digest, decoded.encoding, decoded.mended)


def _content_type(media: str | None) -> tuple[str, str | None]:
    name, _, rest = (media or "").partition(";")
    charset = rest.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    return name.strip().lower(), charset or None


def _with_charset(name: str | None, media: str | None) -> str | None:
    return ";".join((name, *(media or "").split(";")[1:])) if name else None


def _unknown(ref: str, message: str) -> SourceError:
    return SourceError("unknown_type", message, f"Save the text as one of {', '.join(SUFFIXES)}.", about=ref)


def _too_large(ref: str) -> SourceError:
    message = "The source is larger than an article can be (1 MB of text, 20 MB of bytes, 50,000 tags)."
    return SourceError("too_large", message, "Cut it down to one article.", about=ref)


def _binary(ref: str, what: str) -> SourceError:
    remedy = "Export the article's text as .txt, .md, .html or .docx."
    return SourceError("binary", f"The source is {what}, not text.", remedy, about=ref)


def _refuse_binary(data: bytes, ref: str) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise _binary(ref, what)
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) or looks_like_utf16(data)
    # A few NULs are dirt in a text file; more of them are a program or a picture.
    if not wide and data.count(0) > len(data) / 200:
        raise _binary(ref, "binary data")


def _refuse_noise(text: str, data: bytes, ref: str) -> None:
    controls = sum(data.count(code) for code in (*range(1, 9), *range(14, 32)))
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff")) or looks_like_utf16(data)
    if (not wide and controls > len(data) / 50) or text.count("\ufffd") > max(10, len(text) / 20):
        raise _binary(ref, "binary data")
    if not text.strip():
        raise SourceError("empty", "The source is empty.", "Check that the right file was saved.", about=ref)


def _sniffed(text: str) -> str:
    head = text[:2000].lstrip().lower()
    page = head.startswith(("<!doctype html", "<html", "<head", "<body")) or (
        head.startswith("<") and "<html" in head
    )
    return "text/html" if page else "text/plain"


def _is_docx(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


_STYLES = "\n".join(f"p[style-name='{name}'] => h1:fresh" for name in ("Title", "Titre", "Titre principal"))


def _docx(data: bytes, ref: str, digest: str) -> Source:
    """A Word document as HTML. What a zip unpacks to is declared in it: looked at before anything is unpacked."""
    import mammoth

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sizes = [(entry.filename, entry.file_size) for entry in archive.infolist()]
    if sum(size for _, size in sizes) > 5 * MAX_BYTES or any(
        size > MAX_BYTES for name, size in sizes if name.endswith((".xml", ".rels"))
    ):
        raise _too_large(ref)
    try:
        result: Any = mammoth.convert_to_html(
            io.BytesIO(data), style_map=_STYLES, convert_image=lambda _image: []
        )
    except Exception as error:
        # mammoth raises whatever its XML and zip parsers raise; to the user they are one and the same.
        message = "The Word document could not be read."
        raise SourceError("unreadable", message, "Open it in Word and save it again.", about=ref) from error
    decoded = decode(result.value.encode())
    if len(decoded.text) > MAX_MARKUP:
        raise _too_large(ref)
    if not decoded.text.strip():
        raise SourceError(
            "empty", "The document is empty.", "Check that the right file was saved.", about=ref
        )
    text = f"<html><body><main>{decoded.text}</main></body></html>"
    return Source(ref, "text/html", text, digest, "docx", decoded.mended)
