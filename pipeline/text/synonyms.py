"""Words that may stand for one another when a piece of news is retold, by sense; opposites too, where they have some.

Put together by sense, not from any text: a small thesaurus of what the news tells of. A word may stand in several
groups. Words of one group need not be exchangeable everywhere: `evict`, `leave` and `empty` tell of one event.
"""

from collections.abc import Iterator
from functools import lru_cache

from pipeline.text.fold import fold
from pipeline.text.opposites import poles
from pipeline.text.verb_forms import root

_GROUPS = """
prix tarif coût montant facture addition coûter somme dépense
cher coûteux onéreux prix coût renchérir
billet entrée ticket place
argent financement fonds subvention aide enveloppe crédit
financer payer régler verser débourser payant rémunérer rétribuer subventionner acquitter
salaire paie rémunération traitement payer
dédommager indemniser compenser rembourser indemnité dédommagement compensation indemnisation remboursement
employé salarié travailleur ouvrier personnel agent collaborateur effectif effectifs
emploi poste travail job
entreprise société groupe firme compagnie maison constructeur fabricant fabrique éditeur
patron dirigeant directeur patronne dirigeante directrice gérant gérante président chef responsable fondateur fondatrice
usine site atelier fabrique établissement
agriculteur éleveur producteur exploitant paysan fermier cultivateur
ferme exploitation élevage
animal bête bétail espèce
pêcher capturer attraper prendre pêche capture
manger consommer ingérer consommation repas restaurant couvert table
boire boisson consommer
logement appartement habitation maison toit
loger héberger accueillir abriter
locataire habitant occupant résident
loyer bail location
habitant riverain voisin résident population citoyen
touriste visiteur vacancier estivant voyageur hôte fréquentation client
client consommateur usager utilisateur abonné acheteur
élève écolier collégien lycéen étudiant enfant jeune
école établissement classe collège lycée
enseignant professeur prof maître instituteur institutrice
médecin docteur praticien soignant généraliste chirurgien
malade patient
hôpital clinique établissement urgences service
médicament traitement remède vaccin soin
soigner traiter guérir prendre
maladie épidémie infection virus
blessé victime touché touchée atteint accidenté blesser
tuer abattre assassiner
mort décès disparition victime mourir décéder disparaître succomber éteindre
élu conseiller maire conseil municipalité
maire édile mairie municipalité
mairie municipalité commune ville
département conseil départemental
préfet préfecture préfète
ministre ministère gouvernement exécutif chef
état gouvernement autorité pouvoir
parti formation mouvement
opposition opposant minorité
vote scrutin élection suffrage voter élire voix
loi texte projet réforme mesure
règle règlement norme mesure consigne
accord pacte traité entente contrat compromis convention
négociation discussion pourparlers table négocier discuter
réunion rencontre assemblée rendez-vous réunir discuter
rencontrer recevoir accueillir réunir entretenir
libérer liberté relâcher rendre élargir
battre vaincre dominer imposer défaire
posséder détenir détenu
visite visiter déplacement venue rendre
soldat militaire armée état-major troupe troupes forces
guerre conflit combat hostilités
police policier gendarme gendarmerie force forces
enquête investigation instruction enquêter
tribunal juge justice cour jugement magistrat magistrate juridiction
procureur parquet procureure magistrat magistrate
jugement verdict décision arrêt sentence
avocat défenseur défense conseil
suspect mis prévenu accusé
interpeller arrêter appréhender interpellation arrestation
prison détention incarcération emprisonnement geôle
peine condamnation sanction
amende contravention pénalité sanction
vol cambriolage voler dérober cambrioler
incendie feu brûler sinistre
accident collision choc sinistre drame déraillement
orage tempête intempérie intempéries
pluie précipitation précipitations averse
inondation crue inonder submerger submersion
dégât dommage dégâts ravage
évacuer quitter partir évacuation vider
train convoi rame rail ligne
car autocar bus autobus navette
voiture véhicule automobile auto
vélo cycle bicyclette
avion appareil vol
bateau navire embarcation chalutier
route chaussée voie axe
conduire mener emmener diriger
chantier travaux rénovation restauration réfection
restaurer rénover refaire réparer réfection remettre
bâtir construire édifier ériger construction
match rencontre partie duel affiche
équipe formation club onze
joueur footballeur rugbyman handballeur athlète coureur
entraîneur coach technicien sélectionneur entraîneuse
but marquer inscrire réalisation doublé
titre trophée coupe sacre
championnat ligue division
supporteur supporter spectateur public
course épreuve compétition tournoi édition
mi-temps pause
expulsion carton exclusion expulser exclure
film long-métrage métrage œuvre
réaliser tourner filmer tournage
acteur comédien interprète actrice comédienne
livre ouvrage roman
exposition expo présenter montrer
musée galerie collection
concert spectacle représentation récital
chanteur chanteuse artiste interprète
public spectateur visiteur foule assistance
chercheur scientifique savant universitaire équipe paléontologue ornithologue
étude recherche travaux analyse
analyse prélèvement examen test contrôle
découvrir trouver repérer déceler dénicher
reste fossile squelette vestige
espèce race variété
barrage ouvrage retenue
énergie électricité courant
produire fournir fabriquer production générer
achat acquisition acheter acquérir racheter prendre
don donation legs donner
information donnée renseignement
application logiciel programme messagerie outil
gratuité gratuit gratuitement
changer remplacer modifier renouveler changement
installer poser implanter équiper ajouter installation
lancer démarrer commencer débuter inaugurer
finir terminer achever conclure
bloquer paralyser entraver barrer blocage
grève débrayage mobilisation arrêt cessation
manifester défiler protester manifestation rassemblement manifestant
demander réclamer exiger revendiquer solliciter plaider souhaiter vouloir voulu
craindre redouter inquiéter crainte peur
espérer souhaiter attendre espoir vœu
annoncer déclarer indiquer préciser affirmer dire assurer expliquer ajouter rappeler
promettre engager jurer assurer garantir promesse garantie assurance
garantie assurance promesse
décider trancher arrêter choisir décision
prévoir attendre tabler escompter prévu
permettre autoriser accorder laisser
obtenir recevoir décrocher arracher toucher
posséder détenir avoir appartenir propriétaire propriété
diriger conduire gérer piloter présider
nommer désigner choisir nomination
remplacer succéder relayer
quitter partir départ abandonner démissionner
accuser reprocher incriminer mettre
critiquer dénoncer fustiger condamner indigner déplorer
appel recours contester
rester demeurer
habiter vivre résider loger
grandir augmenter croître
tiers part portion fraction
enfant fils fille petit gamin
femme épouse compagne
homme mari époux
ami proche camarade
père parent mère famille
lettre courrier missive
parler discuter évoquer aborder question sujet
erreur faute tromper méprise
avantage bénéfice atout
danger péril menace risque
signer parapher conclure signature
diffuser publier paraître sortir publication parution sortie
public publique accessible ouvert
accès accéder accessible
"""
_EDGE = 2
"""Letters that all forms of an irregular verb share with its infinitive: `mort`, `mourir`."""
_NONE: frozenset[str] = frozenset()


