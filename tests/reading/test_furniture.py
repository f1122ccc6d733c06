import time

import pytest

from pipeline.reading.blocks import Block
from pipeline.reading.furniture import FURNITURE
from pipeline.reading.strip import strip

PROSE = Block(
    "Le conseil municipal a adopté jeudi soir le budget de la ville, qui prévoit la rénovation de trois écoles et "
    "la construction d’un gymnase, a annoncé le maire devant une salle comble."
)
EXAMPLES = [(item, example) for item in FURNITURE for example in item.examples]
STAYS = [(item, sentence) for item in FURNITURE for sentence in item.stays]


def around(text, item):
    block = Block(text)
    if item.edge == "end" or item.part in {"bottom", "last"}:
        return (PROSE, PROSE, block)
    return (block, PROSE) if item.edge == "start" or item.part in {"top", "above"} else (PROSE, block, PROSE)


@pytest.mark.parametrize(("item", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_every_example_is_removed_and_listed(item, example):
    kept, removed, _ = strip(around(example, item))
    assert removed
    assert all(block.text != example for block in kept)


@pytest.mark.parametrize(("item", "sentence"), STAYS, ids=[sentence for _, sentence in STAYS])
def test_a_sentence_that_looks_alike_stays(item, sentence):
    for blocks in ((PROSE, Block(sentence), PROSE), (Block(sentence), PROSE), (PROSE, Block(sentence))):
        assert strip(blocks)[0] == blocks


@pytest.mark.parametrize(
    "seed",
    [
        "a ",
        "Aa ",
        "publié le ",
        "partager ",
        "1 1 ",
        "Abc Def, ",
        "- ",
        "(",
        "© ",
        "menu ",
        "12 mai 2023 ",
        "AFP/",
        "Par A et ",
    ],
)
def test_no_pattern_takes_long_on_hostile_text(seed):
    text = (seed * 400)[:320] + "!"
    start = time.process_time()
    strip((PROSE, Block(text), PROSE))
    assert time.process_time() - start < 10


def test_a_box_ends_where_the_next_subhead_begins():
    blocks = (
        PROSE,
        Block("Lire aussi"),
        Block("Impôts locaux : ce qui change dans le département", near=True),
        Block("À Vieux-Bourg, la cantine gratuite fait débat", near=True),
        Block("Une dette qui inquiète"),
        PROSE,
    )
    kept, removed, _ = strip(blocks)
    assert [block.text for block in kept] == [PROSE.text, "Une dette qui inquiète", PROSE.text]
    assert len(removed) == 3


def test_all_after_the_head_of_the_comments_is_theirs():
    kept, removed, _ = strip((PROSE, PROSE, PROSE, Block("2 commentaires"), Block("Bob : bravo"), PROSE))
    assert len(kept) == 3
    assert {removal.why for removal in removed} == {"readers' comments"}


def test_reactions_may_be_a_subhead_of_the_article():
    blocks = (PROSE, PROSE, PROSE, Block("Réactions"), PROSE)
    assert strip(blocks)[0] == blocks


def test_the_credit_is_read_off_what_goes():
    blocks = (
        Block("Par Claire Morel"),
        Block("Publié le 2 mai 2024, mis à jour le 3 mai 2024"),
        PROSE,
        Block("© 2024 AFP"),
    )
    credit = strip(blocks)[2]
    assert (credit.author, credit.date, credit.publisher) == ("Claire Morel", "2 mai 2024", "AFP")


@pytest.mark.parametrize(
    ("head", "place", "agency"),
    [
        ("Washington (AFP) – ", "Washington", "AFP"),
        ("JAKARTA - ", "Jakarta", None),
        ("PARIS, 12 mai (Reuters) - ", "Paris", "Reuters"),
        ("Genève, le 3 mai 2024 – ", "Genève", None),
        ("Kiev, Ukraine (AP) — ", "Kiev, Ukraine", "AP"),
    ],
)
def test_a_dateline_goes_to_the_credit(head, place, agency):
    kept, removed, credit = strip((Block(head + PROSE.text), PROSE))
    assert kept[0] == PROSE
    assert [removal.why for removal in removed] == ["dateline"]
    assert (credit.place, credit.publisher) == (place, agency)
