import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.syllables import count, number

KNOWN = {
    1: """le la les de des un une et que qui ce est sont quatre peuple ville mille fille nuit huit lui puis suis fruit
    bruit pluie truite tuile maire pied bien rien lion vieux yeux œil œuf cœur sœur eau eaux août paon Jean temps corps Lloyd
    rue vue vie voie aient soient peuvent doivent disent font parlent aiment mangent oui Louis route trois cinq longue
    langue guerre vingt monde comme elle grande jeune vient tient lent vent cent""",
    2: """parler maison nation passion radio chapeau travail soleil fauteuil travaille famille billet brillant juillet
    payer voyage crayon pays théâtre créer naïve maïs Noël haïr client crier plier actuel cruel souvent moment décident
    comment argent parent talent content annoncent demandent affirment réclament parlaient Ukraine Russie gouvernent
    quartier premier janvier matin mangeons bourgeois pigeon guitare musique paiement vraiment septembre expliquent
    étaient avaient""",
    3: """président février ouvrier oublier aérien poésie étudiant réunion document élément accident égoïste
    mosaïque samedi maintenant industrie aujourd’hui réussir obéir récemment notamment développent représentent
    extérieur influence remercier paysage ministère conséquent situation""",
    4: """européen européenne américain événement économie gouvernement réalité propriété initiative industriel
    démocratie information administrer intelligence population remerciement""",
    5: """université investissement extraordinaire international développement coopération ambiguïté communication organisation
    administration""",
    6: """responsabilité particulièrement""",
    7: """internationalement""",
}


@pytest.mark.parametrize(("word", "syllables"), [(w, n) for n, words in KNOWN.items() for w in words.split()])
def test_words_have_the_syllables_a_careful_reader_says(word, syllables):
    assert count(word) == syllables


def test_the_list_is_long_enough_to_mean_something():
    assert sum(len(words.split()) for words in KNOWN.values()) >= 190


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("l’Ukraine", 2),
        ("L’Otan", 2),
        ("D'après", 2),
        ("qu’il", 1),
        ("jusqu’à", 2),
        ("lorsqu’elle", 2),
        ("d’abord,", 2),
        ("«\u00a0Jamais", 2),
        ("porte-parole", 3),
        ("dit-elle.", 2),
        ("a-t-il", 2),
    ],
)
def test_elided_and_compound_words_are_counted_by_their_parts(word, syllables):
    assert count(word) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("12", 1),
        ("17", 2),
        ("21", 3),
        ("71", 4),
        ("80", 3),
        ("99", 5),
        ("100", 1),
        ("325", 4),
        ("2022", 4),
        ("12\u202f000", 2),
        ("1.234.567", 13),
        ("3,5", 4),
        ("10\u00a0%", 3),
        ("12\u00a0€", 3),
        ("1er", 2),
        ("75e", 4),
        ("XXIe", 4),
        ("G7", 2),
        ("OTAN", 2),
        ("ONU", 2),
        ("SNCF", 4),
        ("PIB", 3),
        ("M.", 2),
        ("n°\u00a05", 4),
        ("etc.", 4),
    ],
)
def test_figures_sigles_and_abbreviations_are_read_aloud(word, syllables):
    assert count(word) == syllables


@pytest.mark.parametrize(
    ("one", "other"),
    [("moment", "dorment"), ("parent", "parlent"), ("content", "comptent"), ("argent", "rangent")],
)
def test_ent_is_said_in_nouns_and_mute_in_verbs(one, other):
    assert (count(one), count(other)) == (2, 1)


def test_a_number_is_the_sum_of_what_is_said():
    assert number(1_000_000) == 3
    assert number(2_000_000_000) == 3
    assert number(1000) == 1


@given(st.text(max_size=40))
def test_whatever_holds_a_letter_or_a_figure_has_a_syllable(word):
    assert count(word) >= any(c.isalnum() for c in word)
    assert count(word) <= 6 * len(word)


def test_a_word_of_a_million_letters_is_counted_in_linear_time():
    assert count("a" * 1_000_000) > 0
    assert count("9" * 1_000_000) > 0
