"""What every state says: empty, first scan, stale, failed, blind, no ML code, nothing open, many."""

import re

from django.test import Client

from debtboard.models import Component, Finding, Point, Ruler, Scan, Snapshot
from tests.debtboard import factories
from tests.debtboard.answers import Shape


def text_of(answer) -> str:
    """The page without its markup, white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().replace("<wbr>", "")).split())


def page_of(client, board, name: str) -> str:
    component = next(component for component in board.components if component.name == name)
    return text_of(client.get(f"/components/{component.public_id}/"))


def test_empty_board_says_what_is_missing_and_what_to_do(client, make_board):
    made = make_board(shapes=())
    client.force_login(made.alice)
    text = text_of(client.get("/"))
    assert "No repository is registered yet." in text
    assert "Nothing is registered." in text
    assert "Register a repository" in text
    assert "Lines moved in 4 weeks" not in text
    assert "No component belongs to this team." in text_of(client.get("/teams/team-0/"))
    assert "No scan yet." in text_of(client.get("/scans/"))


def test_person_without_a_team_is_told_so(client, board):
    client.force_login(board.charlie)
    text = text_of(client.get("/"))
    assert "No team is yours yet" in text
    assert "Register a repository" not in text


def test_admin_of_an_empty_board_may_register(client, make_board):
    made = make_board(shapes=())
    made.charlie.is_superuser = True
    made.charlie.save()
    for team in made.teams:
        team.delete()
    client.force_login(made.charlie)
    text = text_of(client.get("/"))
    assert ("Register a repository" in text, "No repository is registered yet." in text) == (True, True)


def test_first_scan_stands_as_a_whole_hatch(as_alice, board):
    component = board.components[-1]
    answer = as_alice.get(f"/components/{component.public_id}/")
    text = text_of(answer)
    assert "Nothing is known yet" in text
    assert "The first scan is queued." in text
    assert answer.content.decode().count("Bad 0, unseen 100, good 0 of 100.") == 5
    assert f'hx-get="/components/{component.public_id}/progress/?bare=1"' in answer.content.decode()


def test_running_scan_says_its_progress_in_units(as_alice, board):
    component = board.components[-1]
    Scan.objects.filter(component=component).update(
        status="running", phase="history", files_done=80, files_total=160, weeks_done=34, weeks_total=104
    )
    text = text_of(as_alice.get(f"/components/{component.public_id}/progress/"))
    assert text == "The first scan is running: reading the past. 80 of 160 files; 34 of 104 weeks, newest first"
    assert "1 running" in text_of(as_alice.get("/scans/"))


def test_first_figures_are_offered_while_the_past_is_still_read(as_alice, board):
    scanned, waiting = board.components[0], board.components[-1]
    address = f"/components/{waiting.public_id}/progress/?bare=1"
    assert "The first figures stand." not in text_of(as_alice.get(address))
    Component.objects.filter(pk=waiting.pk).update(current=scanned.current_id)
    Scan.objects.filter(component=waiting).update(status="running", phase="history", weeks_done=1, weeks_total=104)
    answer = as_alice.get(address)
    assert "The first figures stand. Show them The past is read on meanwhile." in text_of(answer)
    assert f'href="/components/{waiting.public_id}/"' in answer.content.decode()
    assert f'hx-get="{address}"' in answer.content.decode()
    page = as_alice.get(f"/components/{waiting.public_id}/")
    assert "Nothing is known yet" not in text_of(page)
    assert "The first figures stand." not in text_of(page)


def test_progress_stops_asking_once_the_scan_has_ended(as_alice, board):
    answer = as_alice.get(f"/components/{board.components[0].public_id}/progress/")
    assert "hx-get" not in answer.content.decode()
    assert text_of(answer) == "The scan is done. Show the new figures"


def test_failed_first_scan_says_why(as_alice, board):
    component = board.components[-1]
    Scan.objects.filter(component=component).update(status="failed", reason="The host was not found.")
    Component.objects.filter(pk=component.pk).update(stale_since=factories.NOW, stale_reason="The host was not found.")
    text = text_of(as_alice.get(f"/components/{component.public_id}/"))
    assert "The first scan failed. The host was not found. There is no figure yet. Mend it, then scan again." in text


def test_stale_component_keeps_its_figures_and_says_since_when(as_alice, board):
    text = page_of(as_alice, board, "ticket-router")
    assert "Not read for 13 days: The deploy key was revoked" in text
    assert "Figures are those of 9 Nov and have not moved since." in text
    assert "stale since 9 Nov" in text_of(as_alice.get("/"))


def test_component_without_ml_code_says_so(as_alice, board):
    text = page_of(as_alice, board, "etl-helpers")
    assert "No ML code found: the five answers and the ML Test Score do not apply" in text
    assert "The five litmus answers" not in text


def test_component_whose_ml_code_may_be_in_what_went_unread_is_not_said_to_have_none(client, make_board):
    made = make_board(shapes=(Shape("half-read", 0, ml_code=False, undecided=True),))
    client.force_login(made.alice)
    text = page_of(client, made, "half-read")
    assert "No ML code in what was read, and files went unread: no answer and no score is known." in text
    assert "do not apply" not in text


def test_what_this_version_cannot_see_is_a_fact_and_no_failing(as_alice, board):
    text = text_of(as_alice.get("/"))
    assert re.search(r"image-moderation \d+ % seen", text)
    assert ("blind" in text, "This version reads repositories alone" in text) == (False, True)
    assert "Failing, stale 1 of 8 components" in text


def test_nothing_open_says_how_much_was_read(client, make_board):
    made = make_board(shapes=(Shape("calm", 0, findings=0),))
    client.force_login(made.alice)
    assert "Nothing open. 99 % of the files were read." in page_of(client, made, "calm")


def test_board_younger_than_four_weeks_has_nothing_to_compare(client, make_board):
    made = make_board(shapes=(Shape("new", 0),), weeks=3)
    client.force_login(made.alice)
    for address in ("/", "/teams/team-0/"):
        text = text_of(client.get(address))
        assert "othing to compare yet : no component" in text
        assert "moved in 4 weeks." not in text.replace("Lines moved in 4 weeks", "")
    assert "better only where worst fell too" in text_of(client.get("/"))


def test_team_has_one_score_in_its_page_and_on_the_portfolio(client, make_board):
    made = make_board(shapes=(Shape("live", 0), Shape("tried", 0, profile="research")), weeks=6)
    client.force_login(made.alice)
    head = re.search(r"ML Test Score ([\d.]+) of 7", text_of(client.get("/teams/team-0/")))[1]
    row = client.get("/").content.decode().partition('href="/teams/team-0/"')[2]
    assert re.search(r'<td class="n" data-label="ML Test Score"><b>([\d.]+)</b>', row)[1] == head


def test_history_across_rulers_is_not_compared(client, make_board):
    made = make_board(shapes=(Shape("young", 0),), weeks=22)
    client.force_login(made.alice)
    old = Ruler.objects.get(version="2025.4")
    Snapshot.objects.filter(week__lt=factories.NOW.date() - factories.timedelta(weeks=2)).update(ruler=old)
    assert f"ruler {made.components[0].current.ruler.version} is new" in text_of(client.get("/"))


def test_huge_list_of_findings_is_paged(as_alice, board):
    component = board.components[0]
    first = Finding.objects.filter(component=component).first()
    Finding.objects.bulk_create(
        Finding(
            component=component,
            fingerprint=f"big{number}",
            anchor="a",
            signal=first.signal,
            debt=first.debt,
            path=f"src/{number % 7}.py",
            line=number,
            end_line=number,
            message="again",
            severity=1,
            confidence=0.7,
            effort="small",
            first_seen_at=factories.NOW,
            last_seen_at=factories.NOW,
            first_snapshot=first.first_snapshot,
            last_snapshot=first.last_snapshot,
        )
        for number in range(3000)
    )
    answer = as_alice.get(f"/components/{component.public_id}/findings/?order=file&page=3")
    assert f"{3000 + component.current.findings_open:,}"[0] == "3"
    assert answer.content.decode().count('<tr><th scope="row" class="db-place">') == 50
    assert "page 3 of" in text_of(answer)


def test_signing_in_says_what_is_wrong(client, board):
    answer = client.post("/accounts/login/", {"username": "alice", "password": "wrong"})
    assert answer.status_code == 200
    assert "Please enter a correct username and password" in text_of(answer)
    assert client.post("/accounts/login/", {"username": "alice", "password": "a long password"}).status_code == 302


def test_one_time_link_works_once(client, board, settings):
    from debtboard.domain import entering

    link = entering.link_path(board.alice)
    assert "The link works once." in text_of(client.get(link))
    assert client.post(link).url == "/"
    assert Client().get(link).status_code == 410


def test_cancelled_first_scan_is_said_and_scanned_again_from_the_page(as_alice, board):
    component = board.components[-1]
    Scan.objects.filter(component=component).update(status="cancelled", finished_at=factories.NOW)
    answer = as_alice.get(f"/components/{component.public_id}/")
    text = text_of(answer)
    assert "The first scan was cancelled. There is no figure, and none comes before somebody scans it again." in text
    assert ("Scan again" in text, "seconds after" in text) == (True, False)
    assert f'action="/components/{component.public_id}/scan/"' in answer.content.decode()
    portfolio = text_of(as_alice.get("/"))
    assert f"{component.name} cancelled The first scan was cancelled" in portfolio
    as_alice.post(f"/components/{component.public_id}/scan/")
    assert "cancelled" not in text_of(as_alice.get("/"))


def test_score_of_what_was_never_read_is_unknown(as_alice, board):
    page = as_alice.get(f"/components/{board.components[-1].public_id}/").content.decode()
    assert '<span aria-hidden="true">?</span><span class="db-sr">unknown</span>' in page
    read = as_alice.get(f"/components/{board.components[0].public_id}/").content.decode()
    assert '<span aria-hidden="true">?</span>' not in read


def test_page_without_figures_is_read_anew_once_there_is_something(as_alice, board):
    scanned, waiting = board.components[0], board.components[-1]
    address = f"/components/{waiting.public_id}/progress/"
    assert b"data-reload" not in as_alice.get(f"{address}?bare=1").content
    Component.objects.filter(pk=waiting.pk).update(current=scanned.current_id)
    assert b"data-reload" in as_alice.get(f"{address}?bare=1").content
    assert b"data-reload" not in as_alice.get(address).content
    Scan.objects.filter(component=waiting).update(status="failed")
    assert b"data-reload" in as_alice.get(f"{address}?bare=1").content


def test_component_without_a_commit_in_four_weeks_has_no_line_that_got_worse(as_alice, board):
    Snapshot.objects.all().update(commit="a" * 40)
    text = text_of(as_alice.get("/"))
    assert ("no new commit" in text, "o line moved in 4 weeks" in text) == (True, True)
    assert "No line of a component moved" in text_of(as_alice.get("/teams/team-0/"))


def test_one_line_that_got_worse_is_named_in_the_headline(client, make_board):
    made = make_board(shapes=(Shape("bugbug", 0),))
    weeks = sorted(set(Point.objects.values_list("week", flat=True)))
    Point.objects.filter(week=weeks[-5]).delete()
    points = list(Point.objects.filter(week=weeks[-1]))
    Point.objects.bulk_create(
        Point(
            component_id=p.component_id,
            measure_id=p.measure_id,
            week=weeks[-5],
            best=p.best,
            value=p.value,
            worst=p.worst,
        )
        for p in points
    )
    Point.objects.filter(week=weeks[-1], measure__slug="glue-code").update(best=60, value=80, worst=90)
    Point.objects.filter(week=weeks[-5], measure__slug="glue-code").update(best=10, value=30, worst=90)
    client.force_login(made.alice)
    text = text_of(client.get("/"))
    assert re.search(
        r"1 line got worse in 4 weeks \( Code that only moves data in and out of packages , bugbug\) and 0 got better",
        text,
    ), text[:900]
