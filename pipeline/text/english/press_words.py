"""What the words that news is made of are called in both languages: enough to tell which two sentences tell the same.

No dictionary: words that look alike in both languages are found without it, and what is missing is not compared. A row
has English words, then French ones; whatever stands on one side may be told by whatever stands on the other.
"""

from functools import lru_cache

from pipeline.text.verb_forms import root

_SHORTEST = 4
_ENDINGS = ("ing", "ed", "es", "er", "s", "e", "d")

_ROWS = """
close closure shut|fermer fermeture fermé clos
open opening|ouvrir ouverture ouvert ouvre inaugurer
start begin launch|commencer démarrer lancer début débuter lancement
end finish stop halt|finir terminer fin arrêter cesser arrêt interrompre
cancel scrap|annuler annulation supprimer
delay postpone|retard retarder reporter report différer
resume restart|reprendre reprise redémarrer
return|retour revenir rentrer rendre restituer restitution
leave depart quit resign step|quitter partir départ démissionner démission
arrive reach|arriver atteindre arrivée
join|rejoindre adhérer
build construction built|construire construction bâtir
rebuild repair mend|réparer réparation reconstruire
destroy damage|détruire dégât dégâts endommager destruction
sell sale sold|vendre vente vend vendu céder cession
buy purchase bought buyer|acheter achat acquérir acquéreur acheteur racheter rachat
pay paid payment wage salary|payer paiement verser salaire
cost price fee|coûter coût prix tarif
spend spent expense spending|dépenser dépense
save saving|économiser économie épargner sauver
lose lost loss|perdre perte perd perdu
win won victory beat|gagner victoire battre remporter vainqueur
earn profit|gagner bénéfice profit
rise rose increase raise grow grew up climb|augmenter hausse monter progresser croître augmentation relever
fall fell drop decline decrease down cut reduce reduction|baisser baisse reculer recul chuter chute diminuer réduire réduction tomber
double|doubler doublement
hire recruit|embaucher embauche recruter recrutement
dismiss fire layoff sack|licencier licenciement renvoyer
job post|emploi poste
worker staff employee|salarié employé personnel travailleur ouvrier agent
strike walkout|grève débrayage
union|syndicat syndicaliste syndical
company firm group business|entreprise société groupe compagnie firme
factory plant|usine fabrique
shop store|magasin boutique commerce
customer client|client clientèle
share stock|action titre
debt|dette endettement
tax|impôt taxe fiscal
loan|prêt emprunt
aid help grant subsidy|aide aider subvention soutien
council councillor|conseil conseiller élu municipalité mairie
mayor|maire
town city|ville cité
village|village
government|gouvernement état exécutif
minister ministry|ministre ministère
lawmaker parliament mp|député parlement parlementaire
law bill|loi texte
vote|voter vote voix scrutin
election|élection électoral
poll survey|sondage enquête
leader head|dirigeant dirigeante chef patron dirige
chairman chairwoman president|président présidente présider
director manager boss chief|directeur directrice patron direction chef
spokesman spokeswoman spokesperson|porte-parole
opposition opponent|opposition opposant
party|parti
police|police policier
officer|agent officier
court tribunal|tribunal cour justice
judge|juge magistrat
prosecutor|procureur procureure parquet accusation justice
lawyer solicitor barrister|avocat avocate
jury|jury juré
trial|procès jugement audience débats essai
charge accuse accused|accusation accuser inculper fait reprocher
convict guilty sentence|condamner coupable condamnation peine
acquit clear|acquitter blanchir innocenter relaxer
arrest detain|arrêter interpeller arrestation garde
prison jail|prison
steal stole theft|voler vol détourner
kill dead death die|tuer mort décès mourir décéder victime
injure wound hurt injury|blesser blessé blessure mal
victim|victime
suspect|suspect soupçonner suspecter
witness testify|témoin témoigner témoignage
inquiry investigation probe investigate|enquête enquêter investigation
evidence proof|preuve
document record|document archive dossier
signature sign signed|signature signer
hospital ward|hôpital service clinique
doctor|médecin docteur docteure
nurse|infirmier infirmière
patient|patient malade
drug medicine treatment pill tablet|médicament traitement remède comprimé pilule molécule
disease illness|maladie
stroke|avc
side|effet indésirable
study research trial|étude recherche essai travaux
researcher scientist|chercheur chercheuse scientifique
benefit|bénéfice intérêt avantage
risk|risque risquer menacer menacé
result finding|résultat conclusion
vaccine|vaccin
child children|enfant
woman women|femme
man men|homme
family|famille
resident neighbour|habitant riverain résident
people|personne gens habitant
school|école scolaire lycée collège
pupil student|élève étudiant
teacher|enseignant professeur
house home household|maison foyer logement domicile
building|bâtiment immeuble édifice
road street|route rue
bridge|pont
train rail|train ferroviaire
ferry boat ship|ferry bateau navire
car|voiture
lorry truck|camion poids
driver|chauffeur conducteur
flight plane|vol avion
airport|aéroport
park parking|stationnement parking parc
library|bibliothèque médiathèque
pool swim|piscine
museum|musée
theatre cinema|théâtre cinéma
film movie|film
book|livre ouvrage
prize award|prix récompense
painting picture|tableau peinture
show shown exhibit display|montrer exposer exposition visible
artist|artiste
stolen loot|voler volé pillé
storm|tempête orage
rain|pluie
flood flooding|inonder inondation crue
wind gust|rafale vents
wave|vague
snow|neige
fire|incendie feu
warn warning alert caution|avertir alerte prévenir alerter
power electricity|électricité électrique courant
water|eau
oil|pétrole pétrolier
fuel|carburant essence
gas|gaz
wall|mur
dam|barrage
river|rivière fleuve
coast|côte littoral
tree|arbre
planet|planète
star|étoile
earth|terre
life live|vie vivre
space|espace spatial
discover discovery spot find found|découvrir découverte trouver repérer trouve
confirm|confirmer confirmation
cause|cause causer provoquer
choose choice selection|choisir choix sélection
influence|influencer peser influence
show shown prove proven demonstrate|prouver démontrer montrer
measure|mesure mesurer
night|nuit
season|saison
match game|match rencontre partie
team|équipe
player|joueur joueuse
coach|entraîneur coach
line|ligne
club|club
captain|capitaine
goal|but
fan supporter|supporter
referee|arbitre
tackle|plaquage tacle
ban suspend suspension|suspension suspendre interdire interdiction
defeat lose beaten|défaite battre battu
home|domicile
away|extérieur
injury|blessure
contract|contrat
transfer|transfert
stadium|stade
crowd attendance spectator|spectateur affluence public
appeal|appel recours contester
plan project scheme|projet plan prévoir programme
decision decide|décision décider
announce announcement|annoncer annonce
promise pledge|promettre promesse engager
deal agreement|accord
talk negotiation discuss|discussion négociation discuter négocier pourparlers
offer|offre offrir proposer proposition
propose proposal|proposer proposition
request ask|demande demander
appoint|nommer nomination
answer respond reply comment|répondre réponse commentaire commenter exprimer
publish release|publier publication dévoiler paru paraître
report|rapport
figure number|chiffre nombre
check inspect inspection audit|contrôler contrôle vérifier inspection inspecter
rule|règle
break breach broke|enfreindre infraction violer
hide conceal withhold withheld|cacher dissimuler caché
act react|réagir agir réaction
affect hit touch|toucher affecter concerner touché
strike hit|frapper
reach|atteindre
evacuate|évacuer évacuation
collapse|effondrement effondrer
danger|danger risque
safe safety|sécurité sûr
insurance insurer|assurance assureur
license licence approve approval|autoriser autorisation approuver
market|marché
price|prix
sales revenue turnover|ventes chiffre
forecast|prévision prévoir
demand|demande
plant|usine
land|terrain terre
fund|fonds financer
donor|donateur mécène
private|privé
public|public
army soldier|armée soldat militaire
weapon|arme
attack|attaque attaquer attentat
refugee migrant|réfugié migrant
border|frontière
treaty|traité
cover|couvrir
serve|servir
own|posséder propriétaire
travel|voyager déplacement voyage
carry transport|transporter transport
visit visitor|visiter visite visiteur visiteuse
drink|boire
eat food|manger alimentation aliment
farmer farm|agriculteur exploitation
animal|animal
air|air
restore|rétablir revenir
miss|manquer rater
face|risquer encourir
move transfer|déplacer transférer
year|an année
month|mois
week|semaine
rest remainder|reste
last|durer dernier
first|premier première
second|second seconde deuxième
half|moitié demi
new|nouveau nouvelle neuf
old former|ancien ancienne
free|gratuit gratuitement libre
high|haut élevé
late|tard tardif retard
early|tôt
far|loin
support back|soutenir soutien appuyer approuver
deliberate deliberately|délibéré délibérément volontaire
accident accidental|accident accidentel
dangerous|dangereux dangereuse
allow|permettre autoriser
possible|possible
likely|probable probablement
shareholder|actionnaire
speed|vitesse
account|compte
board|direction conseil administration
bid|offre
takeover nationalise|reprise rachat nationalisation
quarter|trimestre quart
regional|régional
local|local
surface|surface
cure heal|guérison guérir
know knew known|savoir connaître sait su
think thought|penser pense
believe belief|croire croit croient
want wanted|vouloir veut veulent voulu voulait
mean meant|vouloir signifier
wait|attendre attend attente
need|besoin falloir faut
work|travailler travail travaux
hope|espérer espoir espère
fear afraid|craindre craint peur crainte redouter
sorry regret|désolé regretter excuse
thank grateful|remercier merci
proud|fier fière fierté
happy pleased|heureux ravi satisfait
angry anger|colère furieux énerver
listen hear heard|écouter entendre
speak talk spoke|parler parle
see saw seen look|voir vu regarder
learn learned|apprendre appris
hold held|tenir tenu
bring brought carry|apporter porter
give gave given|donner
take took taken|prendre pris
keep kept|garder conserver
follow|suivre suivi
call phone rang|appeler appel téléphoner
wake morning|réveiller matin
sleep|dormir dort
walk|marcher marche
run ran|courir
play|jouer
fight fought|combattre lutte battre
forget forgot forgotten|oublier
remember|souvenir rappeler
understand understood|comprendre compris
change|changer changement modifier
agree|accord
try tried|essayer tenter
choice|choix
mistake error wrong|erreur tort faute
fault blame|faute reproche reprocher
truth true|vérité vrai
right|droit raison
good better best|bon bonne mieux meilleur
bad worse worst|mal mauvais pire
strong strength|fort forte force
weak|faible
poor poverty|pauvre pauvreté
rich wealth|riche richesse
young youth|jeune jeunesse
alone|seul
everyone everybody|tout tous
nothing|rien
nobody|personne
always|toujours
enough|assez suffire suffisant
too|trop
twice|deux
day|jour journée
hour|heure
minute|minute
world|monde
country|pays
money|argent
question|question
door|porte
word|mot parole
name|nom
heart|cœur
hand|main
head|tête
eye|œil yeux
face|visage
mother|mère
father|père
son|fils
daughter|fille
girl|fille
boy|garçon
friend|ami
brother|frère
sister|sœur
history story|histoire
future|avenir futur
past|passé
problem|problème
solution|solution
step|pas étape
proof|preuve
candidate|candidat
careful caution cautious|prudent prudence
encourage encouraging|encourageant
weather|météo temps
winter|hiver
summer|été
spring|printemps
autumn|automne
health|santé sanitaire
agency|agence
authority|autorité
office|office bureau
department|département ministère
foreign|étranger
interior|intérieur
defence defense|défense
trade|commerce commercial
labour labor|travail
supreme|suprême
crown|couronne
league|ligue
cup|coupe
bank|banque
committee|comité commission
society|société
southern|austral
coastguard guard|garde
brigade firefighter|pompier
science|science
education|éducation enseignement
transport|transport
energy|énergie
medicine|médicament médecine
european|européen
january|janvier
february|février
march|mars
april|avril
may|mai
june|juin
july|juillet
august|août
september|septembre
october|octobre
november|novembre
december|décembre
morning|matin
scotland scottish|écosse écossais
wales welsh|galles gallois
england english|angleterre anglais
northern north|nord
southern south|sud
eastern east|est
western west|ouest
""".strip().splitlines()


def _stem(word: str) -> str:
    """`closed`, `closing` and `closes` share `clos`."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1:
            kept = word[: -len(ending)]
            return kept[:-1] if len(kept) > _SHORTEST and kept[-1] == kept[-2] else kept
    return word[:-1] + "i" if word.endswith("y") and len(word) > _SHORTEST else word


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    english: dict[str, set[int]] = {}
    french: dict[str, set[int]] = {}
    for row, line in enumerate(_ROWS):
        left, right = line.split("|")
        for word in left.split():
            english.setdefault(_stem(word), set()).add(row)
        for word in right.split():
            french.setdefault(root(word), set()).add(row)
    return {w: frozenset(r) for w, r in english.items()}, {w: frozenset(r) for w, r in french.items()}


def english_senses(word: str) -> frozenset[int]:
    """The rows that have an English word, in lower case."""
    return _tables()[0].get(_stem(word), frozenset())


def french_senses(word_root: str) -> frozenset[int]:
    """The rows that have a French word of this root (`pipeline.text.verb_forms`)."""
    return _tables()[1].get(word_root, frozenset())
