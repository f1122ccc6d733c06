"""What the forms of a French verb, and the nouns made from it, have in common; and what their endings tell.

No lexicon: endings and a table of the irregular families (-tenir, -prendre, -mettre …), which is closed.
"""

from functools import lru_cache

from pipeline.text.fold import fold

# Each line: a family as it is kept, then all stems of it, nouns included. They take the prefixes below.
_FAMILIES = (
    "ten tien tiendr tienn tenu tint",
    "ven vien viendr vienn venu vint",
    "prend pren prenn pri pris prendr",
    "mett met mettr mi mis miss",
    "cev cevr cevoir coi coiv cu",
    "dui duis duir duit duct",
    "strui struis struir struit struct",
    "cri criv crir crit cript",
    "ouvr ouvrir ouvert",
    "couvr couvrir couvert",
    "offr offrir offert",
    "conn connai connaiss connaitr connu",
    "para parai paraiss paraitr paru",
    "vend vendr vent",
    "perd perdr pert",
    "fend fendr fens",
    "pond pondr pons",
    "chois choisir choix",
    "achet achat",
    "retir retrait retrai",
    "envoy envoi enverr",
    "employ emploi",
    "pay pai paiem",
    "essay essai",
    "crois croiss croitr croissanc",
    "suiv suivr suit sui",
    "dis di dir dit dict",
    "el eli elis elir elu elect",
    "vainc vaincr vainqu",
    "batt bat battr",
    "joign joind joindr join joint",
    "craign craind craindr crain craint",
    "teign teind teindr tein teint",
    "clu clur clus",
    "fais fai fass fait fer ferai feron",
    "quer quier qui quis querr",
    "soud soudr solv solu",
    "voy voi voir verr vu",
    "croy croir",
    "gagn gain",
    "mour meur mort mourr",
    "part parti",
    "court cour courir courr couru",
    "romp rompr rupt",
    "rend rendr",
    "entend entendr entent",
    "atten attend attendr attent",
    "descend descendr descent",
    "recul",
    "refus",
    "produis produi produir produit product",
    "reduis redui reduir reduit reduct",
)
_KEPT = {stem: line.split()[0] for line in _FAMILIES for stem in line.split()}
_PREFIXES = frozenset(
    [
        "", "re", "r", "ob", "de", "des", "con", "com", "entre", "sou", "sous", "main", "ap", "inter", "sur", "pro", "per",
        "ad", "trans", "par", "pre", "contre", "ac", "o", "e", "in", "ab", "pour", "ex", "en", "a", "ins", "at", "s",
        "se", "in", "im", "redes", "mal", "satis", "cor", "pres", "repr", "circon", "intro", "tra", "rede", "recon",
    ]
)  # fmt: skip

# Not -age, -ure, -ence: too many verbs have them in their present (`engage`, `rassure`, `commence`).
_NOUN_ENDINGS = frozenset(
    "ations ation itions ition ements ement ateurs ateur atrices atrice eurs eur euses".split()
)
_VERB_ENDINGS = (
    "issaient issait issant issent eraient iraient erait irait eront iront erent aient irent era ira ait "
    "ant ants ante antes ent ees ies ee ie er ir es is it us ut e a i u s x t d"
).split()
_FAMILY_ENDINGS = frozenset(
    ("", *_VERB_ENDINGS, *"ion ions te tes se ses ure ures issement re ra rait ront raient ue ues".split())
)
_CUT_ENDINGS = frozenset(_VERB_ENDINGS) - {"t", "d"}
_LONGEST_ENDING = max(map(len, (*_FAMILY_ENDINGS, *_NOUN_ENDINGS)))
_LONGEST_WORD = 40
_LONGEST_PREFIX = 7
_SHORTEST = 3
_SHORTEST_BEFORE_NOUN_ENDING = 4
_LONGEST = 8


@lru_cache(maxsize=20000)
def root(word: str) -> str:
    """What `valide`, `validé`, `validera` and `validation` share: `valid`."""
    folded = fold(word[:_LONGEST_WORD])
    if not folded.isalpha() or len(folded) <= _SHORTEST:
        return folded
    kept = _family(folded)
    if kept is not None:
        return kept[:_LONGEST]
    bare = _cut(folded, _NOUN_ENDINGS, _SHORTEST_BEFORE_NOUN_ENDING)
    if bare == folded:
        bare = _cut(folded, _CUT_ENDINGS, _SHORTEST)
    # `publier` and `publié`
    return (bare[:-1] if bare.endswith("i") and len(bare) > _SHORTEST else bare)[:_LONGEST]


def _cut(word: str, endings: frozenset[str], shortest: int) -> str:
    """Without its longest ending."""
    for at in range(max(shortest, len(word) - _LONGEST_ENDING), len(word)):
        if word[at:] in endings and not (word[at] == "u" and word[at - 1] in "qg"):
            return word[:at]
    return word


def _family(word: str) -> str | None:
    """The kept stem of an irregular family, with the word's own prefix: `obtiendra` gives `obten`."""
    for end in range(len(word), max(0, len(word) - _LONGEST_ENDING) - 1, -1):
        if word[end:] not in _FAMILY_ENDINGS:
            continue
        bare = word[:end]
        for at in range(min(len(bare), _LONGEST_PREFIX + 1)):
            if bare[:at] in _PREFIXES and bare[at:] in _KEPT:
                return bare[:at] + _KEPT[bare[at:]]
    return None


# Nouns that end as a future or an imperfect does.
_NO_VERB = frozenset(
    "opéra caméra choléra extra ultra intra infra aura front affront lait souhait retrait attrait portrait trait "
    "extrait forfait parfait bienfait méfait fait fait-divers relais palais délai balai essai quai vrai mai mais "
    "jamais parfait imparfait distrait abstrait satisfait"
    .split()
)  # fmt: skip


def ending_tense(word: str) -> str | None:
    """`future`, `conditional` or `past` where the ending of a lower-case word tells; else None."""
    if len(word) < 5 or word in _NO_VERB:
        return None
    if word.endswith(("ra", "ront")):
        return "future"
    if word.endswith(("rait", "raient")):
        stem = word.removesuffix("aient").removesuffix("ait")
        return "conditional" if _before_conditional(stem) else "past"
    return "past" if word.endswith(("ait", "aient", "èrent")) else None


def _before_conditional(stem: str) -> bool:
    """`prendr`, `mettr`, `aider`, `finir`, `recevr`; not `montr`, `tir`, `ouvr`, `espér`."""
    if stem.endswith("ir"):
        return not stem.endswith(("tir", "mir", "pir", "vir", "dir"))
    return stem.endswith(("er", "dr", "ttr", "îtr", "evr", "urr", "err", "our", "uir", "clur", "oudr", "ser"))


def looks_participle(word: str) -> bool:
    """After an auxiliary only."""
    return len(word) > 1 and word.endswith(
        ("é", "ée", "és", "ées", "i", "ie", "is", "ies", "ise", "ises", "it", "ite", "its", "ites", "u", "ue",
         "us", "ues", "û", "ert", "erte", "erts", "ertes", "int", "inte", "ints", "intes", "ort", "orte", "orts", "ortes",
         "eint", "fait", "faite", "faits", "faites")
    )  # fmt: skip


def looks_infinitive(word: str) -> bool:
    return len(word) > 3 and word.endswith(("er", "ir", "re"))
