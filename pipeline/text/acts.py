"""Finite forms of everyday verbs: what may follow a bare name at the start of a sentence (`Genesio compte`).

A sample of an open class, made from infinitives; the verbs of speech are in pipeline/text/verbs.py. Nouns that
look like such a form (`compte`, `signe`) do no harm there: French puts no noun bare before them.
"""

import re

_FIRST_GROUP = (
    "achever aimer amener apporter arriver assister assumer augmenter avancer bénéficier casser céder changer chercher "
    "commencer compter continuer coûter créer débuter décider décrocher démissionner devancer diriger donner durer "
    "échapper échouer employer engager entrer éviter fabriquer fêter figurer financer fonder former gagner garder "
    "imposer incarner installer intégrer inaugurer jouer laisser lever livrer marquer mener miser monter montrer "
    "multiplier négocier occuper organiser oublier participer passer payer peiner piloter porter pousser pratiquer "
    "préparer présider quitter rater récolter refuser regarder relancer remporter rencontrer rentrer réserver rester "
    "retrouver signer succéder tenter terminer tomber toucher traverser triompher utiliser verser viser voler voter"
)
_OTHERS = (
    "veut veulent voulait prend prennent prenait prit perd perdent perdait perdit vend vendent vendait reçoit reçoivent "
    "recevait reçut vient viennent venait vint devient deviennent devenait devint tient tiennent tenait tint obtient obtiennent "
    "part partent partait partit sort sortent sortait sortit rejoint rejoignent rejoignait met mettent mettait mit bat battent "
    "battait battit vit vivent vivait connaît connaissent connaissait sait savent savait croit croient croyait suit suivent "
    "suivait ouvre ouvrent ouvrait ouvrit offre offrent offrait souffre souffrent meurt meurent mourut court courent courait "
    "revient reviennent revenait revint réussit réussissent subit subissent fournit fournissent choisit choisissent accueille "
    "accueillent accueillait attend attendent attendait produit produisent produisait conduit conduisent détient détiennent "
    "vainc résiste dispose apprend apprennent comprend comprennent entend entendent rend rendent rendait dort doit dut eut fut"
)


def _forms(infinitive: str) -> set[str]:
    stem = infinitive[:-2]
    soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    mute = re.sub(r"[eé](?=[^aeiouéè]+\Z)", "è", stem) if stem.endswith(("n", "v", "d", "r")) else stem
    ends = ("e", "ent", "era", "eront", "erait", "eraient")
    return {
        *(soft + e for e in ("a", "ait", "aient")),
        *(f + e for f in (stem, mute) for e in ends),
        stem + "èrent",
    }


FINITE = frozenset(_OTHERS.split()).union(*(_forms(verb) for verb in _FIRST_GROUP.split()))
