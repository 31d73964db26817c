"""The submit form: what it writes is loaded by the catalog, whatever is typed into it."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from catalog.model.records import Paper
from catalog.store.load import load
from tests.web import sites

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

REPOSITORY = "https://github.com/Jianglin954/Representation-Alignment-Survey"
SECTION = "alignment-metrics"
LIST = f"""survey: {{title: Things}}
sections: [{{id: {SECTION}, title: Metrics}}, {{id: vision-foundation-models, title: Vision}}]
venues: {{CVPR: {{kind: conference}}}}
papers: []
"""
ODD = (
    "no", "Null", "~", "12:30", "2401.10000", "0o17", "1e3", "2024-01-01", "=1+1", ".inf",
    "Aligning: things # and more", "- things", "? things", "things:", "* & ! | > % @ ` things",
    "{things: [1, 2]}", "!!python/object:os.system things", "&anchor *alias", "<<: things",
    """"Quoted" and 'quoted' things""", "back\\slash \\n \\u0041", "things'", '"things', "'", "…",
    "<script>window.injected = 1</script><img src=x onerror=window.injected=1>", "a & b &amp; c",
    "“Typographic” — things’ $O(n^2)$ 100%", "日本語の題名", "Ünïcödé ℝ 𝔸 👩‍💻 e\u0301",
    "right\u202eto left\u200b and\u00ad\u2028more\ufeff", "tab\tand\u00a0space  twice",
    "lone \ud800 half",
    "%YAML 1.2", "--- things ...", "things " * 60,
)  # fmt: skip
CLEANED = {
    "right\u202eto left\u200b and\u00ad\u2028more\ufeff": "right to left and more",
    "tab\tand\u00a0space  twice": "tab and space twice",
    "lone \ud800 half": "lone half",
    "Ünïcödé ℝ 𝔸 👩\u200d💻 e\u0301": "Ünïcödé ℝ 𝔸 👩\u200d💻 é",
}


@pytest.fixture
def form(page: Page, base: str) -> Page:
    """The submit page."""
    page.goto(f"{base}submit/")
    expect(page.locator("#cat-form")).to_be_visible()
    return page


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A list with the sections and venues that are chosen here, and a folder for its papers."""
    (tmp_path / "papers.yaml").write_text(LIST, encoding="utf-8")
    (tmp_path / "papers").mkdir()
    return tmp_path


