"""A piece of generic French for any source: the same for the same source, another for another one.

It has no figure, no date and no name, so it invents no fact; quotations are those the prompt lists.
"""

import random
from collections import Counter
from hashlib import sha256

from tests.model_server.markdown import Piece
from tests.model_server.prompt import Prompt, Quoted, words

_HEADINGS = (
    "Ce que disent les faits",
    "Pourquoi le sujet revient au premier plan",
    "Des positions encore éloignées",
    "Les moyens engagés et leurs limites",
    "Ce que les prochaines semaines peuvent changer",
    "Une question suivie de près",
)
_OPENERS: tuple[str, ...] = (
    "",
    "",
    "",
    "Dans ce contexte, ",
    "Pour l’heure, ",
    "En pratique, ",
    "De fait, ",
    "Sur le fond, ",
)
_OPENERS += ("À ce stade, ", "En parallèle, ", "Vu de près, ", "À l’inverse, ", "Au bout du compte, ")
_SENTENCES = (
    "les responsables cités rappellent que la décision ne dépend pas d’un seul acteur et qu’elle demande du temps",
    "le débat porte moins sur le but, largement partagé, que sur les moyens de l’atteindre sans tout promettre",
    "les textes disponibles ne permettent pas de trancher, et chacun reconnaît que des zones d’ombre demeurent",
    "la prudence reste de mise, car une annonce ne vaut que si elle est suivie d’effets sur le terrain",
    "les partenaires se disent prêts à poursuivre leurs efforts, à condition que la charge soit mieux répartie",
    "plusieurs voix demandent un calendrier lisible, afin que chacun puisse préparer la suite sans se précipiter",
    "le calendrier politique pèse sur les échanges et réduit la marge de manœuvre de ceux qui doivent décider",
    "les discussions se tiennent à huis clos, mais leurs grandes lignes sont connues de tous les participants",
    "la méthode choisie consiste à avancer par étapes, en vérifiant à chaque fois que la précédente a tenu",
    "les critiques jugent cette démarche trop lente et craignent qu’elle ne laisse passer une occasion utile",
    "ses défenseurs répondent qu’une avance trop rapide ferait naître des attentes impossibles à satisfaire",
    "la question du financement reste ouverte, et nul ne veut être le seul à en porter le poids",
    "les échanges récents ont toutefois permis de lever des malentendus qui duraient depuis longtemps",
    "un accord de principe ne règle pas les détails, qui occupent désormais l’essentiel des réunions",
    "les observateurs notent un changement de ton, plus mesuré que lors des précédentes prises de parole",
    "un changement de ton ne suffit pas à dissiper les doutes de ceux qui attendent des gestes concrets",
    "la confiance se construit lentement, et elle peut se perdre au premier signal mal compris",
    "les équipes chargées du dossier travaillent à des solutions simples, faciles à expliquer et à contrôler",
    "les services chargés de l’application veulent éviter que la complexité des règles ne serve de prétexte à ceux qui préfèrent attendre",
    "la coordination entre les services concernés fait partie des points que chacun promet d’améliorer",
    "les habitants, eux, regardent surtout ce qui change dans leur vie quotidienne et se méfient des formules",
    "l’attente du public est forte, et les élus de terrain la relaient à chaque rencontre avec les autorités",
    "le précédent le plus souvent cité invite à la patience, mais il montre aussi le prix de l’inaction",
    "la comparaison a ses limites, puisque les conditions et les acteurs ne sont plus les mêmes",
    "les spécialistes invitent à distinguer ce qui est établi de ce qui relève encore de l’hypothèse",
    "un tel tri est utile au lecteur, qui reçoit chaque jour des informations de valeur inégale",
    "une part du désaccord tient aux mots, que les uns et les autres n’emploient pas dans le même sens",
    "une autre part touche aux priorités, qu’il faudra bien classer si les ressources viennent à manquer",
    "les industriels demandent de la visibilité, car ils ne peuvent pas investir sans commandes fermes",
    "les administrations répondent que leurs procédures protègent l’argent public et l’égalité de traitement",
    "entre ces deux exigences, un compromis paraît possible, pourvu que chacun accepte de bouger un peu",
    "la presse suit le sujet avec constance, ce qui oblige les responsables à préciser leurs intentions",
    "un retour en arrière semble peu probable, tant les engagements pris en public sont difficiles à renier",
    "la suite dépendra de la capacité des dirigeants à tenir le même discours devant tous les publics",
    "des réunions techniques sont prévues pour régler ce qui peut l’être sans arbitrage politique",
    "ce travail discret compte autant que les grandes déclarations, même s’il attire moins l’attention",
    "les opposants n’ont pas dit leur dernier mot et préparent des propositions qu’ils présentent comme réalistes",
    "les arguments économiques trouvent un écho auprès de ceux qui jugent le coût trop élevé pour un résultat incertain",
    "la majorité des intervenants plaide pour un bilan régulier, ouvert et compréhensible par tous",
    "un tel bilan aurait le mérite de montrer ce qui avance, ce qui piétine et ce qui doit être revu",
    "la transparence est présentée comme la meilleure réponse aux rumeurs qui accompagnent ce genre de dossier",
    "un débat serein suppose des données fiables, partagées à temps et expliquées avec des mots simples",
    "rien n’indique que les divergences disparaîtront vite, mais le dialogue n’est pas rompu",
    "les prochaines rencontres diront si la volonté affichée résiste à l’épreuve des détails",
    "chacun mesure désormais que l’attente a un coût, même lorsqu’elle paraît la solution la plus sûre",
    "le sujet dépasse les clivages habituels, ce qui rend les alliances plus mouvantes et moins prévisibles",
)


