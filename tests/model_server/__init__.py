"""A scripted model behind a real HTTP server, in place of a paid one. See README.md beside this file."""

from tests.model_server.faults import Fault
from tests.model_server.server import ModelServer

__all__ = ["Fault", "ModelServer"]
