"""What the list of pieces shows of a piece at a glance."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.pages.marks import SEVERITIES

if TYPE_CHECKING:
    from markupsafe import Markup

    from pipeline.pages import IndexEntry

_WIDE = 1000
_TALL = {"block": (0, 12), "warn": (2, 10), "info": (4, 8)}
_EVEN = 'vector-effect="non-scaling-stroke"'  # however wide the picture is drawn


def map_of(entry: "IndexEntry", longest: int) -> "Markup":
    """A line as long as the piece among all pieces, with a stroke for each place that has a finding.

    The numbers of findings stand beside it in words, so it is hidden from who cannot see it.
    """
    from markupsafe import Markup

    length = round(_WIDE * entry.words / longest) if longest > 0 else 0
    paths = [f'<path {_EVEN} d="M0 6h{max(length, 1)}"/>']
    for name, spots in zip(SEVERITIES, entry.spots, strict=False):
        top, bottom = _TALL[name]
        strokes = "".join(f"M{round(int(spot) * length / _WIDE)} {top}V{bottom}" for spot in spots)
        if strokes:
            paths.append(f'<path {_EVEN} class="{name}" d="{strokes}"/>')
    drawn = "".join(paths)
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="map" viewBox="0 0 {_WIDE} 12" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>'
    )


def price(cost: "Sequence[float | str | bool] | None") -> str:
    """`0.0042 USD`, with `about` where the server did not count; a dash where it is not known."""
    if cost is None:
        return "–"
    amount, currency, estimated = cost
    return f"{'about ' if estimated else ''}{float(amount):.4f} {currency}" if amount else "0"
