"""All that is found in a piece of which a source is in another language, in the place of what needs one language."""

from collections.abc import Iterator

from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.comparison import compare
from pipeline.checks.fidelity.translated import account, exchanged, naming, speech, stance, values, voices
from pipeline.model import Finding


def findings(manuscript: Manuscript) -> Iterator[Finding]:
    comparison = compare(manuscript)
    yield from speech.find_quotations(manuscript)
    yield from values.find_figures(comparison)
    yield from naming.find_names(manuscript)
    yield from naming.find_places(manuscript)
    yield from stance.find_stance(comparison)
    yield from voices.find_voices(comparison)
    yield from exchanged.find_exchanged(comparison)
    yield from account.find_untold(manuscript)
