"""A role that the sources give to somebody else, or to nobody: `son agent, X` where Y is the agent."""

from collections.abc import Iterable, Sequence

from pipeline.checks.fidelity.named.grounding import ROOT, Grounds
from pipeline.checks.fidelity.named.ranks import OF, RANKS, SHARED, VAGUE, WIDER
from pipeline.checks.fidelity.named.trades import WORK
from pipeline.text.fold import tokens
from pipeline.text.grammar import FUNCTION_WORDS
from pipeline.text.people import is_role
from pipeline.text.stems import stem

# Several towns have one; of two people in one article, one is it mostly.
_ONE_A_TEXT = frozenset("maire prefet prefete ministre juge".split())
# What somebody is by age or standing may follow from much else.
_STATES = frozenset("retraite retraitee milliardaire celibataire veuf veuve jeune".split())


def head_of(role: str) -> str | None:
    """The folded noun that says what somebody is."""
    for token in tokens(role):
        if is_role(role[token.start : token.end].lower()) or token.text in OF:
            return token.text
    return None


def is_another_s(role: str, own: Sequence[str], others: Iterable[str]) -> str | None:
    """The role of somebody else that this one takes, all of it, when the person has another or none of that noun."""
    head, words = head_of(role), _content(role)
    if head is None or any(_same_noun(head, head_of(mine)) for mine in own):
        return None
    scoped = len(words) > 1
    for other in others:
        theirs = _content(other)
        alone = head not in SHARED or (bool(own) and head in _ONE_A_TEXT)
        whole = words <= theirs and (scoped or alone)
        if (whole or (own and head not in VAGUE)) and _same_noun(head, head_of(other)):
            return other
    return None


def is_nowhere(role: str, known: Grounds) -> bool:
    """No source has the noun, one of its family, one of its rank or a narrower one."""
    head = head_of(role)
    if head is None or head in VAGUE or head in _STATES or head.removesuffix("s").endswith("enaire"):
        return False
    same = {head, *RANKS.get(OF.get(head, ""), head).split()}
    if any(stem(word) in known.stems for word in same) or not WIDER.get(stem(head), frozenset()).isdisjoint(
        known.stems
    ):
        return False
    return head[:ROOT] not in known.beginnings


def is_told_by_work(role: str, person: str, known: Grounds) -> bool:
    """`romancière` of who has published a novel, `avocat` of who defends somebody: the work stands beside the name."""
    head = head_of(role)
    return head is not None and not known.stems_near(person).isdisjoint(WORK.get(stem(head), ()))


def is_wider(role: str, own: Iterable[str]) -> bool:
    """`musicien` of whom the source calls a soloist."""
    head = head_of(role)
    heads = {stem(h) for mine in own if (h := head_of(mine))}
    return head is not None and not WIDER.get(stem(head), frozenset()).isdisjoint(heads)


def _same_noun(one: str, other: str | None) -> bool:
    if other is None:
        return False
    return stem(one) == stem(other) or (one in OF and OF[one] == OF.get(other))


def _content(role: str) -> frozenset[str]:
    return frozenset(OF.get(t.text, stem(t.text)) for t in tokens(role) if t.text not in FUNCTION_WORDS)
