"""FID: is every fact and quotation of the piece the sources' own?

Piece and sources are read the same way (pipeline/text/facts.py) and compared statement by statement. What is
absent from every source blocks; what may only be told otherwise warns.
"""

from pipeline.checks.check import Check
from pipeline.checks.fidelity import slots
from pipeline.checks.fidelity.carried import background, binding, support
from pipeline.checks.fidelity.counted import figures
from pipeline.checks.fidelity.dated import dates
from pipeline.checks.fidelity.named import names, places, roles
from pipeline.checks.fidelity.related import cause, polarity, relations
from pipeline.checks.fidelity.said import lost_speech, quotations, speakers
from pipeline.checks.fidelity.translated import CHECKS as TRANSLATED

CHECKS: tuple[Check, ...] = (
    *slots.CHECKS,
    *quotations.CHECKS,
    *speakers.CHECKS,
    *figures.CHECKS,
    *dates.CHECKS,
    *names.CHECKS,
    *places.CHECKS,
    *roles.CHECKS,
    *binding.CHECKS,
    *relations.CHECKS,
    *polarity.CHECKS,
    *support.CHECKS,
    *lost_speech.CHECKS,
    *cause.CHECKS,
    *background.CHECKS,
    *TRANSLATED,
)
