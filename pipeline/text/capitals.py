"""Accents that a capital has lost: `Etat`, `A Paris`, `Ca va`; and ligatures: `coeur`, `oeuvre`.

Only words that cannot be anything else: without its accent none of them is a French word, nor one of an
English phrase that French texts often hold (so no `Evolution`, unless an elision stands before it). First
names are left alone: `Eric` may be how its bearer spells it.
"""

import re
from collections.abc import Iterator

from pipeline.text.gazetteer import PLACES
from pipeline.text.typography_sheet import Change

_WORDS = """
état états étatique étatiques étatisation étatiser école écoles écolier écoliers écolière écolières écologie
écologique écologiques écologiste écologistes écolo écologue écologues économie économies économique
économiques économiquement économiste économistes économe écran écrans écrire écrit écrite écrits écrites
écriture écritures écrivain écrivains écrivaine écrivaines écrou écroulement écueil écueils écusson écurie
écuries éboulement éboulements éblouissant éblouissante ébauche éclairs éclairage éclairages éclat éclats
éclatant éclatante éclatement éclosion éclectique écart écarts écarté écartée écartés échafaudage échange
échanges échangeur échantillon échantillons échappée échappées échéance échéances échec échecs échelle
échelles échelon échelons échelonnement échographie échouer échoue éducatif éducative éducatifs éducatives
éducateur éducateurs éducatrice éducatrices édifices éditeur éditeurs éditrice éditoriaux éditorialiste
édito éditos édité éditée édulcorant égal égale égaux égales également égalité égalités égaliser égalitaire
égalisation égard égards égaré égarée égarement église églises égoïsme égoïste égout égouts égypte égyptien
égyptienne égyptiens égyptiennes élaborer élaboré élaborée élargir élargissement élargi élargie élastique
électeur électeurs électrice électrices électoral électorale électoraux électorales électorat électricien
électriciens électricité électrique électriques électriquement électrification électroménager électronique
électroniques élégance élégant élégante élégants élégamment élément éléments élémentaire élémentaires
éléphant éléphants élevage élevages élève élèves élevé élevée élevés élevées éleveur éleveurs éleveuse
éliminer éliminatoire éliminatoires éliminé éliminée éliminés élire élitiste éloge éloges éloigné éloignée
éloignement élu élue élus élues élysée élyséen élyséenne émaux émanant émergent émergents émergente
émergentes émerger émérite émetteur émetteurs émettre émeute émeutes émeutier émeutiers émigration émigré
émigrés émirs émirat émirats émirati émiratie émiratis émissaire émissaires émis émise émises émotif émotive
émotionnel émotionnelle émouvant émouvante émouvants émue émus énergie énergies énergétique énergétiques
énergique énergiques énerver énervé énervée énervement énigme énigmes énigmatique énoncé énoncés énoncer
énorme énormes énormément énumération énième épargne épargnant épargnants épargner épargné épargnée
éparpillé épaule épaules épave épaves épée épées éphémère éphémères éphéméride épicerie épiceries épicier
épidémie épidémies épidémique épidémiologie épidémiologique épidémiologiste épidémiologistes épine épineux
épineuse épingle épiphanie épisodique épopée époque époques époustouflant épouse épouses époux épouser
épouvantable épouvante épreuve épreuves éprouvant éprouvante éprouvé éprouvée éprouver épuisant épuisé
épuisée épuisés épuisement épuiser épuration équateur équatorial équatorienne équatorien équilibre
équilibres équilibré équilibrée équilibriste équipage équipages équipe équipes équipée équipées équipé
équipés équipement équipements équiper équipementier équipementiers équipier équipiers équitable équitables
équitation équité équivalents équivalente équivalence équivoque équestre éradiquer érigé érigée ériger
érosif érotique érudit éruptif érythrée érythréen érythréens étable établi établie établis établir
établissement établissements étage étages étagère étalage étaler étalon étanche étang étangs étape étapes
étaient était étant été étés éteindre éteint éteinte étendard étendre étendue étendu éternel éternelle
éternels éternellement éternité éthiopie éthiopien éthiopiens éthiopienne éthiopiennes éthique éthiques
étincelle étincelles étiquettes étirement étoile étoiles étoilé étoilée étonnant étonnante étonnamment
étonné étonnée étonnement étouffer étouffement étouffante étouffant étourdissant étrange étranges
étrangement étranger étrangers étrangère étrangères étrenne étrennes étroit étroite étroits étroites
étroitement étude études étudiant étudiants étudiante étudiantes étudier étudié étudiée étudiés étui
étymologie évacué évacuée évacués évacuées évacuer évadé évadés évaluer évalué évaluée évangile évangélique
évangéliques évangéliste évasif éveil éveiller événement événements évènement évènements événementiel évêque
évêques évêché éventuel éventuelle éventuels éventuelles éventuellement éventualité évidemment évidence
évidences évidente évidents évidentes évier éviter évité évitée évitons évitez évocateur évoquer évoqué
évoquée évoquant évolué évoluer évolutif évolutive écosse écossais écossaise écossaises évreux épernay
étretat épinal étampes étaples être êtres îlot îlots île îles âme âgé âgée âgés âgées ôter ôté âpre âpres
âprement ères ébriété ébullition écaille écorce écoute écoutes écouter écouteurs écologisme égérie égorgé
élocution élucider élucidé émiettement émoi émoluments énucléé épatant épidermique épinards éponge éponyme
épouvantail équarrissage équinoxe érable ésotérique étanchéité étayer éthylotest étreinte évincé évincée
évincer évolutions éventail éviscération ébène écarlate échiquier écrasant écrasante écrasement écraser
écrasé écrasée écume écureuil édredon égayer élagage émaillé émincé
""".split()
# English or a name without its accent, French after an elision: `l’Evolution`, `d’Education`.
_ELIDED = """
éducation évolution émission émissions évaluation évaluations élection élections édition éditions émotion
émotions érosion éruption équation élévation évacuation évasion ère élimination élite élites épilogue
épisode épisodes équivalent évident étiquette éloquence émanation émergence émancipation élaboration
évaporation éviction évocation éradication érection édifice épicentre éditorial émulsion éclair
""".split()
# What stands beside the word makes it French.
_FIXED = re.compile(
    r"(?:\bE(?=ducation[ \u00a0](?:nationale|physique|populaire|prioritaire|sportive|civique)\b)|"
    r"(?<=\bSaint-)E(?=tienne\b))"
)
_PLAIN = str.maketrans("ÀÂÇÈÉÊÎÔÛ", "AACEEEIOU")


