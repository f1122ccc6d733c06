import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.sentences import sentences

# A bar stands at every end of a sentence. One paragraph a line.
CORPUS = {
    "agency": """
Le président de la République, Emmanuel Macron, a reçu mardi M. Scholz à l’Élysée. | « Nous avons une responsabilité commune », a-t-il déclaré à la presse. | La rencontre a duré 2 h 30. | Mme von der Leyen était attendue mercredi.
Selon l’Insee, l’inflation a reculé à 2,3 % sur un an en sept. 2024, contre 2.6 % en août. | Le Dr J.-P. Morel, économiste, juge ce chiffre « encourageant ». | « Est-ce durable ? » s’interroge-t-il toutefois.
Trois personnes ont été blessées à St. Louis, aux U.S.A., selon la police. | Le suspect, âgé de 34 ans, a été arrêté vers 14 h 30. | Il devait être présenté à un juge jeudi. | L’enquête a été confiée au lt. Harris.
L’entreprise a réalisé un chiffre d’affaires de 1.234.567 euros. | Son concurrent, Apple Inc. a publié ses comptes lundi. | Le titre a perdu 3,5 % à la Bourse de Paris. | 12 000 salariés sont concernés.
« Jamais ! » a lancé Mme Le Pen. | « Le pays mérite mieux. » | Puis elle a quitté la salle. | M. Le Maire, lui, n’a pas réagi.
La réunion, prévue à 10 h., a été reportée à 11 h. | Les syndicats (CGT, FO, CFDT, etc.) ont dénoncé une « provocation ». | L’intersyndicale appelle à manifester le 12 oct. prochain.
L’ONU a condamné l’attaque. | « C’est un crime. | Un crime de guerre ! », s’est indigné A. Guterres. | Washington n’a pas commenté… | Moscou non plus.
Environ 4 000 hab. ont été évacués. | Le maire, J. Le Goff, a remercié les secours. | Un numéro vert, le 0 800 12 34 56, a été ouvert. | Le préfet a promis « une réponse rapide […] et humaine » aux sinistrés.
Le général De Villiers, ex-chef d’état-major, s’est exprimé sur R.T.L. | Il a salué « l’effort. | Un effort durable » consenti par l’armée. | Les 27 se réuniront le 3 nov. à Bruxelles. | Les discussions porteront sur l’art. 7.
« Est-ce la fin ? | La fin de tout ? », demandait hier J.-L. Mélenchon. | « Non ! | Pas encore ! » a rétorqué Mme Faure. | D’après l’A.F.P., 3.400 personnes ont défilé (2.900 selon la police). | La foule a crié : « Liberté ! | Liberté ! »
Le P.-D.G. Carlos Tavares a démissionné. | Le titre a perdu 4 %. | Le groupe compte 250 000 salariés dans le monde, dont env. 45 000 en France. | Aucun licenciement n’est prévu, assure la direction…
""",
    "interview": """
Vous avez 40 ans. | Que retenez-vous ? | Beaucoup de choses… | D’abord la peur. | Ensuite, le rire !
« Je ne voulais pas. | Mon frère, si. » | Il sourit. | « On m’a dit : “Vas-y !” et j’y suis allé. » | Elle se souvient d’un mot de sa mère : « Ne recule jamais. »
– Tu viens ? | – Non. | – Pourquoi ? | – Parce que.
Et le vainqueur est… Paul ! | Non mais… vous plaisantez ? | Je me suis dit : quoi ? moi ? | Franchement, c’était… comment dire… étrange.
J’ai lu « Qui a peur de Virginia Woolf ? » à quinze ans. | Ensuite j’ai découvert J.R.R. Tolkien, J. K. Rowling et T. S. Eliot. | Ça change une vie. | (Il marque une pause.) | Bref, voilà.
Quand il a crié « Au feu ! », personne n’a bougé. | Personne ! | Nous étions sept. | Puis six. | La mer était calme, c’est tout ce que je sais de la mer. | Après, ce fut le jeu. | Et l’art. | Surtout l’art.
« Vous savez, M. X. | Personne ne le connaît », plaisante-t-il. | Plus tard, il ajoute (à voix basse !) que tout est faux. | Vraiment tout ?!
“C’est dur, mais on tient”, dit-elle. | "On verra bien." | Elle hausse les épaules. | "Et puis zut !" lâche son mari.
Qui êtes-vous, au fond ? | (Rires.) | Un homme. | Un simple homme, qui doute… et qui aime ça !
« Mon père m’a dit : “Tu seras médecin.” | Je suis devenu chanteur. » | Il allume une cigarette, l’éteint. | « Et alors ? » | Rien, justement.
Vous dites souvent « C’est la vie ! ». | Pourquoi ? | Parce que c’est… la vie. | J’ai connu Ph. Starck en 82. | Il était déjà fou.
""",
    "legal": """
Aux termes de l’art. L. 122-5 du code de la propriété intellectuelle, l’auteur ne peut interdire les courtes citations. | L’art. 49 al. 3 s’applique. | Voir aussi l’art. R. 412-7 et la p. 12 du rapport.
Art. 1. Le présent règlement s’applique aux usagers. | Art. 2. Il entre en vigueur le 1er janv. 2025. | Le délai court à compter de sa publication au J.O. | Il est de deux mois.
La société S.A. Dupont & Cie, sise 12, av. Foch, 75016 Paris, est immatriculée au R.C.S. de Paris. | Tél. : 01 23 45 67 89. | Directeur de la publication : M. A. Martin. | Contact : contact@dupont.fr.
Les données (nom, prénom, adresse, etc.) sont conservées trois ans. | Vous pouvez écrire à dpo@dupont.example.fr ou consulter www.dupont.fr/donnees. | Le responsable répond sous un mois, c.-à-d. trente jours. | Au-delà, saisissez la Cnil.
1. Télécharger le fichier contrat_v2.pdf. | 2. Le signer. | 3. Le renvoyer à Me Durand, 3 bd St. Michel, apr. relecture.
Cf. Cass. civ. 1re, 5 nov. 1993, n° 92-14.444. | La cour a jugé, p. ex. Paris en 2010, que l’exception ne jouait pas. | Ce point (v. infra, chap. 3) reste discuté. | L’arrêt du 12 févr. 2008 va dans ce sens.
Le vol. 2 traite du droit romain, de 753 av. J.-C. à 476 apr. J.-C. | César meurt en 44 av. J.-C. | Les textes, eux, restent. | Cf. Gaius, éd. 1894, t. 1, pp. 12-14. | Le vol. | Puis la fuite.
En application de l’art. 1240 du C. civ., tout fait quelconque de l’homme oblige à réparation. | V. aussi Cass. soc., 12 janv. 2011. | Le code de commerce (art. L. 441-10 et s.) fixe les délais. | Le taux est de 3 fois l’intérêt légal.
Éditeur : S.A.R.L. Les Jardins du Lac, 4 pl. St. Pierre, 74000 Annecy. | Capital : 10.000 €. | Hébergeur : OVH, 2 rue Kellermann. | Le présent site (ci-après « le Site ») est la propriété de l’Éditeur.
Chapitre II. Des obligations du vendeur. | Article 12. Le vendeur livre la chose. | Il en répond. | N.B. : les délais s’entendent en jours ouvrés.
""",
    "sport": """
Score final : 3-1. | Les Bleus ont souffert ! | Mbappé a ouvert le score à la 12e min. | Giroud a doublé la mise à la 45e. | Quel match !
Le peloton a franchi le col. | Pogacar a attaqué à 3,5 km. | Il a couru le 100 m. | Son record ? | 9 s 98. | Temps final : 4 h 12 min 3 s. | Le reste suit à plus de 2 min.
Le F.C. Nantes affrontera l’A.S. Monaco samedi. | L’O.M. est 2e. | Rennes est 3e, à 4 pts. | Le coach mise sur un plan B. | Ce sera tendu…
« On a été nuls ! » | « Non, on a eu peur. » | Deux avis, un vestiaire. | Le capitaine : « Il faut réagir. | Vite. » | Réponse dimanche.
Elle saute 1,98 m. | Record battu ! | Sa rivale (USA !) n’a pas suivi. | Les 20 000 spectateurs (et quels spectateurs !) ont exulté. | En Ligue A. | Marseille reste dernier.
Le vélo pèse 6.8 kg. | C’est peu. | Victoire 6-4, 3-6, 7-6. | Gasquet quitte le court. | Le public, lui, reste : « Richard ! | Richard ! » | L’arbitre sourit.
Ils étaient dix. | Ils ont tenu. | « On n’a rien lâché ! », savoure D. Deschamps. | La VAR a tranché : penalty. | Merci la VAR. | Griezmann transforme.
Victoire à l’arraché (3-2 a.p.). | Le P.S.G. jouera sa finale le 1er juin. | Premier set, 6-3. | Le deuxième ? | Un calvaire. | L’écart : 12 s. | Pinot est 4e.
Elle a couru 42,195 km en 2 h 21 min 4 s. | À l’arrivée, pas un mot. | St. Étienne l’attendait. | La mer. | Le vent. | Et puis rien…
""",
    "blog": """
Coucou les amis ! 😊 | Aujourd’hui, on parle de Node.js et d’ASP.NET. | Vous êtes prêts ? 🚀 | Alors c’est parti !!! | Pour info, j’utilise la v. 3.11.2 de Python.
Étape 1. Ouvrez le menu. | Étape 2. Cliquez sur « OK ». | Et voilà ! :) | Rien de plus simple, non ? ;-) | Rendez-vous sur www.monblog.fr pour la suite.
L’iPhone 15 est sorti. | iPadOS aussi. | Prix : 1.299 €. | C’est cher ? | Oui… mais c’est beau ! | Et ça marche (enfin, presque…).
La vitamine C. | On en parle partout. | J’en prends 2 g. par jour. | Résultat ?|Je dors mieux.| Et vous ? | Dites-moi tout en commentaire, par mail, sur X, etc. | Je réponds à tous !
J’adore le fromage : le brie, le comté, etc. | C’est mon péché mignon. | Mon frère, lui, préfère le sucré ; moi, non. | On est en 2024.|Il serait temps de changer. | Qui a dit « jamais » ?
J’ai testé pour vous le n° 1 du marché. | Verdict : bof. | Le son ? | Moyen. | L’image ? | Superbe !
Le Dr. Martin le dit : « Buvez ! » | Facile à dire. | Bref… | On se retrouve lundi à 9 a.m. pour le live. | D’ici là, portez-vous bien.[1] | Et n’oubliez pas l’appli Yahoo! Mail. | Bisous ❤️ | À bientôt !
Hello ! 👋 | Ici Léa. | Mon ex. | Parlons-en. | Il m’a plaquée le 14 févr. dernier, sympa non ? 😅 | Depuis, je vis ma vie, j’ai pris un chat, un abonnement à la salle, etc. | Bilan : zéro regret.
Voici ma recette : 1. Battre les œufs. | 2. Ajouter 200 g. de farine. | 3. Cuire 30 min. | C’est prêt ! | Régalez-vous 😋 | Et partagez vos photos sur insta.com/lea_cuisine.
Mon score ? | 12/20. | Pas mal… | Non ? | Le Dr House aurait dit : « Tout le monde ment. » | Moi je dis : testez ! | Télécharge l’app. sur ton tel., ouvre-la et c’est tout. | Merci à vous ❤️
""",
}


