"""A model that talks about its work instead of doing it: refusals, greetings, offers, remarks on the answer."""

import re

from pipeline.text.kept import kept

_I = re.IGNORECASE
# Of a model about itself. Good French never says this outside quotation marks.
_SELF = (
    r"en tant qu(?:e (?:modèle|grand modèle|assistant|chatbot|programme)|['’](?:ia\b|intelligence artificielle|assistant|agent conversationnel))",
    r"je (?:suis|reste) (?:un (?:grand )?modèle|une (?:ia\b|intelligence artificielle)|un assistant|désolée?\b|navrée?\b|à votre disposition)",
    r"je (?:ne peux (?:pas|malheureusement pas)|ne suis pas en mesure|suis dans l['’]incapacité|dois refuser|m['’]excuse)\b",
    r"(?:désolée?|navrée?|toutes mes excuses|malheureusement), (?:mais )?je\b",
    r"mes (?:données d['’](?:entraînement|apprentissage)|connaissances s['’]arrêtent)|ma (?:date de coupure|base de connaissances)",
    r"\bas an? (?:ai\b|artificial intelligence|(?:large )?language model|assistant)",
    r"\bi(?:['’]m| am) (?:sorry|an? (?:ai\b|(?:large )?language model|assistant)|unable to|not able to)",
    r"\bi (?:can(?:not|['’]t)|won['’]t|must decline|apologi[sz]e)\b|\bmy (?:training data|knowledge cut-?off)",
    r"\bopenai\b.{0,30}\b(?:politiques?|polic(?:y|ies)|règles)",
)
# Of a model to the one who asked: at the edge of a paragraph it introduces or ends the answer.
_OPENS = (
    (
        r"(?:bien sûr|certainement|absolument|d['’]accord|parfait|avec plaisir|très bien|entendu|sure|certainly|of course|absolutely|great)"
        r"(?:\s?!?\Z|\s?[!,.:]\s(?:voici|voilà|ci-dessous|je |j['’]|here|i['’ ]))"
    ),
    (
        r"(?:voici|voilà|ci-dessous|ci-après),? (?:donc |bien |comme demandé,? )?(?:"
        r"(?:votre|ma|mon) (?:\w+ )?(?:article|texte|version|section|plan|réécriture|proposition|réponse)\b|"
        r"(?:l['’]|la |le |une? )(?:nouve(?:l|lle|au) )?(?:article\b(?! \d| premier| de (?:la )?loi)|réécriture\b|réponse\b|section\b|(?:version|proposition|texte|plan|suite|contenu|brouillon|résultat)"
        r"(?= (?:d['’](?:un |une )?article|de (?:l['’]article|la section)|demandée?|réécrite?|corrigée?|révisée?|finale?|complète?|mise? à jour|rédigée?|en français| ?:)| ?:)))"
    ),
    r"(?:here(?:['’]s| is| are)|below is|this is) (?:the |your |a |an |my )?(?:\w+ ){0,3}(?:article|text|version|section|rewrite|piece|draft|answer|continuation|outline)\b",
    r"(?:votre|l['’]) ?article (?:demandé|réécrit|corrigé|terminé|complet)\b|(?:section|texte|article|version) (?:corrigée?|réécrite?|révisée?|mise? à jour|révisé) ?:",
    r"j['’]ai (?:rédigé|réécrit|corrigé|veillé|respecté|conservé|intégré|supprimé|ajouté|modifié|suivi|reformulé|repris|placé|utilisé|ignoré)\b",
    r"i(?:['’]ve| have) (?:written|rewritten|corrected|kept|followed|added|removed|revised|made sure|used|ignored)\b",
    r"\W{0,3}(?:note|remarque|n\.b\.|nb|précision|observations?)(?: [àa] l['’]éditeur| de la rédaction| du rédacteur)? ?: ?(?:cet article|ce texte|cette (?:section|version)|les citations|j['’]ai|this|conformément|comme demandé)",
    r"\W{0,3}(?:nombre (?:total )?de mots|word count|total des? mots)\W{0,3}[:=]|\(?(?:environ |about |~ ?)?\d{2,5} (?:mots|words)\)?\W{0,3}\Z",
    r"\W{0,3}(?:titre seo|seo title|balise title|meta[ -]?title|méta[ -]?description|meta[ -]?description|mots?[ -]clés?(?: principal\w*| secondaires?)?|keywords?|keyphrase|slug|url)\W{0,3}:",
    r"(?:consignes|instructions|règles) (?:respectées|suivies|appliquées)|mes consignes\b|mes instructions\b|my (?:system prompt|instructions)\b",
    r"n['’]hésitez pas (?:à|si)\b.{0,20}\b(?:me |m['’]|dire|demander|préciser|revenir|vous souhaitez|vous avez besoin)",
    r"(?:dites|faites|indiquez|signalez)-(?:moi|le-moi)\b|(?:souhaitez|voulez|désirez|aimeriez)-vous (?:que je|une|un|des|d['’]autres)",
    r"si vous (?:souhaitez|voulez|désirez|préférez)(?: que je|,? je peux| une (?:version|autre)| d['’]autres (?:versions|modifications))",
    r"j['’]espère que (?:cet? |cette |cela|ça|ce )|bonne (?:lecture|publication) ?!|je reste à (?:votre )?disposition",
    r"let me know (?:if|whether)|would you like me to|feel free to|i hope (?:this|that|it)|please let me|do you want me to",
    r"\W{0,3}(?:suite|fin|début|end) (?:de (?:l['’]article|la section|la réponse)|of (?:the )?article)\)?\W*\Z|\[(?:fin|end)\]\W*\Z",
    r"\[(?:insérer|insérez|à compléter|à vérifier|compléter|ajouter|insert|placeholder|todo|votre nom|nom de|date à)\b",
)
_SELF_TALK = re.compile("|".join(f"(?:{p})" for p in _SELF), _I)
_EDGE_TALK = re.compile(r"\W{0,4}(?:" + "|".join(f"(?:{p})" for p in _OPENS) + ")", _I)
_REFUSES = re.compile(
    r"je (?:ne peux|ne suis pas|suis désolée?|dois (?:décliner|refuser)|refuse|préfère ne pas)|il m['’]est impossible|désolée?, "
    r"|i(?:['’]m| am) (?:sorry|unable|not able)|i (?:can(?:not|['’]t)|won['’]t|must decline)|as an ai\b|en tant qu['’]ia\b|cannot (?:assist|comply|help)",
    _I,
)
_LONGEST_REFUSAL = 120  # words; what is longer has a text in it


@kept
def self_talk(text: str) -> "re.Match[str] | None":
    """Where a model speaks of itself, anywhere in a paragraph."""
    return _SELF_TALK.search(text)


def edge_talk(text: str) -> "re.Match[str] | None":
    """Where a paragraph or sentence begins as talk to whoever asked."""
    return _EDGE_TALK.match(text)


def is_refusal(answer: str) -> bool:
    """An answer that says no instead of anything else: short, without a heading, and in so many words."""
    words = answer.split()
    has_heading = any(line.lstrip().startswith("#") for line in answer.splitlines())
    return len(words) <= _LONGEST_REFUSAL and not has_heading and bool(_REFUSES.search(" ".join(words[:40])))
