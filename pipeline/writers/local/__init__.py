"""A GGUF file as the model: read by llama.cpp in a process of its own, asked as any other server is.

A process of its own, because a model that needs more memory than there is takes its process down with it.
"""

import hashlib
from pathlib import Path

from pipeline.errors import UsageError

CONTEXT = 16_384
"""Tokens of a prompt and its answer, where no row of the table says otherwise."""
_MAGIC = b"GGUF"
_SAMPLE = (
    1_000_000  # bytes of each end: metadata and names stand at the head; gigabytes are not read for a name
)
INSTALL = "Run in the folder of Marbre's sources: pip install '.[local]'"


def name_of(file: Path) -> str:
    """What the ledger calls the model: the file's name and a hash of its ends, wherever it lies.

    Raises `UsageError` when there is no such file or it holds no model.
    """
    try:
        with file.open("rb") as stream:
            head = stream.read(_SAMPLE)
            size = stream.seek(0, 2)
            stream.seek(max(0, size - _SAMPLE))
            tail = stream.read(_SAMPLE)
    except OSError as error:
        raise UsageError(
            "model", f"The model {file} cannot be read: {error.strerror}.", "Give --model another GGUF file."
        ) from None
    if not head.startswith(_MAGIC):
        raise UsageError("model", f"{file} is no GGUF file.", "Give --model a GGUF file, or a model's name.")
    print_ = hashlib.sha256(head + tail + str(size).encode()).hexdigest()[:8]
    return f"{file.stem}-{print_}.gguf"
