import pytest

from pipeline.errors import MarbreError, UsageError
from pipeline.sources.targets import items_of, paths_beside
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
