"""Pieces already written, and whether a new one repeats their wording."""

from pipeline.archive.files import slug_of
from pipeline.archive.index import Index
from pipeline.archive.kept import open_archive

__all__ = ["Index", "open_archive", "slug_of"]
