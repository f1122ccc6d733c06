import pytest

from pipeline.errors import MarbreError, UsageError
from pipeline.sources.targets import items_of, paths_beside
from pipeline.sources.visitor import Manners, Visitor
from tests.sources.site import PROSE, answer, page


def feed(*items):
    return answer(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>J</title>'
        + "".join(items)
        + "</channel></rss>",
        Content_Type="application/rss+xml",
    )


def item(link, html=""):
    whole = f"<content:encoded><![CDATA[{html}]]></content:encoded>" if html else ""
    return f"<item><title>T</title><link>{link}</link>{whole}</item>"


@pytest.fixture
def found(tmp_path, visitor):
    def find(*targets):
        told: list[str] = []
        return list(items_of(targets, tmp_path / "outputs", visitor, told.append)), told

    return find


def failure(one):
    with pytest.raises(MarbreError) as caught:
        one.read()
    return caught.value.code


def test_each_article_of_a_feed_is_a_source(site, found):
    site.pages |= {"/feed": feed(item("/a"), item("/b")), "/a": page(), "/b": page()}
    items, told = found(site.url + "/feed")
    assert [i.ref for i in items] == [i.key for i in items] == [site.url + "/a", site.url + "/b"]
    assert items[0].read().visit.through == "page"
    assert told == []


@pytest.mark.parametrize(
    "served", [answer(status=403), answer(status=500), answer("x", Content_Type="image/png")]
)
def test_a_feed_s_own_text_stands_in_for_a_page_that_cannot_be_read(site, found, served):
    site.pages |= {"/feed": feed(item("/a", PROSE * 3)), "/a": served}
    source = found(site.url + "/feed")[0][0].read()
    assert "Nîmes" in source.text
    assert (source.visit.through, bool(source.visit.why)) == ("feed", True)


def test_it_stands_in_for_a_page_that_robots_txt_forbids(site, found):
    site.pages |= {
        "/robots.txt": answer("User-agent: *\nDisallow: /a"),
        "/feed": feed(item("/a", PROSE * 3)),
        "/a": page(),
    }
    assert found(site.url + "/feed")[0][0].read().visit.through == "feed"
    assert "/a" not in site.paths


def test_it_does_not_stand_in_for_a_page_whose_publisher_reserves_it(site, found):
    site.pages |= {"/feed": feed(item("/a", PROSE * 3)), "/a": page(tdm_reservation="1")}
    assert failure(found(site.url + "/feed")[0][0]) == "tdm_reserved"


@pytest.mark.parametrize(
    ("pages", "sign"),
    [
        ({"/a": answer(status=403, tdm_reservation="1")}, "header tdm-reservation"),
        ({"/a": answer(status=403, X_Robots_Tag="noai")}, "header X-Robots-Tag"),
        ({"/robots.txt": answer("User-agent: *\nDisallow: /a")}, "tdmrep.json"),
        ({"/a": answer(status=404)}, "tdmrep.json"),
        ({"/a": answer("x", Content_Type="image/png")}, "tdmrep.json"),
    ],
)
def test_nor_for_one_that_cannot_be_read_and_is_reserved(site, found, pages, sign):
    """The reservation is about the work, wherever its text is taken from."""
    site.pages |= {"/feed": feed(item("/a", PROSE * 3)), **pages}
    if sign == "tdmrep.json":
        site.pages["/.well-known/tdmrep.json"] = answer('[{"location": "/a", "tdm-reservation": 1}]')
    (one,), _ = found(site.url + "/feed")
    with pytest.raises(MarbreError, match=sign) as caught:
        one.read()
    assert caught.value.code == "tdm_reserved"


def test_with_a_licence_what_the_feed_gives_is_read_and_the_reservation_recorded(site, tmp_path):
    site.pages |= {"/feed": feed(item("/a", PROSE * 3)), "/a": answer(status=403, tdm_reservation="1")}
    visitor = Visitor(Manners((f"127.0.0.1:{site.port}",), tdm="record", pause=0, timeout=5))
    (one,) = items_of([site.url + "/feed"], tmp_path, visitor, print)
    visit = one.read().visit
    assert visit is not None
    assert (visit.through, visit.reserved) == ("feed", ("header tdm-reservation",))
    assert f"{site.url}/feed" in visit.why


