"""Words that say the opposite of one another, by axis; prefixes that turn a word round.

An axis is a question a sentence answers one way or the other: does it rise or fall, is it allowed or forbidden?
The words of one side need not be synonyms.
"""

from functools import lru_cache

from pipeline.text.fold import fold
from pipeline.text.verb_forms import root

_AXES = """
hausse augmenter intensifier progresser progression progrès croître croissance accroître accrue accru grimper bondir bond élever relever majorer majoration envolée envoler flambée flamber gonfler doubler tripler remonter renchérir renchérissement | perdre perd perte baisse baisser diminuer diminution reculer recul réduire chuter chute décroître amoindrir amenuiser plonger rogner raboter effondrer effondrement dégringoler dégringolade repli replier fléchir amputer alléger fondre reflux refluer décrue
accélérer accélération rapide rapidement vite | ralentir ralentissement freiner lent lentement
accepter approuver adopter valider avaliser entériner ratifier accord accorder consentir approbation | refuser rejeter rejet rejette repousser désapprouver retoquer annuler refus rejet débouter opposer veto
autoriser permettre légaliser autorisation légal licite | interdire prohiber bannir proscrire interdiction illégal illicite
ouvrir ouverture rouvrir accessible accès | fermer fermeture refermer inaccessible bloquer couper
commencer débuter début démarrer entamer | finir terminer fin achever cesser arrêter
soutenir soutien appuyer approuver encourager favorable | dénoncer critiquer condamner hostile opposer décourager défavorable
confirmer affirmer assurer reconnaître avouer admettre aveu | démentir dément démentent démentait nier nie nient niait infirmer contester contestation
réussir réussite succès triomphe | échouer échec fiasco
améliorer amélioration embellie faciliter | aggraver aggravation détériorer dégrader dégradation empirer
créer création embaucher recruter embauche | supprimer suppression licencier licenciement détruire
construire bâtir édifier | démolir détruire raser
maintenir maintien conserver garder préserver | abandonner supprimer renoncer retirer abroger
poursuivre continuer prolonger persister | cesser arrêter interrompre suspendre renoncer
avancer anticiper | reporter retarder différer décaler
relaxer acquitter blanchir innocenter relaxe acquittement | condamner condamnation
libérer libération relâcher liberté relâche | emprisonner incarcérer écrouer détenir arrêter détention détenu incarcération
rassembler unir réunir rapprocher | diviser séparer éloigner opposer
renforcer consolider fortifier solide intensifier | affaiblir fragiliser fragile miner saper
facile aisé simple | difficile compliqué ardu
possible | impossible
optimiste optimisme | pessimiste pessimisme
supérieur supérieure dépasser excéder | inférieur inférieure
meilleur mieux | pire
maximum plafond | minimum plancher
majorité majoritaire | minorité minoritaire
public publique | privé privée
gratuit gratuitement gratuité | payant payante payer
gratuit gratuitement gratuité | coûter coût coûte
ancien ancienne anciens anciennes | nouveau nouvelle nouveaux nouvelles
provisoire temporaire temporairement provisoirement momentanément | définitif définitive définitivement
présent présence | absent absence
coupable culpabilité | innocent innocence
vrai exact véridique | faux inexact mensonger
riche abondant abondance suffisant nombreux | pauvre rare limité insuffisant pénurie
fort forte puissant | faible fragile
haut haute élevé | bas basse
long longue | court courte
jeune | âgé âgée vieux
chaud chaude | froid froide
lourd lourde | léger légère
plein pleine | vide
excédent bénéfice bénéficiaire profit rentable | déficit perte déficitaire
satisfait satisfaction content réjouir saluer féliciter ravi applaudir | mécontent déçu déception déplorer regretter indigner dénoncer fustiger regretter
confiance confiant | méfiance méfiant
enthousiaste enthousiasme | réticent réticence
rassurer rassurant | inquiéter inquiétant inquiétude alarmer
accord entente | désaccord mésentente
victoire | défaite
allumer | éteindre
guérir guérison rétablir | contaminer infecter
naître naissance né née nés nées natif native | mourir décès mort décéder morte disparu succomber
accidentel accidentelle accident fortuit fortuite | criminel criminelle volontaire intentionnel intentionnelle délibéré
suspendre geler | reprendre reprise relancer
besoin nécessiter | superflu inutile
fidèle loyal | traître infidèle déloyal
augmenter augmentation hausse grimper | inchangé stable
baisser baisse diminuer diminution | inchangé stable
authentique véritable original | faux contrefait contrefaçon imitation copie
légal légitime | illégal illégitime
consulter associer | ignorer écarter
matin | soir
nord | sud
est | ouest
droite | gauche
premier première | dernier dernière
positif positive | négatif négative
volontaire volontairement | involontaire
majeur majeure | mineur mineure
nécessaire indispensable utile | superflu inutile
obligatoire | facultatif optionnel
connu | inconnu
amont | aval
intérieur | extérieur
séduire plaire | irriter déplaire fâcher
remercier remerciement louer | reproche reprocher
secret secrète discret | public annoncer
gagner gain remporter gagnant vainqueur | perdre perte perdant =
vendre vente céder cession | acheter achat acquérir acquisition racheter rachat =
donner verser offrir payer remettre fournir | recevoir toucher percevoir encaisser =
prêter | emprunter =
arriver arrivée rejoindre | quitter partir départ =
entrer entrée | sortir sortie =
monter montée | descendre descente =
précéder | suivre succéder =
embaucher | démissionner =
exporter exportation | importer importation =
demander réclamer solliciter | accorder octroyer =
recommander conseiller préconiser | déconseiller
maintenir persister réitérer | rétracter rétractation dédire désavouer
maintenir maintien inchangé stable stabilité stagner | lever levée
déclencher instaurer décréter activer | lever levée
changer évoluer modifier bouger modification | inchangé stable stagner stabilité intact
avance tôt | retard tard
grave gravement grièvement | léger légèrement bénin
indemne sauf | blessé blesser atteint
amateur bénévole | professionnel
survivre survécu survit survivant rescapé vivant | mourir mort décéder tuer succomber périr
installer emménager établir | partir quitter déménager
regagner revenir retour rentrer | quitter partir départ
attirer | repousser
croire convaincu persuadé | douter doute sceptique
montrer dévoiler révéler | cacher dissimuler taire
épargner épargné indemne | toucher concerner affecter frapper atteindre
protéger épargner préserver sauver | menacer détruire ravager
titulaire | remplaçant
domicile | extérieur
féminin | masculin
partiel partiellement | total totalement entièrement intégralement totalité
urbain | rural
national | étranger
collectif | individuel
unanime unanimité | divisé partagé
garder conserver | rendre restituer
acquitter innocenter | condamner sanctionner punir
obtenir décrocher accordé | refuser refus débouter rejeter
espérer souhaiter souhait espoir | craindre redouter crainte
"""
_UNCLEAR = frozenset("est".split())
_NEGATIVE_PREFIXES = ("in", "im", "ir", "il", "non", "anti", "mal", "mé", "dés", "més", "a")
_TURNED = (
    "able", "ible", "ables", "ibles", "el", "elle", "els", "elles", "ain", "aine", "ité", "et", "ète", "ect", "ecte", "act",
    "acte", "if", "ive", "eux", "euse", "ant", "ante", "ants", "antes", "é", "ée", "és", "ées", "ent", "ente", "ement", "al",
    "ale", "aux", "er", "e", "ord", "ords", "u", "ue",
)  # fmt: skip
_SHORTEST_BASE = 5


