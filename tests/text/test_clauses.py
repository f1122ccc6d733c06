import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.clause_verbs import DUE, EXPECTED, FUTURE, PAST, POSSIBLE, PRESENT
from pipeline.text.clauses import read
from pipeline.text.opposites import poles, turned
from pipeline.text.verb_forms import ending_tense, root


def seats(sentence):
    return [
        (c.verb.root, [p.head for p in c.subjects], [p.head for p in c.objects])
        for c in read(sentence).clauses
    ]


def denied(sentence):
    return [w.text for w in read(sentence).words if w.denied]


@pytest.mark.parametrize(
    "forms",
    [
        "valider valide validé validera validation validaient",
        "reprendre reprend repris reprise reprendra reprenait",
        "vendre vendu vend vente vendra vendues",
        "obtenir obtenu obtient obtiendra obtenait",
        "interdire interdit interdite interdiction interdira",
        "recevoir reçoit reçu reçue recevra recevait",
        "diminuer diminue diminué diminuera",
        "transmettre transmet transmis transmission",
    ],
)
def test_the_forms_of_a_verb_share_a_root(forms):
    assert len({root(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("montrer", "monter"), ("visite", "voir"), ("vite", "vivre")],
)
def test_words_that_only_look_alike_do_not(one, other):
    assert root(one) != root(other)


@pytest.mark.parametrize(
    ("word", "tense"),
    [
        ("prendra", "future"), ("fermeront", "future"), ("prendrait", "conditional"), ("fermerait", "conditional"),
        ("montrait", "past"), ("espérait", "past"), ("fermait", "past"), ("opéra", None), ("souhait", None),
    ],
)  # fmt: skip
def test_an_ending_tells_the_tense(word, tense):
    assert ending_tense(word) == tense


def test_a_passive_is_turned_round():
    assert seats("Le maire a condamné la grève.") == [("condamn", ["mair"], ["grev"])]
    assert seats("La grève a été condamnée par le maire.") == [("condamn", ["mair"], ["grev"])]


def test_a_name_and_its_apposition_are_both_the_subject():
    assert seats("L’entraîneur, Luc Daviet, a critiqué l’arbitre.")[0][1] == ["entrain", "daviet"]


def test_a_relative_clause_takes_its_antecedent_for_subject():
    assert seats("Un homme qui a vendu sa maison.")[0][1] == ["homm"]


def test_the_subject_of_an_incise_follows_it():
    assert seats("« Nous viendrons », a promis le maire.")[-1][1] == ["mair"]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Il n’a pas signé l’accord.", ["signé"]),
        ("Il ne pourra plus jouer.", ["jouer"]),
        ("Aucun blessé n’est signalé.", ["signalé"]),
        ("Elle refuse de signer.", ["signer"]),
        ("Elle ne refuse pas de signer.", ["refuse"]),
        ("Il est parti sans manteau.", ["manteau"]),
        ("Il n’a coupé que deux pages.", []),
        ("C’est plus cher.", []),
    ],
)
def test_what_is_denied(sentence, words):
    assert denied(sentence) == words


@pytest.mark.parametrize(
    ("sentence", "mood"),
    [
        ("Le club pourrait signer.", POSSIBLE),
        ("Le club signerait l’accord.", POSSIBLE),
        ("Le club aurait signé l’accord.", POSSIBLE),
        ("Le club devrait signer.", EXPECTED),
        ("Le club doit signer.", DUE),
        ("Le club s’est engagé à signer.", DUE),
        ("Le club signera.", FUTURE),
        ("Elle dit que le club signerait.", FUTURE),
        ("Le club signe un accord.", PRESENT),
        ("Le club a signé.", PAST),
    ],
)
def test_how_far_a_sentence_vouches_for_its_verb(sentence, mood):
    assert [v.mood for v in read(sentence).verbs if v.root == "sign"] == [mood]


def test_a_negative_prefix_is_taken_off():
    assert turned("insuffisant") == "suffisant"
    assert turned("intention") is None
    assert turned("parc") is None


def test_the_sides_of_an_axis_share_no_word():
    assert {axis for axis, _ in poles(root("hausse"))} & {axis for axis, _ in poles(root("baisse"))}
    for word in ("hausse", "accepter", "ouvrir", "nord", "gagner", "public"):
        axes = [axis for axis, _ in poles(root(word))]
        assert len(axes) == len(set(axes))


@given(st.text(alphabet="abcé ’'\"«».,;:()-–0123nepasquàdet\n", max_size=400))
def test_any_text_is_read_without_a_fault_and_in_order(text):
    reading = read(text)
    assert [w.start for w in reading.words] == sorted(w.start for w in reading.words)
    assert all(text[w.start : w.end] == w.text for w in reading.words)
    assert all(0 <= v.first <= v.at < v.last <= len(reading.words) for v in reading.verbs)
    assert all(p.first < p.last <= len(reading.words) for p in reading.phrases)
