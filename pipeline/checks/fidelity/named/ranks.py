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
    "scientifique chercheur chercheuse medecin docteur professeur sportif sportive joueur joueuse auteur autrice artiste "
    "homme femme pere mere voisin voisine habitant habitante membre representant representante interesse interessee "
    "ancien ancienne nouveau nouvelle jeune actuel actuelle premier premiere vice ex haut haute collegue confrere "
    "visiteur visiteuse hote invite invitee interlocuteur homologue allie alliee champion championne athlete acteur actrice magistrat magistrate parlementaire fonctionnaire ministre president presidente".split()
)