@lru_cache(maxsize=1)
def _poles() -> dict[str, tuple[tuple[int, int], ...]]:
    poles: dict[str, tuple[tuple[int, int], ...]] = {}
    for axis, line in enumerate(_AXES.strip().splitlines()):
        for side, words in enumerate(line.rstrip(" =").split("|")):
            for word in words.split():
                if word not in _UNCLEAR:
                    key = root(word)
                    poles[key] = tuple(dict.fromkeys((*poles.get(key, ()), (axis, side))))
    return poles


@lru_cache(maxsize=1)
def _converse() -> frozenset[int]:
    return frozenset(n for n, line in enumerate(_AXES.strip().splitlines()) if line.endswith("="))


def is_converse(axis: int) -> bool:
    """The two sides tell one event from its two ends: `vendre à`, `acheter à`."""
    return axis in _converse()


def poles(word_root: str) -> tuple[tuple[int, int], ...]:
    """(axis, side) of every axis the word stands on."""
    return _poles().get(word_root, ())


@lru_cache(maxsize=4096)
def turned(word: str) -> str | None:
    """The word without its negative prefix: `insuffisant` gives `suffisant`; None where there is none to take."""
    low = word.lower()
    if not low.endswith(_TURNED):
        return None
    for prefix in _NEGATIVE_PREFIXES[:-1]:
        base = low.removeprefix(prefix)
        if base != low and len(base) >= _SHORTEST_BASE:
            return fold(base.removeprefix("-"))
    return None