def cut(text):
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il vient. Elle part.", ["Il vient.", "Elle part."]),
        ("M. Dupont vient. Mme Leroy part.", ["M. Dupont vient.", "Mme Leroy part."]),
        ("« Jamais ! » a-t-il lancé. Puis il part.", ["« Jamais ! » a-t-il lancé.", "Puis il part."]),
        ("Il pèse 3.5 kg. C’est peu.", ["Il pèse 3.5 kg.", "C’est peu."]),
        ("J. Stoltenberg parle… Puis il part.", ["J. Stoltenberg parle…", "Puis il part."]),
        ("L’art. 49 s’applique. Le vote suit.", ["L’art. 49 s’applique.", "Le vote suit."]),
        ("Il cite « tout. », puis part. Fin.", ["Il cite « tout. », puis part.", "Fin."]),
        ("« Une phrase. Une autre. » Il se tait.", ["« Une phrase.", "Une autre. »", "Il se tait."]),
        ("Viendra-t-il ? Oui ! Peut-être…", ["Viendra-t-il ?", "Oui !", "Peut-être…"]),
        ("Des chars, etc. Puis rien.", ["Des chars, etc.", "Puis rien."]),
        ("Sans point final", ["Sans point final"]),
        ("Il part. [1] Elle reste.", ["Il part. [1]", "Elle reste."]),
        ("Il part […] Elle reste.", ["Il part […] Elle reste."]),
        ("Un mot\nsuit. La ligne\nfinit.", ["Un mot\nsuit.", "La ligne\nfinit."]),
        ("Un titre\n\nUn texte.", ["Un titre", "Un texte."]),
        ("Il crie « Stop ! ». Puis il part.", ["Il crie « Stop ! ».", "Puis il part."]),
        ('Il part. "Je reviens."', ["Il part.", '"Je reviens."']),
        ("Voir www.Le-site.fr.Il est sûr.", ["Voir www.Le-site.fr.Il est sûr."]),
        ("C’est fini.Elle part.", ["C’est fini.", "Elle part."]),
        ("Il en reste 12. Puis rien.", ["Il en reste 12.", "Puis rien."]),
        ("Plan : 1. Faire. 2. Dire.", ["Plan : 1. Faire.", "2. Dire."]),
        ("La VAR. Puis rien.", ["La VAR.", "Puis rien."]),
        ("**Fini.** Puis rien.", ["**Fini.**", "Puis rien."]),
    ],
)
def test_french_sentences_end_where_a_reader_stops(text, expected):
    assert cut(text) == expected