def senses(word_root: str) -> frozenset[str]:
    """What a word may mean; two words with a sense in common may stand for one another."""
    return _senses(word_root) if word_root else _NONE


@lru_cache(maxsize=4096)
def _senses(word_root: str) -> frozenset[str]:
    grouped = (f"g{group}" for key, group in _near(word_root[:_EDGE]) if key == word_root)
    return frozenset((*grouped, *(f"p{axis}{'+-'[side]}" for axis, side in poles(word_root))))


def groups(word_root: str) -> frozenset[str]:
    """The senses of a word that are not those of a whole side of an opposition."""
    return frozenset(sense for sense in senses(word_root) if sense.startswith("g"))


def may_mean(one: str, other: str) -> bool:
    """Of two roots: the same word, or one that may stand for it."""
    return one == other or not senses(one).isdisjoint(senses(other))


@lru_cache(maxsize=1024)
def _near(edge: str) -> tuple[tuple[str, int], ...]:
    """(root, group) of the words that begin so: only these are taken apart, and only when one is asked for."""
    return tuple((root(word), group) for word, group in _buckets().get(edge, ()))


@lru_cache(maxsize=1)
def _buckets() -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for word, group in _entries():
        found.setdefault(fold(word[:_EDGE])[:_EDGE], []).append((word, group))
    return found


def _entries() -> Iterator[tuple[str, int]]:
    for group, line in enumerate(_GROUPS.split("\n")):
        for word in line.split():
            yield word, group
