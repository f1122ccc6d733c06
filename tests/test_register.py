from pipeline.register import Register


def entry(slug, title="Un titre", description="Une description.", keyphrase="aide à l’Ukraine", writer="m"):
    return {
        "slug": slug,
        "page_title": title,
        "description": description,
        "keyphrase": keyphrase,
        "writer": writer,
    }


def test_case_accents_and_signs_do_not_tell_two_titles_apart():
    others = Register.of([entry("a", title="La Grève, à Lyon !")]).without(["b"])
    assert others.sharing("title", "la greve a lyon") == ["a"]
    assert others.sharing("description", "la greve a lyon") == []


def test_forms_and_order_do_not_tell_two_keyphrases_apart():
    others = Register.of([entry("a", keyphrase="aides aux Ukrainiens")]).without([])
    assert others.sharing("keyphrase", "Ukraine : l’aide") == ["a"]


def test_a_piece_is_not_told_of_itself_nor_of_working_drafts():
    register = Register.of([entry("a"), entry("b"), entry("c", writer="offline")])
    assert register.without(["a"]).sharing("title", "Un titre") == ["b"]


def test_a_piece_written_again_is_known_by_its_new_words_alone():
    register = Register.of([entry("a", title="Avant")])
    register.put(entry("a", title="Après"))
    assert register.without([]).sharing("title", "Avant") == []
    assert register.without([]).sharing("title", "Après") == ["a"]
    register.forget("a")
    assert register.known == {}


def test_what_is_empty_is_shared_with_nobody():
    register = Register.of([entry("a", title="", keyphrase="de la"), {}])
    assert register.without([]).sharing("title", "") == []
    assert register.without([]).sharing("keyphrase", "du") == []


def test_what_is_sent_to_another_process_is_only_what_a_piece_shares():
    others = Register.of(entry(f"p{n}", title=f"Titre {n}") for n in range(1000)).without(["p1"])
    near = others.about("Titre 7", "Autre chose.", "grève")
    assert len(near.register.known) == 1
    assert near.sharing("title", "titre 7 !") == others.sharing("title", "titre 7 !") == ["p7"]