@given(st.text(alphabet='aÀ .!?…«»”")\u00a0\n’1M', max_size=60))
def test_no_letter_is_lost_between_sentences(text):
    kept = "".join(cut(text))
    assert "".join(kept.split()) == "".join(text.split())


@given(st.text())
def test_spans_are_in_order_and_inside_the_text(text):
    end = 0
    for start, stop in sentences(text):
        assert end <= start < stop <= len(text)
        end = stop


def _ends(pieces):
    """How many visible characters stand before each end but the last."""
    lengths = [len("".join(piece.split())) for piece in pieces]
    return {sum(lengths[: i + 1]) for i in range(len(lengths) - 1)}


@pytest.mark.parametrize("style", CORPUS)
def test_ends_are_found_and_nothing_else_in_five_styles(style):
    right = wrong = missed = 0
    for paragraph in CORPUS[style].strip().splitlines():
        expected = _ends(paragraph.split("|"))
        found = _ends(cut(re.sub(" +", " ", paragraph.replace("|", ""))))
        right += len(expected & found)
        wrong += len(found - expected)
        missed += len(expected - found)
    assert right / (right + wrong) >= 0.97
    assert right / (right + missed) >= 0.99


def test_the_corpus_has_at_least_150_sentences():
    assert sum(text.count("|") + text.strip().count("\n") + 1 for text in CORPUS.values()) > 250


FRENCH = st.lists(
    st.sampled_from(
        "M. Dupont n° art. L. 122-5 etc. J.-C. U.S.A. av. apr. p. ex. c.-à-d. « » “ ” ( ) […] … ! ? . : – 3.5 1.234 Il "
        'Le Goff puis Puis www.x.fr a@b.fr note.pdf 14 h 30. 😀 \n \n\n 1. II. Étape 2. mer. vol. *gras* " ’ ;'.split(
            " "
        )
    ),
    max_size=25,
).map(" ".join)


@given(FRENCH)
def test_nothing_is_lost_in_french_shaped_text(text):
    assert "".join("".join(cut(text)).split()) == "".join(text.split())


@given(FRENCH)
def test_a_sentence_alone_is_one_sentence(text):
    for piece in cut(text):
        assert cut(piece) == [piece]


@pytest.mark.parametrize("unit", ["a!) A", "M. ", "A.", "😀", "(", ' "', "1. ", "\n ", "Le.Le", "[…]", "… "])
def test_hostile_text_takes_linear_time(unit):
    spans = sentences(unit * (200_000 // len(unit)))
    assert all(start < end for start, end in spans)
