"""Verbs that introduce what somebody says, in every form that can do so.

The forms are made from the infinitives: third persons of the usual tenses, the participles, and the infinitive.
"""

import re

# The e of the last syllable, before one consonant (or gn, ch, br …): `répét`, `élev`, `regrett` not.
_LAST_E = re.compile(r"[eé](?=(?:[bcdfghjklmnpqrstvwxz]|gu|ch|gn|qu|[bcdfgptv][rl])\Z)")

_FIRST_GROUP = (
    "abonder accepter accorder accuser acquiescer acter affirmer agacer ajouter alarmer alerter amuser "
    "analyser annoncer appeler approuver arguer argumenter articuler assener assurer asséner attaquer "
    "attester attrister avancer avouer balayer balbutier blaguer cadrer calculer certifier chuchoter "
    "citer clamer commander commenter compléter concéder condamner confesser confier confirmer conseiller "
    "considérer constater conter contester contrer corriger crier critiquer demander deviner "
    "diagnostiquer dicter douter débriefer déclamer déclarer décréter dénoncer déplorer désapprouver "
    "désoler détailler développer dévoiler emporter enchaîner enrager enthousiasmer esclaffer espérer "
    "estimer exclamer exhorter exiger expliciter expliquer exposer exprimer exulter formuler fustiger "
    "féliciter glisser grommeler gronder hasarder hurler illustrer imaginer impatienter implorer indigner "
    "indiquer informer inquiéter insister insurger interpeller interroger invoquer ironiser jauger "
    "jubiler juger jurer justifier lamenter lancer louer lâcher marmonner marteler menacer mentionner "
    "minimiser moquer murmurer narrer nier noter nuancer objecter observer offusquer opiner opposer "
    "ordonner parler penser pester philosopher plaider plaisanter pointer ponctuer poser positiver présenter "
    "proclamer professer prononcer prophétiser proposer protester préciser préconiser présager prôner "
    "qualifier questionner quémander raconter railler rappeler rapporter rassurer recommander redouter "
    "regretter rejeter relater relativiser relever remarquer remercier rengorger reprocher revendiquer "
    "rigoler réaffirmer récapituler réclamer réitérer répliquer répéter résumer révéler rêver saluer "
    "sangloter scander sermonner signaler signifier souffler souhaiter souligner soupirer spécifier "
    "stipuler suggérer supplier supposer synthétiser tancer targuer temporiser tempérer théoriser titrer "
    "tonner trancher trouver tweeter twitter témoigner vanter vitupérer écarter élever émerveiller "
    "énoncer énumérer étonner évaluer évoquer"
)
_SECOND_GROUP = "avertir renchérir réagir gémir rugir applaudir affirmir définir garantir réfléchir"
_IRREGULAR = (
    "dire dit disent disait disaient disant dite dites dits dira diront dirait "
    "redire redit redisait redisant contredit contredire "
    "répondre répond répondent répondait répondaient répondu répondue répondant répondit répondra répondirent "
    "rétorquer rétorque rétorquait rétorqué rétorquant rétorquent rétorqua "
    "prévenir prévient préviennent prévenait prévenu prévenue prévenant prévint "
    "soutenir soutient soutiennent soutenait soutenaient soutenu soutenant soutint "
    "maintient maintiennent maintenait maintenu maintint convenir convient convenait convenu "
    "promettre promet promettent promettait promis promise promettant promit "
    "admettre admet admettent admettait admis admettant admit "
    "écrire écrit écrivent écrivait écrivaient écrivant écrivit "
    "reconnaître reconnaît reconnait reconnaissent reconnaissait reconnaissaient reconnu reconnue reconnaissant reconnut "
    "conclure conclut concluent concluait conclu concluant "
    "poursuivre poursuit poursuivent poursuivait poursuivi poursuivant poursuivit "
    "reprendre reprend reprennent reprenait repris reprenant reprit "
    "défendre défend défendent défendait défendu défendant défendit "
    "prétendre prétend prétendent prétendait prétendu prétendant prétendit "
    "souvenir souvient souviennent souvenait souvenu souvenue souvenant plaindre plaint plaignent plaignait plaignant "
    "réjouir réjouit réjouissent réjouissait réjoui réjouie réjouissant démentir dément démentent démentait démenti "
    "démentant sourire sourit souriait souri souriant rire rit riait "
    "croire croit croient croyait cru croyant craindre craint craignent craignait craignant "
    "interdire prédire prédit prédisent prédisait prédisant médire "
    "attend attendent attendait attendaient attendu lit lisait décrire décrit décrivent décrivait décrivant "
    "dépeindre dépeint dépeignait dépeignant "
    "permettre émettre émet émis voir prévoit prévoyait transmettre omettre savoir rappelle rappellent "
    "entendre sous-entendre sous-entend résoudre appelle appellent martèle martèlent"
)


def _mute(stem: str) -> str:
    """The stem before a mute e: `répèt-e`, `rappell-e`, `relèv-e`."""
    if stem.endswith("appel"):
        return stem + "l"
    return _LAST_E.sub("è", stem)


def _first_group(infinitive: str) -> set[str]:
    stem = infinitive[:-2]
    soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    mute = _mute(stem)
    return {
        infinitive,
        *(stem + ending for ending in ("é", "ée", "és", "ées", "èrent")),
        *(soft + ending for ending in ("a", "ait", "aient", "ant")),
        *(
            form + ending
            for form in {stem, mute}
            for ending in ("e", "ent", "era", "eront", "erait", "eraient")
        ),
    }


def _second_group(infinitive: str) -> set[str]:
    stem = infinitive[:-1]
    return {infinitive, stem, stem + "t", stem + "e", stem + "s", stem + "rent"} | {
        stem + "ss" + ending for ending in ("e", "ent", "ait", "aient", "ant")
    }


SPEECH = (
    frozenset(_IRREGULAR.split())
    | frozenset(form for verb in _FIRST_GROUP.split() for form in _first_group(verb))
    | frozenset(form for verb in _SECOND_GROUP.split() for form in _second_group(verb))
)
_NOT_FINITE = (
    "é",
    "ée",
    "és",
    "ées",
    "ant",
    "er",
    "ir",
    "re",
    "u",
    "ue",
    "us",
    "i",
    "is",
    "ie",
    "aint",
    "dites",
    "dits",
)
SPEECH_FINITE = frozenset(form for form in SPEECH if not form.endswith(_NOT_FINITE))

_FINITE = ("e", "a", "t", "d", "ent", "ait", "aient", "èrent", "ont", "it", "ut")
_PARTICIPLE = ("é", "ée", "i", "u", "is", "it", "ert", "aint", "eint")


def could_be_finite(word: str) -> bool:
    """Ends as a third person does. Right only where a verb is expected: after a quotation and a comma."""
    return len(word) > 2 and word.endswith(_FINITE)


def could_be_participle(word: str) -> bool:
    return len(word) > 2 and word.endswith(_PARTICIPLE)
