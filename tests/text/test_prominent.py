from pipeline.text.prominent import coverage, prominent

SOURCE = (
    "Le sommet de Vilnius parle des munitions. Les munitions manquent au sommet. Vilnius attend ; la Suède aussi, "
    "la Suède patiente. Jean annonce une annonce."
)


def test_the_terms_a_source_says_twice_are_prominent_and_the_words_of_telling_are_not():
    words = [t.word for t in prominent((SOURCE,))]
    assert set(words) == {"sommet", "Vilnius", "munitions", "Suède"}


def test_what_related_articles_say_too_weighs_more():
    alone = {t.word: t.weight for t in prominent((SOURCE,))}
    beside = {t.word: t.weight for t in prominent((SOURCE, "Des munitions, encore des munitions."))}
    assert beside["munitions"] / alone["munitions"] > beside["Suède"] / alone["Suède"]


def test_coverage_goes_from_nothing_to_all():
    terms = prominent((SOURCE,))
    assert coverage(terms, [SOURCE]) == (1.0, ())
    share, left_out = coverage(terms, ["Il pleut."])
    assert (share, left_out) == (0.0, terms)
    share, left_out = coverage(terms, ["Le sommet de Vilnius manque de munitions."])
    assert 0.5 < share < 1
    assert [t.word for t in left_out] == ["Suède"]


def test_a_source_that_repeats_nothing_asks_for_nothing():
    assert prominent(("Il pleut à Lyon.",)) == ()
    assert coverage((), ["Il pleut."]) == (1.0, ())
