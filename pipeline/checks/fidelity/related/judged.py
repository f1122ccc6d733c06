"""What a source tells in facts where a writer judges: `un niveau qu’elle n’avait plus connu depuis 1982`, `inédit`."""

import re

_NOVEL = (
    r"première?s? fois|\bjamais\b|\brecords?\b|du jamais.vu|sans (?:précédent|équivalent)|\bn[e’'].{0,60}\bplus\b.{0,60}\bdepuis\b|"
    r"\baucune?\b.{0,80}\bdepuis\b|\ble seul\b|\bla seule\b|\b(?:pire|plus \w{3,20}|meilleure?) (?:\w+ ){0,4}depuis\b|"
    r"\b(?:le|la) (?:pire|premier|première)\b"
)
_GREAT = (
    r"\bdoubl|\btripl|quadrupl|quintupl|décupl|multipli|fois (?:plus|moins)|flamb|envol|explos|effondr|\bbondi|"
    r"\b(?:le|la|les) plus\b"
)
_RULES = tuple(
    (frozenset(words.split()), re.compile(told, re.IGNORECASE))
    for words, told in (
        ("inédit historique mémorable retentissant révolutionnaire précédent", _NOVEL),
        ("exceptionnel remarquable impressionnant extraordinaire spectaculaire", f"{_NOVEL}|{_GREAT}"),
        ("époustouflant considérable fulgurant vertigineux colossal", f"{_NOVEL}|{_GREAT}"),
        (
            "inquiétant préoccupant alarmant dramatique",
            r"alarm|inqui[eé]t|\balert|\bcrain|redout|préoccup|\bdrame|tragi|catastroph|menac|en danger",
        ),
        ("choquant scandaleux", r"scandal|indign|\bchoqu|révolt|colère|\bhonte"),
        ("regrettable déplorable", r"regrett|déplor|dommage"),
        ("emblématique symbolique incontournable", r"symbol|emblè|emblé|célèbre|\bfameu|renom"),
        ("crucial", r"décisi|essentiel|détermin|\bclés?\b|vital"),
        ("bouleversant", r"boulevers|émotion|\bému|larmes"),
        ("ambitieux audacieux", r"ambition|audac"),
        ("louable salutaire formidable magnifique", r"félicit|\bsalu[eé]|bienvenu|applaudi"),
    )
)

_QUOTED = re.compile(r"«[^«»]{0,600}(?:»|\Z)|“[^“”]{0,600}(?:”|\Z)")


def told_in_facts(judgement: str, source: str) -> bool:
    """The source tells what makes a writer say so; what somebody says in it is an opinion."""
    one = judgement.lower().rstrip("s")
    words = {one, one.removesuffix("e"), one.removesuffix("le")}
    facts = _QUOTED.sub(" ", source)
    return any(not words.isdisjoint(judging) and told.search(facts) for judging, told in _RULES)