def test_who_an_address_is_asked_as_is_told_and_kept_nowhere(site, found, tmp_path):
    login = site.url.replace("http://", "http://anne:s3cret@")
    site.pages |= {
        "/feed": feed(item("/a"), item("b"), item(f"{login}/c")),
        "/a": page(),
        "/none": answer(status=404),
        "/robots.txt": answer("User-agent: *\nDisallow: /b"),
    }
    (tmp_path / "list.txt").write_text(f"{login}/d\nhttp://anne:s3cret@/\n")
    items, told = found(f"{login}/feed", f"{login}/none", f"{login}/b", f"@{tmp_path}/list.txt")
    assert [i.ref for i in items] == [i.key for i in items]
    assert [i.ref.removeprefix(site.url) for i in items] == ["/a", "/b", "/c", "/none", "/d"]
    assert "s3cret" not in repr(items[0].read()) + str(told)
    for one in items[1:]:
        with pytest.raises(MarbreError) as caught:
            one.read()
        assert "s3cret" not in str(caught.value)


def test_a_folder_below_that_of_the_pieces_is_told_and_not_passed_over(found, tmp_path):
    inside = tmp_path / "outputs/in"
    inside.mkdir(parents=True)
    with pytest.raises(UsageError) as caught:
        found(str(inside))
    assert caught.value.code == "same_folder"


def test_a_feed_that_is_reserved_is_left_alone(site, found):
    site.pages["/feed"] = answer(feed(item("/a", PROSE * 3)).partition(b"\r\n\r\n")[2], tdm_reservation="1")
    (one,), _ = found(site.url + "/feed")
    assert failure(one) == "tdm_reserved"


def test_a_page_without_a_text_in_its_feed_fails_as_it_is(site, found):
    site.pages["/feed"] = feed(item("/a"))
    assert failure(found(site.url + "/feed")[0][0]) == "fetch_failed"


def test_the_sitemaps_of_an_index_are_read_one_after_the_other(site, found):
    site.pages |= {
        "/index.xml": answer("<sitemapindex><sitemap><loc>/1.xml</loc></sitemap><sitemap><loc>/none.xml</loc></sitemap></sitemapindex>"),
        "/1.xml": answer("<urlset><url><loc>/a</loc></url></urlset>"),
    }  # fmt: skip
    items, _ = found(site.url + "/index.xml")
    assert [i.ref for i in items] == [site.url + "/a", site.url + "/none.xml"]
    assert failure(items[1]) == "fetch_failed"


def test_an_index_that_names_itself_comes_to_an_end(site, found):
    site.pages["/i.xml"] = answer("<sitemapindex><sitemap><loc>/i.xml</loc></sitemap></sitemapindex>")
    items, told = found(site.url + "/i.xml")
    assert items == []
    assert "too deep" in told[0]


def test_an_address_of_no_feed_is_a_source_that_fails(site, found):
    site.pages["/"] = page()
    (one,), _ = found(site.url + "/")
    assert failure(one) == "no_list"


def test_targets_follow_one_another_each_source_once(site, found, tmp_path):
    (tmp_path / "seeds").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "seeds" / name).write_text("x")
    (tmp_path / "list.txt").write_text(f"{site.url}/x\nrien\n{site.url}/x\n")
    items, told = found(str(tmp_path / "seeds"), str(tmp_path / "seeds/a.txt"), f"@{tmp_path}/list.txt")
    assert [i.ref.rsplit("/", 1)[-1] for i in items] == ["a.txt", "b.txt", "x"]
    assert "1 entries without an address" in told[0]


def test_only_folders_give_background(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    given = (str(tmp_path), str(tmp_path / "a.txt"), "@list.txt", "https://journal.example/")
    assert list(paths_beside(given, tmp_path / "outputs")) == [tmp_path / "a.txt"]


@pytest.mark.parametrize("target", ["none", "@none.txt", "ftp://journal.example/feed"])
def test_a_target_that_is_not_there_is_told_before_anything_is_read(site, found, target):
    with pytest.raises(UsageError):
        found(site.url + "/feed", target)
    assert site.asked == []


def test_a_private_target_fails_as_a_source(found):
    (one,), _ = found("http://169.254.169.254/feed.xml")
    assert failure(one) == "private_address"