def filler(prompt: Prompt, name: str | None = None) -> Piece:
    digest = sha256(" ".join(words(prompt.source)).encode()).hexdigest()
    # A seeded generator, not the global one: the same source gives the same piece in any thread.
    dice = random.Random(digest)
    keyphrase, synonyms = _keyphrase(prompt.source)
    slug = "-".join(words(f"{keyphrase} {digest[:6]}"))
    return Piece(
        name=name or f"source-{digest[:12]}",
        keyphrase=keyphrase,
        synonyms=synonyms,
        title=f"{keyphrase.capitalize()} : où en est-on ?"[:60],
        description=f"{keyphrase.capitalize()} : ce que l’on sait, ce qui fait débat et ce qui reste à décider, "
        "point par point, à partir des éléments disponibles.",
        slug=slug.encode("ascii", "ignore").decode(),
        body=_body(keyphrase, prompt.quotations, dice),
    )


def _keyphrase(source: str) -> tuple[str, tuple[str, ...]]:
    counts = Counter(w for w in words(source) if len(w) >= 6 and w.isalpha())
    found = [*sorted(counts, key=lambda w: (-counts[w], w))[:4], "actualité", "contexte", "enjeux", "suite"]
    return f"{found[0]} et {found[1]}", (f"{found[0]} et {found[2]}", f"{found[1]} et {found[3]}")


def _body(keyphrase: str, quotations: tuple[Quoted, ...], dice: random.Random) -> str:
    sentences = [_sentence(dice.choice(_OPENERS), s) for s in dice.sample(_SENTENCES, len(_SENTENCES))]
    headings = [f"{keyphrase.capitalize()} : l’essentiel", *dice.sample(_HEADINGS, len(_HEADINGS) - 1)]
    lede = (
        f"Un thème domine, {keyphrase}, et il n’a pas fini d’occuper ceux qui le suivent. {sentences.pop()}"
    )
    size = -(-len(sentences) // len(headings))
    parts = [f"# {keyphrase.capitalize()} : où en est-on ?", lede]
    for index, heading in enumerate(headings):
        mine = sentences[index * size : (index + 1) * size]
        parts += [f"## {heading}", " ".join(mine[: size // 2]), " ".join(mine[size // 2 :])]
        parts += [_quoted(q) for q in quotations if _place(q) % len(headings) == index]
    return "\n\n".join(part for part in parts if part)


def _sentence(opener: str, rest: str) -> str:
    text = opener + rest
    return text[0].upper() + text[1:] + "."


def _quoted(quotation: Quoted) -> str:
    text = quotation.text.replace("«", "“").replace("»", "”")
    by = (
        f", selon {quotation.speaker}" if quotation.speaker[:1].isupper() else ", rapporte le texte d’origine"
    )
    return f"Le propos est rapporté ainsi : « {text} »{by}."


def _place(quotation: Quoted) -> int:
    return sum(map(ord, quotation.text))
