"""Closed classes of French words, and endings of open ones, as far as the extractors need them.

A closed class can be listed whole, so a list of it is a rule and not a sample. Words are lower-case, with
the straight apostrophe.
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ARTICLES = _set("le la l' les un une des")
DETERMINERS = ARTICLES | _set(
    "ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs chaque plusieurs quelques "
    "aucun aucune certains certaines"
)
CONTRACTED = _set("du au aux")
"""A preposition and an article in one word (`des` too, when it is no plural article)."""
PREPOSITIONS = CONTRACTED | _set(
    "à de d' en par pour avec sans sous sur dans vers chez entre contre depuis pendant durant après avant devant "
    "derrière dès selon malgré parmi outre envers hors jusque jusqu' voici voilà via lors près auprès afin face "
    "grâce autour concernant suivant excepté sauf"
)
CONJUNCTIONS = _set(
    "et ou ni mais or car donc que qu' qui quoi dont où si s' lorsque lorsqu' quand comme puisque puisqu' quoique "
    "quoiqu' tandis alors ainsi soit lequel laquelle lesquels lesquelles auquel auxquels auxquelles duquel desquels "
    "quel quelle quels quelles parce bien"
)
PRONOUNS = _set(
    "je j' tu il elle on nous vous ils elles me m' te t' se s' lui leur y en eux moi toi soi ce c' ceci cela ça "
    "celui celle ceux celles celui-ci celle-ci ceux-ci celles-ci chacun chacune quelqu' quiconque rien tout tous "
    "toute toutes personne nul nulle certains certaines plusieurs aucun aucune autre autres même mêmes beaucoup peu "
    "moins plus quelques tel telle tels telles"
)
CLITICS = _set("ne n' se s' me m' te t' nous vous lui leur l' le la les y en")
AUXILIARIES = _set(
    "a ont avait avaient aura auront aurait auraient ai as avons avez avais eut eurent ait aient ayant est sont "
    "était étaient sera seront serait seraient suis es sommes êtes étais fut furent soit soient étant été va vont "
    "allait allaient ira iront irait iraient peut peuvent pouvait pouvaient pourra pourront pourrait pourraient "
    "pu doit doivent devait devaient devra devront devrait devraient veut veulent voulait voulaient fait font "
    "faisait faisaient fera feront ferait feraient faut fallait faudra faudrait vient viennent venait tient "
    "reste semble sait savent dit prend prit met mit voit vit meurt"
)
PERFECT = _set(
    "a ont avait avaient aura auront aurait auraient ait aient eut eurent est s'est était sera serait"
)
ADVERBS = _set(
    "ne n' pas plus point jamais aussi encore toujours déjà alors ensuite enfin puis ainsi donc bien mal très trop "
    "assez moins peu beaucoup tant autant ici là là-bas ailleurs partout hier demain aujourd'hui avant-hier bientôt "
    "souvent parfois tôt tard longtemps maintenant désormais soudain vite presque environ surtout même également "
    "cependant toutefois pourtant néanmoins quasi plutôt ensemble dehors dedans dessus dessous davantage certes "
    "notamment voire sinon sitôt aussitôt tantôt naguère jadis dorénavant quelquefois volontiers oui non merci "
    "comment pourquoi combien quand où hélas bref or soit seul seule seuls seules cette-fois loin"
)
ORDINALS_AND_COUNTS = _set(
    "premier première premiers premières second seconde deux trois quatre cinq six sept huit neuf dix onze douze "
    "treize quatorze quinze seize vingt trente quarante cinquante soixante cent cents mille million millions "
    "milliard milliards quelque demi moitié"
)
FUNCTION_WORDS = (
    DETERMINERS
    | PREPOSITIONS
    | CONJUNCTIONS
    | PRONOUNS
    | CLITICS
    | AUXILIARIES
    | ADVERBS
    | ORDINALS_AND_COUNTS
    | _set("ah oh eh hé bah ouf bravo bonjour bonsoir vu étant donné c'est")
)
WEEKDAYS = _set("lundi mardi mercredi jeudi vendredi samedi dimanche")
MONTHS = _set("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
TIME_WORDS = (
    WEEKDAYS
    | MONTHS
    | _set(
        "hier demain aujourd'hui avant-hier matin soir midi minuit après-midi nuit semaine semaines mois an ans année "
        "années jour jours journée soirée heure heures minute minutes week-end veille lendemain dernier dernière "
        "prochain prochaine récemment maintenant"
    )
)

_ADJECTIVE_ENDINGS = tuple(
    _set(
        "al ale als ales aux ain aine ains aines ien ienne iens iennes ais aise aises ois oise oises ique iques ier "
        "ers ère ères if ive ifs ives aire aires able ables ible ibles el elle els elles eux euse euses and ande ands "
        "andes ol ole ols oles éen éenne éens éennes iste istes ile iles"
    )
)
_ADJECTIVES = _set(
    "balte baltes russe russes belge belges suisse suisses turc turque turcs turques grec grecque grecs grecques arabe arabes "
    "corse corses basque basques tchèque tchèques slovaque slovaques slave slaves serbe serbes croate croates "
    "kurde kurdes danois suédois britannique adjoint adjointe adjoints adjointes général générale délégué déléguée "
    "associé associée suppléant suppléante titulaire honoraire chef sortant sortante intérimaire régional haut haute "
    "publique public privé privée bas supérieur supérieure majeur majeure mineur mineure unie unis uni unies "
    "socialiste vert verte verts rouge noir blanc blanche bleu libre moderne urbain urbaine humain humaine junior "
    "senior juridique technique médical sportif sportive breton bretonne bretons proche proches anonyme anonymes normand normande perse"
)


def looks_adjectival(word: str) -> bool:
    """Can stand after the noun it belongs to (`le secrétaire général`, `un responsable militaire`).

    By ending: an ending decides in French more often than not, and a noun phrase cut short is harmless.
    """
    if len(word) <= 4 or word in FUNCTION_WORDS or word in TIME_WORDS:
        return word in _ADJECTIVES
    return word in _ADJECTIVES or word.endswith(_ADJECTIVE_ENDINGS)


def plain(word: str) -> str:
    """Lower-case, with the straight apostrophe, as the sets here have it."""
    return word.lower().replace("’", "'").replace("‑", "-")
