"""YAML that somebody else may have written: lists, mappings and text only, and nothing that grows when it is read."""

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import yaml


def load(text: str) -> Any:
    """Every value stays text: no date, number or tag in it can fail or mean something else. Raises `yaml.YAMLError`.

    Aliases are refused: nine lines of them stand for a thousand million words.
    """
    import yaml

    return yaml.load(text, Loader=_plain())  # noqa: S506 - builds strings only


@cache
def _plain() -> "type[yaml.BaseLoader]":
    import yaml

    class Plain(yaml.BaseLoader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("aliases (*name) are not taken")
            return super().compose_node(parent, index)

    return Plain