def _bare(word: str) -> str:
    return word[0].upper().translate(_PLAIN) + word[1:]


def _shouted(word: str) -> str:
    return word.upper().translate(_PLAIN)


_ACCENTED = {
    **{_bare(w): w[0].upper() + w[1:] for w in _WORDS},
    # In capitals a short word may be an acronym: `ETE`, `ERE`.
    **{_shouted(w): w.upper() for w in _WORDS if len(w) > 5 or w in ("état", "états", "école")},
}
_AFTER_ELISION = {_bare(w): w[0].upper() + w[1:] for w in _ELIDED}
_CAPITAL = re.compile(r"[AEIO](?<![\w.@-].)[^\W\d_]{1,20}(?![\w@])")

_OPENING = re.compile(r"(?:\A|[\u2029\n«“:–—(]|[.!?…][ \u00a0\u202f]|[«“:–—(][ \u00a0\u202f])\Z")
# The letter first and what stands before it after: that is several times faster.
_A = re.compile(r"A(?<!\wA)(?=[ \u00a0]([^\W\d_][\w’'-]*|\d)([ \u00a0,]?[\w]?))")
_CA = re.compile(r"Ca(?<!\wCa)(?=[ \u00a0][a-zà-ÿ]{1,12}\b)")
# After `A` at the beginning of a sentence, these make it the preposition: `a` the verb is inverted there.
_AFTER_A = frozenset(
    """
    la le l ce cet cette ces son sa ses leur leurs mon ma mes ton ta tes notre nos votre vos un une deux trois quatre
    cinq six sept huit neuf dix vingt cent mille partir noter propos travers moins quoi quel quelle quels quelles qui
    chaque défaut court long moyen terme nouveau savoir suivre lire voir écouter peine côté cause condition titre lui
    elle elles eux nous vous moi tout tous toute toutes mesure force ceux celui celle celles plusieurs plus droite gauche
    bord bout cheval pied vélo domicile distance demain bientôt contrecœur contre-courant commencer compter croire
    entendre vrai grand grands grande haute bas haut l’inverse ciel coup deux-tiers égalité peu présent proximité
    quelques raison regret rebours retenir temps tort vingt-quatre rien part parts titre seulement ni aucun aucune
    """.split()
)
# `A 7` is a motorway.
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|art|fig|al|chap|vol|cf|pp?|MM|ann)\.[ \u00a0]\Z")
_MEASURE = re.compile(
    r"\d[\d\u00a0\u202f,]*(?:h|[ \u00a0\u202f]?(?:ans|heures|minutes|jours|mois|semaines|kilomètres|km|mètres|"
    r"euros|€|%|millions|milliards|contre)\b)"
)
_PLACE_STARTS = frozenset(place.split(" ")[0] for place in PLACES)