def type_in(page: Page, field: str, text: str) -> None:
    """Set a field as a paste does; a lone half of a pair cannot pass the browser's protocol."""
    units = [ord(unit) for unit in text] if "\ud800" in text else None
    page.locator(f"#cat-{field}").evaluate(
        """(field, [text, units]) => {
            field.value = units ? String.fromCharCode(...units) : text;
            field.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        ["" if units else text, units],
    )


def read_link(page: Page) -> tuple[str, str]:
    """Return path and text of the file that the link to GitHub makes."""
    address = page.locator("#cat-open").get_attribute("href")
    assert address is not None, page.locator("#cat-entry-state").inner_text()
    assert address.startswith(f"{REPOSITORY}/new/main?filename=papers%2F")
    asked = parse_qs(urlsplit(address).query, strict_parsing=True)
    return asked["filename"][0], asked["value"][0]


def load_entry(project: Path, path: str, text: str) -> Paper:
    """Load the list with the entry, of which nothing may be wrong, and return it."""
    file = project / path
    assert file.parent == project / "papers"
    file.write_text(text, encoding="utf-8", newline="")
    loaded = load(project)
    assert not loaded.findings
    assert loaded.catalog is not None
    file.unlink()
    return loaded.catalog.paper_by_key[file.stem]


def test_whatever_is_typed_becomes_an_entry_that_loads(form: Page, project: Path) -> None:
    type_in(form, "year", "2024")
    form.locator(f"#cat-form input[value={SECTION}]").check()
    for text in ODD:
        author = re.sub(r"[,;{}]", "", text)
        type_in(form, "title", text)
        type_in(form, "authors", f"Ada Éxample\n{author}")
        path, yaml = read_link(form)
        assert form.locator("#cat-entry-yaml").evaluate("code => code.textContent") == yaml
        paper = load_entry(project, path, yaml)
        title = CLEANED.get(text, text).strip()
        assert paper.title == title, yaml
        assert paper.key.startswith("example2024")
        if not re.fullmatch(r"\W*", author) and text not in CLEANED:
            # `and` and `&` between spaces part the names of two people, as in the importer.
            names = [name.replace(" ", "") for name in re.split(r"\s(?:and|&)\s", author)]
            assert [name.display.replace(" ", "") for name in paper.authors[1:]] == names, yaml
    assert form.evaluate("window.injected") is None


def test_every_field_comes_to_the_list(form: Page, project: Path) -> None:
    type_in(form, "names", "arXiv: 2401.10000v3, https://doi.org/10.1000/A_b https://example.org/a")
    type_in(form, "title", "On Things")
    type_in(form, "authors", "van der Berg, Carla\n{The Things Team}\nJane Doe\net al.")
    form.get_by_label("Venue").select_option("CVPR")
    type_in(form, "year", " 2024 ")
    form.get_by_text("Links: PDF, code, project page").click()
    type_in(form, "link-code", "https://example.org/code?a=1&b=[2]#c")
    form.get_by_label("Vision Foundation Models").check()
    form.locator(f"#cat-form input[value={SECTION}]").check()
    path, yaml = read_link(form)
    paper = load_entry(project, path, yaml)
    assert path == "papers/vanderberg2024things.yaml"
    assert [name.display for name in paper.authors] == [
        "Carla van der Berg", "The Things Team", "Jane Doe",
    ]  # fmt: skip
    assert paper.authors[1].literal == "The Things Team"
    assert paper.more_authors
    assert (paper.venue, paper.year) == ("CVPR", 2024)
    assert (paper.arxiv, paper.doi) == ("2401.10000", "10.1000/A_b")
    assert paper.links == {
        "page": "https://example.org/a", "code": "https://example.org/code?a=1&b=[2]#c",
    }  # fmt: skip
    assert paper.sections == ("vision-foundation-models", SECTION)


def test_long_bylines_are_for_pasting(form: Page) -> None:
    form.locator(f"#cat-form input[value={SECTION}]").check()
    type_in(form, "title", "Things")
    type_in(form, "authors", "\n".join(f"Author{n} Example{n}" for n in range(400)))
    expect(form.locator("#cat-entry-state")).to_contain_text("too long for a link")
    address = str(form.locator("#cat-open").get_attribute("href"))
    assert address == f"{REPOSITORY}/new/main?filename=papers%2Fexample0things.yaml"
    form.locator(".cat-entry").get_by_role("button", name="Copy").click()
    expect(form.get_by_text("Copied", exact=True)).to_be_visible()
    copied = form.evaluate("navigator.clipboard.readText()")
    assert copied.count("  - Author") == 400


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("names", "https://arxiv.org/pdf/1512.03385v1", "has this address"),
        ("title", "deep residual learning for image-recognition", "has this title"),
        ("title", "Deep Residual Learning for Images Recognition", "has a similar title"),
    ],
)
def test_a_paper_that_is_in_the_list_is_shown(form: Page, field: str, text: str, why: str) -> None:
    form.locator(f"#cat-{field}").fill(text)
    alike = form.locator("#cat-alike")
    expect(alike).to_contain_text("Deep Residual Learning for Image Recognition")
    expect(alike).to_contain_text(why)
    form.locator(f"#cat-{field}").fill("")
    expect(alike).to_be_empty()
    form.locator(f"#cat-{field}").fill(text)
    alike.get_by_role("link").click()
    expect(form).to_have_url(re.compile(r"/papers/he2016deep/$"))


def test_a_key_that_is_taken_gets_a_number(form: Page) -> None:
    form.locator("#cat-authors").fill("Kaiming He")
    form.locator("#cat-year").fill("2016")
    form.locator("#cat-title").fill("Deep Things")
    expect(form.locator("#cat-entry-file")).to_have_text("papers/he2016deep-2.yaml")


def test_what_is_wrong_is_said_at_its_field(form: Page) -> None:
    form.locator("#cat-names").fill("representation")
    form.locator("#cat-authors").fill("a, b, c, d")
    form.locator("#cat-year").fill("20")
    for field in ("names", "authors", "year"):
        box = form.locator(f"#cat-{field}")
        expect(box).to_have_attribute("aria-invalid", "true")
        expect(form.locator(f"#cat-{field}-problem")).not_to_be_empty()
    expect(form.locator("#cat-open")).not_to_have_attribute("href", re.compile("."))
    expect(form.locator("#cat-entry-state")).to_have_text(
        "Still needed: the title, the authors and a section."
    )


def test_an_identifier_is_enough_for_an_issue(form: Page) -> None:
    form.locator("#cat-names").fill("2401.10000")
    expect(form.locator(".cat-entry__other")).to_contain_text("An identifier is enough")
    address = str(form.locator("#cat-issue").get_attribute("href"))
    asked = parse_qs(urlsplit(address).query)
    assert address.startswith(f"{REPOSITORY}/issues/new?")
    assert asked["template"] == ["paper.yml"]
    assert asked["paper"] == ["2401.10000"]


def test_the_form_is_filled_in_by_keyboard_alone(form: Page) -> None:
    form.locator("#cat-names").focus()
    form.keyboard.type("2401.10000")
    # The identifier alone is enough: its link comes first.
    form.keyboard.press("Tab")
    expect(form.locator("#cat-quick")).to_be_focused()
    form.keyboard.press("Tab")
    form.keyboard.type("Things to Align")
    form.keyboard.press("Tab")
    form.keyboard.type("Ada Example")
    form.keyboard.press("Tab")
    form.keyboard.type("CV")
    form.keyboard.press("Tab")
    form.keyboard.type("2024")
    form.keyboard.press("Enter")
    form.keyboard.press("Tab")
    form.keyboard.press("Space")
    path, yaml = read_link(form)
    assert path == "papers/example2024things.yaml"
    assert "venue: CVPR" in yaml
    for _ in range(30):
        form.keyboard.press("Tab")
        if form.evaluate("document.activeElement.id") == "cat-open":
            return
    raise AssertionError("Tab never comes to the link")


def test_facets_of_the_list_are_asked_for(chromium: Browser, invented_base: str) -> None:
    page = chromium.new_page()
    page.goto(f"{invented_base}submit/")
    box = page.locator("#cat-form input[data-facet]").first
    facet, value = box.get_attribute("data-facet"), box.get_attribute("value")
    box.check()
    expect(page.locator("#cat-entry-yaml")).to_contain_text(f"facets:\n  {facet}: [{value}]")
    page.close()


def test_without_scripts_the_page_says_how_to_do_it_by_hand(chromium: Browser, base: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}submit/")
    expect(page.locator("#cat-form")).to_be_hidden()
    link = page.get_by_role("link", name="Create a file in the folder papers on GitHub")
    expect(link).to_have_attribute("href", f"{REPOSITORY}/new/main/papers")
    expect(page.get_by_text("key: doe2024things")).to_be_visible()
    context.close()


def test_nothing_is_named_before_it_is_known(form: Page) -> None:
    file = form.locator(".cat-entry__file")
    expect(file).to_be_hidden()
    expect(form.locator("#cat-entry-yaml")).to_be_empty()
    entry = form.get_by_role("region", name="The entry as YAML")
    expect(entry).to_have_count(0)  # no empty box, and nothing there for the keyboard
    form.clock.set_fixed_time("2024-05-31T12:00:00Z")
    form.locator("#cat-names").fill("2401.10000")
    expect(form.locator("#cat-entry-yaml")).to_have_text(
        'arxiv: "2401.10000"\nadded: "2024-05-31"\n'
    )
    expect(entry).to_be_visible()
    expect(file).to_be_hidden()
    form.locator("#cat-authors").fill("Ada Example")
    expect(file).to_have_text("New file papers/example.yaml")


def test_the_example_is_that_of_the_readme(form: Page) -> None:
    example = form.get_by_text("key: doe2024things").inner_text()
    sections = "sections: [foundation-models]"
    assert sections in example
    assert sections in (sites.ROOT / "README.md").read_text(encoding="utf-8")


def test_a_list_that_names_no_place_to_send_papers_says_so(
    chromium: Browser, empty_base: str, base: str
) -> None:
    page = chromium.new_page()
    note = page.get_by_text("The list does not say yet where papers are sent")
    for address in ("submit/", "health/"):
        page.goto(base + address)
        expect(note).to_be_hidden()
        page.goto(empty_base + address)
        expect(note).to_contain_text("links: {repository: https://github.com/OWNER/REPOSITORY}")
    page.goto(f"{empty_base}submit/")
    expect(page.locator(".cat-entry")).to_contain_text("Nothing leaves this page.")
    for missing in ("these links", "GitHub then", "pull request says"):
        expect(page.get_by_text(missing)).to_have_count(0)
    page.close()


def test_what_is_typed_survives_a_reload_and_can_be_cleared(form: Page) -> None:
    type_in(form, "title", "On Things")
    form.locator(f"#cat-form input[value={SECTION}]").check()
    form.reload()
    expect(form.locator("#cat-title")).to_have_value("On Things")
    expect(form.locator(f"#cat-form input[value={SECTION}]")).to_be_checked()
    expect(form.locator("#cat-entry-yaml")).to_contain_text("On Things")
    form.get_by_role("button", name="Clear the form").click()
    form.reload()
    expect(form.locator("#cat-title")).to_have_value("")


def test_an_identifier_alone_is_the_first_way(form: Page) -> None:
    first = form.locator("#cat-form :is(input, textarea, select)").first
    expect(first).to_have_id("cat-names")
    quick = form.locator("#cat-quick")
    assert quick.get_attribute("href") is None
    type_in(form, "names", "nothing known")
    assert quick.get_attribute("href") is None
    type_in(form, "names", "https://arxiv.org/abs/2401.10000")
    asked = parse_qs(urlsplit(quick.get_attribute("href") or "").query)
    assert asked["template"] == ["paper.yml"]
    assert asked["paper"] == ["https://arxiv.org/abs/2401.10000"]
