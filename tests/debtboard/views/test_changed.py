"""What came and what was fixed: a list by weeks, and the same as a CSV that a spreadsheet can't be fooled by."""

import csv
import io
from datetime import timedelta

import pytest

from debtboard.models import Finding, Person
from tests.debtboard import factories
from tests.debtboard.answers import Shape
from tests.debtboard.views.test_states import text_of


@pytest.fixture
def component(make_board):
    """Six findings, all of the first week; three are moved in time below."""
    return make_board(shapes=(Shape("alpha", 0, findings=6),), weeks=8).components[0]


@pytest.fixture
def told(component, client):
    """One came yesterday, one came back three weeks ago, one was fixed yesterday, one was fixed long ago."""
    client.force_login(Person.objects.get(username="alice"))
    new, back, fixed, long_gone, *_ = findings = list(Finding.objects.filter(component=component).order_by("pk"))
    names = ("new", "back", "fixed", "long-gone", "old", "old")
    for finding, name in zip(findings, names, strict=True):
        Finding.objects.filter(pk=finding.pk).update(
            message=f"It is {name}.", path=f"{name}.py", line=7, debt="glue-code", signal="glu.4", severity=3
        )
    yesterday, weeks_ago = factories.NOW - timedelta(days=1), factories.NOW - timedelta(days=20)
    Finding.objects.filter(component=component).update(first_seen_at=component.snapshots.order_by("as_of")[0].as_of)
    Finding.objects.filter(pk=new.pk).update(first_seen_at=yesterday)
    Finding.objects.filter(pk=back.pk).update(reopened_at=weeks_ago, state="reopened")
    gone = {"present": False, "state": "fixed"}
    Finding.objects.filter(pk=fixed.pk).update(fixed_at=yesterday, **gone)
    Finding.objects.filter(pk=long_gone.pk).update(fixed_at=factories.NOW - timedelta(days=90), **gone)
    return f"/components/{component.public_id}"


def names(client, address: str) -> list[str]:
    text = text_of(client.get(address))
    return [name for name in ("new", "back", "fixed", "long-gone", "old") if f"It is {name}." in text]


def rows_of(client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ("", ["new", "back", "old"]),
        ("odd", ["new", "back", "old"]),
        ("new-2", ["new"]),
        ("new-4", ["new", "back"]),
        ("fixed-2", ["fixed"]),
        ("fixed-4", ["fixed"]),
    ],
)
@pytest.mark.parametrize("order", ["debt", "file"])
def test_list_holds_what_changed_and_nothing_else(client, told, changed, shown, order):
    assert names(client, f"{told}/findings/?changed={changed}&order={order}") == shown
    listed = {row["path"] for row in rows_of(client, f"{told}/findings.csv?changed={changed}&order={order}")}
    assert listed == {f"{name}.py" for name in shown}


def test_what_the_first_week_has_is_never_new(client, component):
    """Registered today: all of it was there before, for all that is known."""
    client.force_login(Person.objects.get(username="alice"))
    first = component.snapshots.order_by("as_of")[0]
    component.snapshots.exclude(pk=component.current_id).exclude(pk=first.pk).update(week_latest=False)
    first.as_of = factories.NOW - timedelta(days=2)
    component.snapshots.filter(pk=first.pk).update(as_of=first.as_of)
    component.snapshots.exclude(pk=first.pk).update(as_of=factories.NOW)
    Finding.objects.filter(component=component).update(first_seen_at=first.as_of)
    text = text_of(client.get(f"/components/{component.public_id}/findings/?changed=new-2"))
    assert "Nothing is new this week or last." in text


def test_list_says_what_it_holds_and_how_to_leave_it(client, told):
    text = text_of(client.get(f"{told}/findings/?changed=new-4"))
    assert "2 of 4 open findings new in 4 weeks." in text
    assert "clear the filter: new in 4 weeks" in text
    text = text_of(client.get(f"{told}/findings/?changed=fixed-2"))
    assert ("1 finding fixed this week or last." in text, "fixed 1 day ago" in text) == (True, True)
    assert "Nothing is fixed in 4 weeks of low." in text_of(
        client.get(f"{told}/findings/?changed=fixed-4&severity=low")
    )


def test_filter_by_time_stays_in_the_form_and_in_the_csv(client, told):
    html = client.get(f"{told}/findings/?changed=new-4&severity=high").content.decode()
    assert '<input type="hidden" name="changed" value="new-4">' in html
    assert f'href="{told}/findings.csv?severity=high&amp;changed=new-4"' in html


def test_csv_holds_all_pages_and_whole_links(client, make_board, settings):
    settings.BASE_URL = ""
    made = make_board(shapes=(Shape("alpha", 0, findings=120),), weeks=3)
    component = made.components[0]
    client.force_login(made.alice)
    rows = rows_of(client, f"/components/{component.public_id}/findings.csv")
    known = {f"http://testserver/findings/{finding.public_id}/" for finding in Finding.objects.all()}
    assert {row["link"] for row in rows} == known
    assert len(rows) == 120
    assert client.get(f"/components/{component.public_id}/findings.csv").headers["Content-Disposition"] == (
        'attachment; filename="alpha-findings.csv"'
    )


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_cell_of_a_csv_is_no_formula(client, told, begin):
    Finding.objects.update(message=f"{begin}HYPERLINK(1)", symbol=f"{begin}1")
    for row in rows_of(client, f"{told}/findings.csv"):
        assert row["what was found"].startswith("'")
        assert row["symbol"].startswith("'")


def test_csv_masks_what_looks_like_a_secret(client, told):
    Finding.objects.update(message="The key 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY' is fixed.")
    assert {row["what was found"] for row in rows_of(client, f"{told}/findings.csv")} == {
        "The key '••••••••' is fixed."
    }


def test_stranger_gets_no_csv(client, make_board):
    made = make_board(shapes=(Shape("alpha", 0, findings=3),), weeks=2)
    client.force_login(made.charlie)
    assert client.get(f"/components/{made.components[0].public_id}/findings.csv").status_code == 404


def test_debt_is_handed_over_with_its_own_csv(client, told):
    html = client.get(f"{told}/debts/glue-code/?changed=new-4").content.decode()
    assert f'href="{told}/findings.csv?debt=glue-code&amp;changed=new-4"' in html


def test_finding_says_its_whole_link(client, told, settings):
    settings.BASE_URL = ""
    finding = Finding.objects.filter(path="new.py").get()
    assert (
        f"http://testserver/findings/{finding.public_id}/"
        in client.get(f"/findings/{finding.public_id}/").content.decode()
    )
    settings.BASE_URL = "https://debt.example.org"
    assert f"https://debt.example.org/findings/{finding.public_id}/" in (
        client.get(f"/findings/{finding.public_id}/").content.decode()
    )
