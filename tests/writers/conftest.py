"""The scripted model with a small seed, for the edge to the server."""

from tests.model_server import conftest

corpus, serve = conftest.corpus, conftest.serve
