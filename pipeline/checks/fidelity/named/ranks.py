"""The nouns of ranks and portfolios, and which of them exclude each other."""

from pipeline.text.stems import stem

# Rank: the nouns that name it. Two ranks of one line exclude each other for one person at one time.
RANKS = {
    "president": "president presidente",
    "premier": "premier-ministre premiere-ministre chancelier chanceliere",
    "minister": "ministre secretaire-etat garde-sceaux",
    "head": "chef cheffe patron patronne dirigeant dirigeante leader directeur directrice secretaire-general "
    "secretaire-generale pdg dg gerant gerante directeur-general directrice-generale commissaire",
    "monarch": "roi reine prince princesse empereur",
    "mayor": "maire edile bourgmestre",
    "prefect": "prefet prefete sous-prefet sous-prefete",
    "deputy": "depute deputee",
    "senator": "senateur senatrice",
    "prosecutor": "procureur procureure",
    "counsel": "avocat avocate",
    "judge": "juge",
    "coach": "entraineur entraineuse entraineure selectionneur selectionneuse coach",
    "keeper": "gardien gardienne",
    "defender": "defenseur defenseuse",
    "striker": "attaquant attaquante buteur buteuse avant-centre",
    "doctor": "medecin chirurgien chirurgienne cardiologue",
    "nurse": "infirmier infirmiere aide-soignant aide-soignante",
    "spokesman": "porte-parole",
    "ambassador": "ambassadeur ambassadrice",
    "suspect": "suspect suspecte accuse accusee prevenu prevenue",
    "victim": "victime plaignant plaignante",
}
OF = {noun: rank for rank, nouns in RANKS.items() for noun in nouns.split()}
EXCLUSIVE = (
    frozenset(("president", "premier", "minister", "monarch")),
    frozenset(("prosecutor", "counsel", "judge")),
    frozenset(("coach", "keeper", "striker", "defender")),
    frozenset(("mayor", "prefect")),
    frozenset(("deputy", "senator")),
    frozenset(("doctor", "nurse")),
    frozenset(("suspect", "victim")),
)
# Portfolio: the words that name it, compared by their stems.
PORTFOLIOS = {
    "defence": "défense armée armées pentagone",
    "foreign": "étrangères étranger diplomatie extérieures extérieur",
    "interior": "intérieur",
    "finance": "finances économie budget trésor bercy",
    "health": "santé",
    "education": "éducation enseignement universités",
    "justice": "justice sceaux",
    "transport": "transports",
    "culture": "culture",
    "labour": "travail emploi",
    "farming": "agriculture",
    "environment": "environnement écologie transition climat",
    "energy": "énergie",
    "sports": "sports",
    "housing": "logement",
    "trade": "commerce",
    "industry": "industrie",
}
SUBJECT = {stem(word): name for name, words in PORTFOLIOS.items() for word in words.split()}
HALVES = {
    "premier": "ministre",
    "premiere": "ministre",
    "secretaire": "general generale etat",
    "garde": "sceaux",
}
BODIES = (
    ("otan", "nato", "alliance"),
    ("onu", "nations"),
    ("ue", "union", "commission", "europeenne"),
    ("oms",),
    ("fmi",),
    ("bce",),
    ("kremlin",),
    ("senat",),
    ("chambre",),
    ("assemblee",),
    ("republique", "etat"),
)
# Words that fit many: who leads, who knows, who is chosen; and what only tells age or time.
VAGUE = frozenset(
    "responsable dirigeant dirigeante chef cheffe patron patronne leader numero elu elue specialiste expert experte "
    "scientifique chercheur chercheuse medecin docteur professeur sportif sportive joueur joueuse auteur auteure autrice artiste "
    "homme femme pere mere voisin voisine habitant habitante membre representant representante interesse interessee "
    "ancien ancienne nouveau nouvelle jeune actuel actuelle premier premiere vice ex haut haute collegue confrere "
    "visiteur visiteuse hote invite invitee interlocuteur homologue allie alliee champion championne athlete acteur actrice magistrat magistrate parlementaire fonctionnaire ministre president presidente".split()
)
# A wider noun is told of whoever bears one of the narrower: vaguer than the source is no matter. Folded, by stem.
_NARROWER = {
    "musicien musicienne": "soliste pianiste violoniste violoncelliste guitariste batteur bassiste chanteur chanteuse "
    "saxophoniste trompettiste organiste chef compositeur compositrice rappeur rappeuse altiste flutiste",
    "ecrivain ecrivaine plume": "romancier romanciere poete poetesse essayiste dramaturge auteur autrice",
    "artisan artisane": "luthier luthiere boulanger boulangere potier potiere ebeniste menuisier forgeron couturier",
    "agriculteur agricultrice exploitant exploitante paysan paysanne": "eleveur eleveuse maraicher maraichere cerealier "
    "viticulteur viticultrice vigneron vigneronne arboriculteur apiculteur apicultrice",
    "policier policiere enqueteur enquetrice": "commissaire brigadier inspecteur inspectrice capitaine",
    "juriste": "avocat avocate notaire",
    "soignant soignante": "infirmier infirmiere medecin aide-soignant aide-soignante urgentiste pediatre",
    "praticien praticienne": "medecin chirurgien chirurgienne cardiologue pediatre urgentiste psychiatre dentiste",
    "universitaire": "professeur professeure chercheur chercheuse historien historienne sociologue politologue doyen",
    "militaire soldat soldate officier": "general colonel commandant lieutenant capitaine sergent caporal",
    "footballeur footballeuse": "attaquant attaquante gardien defenseur milieu buteur avant-centre",
    "coureur coureuse": "cycliste marathonien marathonienne sprinteur sprinteuse",
    "cineaste": "realisateur realisatrice",
    "entrepreneur entrepreneuse industriel industrielle": "fondateur fondatrice patron patronne pdg gerant gerante",
    "dessinateur dessinatrice": "illustrateur illustratrice bedeiste caricaturiste",
    "technicien technicienne": "entraineur entraineuse selectionneur selectionneuse coach",
    "religieux religieuse prelat": "pretre eveque archeveque cardinal pasteur moine imam rabbin cure",
    "comedien comedienne": "acteur actrice",
    "navigateur navigatrice marin": "skipper",
    "sauveteur secouriste": "pompier",
}
WIDER = {
    stem(wide): frozenset(stem(narrow) for narrow in narrows.split())
    for wides, narrows in _NARROWER.items()
    for wide in wides.split()
}
# Several people of one article are so; another who is one takes nobody's place.
SHARED = VAGUE | frozenset(
    "depute deputee senateur senatrice conseiller conseillere adjoint adjointe delegue deleguee joueur joueuse attaquant attaquante "
    "defenseur milieu gardien gardienne avocat avocate temoin victime habitant militant militante candidat candidate "
    "salarie salariee eleve etudiant etudiante journaliste medecin infirmier infirmiere pompier policier gendarme "
    "soldat riverain riveraine ami amie cousin cousine frere soeur fils fille epouse epoux chercheur professeur "
    "enseignant enseignante coureur coureuse porte-parole maire prefet prefete ministre juge secretaire vice-president".split()
)
