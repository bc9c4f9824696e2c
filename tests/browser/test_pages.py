"""Every page in both themes and both widths: no complaint of the policy, nothing cut off, axe without a violation."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from debtboard.domain.queries.wording import visible
from debtboard.models import Component, Finding, FlagUpload, Membership, Role, Team, ToolResult, ToolUpload
from tests.browser.conftest import VENDOR
from tests.debtboard.factories import EVIL_NAMES

PAGES = (
    "/",
    "/?debts=all",
    "/teams/team-0/?line=litmus-transitive-closure",
    "/teams/team-1/",
    "/components/{fraud}/",
    "/components/{stale}/",
    "/components/{plain}/",
    "/components/{waiting}/",
    "/components/{fraud}/debts/glue-code/",
    "/components/{fraud}/opened/rubric/",
    "/components/{fraud}/opened/litmus-newcomer-speed/",
    "/components/{fraud}/weeks/rubric/",
    "/components/{fraud}/findings/?order=file",
    "/components/{fraud}/other-tools/",
    "/components/{fraud}/other-tools/{result}/",
    "/components/{fraud}/debts/defect-long-method/",
    "/findings/{finding}/",
    "/catalogue/",
    "/catalogue/fixed-thresholds/",
    "/catalogue/litmus-newcomer-speed/",
    "/catalogue/data-1/",
    "/catalogue/combine-3-upstream-inputs/",
    "/scans/",
    "/settings/",
    "/settings/repositories/new/",
    "/settings/repositories/import/",
    "/settings/components/{fraud}/",
    "/settings/people/",
    "/accounts/password/",
)


@pytest.fixture
def addresses(board) -> list[str]:
    named = {component.name: component.public_id for component in board.components}
    finding = Finding.objects.filter(component=board.components[0]).first().public_id
    Membership.objects.filter(person=board.alice, team=board.teams[0]).update(role=Role.ADMIN)
    result = _handed_over(board.components[0])
    FlagUpload.objects.create(
        component=board.components[0], system="LaunchDarkly", flags=12, document="{}", uploaded_at=timezone.now()
    )
    return [
        address.format(
            fraud=named["fraud-scoring"],
            stale=named["ticket-router"],
            plain=named["etl-helpers"],
            waiting=named["query-intent"],
            finding=finding,
            result=result,
        )
        for address in PAGES
    ]


def _handed_over(component: Component) -> int:
    """What two tools said, one of them long ago; the number of a result."""
    for key, days in (("ruff", 1), ("pylint", 40)):
        upload = ToolUpload.objects.create(
            component=component,
            key=key,
            tool=key,
            version="1.2.3",
            commit="f" * 40,
            commit_said=False,
            ran_at=timezone.now() - timedelta(days=days),
            digest="0" * 16,
            taken=2,
            debts=[["", 1], ["defect-long-method", 1]],
            left_out=[["no file of this commit", 3]],
        )
        for debt in ("", "defect-long-method"):
            said = {
                "rule": "C901",
                "level": "error",
                "path": "train/fit.py",
                "message": "`fit` is too complex (11 > 10)",
            }
            result = ToolResult.objects.create(upload=upload, debt=debt, line=7, end_line=7, **said)
    return result.pk


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_page_holds_axe_and_its_width(visitor, addresses, width, theme):
    visitor.page.emulate_media(color_scheme=theme)
    visitor.page.set_viewport_size({"width": width, "height": 900})
    axe = (VENDOR / "axe.min.js").read_text(encoding="utf-8")
    found = []
    for address in addresses:
        page = visitor.open(address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{address}: wider than {width}")
        page.evaluate(axe)
        told = page.evaluate("axe.run({resultTypes: ['violations']})")
        found += [
            f"{address}: {rule['id']} {node['target']}" for rule in told["violations"] for node in rule["nodes"][:3]
        ]
    assert found == []


def test_sign_in_page_holds_axe(visitor):
    visitor.page.context.clear_cookies()
    page = visitor.open("/accounts/login/")
    page.evaluate((VENDOR / "axe.min.js").read_text(encoding="utf-8"))
    assert page.evaluate("axe.run()")["violations"] == []


def test_arithmetic_opens_in_place(visitor, board):
    page = visitor.open(f"/components/{board.components[0].public_id}/")
    page.get_by_text("Open the arithmetic of Q1").click()
    page.wait_for_selector("#litmus-new-algorithm .db-eq")
    page.get_by_text("Open the 28 tests").click()
    page.wait_for_selector("[aria-label='The 28 tests'] tbody tr:nth-child(28)")
    page.get_by_text("Open the table of weeks").click()
    page.wait_for_selector("[aria-label='Weeks of ML Test Score']")
    before = page.locator(".db-opened .db-sum").count()
    page.locator("a[hx-get*='/debts/']").first.click()
    expect(page.locator(".db-opened .db-sum")).to_have_count(before + 1)


def test_plot_follows_the_theme_switch_and_is_drawn_in_place(visitor, board):
    visitor.page.emulate_media(color_scheme="light")
    page = visitor.open(f"/components/{board.components[0].public_id}/?line=litmus-newcomer-speed")
    tick = page.locator(".db-plot .xtick text").first
    before = tick.evaluate("node => getComputedStyle(node).fill")
    page.locator("#theme").click()
    expect(tick).not_to_have_css("fill", before)
    box = page.locator(".db-plot").bounding_box()
    drawing = page.locator(".db-plot .main-svg").first.bounding_box()
    assert box["y"] - 1 <= drawing["y"] <= box["y"] + box["height"]


def test_plot_is_saved_as_a_picture(visitor, board):
    page = visitor.open(f"/components/{board.components[0].public_id}/")
    for words, ending in (("save as PNG", ".png"), ("save as SVG", ".svg")):
        with page.expect_download() as download:
            page.get_by_text(words).click()
        assert download.value.suggested_filename.endswith(ending)


def test_scan_list_asks_again_while_a_scan_is_open(visitor, board):
    from debtboard.models import Scan

    page = visitor.open("/scans/")
    assert page.get_by_text("0 running, 1 queued").count() == 1
    Scan.objects.filter(status="queued").update(status="cancelled", reason="Cancelled by alice.")
    page.wait_for_selector("h2:has-text('Nothing is running')", timeout=8000)
    assert page.locator("#scans[hx-trigger]").count() == 0


def test_evil_names_are_text_on_every_page(visitor, board, addresses):
    """The DOM shows exactly the name, its control characters as marks; nothing runs."""
    for name, component in zip(EVIL_NAMES, board.components, strict=False):
        Component.objects.filter(pk=component.pk).update(name=name, stale_reason=name)
        Finding.objects.filter(component=component).update(path=name, message=name, symbol=name, remedy=name)
    Team.objects.filter(pk=board.teams[0].pk).update(name=EVIL_NAMES[0])
    for address in addresses:
        visitor.open(address)
    page = visitor.open("/settings/")
    shown = page.locator("tbody th[scope=row] a[href^='/components/']").all_text_contents()
    assert sorted(shown) == sorted(visible(name) for name, _ in zip(EVIL_NAMES, board.components, strict=False))
    for name, component in zip(EVIL_NAMES, board.components, strict=False):
        page = visitor.open(f"/components/{component.public_id}/")
        assert page.locator("h1").text_content().startswith(visible(name))
        assert page.title() == " ".join(f"{visible(name)} · Debtboard".split())
        page = visitor.open(f"/components/{component.public_id}/findings/?order=file")
        heads = page.locator("th[scope=rowgroup] .db-name").all_text_contents()
        assert set(heads) <= {visible(name)}
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


SMALL = """() => [...document.querySelectorAll("a[href], button, select, input, textarea, summary")]
  .filter(node => node.getClientRects().length && !node.closest(".db-skip"))
  .filter(node => !(node.tagName === "A" && node.parentElement.matches("p, figcaption, caption, dd, td, h1, label")
    && node.parentElement.textContent.trim() !== node.textContent.trim()))
  .filter(node => node.getBoundingClientRect().height < 24)
  .map(node => `${node.tagName} ${node.textContent.trim().slice(0, 30)} ${node.getBoundingClientRect().height}`)"""
"""What can be tapped and is lower than 24 pixels; links inside a sentence are let be."""


def test_what_can_be_tapped_is_24_pixels_high(visitor, addresses):
    visitor.page.set_viewport_size({"width": 390, "height": 900})
    found = {address: visitor.open(address).evaluate(SMALL) for address in addresses}
    assert {address: small for address, small in found.items() if small} == {}


def test_table_that_scrolls_sideways_shades_its_edge(visitor, board):
    visitor.page.set_viewport_size({"width": 800, "height": 900})
    page = visitor.open("/")
    table = page.locator(".db-scroll").first
    assert table.evaluate("node => node.scrollWidth > node.clientWidth")
    shade = table.evaluate("node => getComputedStyle(node).backgroundImage.split('linear-gradient').length - 1")
    assert shade == 4
    assert table.evaluate("node => getComputedStyle(node.querySelector('table')).backgroundColor") == "rgba(0, 0, 0, 0)"


def test_field_that_is_refused_is_edged_in_the_bad_colour(visitor, board):
    page = visitor.open("/settings/repositories/new/")
    bad = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--db-bad') !== ''")
    page.locator("#id_address").evaluate("node => node.setAttribute('aria-invalid', 'true')")
    edges = page.locator("#id_address, #id_name").evaluate_all("all => all.map(n => getComputedStyle(n).borderColor)")
    assert (bad, len(set(edges))) == (True, 2)


def test_plot_fits_the_paper(visitor, board):
    page = visitor.open(f"/components/{board.components[0].public_id}/?line=litmus-newcomer-speed")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.wait_for_function("document.querySelector('.db-plot .main-svg').clientWidth <= 703")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    page.wait_for_function("document.querySelector('.db-plot .main-svg').clientWidth > 703")


def test_swap_hands_the_focus_on(visitor, board):
    page = visitor.open(f"/components/{board.components[0].public_id}/")
    for words, label in (("Open the 28 tests", "The 28 tests"), ("Open the table of weeks", "Weeks of ")):
        page.get_by_text(words).focus()
        page.keyboard.press("Enter")
        page.wait_for_function("label => (document.activeElement.ariaLabel || '').startsWith(label)", arg=label)


def test_list_that_asks_again_keeps_the_focus(visitor, board):
    page = visitor.open("/scans/")
    page.locator("button[id^=cancel-]").first.focus()
    held = page.evaluate("document.activeElement.id")
    with page.expect_response(lambda answer: answer.url.endswith("/scans/") or "scans" in answer.url):
        pass
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.id") == held


def test_page_is_walked_by_keyboard_alone(visitor, board):
    """The first stop leads past the navigation, and every stop is seen."""
    page = visitor.open(f"/components/{board.components[0].public_id}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(25):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        shown = page.evaluate("document.activeElement.getClientRects().length > 0")
        assert (outline, shown) == ("solid", True)


def test_page_prints_light_without_what_can_be_pressed(visitor, addresses):
    visitor.page.emulate_media(media="print", color_scheme="dark")
    visitor.page.set_viewport_size({"width": 720, "height": 900})
    for address in addresses:
        page = visitor.open(address)
        page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'dark')")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        for hidden in (".db-top", ".db-foot", ".db-skip", ".db-tabs", ".db-pager"):
            assert page.locator(f"{hidden}:visible").count() == 0
        kept = page.locator(".db-scroll, .db-code").evaluate_all(
            "all => all.map(one => getComputedStyle(one).overflowX)"
        )
        assert set(kept) <= {"visible"}
