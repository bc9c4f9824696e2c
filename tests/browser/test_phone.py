"""On a phone (390 pixels) rows are cards and what is secondary is folded; on paper nothing is cut off."""

from debtboard.models import Finding

LABELLED = (
    "/",
    "/teams/team-0/",
    "/components/{fraud}/",
    "/components/{fraud}/findings/",
    "/components/{fraud}/opened/rubric/",
    "/settings/",
    "/scans/",
    "/catalogue/fixed-thresholds/",
)


def test_row_of_a_wide_table_is_a_card_inside_the_screen(visitor, board):
    """At 390 nothing of it has to be scrolled for, and a cell says what its column said."""
    visitor.page.set_viewport_size({"width": 390, "height": 900})
    for address in LABELLED:
        page = visitor.open(address.format(fraud=board.components[0].public_id))
        table = page.locator(".db-stack").first
        assert table.evaluate("node => node.parentElement.scrollWidth <= node.parentElement.clientWidth"), address
        cell = table.locator("td[data-label]").first
        assert cell.evaluate("node => getComputedStyle(node, '::before').content") != "none", address


def test_figure_of_the_heat_table_stands_beside_the_name_of_its_debt_at_390(visitor, board):
    visitor.page.set_viewport_size({"width": 390, "height": 900})
    page = visitor.open("/")
    cell, link = page.locator(".db-heat tbody td:has(a)").first, page.locator(".db-heat tbody td a").first
    whole, figure = cell.bounding_box(), link.bounding_box()
    assert abs(whole["x"] + whole["width"] - figure["x"] - figure["width"]) < 2
    assert (figure["width"] < 60, figure["height"] >= 24) == (True, True)
    assert cell.evaluate("node => getComputedStyle(node, '::before').content.length") > 8


SIDEWAYS = """() => [...document.querySelectorAll(".db-scroll")]
  .filter(node => node.clientWidth && node.scrollWidth > node.clientWidth + 1).map(node => node.ariaLabel)"""
LEADS = ("/", "/teams/team-0/", "/components/{fraud}/", "/components/{fraud}/debts/glue-code/", "/scans/")


def test_no_table_of_a_lead_scrolls_sideways_at_390(visitor, board):
    """Opened folds too."""
    visitor.page.set_viewport_size({"width": 390, "height": 900})
    found = {}
    for address in LEADS:
        page = visitor.open(address.format(fraud=board.components[0].public_id))
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        found[address] = page.evaluate(SIDEWAYS)
    assert {address: labels for address, labels in found.items() if labels} == {}


def test_what_is_secondary_on_the_page_of_a_component_is_folded(visitor, board):
    """What to do first stands open at the top; practices, single signals and the arithmetic open on demand."""
    visitor.page.set_viewport_size({"width": 390, "height": 900})
    page = visitor.open(f"/components/{board.components[0].public_id}/")
    assert page.locator("main section h2").first.text_content() == "What to do first"
    folds = page.locator("main details")
    assert (folds.count() >= 4, page.locator("main details[open]").count()) == (True, 0)
    summary = page.locator("section:has(#h-8) summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("main details[open]").count() == 1


WIDER = """width => [...document.querySelectorAll("main *")]
  .filter(node => !node.closest("svg") && node.getBoundingClientRect().right > width + 1)
  .map(node => `${node.tagName} ${node.className}`)"""
PAPER = 703
"""Pixels between the margins of an A4 page."""


def test_nothing_of_a_lead_is_cut_off_on_paper(visitor, board):
    """A sheet can't be scrolled sideways."""
    visitor.page.set_viewport_size({"width": PAPER, "height": 900})
    visitor.page.emulate_media(media="print")
    finding = Finding.objects.filter(component=board.components[0]).first()
    found = {}
    for address in (*LEADS, "/components/{fraud}/findings/", f"/findings/{finding.public_id}/"):
        page = visitor.open(address.format(fraud=board.components[0].public_id))
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.wait_for_timeout(200)
        found[address] = page.evaluate(WIDER, PAPER)[:3]
    assert {address: wide for address, wide in found.items() if wide} == {}
