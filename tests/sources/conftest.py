import pytest

from pipeline.sources.visitor import Manners, Visitor
from tests.sources.site import serving


@pytest.fixture
def site():
    with serving() as served:
        yield served


@pytest.fixture
def visitor(site):
    """One that may ask this site and no other private address, and wastes no time on pauses."""
    return Visitor(Manners(private=(f"127.0.0.1:{site.port}",), pause=0, timeout=5))
