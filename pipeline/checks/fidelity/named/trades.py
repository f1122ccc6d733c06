"""What a wider noun for somebody may be told of: `l’élue` of a mayor, `le syndicaliste` of who speaks for the CGT."""

from pipeline.checks.fidelity.named.ranks import WIDER
from pipeline.text.stems import stem

# Folded. A phrase that has all words of a row's left side may stand for whoever bears a noun of its right side.
_MAY_STAND_FOR = {
    "elu": "maire depute deputee senateur senatrice conseiller conseillere adjoint adjointe president "
    "presidente vice-president vice-presidente edile echevin bourgmestre parlementaire",
    "edile": "maire adjoint adjointe",
    "parlementaire": "depute deputee senateur senatrice rapporteur rapporteure eurodepute",
    "representant etat": "prefet prefete sous-prefet sous-prefete procureur haut-commissaire",
    "fonctionnaire": "prefet prefete directeur directrice secretaire",
    "magistrat": "procureur procureure juge president presidente avocat-general substitut",
    "syndicaliste": "delegue deleguee secretaire representant representante porte-parole coordinateur "
    "coordinatrice",
    "responsable": "directeur directrice president presidente secretaire delegue deleguee chef cheffe "
    "porte-parole",
    "dirigeant": "directeur directrice president presidente pdg fondateur fondatrice gerant gerante patron "
    "patronne",
    "patron": "directeur directrice president presidente pdg dg fondateur fondatrice gerant gerante "
    "dirigeant",
    "chef entreprise": "directeur directrice president presidente pdg fondateur fondatrice gerant gerante patron",
    "ministre": "secretaire premier-ministre garde",
    "militant": "president presidente membre porte-parole benevole",
    "scientifique": "chercheur chercheuse professeur professeure directeur directrice biologiste physicien "
    "physicienne climatologue geologue volcanologue sismologue epidemiologiste virologue "
    "ingenieur ingenieure",
    "chercheur": "professeur professeure biologiste physicien physicienne climatologue geologue sociologue "
    "economiste historien historienne epidemiologiste directeur directrice scientifique",
    "specialiste": "professeur professeure chercheur chercheuse medecin economiste historien historienne "
    "avocat",
    "expert": "professeur professeure chercheur chercheuse economiste ingenieur ingenieure consultant "
    "consultante",
    "medecin": "cardiologue pediatre urgentiste psychiatre chirurgien chirurgienne professeur docteur "
    "generaliste",
    "enseignant": "professeur professeure instituteur institutrice maitre maitresse",
    "artiste": "peintre sculpteur sculptrice chanteur chanteuse musicien musicienne comedien comedienne "
    "photographe",
    "commercant": "boulanger boulangere libraire fleuriste boucher bouchere epicier epiciere restaurateur "
    "gerant",
    "sportif": "joueur joueuse coureur coureuse nageur nageuse skieur skieuse cycliste champion championne",
    "avocat": "conseil defenseur batonnier penaliste",
    "conseil": "avocat avocate",
    "defenseur": "avocat avocate",
}
_ROWS = tuple(
    (frozenset(map(stem, w.split())), frozenset(map(stem, n.split()))) for w, n in _MAY_STAND_FOR.items()
)

# Words that tell somebody's work beside the name, for texts that give it in a verb or a body and in no noun.
_WORK = {
    "cineaste realisateur realisatrice": "film tourner metrage cinema scenario",
    "romancier romanciere ecrivain ecrivaine auteur auteure autrice": "roman livre ecrire ouvrage publier signer",
    "musicien musicienne chanteur chanteuse artiste": "album chanson concert scene exposer exposition",
    "syndicaliste": "cgt cfdt fo unsa sud cftc cgc fsu solidaire snes syndicat",
    "elu elue": "maire mairie preside presider conseil municipal",
    "avocat avocate conseil": "me defendre defend plaider client cliente",
    "patron patronne dirigeant dirigeante entrepreneur entrepreneuse": "dirige diriger fonder entreprise societe",
    "agriculteur agricultrice exploitant exploitante eleveur eleveuse": "ferme exploitation troupeau vache brebis verger hectare",
    "commercant commercante": "tenir tient boutique magasin commerce boulangerie librairie",
    "chercheur chercheuse scientifique universitaire": "universite laboratoire cnrs inserm institut recherche etude",
    "enseignant enseignante": "lycee college ecole classe enseigner",
    "militant militante responsable": "association collectif federation ligue",
    "soignant soignante medecin": "hopital chu clinique cabinet",
    "riverain riveraine habitant habitante voisin voisine": "habiter vivre vit rue quartier immeuble",
    "retraite retraitee": "retraite ans ancien ancienne",
}
WORK = {
    stem(noun): frozenset(stem(w) for w in told.split()) | frozenset(told.split())
    for nouns, told in _WORK.items()
    for noun in nouns.split()
}


def wider_than(phrase: frozenset[str], role: frozenset[str]) -> bool:
    """Every content word of the phrase's row is there, and the role has one of the nouns it may stand for."""
    ours, theirs = frozenset(map(stem, phrase)), frozenset(map(stem, role))
    if any(words <= ours and nouns & theirs for words, nouns in _ROWS):
        return True
    return any(not WIDER.get(word, frozenset()).isdisjoint(theirs) for word in ours)
