"""What is refused: a model, a key, or all that is asked at an address."""

from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.writers.refusals import of_status
from pipeline.writers.request import Request

REQUEST = Request("write", "write/1", "gros-modele-2", ())


def refused(status, said, code=None, param=None):
    body = {"message": said, "code": code, "param": param}
    error: Any = SimpleNamespace(
        status_code=status,
        response=SimpleNamespace(headers={}),
        body=body,
        message=said,
        code=code,
        param=param,
    )
    return of_status(error, REQUEST, "The server", 0.0).error


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        (404, "The model `gros-modele-2` does not exist.", "unknown_model"),
        (404, "gros-modele-2 not found, try pulling it first", "unknown_model"),
        (404, "Model not found", "unknown_model"),
        (403, "Project `p` does not have access to gros-modele-2.", "model_refused"),
        (401, "This key can only access models=['petit'].", "model_refused"),
        (404, "Not Found", "wrong_address"),
        (404, "<html><title>404</title>nginx</html>", "wrong_address"),
        (404, "Nothing at /gros-modele-20", "wrong_address"),
        (401, "Bad key.", "unauthorized"),
        (403, "Country, region, or territory not supported", "unauthorized"),
        (402, "Insufficient balance for this model.", "quota"),
    ],
)
def test_only_what_speaks_of_the_model_is_about_the_model(status, said, code):
    error = refused(status, said)
    assert (error.code, error.stops_the_run) == (code, True)
    assert "\n" not in str(error)


def test_a_field_or_a_code_says_so_too():
    assert refused(404, "No.", param="model").code == "unknown_model"
    assert refused(403, "No model for you.", code="invalid_api_key").code == "unauthorized"