_LIGATURE = re.compile(
    r"(?<![^\W\d_])(?:(?:ch?|s|ranc|cons|éc)oeur|(?:b?oeuf|voeu|noeud)[sx]?(?![^\W\d_])|moeurs(?![^\W\d_])|"
    r"(?:man|dés)?oeuvr|oe(?:il(?:s|l\w+)?(?![^\W\d_])|cumén|dème|nolog|sophag|strogèn)|foet(?:us|al|ale|aux)"
    r"(?![^\W\d_]))",
    re.IGNORECASE,
)
_OE = re.compile(r"oe", re.IGNORECASE)


def capitals(text: str) -> Iterator[Change]:
    """`Etat` → `État`, by the dictionary."""
    for match in _CAPITAL.finditer(text):
        word = match.group()
        accented = _ACCENTED.get(word)
        if accented is None and text[max(0, match.start() - 2) : match.start()].lower() in _ELISIONS:
            accented = _AFTER_ELISION.get(word)
        if accented is not None:
            yield Change(match.start(), match.end(), accented)


_ELISIONS = frozenset(e + a for e in "ld" for a in "'’")


def set_phrases(text: str) -> Iterator[Change]:
    """`Education nationale`, `Saint-Etienne`."""
    if "Education" not in text and "Etienne" not in text:
        return
    for match in _FIXED.finditer(text):
        yield Change(match.start(), match.end(), "É")


def beginnings(text: str) -> Iterator[Change]:
    """`A Paris`, `A partir de`, `Ca va` at the beginning of a sentence."""
    found = [Change(m.start(), m.end(), "Ça") for m in _CA.finditer(text) if _begins(m)]
    found += [Change(m.start(), m.end(), "À") for m in _A.finditer(text) if _begins(m) and _is_preposition(m)]
    return iter(sorted(found, key=lambda c: c.start))


def _begins(match: re.Match[str]) -> bool:
    at = match.start()
    # `art. A 12` begins no sentence.
    return bool(_OPENING.search(match.string, max(0, at - 2), at)) and not _ABBREVIATED.search(
        match.string, max(0, at - 9), at
    )


def _is_preposition(match: re.Match[str]) -> bool:
    word, after = match.group(1), match.group(2)
    head = re.split(r"['’]", word, maxsplit=1)[0]
    if word[0].isdigit():
        return _MEASURE.match(match.string, match.start(1)) is not None
    if word[0].islower():
        return word in _AFTER_A or head in ("l", "d", "t", "s", "qu")
    # An English title goes on with capitals (`A Quiet Place`); after a name French goes on without.
    names_place = word in _PLACE_STARTS and head == word
    return names_place or after[:1] == "," or (len(after) == 2 and after[1].islower() and len(word) > 2)


def ligatures(text: str) -> Iterator[Change]:
    """`coeur` → `cœur`, in words that are always written so."""
    if not any(pair in text for pair in ("oe", "Oe", "OE")):
        return
    for joint in _OE.finditer(text):
        starts = range(joint.start(), max(-1, joint.start() - 5), -1)
        if any((m := _LIGATURE.match(text, at)) and m.end() >= joint.end() for at in starts):
            yield Change(joint.start(), joint.end(), "œ" if joint.group() == "oe" else "Œ")
