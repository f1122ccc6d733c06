"""A figure that rounds another: `près de 165 000`, `une cinquantaine`, `moins de trois semaines`."""

from pipeline.checks.fidelity.counted.quantities import Quantity, close, fit, is_vague, share

# `moins de dix minutes` is told of 8.
_TEN, _ABOUT_TEN = 10, 7
# `une cinquantaine` is told of 46 and of 54.
_TENS_SLACK = 0.13
# `près de 165 000` is told of 164 200; more than a twentieth away it is another figure.
_ROUNDED_SLACK = 0.05
_DECADE = 5


def rounds(told: Quantity, source: Quantity) -> bool:
    """True when a hedged figure is a rounding of the source's, or a vaguer count of the same things."""
    if not told.hedge or fit(told, source) not in ("same", "noun") or not _alike_in_rank(told, source):
        return False
    a, b = abs(told.magnitude), abs(source.magnitude)
    if not a or not b:
        return False
    if told.figure.kind == "approximate" and source.figure.kind != "approximate":
        return _counts_in_tens(told, source)
    if told.figure.kind == "fraction":
        a, b = share(told), share(source)
        return _on_its_side(told, a, b) and close(a, b, 0.25 if told.hedge in ("above", "below") else 0.12)
    if told.figure.unit != source.figure.unit and told.dimension == "time":
        return _on_its_side(told, a, b) and close(a, b, 0.12 if told.hedge == "about" else 0.15)
    return _on_its_side(told, a, b) and (_is_below_ten(told, source) or _drops_digits(told, source))


def _alike_in_rank(told: Quantity, source: Quantity) -> bool:
    """Two ranks, two counts, or two times: `moins de dix minutes` is told of the 8th minute."""
    return told.is_ordinal == source.is_ordinal or told.dimension == source.dimension == "time"


def _is_below_ten(told: Quantity, source: Quantity) -> bool:
    same = told.hedge == "below" and told.figure.unit == source.figure.unit
    return same and told.figure.value == _TEN and _ABOUT_TEN <= source.figure.value < _TEN


def _drops_digits(told: Quantity, source: Quantity) -> bool:
    a, b = abs(told.magnitude), abs(source.magnitude)
    if digits(told.figure.value) >= digits(source.figure.value):
        return False
    if told.hedge == "about":
        return close(a, b, _ROUNDED_SLACK) or (close(a, b, _TENS_SLACK) and 2 * abs(a - b) <= last_digit(a))
    return close(a, b, _ROUNDED_SLACK) or abs(a - b) < last_digit(a)


def _counts_in_tens(told: Quantity, source: Quantity) -> bool:
    """`une cinquantaine`, `des dizaines`; `une vingtaine d’années` is said of 24."""
    a, b = abs(told.magnitude), abs(source.magnitude)
    if told.figure.unit == source.figure.unit == "year" and not is_vague(told):
        return abs(told.figure.value - source.figure.value) <= _DECADE
    return 1 <= b / a < 15 if is_vague(told) else close(a, b, _TENS_SLACK)


def _on_its_side(told: Quantity, a: float, b: float) -> bool:
    """`plus de a` is told of more, `moins de a` of less."""
    return (told.hedge != "above" or b >= a) and (told.hedge != "below" or b <= a)


def last_digit(value: float) -> float:
    """What one more of the last significant digit is worth: 100000 in 1.2 million."""
    mantissa, _, exponent = f"{value:e}".partition("e")
    return float(10.0 ** (int(exponent) - len(mantissa.rstrip("0").partition(".")[2])))


def digits(value: float) -> int:
    """How many significant digits a value has: 1 for 20000, 4 for 41.27."""
    return len(f"{abs(value):.9g}".replace(".", "").split("e")[0].strip("0"))
