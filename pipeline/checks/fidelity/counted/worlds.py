"""Counted nouns of which one never stands for the other: people and things."""

_HUMANS = frozenset(
    "personne homme femme enfant adolescent adulte habitant soldat militaire policier gendarme pompier blessé mort tué "
    "décès disparu rescapé survivant malade patient médecin infirmier élève étudiant professeur enseignant salarié "
    "employé ouvrier chômeur agriculteur électeur député sénateur élu ministre maire joueur spectateur manifestant "
    "gréviste touriste visiteur voyageur passager réfugié migrant otage prisonnier détenu mineur retraité bénévole".split()
)
_THINGS = frozenset(
    "voiture véhicule camion bus train avion bateau navire char drone missile maison logement appartement immeuble "
    "bâtiment usine magasin école hôpital commune ville village pays département arbre animal bête mouton vache loup "
    "chien livre film disque tableau oeuvre match but essai médaille vol".split()
)


def worlds_apart(human: str, other: str) -> bool:
    """The first counts people and the second things; nouns in the singular."""
    return human in _HUMANS and other in _THINGS
