"""Keyphrases a source suggests: what its title and its first lines speak of most."""

from collections import Counter
from itertools import pairwise

from pipeline.model import Dossier, Name
from pipeline.text.fold import fold, tokens
from pipeline.text.stopwords import STOP_WORDS

_HEAD = 3  # the title and the first paragraphs say what an article is about
_MOST = 5
_DETERMINERS = frozenset(
    "l le la les un une des du de d au aux ce cet cette ces son sa ses leur leurs".split()
)


def candidates(dossier: Dossier) -> tuple[str, ...]:
    """At least one keyphrase of 2 to 4 words, the best first: pairs of a frequent name and a frequent noun."""
    article = dossier.article
    names = _frequent_names(dossier)
    topics = _frequent_words(dossier, names)
    pairs = [f"{topic} {name}" for name in names[:3] for topic in topics[:2]]
    pairs += [f"{a} {b}" for a, b in pairwise(names)]
    fallback = " ".join(topics[:3]) or fold(article.title or "") or "article"
    return tuple(dict.fromkeys([*pairs, fallback]))[:_MOST]


def _frequent_names(dossier: Dossier) -> list[str]:
    """Names by how often the article says them, its head counting double, places and bodies before persons."""
    text = fold(" ".join((dossier.article.title or "", *(p.text for p in dossier.article.paragraphs))))
    head = fold(
        " ".join((dossier.article.title or "", *(p.text for p in dossier.article.paragraphs[:_HEAD])))
    )

    def weight(name: Name) -> float:
        forms = {fold(form) for form in (name.text, *name.aliases)}
        said = sum(text.count(form) + 2 * head.count(form) for form in forms)
        return said * (0.6 if name.kind == "person" else 1.0)

    ranked = sorted(dossier.names, key=lambda n: (-weight(n), n.paragraph, n.start))
    return list(dict.fromkeys(_short(n) for n in ranked))[:4]


def _short(name: Name) -> str:
    """A person by surname, an organisation by its shortest form: what a reader types."""
    if name.kind == "person":
        return name.text.split()[-1]
    return min((name.text, *name.aliases), key=len)


def _frequent_words(dossier: Dossier, names: list[str]) -> list[str]:
    """Common nouns that come back, as the article writes them: lower-case words right after a determiner."""
    # Offices are in every article of a beat: `président` says nothing of what this one tells.
    named = {t.text for name in names for t in tokens(name)}
    named |= {t.text for name in dossier.names for t in tokens(name.role or "")}
    said: Counter[str] = Counter()
    for n, paragraph in enumerate(dossier.article.paragraphs):
        for before, token in pairwise(tokens(paragraph.text)):
            word = paragraph.text[token.start : token.end]
            noun = before.text in _DETERMINERS and word.islower() and len(word) > 3
            if noun and token.text not in STOP_WORDS and token.text not in named:
                said[word] += 2 if n < _HEAD else 1
    return [word for word, count in said.most_common(12) if count > 1]


def content_words(text: str, most: int) -> str:
    """The first words of a text that tell something, each once, as it writes them."""
    words: dict[str, str] = {}
    for token in tokens(text):
        if token.text not in STOP_WORDS:
            words.setdefault(token.text, text[token.start : token.end])
    return " ".join(list(words.values())[:most])
