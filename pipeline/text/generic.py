"""The general vocabulary of telling the news: words that retell what a source says in other words.

A rewrite is full of them and they state little by themselves (`annoncer`, `hausse`, `rencontre`, `plusieurs`); a
new word that is none of them (`applaudissements`, `sous-marin`) brings something new. The list was put together by
sense, not from any text: saying and thinking, beginning and ending, moving, giving and getting, being more or
less, time, amount, people in general, and the nouns that stand for any event, group or matter.
"""

from functools import lru_cache

from pipeline.text.fold import fold
from pipeline.text.stems import stem
from pipeline.text.verbs import SPEECH

_WORDS = """
    article dépêche récit reportage journal texte source parler dire déclarer annoncer expliquer indiquer préciser rappeler souligner affirmer assurer répondre
    demander penser croire savoir connaître comprendre juger estimer considérer voir regarder observer
    constater trouver chercher sembler paraître apparaître montrer révéler dévoiler présenter décrire
    évoquer citer mentionner signifier entendre écouter lire écrire espérer attendre prévoir compter
    tabler miser envisager souhaiter vouloir désirer craindre redouter inquiéter regretter accepter
    refuser rejeter approuver soutenir appuyer défendre critiquer dénoncer promettre engager décider
    choisir préférer exiger réclamer appeler inviter convier proposer suggérer conseiller recommander
    avertir prévenir informer apprendre enseigner interroger témoigner raconter résumer conclure mot
    parole propos discours message avis opinion position point question réponse sujet thème dossier
    affaire cas exemple idée pensée réflexion raison motif cause effet conséquence résultat bilan but
    objectif visée intention volonté projet plan programme mesure démarche action acte initiative effort
    étape phase moment période époque instant date jour journée semaine mois année an heure minute matin
    soir nuit week-end siècle décennie début commencement fin terme milieu suite reprise retour départ
    arrivée passage commencer débuter démarrer entamer lancer ouvrir continuer poursuivre prolonger durer
    rester demeurer garder maintenir conserver finir terminer achever arrêter cesser interrompre suspendre
    reprendre recommencer répéter changer modifier transformer évoluer devenir remplacer aller venir
    partir arriver entrer sortir passer revenir retourner rentrer rendre monter descendre suivre précéder
    quitter rejoindre retrouver rencontrer réunir rassembler accueillir recevoir visiter accompagner
    conduire mener emmener porter apporter envoyer donner offrir fournir livrer remettre accorder confier
    laisser prêter céder prendre obtenir gagner perdre avoir posséder détenir disposer disposition tenir
    mettre poser placer installer établir créer fonder construire bâtir fabriquer produire réaliser
    effectuer accomplir exécuter organiser préparer diriger gérer piloter présider commander tête
    responsable dirigeant dirigeante chef patron patronne directeur président représentant membre élu
    autorité pouvoir servir utiliser employer recourir user permettre autoriser empêcher interdire éviter
    aider contribuer participer part travailler agir intervenir occuper traiter concerner toucher viser
    consacrer relever dépendre reposer tourner figurer inclure contenir réserver ajouter compléter
    augmenter accroître croître progresser grimper bondir renforcer améliorer développer étendre élargir
    multiplier doubler accélérer réduire diminuer baisser reculer chuter tomber limiter ralentir affaiblir
    dépasser atteindre franchir approcher avoisiner élever totaliser représenter constituer former
    composer coûter valoir chiffrer payer verser financer dépenser hausse augmentation progression
    croissance essor baisse recul chute diminution réduction niveau taux nombre chiffre montant total
    somme quantité dizaine vingtaine centaine millier moitié tiers quart majorité minorité plupart
    ensemble reste grand grande petit gros gras important majeur essentiel principal central fort faible
    haut bas long court large étroit nouveau nouvelle neuf récent ancien jeune vieux bon mauvais meilleur
    pire beau vrai faux réel certain sûr possible probable nécessaire utile difficile facile simple
    compliqué délicat grave sérieux lourd léger vif net clair précis concret direct rapide lent vite
    rapidement lentement prochain dernier premier futur actuel présent passé ultérieur initial final
    définitif provisoire durable permanent entier complet plein vide seul unique commun général
    particulier spécial différent semblable égal pareil même divers nombreux rare fréquent habituel normal
    public privé local national international mondial propre libre ouvert fermé prêt capable favorable
    opposé contraire opposer opposition accord désaccord entente soutien appui aide secours service besoin
    manque absence présence existence situation condition état contexte cadre circonstance conjoncture
    problème difficulté crise obstacle solution issue sortie moyen façon manière mode sorte type genre
    forme ligne voie chemin route pas côté bord face sens lieu endroit place site zone secteur région
    territoire terrain pays nation ville commune quartier rue centre maison bâtiment salle bureau monde
    planète terre sol homme femme enfant personne gens habitant population peuple foule famille proche ami
    groupe équipe camp partie partenaire organisation organisme institution structure entreprise société
    association réunion rencontre entretien échange discussion débat dialogue négociation conférence
    rendez-vous visite voyage déplacement séjour événement fait histoire récit information annonce
    déclaration rapport étude enquête document texte livre article presse journaliste média journal vote
    voter adopter adoption décision choix règle loi droit travail emploi poste métier tâche mission rôle
    fonction carrière expérience formation vie mort naissance vivre mourir naître décéder succomber tuer
    blesser malade santé corps main œil cœur force puissance armée militaire soldat arme conflit guerre
    paix combat attaque argent euro dollar prix coût budget dépense fonds moyens ressource revenu recette
    valeur marché produit vente vendre acheter achat client offre demande production recherche technique
    système méthode outil appareil matériel objet chose élément détail aspect trait caractère nature
    qualité défaut risque danger menace sécurité peur crainte espoir confiance doute satisfaction intérêt
    attention surprise succès réussite échec victoire défaite réussir échouer remporter battre dominer
    imposer emporter vaincre parvenir tenter essayer efforcer tâcher nécessiter falloir obliger
    contraindre forcer devoir plaire aimer apprécier déplaire déplorer dater remonter situer dérouler
    survenir éclater disparaître supprimer enlever retirer ôter lever couper casser détruire abîmer tirer
    pousser jeter signer nommer désigner élire charger porte-parole titre nom surnom baptiser intituler
    numéro signe marque trace preuve prouver démontrer confirmer vérifier contrôler surveiller examiner
    analyser analyse étudier évaluer mesurer comparer comparaison différence écart avance retard avancer
    retarder reporter attente espérance perspective avenir hier demain aujourd'hui maintenant actuellement
    récemment bientôt prochainement longtemps souvent parfois rarement toujours déjà encore environ près
    presque quasiment seulement uniquement également aussi surtout notamment particulièrement finalement
    enfin ensuite puis auparavant ultérieurement nettement largement fortement fermement vivement
    clairement officiellement simplement avant après quant revanche autre chaque tour rang ordre série
    liste fois coup cours marge occasion lors
"""


@lru_cache(maxsize=1)
def _stems() -> frozenset[str]:
    return frozenset(map(stem, _WORDS.split()))


@lru_cache(maxsize=1)
def _said() -> frozenset[str]:
    return frozenset(fold(" ".join(SPEECH)).split())


def is_generic(folded: str) -> bool:
    """Of a folded word. A verb of speech counts in its own forms only: `applaudissements` is none of `applaudir`."""
    return folded in _said() or stem(folded) in _stems()
