"""A GGUF file of 100 kB that llama.cpp loads: a Llama of one layer with weights by chance. It answers nonsense.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

import random
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path

_UINT32, _FLOAT32, _STRING, _ARRAY, _INT32 = 4, 6, 8, 9, 5
_ALIGNMENT = 32
_WIDTH, _INNER, _HEADS, _CONTEXT = 32, 64, 2, 16_384
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6
_LETTERS = ("▁", *(chr(n) for n in range(33, 127)))  # "▁" is how a space is written
_TOKENS = ("<unk>", "<s>", "</s>", *(f"<0x{n:02X}>" for n in range(256)), *_LETTERS)
_KINDS = (_UNKNOWN, _CONTROL, _CONTROL, *(_BYTE for _ in range(256)), *(_NORMAL for _ in _LETTERS))


def write(path: Path) -> None:
    """The same bytes each time."""
    tensors = dict(_tensors(random.Random(7)))
    facts = tuple(_facts())
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(facts)) + b"".join(facts)
    body = b""
    for name, (shape, values) in tensors.items():
        sizes = struct.pack(f"<I{len(shape)}Q", len(shape), *shape)
        head += _text(name) + sizes + struct.pack("<IQ", 0, len(body))
        body += _padded(struct.pack(f"<{len(values)}f", *values))
    path.write_bytes(_padded(head) + body)


def _facts() -> Iterable[bytes]:
    yield _fact("general.architecture", _STRING, _text("llama"))
    for name, number in (
        ("context_length", _CONTEXT),
        ("embedding_length", _WIDTH),
        ("block_count", 1),
        ("feed_forward_length", _INNER),
        ("attention.head_count", _HEADS),
        ("rope.dimension_count", _WIDTH // _HEADS),
    ):
        yield _fact(f"llama.{name}", _UINT32, struct.pack("<I", number))
    yield _fact("llama.attention.layer_norm_rms_epsilon", _FLOAT32, struct.pack("<f", 1e-5))
    yield _fact("tokenizer.ggml.model", _STRING, _text("llama"))
    yield _fact("tokenizer.ggml.tokens", _ARRAY, _array(_STRING, [_text(t) for t in _TOKENS]))
    yield _fact("tokenizer.ggml.scores", _ARRAY, _array(_FLOAT32, [struct.pack("<f", 0.0) for _ in _TOKENS]))
    yield _fact("tokenizer.ggml.token_type", _ARRAY, _array(_INT32, [struct.pack("<i", k) for k in _KINDS]))
    for name, number in (("bos", 1), ("eos", 2), ("unknown", 0)):
        yield _fact(f"tokenizer.ggml.{name}_token_id", _UINT32, struct.pack("<I", number))


def _tensors(chance: random.Random) -> Iterable[tuple[str, tuple[tuple[int, ...], Sequence[float]]]]:
    def weights(*shape: int) -> tuple[tuple[int, ...], Sequence[float]]:
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        return shape, [chance.gauss(0, 0.3) if len(shape) > 1 else 1.0 for _ in range(count)]

    yield "token_embd.weight", weights(_WIDTH, len(_TOKENS))
    yield "output_norm.weight", weights(_WIDTH)
    yield "output.weight", weights(_WIDTH, len(_TOKENS))
    for name in ("attn_norm", "ffn_norm"):
        yield f"blk.0.{name}.weight", weights(_WIDTH)
    for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
        yield f"blk.0.{name}.weight", weights(_WIDTH, _WIDTH)
    yield "blk.0.ffn_gate.weight", weights(_WIDTH, _INNER)
    yield "blk.0.ffn_up.weight", weights(_WIDTH, _INNER)
    yield "blk.0.ffn_down.weight", weights(_INNER, _WIDTH)


def _fact(name: str, kind: int, value: bytes) -> bytes:
    return _text(name) + struct.pack("<I", kind) + value


def _array(kind: int, values: Sequence[bytes]) -> bytes:
    return struct.pack("<IQ", kind, len(values)) + b"".join(values)


def _text(text: str) -> bytes:
    raw = text.encode()
    return struct.pack("<Q", len(raw)) + raw


def _padded(raw: bytes) -> bytes:
    return raw + bytes(-len(raw) % _ALIGNMENT)
